"""The end of a session: when it comes, how to put it off, what is kept of a form, and who else is logged in."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask
from lxml import html
from sqlalchemy import Engine, select

import gateway.web.app
from gateway.own_tables import drafts, sessions
from gateway.wiring import make_app
from servicekit.settings import Settings

from . import diary
from .parts import BOTH, CHOSEN, NEW, PAYEE, PIN, TEMPORARY, AuthService, Clock, Visitor, words_of

TEXT = "My street has changed, and so has my name."


@pytest.fixture
def app(engine: Engine, auth: AuthService, settings: Settings, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Flask:
    monkeypatch.setattr(gateway.web.app, "PAGES", (*gateway.web.app.PAGES, diary.pages))
    return make_app(settings, engine, auth, clock)


def token_of(visitor: Visitor, path: str) -> str:
    found = re.search(r'name="form_token" value="([^"]+)"', visitor.get(path).text)
    assert found
    return found.group(1)


def seconds(visitor: Visitor) -> int:
    return int(visitor.get("/session").get_json()["seconds"])


def test_a_page_says_when_the_session_ends(visitor: Visitor, clock: Clock) -> None:
    visitor.log_in(BOTH)
    assert "we log you out at 10:35 AM PST" in words_of(visitor.get("/my-payments"))
    clock.passes(hours=11, minutes=50)
    visitor.log_in(BOTH)
    assert "session-warning" not in visitor.log_out().text


def test_to_ask_how_long_it_lives_is_not_to_be_there(visitor: Visitor, clock: Clock) -> None:
    visitor.log_in(BOTH)
    clock.passes(minutes=10)
    assert seconds(visitor) == 300
    clock.passes(minutes=4)
    assert seconds(visitor) == 60
    clock.passes(minutes=2)
    assert seconds(visitor) == 0
    assert visitor.client.get_cookie("cc_session"), "what opens a draft is still there"
    assert visitor.get("/my-payments").status_code == 401


def test_one_press_extends_it(visitor: Visitor, clock: Clock) -> None:
    visitor.log_in(BOTH)
    token = token_of(visitor, "/my-payments")
    clock.passes(minutes=14)
    answer = visitor.client.post("/session", data={"form_token": token}).get_json()
    assert answer["seconds"] == 900 and "10:49\u202fAM PST" in answer["words"]
    clock.passes(minutes=14)
    assert visitor.get("/my-payments").status_code == 200
    assert visitor.client.post("/session").status_code == 400, "not from another site"


def test_what_was_typed_when_the_session_ended_is_there_after_the_log_in(visitor: Visitor, clock: Clock,
                                                                         engine: Engine) -> None:
    visitor.log_in(BOTH)
    token = token_of(visitor, "/diary")
    clock.passes(minutes=16)
    over = visitor.client.post("/diary", data={"form_token": token, "text": TEXT, "secret": PIN})
    assert over.status_code == 401 and "We kept what you typed" in over.text
    with engine.connect() as conn:
        stored = str(conn.execute(select(drafts)).mappings().all())
    assert TEXT not in stored and PIN not in stored
    again = visitor.log_in(BOTH)
    assert again.request.path == "/diary" and TEXT in again.text and PIN not in again.text
    assert visitor.post("/diary", text=TEXT, secret=PIN).request.url.endswith("?wrote=42")
    assert TEXT not in visitor.get("/diary").text, "it was sent in"


def test_a_draft_opens_only_for_its_writer_in_that_browser(visitor: Visitor, new_visitor: Callable[..., Visitor],
                                                           clock: Clock) -> None:
    visitor.log_in(BOTH)
    token = token_of(visitor, "/diary")
    clock.passes(minutes=16)
    visitor.client.post("/diary", data={"form_token": token, "text": TEXT})
    elsewhere = new_visitor()
    elsewhere.log_in(BOTH)
    assert TEXT not in elsewhere.get("/diary").text
    assert visitor.log_in(PAYEE).request.path != "/diary"
    assert TEXT not in visitor.get("/diary").text
    visitor.log_out()
    clock.passes(hours=25)
    assert visitor.log_in(BOTH).request.path != "/diary"


@pytest.mark.parametrize("why", ["log out", "quick exit", "PIN changed", "no token"])
def test_nothing_is_kept_for_who_has_left_or_is_out(visitor: Visitor, auth: AuthService, clock: Clock, engine: Engine,
                                                    why: str) -> None:
    visitor.log_in(BOTH)
    token = token_of(visitor, "/diary")
    session = visitor.client.get_cookie("cc_session")
    assert session
    if why == "log out":
        visitor.log_out()
    elif why == "quick exit":
        visitor.get("/leave", follow=False)
    elif why == "PIN changed":
        auth.pin_changed(BOTH)
    clock.passes(minutes=16)
    visitor.client.set_cookie("cc_session", session.value)
    over = visitor.client.post("/diary", data={"form_token": "x.y" if why == "no token" else token, "text": TEXT})
    assert over.status_code == 401 and "We kept" not in over.text
    with engine.connect() as conn:
        assert conn.execute(select(drafts)).all() == []


def test_what_the_script_sends_in_to_be_kept_is_not_taken_for_sent(visitor: Visitor) -> None:
    """The session may have been extended in another tab at that very moment."""
    visitor.log_in(BOTH)
    page = visitor.post("/diary", text=TEXT, only_keep="yes")
    assert page.request.url.endswith("/diary") and TEXT in page.text


def test_a_log_out_forgets_drafts(visitor: Visitor, engine: Engine) -> None:
    visitor.log_in(BOTH)
    visitor.post("/diary", text=TEXT, only_keep="yes")
    visitor.log_out()
    with engine.connect() as conn:
        assert conn.execute(select(drafts)).all() == []


PHONE = "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36"


def test_one_sees_where_one_is_logged_in_and_ends_it(new_visitor: Callable[..., Visitor], engine: Engine,
                                                     clock: Clock) -> None:
    here, phone, stranger = new_visitor(), new_visitor(), new_visitor()
    here.log_in(BOTH)
    phone.client.environ_base.update(HTTP_USER_AGENT=PHONE, REMOTE_ADDR="192.0.2.77")
    phone.log_in(BOTH)
    stranger.log_in(PAYEE)
    clock.passes(minutes=5)
    page = here.get("/my-profile/where-logged-in")
    words = words_of(page)
    assert "Browser on a computer You are here" in words and "Browser on a phone" in words
    with engine.connect() as conn:
        kept = str(conn.execute(select(sessions)).mappings().all())
    for hidden in ("Pixel", "192.0.2.77", "Android", "Chrome"):
        assert hidden not in page.text + kept
    (theirs,) = re.findall(r'name="session" value="([^"]+)"', page.text)
    assert "The other session has ended" in here.post("/my-profile/where-logged-in", session=theirs).text
    assert phone.get("/my-payments").status_code == 401
    assert here.get("/my-payments").status_code == 200
    assert stranger.get("/my-payments").status_code == 200


def test_all_others_end_with_one_press_and_nobody_elses(new_visitor: Callable[..., Visitor], engine: Engine) -> None:
    mine = [new_visitor() for _ in range(3)]
    stranger = new_visitor()
    for one in mine:
        one.log_in(BOTH)
    stranger.log_in(PAYEE)
    with engine.connect() as conn:
        theirs = conn.execute(select(sessions.c.id).where(sessions.c.participant_id == PAYEE)).scalar_one()
    mine[0].post("/my-profile/where-logged-in", session=theirs)
    assert stranger.get("/my-payments").status_code == 200
    mine[0].post("/my-profile/where-logged-in")
    assert [one.get("/my-payments").status_code for one in (*mine, stranger)] == [200, 401, 401, 200]


def test_one_changes_the_pin_oneself(new_visitor: Callable[..., Visitor], auth: AuthService) -> None:
    here, elsewhere = new_visitor(), new_visitor()
    for one in (here, elsewhere):
        one.log_in(BOTH)
    page = here.post("/my-profile/change-pin", current_pin=PIN, new_pin=CHOSEN, again=CHOSEN)
    assert page.request.path == "/my-profile/change-pin/done" and "Your new PIN is saved" in page.text
    assert auth.pins[BOTH] == CHOSEN
    assert here.get("/my-payments").status_code == 200
    assert elsewhere.get("/my-payments").status_code == 401


def test_a_password_manager_learns_whose_new_pin_it_is(new_visitor: Callable[..., Visitor]) -> None:
    """Without a name beside it, it would keep the new PIN as another account's, and go on offering the old one."""
    own, forced = new_visitor(), new_visitor()
    own.log_in(BOTH)
    for page, number in ((own.get("/my-profile/change-pin"), BOTH), (forced.log_in(NEW, TEMPORARY), NEW)):
        fields = html.fromstring(page.text).xpath("//form[.//input[@name='again']]//input[@autocomplete]")
        told = [(one.get("autocomplete"), one.get("value")) for one in fields]
        assert told[0] == ("username", number) and told[-2:] == [("new-password", None)] * 2


@pytest.mark.parametrize(("current", "new", "again", "said"), [
    ("", "", "", "There are 2 problems"),
    ("739284", CHOSEN, CHOSEN, "That is not your PIN now"),
    (PIN, CHOSEN, "640276", "The two PINs are not the same"),
    (PIN, "123456", "123456", "Do not use digits in order"),
])
def test_a_change_that_cannot_be(visitor: Visitor, auth: AuthService, current: str, new: str, again: str,
                                 said: str) -> None:
    visitor.log_in(BOTH)
    page = visitor.post("/my-profile/change-pin", current_pin=current, new_pin=new, again=again)
    assert page.status_code == 422 and said in page.text
    assert auth.pins[BOTH] == PIN
    assert PIN not in page.text and CHOSEN not in page.text


def test_the_pin_of_somebody_who_left_the_computer_cannot_be_tried_for_ever(visitor: Visitor) -> None:
    visitor.log_in(BOTH)
    tries = [visitor.post("/my-profile/change-pin", current_pin="739284", new_pin=CHOSEN, again=CHOSEN).status_code
             for _ in range(21)]
    assert tries == [422] * 20 + [429]
