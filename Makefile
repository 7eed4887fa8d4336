# Each target calls the real tool; .venv is made once and renewed when the pins change.
PYTHON ?= python3
BIN := .venv/bin
# What the second lane is built with: the pins of the day of the lock, or requirements-next.in for the newest there is.
NEXT ?= requirements-next.txt
BUILD := $(BIN)/evidencebook check --settings && $(BIN)/jupyter-book build book/ -n -W --keep-going

# What Python compiled is kept, whatever the machine says: else each start compiles the package again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: all book book-next pdf epub pdf-latex serve test test-quick test-next lint bench check lock clean help

help: ## list the targets
	@grep -E '^[a-z -]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

book: .venv/book ## build the HTML into book/_build/html; FRESH=1 executes and reads every page again
	$(BUILD)

book-next: .venv-next/book ## build the HTML with the newest Sphinx and without Jupyter Book, into book/_build/next
	.venv-next/bin/sphinx-build -n -W --keep-going -b html book book/_build/next

pdf: .venv/book ## build the tagged PDF by Typst into book/_build/pdf: the reading edition, or with FULL=1 the complete one
	$(BUILD) --builder custom --custom-builder typstpdf$(if $(FULL),-full)

epub: .venv/book ## build the e-book into book/_build/epub
	$(BUILD) --builder custom --custom-builder epub

.PHONY: docx jats
docx jats: book .venv/word ## write the reading edition for Word, or as JATS for journals; PAGE=withdrawal writes one page
	$(BIN)/evidencebook word $(PAGE) --to $@

all: ## everything: PDF and EPUB, then the HTML, which offers both
	$(MAKE) pdf FRESH= && $(MAKE) epub FRESH= && $(MAKE) book FRESH=

.PHONY: forget
book pdf epub all: forget
forget:
	$(if $(FRESH),rm -rf book/_build/.executed book/_build/.memo book/_build/.doctrees)

pdf-latex: .venv/book ## build the PDF by LaTeX into book/_build/latex
	$(BUILD) --builder pdflatex

serve: .venv/book ## read the book in the browser while you write: each saved file builds it again
	$(BIN)/evidencebook serve

test: lint .venv-next/book ## lint, then all tests, two kinds at a time: of the whole book in its formats, of the parts, of the site in a browser
	sh tests/system-tools.sh
	$(MAKE) book
	EVIDENCEBOOK_EXECUTED=$(CURDIR)/book/_build/.executed $(MAKE) --jobs=2 --keep-going --output-sync test-book test-parts test-site

.PHONY: test-book test-parts test-site
test-book:
	$(BIN)/pytest -m "slow and not nightly and not next_lane" --ignore=tests/site

test-parts:
	$(BIN)/pytest -n auto --dist worksteal -m "not slow and not nightly and not next_lane"

test-site:
	$(BIN)/pytest -m "slow and not nightly and not next_lane" tests/site

test-quick: .venv/test ## the tests to run before each commit: no build, no browser, no TeX, no network
	$(BIN)/pytest -n auto --dist worksteal -m "not slow and not build and not nightly and not next_lane"

test-next: .venv/test .venv-next/book ## compare the words of every page in both lanes
	$(BIN)/pytest -m next_lane

.PHONY: test-nightly
test-nightly: .venv/test ## run the tests that are too long for each change
	$(BIN)/pytest -m nightly

lint: .venv/test ## ruff and mypy
	$(BIN)/ruff check && $(BIN)/ruff format --check && $(BIN)/mypy

.PHONY: reference
reference: .venv/test ## renew the reference page of the package from its docstrings
	$(BIN)/python packages/evidencebook/tests/reference.py --write

bench: .venv/test ## time builds and weigh pages beside a stock Jupyter Book; BENCH="--runs 1 --only site" and the like
	PYTHONPATH=packages/evidencebook/tests $(BIN)/python tests/bench.py $(BENCH)

check: .venv/book ## validate the evidence base without building
	$(BIN)/evidencebook check

.PHONY: watch screen verify sbom release editions
watch: .venv/book ## ask the services for new records; WATCH="--list" and the like
	$(BIN)/evidencebook watch $(WATCH)

screen: .venv/book ## decide on the records that were found
	$(BIN)/evidencebook screen $(SCREEN)

verify: .venv/book ## check every source: its record, notices about it, its trial, its page
	$(BIN)/evidencebook verify $(VERIFY)

sbom: .venv/test ## list the pinned parts with their hashes in book/_build/sbom
	mkdir -p book/_build/sbom
	$(BIN)/uv export --quiet --frozen --no-config --no-annotate --no-header --no-emit-workspace -o book/_build/sbom/requirements.txt
	$(BIN)/cyclonedx-py requirements book/_build/sbom/requirements.txt --pyproject pyproject.toml --output-reproducible -o book/_build/sbom/sbom.cdx.json

# What is released bears the date of its commit, so that two builds of one commit are the same.
release: export SOURCE_DATE_EPOCH ?= $(shell git log -1 --format=%ct)
release: all sbom ## gather what a release carries in book/_build/release; TAG=v0.1.0 is held against the book's version
	$(BIN)/evidencebook pack --tag "$${TAG:-}"

editions: .venv/book ## lay every <version>.zip of book/_build/editions beside the built site, at v/<version>/
	$(BIN)/evidencebook editions

lock: .venv/test ## renew uv.lock and what is exported from it
	$(BIN)/uv lock --no-config
	$(BIN)/uv pip compile --quiet --no-config --universal --python-version 3.11 --no-annotate --no-header requirements-next.in -o requirements-next.txt
	$(BIN)/python tests/requirements.py --write

clean: ## remove everything generated
	rm -rf book/_build .venv .venv-next tests/site/node_modules

.venv/book: requirements.txt
	test -x $(BIN)/pip || $(PYTHON) -m venv .venv || (sh tests/system-tools.sh python3-venv && $(PYTHON) -m venv --clear .venv)
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

# Brings pandoc, which is larger than all else.
.venv/word: requirements-test.txt .venv/book
	$(BIN)/pip install --quiet --disable-pip-version-check -c requirements-test.txt pypandoc-binary
	touch $@

.venv-next/book: $(NEXT)
	test -x .venv-next/bin/pip || $(PYTHON) -m venv .venv-next
	.venv-next/bin/pip install --quiet --disable-pip-version-check -r $(NEXT)
	.venv-next/bin/pip install --quiet --disable-pip-version-check --no-deps -e .
	touch $@

# The file names every part there is: left to look for more, pip would bring what pyproject.toml excludes.
.venv/test: requirements-test.txt tests/site/package-lock.json .venv/book
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps -r requirements-test.txt
	$(BIN)/npm ci --prefix tests/site --silent
	touch $@
