# Two commands matter: `make demo` and `make test`. Both make .venv first.
PYTHON ?= python3
ARGS ?=
UV ?= uv
PIP = .venv/bin/python -m pip --disable-pip-version-check

.PHONY: demo test lint format bench lock wheel-test clean

.venv: .venv/made
.venv/made: requirements/dev.txt pyproject.toml hatch_build.py $(wildcard src/shida/*/*.pyx src/shida/*/*.px[di])
	$(PYTHON) -m venv .venv
	$(PIP) install --quiet --require-hashes -r requirements/dev.txt
	$(PIP) install --quiet --no-deps --no-build-isolation -e .
	@touch $@

demo: .venv
	.venv/bin/shida demo $(ARGS)

test: .venv
	.venv/bin/python -m pytest -n 2 $(ARGS)

lint: .venv
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy

format: .venv
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

# The peers that the tables stand beside are installed into the same environment, from a lock of their own.
.venv/peers: .venv/made requirements/bench.txt
	$(PIP) install --quiet --no-deps --require-hashes -r requirements/bench.txt
	@touch $@

bench: .venv/peers
	.venv/bin/python -m bench $(ARGS)

# Needs uv; writes names, versions and hashes only, no address of an index.
lock:
	cd requirements && for f in core parquet pdf mcp dev bench; do \
	  $(UV) pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	    --no-annotate --no-header --strip-extras --quiet $$f.in -o $$f.txt; done

wheel-test: .venv
	sh tests/wheel.sh

clean:
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
