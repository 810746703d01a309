"""The other party's data is in no row: canaries planted in every field of every event, searched for in every table."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine, text

from gateway.view import tables

from ..facts import Facts

PAYOR, PAYEE = "1000000001", "1000000002"
CANARY = "canary"


def rows_of(engine: Engine) -> dict[str, list[dict[str, Any]]]:
    with engine.connect() as conn:
        return {table.name: [dict(row) for row in conn.execute(table.select()).mappings()]
                for table in tables.metadata.sorted_tables}


def planted(facts: Facts) -> None:
    """Facts with more fields than today's contracts have: what a publisher may add tomorrow."""
    for person in (PAYOR, PAYEE):
        facts.tell("cases", "participant_registered", f"participant-{person}", participant_id=person, language="en",
                   name_enc=CANARY, address_enc=CANARY, address_valid=True, email_enc=CANARY, ssn_sealed=CANARY,
                   phone=CANARY, employer=CANARY, address_self_changed_on=None)
        facts.account(person)
        facts.tell("auth", "temporary_pin_issued", f"account-{person}", participant_id=person, letter_id=CANARY,
                   language="en", expires_on="2026-12-01", pin_sealed=CANARY, print_key_id=CANARY)
    facts.tell("cases", "case_opened", "case-C1", case_id="C1", county=CANARY, status="open", court_case_number="FL-1",
               opened_on="2024-01-01", address=CANARY, protection=CANARY,
               parties=[{"participant_id": PAYOR, "role": "payor", "employer": CANARY, "address": CANARY},
                        {"participant_id": PAYEE, "role": "payee", "employer": CANARY, "address": CANARY}])
    facts.tell("payments", "collection_received", "receipt-R1", receipt_id="R1", payor_id=PAYOR, case_id="C1",
               amount_cents=100, received_on="2026-10-01", posted_on="2026-10-01", source="INCOME_WITHHOLDING",
               method="EFT", employer=CANARY, bank=CANARY)
    facts.tell("payments", "collection_applied", "receipt-R1", receipt_id="R1", payor_id=PAYOR, remitter=CANARY,
               applied=[{"case_id": "C1", "kind": "CURRENT_CHILD", "amount_cents": 100, "payee_id": CANARY}])
    facts.tell("payments", "disbursement_issued", "disbursement-D1", disbursement_id="D1", payee_id=PAYEE,
               case_id="C1", amount_cents=100, issued_on="2026-10-03", method="check", status="issued",
               payor_id=CANARY, employer=CANARY, source=CANARY, bank=CANARY)
    facts.tell("notifications", "letter_printed", "letter-L1", letter_id=CANARY, participant_id=PAYEE,
               template=CANARY, batch_id=CANARY, printed_on="2026-10-03")


def test_nothing_reaches_a_row_that_is_not_on_its_list(engine: Engine, facts: Facts) -> None:
    planted(facts)
    assert CANARY not in str(rows_of(engine))


def test_no_row_of_one_party_names_the_other(engine: Engine, facts: Facts) -> None:
    planted(facts)
    rows = [row for table in rows_of(engine).values() for row in table]
    assert {row.get("viewer_id") for row in rows} == {PAYOR, PAYEE, None}
    for row in rows:
        assert not (PAYOR in str(row) and PAYEE in str(row)), row


def test_payments_sent_tell_nothing_of_where_the_money_came_from(engine: Engine) -> None:
    assert set(tables.payments_sent.c.keys()) == {
        "disbursement_id", "viewer_id", "case_id", "issued_on", "amount_cents", "method", "status", "status_on",
        "version"}
    with engine.connect() as conn:
        kept = conn.execute(text("SELECT column_name FROM information_schema.columns "
                                 "WHERE table_schema = 'view' AND table_name = 'payments_sent'")).scalars()
        assert set(kept) == set(tables.payments_sent.c.keys())
