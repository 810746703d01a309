"""Calls between two turns, in PostgreSQL: once per turn, limits of time, nothing left behind."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from cryptography.exceptions import InvalidTag
from flask.testing import FlaskClient

from eventkit.secret import Secret
from eventkit.testing.processes import wait_until
from gateway.phone.callers.caller import VirtualCaller
from gateway.phone.calls import AtWork, Fresh, Gone, OutOfOrder, PostgresCalls, Settled, calls
from gateway.phone.sealing import CallCipher, new_token, token_hash
from gateway.phone.switchboard import Switchboard
from gateway.phone.told import LoggedIn, NotAccepted

from .parts import BOTH, PAYOR, PIN, Agency, Clock, logged_in

STATE = {"language": "en"}


def opened(store: PostgresCalls, clock: Clock) -> str:
    store.open("call", STATE, "first", clock())
    return "call"


def test_a_turn_is_worked_on_once(store: PostgresCalls, clock: Clock) -> None:
    call = opened(store, clock)
    assert store.claim(call, 1, clock()) == Fresh(STATE)
    assert store.claim(call, 1, clock()) == AtWork(STATE)
    store.settle(call, 1, STATE, "second", clock())
    assert store.claim(call, 1, clock()) == Settled("second")
    assert store.claim(call, 2, clock()) == Fresh(STATE)


@pytest.mark.parametrize("seq", [-1, 1, 4])
def test_only_the_last_turn_and_the_next_exist(store: PostgresCalls, clock: Clock, seq: int) -> None:
    call = opened(store, clock)
    for turn in (1, 2):
        store.claim(call, turn, clock())
        store.settle(call, turn, STATE, "reply", clock())
    assert store.claim(call, seq, clock()) == OutOfOrder()


def test_a_turn_whose_process_died_can_be_taken_again(store: PostgresCalls, clock: Clock) -> None:
    call = opened(store, clock)
    store.claim(call, 1, clock())
    clock.passes(0.2)
    assert store.claim(call, 1, clock()) == Fresh(STATE)


def test_a_call_ends_after_three_silent_minutes(store: PostgresCalls, clock: Clock) -> None:
    call = opened(store, clock)
    clock.passes(2.9)
    assert store.claim(call, 1, clock()) == Fresh(STATE)
    clock.passes(2.9)
    assert store.claim(call, 1, clock()) == Fresh(STATE)
    clock.passes(3)
    assert store.claim(call, 1, clock()) == Gone()


def test_a_call_ends_after_thirty_minutes(store: PostgresCalls, clock: Clock) -> None:
    call = opened(store, clock)
    for turn in range(1, 15):
        clock.passes(2)
        assert store.claim(call, turn, clock()) == Fresh(STATE)
        store.settle(call, turn, STATE, "reply", clock())
    clock.passes(2)
    assert store.claim(call, 15, clock()) == Gone()


def test_one_of_many_requests_at_once_gets_the_turn(store: PostgresCalls, clock: Clock) -> None:
    call = opened(store, clock)
    together = threading.Barrier(8)

    def claim() -> object:
        together.wait()
        return store.claim(call, 1, clock())

    with ThreadPoolExecutor(8) as pool:
        claims = list(pool.map(lambda _: claim(), range(8)))
    assert sorted(map(str, claims)) == sorted(map(str, [Fresh(STATE), *[AtWork(STATE)] * 7]))


def test_calls_that_are_over_are_forgotten_when_another_comes_in(
    store: PostgresCalls, clock: Clock, engine: sa.Engine
) -> None:
    opened(store, clock)
    clock.passes(4)
    store.open("another", STATE, "first", clock())
    with engine.connect() as conn:
        assert conn.scalars(sa.select(calls.c.token_hash)).all() == ["another"]


def test_a_repeated_request_gets_the_same_reply_and_has_no_second_effect(
    caller: VirtualCaller, client: FlaskClient, agency: Agency, catalogue: object
) -> None:
    caller.dial().press("1").press(f"{BOTH}#")
    path = next_path(caller)
    fields = {"event": "answer", "answer": PIN}
    first = client.post(path, data=fields)
    again = client.post(path, data=fields)
    with_other_words = client.post(path, data={"event": "answer", "answer": "000000"})
    assert first.data == again.data == with_other_words.data
    assert agency.log_ins == 1


def test_a_repeated_request_beside_the_first_has_no_second_effect(
    caller: VirtualCaller, client: FlaskClient, agency: Agency, monkeypatch: pytest.MonkeyPatch, board: Switchboard
) -> None:
    """The platform asks again while the first log-in is still on its way: one moment, then the same reply."""
    object.__setattr__(board, "patience", 0.2)
    caller.dial().press("1").press(f"{BOTH}#")
    path, fields = next_path(caller), {"event": "answer", "answer": PIN}
    reached, may_go_on = threading.Event(), threading.Event()
    log_in: Callable[..., LoggedIn | NotAccepted] = agency.log_in

    def slow(*given: object) -> LoggedIn | NotAccepted:
        reached.set()
        assert may_go_on.wait(20)
        return log_in(*given)

    monkeypatch.setattr(agency, "log_in", slow)
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(lambda: client.application.test_client().post(path, data=fields))
        assert reached.wait(20)
        meanwhile = client.post(path, data=fields)
        assert b"One moment, please." in meanwhile.data
        assert b"One moment, please." in first.result(20).data
        may_go_on.set()
        object.__setattr__(board, "patience", 20)
        reply = client.post(path, data={"event": "again"}).data
    assert b"Main menu" in reply
    assert client.post(path, data={"event": "again"}).data == reply
    assert agency.log_ins == 1


def test_a_lost_answer_is_asked_for_again(caller: VirtualCaller, client: FlaskClient) -> None:
    path = next_path(caller.dial().press("1"))
    reply = client.post(path, data={"event": "again"})
    assert b"Participant ID" in reply.data


@pytest.mark.parametrize("seq", [0, 2, 9])
def test_a_turn_out_of_order_is_refused(caller: VirtualCaller, client: FlaskClient, seq: int) -> None:
    path = next_path(caller.dial().press("9").press("1"))
    assert client.post(path.rpartition("/")[0] + f"/{seq + 10 if seq else 0}").status_code == 409


def test_an_unknown_call_is_not_found(client: FlaskClient) -> None:
    assert client.post(f"/phone/vxml/{new_token()}/1", data={"answer": "1"}).status_code == 404


def test_a_call_is_over_after_its_limits(caller: VirtualCaller, client: FlaskClient, clock: Clock) -> None:
    logged_in(caller, BOTH, "en")
    path = next_path(caller)
    clock.passes(3.1)
    assert client.post(path, data={"answer": "1"}).status_code == 404


def test_a_caller_who_hangs_up_leaves_nothing(
    caller: VirtualCaller, client: FlaskClient, engine: sa.Engine
) -> None:
    logged_in(caller, BOTH, "en")
    path = next_path(caller)
    caller.hang_up()
    with engine.connect() as conn:
        assert conn.scalar(sa.select(sa.func.count()).select_from(calls)) == 0
    assert client.post(path, data={"answer": "1"}).status_code == 404


def test_two_calls_know_nothing_of_each_other(new_caller: Callable[[], VirtualCaller]) -> None:
    one, other = logged_in(new_caller(), BOTH, "en"), new_caller().dial()
    other.press("9")
    assert "made by you" in one.press("1").text
    assert "tutor legal" in other.text


def test_a_sealed_text_opens_for_its_own_call_and_turn_alone() -> None:
    cipher, token = CallCipher(Secret("server")), new_token()
    sealed = cipher.seal(token, "state 1", b"text")
    assert cipher.open(token, "state 1", sealed) == b"text"
    for other, key, context in (
        (cipher, new_token(), "state 1"),
        (cipher, token, "state 2"),
        (CallCipher(Secret("another")), token, "state 1"),
    ):
        with pytest.raises(InvalidTag):
            other.open(key, context, sealed)


def test_tokens_are_128_bits_and_stored_as_a_hash(
    caller: VirtualCaller, engine: sa.Engine
) -> None:
    token = next_path(caller.dial()).split("/")[-2]
    assert len(token) == 22
    with engine.connect() as conn:
        assert conn.scalars(sa.select(calls.c.token_hash)).all() == [token_hash(token)]


def next_path(caller: VirtualCaller) -> str:
    """Where the caller's next answer goes."""
    return caller.platform.documents[-1].decode().partition('<submit next="')[2].partition('"')[0]


def test_log_ins_that_take_long_do_not_keep_others_waiting(
    client: FlaskClient, agency: Agency, board: Switchboard, monkeypatch: pytest.MonkeyPatch,
    new_caller: Callable[[], VirtualCaller],
) -> None:
    """With as many waiting as may, the next hears "one moment" at once, and a turn that only reads is answered."""
    object.__setattr__(board, "waiting", threading.Semaphore(1))
    object.__setattr__(board, "slow", ThreadPoolExecutor(2))
    object.__setattr__(board, "patience", 20)
    listening = logged_in(new_caller(), PAYOR, "en")
    waiting = [new_caller().dial().press("1").press(f"{BOTH}#") for _ in range(3)]
    may_go_on, log_in = threading.Event(), agency.log_in

    def slow(*given: Secret) -> LoggedIn | NotAccepted:
        assert may_go_on.wait(20)
        return log_in(*given)

    monkeypatch.setattr(agency, "log_in", slow)
    fields = {"event": "answer", "answer": PIN}
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(lambda: client.application.test_client().post(next_path(waiting[0]), data=fields))
        wait_until(lambda: not board.waiting._value, within=10)
        for other in waiting[1:]:
            assert b"One moment, please." in client.post(next_path(other), data=fields).data
        assert listening.press("1").text.startswith("Your latest five payments made:")
        assert not first.done()
        may_go_on.set()
        assert b"Main menu" in first.result(20).data
    board.slow.shutdown()
