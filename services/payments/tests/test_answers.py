"""Answers of the ledger: lists of payments, balances, explanations, control totals; as of any day and any moment."""

import json
from datetime import UTC, date, datetime

import pytest

from eventkit import outbox
from eventkit.decider import Rejected
from payments.answers.balances import balances
from payments.answers.control_totals import control_totals
from payments.answers.explaining import explain_to_payee, explain_to_payor
from payments.answers.law import entries
from payments.answers.moment import NOW, Moment
from payments.answers.payments_made import payments_made
from payments.answers.payments_sent import payments_sent
from payments.answers.schemas import PaymentsMade, PaymentsSent
from payments.answers.steps import STEPS, step
from payments.domain.words import registry
from payments.explanation import explain
from payments.runs.charges import Charges
from payments.runs.interest import Interest
from payments.runs.releases import Releases
from payments.runs.workers import carry_out

PAYOR, PAYEE, BUSY = "1000000001", "1000000003", "1000000004"


@pytest.fixture
def ask(app):
    """ask(query, ...): the answer, over a connection of its own; it must be JSON as it is."""

    def run(query, *arguments, **options):
        with app.engine.connect() as conn:
            answer = query(conn, *arguments, **options)
        assert json.loads(json.dumps(answer)) == answer
        return answer

    return run


@pytest.fixture
def charge(app):
    return lambda month: carry_out(app, Charges(date.fromisoformat(f"{month}-01")))


def on(day):
    return Moment(date.fromisoformat(day))


class TestPaymentsMade:
    def test_a_payment_with_what_it_paid(self, owing, take, line, charge, ask):
        charge("2026-03")
        take("collections", line(amount="150.00"))
        (row,) = ask(payments_made, PAYOR)
        assert (row["receipt_id"], row["amount_cents"], row["status"]) == ("SDU:1", 150_00, "applied")
        assert row["paid"] == [
            {"case_id": "2001", "debt": "CURRENT", "kind": "CHILD", "due": "2026-03-01", "amount_cents": 100_00},
            {"case_id": "2001", "debt": "ARREARS", "kind": "CHILD", "due": "2026-01-01", "amount_cents": 50_00}]
        assert row["owed_after_cents"] == 150_00
        assert (row["waiting"], row["reversal"]) == ([], None)

    def test_what_was_taken_back_stays_and_pays_nothing(self, owing, take, line, ask):
        take("collections", line())
        take("reversals", "SDU,1,2026-03-20,NSF")
        (row,) = ask(payments_made, PAYOR)
        assert (row["status"], row["paid"]) == ("reversed", [])
        assert row["reversal"] == {"on": "2026-03-20", "reason": "NSF"}

    def test_it_is_as_it_was_on_a_day(self, owing, take, line, ask):
        take("collections", line())
        take("reversals", "SDU,1,2026-03-20,NSF")
        assert [row["status"] for row in ask(payments_made, PAYOR, on("2026-03-19"))] == ["applied"]
        assert ask(payments_made, PAYOR, on("2026-03-01")) == []

    def test_it_is_as_it_was_known_at_a_moment(self, owing, take, line, ask):
        take("collections", line())
        before = datetime.now(UTC)
        take("reversals", "SDU,1,2026-03-20,NSF")
        told = ask(payments_made, PAYOR, Moment(date(2026, 12, 31), before))
        assert [row["status"] for row in told] == ["applied"]

    def test_what_waits_is_told_with_its_reason(self, known, take, line, ask):
        take("collections", line())
        (row,) = ask(payments_made, PAYOR)
        assert row["status"] == "held"
        assert row["waiting"] == [{"reason": "no_obligation", "since": row["waiting"][0]["since"],
                                   "amount_cents": 100_00}]

    def test_nobody_elses_payments_are_in_the_list(self, owing, take, line, ask):
        take("collections", line(1), line(2, payor=BUSY, case="2003"))
        assert [row["receipt_id"] for row in ask(payments_made, PAYOR)] == ["SDU:1"]
        assert ask(payments_made, "1000000009") == []

    def test_a_payor_is_not_told_whether_the_family_gets_assistance_or_payouts_are_held(
            self, owing, take, line, ask, app):
        """The same payments, to a family with aid and a dispute, and to one without."""
        take("assistance", "LCSA,1,2003,started,2025-12-01,CASH_AID,1")
        take("holds", "LCSA,1,2003,hold,dispute,2025-12-01")
        take("collections", line(1, amount="150.00", on=date(2026, 1, 5)),
             line(2, payor=BUSY, case="2003", amount="250.00", on=date(2026, 1, 5)))
        carry_out(app, Releases(date(2026, 2, 1)))
        (alone,), (aided,) = ask(payments_made, PAYOR), ask(payments_made, BUSY)
        assert {row["debt"] for row in alone["paid"]} == {row["debt"] for row in aided["paid"]} == {
            "CURRENT", "FUTURE"}
        assert aided["waiting"] == alone["waiting"] == []
        told = json.dumps([ask(payments_made, BUSY), ask(explain_to_payor, "SDU:2")])
        assert not [word for word in ("GOVERNMENT", "PASS_THROUGH", "pass_through", "kept", "dispute", "futures",
                                      "ASSIGNED", "owner", "FAMILY") if word in told]

    def test_a_joint_return_is_told_as_paid_and_its_source_neutrally(self, owing, take, ask):
        take("collections", TestPaymentsSent.JOINT)
        (row,) = ask(payments_made, PAYOR)
        assert (row["source"], row["status"], row["waiting"]) == ("TAX_REFUND", "applied", [])


class TestPaymentsSent:
    JOINT = "SDU,9,1000000001,2001,100.00,2026-03-02,2026-03-02,FEDERAL_TAX,EFT,true"

    def test_a_payment_with_what_it_is_made_of(self, owing, take, line, charge, ask):
        charge("2026-03")
        take("collections", line(amount="150.00"))
        take("disbursements", f"SDU,D1,{PAYEE},2001,150.00,2026-03-04,direct_deposit,issued,")
        (row,) = ask(payments_sent, PAYEE)
        assert (row["disbursement_id"], row["case_id"], row["issued_on"]) == ("SDU:D1", "2001", "2026-03-04")
        assert (row["amount_cents"], row["status"], row["method"]) == (150_00, "issued", "direct_deposit")
        assert row["made_of"] == [
            {"received_on": "2026-03-02", "debt": "CURRENT", "passed_through": False, "amount_cents": 100_00},
            {"received_on": "2026-03-02", "debt": "ARREARS", "passed_through": False, "amount_cents": 50_00}]
        assert (row["ahead_cents"], row["fee_cents"]) == (0, 0)

    def test_its_status_as_of_a_day(self, owing, take, line, ask):
        take("collections", line())
        take("disbursements", f"SDU,D1,{PAYEE},2001,100.00,2026-03-04,check,pending,")
        take("disbursements", f"SDU,D1,{PAYEE},2001,100.00,2026-03-04,check,issued,2026-03-05")
        take("disbursements", f"SDU,D1,{PAYEE},2001,100.00,2026-03-04,check,returned,2026-03-20")
        assert [row["status"] for row in ask(payments_sent, PAYEE, on("2026-12-31"))] == ["returned"]
        (then,) = ask(payments_sent, PAYEE, on("2026-03-10"))
        assert (then["status"], len(then["made_of"])) == ("issued", 1)
        (planned,) = ask(payments_sent, PAYEE, on("2026-03-04"))
        assert planned["status"] in ("pending", "issued")
        assert ask(payments_sent, PAYEE, on("2026-03-03")) == []

    def test_a_refund_is_sent_to_its_payor_and_money_of_governments_to_nobody(self, owing, take, ask):
        take("disbursements", f"SDU,D1,{PAYOR},,10.00,2026-03-04,check,issued,,payor",
             "SDU,D2,state,,10.00,2026-03-04,check,issued,,state")
        assert [row["disbursement_id"] for row in ask(payments_sent, PAYOR)] == ["SDU:D1"]
        assert ask(payments_sent, "state") == []

    def test_the_annual_fee_is_told_once(self, owing, take, line, charge, ask):
        charge("2026-06")
        take("collections", line(amount="600.00", on=date(2026, 6, 2)))
        take("disbursements", f"SDU,D1,{PAYEE},2001,300.00,2026-06-04,check,issued,",
             f"SDU,D2,{PAYEE},2001,265.00,2026-06-05,check,issued,")
        assert [row["fee_cents"] for row in ask(payments_sent, PAYEE)] == [0, 35_00]  # newest first

    def test_nothing_of_where_a_payment_came_from_reaches_the_payee(self, owing, take, ask):
        """Canaries in every field of the collection that tells of its sender."""
        take("collections", "CANARYSYS,CANARYID,1000000001,2001,100.00,2026-03-02,2026-03-02,INCOME_WITHHOLDING,"
                            "CANARY EMPLOYER")
        take("disbursements", f"SDU,D1,{PAYEE},2001,100.00,2026-03-04,check,issued,")
        told = [ask(payments_sent, PAYEE), ask(explain_to_payee, "CANARYSYS:CANARYID", "2001")]
        assert "CANARY" not in json.dumps(told)
        assert not [word for word in ("INCOME_WITHHOLDING", PAYOR) if word in json.dumps(told)]


class TestBalances:
    def test_due_now_is_not_past_due(self, owing, take, charge, app, ask):
        charge("2026-03")
        take("liquidations", "COURT,L1,2001,25.00,2026-01-01")
        carry_out(app, Interest(date(2026, 2, 1)))
        told = ask(balances, on("2026-03-15"), case_id="2001")
        (case,) = told["cases"]
        assert (case["current_due_cents"], case["past_due_cents"]) == (100_00, 200_00)
        assert case["interest_cents"] == 238  # 100.00 over 59 and 28 days: 1.616 + 0.767
        assert (case["liquidation_due_cents"], case["due_cents"]) == (25_00, 125_00)
        assert case["total_cents"] == 300_00 + case["interest_cents"]
        assert case["kinds"] == [{"kind": "CHILD", "current_due_cents": 100_00, "past_due_cents": 200_00,
                                  "interest_cents": case["interest_cents"]}]
        assert case["next_expected"] == {"on": "2026-04-01", "current_cents": 100_00, "liquidation_cents": 25_00,
                                         "amount_cents": 125_00}

    def test_what_is_paid_on_arrears_counts_against_the_schedule(self, owing, take, line, charge, ask):
        charge("2026-03")
        take("liquidations", "COURT,L1,2001,25.00,2026-01-01")
        take("collections", line(amount="110.00"))
        (case,) = ask(balances, on("2026-03-15"), case_id="2001")["cases"]
        assert (case["current_due_cents"], case["liquidation_due_cents"]) == (0, 15_00)

    def test_what_is_paid_ahead_lowers_what_is_expected_next(self, owing, take, line, charge, ask):
        charge("2026-01")
        take("collections", line(amount="130.00", on=date(2026, 1, 5)))
        (case,) = ask(balances, on("2026-01-15"), case_id="2001")["cases"]
        assert (case["paid_ahead_cents"], case["total_cents"]) == (30_00, -30_00)
        assert case["next_expected"]["amount_cents"] == 70_00

    def test_they_are_the_journals_on_any_day(self, owing, take, line, charge, app, ask, database):
        charge("2026-04")
        take("collections", line(1, amount="260.00", on=date(2026, 2, 10)), line(2, amount="500.00"))
        take("reversals", "SDU,1,2026-03-20,NSF")
        carry_out(app, Interest(date(2026, 4, 1)))
        for day in ("2026-01-01", "2026-02-10", "2026-03-02", "2026-03-31", "2026-04-30", "2026-12-31"):
            journal = database.number(
                "SELECT coalesce(sum(cents), 0) FROM journal_lines JOIN journal_entries USING (entry_id) "
                f"WHERE account LIKE 'A:RECV_NCP:2001%' AND effective_on <= '{day}'")
            assert ask(balances, on(day), case_id="2001")["total_cents"] == journal, day

    def test_they_are_as_known_at_a_moment(self, owing, take, line, charge, ask):
        charge("2026-03")
        before = datetime.now(UTC)
        take("collections", line())
        of_march = date(2026, 3, 15)
        assert ask(balances, Moment(of_march, before), case_id="2001")["total_cents"] == 300_00
        assert ask(balances, Moment(of_march), case_id="2001")["total_cents"] == 200_00

    def test_a_participant_sees_all_cases_they_are_in(self, owing, charge, ask):
        charge("2026-01")
        told = ask(balances, on("2026-01-15"), participant_id=BUSY)
        assert [case["case_id"] for case in told["cases"]] == ["2003", "2004"]
        assert (told["due_cents"], told["total_cents"]) == (200_00, 200_00)

    def test_a_case_without_an_account_owes_nothing(self, known, ask):
        (case,) = ask(balances, NOW, case_id="2001")["cases"]
        assert (case["total_cents"], case["kinds"], case["next_expected"]) == (0, [], None)


class TestExplain:
    def test_to_the_payor(self, owing, take, line, ask):
        take("collections", line(payor=BUSY, case="2003", amount="200.00"))
        codes = [found["code"] for found in ask(explain_to_payor, "SDU:1")["steps"]]
        assert codes[:2] == ["received", "shared_among_cases"]
        assert set(codes[2:]) == {"paid"}

    def test_to_the_payee_of_a_case(self, owing, take, line, ask):
        """$250 received, $100 passed through, $150 kept: the most asked question (domain.md §3.10)."""
        take("assistance", "LCSA,1,2001,started,2025-12-01,CASH_AID,1")
        take("collections", line(amount="250.00"))
        take("disbursements", f"SDU,D1,{PAYEE},2001,100.00,2026-03-04,check,issued,")
        told = ask(explain_to_payee, "SDU:1", "2001")["steps"]
        assert told[0] == {"code": "received_for_case", "on": "2026-03-02", "amount_cents": 250_00}
        assert told[1] == {"code": "passed_through", "on": "2026-03-02", "amount_cents": 100_00, "debt": "CURRENT",
                           "rule": "pass_through.100_200"}
        assert sum(found["amount_cents"] for found in told if found["code"] == "kept") == 150_00
        assert told[-1] == {"code": "sent", "on": "2026-03-04", "amount_cents": 100_00, "disbursement_id": "SDU:D1"}

    def test_why_a_tax_refund_waits_is_told_neutrally_and_without_a_day(self, owing, take, ask):
        take("collections", TestPaymentsSent.JOINT)
        (held,) = [found for found in ask(explain_to_payee, "SDU:9", "2001")["steps"] if found["code"] == "held"]
        assert (held["reason"], held["until"]) == ("may_be_adjusted", None)
        assert "held" not in {found["code"] for found in ask(explain_to_payor, "SDU:9")["steps"]}

    def test_what_was_taken_back_is_told_to_both(self, owing, take, line, ask):
        take("collections", line())
        take("reversals", "SDU,1,2026-03-20,NSF")
        assert ask(explain_to_payor, "SDU:1")["steps"][-1] == {
            "code": "reversed", "on": "2026-03-20", "amount_cents": 100_00, "reason": "NSF"}
        assert ask(explain_to_payee, "SDU:1", "2001")["steps"][-1] == {
            "code": "reversed", "on": "2026-03-20", "amount_cents": 100_00, "reason": None}

    def test_to_the_agency_with_every_entry(self, owing, take, line, ask, database):
        take("collections", line())
        take("reversals", "SDU,1,2026-03-20,NSF")
        told = ask(lambda conn: explain(conn, registry, "SDU:1"))["steps"]
        kinds = [[entry["kind"] for entry in found["entries"]] for found in told]
        assert kinds == [["collection_received"], ["collection_distributed", "payment_credited"],
                         ["reversal", "reversal", "reversal"]]
        assert all(sum(line["cents"] for line in entry["lines"]) == 0 for found in told for entry in found["entries"])

    def test_a_payee_is_told_nothing_of_what_was_not_for_their_case(self, owing, take, line, ask):
        take("collections", line())
        with pytest.raises(Rejected, match="unknown_receipt"):
            ask(explain_to_payee, "SDU:1", "2003")
        with pytest.raises(Rejected, match="unknown_receipt"):
            ask(explain_to_payor, "SDU:none")

    def test_a_step_is_told_with_its_own_params_only(self):
        with pytest.raises(ValueError, match="refunded is told with on, amount_cents"):
            step("refunded", on=None, amount_cents=1, source="x")
        assert all(code.viewers and code.meaning for code in STEPS.values())


class TestControlTotals:
    def number(self, app):
        """What the relay does."""
        with app.engine.begin() as conn:
            return outbox.give_positions(conn, "payments", 10_000)

    def test_they_are_those_of_the_events_that_have_a_position(self, owing, take, line, charge, app, ask):
        charge("2026-03")
        take("collections", line(1, amount="150.00"), line(2, amount="10.00"))
        take("disbursements", f"SDU,D1,{PAYEE},2001,60.00,2026-03-04,check,issued,",
             f"SDU,D2,{PAYEE},2001,40.00,2026-03-04,check,issued,",
             "SDU,D3,county,,10.00,2026-03-05,check,issued,,county")
        numbered = self.number(app)
        first = {"position": numbered, "received_cents": 160_00, "sent_cents": 100_00,
                 "owed": {"principal": 9 * 100_00 - 160_00, "interest": 0, "advance": 0}}
        assert ask(control_totals) == first
        take("disbursements", f"SDU,D1,{PAYEE},2001,60.00,2026-03-04,check,returned,2026-03-10")
        take("reversals", "SDU,2,2026-03-20,NSF")
        assert ask(control_totals) == first, "what nobody was told yet is in nobody's view"
        self.number(app)
        later = ask(control_totals)
        assert (later["received_cents"], later["sent_cents"]) == (150_00, 40_00)
        assert later["owed"]["principal"] == 9 * 100_00 - 150_00

    def test_they_are_what_the_outbox_adds_up_to(self, owing, take, line, charge, app, ask, database):
        charge("2026-02")
        take("collections", line(1, amount="450.00", on=date(2026, 2, 10)))
        carry_out(app, Interest(date(2026, 2, 1)))
        self.number(app)
        rows = dict(database.rows(
            "SELECT change->>'what', sum((change->>'cents')\\:\\:bigint)\\:\\:bigint FROM outbox, "
            "jsonb_array_elements(data->'changes') AS change WHERE type = 'payments.debt_changed.v1' GROUP BY 1"))
        told = ask(control_totals)["owed"]
        assert told == {"principal": 0, "interest": 0, "advance": 0} | rows
        assert told["advance"] < 0 < told["interest"]

    def test_of_nothing(self, known, ask):
        assert ask(control_totals) == {"position": 0, "received_cents": 0, "sent_cents": 0,
                                       "owed": {"principal": 0, "interest": 0, "advance": 0}}


def test_every_field_of_an_answer_is_on_the_allow_list(owing, take, line, ask):
    take("collections", line())
    take("disbursements", f"SDU,D1,{PAYEE},2001,100.00,2026-03-04,check,issued,")
    made, sent = ask(payments_made, PAYOR), ask(payments_sent, PAYEE)
    assert PaymentsMade().dump({"payments": made}) == {"payments": made}
    assert PaymentsSent().dump({"payments": sent}) == {"payments": sent}
    assert "employer" not in PaymentsSent().dump({"payments": [{**sent[0], "employer": "x"}]})["payments"][0]


def test_the_lists_are_found_by_index(owing, app):
    """However many payments there are of others."""
    with app.engine.begin() as conn:
        conn.exec_driver_sql("SET LOCAL enable_seqscan = off")
        for names, column, index in (
                ("'CollectionReceived', 'CollectionIdentified'", "data ->> 'payor_id'", "events_payor"),
                ("'DisbursementPlanned', 'DisbursementIssued'", "(data -> 'payment') ->> 'payee_id'", "events_payee")):
            plan = conn.exec_driver_sql(f"EXPLAIN SELECT DISTINCT stream FROM events WHERE name IN ({names}) "
                                        f"AND {column} = '1'").scalars().all()
            assert index in "\n".join(plan)


def test_the_law_is_listed_with_its_sources():
    found = {entry.key: entry for entry in entries()}
    assert found["order.principal_first"].since == date(2009, 1, 1)
    assert {"pass_through.100_200", "former.passed_through", "interest.10", "fee.35", "tax_offset.as_others",
            "assignment.during_only", "government.45_5_50"} <= set(found)
    assert all(entry.source for entry in found.values())
