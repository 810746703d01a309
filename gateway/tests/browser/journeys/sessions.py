"""A session: where else one is logged in, its end, and what was typed when it ended; a PIN of one's own choice."""

from __future__ import annotations

from ...web.parts import BOTH, CHOSEN, PIN
from .entering import chooses_a_pin
from .task import task
from .visitor import Visitor


@task("my_information.form")
def go_on_after_the_session_ended_with_what_was_typed(visitor: Visitor) -> None:
    visitor.logs_in(BOTH)
    visitor.comes_to("/my-profile/update/address")
    visitor.fills("update.line1", "450 Main Street")
    visitor.fills("update.city", "Oxnard")
    visitor.agency.clock.passes(minutes=16)
    visitor.presses("update.button")
    visitor.is_at("error.session_expired.title")
    visitor.sees("error.kept")
    visitor.follows("log_in.button")
    visitor.enters(BOTH, PIN)
    visitor.is_at("update.heading.address")
    visitor.has_typed("update.line1", "450 Main Street")
    visitor.has_typed("update.city", "Oxnard")
    assert not visitor.agency.desk.done


@task("overview.show")
def learn_that_the_pin_was_changed_elsewhere(visitor: Visitor) -> None:
    visitor.logs_in(BOTH)
    visitor.agency.auth.pin_changed(BOTH)
    visitor.goes_to("my_cases.title")
    visitor.is_at("error.session_expired.title")
    visitor.follows("log_in.button")
    visitor.enters(BOTH, PIN)
    visitor.sees("overview.pin.heading")
    visitor.sees("overview.pin.not_you")


@task("own_pin.form", "own_pin.done")
def change_the_pin(visitor: Visitor) -> None:
    visitor.logs_in(BOTH)
    visitor.goes_to("my_profile.title")
    visitor.follows("own_pin.title")
    visitor.is_at("own_pin.title")
    chooses_a_pin(visitor, CHOSEN, CHOSEN)
    visitor.must_mend("own_pin.current.missing")
    visitor.fills("own_pin.current.label", "739284")
    chooses_a_pin(visitor, CHOSEN, CHOSEN)
    visitor.must_mend("own_pin.current.wrong")
    visitor.fills("own_pin.current.label", PIN)
    chooses_a_pin(visitor, CHOSEN, CHOSEN)
    visitor.is_at("own_pin.done.title")
    visitor.sees("change_pin.done")
    visitor.logs_out()
    visitor.logs_in(BOTH, CHOSEN)


@task("session.where")
def end_a_session_somewhere_else(visitor: Visitor) -> None:
    visitor.logs_in(BOTH)
    forgets_the_session(visitor)
    visitor.logs_in(BOTH)
    visitor.follows_at_the_foot("where.title")
    visitor.is_at("where.title")
    visitor.sees("where.here")
    visitor.presses("where.end")
    visitor.sees("where.ended")
    visitor.sees("where.only")


@task("session.where")
def end_all_other_sessions(visitor: Visitor) -> None:
    for _ in range(2):
        visitor.logs_in(BOTH)
        forgets_the_session(visitor)
    visitor.logs_in(BOTH)
    visitor.follows_at_the_foot("where.title")
    visitor.presses("where.end_all")
    visitor.sees("where.only")
    visitor.goes_to("my_cases.title")
    visitor.is_at("my_cases.title")


def forgets_the_session(visitor: Visitor) -> None:
    """As if it were in another browser."""
    visitor.page.context.clear_cookies(name="cc_session")
