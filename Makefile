# Everything here sets itself up: Python 3.11 or newer, make and a shell are enough.
PYTHON ?= python3
BIN := .venv/bin
PORT ?= 8501

.PHONY: free-port run dev roundtable test quick fuzz kills screenshots lint bench soak lock sbom clean

# What is installed is what the locks say, to the byte: a package that is not the one that was locked is refused.
LOCKED := install --quiet --disable-pip-version-check --no-deps --require-hashes -r

.venv/app: requirements.lock
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed; this is " + sys.version.split()[0]) if sys.version_info < (3, 11) else 0'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip $(LOCKED) requirements.lock
	touch $@

.venv/tests: .venv/app tests/requirements.lock
	$(BIN)/python -m pip $(LOCKED) tests/requirements.lock
	touch $@

.venv/benchmarks: .venv/tests benchmarks/requirements.lock
	$(BIN)/python -m pip $(LOCKED) benchmarks/requirements.lock
	touch $@

.supply/tools: supply.txt
	$(PYTHON) -m venv .supply
	.supply/bin/python -m pip install --quiet --disable-pip-version-check -r supply.txt
	touch $@

free-port: .venv/app
	@$(BIN)/python -c 'import socket, sys; sys.exit("Port $(PORT) is in use: end what uses it, or choose another, such as: make run PORT=8502" if socket.socket().connect_ex(("127.0.0.1", $(PORT))) == 0 else 0)'

run: free-port  ## the dashboard on the shipped evidence, on this machine only
	$(BIN)/python -m data load --shipped
	$(BIN)/python -m streamlit run components/server/serving.py --server.port $(PORT)

dev: free-port  ## the same, watching its own files
	$(BIN)/python -m data load --shipped
	$(BIN)/python -m streamlit run components/server/serving.py --server.port $(PORT) --server.fileWatcherType auto --server.runOnSave true --client.showErrorDetails full

roundtable: free-port  ## the dashboard for a room: on the local network, with a presenter's passphrase
	$(BIN)/python -m data load --shipped
	$(BIN)/python -m components.server.roundtable --port $(PORT)

test: .venv/tests  ## every test, those in a real browser too
	$(BIN)/python tests/browser/chromium.py
	$(BIN)/python tests/components/proxies.py
	$(BIN)/python -m pytest -n 2 --dist loadgroup $(TESTS)

quick: lint  ## style, format, types, and the tests that need no browser, no server and no seconds each (markers: pyproject.toml)
	$(BIN)/python -m pytest -n 2 -m "not (browser or served or slow)" $(TESTS)

FUZZ ?= 5000
fuzz: .venv/tests  ## files made and spoilt at random, FUZZ of them for each reader
	FUZZ=$(FUZZ) $(BIN)/python -m pytest -n 2 tests/fuzz

screenshots: .venv/tests  ## the pictures in docs/screenshots
	$(BIN)/python tests/browser/chromium.py
	SCREENSHOTS=1 $(BIN)/python -m pytest -n 0 tests/browser/test_roundtable.py tests/browser/test_screenshots.py

lint: .venv/tests  ## style, format, types, and the one way through
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

KILLS ?= 100
kills: .venv/tests  ## servers, loads, undos, upgrades and restores killed at random moments, KILLS of each
	KILLS=$(KILLS) $(BIN)/python -m pytest -n 0 -s tests/components/meeting/test_server_killed.py tests/data/importing/test_killed.py tests/data/safekeeping/test_upgrade.py tests/data/safekeeping/test_restore_killed.py tests/data/safekeeping/test_own_file.py

bench: .venv/benchmarks  ## the tables of docs/performance.md
	$(BIN)/python -m benchmarks $(BENCH)

MINUTES ?= 40
soak: .venv/benchmarks  ## the server in use for MINUTES: does it keep more and more memory, files or threads?
	$(BIN)/python -m benchmarks.soak --minutes $(MINUTES)

LOCK := .supply/bin/uv pip compile --quiet --no-header --universal --python-version 3.11 --generate-hashes --no-emit-index-url
lock: .supply/tools  ## the versions and digests of all packages, anew; UPGRADE=--upgrade takes the newest that fit
	$(LOCK) $(UPGRADE) requirements.txt -o requirements.lock
	$(LOCK) $(UPGRADE) requirements.txt tests/requirements.txt -c requirements.lock -o tests/requirements.lock
	$(LOCK) $(UPGRADE) requirements.txt tests/requirements.txt benchmarks/requirements.txt -c tests/requirements.lock -o benchmarks/requirements.lock

sbom: .supply/tools  ## sbom.json: the bill of materials of what make run installs, as CycloneDX
	rm -rf .supply/app
	$(PYTHON) -m venv --without-pip .supply/app
	.supply/bin/python -m pip --python .supply/app/bin/python $(LOCKED) requirements.lock
	.supply/bin/cyclonedx-py environment --pyproject pyproject.toml --of JSON -o sbom.json .supply/app/bin/python

clean:  ## what these commands set up and remembered; a database is never deleted
	rm -rf .venv .supply .pytest_cache .mypy_cache .ruff_cache .hypothesis
