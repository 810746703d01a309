"""What no page may leave out: access rules, form tokens, headers, cookies, and sessions that end."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import Engine, select

from eventkit.secret import Secret
from gateway.own_tables import sessions
from gateway.settings import SETTINGS
from gateway.throttle import Limit, Throttle
from gateway.web.access import Access, NoAccessRule, rules
from gateway.web.headers import HEADERS
from gateway.wiring import make_app
from servicekit.settings import load

from ..facts import Facts
from .conftest import ENVIRONMENT
from .parts import BOTH, CHOSEN, NEW, PAYEE, PIN, TEMPORARY, AuthService, Clock, Visitor

RULES = {
    "assets.asset": Access.MACHINE, "phone.start": Access.MACHINE, "phone.turn": Access.MACHINE,
    "phone.ended": Access.MACHINE, "phone.transfer": Access.MACHINE,
    "home.show": Access.PUBLIC, "help.show": Access.PUBLIC, "help.contact": Access.PUBLIC,
    "help.offices": Access.PUBLIC,
    "policies.privacy": Access.PUBLIC, "policies.accessibility": Access.PUBLIC, "policies.safety": Access.PUBLIC,
    "log_in.form": Access.PUBLIC, "log_in.submit": Access.PUBLIC,
    "request_pin.form": Access.PUBLIC, "request_pin.submit": Access.PUBLIC, "request_pin.done": Access.PUBLIC,
    "change_pin.form": Access.MUST_CHANGE, "change_pin.submit": Access.MUST_CHANGE,
    "my_payments.choose": Access.SESSION, "my_payments.made": Access.SESSION, "my_payments.sent": Access.SESSION,
    "my_payments.received": Access.SESSION, "my_payments.balances": Access.SESSION,
    "statements.listed": Access.SESSION, "statements.one": Access.SESSION, "statements.pdf": Access.SESSION,
    "my_cases.listed": Access.SESSION, "my_cases.one": Access.SESSION,
    "dates.listed": Access.SESSION, "dates.confirm": Access.SESSION,
    "dates.another_time": Access.SESSION, "dates.ask_another_time": Access.SESSION,
    "dates.appointment_file": Access.SESSION, "dates.hearing_file": Access.SESSION,
    "my_profile.show": Access.SESSION, "my_profile.requests": Access.SESSION,
    "my_information.form": Access.SESSION, "my_information.submit": Access.SESSION,
    "other_party.form": Access.SESSION, "other_party.submit": Access.SESSION, "other_party.done": Access.SESSION,
    "overview.show": Access.SESSION,
    **dict.fromkeys([f"payment_files.{kind}_{ending}" for kind in ("made", "sent", "received")
                     for ending in ("csv", "pdf")], Access.SESSION),
    "own_pin.form": Access.SESSION, "own_pin.submit": Access.SESSION, "own_pin.done": Access.SESSION,
    "session.left": Access.PUBLIC, "session.extend": Access.SESSION,
    "session.where": Access.SESSION, "session.end_others": Access.SESSION,
    "api_docs.show": Access.PUBLIC,
    "leaving.log_out": Access.PUBLIC, "leaving.logged_out": Access.PUBLIC, "leaving.leave": Access.PUBLIC,
}
"""Every page and who may open it: a new one is added here on purpose. The API has its own list."""


def pages(app: Flask, rule: Access) -> list[str]:
    return [route.rule for route in app.url_map.iter_rules()
            if RULES.get(route.endpoint) is rule and "GET" in (route.methods or ())]


def test_every_route_has_the_access_rule_it_should_have(app: Flask) -> None:
    assert {name: rule for name, rule in rules(app).items() if rule is not Access.APP} == RULES


def test_what_no_database_could_keep_is_the_name_of_nothing(app: Flask, visitor: Visitor) -> None:
    """Every address that has a name in it, of pages and of the API, with the character that PostgreSQL refuses."""
    visitor.log_in(BOTH)
    named = [rule for rule in app.url_map.iter_rules() if rule.arguments and rule.endpoint != "assets.static"]
    assert len(named) > 10
    for rule in named:
        path = re.sub(r"<[^>]+>", "%00", rule.rule)
        method = next(iter((rule.methods or set()) - {"HEAD", "OPTIONS"}))
        answer = visitor.client.open(path, method=method, data={} if method == "POST" else None)
        assert answer.status_code == 404, path


def test_a_route_without_an_access_rule_keeps_the_portal_from_starting(app: Flask) -> None:
    app.view_functions["forgotten"] = lambda: "open to all"
    with pytest.raises(NoAccessRule, match="forgotten"):
        rules(app)


def test_who_is_not_logged_in_sees_no_page_of_a_customer(app: Flask, visitor: Visitor) -> None:
    for path in pages(app, Access.SESSION) + pages(app, Access.MUST_CHANGE):
        answer = visitor.get(path, follow=False)
        assert (answer.status_code, answer.location) == (303, "/log-in"), path


def test_who_must_change_the_pin_sees_no_payments(app: Flask, visitor: Visitor) -> None:
    visitor.log_in(NEW, TEMPORARY)
    for path in pages(app, Access.SESSION):
        assert visitor.get(path, follow=False).location == "/new-pin", path


def test_headers_are_on_every_answer(app: Flask, visitor: Visitor) -> None:
    visitor.log_in(BOTH)
    paths = [route.rule for route in app.url_map.iter_rules() if "<" not in route.rule]
    for path in [*paths, "/nothing-here", "/static/0/x"]:
        for method in ("GET", "POST"):
            answer = visitor.client.open(path, method=method)
            for name, value in HEADERS.items():
                assert answer.headers[name] == value, (method, path, name)
            assert answer.headers["Cache-Control"] == "no-store", (method, path)
            assert "Strict-Transport-Security" not in answer.headers


@pytest.mark.parametrize("path", [
    "/my-payments//made-by-me", "/log-in/", "/log-in", "/my-payments", "/leave", "/phone//vxml/start"])
def test_no_answer_leads_to_the_host_that_the_request_names(visitor: Visitor, path: str) -> None:
    answer = visitor.client.get("http://localhost" + path, headers={"Host": "elsewhere.example"})
    assert "elsewhere" not in answer.text + str(answer.headers)


def test_nothing_on_a_page_needs_what_the_policy_forbids(app: Flask, visitor: Visitor) -> None:
    visitor.log_in(BOTH)
    for path in [*pages(app, Access.PUBLIC), *pages(app, Access.SESSION)]:
        page = visitor.get(path, follow=False).get_data().decode("utf-8", "replace")
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|https?://(?!www\.weather\.gov)", page), path
        assert not re.search(r"<script(?! src=\"/static/[0-9a-f]{16}/[a-z]+\.js\")|<script[^>]*>[^<]", page), path


def test_what_a_style_sheet_is_made_of_decides_its_address(visitor: Visitor) -> None:
    address = re.search(r'href="(/static/[0-9a-f]{16}/portal\.css)"', visitor.get("/").text)
    assert address
    answer = visitor.get(address.group(1))
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert visitor.get("/static/0123456789abcdef/portal.css").status_code == 404


def test_a_form_without_its_token_does_nothing(visitor: Visitor, auth: AuthService, engine: Engine) -> None:
    for path, fields in {"/log-in": {"identifier": BOTH, "pin": PIN}, "/request-a-pin": {"identifier": BOTH}}.items():
        for token in ("", "x", "x.y", "ä.ö"):
            page = visitor.post(path, token=token, **fields)
            assert page.status_code == 400 and "fill in that form again" in page.text
    assert not auth.asked
    visitor.log_in(BOTH)
    assert visitor.client.post("/log-out").status_code == 400
    with engine.connect() as conn:
        assert len(conn.execute(select(sessions)).all()) == 1


def test_the_token_of_one_visitor_is_no_use_to_another(new_visitor: Callable[..., Visitor], auth: AuthService) -> None:
    token = re.search(r'name="form_token" value="([^"]+)"', new_visitor().get("/log-in").text)
    assert token
    assert new_visitor().post("/log-in", token=token.group(1), identifier=BOTH, pin=PIN).status_code == 400
    assert not auth.asked


def test_the_token_from_before_the_log_in_is_no_use_after_it(visitor: Visitor) -> None:
    token = re.search(r'name="form_token" value="([^"]+)"', visitor.get("/log-in").text)
    assert token
    visitor.log_in(BOTH)
    assert visitor.client.post("/log-out", data={"form_token": token.group(1)}).status_code == 400


def cookies_set(answer: object) -> dict[str, str]:
    found = {}
    for line in answer.headers.getlist("Set-Cookie"):  # type: ignore[attr-defined]
        name, _, rest = line.partition("=")
        found[name] = rest
    return found


def test_cookies_say_as_little_as_they_can(visitor: Visitor) -> None:
    set_here = cookies_set(visitor.get("/log-in")) | cookies_set(visitor.log_in(BOTH, follow=False))
    assert set(set_here) == {"cc_visit", "cc_session"}
    for rest in set_here.values():
        assert "HttpOnly" in rest and "SameSite=Lax" in rest and "Path=/" in rest and "Domain" not in rest
        assert BOTH not in rest


def test_with_https_cookies_are_bound_to_the_host(engine: Engine, auth: AuthService, clock: Clock) -> None:
    app = make_app(load(SETTINGS, ENVIRONMENT), engine, auth, clock)
    answer = app.test_client().get("/log-in?lang=es")
    assert set(cookies_set(answer)) == {"__Host-cc_visit", "__Host-cc_language"}
    assert all("Secure" in rest for rest in cookies_set(answer).values())
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


def test_log_in_begins_a_session_under_a_new_token(visitor: Visitor, engine: Engine) -> None:
    visitor.log_in(NEW, TEMPORARY)
    before = visitor.client.get_cookie("cc_session")
    visitor.post("/new-pin", new_pin=CHOSEN, again=CHOSEN)
    after = visitor.client.get_cookie("cc_session")
    assert before and after and before.value != after.value
    assert len(after.value) * 6 >= 128
    visitor.client.set_cookie("cc_session", before.value)
    assert visitor.get("/my-payments").status_code == 401
    with engine.connect() as conn:
        row = conn.execute(select(sessions)).one()
    assert after.value not in str(row) and row.proof_enc is None


def test_the_proof_of_the_forced_change_rests_sealed(visitor: Visitor, auth: AuthService, engine: Engine) -> None:
    visitor.log_in(NEW, TEMPORARY)
    with engine.connect() as conn:
        assert auth.proofs[NEW] not in str(conn.execute(select(sessions)).all())


@pytest.mark.parametrize(("waits", "status"), [((14, 14, 14), 200), ((16,), 401), ((14,) * 52, 401)])
def test_a_session_ends_by_idleness_or_age(visitor: Visitor, clock: Clock, waits: tuple[int, ...], status: int) -> None:
    visitor.log_in(BOTH)
    for minutes in waits:
        clock.passes(minutes=minutes)
        answer = visitor.get("/my-payments/made-by-me", follow=False)
    assert answer.status_code == status
    if status == 401:
        assert "Your session has ended" in answer.text and "$" not in answer.text
        assert visitor.client.get_cookie("cc_session") is None


def test_a_pin_changed_by_phone_ends_every_session_on_the_web(new_visitor: Callable[..., Visitor],
                                                             auth: AuthService) -> None:
    mine, others = [new_visitor(), new_visitor()], new_visitor()
    for one in mine:
        one.log_in(BOTH)
    others.log_in(PAYEE)
    auth.pin_changed(BOTH)
    assert [one.get("/my-payments").status_code for one in mine] == [401, 401]
    assert others.get("/my-payments").status_code == 200
    assert mine[0].log_in(BOTH).status_code == 200


def test_an_account_that_is_disabled_has_no_session(new_visitor: Callable[..., Visitor], facts: Facts,
                                                    auth: AuthService) -> None:
    """The agency takes an account out of use because somebody else is in it: that somebody is out at once."""
    mine, others = new_visitor(), new_visitor()
    mine.log_in(BOTH)
    others.log_in(PAYEE)
    facts.locked(BOTH, until=None)
    assert mine.get("/my-payments").status_code == 401
    assert others.get("/my-payments").status_code == 200


def test_guesses_of_somebody_else_end_no_session(visitor: Visitor, facts: Facts, auth: AuthService) -> None:
    visitor.log_in(BOTH)
    facts.locked(BOTH, until="2026-11-03T18:30:00+00:00")
    assert visitor.get("/my-payments").status_code == 200


def test_sessions_that_are_over_are_forgotten(new_visitor: Callable[..., Visitor], clock: Clock,
                                              engine: Engine) -> None:
    new_visitor().log_in(BOTH)
    clock.passes(hours=13)
    new_visitor().log_in(PAYEE)
    with engine.connect() as conn:
        assert [row.participant_id for row in conn.execute(select(sessions))] == [PAYEE]


@pytest.mark.parametrize(("path", "fields", "times"), [
    ("/log-in", {"identifier": "1999999999", "pin": "739284"}, 30), ("/request-a-pin", {"identifier": BOTH}, 10)])
def test_one_address_may_not_knock_for_ever(visitor: Visitor, clock: Clock, auth: AuthService, path: str,
                                            fields: dict[str, str], times: int) -> None:
    for _ in range(times):
        assert visitor.post(path, **fields).status_code != 429
    refused = visitor.post(path, **fields)
    assert refused.status_code == 429 and "Too many tries" in refused.text
    assert int(refused.headers["Retry-After"]) > 0
    assert len(auth.asked) == times
    clock.passes(hours=1)
    assert visitor.post(path, **fields).status_code != 429


@pytest.mark.parametrize(("one", "other", "same"), [
    ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),   # one household or one rented server has the whole /64
    ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
    ("::ffff:192.0.2.7", "192.0.2.7", True),             # as a socket for both kinds says it
    ("::ffff:192.0.2.7", "::ffff:192.0.2.8", False), ("192.0.2.7", "192.0.2.8", False), ("", "nonsense", False)])
def test_whoever_has_many_addresses_is_still_one_client(engine: Engine, clock: Clock, one: str, other: str,
                                                        same: bool) -> None:
    throttle = Throttle(Secret("server"), {"log_in": Limit(1, timedelta(minutes=15))})
    with engine.begin() as conn:
        assert throttle.knock(conn, "log_in", one, clock()) == 0
        assert bool(throttle.knock(conn, "log_in", other, clock())) is same


def test_new_pins_are_no_way_to_find_out_a_number_of_its_owner(visitor: Visitor, auth: AuthService) -> None:
    """A PIN is refused for digits of the SSN, and the reason is told: whoever took the letter could try them all."""
    visitor.log_in(NEW, TEMPORARY)
    asked = len(auth.asked)
    for _ in range(20):
        assert visitor.post("/new-pin", new_pin="456789", again="456789").status_code == 422
    for address in ("127.0.0.1", "192.0.2.9"):
        visitor.client.environ_base["REMOTE_ADDR"] = address
        assert visitor.post("/new-pin", new_pin="456789", again="456789").status_code == 429
    assert len(auth.asked) == asked + 20


@pytest.mark.parametrize(("more", "status"), [
    ({}, 404), ({"PHONE_PASSWORD": "a password"}, 401), ({"SECURE_COOKIES": "false"}, 200)])
def test_nobody_passes_the_throttle_by_telephone(engine: Engine, auth: AuthService, clock: Clock,
                                                 more: dict[str, str], status: int) -> None:
    """All callers come from one address, so calls are not counted: the platform must say that it is the platform."""
    client = make_app(load(SETTINGS, {**ENVIRONMENT, **more}), engine, auth, clock).test_client()
    assert client.post("/phone/vxml/start").status_code == status


def test_the_throttle_keeps_no_address(visitor: Visitor, engine: Engine) -> None:
    from gateway.own_tables import throttle

    visitor.log_in(BOTH)
    with engine.connect() as conn:
        assert "127.0.0.1" not in str(conn.execute(select(throttle)).all())


def test_whoever_left_in_haste_is_led_away_until_they_come_anew(visitor: Visitor) -> None:
    back = {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "navigate"}
    visitor.log_in(BOTH)
    away = visitor.client.get("/leave", headers=back)
    assert away.status_code == 303 and away.headers["Clear-Site-Data"] == '"cache"'
    assert {cookie.key for cookie in visitor.client._cookies.values()} == {"cc_left"}
    assert visitor.client.get("/my-payments", headers=back).location == "/leave"
    assert visitor.client.get("/", headers={**back, "Sec-Fetch-Site": "none"}).status_code == 200
    assert visitor.client.get("/log-in", headers=back).status_code == 200


def test_another_site_can_make_nobody_leave(visitor: Visitor) -> None:
    visitor.log_in(BOTH)
    visitor.client.get("/leave", headers={"Sec-Fetch-Site": "cross-site"})
    assert visitor.get("/my-payments").status_code == 200


def test_one_customer_never_sees_another(new_visitor: Callable[..., Visitor], app: Flask) -> None:
    """BOTH pays PAYEE in one case; neither page names the other, nor a receipt of the other's."""
    payor, payee = new_visitor(), new_visitor()
    payor.log_in(BOTH)
    payee.log_in(PAYEE)
    cursor = re.search(r'href="(\?after=[^"]+)"', payor.get("/my-payments/made-by-me").text)
    assert cursor
    statement = "/my-payments/statements/C1/2026-10"
    for path in [*pages(app, Access.SESSION), f"/my-payments/made-by-me{cursor.group(1)}", statement]:
        assert PAYEE not in payor.get(path).get_data().decode("utf-8", "replace")
        theirs = payee.get(path).get_data().decode("utf-8", "replace")
        assert BOTH not in theirs and "Withheld from pay" not in theirs and "R28" not in theirs


def test_a_session_lives_as_long_as_the_settings_say(engine: Engine, auth: AuthService, clock: Clock) -> None:
    settings = load(SETTINGS, {**ENVIRONMENT, "SECURE_COOKIES": "false", "SESSION_IDLE_MINUTES": "5"})
    visitor = Visitor(make_app(settings, engine, auth, clock).test_client())
    visitor.log_in(BOTH)
    clock.now += timedelta(minutes=6)
    assert visitor.get("/my-payments").status_code == 401
