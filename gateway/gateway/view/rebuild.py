"""Rebuilding the view beside the live one, from the publishers' outboxes, and comparing both before the swap."""

from __future__ import annotations

from eventkit.rebuild import Progress, RebuildReport
from eventkit.rebuild import rebuild as rebuild_model
from eventkit.source import EventSource
from gateway.view.projections import read_model
from servicekit.process import make_engine


def rebuild(owner_url: str, app_role: str, source: EventSource, progress: Progress, *, swap: bool) -> RebuildReport:
    """Pages go on being served meanwhile. With `swap` false the new one is only compared, and stays beside."""
    engine = make_engine(owner_url, pool=2)
    try:
        return rebuild_model(engine, read_model(), source, app_role, progress, swap)
    finally:
        engine.dispose()
