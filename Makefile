# What can be done with this project. `make` or `make help` lists it; each step says its cure.
SHELL := /bin/sh
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
DATA ?=
PORT ?= 8080
# A venv knows its folder by heart, and one that was copied along would run the other folder's code:
# what is done is done for this folder.
STAMPS := $(VENV)/.stamps/$(shell pwd | cksum | cut -d' ' -f1)
UV ?= uv

.DEFAULT_GOAL := help
.PHONY: help setup run test lint bench shots proof residue messages profiles lock format clean browser softhsm

help: ## List what can be done
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(STAMPS)/base ## Fill .venv; afterwards .venv/bin/yaksok is the command
	@if [ -f tools/messages.py ]; then $(BIN)/python -m tools.messages compile; fi

run: setup ## Open the mall with demo goods on PORT (8080), data in DATA
	@exec $(BIN)/yaksok run --port $(PORT) $(if $(DATA),--data "$(DATA)")

test: $(STAMPS)/dev lint browser softhsm ## Lint, then run every test
	@if [ -f tools/messages.py ]; then $(BIN)/python -m tools.messages compile; fi
	@echo "tests …"
	@$(BIN)/pytest -n 2 --dist loadgroup -q

lint: $(STAMPS)/dev ## Check style, types and the layers
	@echo "ruff …"
	@$(BIN)/ruff check . || { echo "cure: make format mends what can be mended"; exit 1; }
	@$(BIN)/ruff format --check --quiet . || { echo "cure: make format"; exit 1; }
	@echo "mypy …"
	@$(BIN)/mypy
	@echo "layers …"
	@$(BIN)/lint-imports

format: $(STAMPS)/dev ## Mend style where a machine can
	@$(BIN)/ruff check --fix --quiet . || true
	@$(BIN)/ruff format .

bench: $(STAMPS)/bench ## Measure the budgets side by side; prints a table
	@$(BIN)/python -m benchmarks
	@$(BIN)/python -m benchmarks.idle
	@$(BIN)/python -m benchmarks.closing

shots: $(STAMPS)/dev browser ## Take pictures of the main pages, two languages, two widths
	@$(BIN)/python -m tools.shots

proof: $(STAMPS)/dev browser ## Run every proof at its full size, then list every promise
	@YAKSOK_FULL=1 $(BIN)/pytest -n 2 --dist loadgroup -q tests/promises tests/browser tests/residue \
	  $$(grep -rlwE 'FULL|YAKSOK_FULL' --include='test_*.py' tests)
	@$(BIN)/yaksok promises

residue: $(STAMPS)/dev ## Search all that is on disk for what was destroyed, at full size
	@YAKSOK_FULL=1 $(BIN)/pytest -q -s tests/residue

messages: $(STAMPS)/dev ## Collect the sentences that need a translation and compile them
	@$(BIN)/python -m tools.messages

profiles: $(STAMPS)/dev ## Write the documents of the other two profiles anew
	@$(BIN)/python -m tools.profiles

lock: ## Lock requirements anew, with hashes and without addresses (needs uv)
	@command -v $(UV) >/dev/null || { echo "uv is missing; cure: pip install uv, or make lock UV=/path/to/uv"; exit 1; }
	@for name in base dev bench; do echo "requirements/$$name.txt …"; \
	  $(UV) pip compile --quiet --python-version 3.11 --generate-hashes --no-emit-index-url \
	    --no-header --no-annotate --output-file requirements/$$name.txt requirements/$$name.in || exit 1; done

clean: ## Remove .venv and caches; never data
	@rm -rf $(VENV) build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

browser:
	@if command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  echo "Chromium and fonts with Hangul, by apt (a minute) …"; \
	  apt-get install -y -qq chromium fonts-noto-cjk >/dev/null 2>&1 || \
	    { apt-get update -qq && apt-get install -y -qq chromium fonts-noto-cjk >/dev/null 2>&1; } || \
	    echo "Chromium could not be installed; tests in a browser will fail and say so"; \
	else echo "Chromium is missing: tests in a browser will fail. cure: apt install chromium fonts-noto-cjk"; fi

softhsm:
	@if command -v softhsm2-util >/dev/null; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  echo "SoftHSM, by apt …"; \
	  apt-get install -y -qq softhsm2 >/dev/null 2>&1 || \
	    { apt-get update -qq && apt-get install -y -qq softhsm2 >/dev/null 2>&1; } || \
	    echo "SoftHSM could not be installed; tests of PKCS#11 will fail and say so"; \
	else echo "SoftHSM is missing: tests of PKCS#11 will fail. cure: apt install softhsm2"; fi

$(STAMPS)/venv:
	@command -v $(PYTHON) >/dev/null || { echo "$(PYTHON) is missing; cure: apt install python3.11 python3.11-venv, or make PYTHON=/path/to/python3.12"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "$(PYTHON) is older than 3.11; cure: make PYTHON=/path/to/python3.11"; exit 1; }
	@echo "$(VENV) …"
	@$(PYTHON) -m venv --clear $(VENV) || { echo "cure: apt install python3.11-venv"; exit 1; }
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/base: requirements/base.txt pyproject.toml | $(STAMPS)/venv
	@echo "packages of the mall (locked, with hashes; a minute) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/base.txt \
	  || { echo "cure: check the network, or set PIP_INDEX_URL to a mirror"; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/bench: requirements/bench.txt $(STAMPS)/base
	@echo "peers to measure beside …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bench.txt \
	  || { echo "cure: check the network, or set PIP_INDEX_URL to a mirror"; exit 1; }
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/dev: requirements/dev.txt $(STAMPS)/base
	@echo "packages for tests …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt \
	  || { echo "cure: check the network, or set PIP_INDEX_URL to a mirror"; exit 1; }
	@mkdir -p $(STAMPS) && touch $@
