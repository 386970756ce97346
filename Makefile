# Dateline. Two commands on a fresh machine with Rust, Node and make:
#   make serve   builds everything and serves the example story on http://127.0.0.1:8080
#   make test    builds everything and runs all tests
.DEFAULT_GOAL := help
.PHONY: help serve test check unit e2e viewer bless accuracy gallery maps bench bench-maps fuzz geodata clean
NPM := npm --prefix web
TARGET ?= read
MINUTES ?= 10
SECONDS_OF_RENDERS ?= 60

help:
	@sed -n 's/^# \{0,1\}//p;/^[^#]/q' Makefile
	@grep -hE '^[a-z0-9-]+:.*## ' Makefile | sed 's/:.*## /\t/' | awk -F'\t' '{ printf "  make %-10s %s\n", $$1, $$2 }'

serve: viewer ## build, then serve the example story
	cargo build --release --locked
	target/release/dateline serve examples/wonsan-vladivostok.md

test: check unit e2e ## build, then run all tests

check: viewer ## formatting, lints, types
	cargo fmt --check
	cargo fmt --check --manifest-path tests/fuzz/Cargo.toml
	cargo fetch --locked --quiet --manifest-path tests/fuzz/Cargo.toml
	cargo clippy --locked --all-targets -- --deny warnings
	$(NPM) run check

unit: viewer ## tests of the program and of the viewer's pure parts
	cargo test --locked
	$(NPM) test

e2e: viewer ## the page in a real browser, against the real program
	sh web/scripts/chromium.sh
	cargo build --locked
	$(NPM) run e2e

viewer: web/dist/index.html

web/dist/index.html: web/node_modules/.package-lock.json $(shell find web/src web/*.html web/*.json web/*.ts assets/style.toml -type f 2>/dev/null)
	$(NPM) run build
	@touch $@

web/node_modules/.package-lock.json: web/package-lock.json
	$(NPM) ci --no-audit --no-fund
	@touch $@

bless: viewer ## accept the golden outputs as they are now
	DATELINE_BLESS=1 cargo test --locked --test integration

accuracy: ## scores on our corpus and, where they are at hand, on the development sets
	cargo test --locked --release --test integration accuracy -- --nocapture

gallery: ## draw every report of ours into one page, target/gallery/index.html
	cargo build --release --locked
	sh tests/gallery.sh target/release/dateline target/gallery

maps: ## draw our reports in six sizes and measure the pictures: overlaps, arrows, ships (needs Python 3.9)
	cargo build --release --locked
	sh tests/maps.sh target/release/dateline target/maps

bench: ## how fast it is
	cargo bench --locked

bench-maps: viewer ## the reference map beside MapServer and Mapnik, which it fetches; tiles, memory
	cargo build --release --locked --bin dateline --example reference_map
	python3 benches/beside_maps.py target/release/dateline target/release/examples/reference_map $(SECONDS_OF_RENDERS)

fuzz: ## look for inputs that break it: TARGET=report, read or document, for MINUTES=10
	tests/fuzz/run.sh $(TARGET) $(MINUTES)

geodata: ## download the pinned sources and make assets/ anew (needs Python 3.11)
	sh geodata/make.sh

clean: ## remove what was built
	cargo clean
	rm -rf web/dist web/node_modules
