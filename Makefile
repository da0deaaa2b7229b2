# Two commands set everything up: `make serve` and `make test`.
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8077
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 \
	--generate-hashes --no-header

EDITOR_BUILT := vomkg/web/static/built/manifest.json
EDITOR_SOURCES := $(wildcard vomkg/web/editor/* vomkg/web/editor/.npmrc vomkg/web/editor/src/*) \
	vomkg/web/static/sparql.js requirements-editor.txt

.DEFAULT_GOAL := help
.PHONY: help serve test editor editor-if-possible setup check lint fmt docs wheel mutate bench bench-endpoint lighthouse stress w3c shacl-suite lock clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## /{printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

serve: $(VENV)/.ready editor-if-possible ## install what is needed and open the front end on PORT (8077)
	@$(BIN)/vomkg serve --host $(HOST) --port $(PORT)

test: $(VENV)/.ready-dev tools $(if $(CI),editor,editor-if-possible) ## install what is needed and run all tests
	$(BIN)/python -m pytest --numprocesses auto --dist worksteal

setup: $(VENV)/.ready-dev ## install the package with the tools of its makers

check: $(VENV)/.ready ## all that a maintainer needs green before a commit
	$(BIN)/vomkg check

lint: $(VENV)/.ready-dev ## style, types and layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

fmt: $(VENV)/.ready-dev ## write Turtle and Python in their normal form
	$(BIN)/vomkg fmt
	$(BIN)/ruff check --fix --quiet .
	$(BIN)/ruff format .

docs: $(VENV)/.ready-dev ## write the generated pages of docs/ anew
	$(BIN)/python docs/generate.py

wheel: $(VENV)/.ready-dev editor ## build the wheel and try it alone in an empty environment
	bash tests/wheel.sh

editor: $(EDITOR_BUILT) ## build the editor of the query page, with npm or a Node from PyPI

$(EDITOR_BUILT): $(EDITOR_SOURCES)
	@bash vomkg/web/editor/build.sh $(PYTHON)

editor-if-possible:
	@$(MAKE) --no-print-directory editor || { \
	  echo "**" >&2; \
	  echo "** The editor could not be built: the query page stays a plain text field, which works." >&2; \
	  echo "** It needs Node 18 with npm, or a network to get one; then: make editor" >&2; \
	  echo "**" >&2; }

mutate: $(VENV)/.ready-dev ## break all data and weaken all shapes, and write docs/mutation.md
	$(BIN)/python docs/mutation.py

bench: $(VENV)/.ready-dev ## measure, as ratios beside a peer in the same run
	$(BIN)/python benchmarks/run.py

w3c: $(VENV)/.ready-dev ## run the W3C's tests of SPARQL over HTTP and of Turtle: make w3c SUITES=rdf-tests/sparql
	@test -d "$(SUITES)/sparql11" || { \
	  echo "SUITES must name the folder sparql of a copy of https://github.com/w3c/rdf-tests" >&2; exit 2; }
	VOMKG_W3C_SUITES="$(abspath $(SUITES))" $(BIN)/python -m pytest tests/w3c --numprocesses auto

shacl-suite: $(VENV)/.ready-dev ## run the W3C's SHACL tests: make shacl-suite SUITE=data-shapes/data-shapes-test-suite/tests
	@test -d "$(SUITE)/core" || { \
	  echo "SUITE must name the folder tests of a copy of https://github.com/w3c/data-shapes" >&2; exit 2; }
	VOMKG_SHACL_SUITE="$(abspath $(SUITE))" $(BIN)/python -m pytest tests/engines --numprocesses auto

bench-endpoint: $(VENV)/.ready-dev ## measure the endpoint beside other servers and write docs/benchmarks.md
	$(BIN)/python benchmarks/endpoint.py

lighthouse: $(VENV)/.ready-dev browser ## look at every kind of page with Lighthouse and write docs/pages.md
	$(BIN)/python benchmarks/lighthouse.py

stress: $(VENV)/.ready-dev ## two minutes of load, malice and killed processes
	$(BIN)/python benchmarks/stress.py

lock: $(VENV)/.ready-dev ## resolve the dependencies anew
	$(PIP) install "uv>=0.9"
	$(LOCK) --upgrade --group build --output-file requirements.txt pyproject.toml
	$(LOCK) --upgrade --extra analysis --extra fast --group dev --constraints requirements.txt --output-file requirements-dev.txt pyproject.toml
	$(LOCK) --upgrade --group pyproject.toml:bench --output-file requirements-bench.txt
	$(LOCK) --upgrade --group pyproject.toml:editor --output-file requirements-editor.txt

clean: ## remove the environment and all that was built
	rm -rf $(VENV) build dist vomkg/web/static/built .mypy_cache .pytest_cache .ruff_cache

# HermiT needs Java, and the tests of remote stores a Virtuoso. As root on Debian both are installed
# (of Virtuoso the program alone, without a service); otherwise the tests say what they left out.
.PHONY: tools
tools:
	@command -v java >/dev/null 2>&1 || { \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then \
	    echo "installing Java for the OWL reasoner" >&2; \
	    apt-get update -qq && apt-get install -y -qq --no-install-recommends default-jre-headless >/dev/null; \
	  else \
	    echo "no Java: the tests of the HermiT reasoner will be skipped (apt-get install default-jre-headless)" >&2; \
	  fi; }
	@command -v virtuoso-t >/dev/null 2>&1 || { \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then \
	    echo "installing Virtuoso for the tests of remote stores" >&2; \
	    apt-get update -qq && apt-get install -y -qq --no-install-recommends virtuoso-opensource-7-bin >/dev/null \
	      || echo "Virtuoso could not be installed: its tests will be skipped, or fail in CI" >&2; \
	  else \
	    echo "no Virtuoso: its tests will be skipped (apt-get install virtuoso-opensource-7-bin)" >&2; \
	  fi; }
	@command -v rapper >/dev/null 2>&1 || { \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then \
	    echo "installing Raptor for the tests of clients" >&2; \
	    apt-get update -qq && apt-get install -y -qq --no-install-recommends raptor2-utils >/dev/null \
	      || echo "Raptor could not be installed: its tests will be skipped, or fail in CI" >&2; \
	  else \
	    echo "no Raptor: its tests will be skipped (apt-get install raptor2-utils)" >&2; \
	  fi; }
	@command -v chromium >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1 || { \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then \
	    echo "installing Chromium for the tests of pages" >&2; \
	    apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium >/dev/null \
	      || echo "Chromium could not be installed: the tests of pages will be skipped, or fail in CI" >&2; \
	  else \
	    echo "no Chromium: the tests of pages will be skipped (apt-get install chromium)" >&2; \
	  fi; }

.PHONY: clients browser
clients: build/clients/.ready ## install Comunica and others of npm, for the tests of clients

browser: build/browser/.ready ## install axe-core, Lighthouse and a checker of HTML, for the tests of pages

build/%/.ready: tests/%/package.json tests/%/package-lock.json
	@command -v npm >/dev/null 2>&1 || { \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then \
	    echo "installing npm for the tests of $*" >&2; \
	    apt-get update -qq && apt-get install -y -qq --no-install-recommends npm >/dev/null; \
	  else \
	    echo "no npm: install Node 18 or later, or leave these tests out" >&2; exit 2; \
	  fi; }
	@mkdir -p $(@D)
	@cp $^ $(@D)/
	@npm ci --prefix $(@D) --ignore-scripts --no-audit --no-fund --loglevel error
	@touch $@

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "vomkg needs Python 3.11 or later; name one: make serve PYTHON=python3.12" >&2; exit 2; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.ready: requirements.txt pyproject.toml | $(VENV)/bin/python
	@echo "installing the locked dependencies into $(VENV)" >&2
	@$(PIP) install --require-hashes --requirement requirements.txt
	@$(PIP) install --no-build-isolation --no-deps --editable .
	@touch $@

$(VENV)/.ready-dev: requirements-dev.txt $(VENV)/.ready
	@echo "installing the locked tools of the makers into $(VENV)" >&2
	@$(PIP) install --require-hashes --requirement requirements-dev.txt
	@touch $@
