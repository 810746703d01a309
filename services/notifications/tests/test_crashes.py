"""Whenever a press dies, the next one ends what it began: no letter lost, none printed twice, no half batch seen."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from notifications.printing.manifest import sha256
from notifications.printing.press import Press

PRESS = Path(__file__).with_name("dying_press.py")
BEFORE_SHOWN = ["planned", "opened", "rendering the second letter", "written"]
SHOWN = ["shown", "recording", "recorded"]
ANA = "1000000001"


def dies(service, step: str) -> None:
    ended = subprocess.run([sys.executable, str(PRESS), step, str(service.folder), service.clock().isoformat()],
                           env={**os.environ, **service.environment}, check=False, timeout=60)
    assert ended.returncode == -9, f"it did not reach {step!r}"


def content(service) -> dict[str, bytes]:
    return {str(path.relative_to(service.folder)): path.read_bytes()
            for batch in service.batches() for path in batch.iterdir()}


def assert_only_whole_batches_are_seen(service) -> None:
    for batch in service.batches():
        manifest = json.loads((batch / "manifest.json").read_text())
        listed = {entry["file"]: entry["sha256"] for entry in manifest["letters"]}
        assert listed == {path.name: sha256(path.read_bytes()) for path in batch.glob("*.pdf")}


def assert_all_is_well(service) -> None:
    """Every letter is on the disk once, recorded once, and what is recorded is what is on the disk."""
    assert_only_whole_batches_are_seen(service)
    on_disk = service.pins_on_disk()
    assert [letter_id for letter_id, _ in on_disk] == service.printed()
    assert on_disk == sorted((letter_id, service.pins[letter_id]) for letter_id in service.printed())
    settled = [*service.printed(), *service.rejected()]
    assert len(settled) == len(set(settled))
    made = {row["data"]["sha256"] for row in service.rows("SELECT data FROM events WHERE name = 'PrintBatchMade'")}
    assert made == {sha256((batch / "manifest.json").read_bytes()) for batch in service.batches()}
    assert not [path for path in service.folder.glob(".*")], "PINs were left lying about"
    assert service.rows("SELECT * FROM print_batches WHERE made_at IS NULL") == []


@pytest.fixture
def two_letters(service):
    service.register(ANA)
    service.issue_pin("l-1", ANA)
    service.issue_pin("l-2", ANA)
    return service


@pytest.mark.parametrize("step", [*BEFORE_SHOWN, *SHOWN])
def test_a_press_killed_at_any_step_is_made_good_by_the_next(two_letters, step):
    service = two_letters
    dies(service, step)
    assert_only_whole_batches_are_seen(service)
    service.print()
    assert_all_is_well(service)
    assert service.printed() == ["l-1", "l-2"]
    assert service.living_keys() == [service.current_key()[0]]


@pytest.mark.parametrize("step", [*BEFORE_SHOWN, *SHOWN])
def test_what_could_be_seen_before_the_crash_stays_as_it_was_whatever_changes_meanwhile(two_letters, step):
    service = two_letters
    dies(service, step)
    seen = content(service)
    assert bool(seen) is (step in SHOWN)
    service.change(ANA, street="9 New Road")
    service.clock.forward(days=2)
    service.issue_pin("l-3", ANA)
    service.print()
    after = content(service)
    assert {name: after[name] for name in seen} == seen
    assert_all_is_well(service)
    assert service.printed() == ["l-1", "l-2", "l-3"]


def test_a_press_killed_again_and_again_ends_well(two_letters):
    service = two_letters
    for step in [*BEFORE_SHOWN, "shown", "recording"]:
        dies(service, step)
    service.print()
    assert_all_is_well(service)
    assert len(service.batches()) == 1 and service.printed() == ["l-1", "l-2"]


@pytest.mark.parametrize("damage", [
    lambda batch: (batch / "l-1.pdf").unlink(),
    lambda batch: (batch / "l-1.pdf").write_bytes(b"%PDF-"),
    lambda batch: (batch / "l-9.pdf").write_bytes(b"%PDF-"),
    lambda batch: (batch / "manifest.json").unlink(),
    lambda batch: (batch / "manifest.json").write_text("{}"),
    lambda batch: (batch / "manifest.json").write_text((batch / "manifest.json").read_text().replace(": 2", ": 3")),
])
def test_a_batch_that_stands_there_broken_and_not_recorded_is_redone(two_letters, damage):
    service = two_letters
    dies(service, "shown")
    damage(service.batches()[0])
    service.print()
    assert_all_is_well(service)
    assert service.printed() == ["l-1", "l-2"]


def test_a_batch_goes_on_where_it_was_begun_whatever_folder_is_asked_for(two_letters, tmp_path):
    service = two_letters
    dies(service, "shown")
    [made] = service.press().run(tmp_path / "elsewhere")
    assert made.place == service.batches()[0]
    assert_all_is_well(service)


class Crash(Exception):
    pass


_STEPS = ["planned", "opened", "written", "shown", "recording", "recorded"]
_PEOPLE = st.sampled_from(["ana", "ben", "eve"])
_THINGS = st.one_of(
    st.tuples(st.just("register"), _PEOPLE),
    st.tuples(st.just("move away"), _PEOPLE),
    st.tuples(st.just("issue"), _PEOPLE),
    st.tuples(st.just("issue"), _PEOPLE),
    st.tuples(st.just("print"), st.sampled_from([None, *_STEPS])),
    st.tuples(st.just("hours"), st.sampled_from([1, 30])),
)


@pytest.fixture(scope="module")
def story_numbers():
    return iter(range(1_000_000))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(things=st.lists(_THINGS, min_size=3, max_size=14))
def test_in_any_story_every_letter_has_one_end(service, story_numbers, things):
    story = next(story_numbers)
    issued = []
    for what, detail in things:
        if what == "register":
            service.register(f"{story}-{detail}")
        elif what == "move away":
            service.change(f"{story}-{detail}", valid=False)
        elif what == "issue":
            issued.append(f"l-{story}-{len(issued)}")
            service.issue_pin(issued[-1], f"{story}-{detail}")
        elif what == "hours":
            service.clock.forward(hours=detail)
        else:
            _print(service.press, service.folder, detail)
        assert_only_whole_batches_are_seen(service)
    service.clock.forward(hours=24)
    service.print()
    assert_all_is_well(service)
    assert set(issued) <= {*service.printed(), *service.rejected()}
    assert service.living_keys() == [service.current_key()[0]]
    assert service.rows("SELECT * FROM spool") == []


def _print(press, folder, crash_at: str | None) -> None:
    def reached(step: str) -> None:
        if step == crash_at:
            raise Crash

    made: Press = press(reached)
    with suppress(Crash):
        made.run(folder)
