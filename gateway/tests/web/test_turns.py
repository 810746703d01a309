"""Pages take turns: in the order they came, and not for ever."""

from __future__ import annotations

import threading

import pytest
from flask import Flask

from eventkit.testing.processes import wait_until
from gateway.web.turns import Turns, in_turns

LONG = 60.0


def test_they_are_served_in_the_order_they_came() -> None:
    turns, served = Turns(1, LONG), list[int]()

    def ask(number: int) -> None:
        with turns.taken() as mine:
            assert mine
            served.append(number)

    asking = [threading.Thread(target=ask, args=(number,)) for number in range(20)]
    with turns.taken():
        for number, thread in enumerate(asking, start=1):
            thread.start()
            wait_until(lambda number=number: turns.waiting == number, within=10)  # type: ignore[misc]
    for thread in asking:
        thread.join(LONG)
    assert served == list(range(20)) and turns.waiting == 0


def test_so_many_at_once_and_no_more() -> None:
    turns = Turns(2, patience=0.01)
    with turns.taken() as first, turns.taken() as second, turns.taken() as third:
        assert (first, second, third) == (True, True, False)
    with turns.taken() as first, turns.taken() as second:
        assert (first, second) == (True, True), "both were given back, and only they"


def test_one_that_hangs_holds_up_nobody_for_good() -> None:
    turns = Turns(1, patience=0.01)
    with turns.taken():
        for _ in range(3):
            with turns.taken() as mine:
                assert not mine
    assert turns.waiting == 0


def test_one_that_fails_gives_its_turn_back() -> None:
    turns = Turns(1, LONG)
    with pytest.raises(ZeroDivisionError), turns.taken():
        1 / 0  # noqa: B018
    with turns.taken() as mine:
        assert mine


@pytest.mark.parametrize(("method", "path", "waits"), [
    ("GET", "/overview", True), ("HEAD", "/overview", True), ("POST", "/log-in", False),
    ("GET", "/static/x.css", False)])
def test_only_what_is_read_takes_a_turn(method: str, path: str, waits: bool) -> None:
    turns, hello = Turns(1, LONG), Flask("hello", static_folder=None)
    for rule in ("/overview", "/log-in", "/static/x.css"):
        hello.add_url_rule(rule, rule, lambda: "hello", methods=["GET", "POST"])
    hello.wsgi_app = in_turns(hello.wsgi_app, turns)  # type: ignore[method-assign]
    answered = threading.Event()

    def ask() -> None:
        assert hello.test_client().open(path, method=method).status_code == 200
        answered.set()

    asking = threading.Thread(target=ask)
    with turns.taken():
        asking.start()
        if waits:
            wait_until(lambda: turns.waiting == 1, within=10)
            assert not answered.is_set()
        else:
            assert answered.wait(LONG)
    asking.join(LONG)
    assert answered.is_set()
