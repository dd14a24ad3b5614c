# Everything that is run at home and in continuous integration.

CARGO ?= cargo
FUZZ_SECONDS ?= 600
WASM = bindings-wasm
PYTHON ?= python3

.PHONY: help check test bench bench-peers fuzz python python-requirements wasm demo wasm-test chromium

help:
	@echo "make check   format and lints"
	@echo "make test    every test (what continuous integration runs)"
	@echo "make python  the Python module, built, installed in .venv and tested"
	@echo "make wasm    the npm package, in $(WASM)"
	@echo "make demo    the demo page, served on this machine"
	@echo "make bench   benchmarks, as ratios in one run, with the counts they must give; BENCH=\"speed worst\" for some"
	@echo "make bench-peers  other tools on the same texts, written to tests/bench/record/peers.md"
	@echo "make fuzz    both fuzz targets, FUZZ_SECONDS=$(FUZZ_SECONDS) each"

check:
	$(CARGO) fmt --all --check
	$(CARGO) clippy --workspace --all-targets --all-features -- -D warnings

test: check
	$(CARGO) test --workspace --all-features
	$(CARGO) test -p baguan --no-default-features --lib
	RUSTDOCFLAGS="-D warnings" $(CARGO) doc --workspace --no-deps --quiet
	$(CARGO) bench -p baguan-tests --bench review --bench memory -- --test
	$(MAKE) python
	$(MAKE) wasm-test

# Sections: speed, terms, session, worst, growth. BAGUAN_TEXTS names a folder of texts, one JSON object a line.
bench:
	$(CARGO) bench -p baguan-tests --bench review -- $(BENCH)
	$(CARGO) bench -p baguan-tests --bench memory

bench-peers: .venv
	$(CARGO) build --release -p baguan-cli
	rm -rf target/wheels
	.venv/bin/maturin build --release --quiet --manifest-path bindings-python/Cargo.toml --interpreter .venv/bin/python --out target/wheels
	sh tests/bench/peers/run.sh

# cargo-fuzz needs the sanitizers of a nightly compiler; RUSTC_BOOTSTRAP lets the stable one use them.
fuzz:
	command -v cargo-fuzz >/dev/null || $(CARGO) install cargo-fuzz --locked
	RUSTC_BOOTSTRAP=1 $(CARGO) fuzz run review -- -max_total_time=$(FUZZ_SECONDS) -max_len=4096
	RUSTC_BOOTSTRAP=1 $(CARGO) fuzz run ruleset -- -max_total_time=$(FUZZ_SECONDS) -max_len=4096

.venv: bindings-python/requirements.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10) and "Python 3.10 or later is needed: make PYTHON=…")'
	$(PYTHON) -m venv .venv
	.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	touch $@

# What is tested is the wheel itself.
python: .venv
	rm -rf target/wheels
	.venv/bin/maturin build --release --quiet --manifest-path bindings-python/Cargo.toml --interpreter .venv/bin/python --out target/wheels
	.venv/bin/python -m pip install --quiet --force-reinstall --no-deps --no-index target/wheels/baguan-*.whl
	cd bindings-python && ../.venv/bin/python -m mypy && ../.venv/bin/python -m mypy.stubtest baguan._baguan
	cd bindings-python && ../.venv/bin/python -m pytest

# Takes uv, to pin for every Python and platform at once.
python-requirements:
	uv pip compile --universal --python-version 3.10 --generate-hashes --no-header --no-annotate --upgrade --quiet \
		bindings-python/requirements.in -o bindings-python/requirements.txt

$(WASM)/node_modules: $(WASM)/package-lock.json
	cd $(WASM) && npm ci --no-audit --no-fund
	touch $@

wasm: $(WASM)/node_modules
	cd $(WASM) && npm run --silent build

demo: wasm
	cd $(WASM) && npm run --silent demo && npm run --silent serve

# All that needs no browser runs first.
wasm-test: wasm
	cd $(WASM) && npm run --silent types && npm run --silent test:node
	$(MAKE) chromium
	cd $(WASM) && npm run --silent demo && npm run --silent test:browser

chromium:
	sh $(WASM)/test/browser/chromium.sh
