"""Contracts are what the code says, never change once released, and make up one document of the suite."""

from __future__ import annotations

import jsonschema
import pytest
import yaml
from catalogs import DOCUMENT, SERVICES, catalog_of, folder_of

from eventkit.testing.sample import catalog as sample
from servicekit.contracts import RELEASED, asyncapi, check, release, write


@pytest.mark.parametrize("service", SERVICES)
def test_contract_files_are_current_and_released_ones_unchanged(service):
    assert check(catalog_of(service), folder_of(service)) == []
    assert (folder_of(service) / RELEASED).exists()


@pytest.mark.parametrize("service", SERVICES)
def test_contract_files_are_json_schema(service):
    for path in folder_of(service).glob("*.v*.json"):
        jsonschema.Draft202012Validator.check_schema(yaml.safe_load(path.read_text()))


def test_the_document_of_the_suite_is_current():
    assert DOCUMENT.read_text() == asyncapi(catalog_of(service) for service in SERVICES), "run `make contracts`"


def test_every_channel_of_the_document_has_its_events():
    document = yaml.safe_load(DOCUMENT.read_text())
    assert set(document["channels"]) == set(SERVICES)
    for service in SERVICES:
        events = {f"{event.name}.v{event.version}" for event in catalog_of(service).events()}
        assert set(document["channels"][service]["messages"]) == events


def test_a_released_contract_that_changes_is_noticed(tmp_path):
    write(sample, tmp_path)
    release(tmp_path)
    assert check(sample, tmp_path) == []
    path = tmp_path / "added.v1.json"
    path.write_text(path.read_text().replace("integer", "string"))
    assert any("was released and has changed" in problem for problem in check(sample, tmp_path))
    path.unlink()
    assert any("added.v1.json" in problem for problem in check(sample, tmp_path)), "gone is noticed as well"
