# Everything here sets itself up: Python 3.11 or newer, make and a shell are enough.
PYTHON ?= python3
BIN := .venv/bin
PORT ?= 8501

.PHONY: free-port run dev roundtable test fuzz kills screenshots lint bench clean

.venv/app: requirements.txt
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed; this is " + sys.version.split()[0]) if sys.version_info < (3, 11) else 0'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

.venv/tests: .venv/app tests/requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r tests/requirements.txt
	touch $@

.venv/benchmarks: .venv/tests benchmarks/requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r benchmarks/requirements.txt
	touch $@

free-port: .venv/app
	@$(BIN)/python -c 'import socket, sys; sys.exit("Port $(PORT) is in use: end what uses it, or choose another, such as: make run PORT=8502" if socket.socket().connect_ex(("127.0.0.1", $(PORT))) == 0 else 0)'

run: free-port  ## the dashboard on the shipped evidence, on this machine only
	$(BIN)/python -m data load --shipped
	$(BIN)/python -m streamlit run components/serving.py --server.port $(PORT)

dev: free-port  ## the same, watching its own files
	$(BIN)/python -m data load --shipped
	$(BIN)/python -m streamlit run components/serving.py --server.port $(PORT) --server.fileWatcherType auto --server.runOnSave true --client.showErrorDetails full

roundtable: free-port  ## the dashboard for a room: on the local network, with a presenter's passphrase
	$(BIN)/python -m data load --shipped
	$(BIN)/python -m components.roundtable --port $(PORT)

test: .venv/tests  ## every test, those in a real browser too
	$(BIN)/python tests/browser/chromium.py
	$(BIN)/python tests/components/proxies.py
	$(BIN)/python -m pytest -n 2 --dist loadgroup $(TESTS)

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

kills: .venv/tests  ## loads, undos, upgrades and restores killed at random moments, a hundred each
	KILLS=100 $(BIN)/python -m pytest -n 0 -s tests/data/importing/test_killed.py tests/data/test_upgrading.py tests/data/test_restore_killed.py

bench: .venv/benchmarks  ## the tables of docs/performance.md
	$(BIN)/python -m benchmarks $(BENCH)

clean:  ## what these commands set up and remembered; a database is never deleted
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis
