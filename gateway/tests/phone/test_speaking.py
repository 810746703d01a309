"""What a dialplan application is handed to say, and which addresses may connect: both come from settings."""

from __future__ import annotations

import re
import subprocess

import pytest

from gateway.phone.peers import Peers
from gateway.phone.speaking import OURS, Speaking

ESPEAK = Speaking.parse('Espeak("{text}",{keys},{voice})')


def app_arguments(command: str) -> list[str]:
    """As Asterisk takes the command apart: quotes and backslashes of AGI, then the commas of the application."""
    whole = re.fullmatch(r'EXEC \w+ "((?:[^"\\]|\\.)*)"', command)
    assert whole, "one argument on one line"
    data = re.sub(r"\\(.)", r"\1", whole[1])
    return [part.strip('"') for part in re.findall(r'"[^"]*"|[^,]+', data)]


def test_a_sentence_is_one_argument_with_its_commas() -> None:
    command = ESPEAK.command("One thousand, two hundred (and more).", "en-us", "")
    assert app_arguments(command) == ["One thousand, two hundred (and more).", "0123456789*", "en-us"]


NASTY = pytest.mark.parametrize("text", [
    'He said "no", twice', "back\\slash", "two\nlines\r\nHANGUP", "${SHELL(id)}", "$[1+1]", "`id`", "a|b;c^d", "[[fU]]",
    "\x00\x1b[2J", '",any,en)\nSET VARIABLE X 1', "it's; rm -rf * & (echo) > x #", "-v x", "!!", "~root %s",
])


@NASTY
def test_nothing_that_is_said_becomes_a_command(text: str) -> None:
    command = ESPEAK.command(text, "es-419", "")
    assert "\n" not in command and "\r" not in command
    said, keys, voice = app_arguments(command)
    assert (keys, voice) == ("0123456789*", "es-419")
    assert not set(said) & set('"\\$`{}[]|;^\x00\x1b')


@NASTY
def test_a_shell_says_it_too(text: str) -> None:
    """The default goes through a shell, which takes it for one word."""
    command = Speaking.parse('System(printf %s "{text}" > /dev/shm/{file}.wav)').command(text, "en-us", "cc-test")
    whole = re.sub(r"\\(.)", r"\1", command.removeprefix('EXEC System "').removesuffix('"'))
    shell = whole.rpartition(" > /dev/shm")[0]
    done = subprocess.run(["sh", "-c", shell], capture_output=True, text=True, check=True)
    [said] = re.findall('"(.*)"', shell)
    assert done.stdout == said and set(text) - set('"\\$`{}[]|;^\n\r\x00\x1b') <= set(said) | {" "}


def test_our_own_way_writes_a_file_and_names_it() -> None:
    speaking = Speaking.parse(OURS)
    assert speaking.file("cc-1a") == ("/dev/shm/cc-1a", ".wav")
    assert "/dev/shm/cc-1a.wav" in speaking.command("Hello", "en-us", "cc-1a")
    assert ESPEAK.file("cc-1a") is None


def test_accents_are_said() -> None:
    assert app_arguments(ESPEAK.command("¿Adiós, señora?", "es-419", ""))[0] == "¿Adiós, señora?"


def test_another_application_is_a_setting() -> None:
    speaking = Speaking.parse('MRCPSynth("{text}",i={keys}&v={voice})')
    assert speaking.command("Hello", "Lupe", "") == r'EXEC MRCPSynth "\"Hello\",i=0123456789*&v=Lupe"'


@pytest.mark.parametrize("text", ["Espeak", "Espeak({text})", 'Espeak("text",any)', 'System("{text}"', '"{text}"',
                                  'System(say "{text}" {file})'])
def test_what_cannot_speak_is_refused_at_the_start(text: str) -> None:
    with pytest.raises(ValueError, match="must be like"):
        Speaking.parse(text)


@pytest.mark.parametrize(("host", "known"), [
    ("127.0.0.1", True), ("10.1.2.3", True), ("10.1.2.4", False), ("192.0.2.77", True), ("192.0.3.1", False),
    ("::1", True), ("::ffff:10.1.2.3", True), ("fe80::1%eth0", False), ("", False), ("here", False),
])
def test_peers_are_addresses_and_networks(host: str, known: bool) -> None:
    assert (host in Peers.parse("127.0.0.0/8, ::1, 10.1.2.3, 192.0.2.0/24")) is known


@pytest.mark.parametrize("text", ["everybody", "10.1.2.3/8", "10.0.0.0/33"])
def test_peers_that_cannot_be_right_are_refused_at_the_start(text: str) -> None:
    with pytest.raises(ValueError, match="must be addresses"):
        Peers.parse(text)
