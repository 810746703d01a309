"""What the commands do: open what is sealed, find out what only the outside knows, and let the account decide.

Unknown identifier, wrong PIN and locked account take the same way through here: the same queries, the same number of
Argon2 runs, one recorded event, the same answer.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from auth.credentials import PinCheck, follow, renew
from auth.domain.account import account
from auth.domain.commands import ChangeForcedPin, ChangePin, LogIn, RequestPin
from auth.domain.events import LogInSucceeded, PinChanged
from auth.domain.pin_rules import fault
from auth.domain.stranger import NoteAttempt, stranger
from auth.domain.words import Act
from auth.identifiers import cleaned, resolve, sealed_ssn
from auth.keys import Keys
from auth.tables import pin_requests
from eventkit.application import Refusal
from eventkit.decider import Rejected
from eventkit.secret import Secret
from eventkit.unit import Outcome, Unit
from servicekit.logs import get_logger
from servicekit.offload import offload

Body = dict[str, Any]
Answer = dict[str, Any] | Refusal

log = get_logger()


@dataclass(frozen=True)
class Desk:
    """One command's worth of tools."""

    unit: Unit
    keys: Keys
    check: PinCheck

    def open(self, sealed: str, what: str) -> Secret:
        """What was sealed for this very command: from another one it is of no use. Raises Rejected `unreadable`."""
        return self.keys.open(sealed, f"login|{what}|{self.unit.metadata.causation_id}")


def log_in(desk: Desk, body: Body) -> Answer:
    """{"participant_id", "must_change"}, or the refusal `not_accepted`, which never says why."""
    unit, keys = desk.unit, desk.keys
    identifier = cleaned(desk.open(body["identifier_sealed"], "identifier"))
    pin = cleaned(desk.open(body["pin_sealed"], "pin"))
    proof = desk.open(body["proof_sealed"], "proof")
    participant_id = _who(desk, identifier)
    matched = desk.check.matched(unit.conn, participant_id, pin)
    if participant_id is None:
        return _nobody(desk, identifier, Act.LOG_IN)
    outcome = unit.decide(account, participant_id, LogIn(
        unit.metadata.channel, unit.now, keys.today(unit.now), matched, _mark(proof)))
    follow(unit.conn, participant_id, outcome.events)
    succeeded = _first(outcome, LogInSucceeded)
    if succeeded is None:
        return _not_accepted(unit)
    if not succeeded.must_change:
        renew(unit.conn, keys.verifiers, participant_id, pin)
    return {"participant_id": participant_id, "must_change": succeeded.must_change}


def change_pin(desk: Desk, body: Body) -> Answer:
    """{}, the refusal `not_accepted`, or Rejected `pin_too_weak` with the rule that the new PIN breaks."""
    unit, keys = desk.unit, desk.keys
    identifier = Secret(body["participant_id"])
    new = cleaned(desk.open(body["new_pin_sealed"], "pin"))
    participant_id = _who(desk, identifier)
    command = _change(desk, participant_id, body, _fault(desk, participant_id, new))
    if participant_id is None:
        return _nobody(desk, identifier, Act.CHANGE_PIN)
    outcome = unit.decide(account, participant_id, command)
    changed = _first(outcome, PinChanged)
    verifier = offload(keys.verifiers.make, participant_id, new) if changed else None
    follow(unit.conn, participant_id, outcome.events, verifier)
    return {} if changed else _not_accepted(unit)


def request_pin(desk: Desk, body: Body) -> Answer:
    """{}, whoever asks: whether a letter goes out is decided after the answer."""
    unit = desk.unit
    identifier = cleaned(desk.open(body["identifier_sealed"], "identifier"))
    participant_id = _who(desk, identifier)
    if participant_id is None:
        _nobody(desk, identifier, Act.REQUEST_PIN)
    else:
        unit.decide(account, participant_id, RequestPin(unit.metadata.channel))
    ask_for_letter(unit, participant_id)
    unit.last = None
    return {}


def ask_for_letter(unit: Unit, participant_id: str | None, replaces: str | None = None) -> None:
    """Leaves the request to the letter desk, due now by the clock the desk goes by: the database has another."""
    unit.conn.execute(pin_requests.insert().values(
        participant_id=participant_id, replaces=replaces, not_before=unit.now, channel=unit.metadata.channel,
        correlation_id=unit.metadata.correlation_id, causation_id=unit.metadata.causation_id))


def _who(desk: Desk, identifier: Secret) -> str | None:
    """The participant, with the account loaded before any verifier is read.

    So a PIN that is changed while it is being checked makes a conflict, and is checked again.
    """
    participant_id = resolve(desk.unit.conn, desk.keys.index, identifier)
    if participant_id is None:
        desk.unit.state(stranger, desk.keys.index.stranger(identifier))
    else:
        desk.unit.state(account, participant_id)
    return participant_id


def _change(desk: Desk, participant_id: str | None, body: Body, broken: str | None) -> ChangeForcedPin | ChangePin:
    """With neither proof nor current PIN it is a forced change that proves nothing."""
    channel, now = desk.unit.metadata.channel, desk.unit.now
    if body["current_pin_sealed"] and not body["proof_sealed"]:
        current = cleaned(desk.open(body["current_pin_sealed"], "pin"))
        matched = desk.check.matched(desk.unit.conn, participant_id, current)
        return ChangePin(channel, now, matched.standing, broken)
    proof = desk.open(body["proof_sealed"], "proof") if body["proof_sealed"] else None
    return ChangeForcedPin(channel, now, _mark(proof) if proof else "", broken)


def _fault(desk: Desk, participant_id: str | None, new: Secret) -> str | None:
    """The rule that the new PIN breaks; `reused`: it is the PIN in force, or the one that was in the letter."""
    matched = desk.check.matched(desk.unit.conn, participant_id, new)
    broken = fault(new.reveal(), desk.keys.rules, _own_numbers(desk, participant_id))
    return broken or ("reused" if matched.letter_id or matched.standing else None)


def _own_numbers(desk: Desk, participant_id: str | None) -> list[str]:
    if participant_id is None:
        return []
    sealed = sealed_ssn(desk.unit.conn, participant_id)
    if sealed is None:
        return [participant_id]
    try:
        return [participant_id, cleaned(desk.keys.open(sealed, f"{participant_id}|ssn")).reveal()]
    except Rejected:
        log.error("ssn_unreadable", reason="AUTH_PRIVATE_KEYS lacks the key it was sealed to")
        return [participant_id]


def _nobody(desk: Desk, identifier: Secret, act: Act) -> Refusal:
    """On record, as for somebody: else an attempt with an unknown identifier would be the faster one."""
    attempt = NoteAttempt(desk.unit.metadata.channel, act)
    desk.unit.decide(stranger, desk.keys.index.stranger(identifier), attempt)
    return _not_accepted(desk.unit)


def _not_accepted(unit: Unit) -> Refusal:
    """The reply does not name the stream either: that would tell whether there is an account."""
    unit.last = None
    return Refusal("not_accepted")


def _mark(proof: Secret) -> str:
    return hashlib.sha256(proof.reveal().encode("utf-8", "surrogatepass")).hexdigest()


def _first(outcome: Outcome, kind: type[Any]) -> Any:
    return next((event for event in outcome.events if isinstance(event, kind)), None)
