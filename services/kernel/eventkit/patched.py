"""Imported first by every service's `__main__`: patches eventlet where nameko runs, and nowhere else."""

import sys

PATCHED = "rpc" in sys.argv[1:2]

if PATCHED:
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # eventlet says so at every start; ADR 0004 answers it
        import eventlet

    eventlet.monkey_patch()
