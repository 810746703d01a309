"""My cases, court dates and appointments: what is said, in whose words, and what can be done about it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from icalendar import Calendar
from sqlalchemy import Engine
from werkzeug.test import TestResponse

from eventkit.crypto import generate_key
from eventkit.decider import Rejected
from gateway.settings import SETTINGS
from gateway.wiring import make_app
from servicekit.settings import Settings, load

from ..facts import Facts
from .cases_service import CasesService, Services
from .conftest import ENVIRONMENT
from .parts import BOTH, NOBODY, PAYEE, PAYOR, AuthService, Clock, Visitor, words_of


def test_a_case_says_where_it_stands_in_plain_words(visitor: Visitor) -> None:
    visitor.log_in(BOTH)
    words = words_of(visitor.get("/my-cases/C1"))
    assert "Case information: FL-22-0001 You pay support in this case." in words
    assert "Open We are working on this case. Collecting support. There is a court order." in words
    assert "Children M. R., born in 2015 J. R." in words
    assert "child support $500.00 medical support $75.00" in words
    assert "Changed order Filed on May 15, 2024" in words and words.index("Changed order") < words.index("Temporary")
    assert "Ventura County Child Support Services 1-805-555-0156" in words
    assert "Next date: Friday, November 20, 2026, 10:00" in words


def test_what_stays_in_the_history_of_a_browser_names_no_case(visitor: Visitor) -> None:
    visitor.log_in(BOTH)
    for path in ("/my-cases/C1", "/dates", "/dates/appointments/A1/another-time", "/my-profile/other-party"):
        title = visitor.get(path).text.split("<title>")[1].split("</title>")[0]
        assert "FL-22" not in title and "C1" not in title


def test_assistance_is_on_the_page_of_the_payee_only(new_visitor: Callable[..., Visitor]) -> None:
    payor, payee = new_visitor(), new_visitor()
    payor.log_in(BOTH)
    payee.log_in(PAYEE)
    assert "cash assistance" in words_of(payee.get("/my-cases/C1?lang=en"))
    assert "assistance" not in words_of(payor.get("/my-cases/C1")).lower()


def test_where_a_party_is_protected_no_office_is_named(visitor: Visitor) -> None:
    visitor.log_in(BOTH)
    words = words_of(visitor.get("/my-cases/C2"))
    assert "Call our toll-free number" in words and "County" not in words


def test_a_closed_case_says_so_and_no_step(visitor: Visitor) -> None:
    visitor.log_in(PAYOR)
    words = words_of(visitor.get("/my-cases/C3"))
    assert "Closed on August 31, 2026" in words and "Collecting support" not in words


@pytest.mark.parametrize(("language", "told", "not_told"), [
    ("en", "named as a possible parent", "You pay support"),
    ("es", "se le nombra como posible padre o madre", "Usted paga manutención")])
def test_who_may_be_a_parent_is_not_said_to_pay(new_visitor: Callable[..., Visitor], lived: Facts, language: str,
                                                told: str, not_told: str) -> None:
    lived.details("C1", function="parentage")
    visitor, payee = new_visitor(language), new_visitor("en")
    visitor.log_in(BOTH)
    for path in ("/my-cases", "/my-cases/C1", "/overview", "/my-profile/other-party"):
        words = words_of(visitor.get(path))
        assert told in words and not_told not in words, path
    payee.log_in(PAYEE)
    assert "You receive support in this case." in words_of(payee.get("/my-cases/C1?lang=en"))


def test_the_list_of_cases(new_visitor: Callable[..., Visitor]) -> None:
    visitor = new_visitor("es")
    visitor.log_in(BOTH)
    words = words_of(visitor.get("/my-cases"))
    assert "Caso FL-22-0001 Usted paga manutención en este caso. Estado Abierto" in words
    assert "Caso C2 Usted recibe manutención en este caso." in words
    visitor.log_out()
    visitor.log_in(NOBODY)
    assert "Todavía no hay ningún caso aquí" in visitor.get("/my-cases").text


def test_dates_to_come_and_past_ones_with_weekday_and_local_time(visitor: Visitor) -> None:
    visitor.log_in(BOTH)
    words = words_of(visitor.get("/dates")).replace("\u202f", " ")
    coming, past = words.split("Past ")
    assert "All times are Pacific Time." in coming
    assert ("Friday, November 20, 2026 10:00 AM, about 45 minutes Interview at our office Scheduled "
            "Case FL-22-0001") in coming
    assert coming.index("November 20") < coming.index("November 25") < coming.index("December 3")
    assert "What to bring A photo ID, such as a driver's license or passport Your latest pay stubs" in coming
    assert "Cancelled Case FL-22-0001 The court cancelled this hearing. Do not go." in coming
    assert "Thursday, September 10, 2026 Court hearing about payments Took place" in past
    assert "Monday, June 1, 2026 Family meeting Missed" in past


def test_winter_and_summer_time_are_told_apart(visitor: Visitor, lived: Facts) -> None:
    lived.hearing("H9", "C1", "2027-07-01T16:30:00+00:00")
    visitor.log_in(BOTH)
    words = words_of(visitor.get("/dates")).replace("\u202f", " ")
    assert "Thursday, December 3, 2026 9:30 AM" in words and "Thursday, July 1, 2027 9:30 AM" in words


def test_an_appointment_by_video_has_its_link(visitor: Visitor) -> None:
    visitor.log_in(PAYEE)
    page = visitor.get("/dates?lang=en").text
    assert f'<a href="https://video.example/CANARYlink{PAYEE}" rel="noopener noreferrer">Open the video call<' in page


def test_a_link_that_is_none_is_only_text(visitor: Visitor, lived: Facts) -> None:
    lived.appointment("A9", BOTH, place=None, link="javascript:alert(1)")
    visitor.log_in(BOTH)
    assert 'href="javascript' not in visitor.get("/dates").text


def token_of(page: str, action: str) -> str:
    found = re.search(rf'action="{action}"[^>]*>\s*<input type="hidden" name="form_token" value="([^"]+)"', page)
    assert found
    return found.group(1)


def test_confirming_an_appointment(visitor: Visitor, desk: CasesService) -> None:
    visitor.log_in(BOTH)
    action = "/dates/appointments/A1/confirm"
    token = token_of(visitor.get("/dates").text, action)
    page = visitor.client.post(action, data={"form_token": token}, follow_redirects=True)
    assert "You confirmed your appointment" in page.text and "Confirmed by you" in page.text
    assert action not in page.text, "there is nothing left to confirm"
    visitor.client.post(action, data={"form_token": token}, follow_redirects=True)
    assert [name for name, _ in desk.done] == ["confirm_appointment"]


def test_what_the_view_has_not_heard_in_time_is_being_processed(visitor: Visitor, desk: CasesService) -> None:
    desk.silent = True
    visitor.log_in(BOTH)
    action = "/dates/appointments/A1/confirm"
    page = visitor.client.post(action, data={"form_token": token_of(visitor.get("/dates").text, action)},
                               follow_redirects=True)
    assert "We received your answer and are processing it" in page.text


def test_asking_for_another_time(visitor: Visitor, desk: CasesService) -> None:
    visitor.log_in(BOTH)
    path = "/dates/appointments/A1/another-time"
    page = visitor.post(path, times="", reason="I work that day")
    assert page.status_code == 422 and "Write at least one day" in page.text and "I work that day" in page.text
    assert re.search(r'<textarea [^>]*id="times"[^>]* aria-invalid="true" autofocus', page.text)
    page = visitor.post(path, times="Mondays after 3", reason="I work that day")
    assert page.request.path == "/dates" and "CC-7K3M-9QP1" in page.text
    assert "You asked for another time" in page.text and "this time still counts" in page.text
    assert desk.done == [("request_reschedule", {"reason": "I work that day", "times": "Mondays after 3"})]
    assert "Mondays" not in visitor.get("/my-profile/requests").text
    assert visitor.get(path).request.path == "/dates", "once is enough"


@pytest.mark.parametrize(("code", "status"), [("not_open", 200), ("unknown_appointment", 404)])
def test_an_appointment_that_changed_meanwhile(visitor: Visitor, desk: CasesService, code: str, status: int) -> None:
    desk.refuse = Rejected(code)
    visitor.log_in(BOTH)
    page = visitor.post("/dates/appointments/A1/another-time", times="Mondays")
    assert page.status_code == status
    assert ("This is how it is now" in page.text) is (status == 200)


def test_with_the_service_away_what_was_typed_is_still_there(visitor: Visitor, desk: CasesService) -> None:
    visitor.log_in(BOTH)
    desk.away = True
    path = "/dates/appointments/A1/another-time"
    page = visitor.post(path, times="Mondays after 3")
    assert page.status_code == 503 and page.headers["Retry-After"]
    assert "What you typed is still here" in page.text and "Mondays after 3" in page.text
    action = "/dates/appointments/A1/confirm"
    away = visitor.client.post(action, data={"form_token": token_of(visitor.get("/dates").text, action)})
    assert away.status_code == 503 and "try again in a few minutes" in away.text


def event_of(answer: TestResponse) -> Any:
    """The one event of a calendar file."""
    (event,) = Calendar.from_ical(answer.data).walk("VEVENT")
    return event


@pytest.mark.parametrize(("path", "status"), [
    ("/dates/appointments/A1/calendar.ics", "CONFIRMED"), ("/dates/hearings/H1/calendar.ics", "CONFIRMED"),
    ("/dates/hearings/H2/calendar.ics", "CANCELLED")])
def test_the_calendar_file_says_when_and_nothing_else(visitor: Visitor, path: str, status: str) -> None:
    visitor.log_in(BOTH)
    answer = visitor.get(path)
    assert answer.content_type == "text/calendar; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="date.ics"'
    event = event_of(answer)
    assert (event["summary"], event["status"]) == ("Appointment", status)
    assert not {"location", "description", "organizer", "attendee", "url"} & {name.lower() for name in event}
    for telling in ("FL-22", "C1", "H1", "A1", "H2", "court", "CANARY", "support", BOTH, "onnect"):
        assert telling not in answer.text, telling


def test_the_calendar_file_of_a_hearing_has_its_time_and_a_reminder(visitor: Visitor) -> None:
    visitor.log_in(BOTH)
    event = event_of(visitor.get("/dates/hearings/H1/calendar.ics?lang=es"))
    assert event["dtstart"].dt == datetime(2026, 12, 3, 17, 30, tzinfo=UTC)
    assert event["dtend"].dt == datetime(2026, 12, 3, 18, 0, tzinfo=UTC)
    assert event["summary"] == "Cita" and len(event.walk("VALARM")) == 1


def test_a_new_time_replaces_the_entry_of_before(visitor: Visitor, lived: Facts) -> None:
    visitor.log_in(BOTH)
    path = "/dates/hearings/H1/calendar.ics"
    before = event_of(visitor.get(path))
    lived.hearing("H1", "C1", "2026-12-10T17:30:00+00:00", "reset")
    after = event_of(visitor.get(path))
    assert after["uid"] == before["uid"] and after["sequence"] > before["sequence"]


def test_an_agency_has_its_own_offices(engine: Engine, auth: AuthService, desk: CasesService, clock: Clock,
                                       tmp_path_factory: pytest.TempPathFactory) -> None:
    place = tmp_path_factory.mktemp("offices") / "offices.toml"
    place.write_text('["06111"]\nen = "Office of Elsewhere"\nes = "Oficina de Otra Parte"\nphone = "1-303-555-0199"\n')
    settings = load_settings(OFFICES_FILE=str(place))
    visitor = Visitor(make_app(settings, engine, Services(auth, desk), clock).test_client(), "es")
    visitor.log_in(BOTH)
    assert "Oficina de Otra Parte 1-303-555-0199" in words_of(visitor.get("/my-cases/C1"))


def load_settings(**more: str) -> Settings:
    return load(SETTINGS, {**ENVIRONMENT, "SECURE_COOKIES": "false", **more})


def test_values_under_a_key_we_do_not_have_are_on_file(engine: Engine, auth: AuthService, desk: CasesService,
                                                      clock: Clock) -> None:
    settings = load_settings(SHOWN_KEYS=generate_key("s9"))
    visitor = Visitor(make_app(settings, engine, Services(auth, desk), clock).test_client())
    visitor.log_in(BOTH)
    assert "Mailing address On file" in words_of(visitor.get("/my-profile"))
    assert "Children On file" in words_of(visitor.get("/my-cases/C1"))
    assert "Where Call us:" in words_of(visitor.get("/dates"))
    assert visitor.get("/my-cases").status_code == visitor.get("/my-profile/requests").status_code == 200
