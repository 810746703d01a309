"""No PIN, Social Security number or Participant ID in a log, a repr, an error, a document or the stored call."""

import logging
from collections.abc import Iterator
from dataclasses import fields

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from eventkit.secret import Secret
from gateway.phone.answers import State
from gateway.phone.asked import LogIn
from gateway.phone.callers.caller import VirtualCaller
from gateway.phone.callers.vxml import VxmlPlatform
from gateway.phone.calls import calls
from gateway.phone.driver import Driver
from gateway.phone.engine import step
from gateway.phone.turns import Ask, Call, Dialled, HangUp, Input, Keys

from .parts import BOTH, NEW, PAYEE, PIN, PROOF, SECRETS, SSN, TEMPORARY, Agency, over, payments
from .test_calls import next_path

WAY = ("9", "1", f"{SSN}#", "111111#", f"{PAYEE}#", f"{TEMPORARY}#", f"{NEW}#", f"{NEW}#", "1", "8", "9", "8")
"""A wrong log-in by SSN, a right one with a temporary PIN, the change, payments, goodbye."""


def rows(engine: sa.Engine) -> str:
    with engine.connect() as conn:
        return str(conn.execute(sa.select(calls)).all())


def leaks(text: str) -> list[str]:
    return [secret for secret in SECRETS if secret in text]


@pytest.fixture
def all_logs(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    caplog.set_level(logging.DEBUG)
    yield caplog
    assert not leaks(caplog.text)


@pytest.mark.parametrize("in_query", [False, True], ids=["fields in the body", "fields in the query"])
def test_a_whole_call_leaves_no_secret_anywhere(
    client: FlaskClient, engine: sa.Engine, all_logs: pytest.LogCaptureFixture, in_query: bool
) -> None:
    caller = VirtualCaller(VxmlPlatform(over(client, in_query=in_query))).dial()
    for keys in WAY:
        caller.press(keys)
        assert not leaks(rows(engine))
        assert not leaks("".join(d.decode() for d in caller.platform.documents))
        assert not leaks(caller.text)
    assert not caller.connected
    assert "phone turn Keys to" in all_logs.text


def test_what_was_read_out_is_not_readable_in_the_table(caller: VirtualCaller, engine: sa.Engine) -> None:
    caller.dial().press("1").press(f"{BOTH}#").press(f"{PIN}#").press("1").press("1")
    assert "one hundred one dollars" in caller.text
    for word in ("dollars", "November", "payment-m"):
        assert word not in rows(engine)


def test_an_error_of_ours_shows_nothing(
    caller: VirtualCaller,
    client: FlaskClient,
    agency: Agency,
    all_logs: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What no one foresaw: the platform gets a bare 500, the log a trace without the caller's secrets."""

    def broken(*_: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(agency, "log_in", broken)
    path = next_path(caller.dial().press("1").press(f"{BOTH}#"))
    reply = client.post(path, data={"event": "answer", "answer": PIN})
    assert reply.status_code == 500
    assert "broken" in all_logs.text
    assert "broken" not in reply.text
    assert not leaks(reply.text)


def test_no_repr_of_the_engine_shows_a_secret(agency: Agency) -> None:
    agency.sent[PAYEE] = payments("s", 3)
    driver, call, shown = Driver(agency), Call(), []
    done: list[Input] = [Dialled(), *(Keys(Secret(keys)) for keys in WAY)]
    for given in done:
        _, out = step(call, given)
        shown += [repr(given), repr(out)]
        call, turn = driver.advance(call, given)
        shown += [repr(call), repr(turn), str(call)]
    assert not leaks(" ".join(shown))
    asked = Ask(LogIn(Secret(SSN), Secret(PIN)))
    assert repr(asked) == "Ask(request=LogIn(identifier=•••, pin=•••, line=''))"


def test_the_end_of_a_call_forgets_the_caller() -> None:
    call = Call(participant=BOTH, identifier=Secret(SSN), proof=Secret(PROOF), state=State.MAIN)
    ended, _ = step(call, HangUp())
    assert {f.name for f in fields(ended) if getattr(ended, f.name) != getattr(Call(), f.name)} == {"state"}
