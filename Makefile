# Each target calls the real tool; .venv is made once and renewed when the pins change.
PYTHON ?= python3
BIN := .venv/bin
BUILD := $(BIN)/jupyter-book build book/ -n -W --keep-going

.PHONY: book pdf-latex serve test lint bench check lock clean help

help: ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

book: .venv/book ## build the HTML into book/_build/html
	$(BUILD)

pdf-latex: .venv/book ## build the PDF by LaTeX into book/_build/latex
	$(BUILD) --builder pdflatex

serve: book ## read the book at http://localhost:8000
	$(BIN)/python -m http.server 8000 --bind 127.0.0.1 --directory book/_build/html

test: .venv/test ## install what the tests need and run them all
	sh tests/system-tools.sh
	$(BIN)/ruff check && $(BIN)/ruff format --check && $(BIN)/mypy
	$(BIN)/pytest

lint: .venv/test ## ruff and mypy
	$(BIN)/ruff check && $(BIN)/ruff format --check && $(BIN)/mypy

bench: .venv/test ## time builds and loading, and weigh pages, beside a stock Jupyter Book
	$(BIN)/python tests/bench.py

check: .venv/book ## validate the evidence base without building
	$(BIN)/evidencebook check

lock: .venv/test ## renew uv.lock and what is exported from it
	$(BIN)/uv lock --no-config
	$(BIN)/python tests/requirements.py --write

clean: ## remove everything generated
	rm -rf book/_build .venv tests/site/node_modules

.venv/book: requirements.txt
	test -x $(BIN)/pip || $(PYTHON) -m venv .venv || (sh tests/system-tools.sh python3-venv && $(PYTHON) -m venv --clear .venv)
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

.venv/test: requirements-test.txt tests/site/package-lock.json .venv/book
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-test.txt
	$(BIN)/npm ci --prefix tests/site --silent
	touch $@
