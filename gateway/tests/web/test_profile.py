"""My Profile: what is on file, each part changed by itself, and what became of what one has sent."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from sqlalchemy import Engine, select

from eventkit.decider import Rejected
from gateway.own_tables import submissions
from gateway.submissions import KEPT, forget_old_submissions

from .cases_service import CasesService
from .parts import BOTH, NOBODY, PAYEE, PAYOR, Clock, Visitor, filled_in, main_of, words_of

UPDATE = "/my-profile/update"
HOME = {"line1": "450 Main Street", "line2": "", "city": "Oxnard", "state": "ca", "zip": "93030"}


def test_what_is_on_file_is_shown_masked_and_the_page_says_why(visitor: Visitor) -> None:
    visitor.log_in(BOTH)
    words = words_of(visitor.get("/my-profile"))
    assert "For your safety we show only part of it" in words
    assert "Cell phone: •••-•••-0142 Home phone: Nothing on file" in words
    assert "E-mail notices: yes" in words and "Last changed on October 1, 2026" in words


def test_nothing_is_known_yet_of_a_new_customer_and_the_forms_work(visitor: Visitor, desk: CasesService) -> None:
    visitor.log_in(NOBODY)
    assert "Mailing address Nothing on file" in words_of(visitor.get("/my-profile"))
    visitor.post(f"{UPDATE}/address", **HOME)
    assert desk.done


def test_an_address_that_mail_came_back_from_is_asked_for(visitor: Visitor) -> None:
    visitor.log_in(PAYOR)
    assert "Mail to your address came back to us" in visitor.get("/my-profile").text


def test_a_new_address_is_typed_whole_and_told_once(visitor: Visitor, desk: CasesService) -> None:
    visitor.log_in(BOTH)
    page = visitor.post(f"{UPDATE}/address", **HOME)
    assert page.request.path == "/my-profile"
    assert "Your information is saved. Your confirmation number: CC-7K3M-9QP1" in words_of(page)
    assert desk.done == [("update_contact", {"address": {**HOME, "state": "CA"}})]
    assert "450 Main" not in page.text, "also not to who has just typed it"


@pytest.mark.parametrize("section", ["address", "phones", "email", "employer"])
def test_no_form_is_filled_with_what_is_on_file(visitor: Visitor, section: str) -> None:
    visitor.log_in(BOTH)
    page = visitor.get(f"{UPDATE}/{section}").text
    assert filled_in(page) == [] and " checked" not in page


@pytest.mark.parametrize(("section", "fields", "changes"), [
    ("phones", {"phone_mobile": "(805) 555-0142"}, {"phone_mobile": "805-555-0142"}),
    ("phones", {"phone_home": "1 805 555 0100", "remove_phone_mobile": "yes"},
     {"phone_home": "805-555-0100", "phone_mobile": None}),
    ("email", {"email": " ana@mail.example "}, {"email": "ana@mail.example"}),
    ("email", {"remove_email": "yes"}, {"email": None}),
    ("employer", {"employer_name": "Acme", "employer_city": "Oxnard"},
     {"employer": {"name": "Acme", "phone": "", "city": "Oxnard"}}),
    ("employer", {"remove_employer": "yes"}, {"employer": None}),
])
def test_only_what_was_filled_in_is_changed(visitor: Visitor, desk: CasesService, section: str,
                                            fields: dict[str, str], changes: dict[str, object]) -> None:
    visitor.log_in(BOTH)
    visitor.post(f"{UPDATE}/{section}", **fields)
    assert desk.done == [("update_contact", changes)]


@pytest.mark.parametrize(("section", "fields", "first", "said"), [
    ("address", {**HOME, "line1": ""}, "line1", "Enter your street address"),
    ("address", {**HOME, "city": "x" * 101}, "city", "Make this shorter"),
    ("address", {**HOME, "state": "ZZ", "zip": "1"}, "state", "Enter the two letters of a state"),
    ("phones", {"phone_home": "555-0142"}, "phone_home", "Enter a phone number of 10 digits"),
    ("phones", {"phone_mobile": "805 555 0142", "remove_phone_mobile": "yes"}, "phone_mobile", "Choose one"),
    ("email", {"email": "ana at mail"}, "email", "Enter an e-mail address"),
    ("email", {"email": "a@b.example, c@d.example"}, "email", "Enter an e-mail address"),
    ("employer", {"employer_city": "Oxnard"}, "employer_name", "Enter the name of your employer"),
    ("preferences", {"language": "fr", "email_notices": "yes"}, "language", "Choose a language"),
])
def test_what_is_wrong_is_named_gets_the_focus_and_what_was_typed_is_kept(
        visitor: Visitor, desk: CasesService, section: str, fields: dict[str, str], first: str, said: str) -> None:
    visitor.log_in(BOTH)
    page = visitor.post(f"{UPDATE}/{section}", **fields)
    assert page.status_code == 422 and said in page.text and "<title>Error:" in page.text
    assert f'<a href="#{first}">' in page.text
    assert re.search(rf'<input[^>]*(id="{first}"|name="{first}")[^>]* autofocus', page.text)
    assert main_of(page).count(" autofocus") == 1
    for name, value in fields.items():
        if value and not name.startswith("remove") and section != "preferences":
            assert f'value="{value}"' in page.text
    assert not desk.asked


@pytest.mark.parametrize("section", ["phones", "email"])
def test_a_form_with_nothing_in_it_changes_nothing(visitor: Visitor, desk: CasesService, section: str) -> None:
    visitor.log_in(BOTH)
    page = visitor.post(f"{UPDATE}/{section}")
    assert page.status_code == 422 and "Enter what you want to change" in page.text and not desk.asked
    assert 'id="errors" tabindex="-1" autofocus>' in page.text, "the focus is where it says so"


def test_preferences_begin_where_they_stand(visitor: Visitor, desk: CasesService) -> None:
    visitor.log_in(BOTH)
    page = visitor.get(f"{UPDATE}/preferences").text
    chosen = re.findall(r'name="(\w+)" value="(\w+)"[^>]* checked', page)
    assert chosen == [("language", "en"), ("email_notices", "yes")]
    page = visitor.post(f"{UPDATE}/preferences", language="es", email_notices="no").text
    assert "Your information is saved" in page and "in Spanish" in page and "E-mail notices: no" in page
    assert desk.done == [("set_preferences", {"participant_id": BOTH, "language": "es", "email_notices": False})]


@pytest.mark.parametrize(("refusal", "said"), [
    (Rejected("nothing_changed"), "That is what we already have on file"),
    (Rejected("invalid", field="zip", why="unknown"), '<a href="#zip">We could not accept this'),
    (Rejected("invalid", field="address.city", why="x"), '<a href="#city">We could not accept this'),
    (Rejected("unknown_participant"), "We could not accept this"),
])
def test_what_the_service_refuses_is_told_at_its_field(visitor: Visitor, desk: CasesService, refusal: Rejected,
                                                       said: str) -> None:
    desk.refuse = refusal
    visitor.log_in(BOTH)
    page = visitor.post(f"{UPDATE}/address", **HOME)
    assert page.status_code == 422 and said in page.text and 'value="450 Main Street"' in page.text


def test_a_form_sent_twice_acts_once(visitor: Visitor, desk: CasesService) -> None:
    visitor.log_in(BOTH)
    token = re.findall(r'name="form_token" value="([^"]+)"', visitor.get(f"{UPDATE}/email").text)[-1]
    pages = [visitor.client.post(f"{UPDATE}/email", data={"form_token": token, "email": "ana@mail.example"},
                                 follow_redirects=True) for _ in range(2)]
    assert all("CC-7K3M-9QP1" in page.text for page in pages)
    assert len(desk.done) == 1 and len(desk.asked) == 1
    visitor.client.post(f"{UPDATE}/email", data={"form_token": token, "email": "other@mail.example"})
    assert len(desk.done) == 2, "edited after going back, it is another wish"


def test_a_form_sent_again_after_no_answer_is_the_same_command(visitor: Visitor, desk: CasesService) -> None:
    """It may have been carried out; what is sealed differs each time, so it must be sent as it was."""
    visitor.log_in(BOTH)
    desk.lost = 2
    page = visitor.post(f"{UPDATE}/email", email="ana@mail.example")
    assert page.status_code == 503 and "What you typed is still here" in page.text
    token = re.findall(r'name="form_token" value="([^"]+)"', main_of(page))[-1]
    again = visitor.client.post(f"{UPDATE}/email", data={"form_token": token, "email": "ana@mail.example"},
                                follow_redirects=True)
    assert "CC-7K3M-9QP1" in again.text
    assert len(desk.done) == 1 and len({command_id for _, command_id in desk.asked}) == 1


def test_the_form_of_one_session_is_no_command_of_another(new_visitor: Callable[..., Visitor],
                                                          desk: CasesService) -> None:
    one, other = new_visitor(), new_visitor()
    one.log_in(BOTH)
    other.log_in(PAYEE)
    token = re.findall(r'name="form_token" value="([^"]+)"', one.get(f"{UPDATE}/email").text)[-1]
    answer = other.client.post(f"{UPDATE}/email", data={"form_token": token, "email": "ana@mail.example"})
    assert answer.status_code == 400 and not desk.asked


def test_what_was_done_is_told_to_who_did_it_and_to_nobody_else(new_visitor: Callable[..., Visitor],
                                                               desk: CasesService) -> None:
    one, other = new_visitor(), new_visitor()
    one.log_in(BOTH)
    other.log_in(PAYOR)
    page = one.post(f"{UPDATE}/email", email="ana@mail.example")
    place = f"{page.request.path}?{page.request.query_string.decode()}"
    assert "CC-7K3M-9QP1" in one.get(place).text
    assert "CC-7K3M" not in other.get(place).text


def test_a_change_the_view_has_not_seen_in_time_is_received(visitor: Visitor, desk: CasesService) -> None:
    desk.silent = True
    visitor.log_in(BOTH)
    words = words_of(visitor.post(f"{UPDATE}/email", email="ana@mail.example"))
    assert "We received your change and are processing it. Your confirmation number: CC-7K3M-9QP1" in words


def test_what_was_typed_rests_nowhere_in_clear(visitor: Visitor, desk: CasesService, engine: Engine) -> None:
    visitor.log_in(BOTH)
    visitor.post(f"{UPDATE}/address", **HOME)
    with engine.connect() as conn:
        rows = conn.execute(select(submissions)).all()
    assert len(rows) == 1 and "450 Main" not in str(rows) and "Oxnard" not in str(rows)


def test_forms_that_were_sent_are_forgotten_after_a_day(visitor: Visitor, desk: CasesService, engine: Engine,
                                                        clock: Clock) -> None:
    visitor.log_in(BOTH)
    visitor.post(f"{UPDATE}/email", email="ana@mail.example")
    for later, left in ((KEPT / 2, 1), (KEPT * 2, 0)):
        with engine.begin() as conn:
            forget_old_submissions(conn, clock() + later)
            assert len(conn.execute(select(submissions)).all()) == left


def test_the_agency_is_not_flooded(visitor: Visitor, desk: CasesService) -> None:
    visitor.log_in(BOTH)
    for number in range(20):
        assert visitor.post(f"{UPDATE}/email", follow=False, email=f"a{number}@mail.example").status_code == 303
    page = visitor.post(f"{UPDATE}/email", email="a20@mail.example")
    assert page.status_code == 429 and len(desk.done) == 20


def test_requests_with_their_answers(visitor: Visitor) -> None:
    visitor.log_in(BOTH)
    words = words_of(visitor.get("/my-profile/requests"))
    assert ("Change of your information Answered Confirmation number CC-AAAA-2222 Received November 2, 2026, "
            ) in words.replace("\u202f", " ")
    assert f"Our answer We need more information. Please call us. CANARYanswer{BOTH} November 3, 2026" in words
    assert "Another time for an appointment Received Confirmation number CC-AAAA-3333" in words


@pytest.mark.parametrize("path", ["/my-profile/update/ssn", "/my-profile/update/", "/my-profile/other-party/done/x"])
def test_what_is_not_there_is_not_found(visitor: Visitor, path: str) -> None:
    visitor.log_in(BOTH)
    assert visitor.get(path).status_code == 404
