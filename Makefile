# What a person types. Needs make and Python 3.11 to 3.13; `make` alone shows the list.
python := .venv/bin/python
folders := kernel cases auth payments notifications gateway demo workbench

.DEFAULT_GOAL := help
.PHONY: help run call test lint bench faults fuzz pages contracts lock clean $(folders)

help: ## this list
	@awk 'BEGIN {FS = ":.*## "} /^[a-z][^:]*:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@echo "  make <folder>   the tests of one folder: $(folders)"

run: ## start everything with demo data and say where it is; Ctrl-C ends it
	@infra/bootstrap run
	@$(python) -m workbench run

call: ## call a running gateway from the terminal; ADAPTER=, ADDRESS=, NUMBER=, SCRIPT=, SPEAK=1
	@infra/bootstrap run
	@$(python) -m gateway.phone.callers --adapter $(or $(ADAPTER),vxml) $(if $(ADDRESS),--address $(ADDRESS)) \
		$(if $(NUMBER),--number $(NUMBER)) $(if $(SCRIPT),--script $(SCRIPT)) $(if $(SPEAK),--speak)

test: ## install what is needed, then all checks and tests
	@infra/bootstrap test
	@$(python) -m workbench test

lint: ## only the checkers (ruff, mypy)
	@infra/bootstrap test
	@$(python) -m workbench test --only lint

bench: ## benchmarks, as a table with ratios
	@infra/bootstrap test
	@$(python) -m workbench bench

faults: ## the long fault runs: 100 times kill -9 under imports and runs, 50 of the ledger's; the kernel's promises
	@infra/bootstrap test
	@$(python) -m workbench test --only faults --only payments-faults --only kernel-faults -- --timeout=1800

fuzz: ## 10,000 requests after the API's OpenAPI document, by schemathesis
	@infra/bootstrap test
	@$(python) -m workbench test --only api-fuzz -- --timeout=3600

pages: ## every page and state in a browser, in both languages, with axe at both widths
	@infra/bootstrap test
	@$(python) -m workbench test --only pages -- --timeout=600

$(folders):
	@infra/bootstrap test
	@$(python) -m workbench test --only $@

contracts: ## write the contracts of public events and of the API, and the AsyncAPI document; RELEASE=1 fixes them for good
	@infra/bootstrap test
	@cd tests/contracts && ../../$(python) catalogs.py $(if $(RELEASE),release)

lock: ## pin the packages anew after a pyproject.toml changed; UPGRADE=1 takes the newest
	@infra/bootstrap test
	@$(python) infra/requirements/lock.py $(if $(UPGRADE),--upgrade)

clean: ## forget the demo system's data (var/) and what tools left behind
	@[ ! -f var/run/rabbitmq-container/volume ] || docker volume rm -f "$$(cat var/run/rabbitmq-container/volume)" >/dev/null || true
	@rm -rf var build .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -type d -not -path './.venv/*' -prune -exec rm -rf {} +
