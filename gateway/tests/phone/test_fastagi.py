"""Calls over FastAGI and a real socket: the Asterisk is made of code; gateway, threads and PostgreSQL are real."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
import sqlalchemy as sa

from eventkit.testing.processes import wait_until
from gateway.catalogue import LANGUAGES
from gateway.phone.adapters.fastagi import ring
from gateway.phone.callers.asterisk import Asterisk
from gateway.phone.callers.caller import VirtualCaller
from gateway.phone.callers.fastagi import AgiPlatform
from gateway.phone.calls import calls
from gateway.phone.speaking import Speaking
from gateway.phone.speech import Wording
from gateway.phone.switchboard import Ring, Switchboard

from .parts import BOTH, HOUSE, PIN, Agency, logged_in
from .served_calls import LOOPBACK, ServedCalls
from .test_secrecy import WAY, leaks

PAYMENTS = ("1", "1", "1", "1", "1")
"""From the main menu through all twelve payments made."""


@pytest.fixture
def served(board: Switchboard) -> Iterator[ServedCalls]:
    with ServedCalls(board) as served:
        yield served


@pytest.fixture
def asterisk(served: ServedCalls) -> Iterator[Asterisk]:
    with served.call() as asterisk:
        yield asterisk


def rows(engine: sa.Engine) -> int:
    with engine.connect() as conn:
        return conn.execute(sa.select(sa.func.count()).select_from(calls)).scalar_one()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_call_by_keys_hears_what_a_voicexml_browser_hears(served: ServedCalls, caller: VirtualCaller,
                                                            language: str) -> None:
    """To the last payment; then the caller hangs up."""
    asterisk = VirtualCaller(AgiPlatform(LOOPBACK, served.port))
    for one in (asterisk, caller):
        logged_in(one, BOTH, language)
    for key in PAYMENTS[:2]:
        asterisk.press(key), caller.press(key)
    told = []
    while caller.can_press("1"):
        told += [heard.text for heard in asterisk.heard]
        asterisk.press("1"), caller.press("1")
        assert [heard.text for heard in asterisk.heard] == [heard.text for heard in caller.heard]
    told += [heard.text for heard in asterisk.heard]
    dollars = "one hundred twelve dollars" if language == "en" else "ciento doce dólares"
    assert dollars in " ".join(told)
    assert all(heard.language == ("en-us" if language == "en" else "es-419") for heard in asterisk.heard)
    asterisk.hang_up()


def test_a_key_cuts_speech_short_and_is_the_answer(asterisk: Asterisk, caller: VirtualCaller) -> None:
    asterisk.press("1")
    assert asterisk.cuts == 1
    assert asterisk.commands[:3] == ["EXEC", "STREAM", "EXEC"], "the rest of the greeting is not said"
    assert asterisk.text == caller.dial().press("1").text


def test_the_pound_key_after_a_single_key_is_not_an_answer(asterisk: Asterisk) -> None:
    asterisk.hear().press("1#")
    assert "not understand" not in asterisk.text
    asterisk.press(f"{BOTH}#").press(f"{PIN}#")
    assert "Main menu" in asterisk.text


def test_silence_three_times_ends_the_call(asterisk: Asterisk, engine: sa.Engine) -> None:
    asterisk.hear()
    for _ in range(3):
        asterisk.keep_silent()
    assert not asterisk.connected
    assert asterisk.variables == {"CC_RESULT": "done"}
    assert not asterisk.files
    wait_until(lambda: rows(engine) == 0, within=5)


def test_digits_that_stop_too_early_are_not_understood(asterisk: Asterisk) -> None:
    asterisk.hear().press("1").press("12").keep_silent()
    assert asterisk.text.startswith("Sorry, I did not understand.")
    asterisk.press(f"{BOTH}#").press(f"{PIN}#")
    assert "Main menu" in asterisk.text


def test_a_star_repeats_or_takes_back(asterisk: Asterisk) -> None:
    asked = asterisk.hear().press("1").text
    assert asterisk.press("*").text == asked
    asterisk.press(f"99*{BOTH}#").press(f"{PIN}#")
    assert "Main menu" in asterisk.text


def test_how_long_is_waited(asterisk: Asterisk) -> None:
    asterisk.hear().press("1").press(f"{BOTH}#")
    first_key, digits, between, _ = [*asterisk.waits, 0]
    assert first_key < digits, "an identifier has to be looked for"
    assert between < digits


HANG_UPS = {"while spoken to": (), "while asked": ("",), "in the midst of a number": ("", "1", "12"),
            "after the log-in": ("", "1", f"{BOTH}#", f"{PIN}#")}


@pytest.mark.parametrize("told", [True, False], ids=["told", "the line breaks"])
@pytest.mark.parametrize("keyed", HANG_UPS.values(), ids=HANG_UPS)
def test_a_hang_up_leaves_nothing(asterisk: Asterisk, engine: sa.Engine, keyed: tuple[str, ...], told: bool) -> None:
    for keys in keyed:
        asterisk.press(keys) if keys else asterisk.hear()
    wait_until(lambda: rows(engine) == 1, within=5)
    asterisk.hang_up(told=told)
    wait_until(lambda: rows(engine) == 0, within=5)
    assert not told or not asterisk.files, "what was spoken lies about nowhere"


def test_an_agent_is_dialled_by_the_dialplan(asterisk: Asterisk, agent: dict[str, str | None]) -> None:
    agent["tel"] = "tel:+15550142"
    asterisk.hear().press("0")
    assert not asterisk.connected
    assert asterisk.variables["CC_RESULT"] == "transfer"
    assert asterisk.variables["CC_AGENT"] == "+15550142"
    assert len(asterisk.variables["CC_CONTEXT"]) > 16


def test_a_text_telephone_is_written_to(served: ServedCalls) -> None:
    with served.call(dialled="".join(filter(str.isdigit, HOUSE.tty))) as asterisk:
        asterisk.hear()
        assert "EXEC" not in asterisk.commands and not asterisk.files
        assert asterisk.shown[-1].endswith("GA")
        assert all(line == line.upper() and len(line) < 60 for line in asterisk.shown)
        asterisk.press("1")
        assert asterisk.shown[-1].endswith("GA")


def test_both_numbers_of_a_call_are_read() -> None:
    """A text telephone is known by the one, tries to log in are counted by the other."""
    headers = {"agi_network_script": "ivr?dnis=18669013212", "agi_callerid": "+15555550123", "agi_uniqueid": "7.1",
               "agi_channel": "PJSIP/trunk-1", "agi_extension": "s"}
    assert ring(headers) == Ring("18669013212", "fastagi|PJSIP/trunk-1|7.1", "+15555550123")
    hidden = ring({**headers, "agi_network_script": "ivr", "agi_extension": "8669013212", "agi_callerid": "unknown"})
    assert (hidden.number, hidden.caller) == ("8669013212", "")


def test_an_agency_names_its_voices(board: Switchboard, wording: Wording) -> None:
    house = replace(wording.house, voices={"en": "en-us+f2", "es": "es-419+f2"})
    own = replace(board, wording=replace(wording, house=house))
    with ServedCalls(own) as served, served.call() as asterisk:
        assert {heard.language for heard in asterisk.hear().heard} == {"en-us+f2", "es-419+f2"}


def test_only_named_addresses_are_served(board: Switchboard) -> None:
    with ServedCalls(board, peers="127.0.0.2, 10.0.0.0/8") as served:
        with served.call() as stranger:
            assert stranger.hear().commands == []
            assert not stranger.connected
        with served.call(source="127.0.0.2") as known:
            assert known.hear().text


def test_two_hundred_calls_at_once(served: ServedCalls, engine: sa.Engine) -> None:
    """In such a crowd some hear "one moment" first; all come to the main menu."""
    everybody = threading.Barrier(200)

    def call(_: int) -> str:
        with served.call() as asterisk:
            asterisk.hear()
            everybody.wait(60)
            text = asterisk.press("1").press(f"{BOTH}#").press(f"{PIN}#").text
            asterisk.hang_up()
            return text.replace("One moment, please. ", "")

    with ThreadPoolExecutor(200) as pool:
        heard = set(pool.map(call, range(200)))
    assert len(heard) == 1 and "Main menu" in heard.pop()
    wait_until(lambda: rows(engine) == 0, within=10)


@pytest.mark.parametrize("sent", [b"", b"\n", b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", b"agi_network: yes\n",
                                  b"x" * 100_000, b"a: b\n" * 1000, b"\xff\xfe\n\n"])
def test_what_is_no_asterisk_does_no_harm(served: ServedCalls, sent: bytes) -> None:
    with served.call() as strange:
        strange._socket.sendall(sent)
    with served.call() as asterisk:
        assert asterisk.hear().text


def test_an_asterisk_that_cannot_speak_is_named(served: ServedCalls, engine: sa.Engine,
                                                capsys: pytest.CaptureFixture[str]) -> None:
    with served.call(applications=()) as asterisk:
        asterisk.hear()
        assert not asterisk.connected
        assert asterisk.variables == {}, "the dialplan goes on as if we were not there"
    wait_until(lambda: rows(engine) == 0, within=5)
    assert "without System" in capsys.readouterr().out


def test_an_application_that_speaks_by_itself_does_as_well(board: Switchboard) -> None:
    espeak = Speaking.parse('Espeak("{text}",{keys},{voice})')
    with ServedCalls(board, speaking=espeak) as served, served.call() as asterisk:
        assert asterisk.press("1").cuts == 1
        asterisk.press(f"{BOTH}#").press(f"{PIN}#")
        assert "Main menu" in asterisk.text
        assert "STREAM" not in asterisk.commands and not asterisk.files


def test_whoever_waits_long_hears_why(agency: Agency, board: Switchboard, monkeypatch: pytest.MonkeyPatch) -> None:
    release, log_in = threading.Event(), agency.log_in

    def slow(*given: object) -> object:
        release.wait(10)
        return log_in(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(agency, "log_in", slow)
    with ServedCalls(replace(board, patience=0.2)) as served, served.call() as asterisk:
        asterisk.hear().press("1").press(f"{BOTH}#").press(PIN)

        def lets_go_on() -> None:
            wait_until(lambda: "moment" in asterisk.text, within=10)
            release.set()

        waiting = threading.Thread(target=lets_go_on)
        waiting.start()
        asterisk.press("#")
        waiting.join()
        assert "Main menu" in asterisk.text


def test_what_goes_wrong_with_us_is_told_the_caller(agency: Agency, asterisk: Asterisk,
                                                    monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(agency, "log_in", broken)
    asterisk.hear().press("1").press(f"{BOTH}#").press(f"{PIN}#")
    assert asterisk.text
    assert asterisk.variables == {"CC_RESULT": "done"}
    assert not asterisk.connected


def test_calls_that_go_on_when_we_are_stopped(board: Switchboard, engine: sa.Engine) -> None:
    """They may come to an end; what lasts too long is cut off, and nothing of it stays."""
    with ServedCalls(board, drain_seconds=0.3) as served, served.call() as asterisk:
        asterisk.hear()
        served.stop()
        assert asterisk.press("9").text
        asterisk.end()
        assert asterisk.variables == {}, "the dialplan goes on as if we had not been there"
        wait_until(lambda: rows(engine) == 0, within=10)


def test_no_log_holds_a_key_or_what_was_said(served: ServedCalls, caplog: pytest.LogCaptureFixture,
                                             capsys: pytest.CaptureFixture[str]) -> None:
    caplog.set_level(logging.DEBUG)
    with served.call() as asterisk:
        asterisk.hear()
        said = []
        for keys in WAY:
            said += asterisk.press(keys).text.split(". ")
    out = caplog.text + capsys.readouterr().out
    assert not leaks(out)
    assert not [sentence for sentence in said if len(sentence) > 10 and sentence in out]
