"""What is decided about a request: received once, taken up, answered once; and when it is due."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from cases.domain.due import due_on
from cases.domain.protected import Protected
from cases.domain.request import (
    ANSWERS,
    AnswerRequest,
    Details,
    ReadContent,
    RecordRequest,
    RequestAnswered,
    RequestContentRead,
    RequestReceived,
    RequestTakenUp,
    TakeUpRequest,
    request,
)
from cases.shown_events import ANSWERS as SHOWN
from cases.shown_events import REQUEST_KINDS, REQUEST_STATUSES
from eventkit.decider import Rejected
from eventkit.testing.spec import given

NUMBER, ANA = "CC-7K3M-9QPX", "0123456789"
AT = datetime(2026, 11, 24, 20, tzinfo=UTC)
TODAY = date(2026, 11, 25)
ASKED = Details("reschedule", ANA, "200000000001", "A1", AT)
RECEIVED = RequestReceived(NUMBER, ASKED, "r1.xx")
RECORD = RecordRequest(NUMBER, "reschedule", ANA, "200000000001", "A1", "r1.xx", AT)
TAKEN = RequestTakenUp(NUMBER, replace(ASKED, status="in_review", taken_by="ines"))
MESSAGE = Protected("s1.aa", "s1.friday")
INES, OMAR = TakeUpRequest(NUMBER, "ines"), TakeUpRequest(NUMBER, "omar")


def answer(code="rescheduled", operator="ines", message=MESSAGE):
    return AnswerRequest(NUMBER, operator, code, message, TODAY)


def answered(before, code="rescheduled", operator="ines", message=MESSAGE):
    details = replace(before.details, status="answered", answer=code, message=message, answered_on=TODAY)
    return RequestAnswered(NUMBER, details, operator)


def test_a_request_is_received_under_its_number():
    given(request).when(RECORD).then(RECEIVED)


def test_a_number_is_given_once():
    given(request, RECEIVED).when(replace(RECORD, participant_id="9876543210")).then_rejected("number_taken")


def test_what_we_do_not_know_is_not_received():
    given(request).when(replace(RECORD, kind="complaint")).then_rejected("unknown_kind")


def test_it_is_taken_up_by_one_and_answered():
    (given(request, RECEIVED).when(INES).then(TAKEN)
        .when(INES).then_nothing()
        .when(answer()).then(answered(TAKEN)))


def test_what_a_colleague_has_is_not_taken_from_them():
    given(request, RECEIVED, TAKEN).when(OMAR).then_rejected("taken_by_another")


def test_what_a_colleague_left_may_be_answered_all_the_same_and_so_may_what_nobody_took_up():
    given(request, RECEIVED, TAKEN).when(answer(operator="omar")).then(answered(TAKEN, operator="omar"))
    given(request, RECEIVED).when(answer()).then(answered(RECEIVED))


def test_the_same_answer_again_is_nothing_however_it_is_encrypted_and_whoever_says_it():
    done = given(request, RECEIVED).when(answer()).then(answered(RECEIVED))
    done.when(answer(operator="omar", message=Protected("s2.zz", "s1.friday"))).then_nothing()


@pytest.mark.parametrize("other", [answer("not_possible"), answer(message=Protected("s1.bb", "s1.monday")),
                                   answer(message=None)])
def test_what_a_customer_was_told_is_not_told_differently(other):
    given(request, RECEIVED, answered(RECEIVED)).when(other).then_rejected("answered_already")
    given(request, RECEIVED, answered(RECEIVED)).when(OMAR).then_rejected("answered_already")


def test_who_is_referred_to_a_message_has_one():
    given(request, RECEIVED).when(answer("see_message", message=None)).then_rejected("message_missing")
    given(request, RECEIVED).when(answer("not_possible", message=None)).then(
        answered(RECEIVED, "not_possible", message=None))


@pytest.mark.parametrize("code", ["could_not_verify", "need_more", "not_possible", "rescheduled"])
def test_no_answer_tells_whether_a_report_of_the_other_party_was_right(code):
    report = RequestReceived(NUMBER, replace(ASKED, kind="other_party_report"), "r1.xx")
    given(request, report).when(answer(code)).then_rejected("answer_does_not_fit", kind="other_party_report")


def test_every_look_at_what_was_asked_is_on_record_and_changes_nothing_else():
    looked = RequestContentRead(NUMBER, "omar")
    (given(request, RECEIVED).when(ReadContent(NUMBER, "omar")).then(looked)
        .when(ReadContent(NUMBER, "omar")).then(looked)
        .when(INES).then(TAKEN))


@pytest.mark.parametrize("command", [INES, answer(), ReadContent(NUMBER, "ines")])
def test_what_nobody_asked_is_not_dealt_with(command):
    given(request).when(command).then_rejected("unknown_request")


def test_the_words_are_those_of_the_contract():
    assert tuple(ANSWERS) == REQUEST_KINDS
    assert {code for codes in ANSWERS.values() for code in codes} == set(SHOWN)
    assert set(REQUEST_STATUSES) == {RECEIVED.details.status, TAKEN.details.status, answered(RECEIVED).details.status}


@pytest.mark.parametrize(("received", "due"), [
    (date(2026, 11, 23), date(2026, 11, 26)), (date(2026, 11, 24), date(2026, 11, 27)),
    (date(2026, 11, 25), date(2026, 11, 30)), (date(2026, 11, 27), date(2026, 12, 2)),
    (date(2026, 11, 28), date(2026, 12, 2)), (date(2026, 11, 29), date(2026, 12, 2)),
    (date(2026, 12, 30), date(2027, 1, 4))])
def test_an_inquiry_is_due_on_the_third_business_day_after_it_came(received, due):
    assert due_on(received) == due


@for_all(st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_what_is_due_is_due_on_a_business_day_and_what_came_later_is_never_due_earlier(day):
    due = due_on(day)
    assert due.weekday() < 5 and 3 <= (due - day).days <= 5
    assert due_on(date.fromordinal(day.toordinal() + 1)) >= due


contents = st.none() | st.builds(Protected, st.sampled_from(["s1.a", "s2.b"]), st.sampled_from(["s1.x", "s1.y"]))
operators = st.sampled_from(["ines", "omar", "lucia"])
codes = st.sampled_from(sorted(SHOWN))
commands = st.one_of(
    st.builds(RecordRequest, st.just(NUMBER), st.sampled_from(REQUEST_KINDS), st.sampled_from([ANA, "9876543210"]),
              st.none(), st.none(), st.none() | st.just("r1.xx"), st.just(AT), st.booleans()),
    st.builds(TakeUpRequest, st.just(NUMBER), operators),
    st.builds(AnswerRequest, st.just(NUMBER), operators, codes, contents, st.just(TODAY)),
    st.builds(ReadContent, st.just(NUMBER), operators))


@for_all(st.lists(commands, max_size=12))
def test_whatever_is_done_in_whatever_order_a_request_goes_forward_and_stays_whose_it_is(history):
    events, reads = [], 0
    for command in history:
        before = request.fold(events)
        try:
            decided = list(request.decide(command, before))
        except Rejected:
            continue
        events += decided
        reads += isinstance(command, ReadContent)
        _goes_on(before.details, request.fold(events).details)
        if not isinstance(command, RecordRequest | ReadContent):
            assert not request.decide(command, request.fold(events)), "the same again is nothing"
    told = {(event.details.answer, event.details.message and event.details.message.mark) for event in events
            if isinstance(event, RequestAnswered)}
    assert len(told) <= 1, "a customer is told one thing"
    assert sum(isinstance(event, RequestContentRead) for event in events) == reads
    assert sum(isinstance(event, RequestReceived) for event in events) <= 1


def _goes_on(before, after):
    if before is None:
        return
    order = REQUEST_STATUSES.index
    assert order(after.status) >= order(before.status)
    for name in ("kind", "participant_id", "case_id", "appointment_id", "received_at", "safety_concern"):
        assert getattr(after, name) == getattr(before, name)
    assert after.answer is None or after.answer in ANSWERS[after.kind]
