"""The first run's data: a synthetic agency's files taken in, and a PIN letter for each of a few people."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
import uuid
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.house import CannotRun, House
from workbench.steps import Steps

if TYPE_CHECKING:
    from eventkit.rpc_client import RpcClient

FILES = (("cases", "participants"), ("cases", "cases"), ("payments", "collections"), ("payments", "reversals"),
         ("payments", "disbursements"))
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
    with steps.step("a synthetic agency"):
        _write(folder)
    for service, what in FILES:
        with steps.step(f"{service} takes in {what}.csv") as notes:
            notes.append(_last_line(house.command(service, "import", what, str(folder / f"{what}.csv"))))
    with steps.step("every service has heard"):
        _until_settled(house)
    with steps.step("PIN letters"):
        logins = _letters(house, json.loads((folder / "logins.json").read_text()))
    done.write_text(json.dumps([vars(login) for login in logins]))
    return logins


def _write(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    done = subprocess.run([sys.executable, "-m", "demo", "write", str(folder)], capture_output=True, text=True,
                          stdin=subprocess.DEVNULL)
    if done.returncode:
        raise CannotRun(f"the demo data could not be made:\n{done.stdout}{done.stderr}")


def _last_line(printed: str) -> str:
    lines = [line for line in printed.splitlines() if line.strip() and not line.startswith("{")]
    return f"({lines[-1].strip()})" if lines else ""


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
