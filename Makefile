# SPDX-License-Identifier: MIT
# `make help` lists the targets. Another interpreter: make PYTHON=python3.13 demo

PYTHON ?= python3
EXAMPLES ?= 1000
VENV := .venv
BIN := $(VENV)/bin
PIP_INSTALL := -m pip install --quiet --disable-pip-version-check

SHELL := /bin/sh
.SHELLFLAGS := -ec
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PRECIOUS: .venv-%/.installed
.PHONY: help demo quick test lint types imports docs policies mutants reference unit others newest soak format bench lock clean

help: ## List the targets
	@awk -F ' *## *' '/^[a-z%-]+:.*## / { sub(/:.*/, "", $$1); printf "  make %-10s %s\n", $$1, $$2 }' Makefile

demo: $(VENV)/.installed ## Install into .venv and evaluate every file in examples/
	@count=0; \
	for file in examples/*.yaml; do \
	  [ -e "$$file" ] || { echo "make demo: there is no examples/*.yaml" >&2; exit 1; }; \
	  printf '\n===== %s =====\n\n' "$$file"; \
	  status=0; $(BIN)/caljobs-policy evaluate "$$file" || status=$$?; \
	  case $$status in \
	    0|4|5) ;; \
	    *) echo "make demo: evaluating $$file ended with exit code $$status" >&2; exit 1 ;; \
	  esac; \
	  count=$$((count + 1)); \
	done; \
	printf '\n===== the same request under three policies =====\n\n'; \
	$(BIN)/caljobs-policy compare examples/state.yaml --profile la_city --profile slo_county; \
	printf '\n===== examples/roster.csv: what somebody has to do =====\n\n'; \
	status=0; $(BIN)/caljobs-policy review examples/roster.csv --profile state --at 2025-06-02 || status=$$?; \
	[ "$$status" = 4 ] || { echo "make demo: the review ended with exit code $$status" >&2; exit 1; }; \
	printf '\nmake demo: %s files evaluated, and a roster.\n' "$$count"

test: lint types imports docs policies unit ## Everything that CI runs but the demo and `newest`
	@echo "make test: all passed."

lint: $(VENV)/.installed-dev ## Check style and formatting with ruff
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.installed-dev ## Check types with mypy
	$(BIN)/mypy

imports: $(VENV)/.installed-dev ## Check that imports only go down the layers
	$(BIN)/lint-imports

# Worked cases and bad profiles go all the way from YAML to a decision or a message, so they notice
# most faults for their time.
QUICK := tests/test_bad_profiles.py tests/dates tests/policy

quick: lint types imports ## Check what notices most faults, in under 30 seconds of CPU
	$(BIN)/caljobs-policy test state
	@HYPOTHESIS_PROFILE=quick $(BIN)/python -m pytest -q -x $(QUICK)

docs: $(VENV)/.installed-dev ## Build the documentation into build/site, offline; a warning is an error
	$(BIN)/mkdocs build --quiet
	@echo "make docs: open build/site/index.html"

reference: $(VENV)/.installed-dev ## Renew those parts of the reference that are made from the code
	$(BIN)/python tools/reference.py

policies: $(VENV)/.installed-dev ## Check the shipped profiles: never looser than above, every clause tested
	$(BIN)/caljobs-policy check --strict

mutants: $(VENV)/.installed-dev ## Name small changes of the shipped profiles that no worked case notices
	$(BIN)/caljobs-policy test --mutate state la_city slo_county

# What tries thousands of values takes several times as long where each line is counted.
UNCOUNTED := tests/benchmarks tests/properties tests/profiles tests/browser \
  tests/engines/durable/test_dangers.py tests/doors/test_forms.py tests/rosters/test_sampling.py \
  tests/test_pages.py tests/test_embedding.py tests/test_typed_use.py

unit: $(VENV)/.installed-dev ## Run the tests on all cores, with branch coverage but for properties
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest --numprocesses=auto $(UNCOUNTED:%=--ignore=%)
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report
	$(BIN)/python -m pytest --numprocesses=auto $(UNCOUNTED)

others: $(VENV)/.installed-dev ## Run the tests on every other Python found (unit-3.13: on that one)
	@own=$$($(BIN)/python -c 'import sys; print("%d.%d" % sys.version_info[:2])'); \
	targets=$$(tools/pythons | while read -r version path; do \
	  [ "$$version" = "$$own" ] || echo "unit-$$version"; \
	done); \
	if [ -n "$$targets" ]; then $(MAKE) --no-print-directory $$targets; \
	else echo "No other Python found: tested on $$own alone."; fi

# Properties, worked cases, pages, benchmarks, proofs and what reads the source itself are tried on one
# Python; what differs between them shows in the rest.
ONCE := tests/properties tests/profiles tests/browser tests/benchmarks tests/test_structure.py \
  tests/test_pages.py tests/test_typed_use.py tests/analysis

unit-%: .venv-%/.installed
	@echo "Testing on Python $*"
	@HYPOTHESIS_PROFILE=quick .venv-$*/bin/python -m pytest -q -p no:cacheprovider \
	  --numprocesses=auto $(ONCE:%=--ignore=%)

newest: ## Run the tests on another Python, with the newest versions that pyproject.toml allows
	$(call make-venv,$$(tools/furthest "$(PYTHON)" | grep . || echo "$(PYTHON)"),.venv-newest)
	@echo "Installing caljobs-policy into .venv-newest, in the newest versions"
	@.venv-newest/bin/python --version
	@.venv-newest/bin/python $(PIP_INSTALL) --upgrade --upgrade-strategy=eager pip
	@.venv-newest/bin/python $(PIP_INSTALL) --upgrade --upgrade-strategy=eager --editable '.[dev]'
	$(call try-durable,.venv-newest,--upgrade --editable '.[durable]') || :
	@HYPOTHESIS_PROFILE=quick .venv-newest/bin/python -m pytest -q -p no:cacheprovider \
	  --numprocesses=auto $(ONCE:%=--ignore=%)

# To try some of them alone: make soak PROPERTIES=tests/properties/test_warehouse.py
PROPERTIES ?= tests/properties

soak: $(VENV)/.installed-dev ## Try other examples of the properties each time (EXAMPLES=1000)
	@HYPOTHESIS_PROFILE=soak SOAK_EXAMPLES=$(EXAMPLES) $(BIN)/python -m pytest -q \
	  --numprocesses=auto $(PROPERTIES)

format: $(VENV)/.installed-dev ## Format the code and mend what ruff can mend
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

# More is asked for as in: make bench BENCH='known --against before.json'
BENCH ?=

bench: $(VENV)/.installed ## Measure decisions beside functions written by hand (BENCH=--help)
	$(BIN)/python -m benchmarks $(BENCH)

lock: ## Renew requirements.lock
	$(call make-venv,$(PYTHON),.venv-lock)
	@.venv-lock/bin/python $(PIP_INSTALL) --upgrade uv
	@.venv-lock/bin/uv pip compile --quiet --no-config --universal --python-version 3.11 --upgrade \
	  --generate-hashes --no-emit-index-url --custom-compile-command 'make lock' \
	  --all-extras --group build --group compile --output-file requirements.lock pyproject.toml

clean: ## Remove all that make has made
	rm -rf .venv .venv-* build dist htmlcov .coverage .coverage.*
	rm -rf .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Makes the environment $(2) with the interpreter $(1), unless it is there and works. Debian's
# Python has no ensurepip without the package python3-venv; its own pip then installs the first one.
define make-venv
@"$(1)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
  echo "make: caljobs-policy needs Python 3.11 or later, and \`$(1)\`" \
    "$$(version=$$("$(1)" --version 2>/dev/null) && echo "is $$version" || echo "does not run")." >&2; \
  echo "  help: name one, as in: make PYTHON=python3.12. Found here:" \
    "$$(tools/pythons | cut -d ' ' -f 2- | paste -s -d ' ' -)" >&2; \
  exit 1; }
@"$(2)/bin/python" -m pip --version >/dev/null 2>&1 \
|| "$(1)" -m venv "$(2)" >/dev/null 2>&1 \
|| { "$(1)" -m venv --without-pip "$(2)" \
  && "$(1)" -m pip --python "$(2)/bin/python" install --quiet --disable-pip-version-check pip; } \
|| { echo "make: \`$(1)\` cannot make the environment $(2)." >&2; \
  echo "  help: install its venv module (Debian, Ubuntu: apt install python3-venv)." >&2; \
  exit 1; }
endef

# Installs what requirements.lock holds of the package and the extras $(2) into the environment $(1).
define install-locked
@"$(1)/bin/python" tools/locked.py build $(2) >"$(1)/locked.txt"
@"$(1)/bin/python" $(PIP_INSTALL) --require-hashes --requirement "$(1)/locked.txt"
@"$(1)/bin/python" $(PIP_INSTALL) --no-deps --no-build-isolation --editable .
endef

# Compiles durable-rules into the environment $(1), as pip is told by $(2). It is optional, but CI
# insists on it.
define try-durable
@"$(1)/bin/python" $(PIP_INSTALL) $(2) >"$(1)/durable.log" 2>&1 \
|| { echo "make: durable-rules cannot be compiled here, as $(1)/durable.log tells;" \
    "the tests of the engine \`durable\` are skipped." >&2; false; }
endef

define install-durable
@"$(1)/bin/python" tools/locked.py durable >"$(1)/durable.txt"
$(call try-durable,$(1),--no-build-isolation --require-hashes --requirement "$(1)/durable.txt")
endef

$(VENV)/.installed: pyproject.toml requirements.lock
	$(call make-venv,$(PYTHON),$(VENV))
	@echo "Installing caljobs-policy into $(VENV)"
	$(call install-locked,$(VENV),cli rosters)
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	@echo "Installing the tools for development into $(VENV)"
	$(call install-locked,$(VENV),dev compile)
	$(call install-durable,$(VENV)) || [ -z "$$CI" ]
	@touch $@

.venv-%/.installed: pyproject.toml requirements.lock
	$(call make-venv,$$(tools/pythons $* | cut -d ' ' -f 2- | grep . || echo python$*),.venv-$*)
	@echo "Installing caljobs-policy into .venv-$*"
	$(call install-locked,.venv-$*,dev compile)
	$(call install-durable,.venv-$*) || :
	@touch $@
