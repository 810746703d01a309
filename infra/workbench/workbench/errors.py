"""What keeps the demo system from running."""

from __future__ import annotations


class CannotRun(RuntimeError):
    """Something did not start, or failed; says what and where its log is."""
