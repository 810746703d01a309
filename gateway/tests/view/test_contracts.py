"""What we take for facts of the services is what their published contracts say."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from eventkit.public import Envelope
from gateway.view.projections import PROJECTIONS, types_of

from ..facts import Facts

SERVICES = Path(__file__).parents[3] / "services"
ANA = "1000000001"


def told() -> Facts:
    facts = Facts()
    facts.participant(ANA)
    facts.case("C1", [ANA], ["1000000002"], "FL-1")
    facts.case("C1", [ANA], ["1000000002"], name="case_changed")
    facts.profile(ANA, address="1••• ••••• St")
    facts.details("C1", ("M. R.", 2015), ("J. R.", None))
    facts.order("C1", "O1")
    facts.hearing("H1", "C1", p1000000001="remote")
    facts.appointment("A1", ANA, "C1")
    facts.request("CC-7K3M-9QPX", ANA)
    facts.request("CC-7K3M-9QPX", ANA, status="answered", answer="done", said="Thank you.")
    facts.received("R1", ANA, case_id="C1")
    facts.held("R1", None, "unidentified")
    facts.identified("R1", ANA)
    facts.released("R1", ANA, None, 25_000, "unidentified")
    facts.applied("R1", ANA, "C1")
    facts.undone("R1", ANA)
    facts.reversed("R1", ANA)
    facts.obligation("C1", 50_000)
    facts.liquidation("C1", 5_000)
    facts.debt("C1", ("principal", "2026-11-01", 50_000), ("interest", None, 425), ("advance", None, -100))
    facts.statement("C1", [ANA], paid=(("2026-10-21", "UIB", 300), ("2026-10-21", None, -300)),
                    adjusted=(("2026-10-09", "charge_corrected", -50),), interest=7)
    facts.statement("C1", [], number=2)
    facts.issued("D1", ANA, "C1", status="pending")
    facts.issued("D1", ANA, "C1")
    facts.status("D1", ANA, "cleared")
    facts.account(ANA)
    facts.pin_changed(ANA)
    return facts


@pytest.mark.parametrize("event", told().told, ids=lambda event: event.type)
def test_a_fact_of_our_tests_fits_the_contract_of_its_publisher(event: Envelope) -> None:
    publisher, _, name = event.type.partition(".")
    contract = SERVICES / publisher / "contracts" / f"{name}.json"
    if not contract.exists():
        pytest.skip(f"there is no contract {name} beside us")
    Draft202012Validator(json.loads(contract.read_text())).validate(event.data)


@pytest.mark.parametrize("publisher", PROJECTIONS)
def test_every_event_we_hear_is_one_its_publisher_has(publisher: str) -> None:
    folder = SERVICES / publisher / "contracts"
    if not list(folder.glob("*.json")):
        pytest.skip(f"there are no contracts of {publisher} beside us")
    names = {f"{publisher}.{path.stem}" for path in folder.glob("*.json")}
    assert types_of(publisher) <= names
