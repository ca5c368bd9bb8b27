# Two commands matter: `make run` (the main job on the sample corpus) and `make test`.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
  command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
JOBS ?= 2

.PHONY: run test lint docs bench build clean help

help:  ## show this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

$(STAMP): pyproject.toml
	@test -n "$(PYTHON)" || { echo "dyadflow needs Python 3.11 to 3.14; none was found (set PYTHON=...)" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@if command -v uv >/dev/null 2>&1 && uv pip install --python $(BIN)/python -q -e ".[test]"; then echo "installed with uv"; \
	else $(BIN)/python -m pip install --disable-pip-version-check -q -e ".[test]"; fi
	@touch $@

run: $(STAMP)  ## install, then bring the sample corpus into data/events.duckdb
	$(BIN)/dyadflow run

test: $(STAMP)  ## install, then run all tests
	$(BIN)/ruff check .
	$(BIN)/python -m pytest -n $(JOBS) --dist loadfile

lint: $(STAMP)  ## check and format
	$(BIN)/ruff check --fix .

docs: $(STAMP)  ## make the generated pages of docs/ anew
	$(BIN)/dyadflow dictionary codebook docs

bench: $(STAMP)  ## speed and memory, as ratios to a named baseline
	$(BIN)/python bench/coding.py


build: $(STAMP)  ## build wheel and sdist
	$(BIN)/python -m build

clean:  ## remove what can be made again
	rm -rf $(VENV) data build dist
