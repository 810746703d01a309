"""A form that is sent twice is one command: its id, and what it was sent with."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine

from eventkit.secret import Secret
from gateway.cases_desk import Accepted, Command
from gateway.sessions import Session
from gateway.submissions import Submissions

ANA, EVA = "1000000001", "1000000002"
NOW = datetime(2026, 11, 3, 18, 20, tzinfo=UTC)
SESSION = Session(Secret("token of a session"), ANA, "full", 1, "en", NOW)
FORMS = Submissions(Secret("the server's secret"))


def test_the_same_form_of_the_same_session_with_the_same_content_is_the_same_command() -> None:
    one = FORMS.command_id(SESSION, "form", "update_contact", {"email": "a@b.example", "phone_home": None})
    assert one == FORMS.command_id(SESSION, "form", "update_contact", {"phone_home": None, "email": "a@b.example"})
    others = {
        FORMS.command_id(replace(SESSION, token=Secret("another")), "form", "update_contact", {"email": "a@b.example"}),
        FORMS.command_id(SESSION, "another form", "update_contact", {"email": "a@b.example"}),
        FORMS.command_id(SESSION, "form", "set_preferences", {"email": "a@b.example"}),
        FORMS.command_id(SESSION, "form", "update_contact", {"email": "c@d.example"}),
        Submissions(Secret("another server's")).command_id(SESSION, "form", "update_contact", {"email": "a@b.example"}),
    }
    assert len(others | {one}) == 6


def test_a_command_goes_out_as_it_first_went_out(engine: Engine) -> None:
    first = Command("update_contact", ANA, {"participant_id": ANA, "changes_sealed": "sealed once"}, "command-1")
    again = replace(first, body={"participant_id": ANA, "changes_sealed": "sealed again"})
    with engine.begin() as conn:
        assert FORMS.keep(conn, first, NOW) == first
        assert FORMS.keep(conn, again, NOW) == first


@pytest.mark.parametrize(("who", "command_id", "found"), [
    (ANA, "command-1", True), (EVA, "command-1", False), (ANA, "command-2", False)])
def test_what_became_of_it_is_told_to_who_sent_it(engine: Engine, who: str, command_id: str, found: bool) -> None:
    command = Command("update_contact", ANA, {}, "command-1")
    with engine.begin() as conn:
        FORMS.keep(conn, command, NOW)
        assert FORMS.find(conn, who, command_id) is None, "before it was answered"
        FORMS.answered(conn, command, Accepted("CC-7K3M-9QPX", f"participant-{ANA}", 7))
        known = FORMS.find(conn, who, command_id)
    assert (known is not None) is found
    assert known is None or (known.confirmation, known.version) == ("CC-7K3M-9QPX", 7)
