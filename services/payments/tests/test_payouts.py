"""Instructions for the disbursement unit: everything payable once, on the day it is due, and nothing that waits."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest

from payments.domain.words import Method
from payments.runs.instructions import write
from payments.runs.payouts import instructions
from payments.runs.releases import Releases
from payments.runs.workers import carry_out

PAYOR, PAYEE = "1000000001", "1000000003"
TODAY = date(2026, 6, 15)
FRIDAY, MONDAY, TUESDAY, WEDNESDAY = (date(2026, 3, day) for day in (6, 9, 10, 11))


@pytest.fixture
def told(app):
    """told(since, through): (case, cents, day) of each payment the unit is told to make."""

    def run(since: date, through: date | None = None) -> list[tuple[str, int, date]]:
        return [(i.case_id, i.cents, i.on) for i in instructions(app, since, through or since, TODAY)]

    return run


@pytest.fixture
def file(app):
    """The instructions as the file that is written, header and lines."""

    def run(since: date, through: date | None = None) -> list[str]:
        out = io.StringIO()
        write(instructions(app, since, through or since, TODAY), Method.CHECK, out)
        return out.getvalue().splitlines()

    return run


def test_what_came_in_is_sent_two_business_days_later(take, line, owing, told):
    take("collections", line(1, amount="80.00", on=FRIDAY))
    assert told(MONDAY) == []
    assert told(TUESDAY) == [("2001", 8000, TUESDAY)]


def test_what_should_have_gone_before_goes_on_the_first_day_asked_for(take, line, owing, told):
    take("collections", line(1, amount="80.00", on=FRIDAY))
    assert told(WEDNESDAY) == [("2001", 8000, WEDNESDAY)]


def test_a_case_gets_one_payment_a_day(take, line, owing, told):
    take("collections", line(1, amount="30.00", on=FRIDAY), line(2, amount="20.00", on=FRIDAY),
         line(3, amount="10.00", on=MONDAY))
    assert told(FRIDAY, WEDNESDAY) == [("2001", 5000, TUESDAY), ("2001", 1000, WEDNESDAY)]


def test_the_file_can_be_taken_in_as_pending_and_is_then_not_told_again(take, line, owing, told, taken, file):
    take("collections", line(1, amount="80.00", on=FRIDAY))
    header, *lines = file(TUESDAY)
    (row,) = csv.DictReader([header, *lines])
    assert (row["payee_id"], row["amount"], row["status"]) == (PAYEE, "80.00", "pending")
    assert taken("disbursements", *lines) == (1, 0, 0)
    assert told(TUESDAY) == []
    take("collections", line(2, amount="5.00", on=FRIDAY))
    assert told(TUESDAY) == [("2001", 500, TUESDAY)], "what came since is told"


def test_told_again_before_anything_was_reported_it_is_the_same_payment(take, line, owing, file):
    take("collections", line(1, amount="80.00", on=FRIDAY))
    assert file(TUESDAY) == file(TUESDAY)


def test_a_second_payment_of_the_same_day_has_a_name_of_its_own(take, line, owing, taken, file):
    take("collections", line(1, amount="80.00", on=FRIDAY))
    issued = [row.replace("pending", "issued") for row in file(TUESDAY)[1:]]
    assert taken("disbursements", *issued) == (1, 0, 0)
    take("collections", line(2, amount="5.00", on=FRIDAY))
    issued = [row.replace("pending", "issued") for row in file(TUESDAY)[1:]]
    assert taken("disbursements", *issued) == (1, 0, 0)


def test_what_came_back_is_told_anew(take, line, owing, told, file, taken):
    take("collections", line(1, amount="80.00", on=FRIDAY))
    (row,) = file(TUESDAY)[1:]
    assert taken("disbursements", row.replace("pending,2026-03-10", "returned,2026-03-11")) == (1, 0, 0)
    assert told(WEDNESDAY) == [("2001", 8000, WEDNESDAY)]


def test_nothing_is_told_of_a_case_whose_payouts_are_held(take, line, owing, told):
    take("collections", line(1, amount="80.00", on=FRIDAY))
    take("holds", f"AGENCY,H1,2001,hold,dispute,{MONDAY}")
    assert told(WEDNESDAY) == []
    take("holds", f"AGENCY,H2,2001,resume,dispute,{WEDNESDAY}")
    assert told(WEDNESDAY) == [("2001", 8000, WEDNESDAY)]


def test_all_that_is_told_and_sent_empties_what_is_payable(take, line, owing, file, taken, database, differences):
    take("collections", *(line(n, amount=f"{n}.{n:02}", on=date(2026, 3, 2 + n % 20)) for n in range(1, 40)))
    issued = [row.replace("pending", "issued") for row in file(date(2026, 3, 1), date(2026, 4, 30))[1:]]
    assert taken("disbursements", *issued) == (len(issued), 0, 0) and len(issued) > 10
    assert database.rows("SELECT account FROM journal_lines WHERE account LIKE 'L:PAYABLE_CP%' "
                         "GROUP BY account HAVING sum(cents) <> 0") == []
    assert differences() == []


def test_governments_get_what_is_kept_and_what_they_were_told_is_not_told_again(take, line, owing, told, file, taken,
                                                                               differences):
    take("assistance", "AGENCY,A1,2001,started,2026-01-01,CASH_AID,1", "AGENCY,A2,2001,paid,2026-01-01,,,900.00")
    take("orders", "COURT,O9,2001,D-1,CHILD,CHILD,300.00,MONTHLY,2026-03-01")
    take("collections", line(1, amount="300.00", on=FRIDAY))
    assert told(TUESDAY) == [("2001", 10000, TUESDAY), ("", 1000, TUESDAY), ("", 10000, TUESDAY), ("", 9000, TUESDAY)]
    assert taken("disbursements", *file(TUESDAY)[1:]) == (4, 0, 0)
    assert told(TUESDAY) == []
    issued = [row.replace("pending", "issued") for row in file(WEDNESDAY)[1:]]
    assert issued == [] and differences() == []


def test_what_was_paid_too_much_goes_back_to_the_payor(app, take, line, known, told, file, differences):
    take("orders", "COURT,O9,2001,D-1,CHILD,CHILD,100.00,MONTHLY,2026-02-01,2026-02-28")
    take("collections", line(1, amount="130.00", on=date(2026, 2, 27)))
    carry_out(app, Releases(date(2026, 4, 1)))
    (refund,) = [row for row in file(date(2026, 4, 1))[1:] if row.endswith("payor")]
    assert f",{PAYOR},,30.00,2026-04-01," in refund
    assert differences() == []
