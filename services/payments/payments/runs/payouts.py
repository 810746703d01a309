"""Instructions for the disbursement unit: what is payable to families, by case and day, and to whom else it may be.

What was received is sent within two business days (45 CFR 302.32); what became payable later, because a hold ended or
an earlier payment came back, on the first day asked for. Nothing is decided here: the ledger hears of a payment when
the unit reports it. What an agency takes in as `pending` meanwhile is not asked for again.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import Connection, select

from eventkit.application import Application
from eventkit.store import Metadata
from eventkit.unit import Unit
from payments.domain.account.account import account
from payments.domain.account.state import Account
from payments.domain.disbursement import disbursement
from payments.domain.words import Method, PayeeType
from payments.imports.command import start
from payments.imports.taking_in import agency_day
from payments.parties import look_up
from payments.rules.months import add_workdays
from payments.runs.instructions import SYSTEM, Instruction, name_of, named, pending, write
from payments.runs.remittances import remittances
from payments.worklists import account_work

BUSINESS_DAYS = 2
_BATCH = 500


def due(state: Account, since: date, through: date, told: int = 0) -> dict[date, int]:
    """Cents by the day they are to be sent on; nothing while payouts of the case are held.

    `told` is what the unit was told to send already: the oldest of what is payable.
    """
    found: Counter[date] = Counter()
    for lot in () if state.held_for else state.lots:
        covered = min(told, lot.cents)
        told -= covered
        on = max(add_workdays(lot.received_on, BUSINESS_DAYS), since)
        if lot.cents > covered and on <= through:
            found[on] += lot.cents - covered
    return dict(sorted(found.items()))


def instructions(app: Application, since: date, through: date, today: date) -> Generator[Instruction]:
    """Families by case, oldest first; then all that is payable to others, on the last of those days that has come."""
    run = str(uuid.uuid4())
    with app.engine.connect() as conn:
        told = pending(conn)
        for case_ids in _cases(conn):
            unit = app.unit(conn, Metadata("run:payouts", "cli", run, run))
            yield from _families(unit, case_ids, since, through, told.by_case)
        unit = app.unit(conn, Metadata("run:payouts", "cli", run, run))
        yield from remittances(unit, max(since, min(through, today)), told.by_payee)


def payouts(
    file: Annotated[Path, typer.Argument(help="where the instructions are written, as CSV")],
    since: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="the first day to send on; the last")]
    = None,
    through: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="the last day to send on; today")]
    = None,
    method: Annotated[Method, typer.Option(help="how, where the unit knows no better")] = Method.DIRECT_DEPOSIT,
) -> None:
    """Writes what the disbursement unit is to send, as a file of pending disbursements."""
    today = agency_day(datetime.now(UTC))
    last = through.date() if through else today
    first = since.date() if since else last
    if first > last:
        raise typer.BadParameter("is after --through", param_hint="--since")
    app, _ = start()
    part = file.with_name(f"{file.name}.part")  # whoever is killed leaves no file that looks whole
    with part.open("w", encoding="utf-8", newline="") as out, closing(instructions(app, first, last, today)) as found:
        count, cents = write(found, method, out)
    part.replace(file)
    typer.echo(f"{file.name}: {count} payments, {cents / 100:,.2f} dollars")


def _cases(conn: Connection) -> Iterator[Sequence[str]]:
    """All that have an account, some at a time."""
    last = ""
    while True:
        query = select(account_work.c.case_id).where(account_work.c.case_id > last)
        found = conn.execute(query.order_by(account_work.c.case_id).limit(_BATCH)).scalars().all()
        if not found:
            return
        yield found
        last = found[-1]


def _families(unit: Unit, case_ids: Sequence[str], since: date, through: date, told: Mapping[str, int]
              ) -> Iterator[Instruction]:
    unit.preload(account, case_ids)
    payable = {case_id: found for case_id in case_ids
               if (found := due(unit.state(account, case_id), since, through, told.get(case_id, 0)))}
    payees = look_up(unit.conn, (), list(payable)).payees
    unit.preload(disbursement, [f"{SYSTEM}:{name_of(on, case_id)}" for case_id, found in payable.items()
                                for on in found])
    for case_id, found in payable.items():
        for on, cents in found.items():
            if families := payees.get(case_id):
                yield Instruction(named(unit, on, case_id), PayeeType.FAMILY, families[0], case_id, cents, on)
