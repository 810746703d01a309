"""Decisions about letters, print batches and print keys: pure, no I/O."""
