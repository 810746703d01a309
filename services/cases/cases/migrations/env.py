"""Alembic's entry: everything is in the kernel."""

from servicekit.migrations import run_env

run_env()
