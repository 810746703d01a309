"""What a customer asked or reported, and how the agency deals with it: received, in review, answered.

What was in it is in the first event alone, encrypted; decisions do not look at it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from cases.domain.protected import Protected, mark
from cases.domain.registry import registry
from eventkit.decider import Decider, Rejected

CONTACT_UPDATE, OTHER_PARTY_REPORT, RESCHEDULE = "contact_update", "other_party_report", "reschedule"
RECEIVED, IN_REVIEW, ANSWERED = "received", "in_review", "answered"
SEE_MESSAGE = "see_message"
# Whoever reports something of the other party never learns whether it was right, or could be used: by asking again and
# again they would find out where the other one is. So a report has no answer that depends on what was in it.
ANSWERS: Mapping[str, tuple[str, ...]] = {
    CONTACT_UPDATE: ("done", "could_not_verify", "need_more", "not_possible", SEE_MESSAGE),
    OTHER_PARTY_REPORT: ("done", SEE_MESSAGE),
    RESCHEDULE: ("rescheduled", "need_more", "not_possible", SEE_MESSAGE),
}


@dataclass(frozen=True)
class Details:
    """`safety_concern`: the customer says that somebody may be in danger. `taken_by` is the operator who has it."""

    kind: str
    participant_id: str
    case_id: str | None
    appointment_id: str | None
    received_at: datetime
    safety_concern: bool = False
    status: str = RECEIVED
    taken_by: str | None = None
    answer: str | None = None
    message: Protected | None = None
    answered_on: date | None = None


@registry.event("RequestReceived")
@dataclass(frozen=True)
class RequestReceived:
    """`content` is encrypted for this service alone, None where there is nothing beyond the kind."""

    confirmation: str
    details: Details
    content: str | None


@registry.event("RequestTakenUp")
@dataclass(frozen=True)
class RequestTakenUp:
    """`details` is the whole new state."""

    confirmation: str
    details: Details


@registry.event("RequestAnswered")
@dataclass(frozen=True)
class RequestAnswered:
    """`details` is the whole new state; `operator` is who answered."""

    confirmation: str
    details: Details
    operator: str


@registry.event("RequestContentRead")
@dataclass(frozen=True)
class RequestContentRead:
    """Somebody of the agency looked at what was asked or reported."""

    confirmation: str
    operator: str


Event = RequestReceived | RequestTakenUp | RequestAnswered | RequestContentRead


@dataclass(frozen=True)
class RecordRequest:
    confirmation: str
    kind: str
    participant_id: str
    case_id: str | None
    appointment_id: str | None
    content: str | None
    received_at: datetime
    safety_concern: bool = False

    def details(self) -> Details:
        return Details(self.kind, self.participant_id, self.case_id, self.appointment_id, self.received_at,
                       self.safety_concern)


@dataclass(frozen=True)
class TakeUpRequest:
    confirmation: str
    operator: str


@dataclass(frozen=True)
class AnswerRequest:
    """`message` is encrypted for the one participant who asked; `today` is the agency's day."""

    confirmation: str
    operator: str
    answer: str
    message: Protected | None
    today: date


@dataclass(frozen=True)
class ReadContent:
    confirmation: str
    operator: str


Command = RecordRequest | TakeUpRequest | AnswerRequest | ReadContent


@dataclass(frozen=True)
class Request:
    details: Details | None = None


def decide(command: Command, state: Request) -> Sequence[Event]:
    """Refuses `number_taken`, `unknown_kind`, `unknown_request`, `taken_by_another`, `answered_already`,
    `answer_does_not_fit` and `message_missing`."""
    match command:
        case RecordRequest():
            return _record(command, state)
        case TakeUpRequest():
            return _take_up(command, _known(state))
        case AnswerRequest():
            return _answer(command, _known(state))
        case ReadContent(confirmation, operator):
            _known(state)
            return [RequestContentRead(confirmation, operator)]


def evolve(state: Request, event: Event) -> Request:
    match event:
        case RequestReceived(_, details, _) | RequestTakenUp(_, details) | RequestAnswered(_, details, _):
            return Request(details)
        case RequestContentRead():
            return state


def _record(command: RecordRequest, state: Request) -> Sequence[Event]:
    if state.details is not None:
        raise Rejected("number_taken")
    if command.kind not in ANSWERS:
        raise Rejected("unknown_kind")
    return [RequestReceived(command.confirmation, command.details(), command.content)]


def _take_up(command: TakeUpRequest, now: Details) -> Sequence[Event]:
    if now.status == ANSWERED:
        raise Rejected("answered_already")
    if now.taken_by == command.operator:
        return []
    if now.taken_by is not None:
        raise Rejected("taken_by_another")
    return [RequestTakenUp(command.confirmation, replace(now, status=IN_REVIEW, taken_by=command.operator))]


def _answer(command: AnswerRequest, now: Details) -> Sequence[Event]:
    """Anybody may answer, also what a colleague took up and left. What is told to a customer is not told differently
    afterwards."""
    if now.status == ANSWERED:
        if (now.answer, mark(now.message)) == (command.answer, mark(command.message)):
            return []
        raise Rejected("answered_already")
    if command.answer not in ANSWERS[now.kind]:
        raise Rejected("answer_does_not_fit", kind=now.kind)
    if command.answer == SEE_MESSAGE and command.message is None:
        raise Rejected("message_missing")
    details = replace(now, status=ANSWERED, answer=command.answer, message=command.message, answered_on=command.today)
    return [RequestAnswered(command.confirmation, details, command.operator)]


def _known(state: Request) -> Details:
    if state.details is None:
        raise Rejected("unknown_request")
    return state.details


request = Decider("request", Request(), decide, evolve)
