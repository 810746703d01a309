"""Tables of the view made anew by a migration: they are derived, so they are emptied and filled from the publisher's
first event. Until the worker has heard it all, pages say as of when they are."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, Table, text

from eventkit.tables import grant
from gateway.view import tables
from gateway.view.projections import NAME, read_model


def make_anew(conn: Connection, publisher: str, made_of_it: Iterable[Table], app_role: str) -> None:
    """`made_of_it`: every table that is filled from this publisher, for sums that stayed would count events twice."""
    for table in made_of_it:
        table.drop(conn, checkfirst=True)
        table.create(conn)
        grant(conn, read_model().rights, f"{NAME}.{table.name}", app_role)
    for kept in ("checkpoints", "parked"):
        conn.execute(text(f"DELETE FROM {kept} WHERE subscription = :name AND publisher = :publisher"),  # noqa: S608
                     {"name": NAME, "publisher": publisher})
    conn.execute(tables.freshness.delete().where(tables.freshness.c.publisher == publisher))
