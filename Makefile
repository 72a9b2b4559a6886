# Every target sets up what it needs in .venv; only Python 3.11 or later and make have to be there.
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
BIN := .venv/bin
RAW ?= ../shared
PORT ?= 8501
WORKERS ?= 2
DIR ?= ../shared/oracles

.PHONY: run edit test check fix data bench oracles clean

run: .venv/run.stamp
	$(BIN)/streamlit run serve.py --server.port $(PORT) $(if $(HEADLESS),,--server.headless false)

edit: .venv/run.stamp
	ATLAS_LOCAL_EDITING=1 $(BIN)/streamlit run serve.py --server.address 127.0.0.1 --server.port $(PORT) \
		$(if $(HEADLESS),,--server.headless false)

test: .venv/dev.stamp .venv/chromium.stamp
	$(BIN)/python -m pytest -n $(WORKERS)

check: .venv/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m analysis check

fix: .venv/dev.stamp
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

data: .venv/run.stamp
	$(BIN)/python -m analysis.build "$(RAW)"

bench: .venv/dev.stamp .venv/chromium.stamp
	$(BIN)/python -m benchmarks.limits
	$(BIN)/python -m benchmarks.robustness
	$(BIN)/python -m benchmarks.disclosure
	$(BIN)/python -m benchmarks.access
	$(BIN)/python -m benchmarks.site_access
	$(BIN)/python -m benchmarks.whatif
	$(BIN)/python -m benchmarks.bench
	$(BIN)/python -m benchmarks.indicators
	$(BIN)/python -m benchmarks.reports

oracles: .venv/dev.stamp
	$(BIN)/python -m tests.oracles "$(DIR)"

clean:
	rm -rf .venv static/vendor static/geo

.venv/run.stamp: requirements.txt
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later is needed and was not found."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@$(BIN)/python -m compileall -q .venv analysis pages app.py edge.py serve.py || true
	@touch $@

.venv/dev.stamp: .venv/run.stamp requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

.venv/chromium.stamp: .venv/dev.stamp
	.ci/chromium
	@touch $@
