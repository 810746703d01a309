"""`python -m cases <role>`."""

import servicekit.patched  # noqa: F401  first: patches eventlet in the rpc role

# isort: split
from cases.cli import cli

if __name__ == "__main__":
    cli()
