#!/bin/sh
# Installs the pinned peers under target/peers and writes tests/bench/record/peers.md. Run by `make bench-peers`, which
# builds the command and the wheel first.
set -eu
root=$(cd "$(dirname "$0")/../../.." && pwd)
peers=$root/tests/bench/peers
home=$root/target/peers
mkdir -p "$home/node"
[ -x "$home/venv/bin/python" ] || "${PYTHON:-python3}" -m venv "$home/venv"
"$home/venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r "$peers/requirements.txt"
"$home/venv/bin/python" -m pip install --quiet --disable-pip-version-check --force-reinstall --no-deps --no-index "$root"/target/wheels/baguan-*.whl
cp "$peers/package.json" "$peers/package-lock.json" "$peers/peers.mjs" "$home/node/"
(cd "$home/node" && npm ci --no-audit --no-fund --silent)
exec "$home/venv/bin/python" "$peers/peers.py" "$root" "$home/node/peers.mjs"
