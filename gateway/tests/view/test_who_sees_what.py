"""The other party's data is in no row: canaries planted in every field of every event, searched for in every table."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine, text

from gateway.view import tables

from ..facts import Facts, share
from ..statement_of import statement_of

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
    planted_of_cases(facts)
    facts.tell("payments", "collection_received", "receipt-R1", receipt_id="R1", payor_id=PAYOR, case_id="C1",
               amount_cents=100, received_on="2026-10-01", posted_on="2026-10-01", source="INCOME_WITHHOLDING",
               method="EFT", employer=CANARY, bank=CANARY)
    facts.tell("payments", "collection_distributed", "receipt-R1", receipt_id="R1", payor_id=PAYOR, number=1,
               amount_cents=100, received_on="2026-10-01", applied_on="2026-10-01", rules=[CANARY], remitter=CANARY,
               shares=[{**share("C1", 60), "payee_id": CANARY, "bucket": CANARY, "rule": CANARY},
                       {**share("C1", 30, "FUTURE", "HELD", hold="futures"), "bucket": CANARY, "rule": CANARY},
                       {**share("C1", 10, to=CANARY), "hold": CANARY, "until": CANARY}])
    facts.tell("payments", "debt_changed", "account-C1", case_id="C1", reason=CANARY, on="2026-10-01", owner=CANARY,
               changes=[{"kind": "CHILD", "due": None, "what": "interest", "cents": 5, "bucket": CANARY}])
    facts.tell("payments", "obligation_set", "account-C1", case_id="C1", obligation_id="CHILD", kind="CHILD",
               effective_on="2026-01-01", monthly_cents=100, ends_on=None, order_id=CANARY, court=CANARY)
    facts.tell("payments", "disbursement_issued", "disbursement-D1", schema=2, disbursement_id="D1", payee_id=PAYEE,
               payee_type="family", case_id="C1", amount_cents=100, issued_on="2026-10-03", method="check",
               status="issued", ahead_cents=0, payor_id=CANARY, employer=CANARY, source=CANARY, bank=CANARY,
               lots=[{"received_on": "2026-10-01", "debt": CANARY, "to": "FAMILY", "amount_cents": 100,
                      "receipt_id": CANARY, "source": CANARY}])
    planted_of_statements(facts)
    facts.tell("notifications", "letter_printed", "letter-L1", letter_id=CANARY, participant_id=PAYEE,
               template=CANARY, batch_id=CANARY, printed_on="2026-10-03")


def planted_of_statements(facts: Facts) -> None:
    """The statement of a case: whatever may be added to any of its parts, and a reason that nobody knows."""
    data = statement_of("C1", [PAYOR], paid=(("2026-10-01", "UIB", 100),), adjusted=(("2026-10-02", CANARY, 5),))
    for name in ("charges", "payments", "adjustments"):
        data[name] = [{**one, "bucket": CANARY, "owner": CANARY, "remitter": CANARY} for one in data[name]]
    for name in ("period", "previous", "balance", "coupon"):
        data[name] |= {"owner": CANARY, "assistance": CANARY}
    facts.tell("payments", "statement_issued", "statement-C1:2026-10", **data, assistance=CANARY, payees=[CANARY])


def planted_of_cases(facts: Facts) -> None:
    """The same for what customers are shown of profiles, cases and dates."""
    for number, person in enumerate((PAYOR, PAYEE)):
        for event in (Facts().profile(person), Facts().appointment(f"A{number}", person, "C1"),
                      Facts().request(f"CC-{number}", person)):
            more = {"protected": CANARY, "address": CANARY, "content": CANARY, "report_enc": CANARY, "worker": CANARY}
            facts.tell("cases", event.type.split(".")[1], event.stream, **event.data, **more)
    hearing = Facts().hearing("H1", "C1", p1000000001="remote", p1000000002="in_person").data
    hearing["attendance"] = [{**one, "address": CANARY, "link": CANARY} for one in hearing["attendance"]]
    for name, data in (("case_details_changed", Facts().details("C1", ("M. R.", 2015)).data),
                       ("order_recorded", Facts().order("C1", "O1").data), ("hearing_changed", hearing)):
        facts.tell("cases", name, "case-C1", **data, county=CANARY, protected=CANARY, judge=CANARY, children=CANARY)


def test_nothing_reaches_a_row_that_is_not_on_its_list(engine: Engine, facts: Facts) -> None:
    planted(facts)
    assert CANARY not in str(rows_of(engine))


def test_no_row_of_one_party_names_the_other(engine: Engine, facts: Facts) -> None:
    planted(facts)
    rows = [row for table in rows_of(engine).values() for row in table]
    assert {row.get("viewer_id") for row in rows} == {PAYOR, PAYEE, None}, "None: rows of a case, seen by its parties"
    for row in rows:
        assert not (PAYOR in str(row) and PAYEE in str(row)), row


def test_what_one_side_alone_may_see_is_in_no_row_of_both(engine: Engine, facts: Facts) -> None:
    planted(facts)
    rows = rows_of(engine)
    assert rows["case_assistance"] and rows["attendance"]
    assert not [row for row in rows["case_details"] if "assistance" in row]
    assert all(PAYOR not in str(row) and PAYEE not in str(row) for row in rows["hearings"])


def test_payments_sent_tell_nothing_of_where_the_money_came_from(engine: Engine) -> None:
    assert set(tables.payments_sent.c.keys()) == {
        "disbursement_id", "viewer_id", "case_id", "payee_type", "issued_on", "amount_cents", "method", "status",
        "status_on", "parts", "ahead_cents", "version"}
    with engine.connect() as conn:
        kept = conn.execute(text("SELECT column_name FROM information_schema.columns "
                                 "WHERE table_schema = 'view' AND table_name = 'payments_sent'")).scalars()
        assert set(kept) == set(tables.payments_sent.c.keys())
