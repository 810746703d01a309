# What every folder with tests has: `make test` (and `make test ARGS="-k name"`), from the one environment at the top.
top := $(abspath $(dir $(lastword $(MAKEFILE_LIST)))/../..)
here := $(patsubst $(top)/%,%,$(CURDIR))

.PHONY: help test
help:
	@echo "make test [ARGS=...]   the tests of $(here), with a real PostgreSQL and RabbitMQ where they need them"

test:
	@$(top)/infra/bootstrap test
	@cd $(top) && .venv/bin/python -m workbench test --only $(notdir $(here)) -- $(ARGS)
