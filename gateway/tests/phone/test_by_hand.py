"""`make call`: what is typed, or stands in a script, is keyed, said or kept silent; what is heard is printed."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.serving import make_server

from gateway.phone.callers.by_hand import Speaking, call, script
from gateway.phone.callers.caller import CallFailed, VirtualCaller

from .parts import BOTH, HOUSE, PIN

LAST_PAYMENT = f"""#: from the first ring to the last payment, in Spanish
expect: Para español
9
Sí
{BOTH}#
expect: Ingrese su PIN
{PIN}#
Pagos

(mumble)
1
expect: ciento un dólares
(hang up)
"""


def told(caller: VirtualCaller, text: str) -> list[str]:
    heard: list[str] = []
    call(caller, script(text.splitlines()), heard.append, Speaking())
    return heard


def test_a_script_replays_a_call(caller: VirtualCaller) -> None:
    heard = told(caller, LAST_PAYMENT)
    assert heard[0] == "en-US  Thank you for calling Customer Connect."
    assert "es-US  El primero de noviembre: ciento un dólares." in heard
    assert "es-US  Disculpe, no le oí." in heard, "an empty line is silence"
    assert not caller.connected


def test_what_is_expected_and_not_heard_fails_with_what_was_heard(caller: VirtualCaller) -> None:
    with pytest.raises(CallFailed, match=r"expected to hear 'elephants', heard: Thank you for calling"):
        told(caller, "expect: elephants")


def test_a_script_that_goes_on_after_the_call_fails(caller: VirtualCaller) -> None:
    with pytest.raises(CallFailed, match="the call is over"):
        told(caller, "2\n8\n1")


def test_a_call_that_is_transferred_says_where(caller: VirtualCaller, agent: dict[str, str | None]) -> None:
    agent["tel"] = "tel:+15555550100"
    assert told(caller, "0")[-1] == "-> tel:+15555550100"


@pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is not installed")
def test_prompts_are_spoken_where_there_is_a_voice(caller: VirtualCaller, monkeypatch: pytest.MonkeyPatch) -> None:
    """Into a file instead of a loudspeaker, by the program itself."""
    spoken: list[list[str]] = []
    run = subprocess.run

    def to_nowhere(command: list[str], **options: bool) -> subprocess.CompletedProcess[bytes]:
        spoken.append(command)
        return run([*command[:-2], "--stdout", *command[-2:]], capture_output=True, check=True)

    monkeypatch.setattr(subprocess, "run", to_nowhere)
    call(caller, [], lambda _: None, Speaking(is_on=True))
    assert [command[2] for command in spoken] == ["en-us", "es-419", "en-us"]


@pytest.fixture
def served(client: FlaskClient) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, client.application, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


def command(*arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "gateway.phone.callers", *arguments], input=typed, text=True,
                          capture_output=True, timeout=60)


@pytest.mark.parametrize("adapter", ["vxml", "twiml", "jambonz", "turns"])
def test_the_command_calls_through_any_adapter(served: str, adapter: str, tmp_path: Path) -> None:
    place = tmp_path / "call.txt"
    place.write_text(LAST_PAYMENT.replace("Sí\n", "1\n").replace("Pagos\n", "1\n"), encoding="utf-8")
    done = command("--adapter", adapter, "--address", served, "--script", str(place))
    assert (done.returncode, done.stderr) == (0, "")
    assert "ciento un dólares" in done.stdout


def test_the_command_takes_what_is_typed_and_the_number_that_is_dialled(served: str) -> None:
    done = command("--address", served, "--number", HOUSE.tty, typed="2\n4\n")
    assert done.returncode == 0 and "TTY 1-866-399-4096." in done.stdout


@pytest.mark.parametrize(("arguments", "code", "said"), [
    (("--address", "http://127.0.0.1:9"), 2, "nobody answers at http://127.0.0.1:9"),
    (("--adapter", "pigeon"), 2, "there are: fastagi, vxml"),
])
def test_what_went_wrong_is_said_in_words(arguments: tuple[str, ...], code: int, said: str) -> None:
    done = command(*arguments)
    assert done.returncode == code and said in done.stderr and "Traceback" not in done.stderr


def test_a_failed_expectation_ends_with_an_error(served: str, tmp_path: Path) -> None:
    place = tmp_path / "call.txt"
    place.write_text("expect: elephants\n")
    done = command("--address", served, "--script", str(place))
    assert done.returncode == 1 and "the call failed: expected to hear 'elephants'" in done.stderr
