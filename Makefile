# Every command of the project. It needs Python 3.11 or newer, pip and make; the rest it sets up itself, in .venv.

PYTHON ?= python3
PORT ?= 8000
DATA_DIR ?= data
EXAMPLE ?= yes

VENV := .venv
BIN := $(VENV)/bin
CALM := -qq --disable-pip-version-check --no-input
PIP := $(BIN)/python -m pip $(CALM)
MANAGE := $(BIN)/python manage.py
# Set-up happens once for each change of the requirements: a stamp is newer than the list that it stands for.
ENVIRONMENT := $(VENV)/.made
READY_TO_RUN := $(VENV)/.ready-to-run
READY_TO_TEST := $(VENV)/.ready-to-test
# What a shell may carry and a check must not see: tests and checks choose their own settings.
CLEAN_ENV := env -u DEBUG -u SECRET_KEY -u ALLOWED_HOSTS -u DATABASE_URL -u DATA_DIR -u DJANGO_SETTINGS_MODULE

# A worker for each core.
SIDE_BY_SIDE := -n auto --dist loadgroup

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test coverage test-long test-postgres mutants bench weights check fixture clean

help: ## list the commands
	@sed -n 's/^\([a-z-]*\):.*## /make \1\t/p' $(MAKEFILE_LIST) | expand -t 20
	@echo
	@echo 'make run takes PORT=8000, DATA_DIR=data (the folder of the SQLite file) and EXAMPLE=yes (no: without worked'
	@echo 'examples).'

# DEBUG is set here and nowhere else: it makes demo accounts and plain HTTP possible.
run: export DEBUG := 1
run: export DATA_DIR := $(abspath $(DATA_DIR))
run: export PORT := $(PORT)
run: $(READY_TO_RUN) ## serve the workbench on this machine, with the five articles and demo accounts
	@mkdir -p "$$DATA_DIR"
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) loaddata articles
	@$(MANAGE) read_articles
	@$(MANAGE) demo $(if $(filter no,$(EXAMPLE)),--no-example)
	@exec $(BIN)/gunicorn --config workbench/gunicorn.py

test: check ## set up, check, and run every test
	$(CLEAN_ENV) $(BIN)/pytest $(SIDE_BY_SIDE) tests

coverage: $(READY_TO_TEST) ## run every test, and show which lines and branches none of them runs
	$(CLEAN_ENV) $(BIN)/pytest $(SIDE_BY_SIDE) --cov --cov-report=term:skip-covered tests

test-long: $(READY_TO_TEST) ## run the tests that take minutes, on both databases
	$(CLEAN_ENV) $(BIN)/pytest -m long tests
	$(CLEAN_ENV) $(BIN)/python -m tests.throwaway_postgres -- $(BIN)/pytest -m long tests
	$(CLEAN_ENV) $(BIN)/python -m tests.throwaway_postgres -- $(BIN)/pytest $(SIDE_BY_SIDE) tests/hostile tests/pages

# What depends on the database: models, rooms, races, blindness in querysets, lists and their budgets of queries, and input
# that a database could refuse. Languages, browsers, the shape of the source and what a page answers to whom do not;
# `make test-long` runs all pages on both.
ON_BOTH_DATABASES := tests/unit tests/races tests/machine tests/hostile/test_bad_requests.py tests/pages/test_budgets.py \
	tests/pages/test_blind_crawl.py tests/pages/test_links_blind.py tests/pages/test_claim_list.py \
	tests/pages/test_link_list.py tests/pages/test_suggestions.py tests/pages/test_queue.py tests/pages/test_search.py

test-postgres: $(READY_TO_TEST) ## run the tests of what depends on the database on a throw-away PostgreSQL server
	$(CLEAN_ENV) $(BIN)/python -m tests.throwaway_postgres -- $(BIN)/pytest $(SIDE_BY_SIDE) \
		--ignore=tests/unit/text --ignore=tests/unit/test_settings.py $(ON_BOTH_DATABASES)

mutants: $(READY_TO_TEST) ## break one thing after the other and see a test turn red each time
	$(CLEAN_ENV) $(BIN)/python -m tests.mutants

bench: $(READY_TO_TEST) ## print every figure of benchmarks/
	$(CLEAN_ENV) $(BIN)/python -m benchmarks

weights: $(READY_TO_TEST) ## count, train and calibrate anew what the first pass goes by (claims/text/weights)
	$(CLEAN_ENV) $(BIN)/python -m benchmarks.word_shares
	$(CLEAN_ENV) $(BIN)/python -m benchmarks.training.opinion
	$(CLEAN_ENV) $(BIN)/python -m benchmarks.reliability --write

check: $(READY_TO_TEST) ## ruff, mypy and the floors of the house
	$(BIN)/ruff check .
	$(BIN)/ruff format --check --output-format concise .
	$(CLEAN_ENV) DJANGO_SETTINGS_MODULE=tests.settings $(BIN)/mypy
	$(BIN)/lint-imports --no-logo

fixture: $(READY_TO_RUN) ## rebuild the committed fixture from fixtures/articles/
	DEBUG=1 $(MANAGE) build_fixture

clean: ## remove what the commands made, but not data/
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage htmlcov staticfiles
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The pip of this machine puts a newer one into the environment: quicker than `venv` with its own, which Debian keeps in
# a package apart (python3-venv). Where there is no pip, `venv` must bring it.
$(ENVIRONMENT):
	@$(PYTHON) -c 'import sys; sys.exit("The workbench needs Python 3.11 or newer." if sys.version_info < (3, 11) else 0)'
	@echo 'Making a virtual environment in $(VENV)'
	@$(PYTHON) -m venv --clear --without-pip $(VENV)
	@$(PYTHON) -m pip $(CALM) --python $(BIN)/python install pip 2>/dev/null || $(PYTHON) -m venv --clear $(VENV)
	@touch $@

$(READY_TO_RUN): requirements.txt | $(ENVIRONMENT)
	@echo 'Installing what requirements.txt lists'
	@$(PIP) install -r requirements.txt
	@touch $@

$(READY_TO_TEST): requirements-dev.txt requirements-extra.txt $(READY_TO_RUN)
	@echo 'Installing what requirements-dev.txt lists'
	@$(PIP) install -r requirements-dev.txt
	@touch $@
