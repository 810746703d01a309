"""Alembic's entry: everything is in the kernel."""

from eventkit.migrations import run_env

run_env()
