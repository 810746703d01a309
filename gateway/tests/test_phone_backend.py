"""The phone says what the page shows: the same rows, the same commands."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine

from eventkit.crypto import generate_sealing_pair
from eventkit.rpc_client import RpcClient
from eventkit.secret import Secret
from gateway.agents import find_agent
from gateway.credentials import Auth
from gateway.offices import Offices
from gateway.phone.driver import BackendAway
from gateway.phone.house import Hours
from gateway.phone.told import Owed, Payment
from gateway.phone.zip_codes import counties_of
from gateway.phone_backend import PhoneBackend
from gateway.throttle import Throttle
from servicekit.process import make_engine

from .facts import BEGAN, Facts, share

ANA, ZONE = "1000000001", ZoneInfo("America/Los_Angeles")
NOWHERE = RpcClient("amqp://nobody@127.0.0.1:9/none", timeout=0.2)
THROTTLE = Throttle(Secret("of the server"))
_, PUBLIC = generate_sealing_pair("a1")


@pytest.fixture
def backend(engine: Engine) -> PhoneBackend:
    return PhoneBackend(engine, Auth(NOWHERE, PUBLIC), ZONE, Offices.load(), THROTTLE, counties_of("CA"), lambda: BEGAN)


def test_the_balances_of_all_cases_of_a_role_added_up(backend: PhoneBackend, facts: Facts) -> None:
    for case, payors, payees in (("C1", [ANA], ["2"]), ("C2", [ANA], ["3"]), ("C3", ["4"], [ANA])):
        facts.case(case, payors, payees)
        facts.debt(case, ("principal", "2026-11-01", 10_000), ("principal", "2026-10-01", 500), ("interest", None, 7))
    facts.obligation("C1", 10_000)
    assert backend.balances(ANA) == [Owed("payor", 20_000, 1_000, 14, date(2026, 12, 1), 10_000),
                                     Owed("payee", 10_000, 500, 7)]
    assert backend.balances("1000000009") == []


def test_the_rows_of_the_view_with_the_statuses_that_are_spoken(backend: PhoneBackend, facts: Facts) -> None:
    facts.received("R1", ANA, 10_000, "2026-10-01")
    facts.applied("R1", ANA, "C1", 10_000)
    facts.received("R2", ANA, 20_000, "2026-10-02")
    facts.held("R2", ANA)
    facts.received("R3", ANA, 30_000, "2026-10-03")
    facts.reversed("R3", ANA)
    facts.issued("D1", ANA, "C1", 5_000, "2026-10-05", "check")
    facts.status("D1", ANA, "stop_paid")
    assert backend.payments_made(ANA) == [
        Payment("R3", date(2026, 10, 3), 30_000, "reversed"), Payment("R2", date(2026, 10, 2), 20_000, "held"),
        Payment("R1", date(2026, 10, 1), 10_000, "")]
    assert backend.payments_sent(ANA) == [Payment("D1", date(2026, 10, 5), 5_000, "stopped")]
    assert backend.as_of(ANA) == facts.told[-1].time.astimezone(ZONE).replace(tzinfo=None)
    assert BEGAN.astimezone(ZONE).hour == 10


def test_payments_are_read_out_with_all_services_away_but_nobody_logs_in(backend: PhoneBackend) -> None:
    assert backend.payments_made(ANA) == []
    with pytest.raises(BackendAway):
        backend.log_in(Secret(ANA), Secret("482913"), "phone")


def test_a_database_that_is_away_is_away_and_no_error(engine: Engine) -> None:
    nowhere = make_engine("postgresql+psycopg2://nobody@127.0.0.1:9/none", pool=1)
    with pytest.raises(BackendAway):
        PhoneBackend(nowhere, Auth(NOWHERE, PUBLIC), ZONE, Offices.load(), THROTTLE).payments_made(ANA)


@pytest.mark.parametrize(("at", "found"), [
    (datetime(2026, 11, 3, 15, 0, tzinfo=UTC), "tel:+1"),   # Tuesday, 7:00 there
    (datetime(2026, 11, 3, 14, 59, tzinfo=UTC), None),
    (datetime(2026, 11, 4, 1, 0, tzinfo=UTC), None),        # 17:00 there
    (datetime(2026, 11, 7, 20, 0, tzinfo=UTC), None),       # Saturday
])
def test_agents_work_in_office_hours_where_the_agency_is(at: datetime, found: str | None) -> None:
    assert find_agent("tel:+1", ZONE, Hours(), lambda: at)() == found


def test_a_call_is_heard_no_more_after_a_change_of_the_pin_on_the_web(backend: PhoneBackend, facts: Facts) -> None:
    opened = facts.account(ANA).version
    assert backend.still_open(ANA, opened)
    changed = facts.pin_changed(ANA).version
    assert not backend.still_open(ANA, opened)
    assert backend.still_open(ANA, changed)
    facts.locked(ANA, until=None)
    assert not backend.still_open(ANA, changed)
    assert backend.still_open("1000000009", 1), "the view has not heard of the account yet"


def test_a_line_that_tries_too_often_is_told_to_call_later_and_others_are_not(backend: PhoneBackend) -> None:
    for _ in range(30):
        backend.knock("phone_log_in", "one line")
    with pytest.raises(BackendAway):
        backend.knock("phone_log_in", "one line")
    backend.knock("phone_log_in", "another line")
    for _ in range(31):
        backend.knock("phone_log_in", "")


def test_an_office_is_found_by_zip_code_county_and_its_own_name(backend: PhoneBackend) -> None:
    by_zip = backend.find_office("93101")
    assert by_zip is not None and by_zip.name_en == "Santa Barbara County Child Support Services"
    for said in ("Santa Barbara", "santa bárbara", "Santa Barbara County", "condado de Santa Barbara", by_zip.place):
        assert backend.find_office(said) == by_zip
    assert backend.find_office("32801") is None, "Orange County, Florida, is not ours"
    for nowhere in ("00000", "1", "elephant", ""):
        assert backend.find_office(nowhere) is None


def test_cases_and_dates_and_offices_from_the_rows_of_the_pages(backend: PhoneBackend, facts: Facts) -> None:
    facts.case("C1", [ANA], ["2"])
    facts.obligation("C1", 10_000)
    facts.hearing("H1", "C1", "2026-12-01T17:30:00+00:00", "set")
    (case,) = backend.cases(ANA)
    assert (case.standing, case.is_open, case.monthly) == ("payor", True, 10_000)
    (hearing,) = backend.meetings(ANA)
    assert hearing.at == datetime(2026, 12, 1, 9, 30) and not hearing.is_off
    assert (hearing.court, hearing.department) == ("Stanley Mosk Courthouse", "2F")
    assert backend.cases("1000000009") == [] and backend.meetings("1000000009") == []
    assert backend.offices("1000000009") == []


def test_what_is_held_is_told_as_one_amount_and_never_why(backend: PhoneBackend, facts: Facts) -> None:
    """A payee hears that money waits; a tax refund it was taken from is nobody's business (federal tax information)."""
    facts.case("C1", ["2"], [ANA])
    facts.received("R1", "2", 20_000, source="FEDERAL_TAX")
    facts.distributed("R1", "2", share("C1", 15_000), share("C1", 5_000, to="HELD", hold="may_be_adjusted"))
    facts.received("R2", "2", 1_200)
    facts.distributed("R2", "2", share("C1", 1_200, to="HELD", hold="may_be_adjusted"))
    assert backend.held(ANA) == 6_200
    assert backend.held("2") == 0, "what the other side is told is not the payor's"
    facts.released("R1", "2", "C1", 5_000, "may_be_adjusted", "FAMILY")
    assert backend.held(ANA) == 1_200
