"""`python -m payments <command>`."""

import servicekit.patched  # noqa: F401  first: patches eventlet in the rpc role

# isort: split
from payments.commands import cli

if __name__ == "__main__":
    cli()
