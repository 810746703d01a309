"""What must be the same through every kind of platform: "one moment" while it takes long, and no secret anywhere."""

import logging
import threading
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from gateway.catalogue import LANGUAGES, Language
from gateway.phone.adapters import ADAPTERS
from gateway.phone.adapters.adapter import Request
from gateway.phone.callers.caller import VirtualCaller
from gateway.phone.callers.http import Sent
from gateway.phone.calls import calls
from gateway.phone.speech import Wording
from gateway.phone.switchboard import Switchboard

from .parts import BOTH, PIN, SECRETS, Agency, Clock, Says, logged_in, over
from .platforms import PLATFORMS, platform_for
from .test_secrecy import WAY

every_platform = pytest.mark.parametrize("name", ADAPTERS)
"""Over HTTP; the one that is not does the same in test_fastagi.py."""


def test_there_is_a_caller_for_each_adapter() -> None:
    assert PLATFORMS.keys() >= ADAPTERS.keys()


@every_platform
def test_while_a_log_in_takes_long_the_caller_hears_one_moment(
    client: FlaskClient, agency: Agency, board: Switchboard, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """And then the answer, without a second log-in; the platform comes back by itself."""
    log_in, may_go_on, fetch = agency.log_in, threading.Event(), over(client)
    moments: list[bytes] = []

    def slow(*given: Any) -> Any:
        assert may_go_on.wait(20)
        return log_in(*given)

    def until_twice(sent: Sent) -> tuple[int, bytes]:
        status, body = fetch(sent)
        if b"One moment, please." in body:
            moments.append(body)
        if len(moments) == 2:
            may_go_on.set()
        return status, body

    platform = platform_for(name, client)
    platform.fetch = until_twice  # type: ignore[attr-defined]
    caller = VirtualCaller(platform).dial().press("1").press(f"{BOTH}#")
    monkeypatch.setattr(agency, "log_in", slow)
    object.__setattr__(board, "patience", 0.2)
    caller.press(f"{PIN}#")
    assert len(moments) >= 2 and moments[0] == moments[1]
    assert caller.heard[0].text == "One moment, please." and "Main menu" in caller.heard[-1].text
    assert agency.log_ins == 1


@every_platform
def test_a_whole_call_leaves_no_secret_anywhere(
    client: FlaskClient, engine: sa.Engine, caplog: pytest.LogCaptureFixture, name: str
) -> None:
    """In no log at the lowest level, no document, no row."""
    caplog.set_level(logging.DEBUG)
    caller = VirtualCaller(platform_for(name, client)).dial()
    for keys in WAY:
        caller.press(keys)
        with engine.connect() as conn:
            kept = str(conn.execute(sa.select(calls)).all())
        documents = "".join(document.decode() for document in caller.platform.documents)  # type: ignore[attr-defined]
        assert not [secret for secret in SECRETS if secret in kept + documents + caller.text]
    assert not caller.connected
    assert "phone turn Keys to" in caplog.text
    assert not [secret for secret in SECRETS if secret in caplog.text]


@every_platform
def test_a_caller_who_hangs_up_leaves_nothing(client: FlaskClient, engine: sa.Engine, name: str) -> None:
    caller = VirtualCaller(platform_for(name, client)).dial().press("1").press(f"{BOTH}#").press(f"{PIN}#")
    caller.hang_up()
    with engine.connect() as conn:
        assert conn.scalar(sa.select(sa.func.count()).select_from(calls)) == 0


RINGS = {
    "vxml": {"fields": {"dnis": "+18669013212", "ani": "+15555550123"}},
    "twiml": {"fields": {"CallSid": "7", "To": "+18669013212", "From": "+15555550123"}},
    "jambonz": {"body": b'{"call_sid": "7", "to": "+18669013212@x", "from": "+15555550123@10.0.0.1"}'},
    "turns": {"body": b'{"call_id": "7", "number": "+18669013212", "caller": "+15555550123"}'},
}


@every_platform
def test_both_numbers_of_a_call_are_read(name: str, clock: Clock) -> None:
    """A text telephone is known by the one, tries to log in are counted by the other."""
    told: dict[str, Any] = {"fields": {}, "body": b"", **RINGS[name]}
    ring = ADAPTERS[name].ring(Request("POST", "http://x/", headers={}, at=clock(), **told))
    assert (ring.number, ring.caller) == ("+18669013212", "+15555550123")
    assert ring.name == (None if name == "vxml" else f"{name}|7")


@every_platform
def test_an_agency_names_the_voices_of_its_platform(client: FlaskClient, board: Switchboard, wording: Wording,
                                                    name: str) -> None:
    """Each sentence in the voice of its language; without a name the platform takes its own."""
    house = replace(wording.house, voices={"en": "Voice-of-English", "es": "Voz-de-Español"})
    object.__setattr__(board, "wording", replace(wording, house=house))
    bodies: list[str] = []
    fetch = over(client)

    def kept(sent: Sent) -> tuple[int, bytes]:
        status, body = fetch(sent)
        bodies.append(body.decode())
        return status, body

    platform = platform_for(name, client)
    platform.fetch = kept  # type: ignore[attr-defined]
    caller = VirtualCaller(platform).dial()
    assert "Voice-of-English" in bodies[-1] and "Voz-de-Español" in bodies[-1]
    caller.press("9")
    assert "Voz-de-Español" in bodies[-1] and "Voice-of-English" not in bodies[-1]
    assert "¿Es usted padre, madre o tutor legal?" in caller.text


# Platforms that keep the caller while they look for an agent

keeping_the_caller = pytest.mark.parametrize("name", ["twiml", "jambonz"])


@keeping_the_caller
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_caller_whose_agent_does_not_answer_is_told(client: FlaskClient, agent: dict[str, str | None], says: Says,
                                                      name: str, language: Language) -> None:
    agent["tel"] = "tel:+15555550100"
    platform = platform_for(name, client)
    logged_in(VirtualCaller(platform), BOTH, language).press("0")
    moment = platform.transfer_ends("no-answer")  # type: ignore[attr-defined]
    said = " ".join(heard.text for heard in moment.heard)
    assert said == f"{says(language, 'agent.closed')} {says(language, 'office.hours')}"
    assert not moment.connected


@keeping_the_caller
def test_after_the_agent_nothing_is_said_and_nothing_kept(client: FlaskClient, agent: dict[str, str | None],
                                                          engine: sa.Engine, name: str) -> None:
    agent["tel"] = "tel:+15555550100"
    platform = platform_for(name, client)
    logged_in(VirtualCaller(platform), BOTH, "en").press("0")
    assert platform.transfer_ends("completed").heard == ()  # type: ignore[attr-defined]
    with engine.connect() as conn:
        assert conn.scalar(sa.select(sa.func.count()).select_from(calls)) == 0
