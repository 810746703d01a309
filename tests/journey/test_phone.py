"""The same payments on the phone, in Spanish, through the VoiceXML documents a platform would fetch."""

from __future__ import annotations

from caller import CALLER_PIN, a_pin_for, dial
from people import CALLER


def test_the_payments_sent_to_me_in_spanish_by_word(agency):
    a_pin_for(agency, CALLER)
    caller = dial(agency).press("9").say("sí")
    caller.press(f"{CALLER.participant_id}#").press(f"{CALLER_PIN}#").say("Pagos")
    said = " ".join(heard.text for heard in caller.heard)
    assert "mil doscientos treinta y cuatro dólares con cincuenta y seis centavos" in said
    assert "noviembre" in said
    assert all(heard.language.startswith("es") for heard in caller.heard)


def test_by_key_in_english(agency):
    a_pin_for(agency, CALLER)
    caller = dial(agency).press("1").press(f"{CALLER.participant_id}#").press(f"{CALLER_PIN}#").press("1")
    assert "one thousand two hundred" in " ".join(heard.text for heard in caller.heard)
