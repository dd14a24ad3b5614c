#!/bin/sh
# Makes sure that there is a Chromium for the tests, and fonts that hold Chinese.
set -eu
for place in "${CHROMIUM:-}" /usr/bin/chromium /usr/bin/chromium-browser /usr/bin/google-chrome; do
  [ -n "$place" ] && [ -x "$place" ] && exit 0
done
as_root=
[ "$(id -u)" = 0 ] || as_root="sudo -n"
if command -v apt-get >/dev/null && $as_root true 2>/dev/null; then
  $as_root apt-get update -qq &&
    DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends chromium fonts-wqy-microhei &&
    exit 0
fi
echo "The browser tests need Chromium: install it, or name it in CHROMIUM. The tests in Node have passed." >&2
exit 1
