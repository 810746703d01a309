"""Real calls to the whole system: a telephone, an Asterisk, the role `fastagi`, auth and the view; keys only.

What the telephone heard is held against the sentences that the same keys give over VoiceXML.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from pathlib import Path

import pytest
from caller import CALLER_PIN, a_pin_for, dial
from people import CALLER
from suite import Suite
from telephone.calling import Line
from telephone.network import Network
from telephone.sipp import Press, Read

from eventkit.testing.processes import Process, wait_until
from workbench.ports import free_port

NUMBER = "18669013212"
TTY = "18663994096"
AGENT = "+18055550142"
FASTAGI = 4573
THANKS = "Thank you for calling Customer Connect."
"""How every call begins."""
HEARD_OUT = 5
"""Seconds beyond what sentences take: each is made first, which takes longer on a busy machine. After 7 seconds of
silence the question would be asked again."""
Said = list[tuple[str, str]]


@pytest.fixture(scope="module")
def gateway(agency: Suite, line: Line, network: Network, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Process]:
    """The gateway's line for Asterisks, as the telephone system reaches it."""
    folder, port = tmp_path_factory.mktemp("fastagi"), free_port()
    health = folder / "health.port"
    settings = {**agency.settings("gateway"), "FASTAGI_PORT": str(port), "HEALTH_PORT_FILE": str(health),
                "AGENT_NUMBER": f"tel:{AGENT}", "AGENT_HOURS": "mon-sun 00:00-23:59"}
    role = Process("gateway", "fastagi", settings=settings, log=folder / "fastagi.log")
    with role, network.bridge(FASTAGI, port, folder):
        wait_until(health.exists, within=60)
        yield role
        assert role.terminate() == 0


def spoken(agency: Suite, keys: tuple[str, ...]) -> list[Said]:
    """What is said at the ring and after each of the keys."""
    caller = dial(agency)
    said = [[(heard.language[:2], heard.text) for heard in caller.heard]]
    for pressed in keys:
        caller.press(pressed)
        said.append([(heard.language[:2], heard.text) for heard in caller.heard])
    caller.hang_up()
    return said


def missing(line: Line, heard: array[int], said: Said) -> Said:
    """The sentences that the telephone did not hear, in the order they were said."""
    return [sentence for sentence in said if not line.found(heard, *sentence).was_said]


def rows(agency: Suite) -> int:
    return int(agency.scalar("gateway", "SELECT count(*) FROM calls"))


def test_a_caller_hears_the_last_payment_in_each_language(agency: Suite, line: Line, gateway: Process) -> None:
    """In English the greeting is heard out; in Spanish a key cuts it short. Both call at the same time."""
    a_pin_for(agency, CALLER)
    keys = ("1", f"{CALLER.participant_id}#", f"{CALLER_PIN}#", "1")
    greeting, *_, payments = spoken(agency, keys)
    _, asked, *_, pagos = spoken(agency, ("9", *keys))
    before = rows(agency)
    english = line.call(NUMBER, [Press(line.seconds(greeting) + HEARD_OUT, "1"), *logging_in(), Press(4, "1")],
                        line.seconds(payments) + 3)
    to_parents = [Press(3, "9"), Press(line.seconds(asked) + HEARD_OUT, "1")]
    spanish = line.call(NUMBER, [*to_parents, *logging_in(), Press(4, "1")], line.seconds(pagos) + 3)
    assert "one thousand two hundred thirty-four dollars and fifty-six cents" in str(payments)
    assert "mil doscientos treinta y cuatro dólares con cincuenta y seis centavos" in str(pagos)
    assert missing(line, english.ended().heard, [*greeting, *payments]) == []
    heard = spanish.ended().heard
    assert missing(line, heard, [*asked, *pagos]) == []
    assert missing(line, heard, greeting) != [], "the key came in the midst of it"
    wait_until(lambda: rows(agency) == before, within=10)
    nothing_written(line, gateway)


def test_another_day_or_another_dollar_would_not_pass_for_it(agency: Suite, line: Line, gateway: Process) -> None:
    """That the comparison above is sharp enough to mean something."""
    heard = line.call(NUMBER, [], 6).ended().heard
    assert line.found(heard, "en", THANKS).was_said
    for other in (THANKS.replace("Connect", "Contact"), THANKS.replace("calling", "coming"), "For Spanish, press 7."):
        assert not line.found(heard, "en", other).was_said, other


def test_eight_callers_are_spoken_to_at_once(line: Line, gateway: Process) -> None:
    """What takes a telephone system down whose speech is part of it, and not made for several threads."""
    telephones = [line.call(NUMBER, [], 6) for _ in range(8)]
    for telephone in telephones:
        assert line.found(telephone.ended().heard, "en", THANKS).was_said


def test_a_caller_who_hangs_up_in_the_midst_leaves_nothing(agency: Suite, line: Line, gateway: Process) -> None:
    before = rows(agency)
    calling = line.call(NUMBER, [], 4)
    wait_until(lambda: rows(agency) == before + 1, within=10)
    calling.ended()
    wait_until(lambda: rows(agency) == before, within=10)


def test_a_caller_is_put_through_to_an_agent(agency: Suite, line: Line, gateway: Process) -> None:
    """The agent's telephone is told an id, and nothing else."""
    a_pin_for(agency, CALLER)
    desk = line.agent()
    line.call(NUMBER, [Press(3, "1"), *logging_in(), Press(4, "0")], 12).ended()
    assert desk.process.wait(60) == 0
    assert desk.invited.startswith(f"INVITE sip:{AGENT}@")
    [context] = re.findall(r"^X-Context-Id: (\S+)", desk.invited, re.MULTILINE)
    assert len(context) > 16
    assert CALLER.participant_id not in desk.invited
    nothing_written(line, gateway)


def test_a_text_telephone_reads_what_is_asked(agency: Suite, line: Line, gateway: Process) -> None:
    """The brochure's TTY number: text within the call (SIP MESSAGE), and no speech at all."""
    caller = dial(agency, TTY)
    greeting = [heard.text for heard in caller.heard]
    asked = [heard.text for heard in caller.press("9").heard]
    caller.hang_up()
    telephone = line.call(TTY, [Read(len(greeting)), Press(1, "9"), Read(len(asked))], 1).ended()
    assert telephone.read == [*greeting, *asked]
    assert telephone.read[-1].endswith(" GA")
    assert not any(telephone.heard)


def logging_in() -> tuple[Press, Press]:
    return Press(2, f"{CALLER.participant_id}#"), Press(2, f"{CALLER_PIN}#")


def nothing_written(line: Line, gateway: Process) -> None:
    """No log of ours, nor the exchange's own, has what was keyed or said, and no file has it any more."""
    wait_until(lambda: line.exchange.spoken_files() == [], within=10)
    for written in (line.exchange.logs(), Path(gateway.log).read_text()):
        for secret in (CALLER.participant_id, CALLER_PIN, "dollars", "dólares"):
            assert secret not in written
