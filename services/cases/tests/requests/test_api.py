"""The agency's API: who may do what, what is asked and answered, and what is said when something is wrong."""

from __future__ import annotations

import json
import re
import secrets
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from cases.agency import tokens
from cases.agency.access import ANYONE, EXTENSION, NoScope, Parts, install
from cases.agency.throttle import knock

V1 = "/agency/v1"
REPORT = {"address": "somewhere in Fresno", "safety_concern": True}
WISH = {"reason": "I work that day", "times": "Fridays"}


@pytest.fixture
def number(wish):
    return wish(WISH).result["confirmation"]


def kept(office):
    return office.rows("SELECT * FROM requests"), office.rows("SELECT stream, version FROM events")


def problem(response):
    assert response.content_type == "application/problem+json"
    assert response.json["status"] == response.status_code
    return response.json["type"].rpartition(":")[2]


def fields(response):
    assert problem(response) == "invalid"
    return {error["field"] for error in response.json["errors"]}


ENDPOINTS = [("GET", "/requests", "read"), ("GET", "/requests/changed", "read"), ("GET", "/requests/{}", "read"),
             ("GET", "/requests/{}/history", "read"), ("GET", "/requests/{}/content", "read"),
             ("POST", "/requests/{}/take", "answer"), ("POST", "/requests/{}/answer", "answer")]


def test_the_matrix_below_has_every_endpoint(app):
    known = {(method, f"{V1}{path.format('<confirmation>')}") for method, path, _ in ENDPOINTS}
    rules = {(method, rule.rule) for rule in app.url_map.iter_rules() for method in rule.methods - {"HEAD", "OPTIONS"}}
    assert rules - known == {("GET", f"{V1}/openapi.json")}


@pytest.mark.parametrize(("method", "path", "scope"), ENDPOINTS)
def test_who_may_do_what(office, call, token, number, method, path, scope):
    path, body = path.format(number), {"json": {"answer": "not_possible"}} if "answer" in path else {}
    other = "answer" if scope == "read" else "read"
    wrong_scope, revoked, right = token("omar", other), token("lucia"), token("vera", scope)
    with office.engine.begin() as conn:
        assert tokens.revoke(conn, "lucia")
    before = kept(office)
    no_token = call(method, path, None, **body)
    assert (no_token.status_code, problem(no_token)) == (401, "no-token")
    assert no_token.headers["WWW-Authenticate"] == "Bearer"
    for bad in (revoked, "cca_" + "A" * 43, f"{right}x", right[:-1], "ß", "x' OR ''='"):
        refused = call(method, path, bad.encode().decode("latin-1"), **body)
        assert (refused.status_code, problem(refused)) == (401, "not-accepted")
    basic = call(method, path, None, headers={"Authorization": "Basic aW5lczpwdw=="}, **body)
    assert basic.status_code == 401
    refused = call(method, path, wrong_scope, **body)
    assert (refused.status_code, problem(refused)) == (403, "missing-scope")
    assert kept(office) == before, "nothing happened, and nobody looked"
    assert call(method, path, right, **body).status_code == 200


@pytest.mark.parametrize(("method", "path", "scope"), ENDPOINTS)
def test_what_opens_the_portal_to_a_customer_opens_nothing_here(office, app, number, method, path, scope):
    """The token of a customer's session, as their browser sends it and as their app does: random, without `cca_`."""
    session, path, before = secrets.token_urlsafe(32), f"{V1}{path.format(number)}", kept(office)
    for cookie in ("cc_session", "__Host-cc_session"):
        client = app.test_client()
        client.set_cookie(cookie, session)
        for token, said in (("", "no-token"), (session, "not-accepted"), (f"cca_{session}", "not-accepted")):
            headers = {"Idempotency-Key": uuid.uuid4().hex} | ({"Authorization": f"Bearer {token}"} if token else {})
            refused = client.open(path, method=method, headers=headers, json={"answer": "not_possible"})
            assert (refused.status_code, problem(refused)) == (401, said)
            assert set(refused.json) <= {"type", "status", "title", "detail"}, "and no more is told"
    assert kept(office) == before


def test_who_has_no_token_does_not_learn_what_is_there(call, number):
    paths = (f"/requests/{number}", "/requests/CC-3333-3333", "/nothing")
    said = {call("GET", path, None).get_data() for path in paths}
    assert len(said) == 1
    assert call("DELETE", "/requests", None).status_code == 401


def test_an_endpoint_that_does_not_say_who_may_use_it_stops_the_application(app):
    app._got_first_request = False
    app.add_url_rule("/agency/v1/forgotten", "forgotten", lambda: "")
    with pytest.raises(NoScope, match="forgotten"):
        install(app)


def test_a_token_is_kept_as_a_hash_only(office, token):
    secret = token("omar", "read")
    assert re.fullmatch(r"cca_[\w-]{43}", secret)
    assert secret not in office.dump() and secret[4:] not in office.dump()


def test_a_name_is_given_once_and_for_good(office, token):
    token("omar", "read")
    with office.engine.begin() as conn:
        tokens.revoke(conn, "omar")
        with pytest.raises(tokens.NameTaken):
            tokens.create(conn, "omar", ["answer"])
        assert not tokens.revoke(conn, "omar") and not tokens.revoke(conn, "nobody")


def test_the_list_is_in_the_order_of_what_is_due_and_says_nothing_of_what_was_reported(office, call, report, wish):
    numbers = [report(REPORT).result["confirmation"], wish(WISH).result["confirmation"]]
    with office.owner.begin() as conn:
        conn.execute(text("UPDATE requests SET due_on = '2026-01-05' WHERE confirmation = :it"), {"it": numbers[1]})
    page = call("GET", "/requests").json
    assert [one["confirmation"] for one in page["requests"]] == numbers[::-1]
    assert page["next_cursor"] is None
    first, second = page["requests"]
    assert (first["overdue"], second["overdue"]) == (True, False)
    assert second["safety_concern"] is True and first["kind"] == "reschedule"
    assert first["possible_answers"] == ["rescheduled", "need_more", "not_possible", "see_message"]
    assert "Fresno" not in json.dumps(page) and "Fridays" not in json.dumps(page)


FILTERS = [
    ("kind=reschedule", 1), ("kind=contact_update", 0), ("status=received", 3), ("status=answered", 0),
    ("open=true", 3), ("overdue=true", 1), ("safety_concern=true", 2), ("participant_id=0123456789", 3),
    ("participant_id=1", 0), ("received_before=2020-01-01", 0), ("received_before=2999-01-01", 3),
    ("kind=reschedule&overdue=true", 0)]


def test_the_list_is_filtered(office, call, report, wish):
    late = report(REPORT).result["confirmation"]
    report(REPORT), wish(WISH)
    with office.owner.begin() as conn:
        conn.execute(text("UPDATE requests SET due_on = '2026-01-05' WHERE confirmation = :it"), {"it": late})
    assert [(query, len(call("GET", f"/requests?{query}").json["requests"])) for query, _ in FILTERS] == FILTERS


def test_pages_follow_each_other_until_all_is_seen_once(call, report):
    made = {report({"other": str(n)}).result["confirmation"] for n in range(7)}
    seen, cursor = [], ""
    while cursor is not None:
        page = call("GET", f"/requests?limit=3{cursor and '&cursor=' + cursor}").json
        seen += [one["confirmation"] for one in page["requests"]]
        cursor = page["next_cursor"]
        assert len(page["requests"]) == 3 or cursor is None
    assert set(seen) == made and len(seen) == 7


NO_QUESTIONS = [
    ("limit=0", "limit"), ("limit=201", "limit"), ("limit=many", "limit"), ("kind=complaint", "kind"),
    ("cursor=xx", "cursor"), ("cursor=%00", "cursor"), ("status=open", "status"),
    ("participant_id=%00", "participant_id"),
    ("received_before=monday", "received_before"), ("overdue=maybe", "overdue"), ("order=desc", "order")]


def test_what_cannot_be_asked_is_said_by_field(call):
    for query, field in NO_QUESTIONS:
        assert fields(call("GET", f"/requests?{query}")) == {field}


def test_the_content_is_given_and_the_look_is_on_record(call, token, number):
    assert call("GET", f"/requests/{number}/content", token("omar", "read")).json == {"said": WISH, "message": None}
    steps = call("GET", f"/requests/{number}/history").json["steps"]
    assert [(step["what"], step["by"]) for step in steps] == [("received", None), ("content_read", "omar")]


def test_a_number_is_known_however_it_is_typed_and_an_unknown_one_is_not_there(call, number):
    typed = number.lower().replace("-", "")
    assert call("GET", f"/requests/{typed}").json["confirmation"] == number
    for unknown in ("CC-3333-3333", "CC-3333-3334", "x", "%00", "a" * 300):
        for path in ("", "/history", "/content"):
            missing = call("GET", f"/requests/{unknown}{path}")
            assert (missing.status_code, problem(missing)) == (404, "unknown-request")
    assert problem(call("POST", "/requests/CC-3333-3333/take")) == "unknown-request"
    assert problem(call("POST", "/requests/CC-3333-3333/answer", json={"answer": "done"})) == "unknown-request"


def test_it_is_taken_up_and_answered_and_the_customer_is_told(office, call, number, ana):
    taken = call("POST", f"/requests/{number}/take").json
    assert (taken["status"], taken["taken_by"]) == ("in_review", "ines")
    told = call("POST", f"/requests/{number}/answer", json={"answer": "rescheduled", "message": "Friday at 9."}).json
    assert (told["status"], told["answer"]) == ("answered", "rescheduled") and told["answered_on"]
    public = office.shown_to_customers("request_changed")[-1]
    assert office.shown.decrypt(public["answer_enc"], f"{ana['participant_id']}|answer") == b"Friday at 9."
    assert call("GET", f"/requests/{number}/content").json["message"] == "Friday at 9."


def test_the_same_key_is_the_same_act_and_another_body_is_refused(office, call, number):
    path, body = f"/requests/{number}/answer", {"answer": "see_message", "message": "Please call us."}
    first, again = (call("POST", path, key="key-00001", json=body) for _ in range(2))
    assert (first.status_code, first.json) == (again.status_code, again.json)
    other = call("POST", path, key="key-00001", json=body | {"message": "Please write."})
    assert (other.status_code, problem(other)) == (409, "key-reused")
    assert len(office.rows("SELECT 1 FROM events WHERE name = 'RequestAnswered'")) == 1


def test_a_key_is_its_callers_own(call, token, wish):
    one, two = (wish(WISH).result["confirmation"] for _ in range(2))
    omar = token("omar")
    assert call("POST", f"/requests/{one}/take", key="key-00001").json["taken_by"] == "ines"
    assert call("POST", f"/requests/{two}/take", omar, key="key-00001").json["taken_by"] == "omar"


def test_what_a_colleague_has_and_what_is_answered_is_said(call, token, number):
    call("POST", f"/requests/{number}/take", token("omar"))
    taken = call("POST", f"/requests/{number}/take")
    assert (taken.status_code, problem(taken)) == (409, "taken-by-another")
    call("POST", f"/requests/{number}/answer", json={"answer": "not_possible"})
    twice = call("POST", f"/requests/{number}/answer", json={"answer": "need_more"})
    assert (twice.status_code, problem(twice)) == (409, "answered-already")


NO_ANSWERS = [
    ({}, "answer"), ({"answer": "perhaps"}, "answer"), ({"answer": None}, "answer"), ({"answer": "done"}, "answer"),
    ({"answer": "see_message"}, "message"), ({"answer": "need_more", "message": "x" * 2001}, "message"),
    ({"answer": "need_more", "message": "a\x00b"}, "message"), ({"answer": "need_more", "message": 7}, "message"),
    ({"answer": "need_more", "status": "x"}, "status"), ([], "json"), ("x", "json")]


def test_what_cannot_be_answered_is_said_by_field_and_never_what_it_was(call, number):
    for body, field in NO_ANSWERS:
        refused = call("POST", f"/requests/{number}/answer", json=body)
        assert fields(refused) == {field}
        assert "xxx" not in refused.text and "perhaps" not in refused.text


def test_a_key_is_needed(call, number):
    for key in ("", "short", "x" * 65, "with space"):
        refused = call("POST", f"/requests/{number}/take", headers={"Idempotency-Key": key})
        assert fields(refused) == {"Idempotency-Key"}


def test_what_is_no_json_is_the_senders_mistake(call, number):
    for said in (b"{", b"\xff", b"[" * 5000, b'{"answer": ' + b"9" * 6000 + b"}"):
        refused = call("POST", f"/requests/{number}/answer", data=said, content_type="application/json")
        assert 400 <= refused.status_code < 500 and problem(refused)


def test_too_much_is_too_much(call, number):
    refused = call("POST", f"/requests/{number}/answer", data=b" " * 70_000, content_type="application/json")
    assert (refused.status_code, problem(refused)) == (413, "too-large")


def test_nothing_is_kept_framed_or_sniffed_whatever_the_answer(call, number):
    for path, secret in (("/requests", None), (f"/requests/{number}", ...), ("/nothing", ...), ("/openapi.json", None)):
        response = call("GET", path, *(() if secret is ... else (secret,)))
        assert response.headers["Cache-Control"] == "no-store"
        assert response.headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert "Set-Cookie" not in response.headers and "Access-Control-Allow-Origin" not in response.headers


def test_who_asks_too_often_waits_and_others_do_not(app, call, token, office):
    desk = app.extensions[EXTENSION].desk
    noon = datetime(2026, 11, 24, 20, tzinfo=UTC)
    desk.app.clock = lambda: noon
    app.extensions[EXTENSION] = Parts(desk, 3)
    assert [call("GET", "/requests").status_code for _ in range(4)] == [200, 200, 200, 429]
    slow = call("GET", "/requests")
    assert problem(slow) == "too-many" and 1 <= int(slow.headers["Retry-After"]) <= 60
    assert call("GET", "/requests", token("omar")).status_code == 200
    assert [call("GET", "/requests", "cca_wrong").status_code for _ in range(4)] == [401, 401, 401, 429]
    assert call("GET", "/openapi.json", None).status_code == 200


def test_counts_of_an_hour_ago_are_forgotten(office):
    noon = datetime(2026, 11, 24, 20, tzinfo=UTC)
    with office.engine.begin() as conn:
        assert [knock(conn, client, 1, noon) for client in ("a", "b", "b")] == [0, 0, 60]
        assert knock(conn, "c", 1, noon + timedelta(hours=2)) == 0
    assert office.rows("SELECT client FROM agency_throttle") == [{"client": "c"}]


def test_a_fault_says_where_to_look_and_nothing_else(app, call, number, monkeypatch):
    desk = app.extensions[EXTENSION].desk

    def fails(*_):
        raise RuntimeError("Fridays")

    monkeypatch.setattr(type(desk), "history", fails)
    broken = call("GET", f"/requests/{number}/history")
    assert (broken.status_code, problem(broken)) == (500, "unexpected")
    assert broken.json["incident"] and "Fridays" not in broken.text


def test_a_database_that_is_away_is_said(office, app, call):
    with office.owner.begin() as conn:
        conn.exec_driver_sql("ALTER TABLE agency_tokens RENAME TO away")
    down = call("GET", "/requests")
    assert (down.status_code, problem(down)) == (503, "down") and down.headers["Retry-After"]


def test_the_document_is_open_and_says_who_may_do_what(app, call):
    document = call("GET", "/openapi.json", None).json
    assert document["openapi"] == "3.1.0"
    assert set(document["paths"]) == {f"{V1}{path.format('{confirmation}')}" for _, path, _ in ENDPOINTS}
    for path in document["paths"].values():
        for operation in path.values():
            if isinstance(operation, dict):
                assert operation["security"] == [{"token": []}] and operation["summary"]
                assert {"401", "403", "429"} <= set(operation["responses"])
    assert app.view_functions["document.openapi"].scope == ANYONE
