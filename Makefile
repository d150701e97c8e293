# make run     set everything up and start it on http://127.0.0.1:$(PORT); DEMO=0 starts an empty clinic
# make test    every check and every test
# make dev-env what is needed to work on Liangyi; make help lists the rest

# The first Python that really starts and for which the embedded PostgreSQL is built.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))' 2> /dev/null && echo $$p && break; done)
PORT ?= 8000
DEMO ?= 1
# A third of a run is waiting (for Chromium, for servers that start): three workers keep two cores busy.
JOBS ?= 3
UV_VERSION := 0.13.9

BIN := .venv/bin
STAMPS := .venv/.stamps
MANIFEST := src/liangyi/web/static/dist/manifest.json
FRONTEND := $(shell find frontend -type f -not -path '*/node_modules/*' 2>/dev/null)
CATALOGUES := $(shell find src -name '*.po' -path '*/locale/en/*' 2>/dev/null)
TEST := LIANGYI_MODE=test

export PYTHONUTF8 := 1
# Only for the Makefile: Liangyi itself stops at a variable it does not know.
EXTERNAL_URL := $(LIANGYI_TEST_EXTERNAL_URL)
unexport LIANGYI_TEST_EXTERNAL_URL

.PHONY: help run build dev-env test check test-external bench clean
.DELETE_ON_ERROR:

help:
	@sed -n 's/^# \(make .*\)/\1/p' $(firstword $(MAKEFILE_LIST))
	@echo "make build   the Python environment, the front end and the translations, nothing started"
	@echo "make check   format, lint, types, import contracts, migrations, translations"
	@echo "make bench   measure and write docs/performance.md; the first time loads 10,000 patients, which takes a while"
	@echo "make clean   remove what make has made; the data in var stays"

run: build
	@exec $(BIN)/liangyi run --port $(PORT) --demo $(DEMO)

build: $(STAMPS)/python $(MANIFEST) $(STAMPS)/messages

dev-env: build $(STAMPS)/dev

# A uv that is there is used; else one is put into .venv.
$(STAMPS)/uv:
	@test -n "$(PYTHON)" || { echo "Liangyi needs Python 3.11 to 3.14 (make run PYTHON=...)" >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv || { rm -rf .venv; exit 1; }
	@mkdir -p $(STAMPS)
	@command -v uv || { $(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION) && echo $(CURDIR)/$(BIN)/uv; } > /dev/null
	@{ command -v uv || echo $(CURDIR)/$(BIN)/uv; } > $@

# --inexact: uv itself, and what `make dev-env` has added, stay.
$(STAMPS)/python: uv.lock pyproject.toml | $(STAMPS)/uv
	@$$(cat $(STAMPS)/uv) sync --quiet --frozen --no-dev --inexact --python $(BIN)/python
	@touch $@

$(STAMPS)/dev: $(STAMPS)/python
	@$$(cat $(STAMPS)/uv) sync --quiet --frozen --inexact --python $(BIN)/python
	@touch $@

frontend/node_modules/.installed: frontend/package.json frontend/package-lock.json
	@node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' || { echo "Liangyi needs Node 20 or newer" >&2; exit 1; }
	@cd frontend && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

$(MANIFEST): $(FRONTEND) frontend/node_modules/.installed $(STAMPS)/python
	@cd frontend && npm run --silent build
	@$(BIN)/python -m whitenoise.compress --quiet src/liangyi/web/static/dist
	@touch $@

$(STAMPS)/messages: $(CATALOGUES) $(STAMPS)/python
	@$(BIN)/liangyi messages --compile
	@touch $@

check: dev-env
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(TEST) $(BIN)/liangyi makemigrations --check --dry-run
	$(TEST) $(BIN)/liangyi messages --check

# The external server comes first, so that the last line is the whole suite's.
# The journeys run by themselves: a browser's event loop and their own databases bear no company.
test: check test-external
	$(BIN)/pytest -n $(JOBS) --ignore=tests/browser
	$(BIN)/pytest -n $(JOBS) tests/browser

test-external: dev-env
ifneq ($(EXTERNAL_URL),)
	LIANGYI_DATABASE_URL="$(EXTERNAL_URL)" $(BIN)/pytest -n 2 --only-database -m "not browser" tests/platform tests/domains tests/api tests/config tests/races
else ifeq ($(CI),true)
	@echo "LIANGYI_TEST_EXTERNAL_URL is not set: CI tests an external PostgreSQL too" >&2; exit 1
else
	@echo "LIANGYI_TEST_EXTERNAL_URL is not set: the external PostgreSQL is not tested"
endif

bench: build
	LC_ALL=C.UTF-8 $(BIN)/python -m benchmarks.run --write

clean:
	rm -rf .venv frontend/node_modules src/liangyi/web/static/dist src/liangyi/platform/documents/fonts .mypy_cache .ruff_cache .pytest_cache
	find src -name '*.mo' -delete
