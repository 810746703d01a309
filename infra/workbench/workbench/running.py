"""`make run`: starts the house, says where it is, keeps it running, and ends it in order."""

from __future__ import annotations

import fcntl
import signal
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from rich.table import Table

from workbench import agency
from workbench.agency import Login
from workbench.house import CannotRun, House
from workbench.postgres import PostgresError
from workbench.rabbitmq import RabbitError
from workbench.steps import Steps


class _Stop(BaseException):
    """Somebody pressed Ctrl-C or sent SIGTERM."""


def run(top: Path) -> int:
    """Until it is told to end. The exit code: 0 after a clean end, 1 when something did not start."""
    steps = Steps()
    house = House(top / "var" / "run", steps)
    house.place.mkdir(parents=True, exist_ok=True)
    try:
        with _alone(house.place / "lock"), _ended(house, steps):
            begin = time.monotonic()
            house.prepare()
            house.start_parts()
            house.start_programs()
            logins = agency.load(house, steps)
            _welcome(steps, house, logins, time.monotonic() - begin)
            while True:
                time.sleep(0.5)
                house.tend()
    except _Stop:
        return 0
    except (CannotRun, PostgresError, RabbitError) as error:
        steps.console.print(f"[red]✗[/] {error}", markup=True)
        return 1


@contextmanager
def _alone(place: Path) -> Iterator[None]:
    """One house per checkout: two would share files."""
    with place.open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CannotRun("this checkout is running already; end that one first") from None
        yield


@contextmanager
def _ended(house: House, steps: Steps) -> Iterator[None]:
    """Whatever happens inside, everything that was started is ended, in order."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        for number in signals:
            signal.signal(number, signal.SIG_IGN)
        raise _Stop

    signals = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    for number in signals:
        signal.signal(number, stop)
    try:
        yield
    finally:
        for number in signals:
            signal.signal(number, signal.SIG_IGN)
        with steps.step("everything ended; the data stays"):
            house.stop()


def _welcome(steps: Steps, house: House, logins: Sequence[Login], seconds: float) -> None:
    address = f"http://127.0.0.1:{house.port}"
    steps.say(f"\n[bold]Customer Connect[/] is ready after {seconds:.0f} s\n")
    facts = Table.grid(padding=(0, 2))
    facts.add_row("portal", f"[bold]{address}/[/]")
    facts.add_row("telephone (VoiceXML)", f"{address}/phone/vxml/start")
    facts.add_row("logs", str(house.logs))
    steps.console.print(facts)
    steps.say("\nLog in with a Participant ID and the temporary PIN in that person's letter, until you change it:\n")
    people = Table.grid(padding=(0, 2))
    for login in logins:
        people.add_row(f"[bold]{login.participant_id}[/]", login.key, login.letter or "no letter came; ask for a PIN")
    steps.console.print(people)
    steps.say("\nCtrl-C ends everything.")
