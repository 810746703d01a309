"""Decisions about accounts and PINs: pure, no I/O."""
