"""Where one is logged in, on pages and in apps, and ending it there: one's own alone."""

from __future__ import annotations

from collections.abc import Callable

from ..web.parts import BOTH, PAYEE, Visitor
from .parts import Program, problem


def test_one_sees_where_one_is_logged_in_and_ends_it(new_program: Callable[..., Program],
                                                     new_visitor: Callable[..., Visitor]) -> None:
    here, other, third, stranger, page = *(new_program() for _ in range(4)), new_visitor()
    for one in (other, third, here):
        one.log_in(BOTH)
    stranger.log_in(PAYEE)
    page.log_in(BOTH)
    found = here.get("/sessions").json["sessions"]
    assert [one["here"] for one in found] == [True, False, False, False]
    assert sorted(one["device"]["text"] for one in found) == ["An app"] * 3 + ["Browser on a computer"]
    assert page.get("/my-profile/where-logged-in").text.count("An app") >= 3
    theirs = stranger.get("/sessions").json["sessions"][0]["id"]
    for unknown in (theirs, "nothing", "%00"):
        assert problem(here.ask("DELETE", f"/sessions/{unknown}")) == (404, "not-found")
    assert stranger.get("/session").status_code == 200
    mine = other.get("/sessions").json["sessions"][0]["id"]
    assert here.ask("DELETE", f"/sessions/{mine}").status_code == 204
    assert [one.get("/session").status_code for one in (here, other, third)] == [200, 401, 200]
    assert here.ask("DELETE", "/sessions").status_code == 204
    assert [one.get("/session").status_code for one in (here, third, stranger)] == [200, 401, 200]
    assert page.get("/my-profile").status_code == 401
    assert here.ask("DELETE", f"/sessions/{found[0]['id']}").status_code == 204
    assert here.get("/session").status_code == 401
