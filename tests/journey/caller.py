"""What a customer does on the phone before anything else: dial, and come to a PIN of their own."""

from __future__ import annotations

from letters import pin_in, print_letters
from people import Person
from suite import Suite

from eventkit.rpc_client import RpcClient
from eventkit.secret import Secret
from gateway.credentials import Auth
from gateway.phone.callers.caller import VirtualCaller
from gateway.phone.callers.http import over_http
from gateway.phone.callers.vxml import VxmlPlatform

CALLER_PIN = "730284"


def dial(agency: Suite, number: str = "") -> VirtualCaller:
    return VirtualCaller(VxmlPlatform(over_http(f"http://127.0.0.1:{agency.port}"))).dial(number)


def a_pin_for(agency: Suite, person: Person) -> None:
    """The person has chosen a PIN before, on the web or the phone."""
    if _knows(agency, person):
        return
    print_letters(agency)  # what else waits, such as the notice that another's PIN was changed
    caller = dial(agency).press("9").press("1").press(f"{person.participant_id}#")
    client = RpcClient(agency.amqp_url)
    Auth(client, agency.keys["AUTH_PUBLIC_KEY"]).request_pin(Secret(person.participant_id), "phone")
    client.close()
    [letter] = print_letters(agency)
    caller.press(f"{pin_in(letter)}#").press(f"{CALLER_PIN}#").press(f"{CALLER_PIN}#")


def _knows(agency: Suite, person: Person) -> bool:
    return bool(agency.scalar("auth", "SELECT count(*) FROM events WHERE name = 'PinChanged' AND stream = :s",
                              s=f"account-{person.participant_id}"))
