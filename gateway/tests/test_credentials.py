"""A reply that is lost on its way does not use up a mailed PIN: the same command is asked once more."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from eventkit.application import Reply
from eventkit.crypto import generate_sealing_pair
from eventkit.rpc_client import RpcError, RpcTimeout, RpcUnavailable
from eventkit.secret import Secret
from gateway.credentials import Auth, AuthAway, LoggedIn, PinChanged
from gateway.settings import SETTINGS

ANA, PIN, CHOSEN = "1000000001", Secret("71539246"), Secret("640275")
_, PUBLIC = generate_sealing_pair("a1")


@dataclass
class Line:
    """Carries every command out once by its id, as auth does, and loses the first replies."""

    lost: int
    error: type[RpcError] = RpcTimeout
    asked: list[tuple[str, str]] = field(default_factory=list)
    done: dict[str, str] = field(default_factory=dict)

    def command(self, service: str, name: str, body: dict[str, Any], *, actor: str, channel: str,
                command_id: str) -> Reply:
        self.asked.append((command_id, str(body)))
        assert self.done.setdefault(command_id, str(body)) == str(body), "another command under the same id"
        if len(self.asked) <= self.lost:
            raise self.error(service, name)
        assert len(self.done) == 1, "a mailed PIN is good for one log-in"
        return Reply(True, {"participant_id": ANA, "must_change": True}, version=7)


def test_a_log_in_whose_reply_was_lost_is_the_same_log_in() -> None:
    line = Line(lost=1)
    answer = Auth(line, PUBLIC).log_in(Secret(ANA), PIN, "web")
    assert isinstance(answer, LoggedIn) and answer.must_change
    assert len(line.asked) == 2 and len(set(line.asked)) == 1


def test_so_is_a_change_of_the_pin() -> None:
    line = Line(lost=1)
    assert Auth(line, PUBLIC).change_pin(ANA, Secret("proof"), CHOSEN, "web") == PinChanged(7)
    assert len(set(line.asked)) == 1


def test_who_does_not_answer_twice_is_away() -> None:
    line = Line(lost=9)
    with pytest.raises(AuthAway):
        Auth(line, PUBLIC).request_pin(Secret(ANA), "phone")
    assert len(line.asked) == 2


def test_who_cannot_be_reached_is_not_asked_again() -> None:
    line = Line(lost=9, error=RpcUnavailable)
    with pytest.raises(AuthAway):
        Auth(line, PUBLIC).log_in(Secret(ANA), PIN, "web")
    assert len(line.asked) == 1


def test_each_log_in_is_a_command_of_its_own() -> None:
    line = Line(lost=0)
    auth = Auth(line, PUBLIC)
    auth.log_in(Secret(ANA), PIN, "web")
    line.done.clear()
    auth.log_in(Secret(ANA), PIN, "web")
    assert len({command_id for command_id, _ in line.asked}) == 2


def test_both_waits_together_are_shorter_than_a_caller_is_kept_waiting() -> None:
    (wait,) = [setting.default for setting in SETTINGS if setting.name == "RPC_TIMEOUT_SECONDS"]
    assert 2 * wait <= 8
