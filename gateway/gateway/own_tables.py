"""What the gateway keeps of its own, beside the view: sessions, drafts, counts, forms sent. All are soon gone."""

from __future__ import annotations

from sqlalchemy import Column, DateTime, Integer, MetaData, Table, Text

metadata = MetaData()

sessions = Table(
    "sessions",
    metadata,
    Column("token_hash", Text, primary_key=True, comment="SHA-256 of the token, which only the browser or the app has"),
    Column("id", Text, nullable=False, comment="what its owner names it by; it opens nothing"),
    Column("participant_id", Text, nullable=False, index=True),
    Column("device", Text, nullable=False, comment="phone | computer: all that is kept of the browser"),
    Column("state", Text, nullable=False, comment="must_change: may only set a new PIN | full"),
    Column("account_version", Integer, nullable=False, comment="of the account when the session was begun"),
    Column("language", Text, nullable=False),
    Column("proof_enc", Text, comment="what proves this session in the forced change; sealed with the token"),
    Column("notice", Text, comment="key of a text to be shown once, on the next page"),
    Column("way", Text, nullable=False, server_default="page", comment="page: its token is a cookie | app: a bearer's"),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("seen_at", DateTime(timezone=True), nullable=False, index=True),
)

drafts = Table(
    "drafts",
    metadata,
    Column("participant_id", Text, primary_key=True),
    Column("form", Text, primary_key=True, comment="the path it was on its way to"),
    Column("content_enc", Text, nullable=False, comment="opens only with a token that the browser keeps"),
    Column("kept_at", DateTime(timezone=True), nullable=False, index=True),
)

throttle = Table(
    "throttle",
    metadata,
    Column("rule", Text, primary_key=True),
    Column("client", Text, primary_key=True, comment="HMAC of the client's address"),
    Column("began_at", DateTime(timezone=True), primary_key=True),
    Column("count", Integer, nullable=False),
)

submissions = Table(
    "submissions",
    metadata,
    Column("command_id", Text, primary_key=True, comment="made of the session, the form and what was typed"),
    Column("participant_id", Text, nullable=False, comment="who sent it, and alone may see what became of it"),
    Column("name", Text, nullable=False),
    Column("body", Text, nullable=False, comment="of the command; what was typed is sealed to the service"),
    Column("made_at", DateTime(timezone=True), nullable=False, index=True),
    Column("confirmation", Text),
    Column("stream", Text, comment="of what the command changed; null until it was answered"),
    Column("version", Integer),
)
