# We Hear You: what developers and administrators type. `make help` lists it.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PROCESSES ?= 2

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 20

# --- installing -----------------------------------------------------------------------------
# A stamp a lock file: pip is asked again only when what is needed has changed.
$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "We Hear You needs Python 3.11 or newer: make PYTHON=python3.11 …" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.run: $(VENV)/.made requirements.txt pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

.PHONY: help install run system test lint fix golden bench drill docs lock shots
install: $(VENV)/.dev ## everything that developers need, into .venv

system:
	@./tests/system_packages

# --- using ----------------------------------------------------------------------------------
run: $(VENV)/.run ## the desk with an example newsroom, on http://127.0.0.1:8000
	@exec $(BIN)/feedback demo

# --- proving --------------------------------------------------------------------------------
test: $(VENV)/.dev system ## every test, on SQLite and PostgreSQL, with a real browser
	$(BIN)/pytest -n $(PROCESSES) --dist worksteal -q $(ARGS)

lint: $(VENV)/.dev ## style, types, imports, migrations, templates, docs
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -q tests/house
	$(BIN)/djlint templates --lint --quiet
	$(BIN)/mkdocs build --strict --quiet

fix: $(VENV)/.dev ## put right what a program can put right
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

golden: $(VENV)/.dev ## write the golden files anew; read the difference before committing it
	$(BIN)/pytest -q --golden tests/export tests/outbox

shots: $(VENV)/.dev system ## draw the pictures of the README anew
	$(BIN)/pytest -q --shots tests/browser

bench: $(VENV)/.dev ## the budgets, as ratios measured side by side
	$(BIN)/python -m tests.benchmarks $(ARGS)

drill: $(VENV)/.dev ## long fault drills: servers killed under load, changed mails, restores
	$(BIN)/python -m tests.drills $(ARGS)

docs: $(VENV)/.dev ## the manuals, as pages in site/
	$(BIN)/mkdocs build --strict

# --- keeping --------------------------------------------------------------------------------
lock: $(VENV)/.dev ## pin newer versions of what is needed
	$(BIN)/uv pip compile --quiet --upgrade --universal --generate-hashes --no-header --no-annotate \
	  --no-emit-index-url --no-emit-find-links --extra postgresql --group build pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile --quiet --upgrade --universal --generate-hashes --no-header --no-annotate \
	  --no-emit-index-url --no-emit-find-links --extra postgresql --group dev -c requirements.txt pyproject.toml -o requirements-dev.txt
