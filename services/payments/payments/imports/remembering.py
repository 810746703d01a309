"""Which lines of files were taken in: an id stands for its line for good, whatever the line did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Column, Connection, DateTime, MetaData, PrimaryKeyConstraint, Table, Text, func, select
from sqlalchemy.dialects.postgresql import insert

metadata = MetaData()

feed_lines = Table(
    "feed_lines",
    metadata,
    Column("feed", Text, nullable=False),
    Column("line_key", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("taken_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    PrimaryKeyConstraint("feed", "line_key"),
)


def digests(conn: Connection, feed: str, keys: Sequence[str]) -> dict[str, str]:
    """Of the lines that are in."""
    query = select(feed_lines.c.line_key, feed_lines.c.digest).where(feed_lines.c.feed == feed,
                                                                     feed_lines.c.line_key.in_(keys))
    return {line_key: digest for line_key, digest in conn.execute(query)}


def remember(conn: Connection, feed: str, found: Mapping[str, str]) -> None:
    """Two imports at once may take the same line in; the database lets the second one fail, and be tried again."""
    if found:
        conn.execute(insert(feed_lines), [{"feed": feed, "line_key": line_key, "digest": digest}
                                          for line_key, digest in found.items()])
