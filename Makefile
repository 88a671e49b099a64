# The few commands to know. Each makes the clone ready first (bin/setup), which costs nothing when nothing changed.
HOST ?= 127.0.0.1
PORT ?= 8000
PYTEST ?= .venv/bin/pytest
# `make test` shares the suite out among two processes, each with a database and a browser of its own; a part of it (ARGS) runs in one.
WORKERS ?= $(if $(ARGS),0,2)
# Compiled modules are kept whatever the shell says: the many processes of a suite start in half the time.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo up test test-all quality fix lock clean

demo:		## the platform with the metropolis and a rehearsed month of reports
	@bin/setup
	@.venv/bin/oppidum demo --host $(HOST) --port $(PORT)

up:		## the platform as it is, on whatever its database holds
	@bin/setup
	@.venv/bin/oppidum up --host $(HOST) --port $(PORT)

test:		## the quick suite, browser included
	@bin/setup test
	@$(PYTEST) -n $(WORKERS) --dist worksteal -m "not slow" $(ARGS)

test-all:	## everything, long sweeps included; in one process, for some of them measure time
	@bin/setup test
	@OPPIDUM_EVERY_LOOK=1 $(PYTEST) $(ARGS)

quality:	## style and the rules between rooms
	@bin/setup
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check --quiet . || { echo "Run make fix."; exit 1; }
	@.venv/bin/lint-imports

fix:		## mend what a program can mend
	@bin/setup
	@.venv/bin/ruff check --fix .
	@.venv/bin/ruff format .

lock:		## resolve the dependencies anew
	@bin/setup
	@bin/lock

clean:		## remove what was made here; the database and the files of residents stay
	rm -rf .venv node_modules .make .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	rm -rf var/static var/vendor var/vendor.stamp
	find oppidum tests -name __pycache__ -prune -exec rm -rf {} +
	find oppidum -name '*.mo' -delete
