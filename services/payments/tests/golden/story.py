"""What happens in the fifteen years of the golden case: data first, and below how each month is gone through.

Child support of 300, spousal support of 100 for two years. The payor's wages pay 400 (300 later) on the 10th of most
months; what is payable to the family is sent on the 12th; interest is posted when a month is over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from payments.domain.account.commands import (
    ConsentToRecoupment,
    CreditDirectPayment,
    EndAid,
    HoldPayouts,
    RecordAssistance,
    ResumePayouts,
    SetLiquidation,
    StartAid,
)
from payments.domain.words import HoldReason, Kind, Program, Source, Status
from payments.rules.months import add_months
from payments.testing.desk import Desk, day

FIRST, MONTHS = "2009-07", 180
MISSED = {"2009-08", "2009-09", "2010-06", "2012-05", "2012-06", "2012-07", "2013-02", "2016-11",
          "2016-12", "2018-06", "2021-03", "2021-09", "2023-05", "2023-06", "2023-07", "2023-08",
          "2023-09", "2023-10"}
WAGES = (("2009-07", 40_000), ("2011-07", 30_000), ("2013-06", 35_000), ("2019-01", 42_000), ("2022-07", 38_000))
"""From this month on."""

Act = Callable[[Desk], object]


def tax_offset(cents: int, on: str, joint: bool = False) -> Act:
    return lambda desk: desk.pay(cents, on, source=Source.FEDERAL_TAX, joint=joint, receipt_id=f"TAX{on[:4]}")


def release_all(receipt_id: str, on: str) -> Act:
    return lambda desk: [desk.release(receipt_id, hold.number, on) for hold in desk.receipt(receipt_id).holds]


EVENTS: dict[str, list[Act]] = {
    "2009-07-01": [lambda desk: desk.obligation(30_000, "2009-07-01"),
                   lambda desk: desk.obligation(10_000, "2009-07-01", kind=Kind.SPOUSAL, ends_on="2011-06-30")],
    "2010-02-01": [lambda desk: desk.tell(StartAid(Program.CASH_AID, day("2010-02-01"), 1))],
    **{f"2010-{month:02}-05": [lambda desk, month=month: desk.tell(
        RecordAssistance(day(f"2010-{month:02}-01"), 52_000, f"AID2010-{month:02}"))] for month in range(2, 13)},
    "2010-04-20": [tax_offset(25_000, "2010-04-20")],
    "2011-01-01": [lambda desk: desk.tell(EndAid(day("2011-01-01")))],
    "2012-09-05": [lambda desk: desk.tell(SetLiquidation(day("2012-09-01"), 5_000))],
    "2013-06-18": [lambda desk: desk.obligation(35_000, "2013-04-01")],  # raised, filed in June, as from April
    "2014-03-25": [lambda desk: desk.bounce("W2014-03", "2014-03-25")],  # after it was sent
    "2014-04-02": [lambda desk: desk.tell(ConsentToRecoupment("letter of 2 April 2014", day("2014-04-02"), 2_500))],
    "2015-03-11": [tax_offset(60_000, "2015-03-11")],
    "2016-12-20": [lambda desk: desk.tell(CreditDirectPayment("DIRECT-1", day("2016-12-20"), 20_000))],
    "2017-05-20": [lambda desk: desk.send(35_000, "2017-05-12", disbursement_id="D2017-05", status=Status.RETURNED,
                                          status_on="2017-05-20")],
    "2018-10-22": [lambda desk: desk.obligation(42_000, "2018-11-01")],
    "2019-04-30": [tax_offset(40_000, "2019-04-30")],
    "2020-09-08": [tax_offset(90_000, "2020-09-08", joint=True)],
    "2021-03-08": [release_all("TAX2020", "2021-03-08")],
    "2021-10-01": [lambda desk: desk.tell(StartAid(Program.CASH_AID, day("2021-10-01"), 1))],
    "2022-06-30": [lambda desk: desk.tell(EndAid(day("2022-07-01")))],
    "2022-08-15": [lambda desk: desk.obligation(38_000, "2022-06-01")],  # lowered, filed in August, as from June
    "2023-02-14": [lambda desk: desk.tell(HoldPayouts(HoldReason.DISPUTE, day("2023-02-14")))],
    "2023-04-03": [lambda desk: desk.tell(ResumePayouts(HoldReason.DISPUTE, day("2023-04-03"))),
                   lambda desk: desk.release("W2023-03", 1, "2023-04-03")],
    "2024-04-17": [tax_offset(30_000, "2024-04-17")],
    "2024-05-20": [lambda desk: desk.pay(40_000, "2024-05-20", source=Source.ADMIN_ENFORCEMENT, receipt_id="LEVY")],
}


def steps() -> Iterator[tuple[str, Act]]:
    """Every act with its day, in order."""
    for number in range(MONTHS):
        month = add_months(day(f"{FIRST}-01"), number).isoformat()[:7]
        usual = {f"{month}-01": [_begin(month)], f"{month}-10": [_wages(month)], f"{month}-12": [_send(month)]}
        own = {on: acts for on, acts in EVENTS.items() if on.startswith(month)}
        for on in sorted({*usual, *own}):
            first, then = (own, usual) if on.endswith("-01") else (usual, own)  # an order before its first charge
            yield from ((on, act) for act in [*first.get(on, []), *then.get(on, [])])


def _begin(month: str) -> Act:
    """The month before is over: what was held for this one is applied, interest is posted, this month is charged."""

    def act(desk: Desk) -> None:
        if month != FIRST:
            desk.interest(add_months(day(f"{month}-01"), -1).isoformat())
        desk.charge(f"{month}-01")
        for stream, state in list(desk.books.states.items()):
            for hold in getattr(state, "holds", ()):
                if hold.reason is HoldReason.FUTURES and hold.until == day(f"{month}-01"):
                    desk.release(stream.removeprefix("receipt-"), hold.number, f"{month}-01")

    return act


def _wages(month: str) -> Act:
    cents = [amount for since, amount in WAGES if since <= month][-1]

    def act(desk: Desk) -> None:
        if month not in MISSED:
            desk.pay(cents, f"{month}-10", receipt_id=f"W{month}")

    return act


def _send(month: str) -> Act:
    def act(desk: Desk) -> None:
        if payable := sum(lot.cents for lot in desk.account().lots):
            desk.send(payable, f"{month}-12", disbursement_id=f"D{month}")

    return act
