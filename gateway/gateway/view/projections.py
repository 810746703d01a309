"""Which event goes to which table: the whole view on one page.

Each table is written from one publisher only, and what belongs together is joined when it is read. So the order in
which facts of different publishers arrive cannot matter.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection

from eventkit.public import Envelope
from eventkit.rebuild import ReadModel
from eventkit.subscription import Apply, Subscription
from gateway.view import (
    allowed,
    case_tables,
    family_side,
    owed,
    payor_side,
    statement_sides,
    statement_tables,
    tables,
    told_of_cases,
)
from gateway.view.folding import ManyRows, OneRow, Projection, write
from gateway.view.folding_groups import Groups, Latest, Sums, Whole

NAME = "view"

PROJECTIONS: Mapping[str, Sequence[Projection]] = {
    "payments": (
        OneRow(tables.payments_made, "receipt_id",
               begins={"payments.collection_received.v1": payor_side.received},
               changes={"payments.collection_identified.v1": payor_side.identified,
                        "payments.collection_held.v1": payor_side.held,
                        "payments.collection_distributed.v1": payor_side.distributed,
                        "payments.hold_released.v1": payor_side.released,
                        "payments.distribution_undone.v1": payor_side.undone,
                        "payments.collection_reversed.v1": payor_side.reversed_}),
        Groups(tables.family_payments, "receipt_id", "case_id",
               changes={"payments.collection_distributed.v1": family_side.distributed,
                        "payments.hold_released.v1": family_side.released,
                        "payments.distribution_undone.v1": family_side.undone,
                        "payments.collection_reversed.v1": family_side.reversed_}),
        OneRow(tables.payments_sent, "disbursement_id",
               begins={"payments.disbursement_issued.v2": allowed.disbursement_issued},
               changes={"payments.disbursement_status_changed.v1": allowed.disbursement_status_changed}),
        Sums(tables.debts, "case_id", "cents", changes={"payments.debt_changed.v1": owed.changes}),
        Groups(tables.paid_ahead, "receipt_id", "case_id",
               changes={"payments.collection_distributed.v1": owed.distributed,
                        "payments.hold_released.v1": owed.released,
                        "payments.distribution_undone.v1": owed.taken_back,
                        "payments.collection_reversed.v1": owed.taken_back}),
        Latest(tables.obligations, {"payments.obligation_set.v1": owed.obligation}),
        Latest(tables.liquidations, {"payments.liquidation_set.v1": owed.liquidation}),
        Whole(statement_tables.payor_statements, ("case_id", "month"),
              rows={"payments.statement_issued.v1": statement_sides.of_payors}),
        Whole(statement_tables.family_statements, ("case_id", "month"),
              rows={"payments.statement_issued.v1": statement_sides.of_family}),
    ),
    "cases": (
        OneRow(tables.participants, "participant_id",
               begins={"cases.participant_registered.v1": allowed.participant,
                       "cases.participant_changed.v1": allowed.participant}),
        ManyRows(tables.cases, "case_id",
                 rows={"cases.case_opened.v1": allowed.case, "cases.case_changed.v1": allowed.case}),
        OneRow(case_tables.profiles, "participant_id", begins={"cases.profile_changed.v1": told_of_cases.profile}),
        OneRow(case_tables.case_details, "case_id", begins={"cases.case_details_changed.v1": told_of_cases.details}),
        OneRow(case_tables.case_assistance, "case_id",
               begins={"cases.case_details_changed.v1": told_of_cases.assistance}),
        Latest(case_tables.orders, {"cases.order_recorded.v1": told_of_cases.order}),
        OneRow(case_tables.hearings, "hearing_id", begins={"cases.hearing_changed.v1": told_of_cases.hearing}),
        ManyRows(case_tables.attendance, "hearing_id", rows={"cases.hearing_changed.v1": told_of_cases.attendance}),
        OneRow(case_tables.appointments, "appointment_id",
               begins={"cases.appointment_changed.v1": told_of_cases.appointment}),
        OneRow(case_tables.requests, "confirmation", begins={"cases.request_changed.v1": told_of_cases.request}),
    ),
    "auth": (
        OneRow(tables.accounts, "participant_id",
               begins={"auth.account_opened.v1": allowed.account_opened},
               changes={"auth.pin_changed.v1": allowed.pin_changed,
                        "auth.temporary_pin_issued.v1": allowed.account_touched,
                        "auth.account_locked.v1": allowed.account_locked,
                        "auth.logged_in.v1": allowed.account_touched}),
    ),
    # heard for their freshness; no page shows what became of a letter
    "notifications": (),
}


def apply_of(publisher: str) -> Apply:
    """What the subscription to one publisher does with a batch."""
    projections = PROJECTIONS[publisher]

    def apply(conn: Connection, events: Sequence[Envelope]) -> None:
        if not events:
            return
        for projection in projections:
            mine = [event for event in events if event.type in projection.types]
            if mine:
                projection.apply(conn, mine)
        last = events[-1]
        write(conn, tables.freshness, [{"publisher": publisher, "as_of": last.time.isoformat(),
                                        "position": last.position}])

    return apply


def subscriptions() -> tuple[Subscription, ...]:
    return tuple(Subscription(NAME, publisher, apply_of(publisher)) for publisher in PROJECTIONS)


def read_model() -> ReadModel:
    """For migrations and rebuilds."""
    return ReadModel(NAME, tables.metadata, subscriptions())


def types_of(publisher: str) -> frozenset[str]:
    """The events of a publisher that reach a row."""
    return frozenset[str]().union(*(projection.types for projection in PROJECTIONS[publisher]))
