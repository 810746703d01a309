"""The same payments on the phone, in Spanish, through the documents a platform fetches; and what it leaves behind."""

from __future__ import annotations

import http.client
from urllib.parse import urlencode

import pytest
from caller import CALLER_PIN, a_pin_for, dial
from people import CALLER

from gateway.phone.callers import PLATFORMS
from gateway.phone.callers.caller import VirtualCaller

CALLERS_CASE_NUMBER = "D, uno dos tres cuatro cinco seis"


def test_the_brochures_general_information_in_spanish(agency):
    """Marque 9 para Español · Marque 2 o diga: "No" · Marque 7 para otras opciones o diga: "Ninguno" """
    caller = dial(agency).press("9").say("No")
    assert "para su oficina local" in caller.text.casefold()
    assert "Otras opciones" in caller.say("Ninguno").text
    assert dial(agency).press("9").press("2").press("7").text == caller.text


def test_the_brochures_payments_in_spanish_word_for_word(agency):
    """Marque 1 o diga: "Yes" · Ingrese su Número ... · Ingrese su PIN · En el Menú Principal, diga: "Pagos" """
    a_pin_for(agency, CALLER)
    caller = dial(agency).press("9").say("Yes")
    caller.press(f"{CALLER.participant_id}#").press(f"{CALLER_PIN}#")
    assert caller.text.startswith("Menú principal.")
    caller.say("Pagos")
    assert "mil doscientos treinta y cuatro dólares con cincuenta y seis centavos" in caller.text
    assert "noviembre" in caller.text
    assert all(heard.language.startswith("es") for heard in caller.heard)


def test_the_brochures_number_for_text_telephones(agency):
    """Para clientes con problemas de audición o de habla ... TTY: 1-866-399-4096."""
    a_pin_for(agency, CALLER)
    caller = dial(agency, "1-866-399-4096").press("1").press(f"{CALLER.ssn}#").press(f"{CALLER_PIN}#").press("1")
    assert "NOV 5: $1,234.56." in [heard.text for heard in caller.heard]
    assert caller.heard[-1].text.endswith(" GA")


def test_by_key_in_english(agency):
    a_pin_for(agency, CALLER)
    caller = dial(agency).press("1").press(f"{CALLER.participant_id}#").press(f"{CALLER_PIN}#").press("1")
    assert "one thousand two hundred" in " ".join(heard.text for heard in caller.heard)


@pytest.mark.parametrize("adapter", [name for name in PLATFORMS if name != "fastagi"])
def test_the_last_payment_through_every_platforms_door(agency, adapter):
    """FastAGI has a role of its own, and real calls (tests/telephone)."""
    a_pin_for(agency, CALLER)
    caller = VirtualCaller(PLATFORMS[adapter](agency.address, None)).dial().press("9").press("1")
    caller.press(f"{CALLER.participant_id}#").press(f"{CALLER_PIN}#").press("1")
    assert "mil doscientos treinta y cuatro dólares con cincuenta y seis centavos" in caller.text
    caller.hang_up()


def test_case_balance_dates_and_office_in_spanish(agency):
    a_pin_for(agency, CALLER)
    caller = dial(agency).press("9").press("1").press(f"{CALLER.participant_id}#").press(f"{CALLER_PIN}#")
    case = f"Caso número {CALLERS_CASE_NUMBER}: usted recibe manutención en él, y está abierto."
    assert case in caller.press("3").text
    assert "Esto es lo que sabemos hasta" in caller.text
    assert "Menú principal" in caller.press("8").press("4").text
    assert "Todavía no sabemos cuál es su oficina local." in caller.press("6").text, "no file has told it"
    assert "casos en que usted recibe manutención" in caller.press("2").text


def test_an_office_by_zip_code_for_who_is_neither_parent_nor_guardian(agency):
    caller = dial(agency).press("2").press("1").press("90012#")
    assert caller.text.startswith("Los Angeles County Child Support Services. The telephone number is")


def test_wrong_pins_by_phone_sound_like_an_unknown_number(agency):
    said = []
    for identifier in (CALLER.participant_id, "1999999999"):
        caller = dial(agency).press("1").press(f"{identifier}#").press("905173#")
        said.append(caller.text)
    assert said[0] == said[1]
    a_pin_for(agency, CALLER)
    dial(agency).press("1").press(f"{CALLER.participant_id}#").press(f"{CALLER_PIN}#")  # the count begins anew


@pytest.mark.parametrize("path", ["/phone/vxml/no-such-call/1", "/phone/vxml/no-such-call/999999999999",
                                  "/phone/nothing/start", "/phone/vxml/start", "/phone/transfers/none",
                                  "/phone/twiml/none/1", "/phone/jambonz/none/1", "/phone/turns/none/1",
                                  "/phone/turns/ended"])
@pytest.mark.parametrize("method", ["GET", "POST", "PUT"])
def test_requests_that_fail_are_answered_without_what_was_in_them(agency, path, method):
    """And leave nothing of it in a log, at debug level too (test_zz_canaries)."""
    fields = urlencode({"event": "answer", "answer": CALLER.ssn, "pin": CALLER_PIN, "Digits": CALLER_PIN})
    for query, body in ((f"?{fields}", ""), ("", fields), ("", fields * 200)):
        connection = http.client.HTTPConnection("127.0.0.1", agency.port, timeout=10)
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        connection.request(method, path + query, body=body, headers=form)
        answer = connection.getresponse()
        told = answer.read().decode()
        connection.close()
        assert answer.status < 500
        assert CALLER.ssn not in told and CALLER_PIN not in told


def test_five_wrong_pins_lock_the_account_and_sound_like_a_number_that_is_nobodys(agency):
    """The third ends the call; two more in another one; then the right one is refused in the same words."""
    a_pin_for(agency, CALLER)
    for wrong in (("905173", "905174", "905175"), ("905176", "905177")):
        caller = dial(agency).press("1")
        for pin in wrong:
            caller.press(f"{CALLER.participant_id}#").press(f"{pin}#")
    refused = [dial(agency).press("1").press(f"{who}#").press(f"{CALLER_PIN}#").text
               for who in (CALLER.participant_id, "1999999999")]
    assert refused[0] == refused[1] and "were not accepted" in refused[0]
    agency.run("auth", "accounts", "unlock", CALLER.participant_id, "--operator", "journey", "--reason", "a test")
    let_in = dial(agency).press("1").press(f"{CALLER.participant_id}#").press(f"{CALLER_PIN}#")
    assert let_in.text.startswith("Main menu.")
