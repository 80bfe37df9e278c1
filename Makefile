# Two commands matter: `make demo` and `make test`. Both work from any state, as often as you like.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.NOTPARALLEL:
MAKEFLAGS += --no-print-directory

PORT ?= 8501
PYTHON ?= python3
BIN := .venv/bin
SQL := dbt_project/models dbt_project/macros dbt_project/tests
export PYTHON

.PHONY: help demo test lint bench bench-viewers clean install install-dev lock

help: ## what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

demo: install ## the sample province, from its workbooks to the dashboard on http://127.0.0.1:8501 (PORT= to change)
	@$(BIN)/doithoai demo --port $(PORT)

test: install-dev ## everything: ruff, types, SQL lint, import contracts, pytest with dbt and browser tests
	@scripts/chromium.sh
	@scripts/nginx.sh
	@$(MAKE) lint & linting=$$!; $(BIN)/python -m pytest --numprocesses 2 --dist loadfile --no-loadscope-reorder; wait $$linting

lint: install-dev ## ruff, mypy, sqlfluff, import contracts
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/sqlfluff lint --disable-progress-bar --processes 2 $(SQL)
	@$(BIN)/lint-imports --no-logo

bench: install-dev ## the speed of ingest, build and pages beside their limits; writes docs/benchmarks.md
	@$(BIN)/python -m benchmarks

bench-viewers: install-dev ## 1, 50 and 200 viewers on the sample province, ten minutes; writes their section of docs/benchmarks.md
	@$(BIN)/python -m benchmarks.viewers

clean: ## removes what make made: environment and caches (never data)
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache *.egg-info \
		dbt_project/target dbt_project/logs logs
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

install:
	@scripts/install.sh runtime

install-dev:
	@scripts/install.sh dev

lock: ## renews both lock files (needs uv)
	@for name in requirements requirements-dev; do uv pip compile --quiet --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-emit-find-links --no-header $$name.in -o $$name.lock; done
