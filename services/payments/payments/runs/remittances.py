"""What is payable to governments, for aid that was paid, and back to payors: the balances of their accounts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from sqlalchemy import func, select

from eventkit.unit import Unit
from payments.domain.words import PayeeType
from payments.ledger.chart import PAYABLE_GOV, REFUND_NCP
from payments.ledger.tables import journal_lines
from payments.runs.instructions import Instruction, named


def remittances(unit: Unit, on: date, pending: Mapping[str, int]) -> Iterator[Instruction]:
    """All of it on one day. `pending` is what the unit was told to send to whom already."""
    for account in (PAYABLE_GOV, REFUND_NCP):
        query = (select(journal_lines.c.account, func.sum(-journal_lines.c.cents).label("cents"))
                 .where(journal_lines.c.account.like(f"{account.code}:%"))
                 .group_by(journal_lines.c.account).order_by(journal_lines.c.account))
        for row in unit.conn.execute(query).all():
            payee_id = row.account.removeprefix(f"{account.code}:")
            payee_type = PayeeType.PAYOR if account is REFUND_NCP else PayeeType(payee_id)
            cents = int(row.cents) - pending.get(payee_id, 0)
            if cents > 0:
                yield Instruction(named(unit, on, payee_id), payee_type, payee_id, "", cents, on)
