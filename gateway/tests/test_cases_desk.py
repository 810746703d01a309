"""What a customer tells the cases service: sealed to it, once by its id, asked again where a reply was lost."""

from __future__ import annotations

import json

import pytest

from eventkit.crypto import CannotDecrypt, Opener, generate_sealing_pair
from eventkit.decider import Rejected
from gateway.cases_desk import Accepted, CasesAway, CasesDesk, Refused

from .facts import Facts
from .web.cases_service import CasesService

ANA = "1000000001"
PRIVATE, PUBLIC = generate_sealing_pair("c1")


@pytest.fixture
def service() -> CasesService:
    return CasesService(Opener.parse(PRIVATE), Facts())


@pytest.fixture
def desk(service: CasesService) -> CasesDesk:
    return CasesDesk(service, PUBLIC)


def test_what_was_typed_leaves_sealed_with_its_own_command(desk: CasesDesk) -> None:
    command = desk.update_contact("command-1", ANA, {"email": "ana@mail.example"})
    assert "ana@mail.example" not in str(command.body) and "ana" not in repr(command)
    opener = Opener.parse(PRIVATE)
    sealed = command.body["changes_sealed"]
    assert json.loads(opener.open(sealed, "cases|changes|command-1")) == {"email": "ana@mail.example"}
    for context in ("cases|changes|command-2", "cases|report|command-1"):
        with pytest.raises(CannotDecrypt):
            opener.open(sealed, context)


def test_each_command_is_as_the_contract_has_it(desk: CasesDesk, service: CasesService) -> None:
    commands = [
        desk.update_contact("1", ANA, {"phone_home": None}),
        desk.set_preferences("2", ANA, email_notices=True, language="es"),
        desk.report_other_party("3", ANA, "C1", {"employer": "Acme", "safety_concern": True}),
        desk.confirm_appointment("4", ANA, "A1"),
        desk.request_reschedule("5", ANA, "A1", {"reason": "", "times": "Mondays"}),
    ]
    assert all(isinstance(desk.send(command), Accepted) for command in commands)
    assert service.done == [
        ("update_contact", {"phone_home": None}),
        ("set_preferences", {"participant_id": ANA, "email_notices": True, "language": "es"}),
        ("report_other_party", {"case_id": "C1", "employer": "Acme", "safety_concern": True}),
        ("confirm_appointment", {"participant_id": ANA, "appointment_id": "A1"}),
        ("request_reschedule", {"reason": "", "times": "Mondays"}),
    ]


def test_a_reply_that_was_lost_is_asked_for_once_more(desk: CasesDesk, service: CasesService) -> None:
    service.lost = 1
    answer = desk.send(desk.report_other_party("1", ANA, "C1", {"employer": "Acme"}))
    assert isinstance(answer, Accepted) and answer.confirmation == "CC-7K3M-9QP1"
    assert len(service.asked) == 2 and len(service.done) == 1


def test_who_does_not_answer_is_away(desk: CasesDesk, service: CasesService) -> None:
    service.lost = 2
    with pytest.raises(CasesAway):
        desk.send(desk.confirm_appointment("1", ANA, "A1"))
    assert len(service.asked) == 2
    service.away = True
    with pytest.raises(CasesAway):
        desk.send(desk.confirm_appointment("2", ANA, "A1"))


def test_a_refusal_says_what_cannot_be(desk: CasesDesk, service: CasesService) -> None:
    service.refuse = Rejected("invalid", field="zip", why="unknown")
    assert desk.send(desk.update_contact("1", ANA, {})) == Refused("invalid", "zip", "unknown")
