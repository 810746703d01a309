"""Posting journal legs: ours against the PyPI package `django-hordak`, on one PostgreSQL server."""

from __future__ import annotations

import os
import time
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

from sqlalchemy import Engine, make_url

from bench.parts import Parts, Row
from eventkit.store import EventStore, Metadata, Recorded
from payments.definition import definition
from payments.domain.account.events import ChargePosted
from payments.domain.words import Bucket, Kind, registry
from payments.ledger import journal
from payments.ledger.postings import entries_of
from servicekit.migrations import upgrade
from servicekit.process import make_engine

Post = Callable[[int], None]
ENTRIES = int(os.environ.get("BENCH_ENTRIES", "20000"))
DAY = date(2026, 1, 1)
WHO = Metadata("bench", "bench", "bench", "bench")


def run(parts: Parts) -> Iterator[Row]:
    """Two legs an entry, both ledgers checked by their triggers; in batches, as a run posts, and one by one."""
    ours = _ours(parts)
    theirs = _Hordak(parts)
    for size, entries in ((500, ENTRIES), (1, ENTRIES // 10)):
        mine, other = _rate(_posting(ours), entries, size), _rate(theirs.post, entries, size)
        yield Row(f"journal legs with their events, {size} entries a transaction", mine, "/s", "django-hordak",
                  mine / other, "≥ 5x, as runs and imports post" if size > 1 else "")
        yield Row(f"django-hordak (PyPI): legs, {size} entries a transaction", other, "/s")
    bulk = _rate(theirs.post_in_bulk, ENTRIES, 500)
    mine = _rate(_posting(ours), ENTRIES, 500)
    yield Row("the same, theirs by bulk_create, without events", mine, "/s", "django-hordak", mine / bulk)
    ours.dispose()


def _rate(post: Post, entries: int, batch: int) -> float:
    began = time.monotonic()
    for _ in range(entries // batch):
        post(batch)
    return 2 * (entries // batch) * batch / (time.monotonic() - began)


def _ours(parts: Parts) -> Engine:
    owner_url, app_url = parts.postgres.create_database("bench_ledger")
    role = make_url(app_url).username
    assert role
    upgrade(definition.migrations, owner_url, role)
    return make_engine(app_url)


def _posting(engine: Engine) -> Post:
    """Events and their entries, which the journal insists on."""
    store = EventStore(registry)

    def post(count: int) -> None:
        now, recorded, entries = datetime.now(UTC), [], []
        for _ in range(count):
            case = uuid.uuid4().hex
            event = ChargePosted("o1", Kind.CHILD, DAY, Bucket.NEVER_ASSIGNED, 50_000)
            recorded.append(Recorded(f"account-{case}", 1, event, str(uuid.uuid4()), now, WHO))
            entries += entries_of(None, [event], f"account-{case}", 1)
        with engine.begin() as conn:
            store.append(conn, recorded)
            journal.write(conn, entries, now)

    return post


class _Hordak:
    """Django's settings, its tables and two accounts; every transaction has two legs."""

    def __init__(self, parts: Parts) -> None:
        url = make_url(parts.postgres.create_database("bench_hordak")[0])
        import django
        from django.conf import settings

        settings.configure(
            INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "mptt", "hordak"], USE_TZ=True,
            DATABASES={"default": {"ENGINE": "django.db.backends.postgresql", "NAME": url.database,
                                   "USER": url.username, "PASSWORD": url.password, "HOST": url.host,
                                   "PORT": url.port}},
            DEFAULT_AUTO_FIELD="django.db.models.AutoField", HORDAK_DECIMAL_PLACES=2)
        django.setup()
        from django.core.management import call_command
        from hordak.models import Account

        call_command("migrate", verbosity=0)
        self.debit, self.credit = (
            Account.objects.create(name=name, type=kind, currencies=["USD"], code=code)
            for name, kind, code in (("receivable", "AS", "1"), ("owed", "LI", "2")))

    def post(self, count: int) -> None:
        from django.db import transaction
        from hordak.models import Leg, Transaction
        from moneyed import Money

        with transaction.atomic():
            for _ in range(count):
                made = Transaction.objects.create(date=DAY)
                Leg.objects.create(transaction=made, account=self.debit, debit=Money(500, "USD"))
                Leg.objects.create(transaction=made, account=self.credit, credit=Money(500, "USD"))

    def post_in_bulk(self, count: int) -> None:
        from django.db import transaction
        from hordak.models import Leg, Transaction
        from moneyed import Money

        with transaction.atomic():
            made = Transaction.objects.bulk_create([Transaction(date=DAY) for _ in range(count)])
            Leg.objects.bulk_create([
                leg for one in made for leg in (
                    Leg(transaction=one, account=self.debit, debit=Money(500, "USD")),
                    Leg(transaction=one, account=self.credit, credit=Money(500, "USD")))])
