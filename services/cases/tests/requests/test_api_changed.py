"""What changed after a position, page by page: whoever goes on where they ended misses nothing."""

from __future__ import annotations

import json

import pytest

from cases.agency import tokens

WISH = {"reason": "I work that day", "times": "Fridays"}


@pytest.fixture
def reported(report):
    """Makes so many reports, in this order."""
    return lambda count: [report({"other": str(n)}).result["confirmation"] for n in range(count)]


@pytest.fixture
def page(call):
    def ask(since, **query):
        answer = call("GET", "/requests/changed", query_string={"since": since} | query)
        assert answer.status_code == 200, answer.text
        return answer.json

    return ask


@pytest.fixture
def to_the_end(page):
    """All that is told from a position on, and where the next one goes on; `between` happens after the first page."""

    def follow(since, limit, between=lambda: None):
        told, more = [], True
        while more:
            answer = page(since, limit=limit)
            told, since, more = told + answer["requests"], answer["next"], answer["more"]
            between()
            between = lambda: None  # noqa: E731  once
        return told, since

    return follow


def numbers(records):
    return [record["confirmation"] for record in records]


def looks(office):
    return office.rows("SELECT data ->> 'operator' AS who, metadata ->> 'channel' AS how FROM events "
                       "WHERE name = 'RequestContentRead'")


def test_requests_come_in_the_order_of_their_last_change_as_they_stand_now(call, page, reported, positions):
    first, second, third = reported(3)
    positions()
    call("POST", f"/requests/{first}/take")
    end = positions()
    answer = page(0)
    assert numbers(answer["requests"]) == [second, third, first]
    places = [record["position"] for record in answer["requests"]]
    assert places == sorted(places) and len(set(places)) == 3
    assert (answer["next"], answer["more"]) == (end, False)
    last = answer["requests"][-1]
    assert (last["status"], last["taken_by"]) == ("in_review", "ines")
    assert {name: last[name] for name in last if name != "position"} == call("GET", f"/requests/{first}").json


def test_pages_lead_to_the_end_and_there_the_next_one_begins(call, page, to_the_end, reported, positions):
    made = reported(7)
    positions()
    told, end = to_the_end(0, limit=3)
    assert numbers(told) == made, "each once"
    assert page(end) == {"requests": [], "next": end, "more": False}
    call("POST", f"/requests/{made[2]}/take")
    positions()
    assert numbers(page(end)["requests"]) == [made[2]]


def test_a_page_that_ends_with_the_last_one_says_that_there_is_no_more(page, reported, positions):
    reported(2)
    positions()
    assert [page(0, limit=limit)["more"] for limit in (1, 2, 3)] == [True, False, False]


@pytest.mark.parametrize("which", range(4))
def test_what_changes_between_two_pages_is_told_in_its_new_state_at_the_latest_at_the_end(
        call, to_the_end, reported, positions, which):
    """Told already, the last one told, the next one and the last of all: wherever it stood."""
    made = reported(4)
    positions()

    def meanwhile():
        call("POST", f"/requests/{made[which]}/take")
        reported(1)
        positions()

    told, _ = to_the_end(0, limit=2, between=meanwhile)
    latest = {record["confirmation"]: record["status"] for record in told}
    assert len(latest) == 5, "none is missed, nor the new one"
    assert latest[made[which]] == "in_review"
    assert all(latest[number] == "received" for number in made if number != made[which])


def test_what_has_no_position_yet_is_told_as_soon_as_it_has_one(page, reported, positions):
    [first] = reported(1)
    end = positions()
    [second] = reported(1)
    assert numbers(page(0)["requests"]) == [first] and page(0)["next"] == end
    positions()
    assert numbers(page(end)["requests"]) == [second]


def test_what_was_reported_is_told_only_on_request_and_each_is_a_look_on_record(office, page, call, token, wish,
                                                                              reported, positions):
    wished, others = wish(WISH).result["confirmation"], reported(2)
    positions()
    plain = page(0)
    assert "Fridays" not in json.dumps(plain) and "content" not in plain["requests"][0] and looks(office) == []
    nightly = token("nightly-export", "read")
    answer = call("GET", "/requests/changed?content=true&limit=2", nightly).json
    assert [record["content"] for record in answer["requests"]] == [WISH, {"other": "0", "safety_concern": False}]
    assert looks(office) == [{"who": "nightly-export", "how": "api"}] * 2, "of what was given, and of no more"
    assert [step["what"] for step in call("GET", f"/requests/{wished}/history").json["steps"]] == [
        "received", "content_read"]
    assert len(call("GET", f"/requests/{others[1]}/history").json["steps"]) == 1
    positions()
    assert page(answer["next"])["next"] == plain["next"], "a look changes nothing, so nothing is told anew"


NO_QUESTIONS = [
    ("since=-1", "since"), ("since=monday", "since"), ("since=1.5", "since"), ("since=", "since"),
    ("since=9999", "since"), ("since=9223372036854775808", "since"),
    ("limit=0", "limit"), ("limit=201", "limit"), ("content=maybe", "content"),
    ("cursor=MjAyNg", "cursor"), ("kind=reschedule", "kind")]


@pytest.mark.parametrize(("query", "field"), NO_QUESTIONS)
def test_what_cannot_be_asked_is_said_by_its_name(office, call, reported, positions, query, field):
    reported(1)
    assert positions() < 9999
    looking = "" if field == "content" else "&content=true"
    refused = call("GET", f"/requests/changed?{query}{looking}")
    assert (refused.status_code, refused.content_type) == (422, "application/problem+json")
    assert [error["field"] for error in refused.json["errors"]] == [field]
    assert looks(office) == [], "and nobody looked"


@pytest.mark.parametrize(("secret", "status", "name"), [
    (None, 401, "no-token"), ("cca_" + "A" * 43, 401, "not-accepted"),
    ("of one who only answers", 403, "missing-scope")])
def test_without_a_token_that_may_read_nothing_is_told_and_nobody_looked(office, call, token, wish, positions,
                                                                         secret, status, name):
    number = wish(WISH).result["confirmation"]
    positions()
    if status == 403:
        secret = token("omar", tokens.ANSWER)
    refused = call("GET", "/requests/changed?content=true", secret)
    assert (refused.status_code, refused.json["type"].rpartition(":")[2]) == (status, name)
    assert number not in refused.text and "next" not in refused.json and looks(office) == []
