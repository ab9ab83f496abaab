# Every target first does what it needs, and nothing twice. `make` alone prints them.

PYTHON ?= python3
HOST = 127.0.0.1# only `make run HOST=...` changes it: some shells export a HOST of their own
PORT ?= 8000
DB ?= both
export PYTHON HOST PORT

PY := .venv/bin/python
VAR := $(or $(VAR_DIR),var)

MADE := .venv/.made
RUN := .venv/.run-installed
TEST := .venv/.test-installed
BENCH := .venv/.bench-installed
PRETALX := .venv-pretalx/.installed
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard accreditation_engine/locale/*/LC_MESSAGES/*.po))
STATIC := $(VAR)/static/staticfiles.json
STATIC_SOURCES := $(shell find accreditation_engine -path '*/static/*' -type f)

INSTALL = $(PY) -m pip install --quiet --disable-pip-version-check --no-input --require-hashes

.DELETE_ON_ERROR:
.PHONY: help setup run demo migrate test walk lint format types imports bench pictures catalogues check-set-up

help: ## say what can be made
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 24

setup: $(RUN) $(CATALOGUES) $(STATIC) ## build .venv, compile the catalogues, collect the static files
	@:

run: migrate ## certify an invented organisation, then serve the site (HOST=, PORT=)
	@$(PY) manage.py demo

demo: migrate ## the same without serving
	@$(PY) manage.py demo --no-serve

migrate: setup ## bring the database up to date
	@$(PY) manage.py migrate --verbosity 0

test: $(TEST) $(CATALOGUES) ## test on SQLite and on PostgreSQL (DB=sqlite or DB=postgresql, ARGS="-k name")
	@$(PY) -m tests.run --db $(DB) $(ARGS)

walk: $(TEST) $(CATALOGUES) ## look at every page in a browser, as each role, wide and narrow (a quarter of an hour; ARGS="names of pages")
	@$(PY) -m tests.walk $(ARGS)

lint: $(TEST) ## look for bad habits
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@for script in .ci/run make/*; do bash -n $$script || exit 1; done

format: $(TEST) ## mend what a machine can mend
	@.venv/bin/ruff check --fix .
	@.venv/bin/ruff format .

types: $(TEST) ## check the types
	@.venv/bin/mypy

imports: $(TEST) ## check that imports run only upward
	@.venv/bin/lint-imports

bench: $(TEST) $(BENCH) $(PRETALX) $(CATALOGUES) ## measure (ARGS=...)
	@$(PY) -m benchmarks.transitions $(ARGS)
	@$(PY) -m benchmarks.queue $(filter --record,$(ARGS))
	@$(PY) -m benchmarks.tampering $(filter --record,$(ARGS))
	@$(PY) -m benchmarks.certificates $(filter --record,$(ARGS))
	@$(PY) -m benchmarks.batch $(filter --record,$(ARGS))
	@$(PY) -m benchmarks.pages $(filter --record,$(ARGS))
	@$(PY) -m benchmarks.register $(filter --record,$(ARGS))

pictures: $(TEST) $(CATALOGUES) ## take the pictures in docs/pictures anew
	@$(PY) -m tests.pictures $(ARGS)

catalogues: $(CATALOGUES) ## compile the translations

check-set-up: ## prove it on a bare Debian 12 in a folder of its own (root, debootstrap; TARGETS="demo test")
	@make/check-set-up $(TARGETS)

$(MADE): make/venv
	@make/venv
	@touch $@

$(RUN): requirements/run.txt $(MADE)
	@echo "Installing the pinned libraries ..."
	@$(INSTALL) -r $<
	@touch $@

$(TEST): requirements/test.txt $(RUN)
	@echo "Installing what the tests need ..."
	@$(INSTALL) -r $<
	@touch $@

$(BENCH): $(wildcard requirements/bench.txt) $(TEST)
	@for file in $(wildcard requirements/bench.txt); do echo "Installing what is measured against ..."; $(INSTALL) -r $$file || exit 1; done
	@touch $@

$(PRETALX): requirements/pretalx.txt $(MADE)
	@echo "Installing pretalx into an environment of its own ..."
	@$(PY) -m venv .venv-pretalx
	@.venv-pretalx/bin/python -m pip install --quiet --disable-pip-version-check --no-input --require-hashes -r $<
	@touch $@

%.mo: %.po $(RUN)
	@$(PY) -c 'import sys; from babel.messages.frontend import main; sys.exit(main())' --quiet compile --input-file $< --output-file $@ --locale $(notdir $(patsubst %/LC_MESSAGES/,%,$(dir $<)))

$(STATIC): $(STATIC_SOURCES) $(RUN)
	@$(PY) manage.py collectstatic --no-input --verbosity 0
	@touch $@
