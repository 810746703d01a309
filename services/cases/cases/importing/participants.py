"""The agency's file of participants: each line is the whole of what is on file of one."""

from __future__ import annotations

from collections.abc import Sequence

from cases.domain.participant import Details, RecordParticipant, participant
from cases.importing.batches import Take, answer
from cases.importing.columns import MayBeEmpty, email, matching, personal
from cases.index import Known, known_personal, store_participants
from cases.personal import Plain, Protector, address_json, composed, full_name
from eventkit.decider import Rejected
from eventkit.secret import Secret
from eventkit.unit import Unit
from feedkit.columns import boolean, digits, one_of, text
from feedkit.feed import Answer, Column, Line, Refused

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
)
ADDRESS = ("line1", "city", "state", "zip")


def taking(protector: Protector) -> Take:
    """Lines of participants into decisions and the current-state table."""

    def take(unit: Unit, lines: Sequence[Line]) -> Sequence[Answer]:
        wrong = {line.number: refusal for line in lines if (refusal := incomplete(line))}
        good = [line for line in lines if line.number not in wrong]
        known = known_personal(unit.conn, [line.values["participant_id"] for line in good])
        commands = [_command(protector, line, known.get(line.values["participant_id"], {})) for line in good]
        outcomes = unit.decide_many(participant, [(command.participant_id, command) for command in commands])
        decided = list(zip(commands, outcomes, strict=True))
        store_participants(unit.conn, {
            command.participant_id: (outcome.version, outcome.state.details)
            for command, outcome in decided if not isinstance(outcome, Rejected) and outcome.events})
        answers = {line.number: answer(outcome, {}) for line, outcome in zip(good, outcomes, strict=True)}
        return [wrong.get(line.number) or answers[line.number] for line in lines]

    return take


def incomplete(line: Line) -> Refused | None:
    """What no single column shows: an address in part, or said to be valid and not there."""
    missing = [column for column in ADDRESS if line.values[column] is None]
    given = [column for column in (*ADDRESS, "line2") if line.values[column] is not None]
    if given and missing:
        return Refused(missing[0], "is empty, though other parts of the address are given",
                       "give line1, city, state and zip, or none of the address")
    if not given and line.values["address_valid"]:
        return Refused("address_valid", "is true, though there is no address", "give the address, or write false")
    return None


def _command(protector: Protector, line: Line, known: Known) -> RecordParticipant:
    participant_id, plain = line.values["participant_id"], _plain(line)
    name = protector.protect(participant_id, "name", plain.name, known.get("name"))
    assert name is not None
    return RecordParticipant(participant_id, Details(
        language=line.values["language"],
        name=name,
        address=protector.protect(participant_id, "address", plain.address, known.get("address")),
        address_valid=line.values["address_valid"],
        email=protector.protect(participant_id, "email", plain.email, known.get("email")),
        ssn=protector.protect(participant_id, "ssn", plain.ssn, known.get("ssn")),
    ))


def _plain(line: Line) -> Plain:
    values: dict[str, Secret | None] = line.values
    first, last, mail = values["first_name"], values["last_name"], values["email"]
    assert first is not None and last is not None
    lines = [_said(values[column]) for column in ("line1", "line2", "city", "state", "zip")]
    return Plain(
        name=full_name(first, last),
        address=address_json(*lines) if lines[0] else None,
        email=Secret(composed(mail.reveal())) if mail else None,
        ssn=values["ssn"],
    )


def _said(value: Secret | None) -> str:
    return value.reveal() if value else ""
