"""Log in, log out and PINs for an app: the very functions of the pages, with their brakes, locks and lifetimes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Engine, event, select

from gateway.own_tables import sessions

from ..web.parts import BOTH, CHOSEN, NEW, PAYEE, PIN, SSN, TEMPORARY, AuthService, Clock, Visitor
from .parts import Program, problem, wrong_fields


def test_a_log_in_begins_a_session_that_the_next_request_shows(program: Program) -> None:
    answer = program.log_in(BOTH)
    assert answer.status_code == 201
    assert {**answer.json, "token": ""} == {"token": "", "must_change_pin": False, "language": "en",
                                            "idle_seconds": 900, "longest_seconds": 43_200}
    assert len(answer.json["token"]) * 6 >= 128
    assert program.get("/session").json["must_change_pin"] is False


def test_an_ssn_and_spaces_are_as_good_as_on_the_page(program: Program) -> None:
    assert program.log_in(f" {SSN[:3]}-{SSN[3:5]} {SSN[5:]} ", f" {PIN} ").status_code == 201


def test_only_the_hash_of_the_token_is_kept(program: Program, engine: Engine) -> None:
    token = program.log_in(BOTH).json["token"]
    with engine.connect() as conn:
        row = conn.execute(select(sessions)).one()
    assert token not in str(row) and row.way == "app"


@contextmanager
def statements(engine: Engine) -> Iterator[list[str]]:
    heard: list[str] = []
    event.listen(engine, "before_cursor_execute", note := lambda _c, _cu, statement, *_: heard.append(statement))
    yield heard
    event.remove(engine, "before_cursor_execute", note)


def test_unknown_wrong_and_locked_are_one_answer_after_the_same_work(program: Program, auth: AuthService,
                                                                     engine: Engine) -> None:
    auth.locked.add(PAYEE)
    seen = set()
    for identifier, pin in (("1999999999", PIN), (BOTH, "739284"), (PAYEE, PIN), ("899999999", PIN)):
        with statements(engine) as done:
            answer = program.log_in(identifier, pin)
        assert problem(answer) == (401, "not-accepted") and answer.headers["WWW-Authenticate"] == "Bearer"
        seen.add((answer.data, str(sorted(answer.headers)), tuple(done)))
    assert len(seen) == 1


def test_tries_of_apps_and_pages_are_counted_together(program: Program, visitor: Visitor, auth: AuthService) -> None:
    for number in range(30):
        if number % 2:
            assert visitor.log_in("1999999999").status_code == 422
        else:
            assert problem(program.log_in("1999999999")) == (401, "not-accepted")
    refused = program.log_in(BOTH)
    assert problem(refused) == (429, "too-many") and int(refused.headers["Retry-After"]) > 0
    assert visitor.log_in(BOTH).status_code == 429
    assert len(auth.asked) == 30


def test_letters_too(program: Program, visitor: Visitor) -> None:
    for _ in range(5):
        assert visitor.post("/request-a-pin", identifier=BOTH).status_code == 200
        assert program.ask("POST", "/pin/requests", {"identifier": BOTH}).status_code == 202
    assert problem(program.ask("POST", "/pin/requests", {"identifier": BOTH})) == (429, "too-many")


def test_a_letter_is_promised_to_nobody_and_everybody(program: Program) -> None:
    answers = {program.ask("POST", "/pin/requests", {"identifier": one}).data for one in (BOTH, "1999999999", SSN)}
    assert len(answers) == 1 and b"If we can mail you a PIN" in answers.pop()


def test_what_is_wrong_is_named(program: Program, auth: AuthService) -> None:
    bodies: list[tuple[dict[str, object], set[str]]] = [
        ({}, {"identifier", "pin"}), ({"identifier": "12", "pin": ""}, {"identifier", "pin"}),
        ({"identifier": 1000000001, "pin": PIN}, {"identifier"}),
        ({"identifier": None, "pin": None}, {"identifier", "pin"}),
        ({"identifier": BOTH, "pin": PIN, "remember": True}, {"remember"}),
        ({"identifier": BOTH, "pin": "1" * 65}, {"pin"}),
        ({"identifier": "１２３４５６７８９", "pin": PIN}, {"identifier"})]
    for body, fields in bodies:
        assert set(wrong_fields(program.ask("POST", "/session", body))) == fields
    assert not auth.asked


def test_from_the_letter_to_a_pin_of_ones_own(program: Program, auth: AuthService) -> None:
    first = program.log_in(NEW, TEMPORARY).json
    assert first["must_change_pin"] is True
    assert problem(program.get("/payments/made")) == (403, "must-change-pin")
    weak = program.ask("PUT", "/pin/first", {"new_pin": "123456"})
    assert wrong_fields(weak) == {"new_pin": "Do not use digits in order, like 123456"}
    changed = program.ask("PUT", "/pin/first", {"new_pin": CHOSEN})
    assert changed.status_code == 200 and changed.json["text"].startswith("Your new PIN is saved")
    assert auth.pins[NEW] == CHOSEN
    assert problem(program.get("/session")) == (401, "session-expired"), "the token before is over"
    program.token = changed.json["token"]
    assert program.get("/payments/made").status_code == 200
    assert problem(program.ask("PUT", "/pin/first", {"new_pin": CHOSEN})) == (409, "has-own-pin")


def test_a_change_by_choice_ends_every_other_session(program: Program, new_program: Callable[..., Program],
                                                     visitor: Visitor, auth: AuthService) -> None:
    other = new_program()
    for one in (program, other):
        one.log_in(BOTH)
    visitor.log_in(BOTH)
    changed = program.ask("PUT", "/pin", {"current_pin": PIN, "new_pin": CHOSEN})
    assert changed.status_code == 200 and auth.pins[BOTH] == CHOSEN
    assert problem(other.get("/balances")) == (401, "session-expired")
    assert visitor.get("/my-payments").status_code == 401
    program.token = changed.json["token"]
    assert program.get("/balances").status_code == 200


def test_a_wrong_pin_until_now_changes_nothing(program: Program, auth: AuthService) -> None:
    program.log_in(BOTH)
    said = {}
    for state in ("wrong", "locked"):
        if state == "locked":
            auth.locked.add(BOTH)
        current = "739284" if state == "wrong" else PIN
        said[state] = wrong_fields(program.ask("PUT", "/pin", {"current_pin": current, "new_pin": CHOSEN}))
    assert set(said["wrong"]) == {"current_pin"} and said["wrong"] == said["locked"]
    assert auth.pins[BOTH] == PIN and program.get("/session").status_code == 200


def test_new_pins_are_braked_by_participant_as_on_the_page(program: Program, auth: AuthService) -> None:
    program.log_in(NEW, TEMPORARY)
    for _ in range(20):
        assert program.ask("PUT", "/pin/first", {"new_pin": "456789"}).status_code == 422
    program.client.environ_base["REMOTE_ADDR"] = "192.0.2.9"
    assert problem(program.ask("PUT", "/pin/first", {"new_pin": "456789"})) == (429, "too-many")


def test_a_temporary_pin_that_has_run_out_meanwhile(program: Program, auth: AuthService) -> None:
    program.log_in(NEW, TEMPORARY)
    auth.proofs.clear()
    assert problem(program.ask("PUT", "/pin/first", {"new_pin": CHOSEN})) == (401, "session-expired")
    assert problem(program.get("/session")) == (401, "session-expired")


def test_a_change_that_the_view_has_not_seen_yet_says_so(program: Program, auth: AuthService,
                                                         monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gateway.view.waiting.account_seen.__defaults__", (0.1,))
    program.log_in(NEW, TEMPORARY)
    auth.silent = True
    assert "are processing it" in program.ask("PUT", "/pin/first", {"new_pin": CHOSEN}).json["text"]


def test_log_out_ends_the_session(program: Program, engine: Engine) -> None:
    program.log_in(BOTH)
    assert program.ask("DELETE", "/session").status_code == 204
    assert problem(program.get("/session")) == (401, "session-expired")
    with engine.connect() as conn:
        assert not conn.execute(select(sessions)).all()


@pytest.mark.parametrize(("waits", "status"), [((14, 14, 14), 200), ((16,), 401), ((14,) * 52, 401)])
def test_a_session_ends_by_idleness_or_age(program: Program, clock: Clock, waits: tuple[int, ...], status: int) -> None:
    program.log_in(BOTH)
    for minutes in waits:
        clock.passes(minutes=minutes)
        answer = program.get("/payments/made")
    assert answer.status_code == status
    if status == 401:
        assert answer.headers["WWW-Authenticate"] == 'Bearer error="invalid_token"'


def test_a_token_is_no_cookie_and_a_cookie_no_token(program: Program, visitor: Visitor) -> None:
    program.log_in(BOTH)
    visitor.log_in(BOTH)
    cookie = visitor.client.get_cookie("cc_session")
    assert cookie and program.token
    assert problem(visitor.client.get("/api/v1/balances")) == (401, "log-in-first"), "cookies are not looked at"
    taken = Program(program.client, token=cookie.value)
    assert problem(taken.get("/balances")) == (401, "session-expired")
    assert "after 15 minutes without activity" in taken.get("/balances").get_json()["detail"], "as the settings say"
    visitor.client.set_cookie("cc_session", program.token)
    assert visitor.get("/my-payments", follow=False).status_code == 401
    bearer = {"Authorization": f"Bearer {program.token}"}
    assert program.client.get("/my-payments", headers=bearer).location == "/log-in"


def test_odd_tokens_are_only_wrong(program: Program) -> None:
    for said in ("Bearer", "Bearer ", "Basic MTox", "Bearer \x80", "Bearer a b", "bearer " + "x" * 9000,
                 "Digest username=1", "Bearer token=1", "Token abc"):
        assert problem(program.get("/balances", Authorization=said)) == (401, "session-expired"), said


def test_where_nothing_tells_the_language_the_agency_knows_it(new_program: Callable[..., Program]) -> None:
    program = new_program(None)
    assert program.log_in(PAYEE).json["language"] == "es"
    assert program.get("/payments/sent").json["language"] == "es"
    assert program.get("/payments/sent?lang=en").json["language"] == "en"
    assert program.get("/payments/sent", **{"Accept-Language": "en-GB"}).headers["Content-Language"] == "en"
