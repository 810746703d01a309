"""What a refused line is told: the column, what is wrong with it, and what to do."""

from __future__ import annotations

from eventkit.decider import Rejected
from feedkit.feed import Refused

UNKNOWN_PAYOR = Refused("payor_id", "is not a known participant", "import the participant first, or leave it empty")
UNKNOWN_PAYEE = Refused("payee_id", "is not a known participant", "import the participant first")
UNKNOWN_CASE = Refused("case_id", "is not a known case", "import the case first")
NOT_THE_PAYOR = Refused("case_id", "is not a case of this payor", "correct the payor or the case, or leave it empty")
NOT_THE_PAYEE = Refused("case_id", "is not a case of this payee", "correct the payee or the case")
NOT_AN_OPEN_CASE = Refused("case_ids", "names no case, or one that is not open", "name open cases of the payor")
NOT_A_CASE_OF_ITS_PAYOR = Refused("case_ids", "is not a case of the collection's payor", "name a case of that payor")
NOT_THE_GOVERNMENT = Refused("payee_id", "is not the word of its payee_type", "repeat the payee_type there")
CASE_MISSING = Refused("case_id", "is empty", "name the case whose family is paid")
OBLIGATION_MISSING = Refused("obligation_id", "is empty", "name the obligation whose charge is corrected")
PROGRAM_MISSING = Refused("program", "is empty, or children is", "say which assistance started, for how many children")
AMOUNT_MISSING = Refused("amount", "is empty", "say how much assistance was paid for the month")
RECEIVED_IN_THE_FUTURE = Refused("received_on", "is in the future", "correct the date")
REVERSED_IN_THE_FUTURE = Refused("reversed_on", "is in the future", "correct the date")
CHARGED_THAT_DAY = Refused("due_on", "has a charge of this obligation already",
                           "correct that charge, or use another obligation_id")
DUPLICATE_ID = Refused("source_id", "duplicate id with other content",
                       "use a new id; correct money with a reversal and a new line")

_BY_CODE = {
    "duplicate_id": DUPLICATE_ID,
    "not_positive": Refused("amount", "is not more than zero", "send a reversal for money that went back"),
    "negative": Refused("amount", "is negative", "give an amount of zero or more"),
    "posted_before_received": Refused("posted_on", "is before received_on", "correct the dates"),
    "unknown_receipt": Refused("source_id", "is not a known collection", "import the collection first"),
    "already_reversed": Refused("source_id", "is reversed already, with another date or reason", "leave the line out"),
    "reversed_before_received": Refused("reversed_on", "is before the collection was received", "correct the date"),
    "identified_already": Refused("payor_id", "differs from the payor it was identified with",
                                  "reverse the collection as MISAPPLIED, and send it anew"),
    "nothing_waits": Refused("source_id", "has nothing to distribute", "identify it first, or leave the line out"),
    "illegal_status": Refused("status", "cannot follow the status it has", "correct the status"),
    "status_before_last": Refused("status_on", "is before the day of the status it has", "correct the date"),
    "ends_before_it_begins": Refused("ends_on", "is before effective_on", "correct the dates"),
    "other_kind": Refused("kind", "is not the kind this obligation has", "use another obligation_id"),
    "unknown_installment": Refused("on", "is not a day the obligation was charged for",
                                   "give the first of a month that was charged"),
    "exceeds_debt": Refused("amount", "is more than what is owed of that kind", "correct the amount"),
    "aid_running": Refused("on", "begins while earlier assistance has not ended", "send the line that ended it first"),
    "aid_before_last": Refused("on", "is before the assistance known last", "correct the date"),
    "no_aid": Refused("what", "ends assistance that has not begun", "send the line that started it first"),
    "no_children": Refused("children", "is zero", "give the number of children"),
    "not_a_payout_hold": Refused("reason", "does not hold payouts", "use dispute or payee_unknown"),
    "share_out_of_range": Refused("percent", "is not between 0 and 100", "correct the percentage"),
    "no_document": Refused("document", "is empty", "name the signed document"),
}


def refusal(rejected: Rejected) -> Refused:
    """Raises KeyError for a code no line can cause."""
    return _BY_CODE[rejected.code]
