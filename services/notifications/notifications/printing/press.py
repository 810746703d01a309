"""The press: makes batches of whatever waits, one after another, never two at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import exists, func, select, text

from eventkit.application import Application
from eventkit.crypto import Keyring
from eventkit.store import Metadata
from notifications.letters.letter import render
from notifications.letters.sender import Sender, sender_of
from notifications.metrics import batches_total, letters_total
from notifications.printing import folder
from notifications.printing.keys import ensure_key
from notifications.printing.manifest import Manifest
from notifications.printing.opening import open_batch_letters
from notifications.printing.plan import Plan, anything_ready, plan_batch
from notifications.printing.recording import record, reseal_postponed
from notifications.tables import print_batches, print_keys, spool
from servicekit.logs import get_logger

_LOCK = 5_143_260_003
Reached = Callable[[str], None]

log = get_logger()


class Busy(RuntimeError):
    """Another process is making a batch."""


@dataclass(frozen=True)
class Made:
    """One finished batch: where it is, and how many letters it printed, refused and left for later."""

    place: Path
    letters: int
    rejected: int
    postponed: int


class Press:
    """Steps of a batch, each safe to be the last one before a crash: plan, open, write aside, show, record.

    `reached` is told the name of each step when it is done; tests crash there.
    """

    def __init__(self, app: Application, keyring: Keyring, sender: Sender, zone: tzinfo, limit: int = 2000,
                 reached: Reached = lambda step: None, render_letter: folder.Render | None = None) -> None:
        self._app = app
        self._keyring = keyring
        self._zone = zone
        self._limit = limit
        self._reached = reached
        self._render = render_letter or partial(render, sender=sender)

    @classmethod
    def of(cls, app: Application, settings: Any) -> Press:
        return cls(app, settings.PERSONAL_KEYS, sender_of(settings), settings.AGENCY_TIME_ZONE,
                   settings.PRINT_BATCH_MAX)

    def ensure_key(self) -> None:
        """There must be a key before the first PIN can be sealed."""
        with self._app.transaction(_by("press")) as unit:
            made = ensure_key(unit, self._keyring)
        if made:
            log.info("print_key_announced", print_key_id=made)

    def run(self, directory: Path) -> list[Made]:
        """Makes batches until none is open and nothing waits for a key that has to go. Raises Busy."""
        with self._alone():
            made = []
            while plan := self._plan(directory):
                made.append(self._batch(plan))
                if not plan.resumed and not self._retired_key_needed():
                    break
            return made

    def is_due(self, every_seconds: float) -> bool:
        """Whether something waits and the last batch is old enough; a batch left open by a crash is due at once."""
        with self._app.engine.connect() as conn:
            if conn.execute(select(exists().where(print_batches.c.made_at.is_(None)))).scalar_one():
                return True
            if not anything_ready(conn, self._app.clock()):
                return False
            last = conn.execute(select(func.max(print_batches.c.planned_at))).scalar_one()
        return last is None or (self._app.clock() - last).total_seconds() >= every_seconds

    def _plan(self, directory: Path) -> Plan | None:
        with self._app.transaction(_by("press")) as unit:
            plan = plan_batch(unit, self._keyring, directory.absolute(), self._limit)
        self._reached("planned")
        return plan

    def _batch(self, plan: Plan) -> Made:
        manifest = self._files(plan)
        with self._app.engine.connect() as conn:
            resealed = reseal_postponed(conn, self._keyring, plan, manifest)
        with self._app.transaction(_by(f"batch:{plan.batch_id}")) as unit:
            recorded = record(unit, plan, manifest, resealed, self._day(plan.planned_at))
            unit.flush()
            self._reached("recording")
        self._reached("recorded")
        if recorded:
            _tell(plan, manifest)
        return Made(folder.place_of(plan), len(manifest.letters), len(manifest.rejected),
                    len(plan.letters) - len(manifest.letters) - len(manifest.rejected))

    def _files(self, plan: Plan) -> Manifest:
        """The batch's folder: the one that stands there whole from before a crash, or a new one."""
        manifest = folder.finished(plan)
        if manifest:
            return manifest
        with self._app.engine.connect() as conn:
            opened = open_batch_letters(conn, self._keyring, plan, self._app.clock(), self._day(plan.planned_at))
        self._reached("opened")
        aside, manifest = folder.write(plan, opened, self._render)
        self._reached("written")
        folder.show(aside, plan)
        self._reached("shown")
        return manifest

    def _retired_key_needed(self) -> bool:
        query = select(exists(
            select(spool.c.letter_id).join(print_keys, print_keys.c.print_key_id == spool.c.print_key_id)
            .where(print_keys.c.retired_at.is_not(None))))
        with self._app.engine.connect() as conn:
            return bool(conn.execute(query).scalar_one())

    def _day(self, moment: datetime) -> Any:
        return moment.astimezone(self._zone).date()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """A session lock, in no transaction: the server frees it the moment this process dies."""
        with self._app.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as conn:
            if not conn.execute(text("SELECT pg_try_advisory_lock(:key)"), {"key": _LOCK}).scalar_one():
                raise Busy("another process is making a batch")
            try:
                yield
            finally:
                conn.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": _LOCK})


def _by(what: str) -> Metadata:
    act = f"{what}:{datetime.now(UTC).isoformat()}"
    return Metadata("service:notifications", "print", act, act)


def _tell(plan: Plan, manifest: Manifest) -> None:
    batches_total.inc()
    letters_total.labels("printed").inc(len(manifest.letters))
    letters_total.labels("rejected").inc(len(manifest.rejected))
    log.info("batch_made", batch_id=plan.batch_id, letters=len(manifest.letters), rejected=len(manifest.rejected),
             bytes=manifest.bytes)
