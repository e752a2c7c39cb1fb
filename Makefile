# Every target sets up .venv by itself if it is missing or older than the pins.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help demo test test-slow check fix notebooks gallery bench lock clean

help:
	@echo "make demo       five partnerships' reports from invented data, then outputs/index.html"
	@echo "make test       the tests, notebooks included"
	@echo "make test-slow  the tests that take longer"
	@echo "make check      style, formatting, layers, schema files, house rules"
	@echo "make fix        mend style and formatting, write the schema files"
	@echo "make notebooks  run the committed notebooks again and keep their text"
	@echo "make gallery    every exhibit on the invented data, with the call that made it"
	@echo "make bench      how long a batch, an ingest, an opening and each drawing take here"

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $(READY)

demo: $(READY)
	$(BIN)/cspnb demo

# The sample is made first, so that no two of the processes make it.
SAMPLE := -c "from cspnb import demo, project; demo.sample_store(project.find_project())"

test: $(READY)
	$(BIN)/python $(SAMPLE)
	$(BIN)/python -m pytest -n auto --dist loadfile
	$(BIN)/python -m pytest --nbval --nbval-current-env notebooks

test-slow: $(READY)
	$(BIN)/python -m pytest -m slow

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -q tests/house

fix: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/python -m cspnb.params.schemas

# Runs every notebook on the invented data and keeps its text, for readers and for nbval.
notebooks: $(READY)
	$(BIN)/python $(SAMPLE)
	CSPNB_TEXT_ONLY=1 CSPNB_STORE=$(CURDIR)/.store/sample $(BIN)/jupyter nbconvert --to notebook \
	  --execute --inplace --ExecutePreprocessor.record_timing=False notebooks/*.ipynb

gallery: $(READY)
	$(BIN)/python $(SAMPLE)
	$(BIN)/cspnb render gallery harborough 2013/14 --sample --code

bench: $(READY)
	$(BIN)/python benchmarks/batch.py
	$(BIN)/python benchmarks/ingest.py
	$(BIN)/python benchmarks/opening.py
	$(BIN)/python benchmarks/drawing.py

# Needs uv. The file holds names, versions and markers only: no address of where they come from.
lock:
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 \
	  --no-emit-index-url --no-emit-find-links --no-header --no-annotate -o requirements.lock

clean:
	rm -rf $(VENV) .store .pytest_cache .ruff_cache
