"""The first run's data: a synthetic agency's two years told again, and a PIN letter for each of a few people."""

from __future__ import annotations

import json
import re
import secrets
import subprocess
import sys
import time
import uuid
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.errors import CannotRun
from workbench.history import BEFORE, Slice, slices, statements
from workbench.house import House
from workbench.steps import Steps

if TYPE_CHECKING:
    from eventkit.rpc_client import RpcClient

SETTLE_SECONDS = 120.0
STILL_SAMPLES = 3
LETTER_SECONDS = 60.0
ASK_AGAIN_SECONDS = 5.0
_SAMPLE = re.compile(r"^(outbox_depth|subscription_position)\{([^}]*)\} (\S+)$", re.MULTILINE)


@dataclass(frozen=True)
class Login:
    """Somebody to log in as; `letter` has their temporary PIN."""

    key: str
    participant_id: str
    letter: str | None


def load(house: House, steps: Steps) -> list[Login]:
    """The people to log in as. Once loaded, later calls only read who they are; an interrupted load is repeated."""
    done = house.place / "demo" / "loaded.json"
    if done.exists():
        return [Login(**login) for login in json.loads(done.read_text())]
    folder = house.place / "demo"
    _take_in(house, steps, folder)
    parts = slices(folder)
    _tell_history(house, steps, parts)
    with steps.step("charges of this month; cases that are closed"):
        house.commands("payments", [("payments", "run", "charges"), ("payments", "release", "holds")]).through(2)
        house.command("cases", "import", "cases", str(folder / "closed.csv"))
    with steps.step("statements of the last months"):
        issued = statements(parts[-1].last)
        house.commands("payments", issued).through(len(issued))
    with steps.step("every service has heard"):
        _until_settled(house)
    with steps.step("the books agree"):
        house.command("payments", "verify")
    with steps.step("a token of the agency's API"):
        _token(house)
    with steps.step("PIN letters"):
        logins = _letters(house, json.loads((folder / "logins.json").read_text()))
    done.write_text(json.dumps([vars(login) for login in logins]))
    return logins


def _token(house: House) -> None:
    """Into a file of its own, which only its owner reads: what a command prints is in its log. One that was made before
    an interruption stays; a name is never given again."""
    if house.agency_token.exists():
        return
    name = f"demo-{secrets.token_hex(3)}"
    done = subprocess.run([sys.executable, "-m", "cases", "agency-token", "create", name, "--scope", "read", "--scope",
                           "answer"], capture_output=True, text=True, stdin=subprocess.DEVNULL,
                          env=house.environment("cases"))
    if done.returncode:
        raise CannotRun(f"no token was made for the agency's API:\n{done.stderr}")
    house.agency_token.touch(0o600)
    house.agency_token.write_text(done.stdout)


def _take_in(house: House, steps: Steps, folder: Path) -> None:
    """What is known before any money comes."""
    with steps.step("a synthetic agency"):
        _write(folder)
    for service in ("cases", "payments"):
        known = [(service, "import", kind, str(folder / f"{kind}.csv")) for of, kind in BEFORE if of == service]
        with steps.step(f"{service} takes in {', '.join(words[2] for words in known)}"):
            house.commands(service, known).through(len(known))


def _write(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    done = subprocess.run([sys.executable, "-m", "demo", "write", str(folder)], capture_output=True, text=True,
                          stdin=subprocess.DEVNULL)
    if done.returncode:
        raise CannotRun(f"the demo data could not be made:\n{done.stdout}{done.stderr}")


def _tell_history(house: House, steps: Steps, parts: Sequence[Slice]) -> None:
    """All in one process; each slice is a step of its own."""
    todo = [part.commands(parts[-1].last) for part in parts]
    several = house.commands("payments", [command for commands in todo for command in commands])
    for part, commands in zip(parts, todo, strict=True):
        with steps.step(f"money of {part.name}") as notes:
            notes.append(_sums(several.through(len(commands))))


def _sums(printed: str) -> str:
    """How much came in and went out, by what the imports said."""
    lines = dict(re.findall(r"^(collections|disbursements)\.csv: (\d+) lines", printed, re.MULTILINE))
    return f"({lines.get('collections', 0)} collections, {lines.get('disbursements', 0)} disbursements)"


def _until_settled(house: House) -> None:
    """Until all outboxes are empty and no subscriber has moved for a while."""
    deadline = time.monotonic() + SETTLE_SECONDS
    before: dict[str, float] = {}
    still = 0
    while time.monotonic() < deadline:
        house.tend()
        now = _progress(house)
        waits = any(value for name, value in now.items() if name.startswith("outbox_depth"))
        still = still + 1 if now and now == before and not waits else 0
        if still == STILL_SAMPLES:
            return
        before = now
        time.sleep(0.5)
    raise CannotRun(f"events still wait after {SETTLE_SECONDS:.0f} s; the logs are in {house.logs}")


def _progress(house: House) -> dict[str, float]:
    """What the workers say of their outboxes and subscriptions; nothing while one of them does not answer."""
    found: dict[str, float] = {}
    for process in house.keeper.processes:
        if not process.name.endswith("-worker"):
            continue
        metrics = process.get("/metrics")
        if metrics is None:
            return {}
        for kind, labels, value in _SAMPLE.findall(metrics):
            found[f"{kind} {process.name} {labels}"] = float(value)
    return found


def _letters(house: House, people: dict[str, dict[str, Any]]) -> list[Login]:
    """One after the other, so that the letter that comes is the one that was asked for."""
    from eventkit.rpc_client import RpcClient

    client = RpcClient(house.rabbitmq.amqp_url)
    try:
        return [Login(key, str(person["participant_id"]), _letter(house, client, str(person["participant_id"])))
                for key, person in people.items()]
    finally:
        client.close()


def _letter(house: House, client: RpcClient, participant_id: str) -> str | None:
    """Asks until a letter comes: the answer is the same whether there is one or not. None after a while."""
    from eventkit.crypto import seal
    from eventkit.decider import Rejected
    from eventkit.rpc_client import RpcError

    known = _printed(house)
    deadline = time.monotonic() + LETTER_SECONDS
    ask = 0.0
    while time.monotonic() < deadline:
        house.tend()
        if time.monotonic() > ask:
            command_id = str(uuid.uuid4())
            sealed = seal(house.secrets["AUTH_PUBLIC_KEY"], participant_id.encode(), f"login|identifier|{command_id}")
            with suppress(RpcError, Rejected):
                client.command("auth", "request_pin", {"identifier_sealed": sealed}, actor="demo", channel="web",
                               command_id=command_id)
            ask = time.monotonic() + ASK_AGAIN_SECONDS
        new = _printed(house) - known
        if new:
            return str(new.pop())
        time.sleep(0.1)
    return None


def _printed(house: House) -> set[Path]:
    """Letters of finished batches; a hidden folder is one being made."""
    return set(house.letters.glob("batch-*/*.pdf"))
