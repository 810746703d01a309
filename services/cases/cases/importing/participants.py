"""The agency's file of participants: each line is the whole of what is on file of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from cases.domain.participant import Participant, RecordParticipant, participant
from cases.domain.profile import PERSONAL, Details, Kept
from cases.importing.batches import Take, answer
from cases.importing.columns import UNSAID, MayBeEmpty, Newer, NewerStated, email, matching, personal, phone, said
from cases.importing.participant_line import incomplete, plain_fields
from cases.index import known_personal, store_participants
from cases.personal import Protector
from cases.protection import tell_cases
from cases.showing import Showing
from eventkit.decider import Rejected
from eventkit.secret import Secret
from eventkit.unit import Outcome, Unit
from feedkit.columns import boolean, digits, one_of, text
from feedkit.feed import Answer, Column, Line

COLUMNS = (
    Column("participant_id", digits(10, 15)),
    MayBeEmpty("ssn", personal(digits(9, 9))),
    Column("first_name", personal(text(80))),
    Column("last_name", personal(text(80))),
    Column("language", one_of("en", "es")),
    MayBeEmpty("line1", personal(text(100))),
    MayBeEmpty("line2", personal(text(100))),
    MayBeEmpty("city", personal(text(80))),
    MayBeEmpty("state", personal(matching("[A-Z]{2}", "two capital letters, as CA"))),
    MayBeEmpty("zip", personal(matching(r"\d{5}(-\d{4})?", "5 digits, or 5 and 4 with a dash"))),
    Column("address_valid", boolean),
    MayBeEmpty("email", personal(email)),
    Newer("phone_home", personal(phone)),
    Newer("phone_mobile", personal(phone)),
    Newer("phone_work", personal(phone)),
    Newer("employer_name", personal(text(100))),
    Newer("employer_phone", personal(phone)),
    Newer("employer_city", personal(text(80))),
    NewerStated("protected", boolean),
    NewerStated("email_notices", boolean),
)


def taking(protector: Protector, showing: Showing) -> Take:
    """Lines of participants into decisions and the current-state table; their cases hear of a new protection."""

    def take(unit: Unit, lines: Sequence[Line]) -> Sequence[Answer]:
        wrong = {line.number: refusal for line in lines if (refusal := incomplete(line))}
        good = [line for line in lines if line.number not in wrong]
        commands = _commands(unit, protector, showing, good)
        outcomes = unit.decide_many(participant, [(command.participant_id, command) for command in commands])
        _keep(unit, commands, outcomes)
        answers = {line.number: answer(outcome, {}) for line, outcome in zip(good, outcomes, strict=True)}
        return [wrong.get(line.number) or answers[line.number] for line in lines]

    return take


def _keep(unit: Unit, commands: Sequence[RecordParticipant], outcomes: Sequence[Outcome | Rejected]) -> None:
    changed = {command.participant_id: outcome for command, outcome in zip(commands, outcomes, strict=True)
               if not isinstance(outcome, Rejected) and outcome.events}
    store_participants(unit.conn, {who: (outcome.version, outcome.state.details) for who, outcome in changed.items()})
    tell_cases(unit, [who for who, outcome in changed.items() if _protection_may_be_new(outcome)])


def _protection_may_be_new(outcome: Outcome) -> bool:
    return any("protected" in getattr(event, "changed", ()) for event in outcome.events)


def _commands(unit: Unit, protector: Protector, showing: Showing, lines: Sequence[Line]) -> list[RecordParticipant]:
    """A second line of an id says what the first does (others were refused before), so each is made from what is on
    file before the batch."""
    ids = [line.values["participant_id"] for line in lines]
    unit.preload(participant, ids)
    known = known_personal(unit.conn, ids)
    return [_command(protector, showing, line, unit.state(participant, who), known.get(who, {}))
            for who, line in zip(ids, lines, strict=True)]


def _command(protector: Protector, showing: Showing, line: Line, state: Participant, known: Kept) -> RecordParticipant:
    who, plain = line.values["participant_id"], plain_fields(line)
    marks = state.said.marks if state.said else {}
    fields = {field: protector.protect(who, field, said(plain[field]), known.get(field), marks.get(field))
              for field in PERSONAL}
    command = RecordParticipant(who, _details(line, fields), _unsaid(line, plain), kept=known)
    if state.details and state.details.shown and command.is_nothing_new(state):
        return command
    return replace(command, shown=showing.profile(who, command.applied(state)))


def _details(line: Line, fields: Mapping[str, Any]) -> Details:
    return Details(language=line.values["language"], address_valid=line.values["address_valid"],
                   protected=said(line.values["protected"], False),
                   email_notices=said(line.values["email_notices"], False), **fields)


def _unsaid(line: Line, plain: Mapping[str, Secret | object | None]) -> frozenset[str]:
    return frozenset([*(name for name, value in plain.items() if value is UNSAID),
                      *(name for name in ("protected", "email_notices") if line.values[name] is UNSAID)])
