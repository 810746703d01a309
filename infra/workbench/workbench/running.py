"""`make run`: starts the house, says where it is, keeps it running, and ends it in order."""

from __future__ import annotations

import fcntl
import signal
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from workbench import agency
from workbench.agency import Login
from workbench.errors import CannotRun
from workbench.house import House
from workbench.postgres import PostgresError
from workbench.rabbitmq import RabbitError
from workbench.steps import Steps

_WHO = {"payor_en": "pays, reads English", "payee_es": "is paid, reads Spanish", "both": "pays and is paid"}


class _Stop(BaseException):
    """Somebody pressed Ctrl-C or sent SIGTERM."""


def run(place: Path) -> int:
    """Until it is told to end. The exit code: 0 after a clean end, 1 when something did not start."""
    steps = Steps()
    house = House(place.resolve(), steps)
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
    steps.say(f"\n[bold]Customer Connect[/] is ready after {seconds:.0f} s\n")
    steps.say(f"  portal      [bold]{house.address}/[/]")
    steps.say(f"  telephone   {house.address}/phone/vxml/start  (VoiceXML 2.1; to call it: make call"
              f"{'' if house.address.endswith(':8000') else ' ADDRESS=' + house.address})")
    steps.say(f"              127.0.0.1:{house.fastagi_port}  (FastAGI, for an Asterisk on this machine)")
    steps.say(f"  agency      {house.agency_address}/openapi.json  (JSON; its token is in {house.agency_token})")
    steps.say(f"  logs        {house.logs}")
    steps.say("\nLog in with a Participant ID and, until you have changed it, the PIN in that person's letter:\n")
    for login in logins:
        steps.say(f"  [bold]{login.participant_id}[/]  {_WHO.get(login.key, login.key)}")
        steps.say(f"              {login.letter or 'no letter came in time: ask for a PIN on the page'}")
    steps.say("\nCtrl-C ends everything; the data stays in " + str(house.place))
