"""A share of a collection: what it pays, and where it goes, with the rule that says so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from payments.domain.words import Bucket, Debt, Destination, HoldReason, Kind, Source


@dataclass(frozen=True)
class Share:
    """Cents. `due` names the installment that is paid; `hold` and `until` are given where it is held. `passed_through`:
    it counts against the family's cap of the month, even where it went on to something else."""

    case_id: str
    debt: Debt
    cents: int
    to: Destination
    rule: str
    obligation_id: str | None = None
    kind: Kind | None = None
    due: date | None = None
    bucket: Bucket | None = None
    hold: HoldReason | None = None
    until: date | None = None
    passed_through: bool = False


@dataclass(frozen=True)
class Collection:
    """Money to be distributed. `received_on` is the legal date of collection, by which rules are chosen; `applied_on`
    the day it counts for, which is later only where it was held for a coming month."""

    receipt_id: str
    payor_id: str
    cents: int
    received_on: date
    applied_on: date
    source: Source
    joint_return: bool = False
