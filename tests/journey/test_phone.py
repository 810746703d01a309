"""The same payments on the phone, in Spanish, through the VoiceXML documents a platform would fetch."""

from __future__ import annotations

from letters import pin_in, print_letters
from people import CALLER, Person

from eventkit.rpc_client import RpcClient
from eventkit.secret import Secret
from gateway.credentials import Auth
from gateway.phone.virtual_caller import VirtualCaller, over_http

CALLER_PIN = "730284"


def a_pin_for(agency, person: Person) -> None:
    """The person has chosen a PIN before, on the web or the phone."""
    if _knows(agency, person):
        return
    caller = _dial(agency).press("9").press("1").press(f"{person.participant_id}#")
    client = RpcClient(agency.amqp_url)
    Auth(client, agency.keys["AUTH_PUBLIC_KEY"]).request_pin(Secret(person.participant_id), "phone")
    client.close()
    [letter] = print_letters(agency)
    caller.press(f"{pin_in(letter)}#").press(f"{CALLER_PIN}#").press(f"{CALLER_PIN}#")


def test_the_payments_sent_to_me_in_spanish_by_word(agency):
    a_pin_for(agency, CALLER)
    caller = _dial(agency).press("9").say("sí")
    caller.press(f"{CALLER.participant_id}#").press(f"{CALLER_PIN}#").say("Pagos")
    said = " ".join(heard.text for heard in caller.heard)
    assert "mil doscientos treinta y cuatro dólares con cincuenta y seis centavos" in said
    assert "noviembre" in said
    assert all(heard.language.startswith("es") for heard in caller.heard)


def test_by_key_in_english(agency):
    a_pin_for(agency, CALLER)
    caller = _dial(agency).press("1").press(f"{CALLER.participant_id}#").press(f"{CALLER_PIN}#").press("1")
    assert "one thousand two hundred" in " ".join(heard.text for heard in caller.heard)


def _dial(agency) -> VirtualCaller:
    return VirtualCaller(over_http("127.0.0.1", agency.port)).dial()


def _knows(agency, person: Person) -> bool:
    return bool(agency.scalar("auth", "SELECT count(*) FROM events WHERE name = 'PinChanged' AND stream = :s",
                              s=f"account-{person.participant_id}"))
