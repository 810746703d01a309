"""Imported first by every service's `__main__`: patches eventlet where nameko runs, and nowhere else."""

import sys

PATCHED = "rpc" in sys.argv[1:2]

if PATCHED:
    import warnings

    with warnings.catch_warnings():
        # eventlet says at every start that it is deprecated (ADR 0003 answers that), by a category of its own
        warnings.filterwarnings("ignore", message=r"\s*Eventlet is deprecated")
        import eventlet

    eventlet.monkey_patch()
