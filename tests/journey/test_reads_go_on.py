"""With all four services and the broker stopped, My Payments still answers for who is logged in."""

from __future__ import annotations

import re
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar

import pytest
from conftest import take_in
from letters import pin_in, print_letters
from people import PAYOR
from suite import SERVICES, Suite

from eventkit.rpc_client import RpcClient
from eventkit.secret import Secret
from gateway.credentials import Auth
from gateway.phone.callers.caller import VirtualCaller
from gateway.phone.callers.http import over_http
from gateway.phone.callers.vxml import VxmlPlatform


class Customer:
    """A browser without a browser: cookies, forms, and nothing else."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._open = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar())).open

    def get(self, path: str) -> str:
        with self._open(self._address + path, timeout=10) as answer:
            return str(answer.read().decode())

    def post(self, path: str, **fields: str) -> str:
        form = self.get(path)
        hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))
        data = urllib.parse.urlencode({**hidden, **fields}).encode()
        with self._open(self._address + path, data=data, timeout=10) as answer:
            return str(answer.read().decode())


def _dial(suite: Suite) -> VirtualCaller:
    return VirtualCaller(VxmlPlatform(over_http(suite.address))).dial()


@pytest.fixture
def suite(postgres, rabbitmq, tmp_path):
    suite = Suite(postgres, rabbitmq, tmp_path, "away")
    suite.migrate()
    try:
        suite.start()
        take_in(suite, tmp_path)
        yield suite
    finally:
        suite.stop()


def test_a_logged_in_customer_still_sees_and_hears_the_payments(suite, rabbitmq):
    client = RpcClient(suite.amqp_url)
    Auth(client, suite.keys["AUTH_PUBLIC_KEY"]).request_pin(Secret(PAYOR.participant_id), "web")
    client.close()
    [letter] = print_letters(suite)
    customer = Customer(suite.address)
    customer.post("/log-in", identifier=PAYOR.participant_id, pin=pin_in(letter))
    customer.post("/new-pin", new_pin="483916", again="483916")
    assert "$1,234.56" in customer.get("/my-payments/made-by-me")
    caller = _dial(suite).press("1").press(f"{PAYOR.participant_id}#").press("483916#")

    suite.stop([name for name in suite.processes if name.split(".")[0] in SERVICES])
    rabbitmq.stop()
    try:
        assert "$1,234.56" in customer.get("/my-payments/made-by-me")
        assert "one thousand two hundred thirty-four dollars" in caller.press("1").text
        stranger = Customer(suite.address)
        with pytest.raises(urllib.error.HTTPError) as said:
            stranger.post("/log-in", identifier=PAYOR.participant_id, pin="483916")
        assert said.value.code == 503, "logging in needs auth, and the page says so"
        late = _dial(suite).press("1").press(f"{PAYOR.participant_id}#").press("483916#")
        assert late.heard[0].text == "One moment, please.", "the caller does not wait in silence"
        assert "we cannot reach that information right now" in late.text and not late.connected
    finally:
        rabbitmq.start()
