"""The letter to an old address: what kind of thing was changed and when, what to do, and never what was changed to."""

from __future__ import annotations

import io
from datetime import date

import pypdf
import pytest

from eventkit.crypto import Keyring, generate_key
from notifications.letters.contact_letter import ContactLetter, render
from notifications.letters.sender import SENDER_SETTINGS, sender_of
from notifications.letters.setting import NotPrintable
from notifications.personal import rotate
from notifications.printing.press import Press
from servicekit.settings import load

SENDER = sender_of(load(SENDER_SETTINGS, {}))
TO = ("María José Pérez-Güemes", "1234 E Camino Real", "Apt 12", "Cañón City, CA 90012-1234")
ANA, BEN = "1000000001", "1000000002"
NEW = ("77 Canary Row", "canary@example.org")


def a_letter(language: str, changed: tuple[str, ...] = ("email", "address")) -> ContactLetter:
    return ContactLetter("n-1", language, TO, changed, date(2026, 11, 23), date(2026, 11, 24))


def words_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages).split())


@pytest.mark.parametrize(("language", "expected"), [
    ("en", ["A change to how we reach you", "On November 23, 2026,", "Mailing address", "Email address",
            "If you did not make this change", "You do not need to do anything."]),
    ("es", ["Un cambio en sus datos de contacto", "El 23 de noviembre de 2026", "Domicilio de correo postal",
            "Correo electrónico", "Si usted no hizo este cambio", "No necesita hacer nada."]),
])
def test_it_tells_in_the_readers_language_what_was_changed_when_and_what_to_do(language, expected):
    found = words_of(render(a_letter(language), SENDER))
    for said in [*expected, *TO, "1-866-901-3212", "1-866-399-4096", "www.childsup-connect.ca.gov"]:
        assert said in found


@pytest.mark.parametrize(("language", "one", "other"), [
    ("en", "Cell phone number", "Mailing address"), ("es", "Teléfono celular", "Domicilio de correo postal")])
def test_it_names_only_what_was_changed(language, one, other):
    found = words_of(render(a_letter(language, ("phone_mobile",)), SENDER))
    assert one in found and other not in found


def test_a_kind_that_came_later_is_told_in_general():
    assert "Information on how we reach you" in words_of(render(a_letter("en", ("fax",)), SENDER))


@pytest.mark.parametrize("language", ["en", "es"])
def test_it_is_one_tagged_sheet_in_its_language_and_always_the_same_file(language):
    pdf = render(a_letter(language), SENDER)
    found = pypdf.PdfReader(io.BytesIO(pdf))
    assert len(found.pages) == 1 and found.trailer["/Root"]["/Lang"].startswith(language)
    assert "pdfuaid:part" in found.trailer["/Root"]["/Metadata"].get_data().decode()
    assert pdf == render(a_letter(language), SENDER)


def test_a_language_we_have_not_is_refused():
    with pytest.raises(NotPrintable):
        render(a_letter("fr"), SENDER)


def letters_of(service) -> list[str]:
    return [words_of(path.read_bytes()) for batch in service.batches() for path in sorted(batch.glob("*.pdf"))]


def test_it_goes_to_the_old_address_in_the_next_batch_and_a_pin_letter_to_the_new_one(service):
    service.register(ANA, street="5 Former Lane")
    service.change_contact(ANA)
    service.issue_pin("l-1", ANA)
    [made] = service.print()
    assert made.letters == 2
    [notice], [pin] = ([text for text in letters_of(service) if ("5 Former Lane" in text) is old]
                       for old in (True, False))
    assert "Un cambio en sus datos de contacto" in notice and "77 Canary Row" in pin
    printed = service.published("letter_printed")
    assert sorted(data["template"] for data in printed) == ["contact_changed", "pin_letter"]
    assert service.rows("SELECT * FROM spool") == []


def test_it_says_nothing_that_is_new_and_nothing_of_the_case(service, caplog, capfd):
    service.change_contact(ANA, changed=("address", "email", "phone_mobile"))
    service.print()
    [text] = letters_of(service)
    said = caplog.text + "".join(capfd.readouterr())
    for canary in (*NEW, "former@example.org", ANA, "CC-7K3M-9QPX"):
        assert canary not in text and canary not in said
    assert "Canary" not in said and "5 Former Lane" not in said
    [batch] = service.batches()
    assert "Lane" not in (batch / "manifest.json").read_text()


def test_where_no_mail_arrived_before_no_letter_goes(service):
    service.change_contact(ANA, valid=False)
    service.change_contact(BEN, street=None)
    assert service.print() == [] and service.rows("SELECT * FROM spool") == []


def test_an_event_that_is_heard_again_makes_no_second_letter(service):
    data = service.contact_changed(ANA)
    event = service.envelope("cases.contact_changed.v1", data, ANA)
    for _ in range(2):
        tell_again(service, event)
    service.print()
    tell_again(service, event)
    assert service.print() == []
    assert len(service.printed()) == 1


def tell_again(service, event) -> None:
    from eventkit.store import Metadata
    from notifications.subscriptions import tell_old_contact

    with service.app.transaction(Metadata("cases", "event", event.id, event.id)) as unit:
        tell_old_contact(unit, event, by_email=True)


def test_it_needs_no_print_key_and_waits_for_nobody(service):
    keys = service.living_keys()  # and nothing is known of Ana
    service.tell("cases.contact_changed.v1", service.contact_changed(ANA), ANA)
    [made] = service.print()
    assert (made.letters, made.rejected, made.postponed) == (1, 0, 0)
    assert service.living_keys() == keys


def test_a_pin_letter_that_waits_is_sealed_again_beside_it(service):
    service.issue_pin("l-1", BEN)
    service.change_contact(ANA)
    [made] = service.print()
    assert (made.letters, made.postponed) == (1, 1)
    assert service.living_keys() == [service.current_key()[0]]
    service.register(BEN)
    service.print()
    assert "l-1" in service.printed()


@pytest.mark.parametrize("step", ["planned", "opened", "written", "shown", "recording", "recorded"])
def test_a_press_that_dies_makes_neither_two_of_it_nor_none(service, step):
    class Crash(Exception):
        pass

    def reached(at: str) -> None:
        if at == step:
            raise Crash

    service.change_contact(ANA)
    press: Press = service.press(reached)
    with pytest.raises(Crash):
        press.run(service.folder)
    seen = letters_of(service)
    service.print()
    assert len(letters_of(service)) == len(service.printed()) == 1
    assert not seen or seen == letters_of(service)


def test_an_old_address_that_was_tampered_with_is_refused_and_named_to_nobody(service):
    service.tell("cases.contact_changed.v1",
                 service.contact_changed(ANA) | {"old_address_enc": service.person(BEN)["address_enc"]}, ANA)
    service.print()
    assert list(service.rejected().values()) == ["not_printable"]


def test_the_old_address_is_put_under_a_new_key_as_long_as_it_waits(service):
    service.change_contact(ANA)
    new = generate_key("k2")
    assert rotate(service.engine, Keyring.parse(f"{new},{service.keys}")) > 0
    service.press(keyring=Keyring.parse(new)).run(service.folder)
    assert "5 Former Lane" in letters_of(service)[0]
