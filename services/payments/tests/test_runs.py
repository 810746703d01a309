"""The runs of the calendar: what each finds to do, that it does it once, and what it leaves alone."""

from datetime import date

import pytest

from payments.runs.batches import do_batch
from payments.runs.charges import Charges
from payments.runs.distribution import Distribution
from payments.runs.interest import Interest
from payments.runs.lock import RunsAlready, alone
from payments.runs.releases import Releases
from payments.runs.workers import carry_out

JANUARY, FEBRUARY, MARCH = date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)
OWED = "SELECT coalesce(sum(cents), 0) FROM journal_lines WHERE account LIKE 'A:RECV_NCP:%'"


@pytest.fixture
def run(app):
    """run(Charges(month), ...): (looked at, changed)."""

    def carry(what, **options):
        report = carry_out(app, what, **options)
        assert report.failed == []
        return report.looked_at, report.changed

    return carry


@pytest.fixture
def owed(database):
    return lambda: database.number(OWED)


@pytest.fixture
def held(database):
    """(receipt, reason, cents) of everything that waits."""
    return lambda: database.rows("SELECT receipt_id, reason, cents FROM open_holds ORDER BY receipt_id, hold")


@pytest.fixture
def payable(database):
    return lambda: database.number("SELECT coalesce(-sum(cents), 0) FROM journal_lines "
                                   "WHERE account LIKE 'L:PAYABLE_CP:%'")


class TestCharges:
    def test_every_installment_up_to_the_month_is_charged_once(self, owing, run, owed, differences):
        assert run(Charges(FEBRUARY)) == (3, 3)
        assert owed() == 3 * 2 * 100_00
        assert run(Charges(FEBRUARY)) == (0, 0)
        assert run(Charges(MARCH)) == (3, 3)
        assert owed() == 3 * 3 * 100_00
        assert differences() == []

    def test_an_obligation_that_has_ended_is_not_looked_at(self, owing, take, run):
        take("orders", "COURT,end,2001,O-2001,2001-CHILD,CHILD,0.00,MONTHLY,2026-02-01")
        assert run(Charges(MARCH)) == (3, 3)
        assert run(Charges(date(2026, 4, 1))) == (2, 2)

    def test_batches_of_any_size_come_to_the_same(self, owing, run, owed):
        assert run(Charges(MARCH), batch=1) == (3, 3)
        assert owed() == 3 * 3 * 100_00

    def test_a_dry_run_says_how_many_and_keeps_nothing(self, owing, run, state):
        before = state()
        assert run(Charges(MARCH), dry_run=True) == (3, 3)
        assert state() == before

    def test_what_a_payment_charged_already_is_not_charged_again(self, owing, take, run, line, owed):
        take("collections", line(on=MARCH))  # distribution charges up to its month
        assert run(Charges(MARCH)) == (2, 2)
        assert owed() == 3 * 3 * 100_00 - 100_00


class TestInterest:
    def test_the_months_that_are_over_bear_interest_once(self, owing, run, database, differences):
        run(Charges(JANUARY))
        assert run(Interest(JANUARY)) == (3, 3)
        interest = "SELECT sum(cents) FROM journal_lines WHERE account LIKE 'A:RECV_NCP:%int'"
        assert database.number(interest) == 3 * 85  # 100.00 x 10 % x 31/365 = 0.849
        assert run(Interest(JANUARY)) == (0, 0)
        assert run(Interest(FEBRUARY)) == (3, 3)
        assert database.number(interest) == 3 * 162  # 59 days: 1.616
        assert differences() == []

    def test_an_account_is_looked_at_again_only_when_something_changed_or_may_bear_more(self, owing, run, take, line):
        run(Charges(JANUARY))
        take("collections", line(on=JANUARY))
        assert run(Interest(JANUARY)) == (3, 2)
        assert run(Interest(FEBRUARY)) == (2, 2), "what is paid bears nothing until something changes"
        take("collections", line(2, on=date(2026, 2, 3), amount="50.00"))
        assert run(Interest(FEBRUARY)) == (1, 1), "half of February's charge stayed open"

    def test_what_was_open_for_a_while_after_the_month_is_looked_at_for_the_next(self, owing, run, take, line):
        run(Charges(FEBRUARY))
        take("collections", line(on=date(2026, 3, 5), amount="300.00"))  # all paid, but in March
        assert run(Interest(JANUARY)) == (3, 3)
        assert run(Interest(FEBRUARY)) == (3, 3)

    def test_a_past_change_after_the_run_is_corrected_by_the_next(self, owing, run, take, database):
        run(Charges(FEBRUARY))
        run(Interest(JANUARY))
        take("orders", "COURT,mod,2001,O-2001,2001-CHILD,CHILD,200.00,MONTHLY,2026-01-01")
        run(Interest(FEBRUARY))
        of_case = "SELECT sum(cents) FROM journal_lines WHERE account LIKE 'A:RECV_NCP:2001:%int'"
        assert database.number(of_case) == 477  # 200.00 over 59 and 28 days: 3.233 + 1.534


class TestDistribution:
    def test_what_had_no_obligation_is_distributed_once_there_is_one(self, known, take, run, line, order_line, held,
                                                                     payable, differences):
        take("collections", line())
        assert held() == [("SDU:1", "no_obligation", 100_00)]
        assert run(Distribution(date(2026, 3, 10))) == (1, 0)
        take("orders", order_line())
        assert run(Distribution(date(2026, 3, 10))) == (1, 1)
        assert (held(), payable()) == ([], 100_00)
        assert run(Distribution(date(2026, 3, 10))) == (0, 0)
        assert differences() == []

    def test_what_had_no_case_is_distributed_once_there_is_one(self, known, take, run, database, line, order_line,
                                                               case_event, held, payable):
        from payments import parties

        payor = "1000000002"
        take("orders", order_line("2005"))
        take("collections", line(payor=payor, case=""))
        assert held() == [("SDU:1", "no_case", 100_00)]
        with database.engine.begin() as conn:
            parties.apply(conn, [case_event(20, "2005", [payor], ["1000000003"], type_="case_changed")])
        assert run(Distribution(date(2026, 3, 10))) == (1, 1)
        assert payable() == 100_00

    def test_a_dry_run_keeps_nothing(self, known, take, run, line, order_line, state):
        take("collections", line())
        take("orders", order_line())
        before = state()
        assert run(Distribution(date(2026, 3, 10)), dry_run=True) == (1, 1)
        assert state() == before


class TestReleases:
    JOINT = "SDU,9,1000000001,2001,100.00,2026-03-02,2026-03-02,FEDERAL_TAX,EFT,true"

    def test_a_joint_return_goes_on_after_six_months(self, owing, take, run, held, payable, differences):
        take("collections", self.JOINT)
        assert held() == [("SDU:9", "joint_return", 100_00)]
        assert run(Releases(date(2026, 9, 1))) == (0, 0)
        assert run(Releases(date(2026, 9, 2))) == (1, 1)
        assert (held(), payable()) == ([], 100_00)
        assert run(Releases(date(2026, 9, 3))) == (0, 0)
        assert differences() == []

    def test_a_hold_waits_while_its_account_holds_payouts(self, owing, take, run, held, payable):
        take("collections", self.JOINT)
        take("holds", "LCSA,1,2001,hold,dispute,2026-08-01")
        assert run(Releases(date(2026, 9, 2))) == (1, 0)
        take("holds", "LCSA,2,2001,resume,dispute,2026-09-05")
        assert run(Releases(date(2026, 9, 5))) == (1, 1)
        assert payable() == 100_00

    def test_what_a_dispute_held_goes_on_when_it_is_over(self, owing, take, run, line, held, payable):
        take("holds", "LCSA,1,2001,hold,dispute,2026-02-01")
        take("collections", line())
        assert held() == [("SDU:1", "dispute", 100_00)]
        assert run(Releases(date(2026, 3, 5))) == (1, 0)
        take("holds", "LCSA,2,2001,resume,dispute,2026-03-06")
        assert run(Releases(date(2026, 3, 6))) == (1, 1)
        assert (held(), payable()) == ([], 100_00)

    def test_what_nobody_was_known_for_goes_on_when_somebody_is(self, owing, take, run, database, line, case_event,
                                                                held, payable):
        from payments import parties

        with database.engine.begin() as conn:
            parties.apply(conn, [case_event(20, "2001", ["1000000001"], [], type_="case_changed")])
        take("collections", line())
        assert held() == [("SDU:1", "payee_unknown", 100_00)]
        assert run(Releases(date(2026, 3, 5))) == (1, 0)
        with database.engine.begin() as conn:
            parties.apply(conn, [case_event(21, "2001", ["1000000001"], ["1000000003"], type_="case_changed")])
        assert run(Releases(date(2026, 3, 5))) == (1, 1)
        assert payable() == 100_00

    def test_futures_of_an_aided_family_are_applied_in_their_month_whatever_holds_payouts(self, owing, take, run, line,
                                                                                          held, owed, differences):
        take("assistance", "LCSA,1,2001,started,2026-01-01,CASH_AID,2")
        take("collections", line(on=JANUARY, amount="150.00"))
        assert held() == [("SDU:1", "futures", 50_00)]
        take("holds", "LCSA,1,2001,hold,dispute,2026-01-15")
        assert run(Releases(date(2026, 1, 31))) == (0, 0)
        assert run(Releases(FEBRUARY)) == (1, 1)
        assert owed() == 50_00, "the debt of February falls on time"
        assert held() == [("SDU:1", "dispute", 50_00)], "its pass-through waits like every payout of the case"
        assert differences() == []

    def test_what_nothing_is_owed_for_goes_back_after_its_term(self, known, take, run, line, held, database):
        take("orders", "COURT,1,2001,O-2001,2001-CHILD,CHILD,100.00,MONTHLY,2026-03-01,2026-03-31")
        take("collections", line(amount="130.00"))
        assert held() == [("SDU:1", "overcollection", 30_00)]
        assert run(Releases(date(2026, 3, 22))) == (0, 0)
        assert run(Releases(date(2026, 3, 23))) == (1, 1)  # 15 workdays after 2 March
        assert database.number("SELECT -sum(cents) FROM journal_lines WHERE account = 'L:REFUND_NCP:1000000001'") == (
            30_00)


def test_two_runs_of_a_kind_do_not_run_at_once(app, known):
    with alone(app.engine, "charges"), pytest.raises(RunsAlready), alone(app.engine, "charges", patience=0.1):
        raise AssertionError("two at once")
    with alone(app.engine, "charges", patience=0.1), alone(app.engine, "interest", patience=0.1):
        pass


def test_a_key_that_our_code_refuses_is_named_and_keeps_no_other_from_going_on(app, owing, owed, monkeypatch):
    from payments.bookkeeping import LedgerDefect

    class OneIsBad(Charges):
        def work(self, unit, keys):
            done = super().work(unit, keys)
            if "2003" in keys:
                raise LedgerDefect("PostCharges of account: made_up")
            return done

    done = do_batch(app, OneIsBad(JANUARY), ["2001", "2003", "2004"], dry_run=False)
    assert (done.keys, done.changed, done.failed) == (3, 2, ("2003",))
    assert owed() == 2 * 100_00


def test_a_run_that_loses_against_a_command_is_tried_again(app, owing, owed):
    from eventkit.store import Conflict

    class Loses(Charges):
        lost = 0

        def work(self, unit, keys):
            done = super().work(unit, keys)
            if Loses.lost < 2:
                Loses.lost += 1
                raise Conflict("account-2001")
            return done

    assert do_batch(app, Loses(JANUARY), ["2001"], dry_run=False).changed == 1
    assert (Loses.lost, owed()) == (2, 100_00)
