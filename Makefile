# Every routine, each one line long. "make" lists them.
VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= python3
RUN := $(BIN)/python -m
LOCK := tests/constraints.txt

.DEFAULT_GOAL := help
.PHONY: help dev site serve test lint types check fix golden corpus reference lock wheel interop judges mutants claims workflows crash repro cover mutate limits fuzz audit bench clean

help: ## lists these routines
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 20

site: $(VENV)/program ## builds the demo site into dist/ and says where to look
	@$(BIN)/blazon build
	@echo "look at: file://$(CURDIR)/dist/index.html  or run: make serve"

serve: $(VENV)/program ## shows this repository's own site and rebuilds it on change
	@$(BIN)/blazon preview --open

test: $(VENV)/dev ## runs all tests, as many at once as there are processors; T=pattern runs some of them and stops at the first failure
	@$(RUN) pytest $(if $(T),-x -k "$(T)",-n auto --dist worksteal)

lint: $(VENV)/dev ## says what does not read well
	@$(RUN) ruff format --check .
	@$(RUN) ruff check .

types: $(VENV)/dev ## checks every type
	@$(RUN) mypy

check: lint types test ## what has to hold before a change lands

fix: $(VENV)/dev ## everything a machine can tidy
	@$(RUN) ruff format .
	@$(RUN) ruff check --fix .

golden: $(VENV)/dev ## rewrites the golden sites and shows the difference
	@$(BIN)/python tests/goldens.py
	@git diff --stat -- tests/golden

corpus: $(VENV)/dev ## writes the corpus of badges, good and bad, from its book
	@PYTHONPATH=tests $(BIN)/python tests/corpusbook.py
	@git diff --stat -- tests/corpus

reference: $(VENV)/dev ## writes the reference of files, of commands and of limits, and what editors know of files, from the program itself
	@$(BIN)/python tests/referencebook.py

lock: $(VENV)/uv/ready ## writes the locks that workflows install from, with the versions of tests/constraints.txt
	@$(VENV)/uv/bin/python tests/workflows/lock.py
	@git diff --stat -- .github

wheel: $(VENV)/dev ## builds both packages into build/, installs the wheel as a stranger would, and lives a program's first day with it
	@$(BIN)/python tests/rehearsal.py

interop: $(VENV)/dev $(VENV)/openbadges/ready tests/interop/node/node_modules ## hands every document of two sites to verifiers that we did not write
	@PYTHONPATH=tests $(BIN)/python tests/interop/interop.py

judges: $(VENV)/dev tests/audit/node_modules ## compares our two verifiers on every badge of the tests, and opens pages that check themselves
	@PYTHONPATH=tests:tests/interop $(BIN)/python tests/browser/pages.py
	@PYTHONPATH=tests:tests/interop $(BIN)/python tests/browser/corpus.py
	@PYTHONPATH=tests $(BIN)/python tests/browser/private.py
	@PYTHONPATH=tests:tests/interop:tests/audit $(BIN)/python tests/browser/saving.py

mutants: $(VENV)/dev tests/audit/node_modules ## hands every small change of three badges to both verifiers; SAMPLE=300 takes so many of each
	@PYTHONPATH=tests $(BIN)/python tests/browser/mutants.py $(if $(SAMPLE),--sample $(SAMPLE))

claims: $(VENV)/dev tests/audit/node_modules ## fills in claim pages by keyboard, on each way that a claim can go, to a file that check accepts
	@PYTHONPATH=tests:tests/audit $(BIN)/python tests/browser/claim.py

workflows: $(VENV)/dev ## runs our workflows here, step by step, with recorded events and no host
	@PYTHONPATH=tests:tests/workflows $(BIN)/python tests/workflows/cases.py

crash: $(VENV)/dev ## kills commands at each of their file operations, fills the disk at each, cuts its power, and more; SCENES='import', PROCESSES=2, WITHOUT='mounts disks'
	@PYTHONPATH=tests $(BIN)/python tests/crash/crash.py $(SCENES) $(if $(PROCESSES),--processes $(PROCESSES)) $(if $(WITHOUT),--without $(WITHOUT))

repro: $(VENV)/dev ## builds two programs in many environments and on newer Pythons, in both ways of signing, and says where a byte differs
	@PYTHONPATH=tests:tests/interop $(BIN)/python tests/repro/repro.py

cover: $(VENV)/dev ## which branches of the modules that meet strangers' bytes no test takes
	@mkdir -p build && $(RUN) coverage erase
	@PYTHONPATH=tests $(RUN) coverage run -m pytest -p no:xdist $$($(BIN)/python -c 'import tomllib; print(*tomllib.load(open("tests/mutate/held.toml", "rb"))["covering"])')
	@$(RUN) coverage combine -q && $(RUN) coverage report

mutate: $(VENV)/dev ## makes small mistakes in modules, and says which of them no test sees; MODULES='canon disk', SAMPLE=200
	@PYTHONPATH=tests:tests/mutate $(BIN)/python tests/mutate/mutate.py $(MODULES) $(if $(SAMPLE),--sample $(SAMPLE))

limits: $(VENV)/dev ## hands what is made to cost much to commands, and says what refusing it costs; CASES='H30 A10' takes some
	@PYTHONPATH=tests $(BIN)/python tests/limits/measure.py $(CASES)

fuzz: $(VENV)/dev ## hands 10,000 odd inputs to every reader of bytes from outside; INPUTS=number, SEED=number, READERS='JSON PNG'
	@PYTHONPATH=tests:tests/fuzz $(BIN)/python tests/fuzz/fuzz.py $(if $(INPUTS),--inputs $(INPUTS)) $(if $(SEED),--seed $(SEED)) $(READERS)

audit: $(VENV)/dev tests/audit/node_modules ## reads every page of the demo in a browser; SHOTS=folder keeps pictures, SITES=en,one reads some
	@PYTHONPATH=tests $(BIN)/python tests/audit/audit.py

lighthouse: $(VENV)/dev tests/audit/node_modules ## asks Lighthouse about four pages of the demo, as a phone gets them; ROUNDS=number, 3 unless told
	@PYTHONPATH=tests $(BIN)/python tests/audit/lighthouse.py

bench: $(VENV)/dev $(VENV)/peers/ready tests/interop/node/node_modules ## our figures beside peers' and the floor, in one run; AWARDS='100 1000', ROUNDS=3, ROWS='build sign'
	@PYTHONPATH=tests $(BIN)/python tests/bench/bench.py

dev: $(VENV)/dev ## an environment ready to work in

clean: ## removes the environment, the packages and the built site
	@rm -rf $(VENV) dist build

$(VENV)/pip: ; @$(PYTHON) -m venv $(VENV) && touch $@

# Verifiers of Open Badges that others wrote. The old one for 2.0 asks for versions of its own, so it has an environment of its own.
$(VENV)/openbadges/ready: $(VENV)/pip tests/interop/openbadges.txt
	@$(PYTHON) -m venv $(VENV)/openbadges
	@$(VENV)/openbadges/bin/python -m pip install --quiet --disable-pip-version-check --no-deps -r tests/interop/openbadges.txt && touch $@

# Peers that `make bench` measures beside us.
$(VENV)/peers/ready: $(VENV)/pip tests/bench/peers.txt
	@$(PYTHON) -m venv $(VENV)/peers
	@$(VENV)/peers/bin/python -m pip install --quiet --disable-pip-version-check --no-deps -r tests/bench/peers.txt && touch $@

$(VENV)/uv/ready: $(VENV)/pip tests/constraints.txt
	@$(PYTHON) -m venv $(VENV)/uv
	@$(VENV)/uv/bin/python -m pip install --quiet --disable-pip-version-check -c $(LOCK) uv && touch $@

tests/interop/node/node_modules tests/audit/node_modules: %/node_modules: %/package-lock.json
	@npm ci --prefix $* --ignore-scripts --no-audit --no-fund --loglevel error >/dev/null && touch $@

# Quiet when all is well; an error shows itself.
$(VENV)/program: $(VENV)/pip pyproject.toml $(LOCK)
	@$(RUN) pip install --quiet --disable-pip-version-check -c $(LOCK) -e . && touch $@

$(VENV)/dev: $(VENV)/pip pyproject.toml $(LOCK)
	@$(RUN) pip install --quiet --disable-pip-version-check -c $(LOCK) -e '.[dev]' && touch $@ $(VENV)/program
