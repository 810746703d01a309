"""A public event's schema is a file; the file agrees with the code, and once released it does not change."""

import json

import pytest
import yaml
from jsonschema import Draft202012Validator
from marshmallow import RAISE, Schema, fields, validate

from eventkit.public import PublicCatalog
from servicekit.contracts import asyncapi, check, release, texts, write


class Party(Schema):
    class Meta:
        unknown = RAISE

    role = fields.String(required=True, validate=validate.OneOf(["payor", "payee"]))


class Opened(Schema):
    """A case was opened."""

    case_id = fields.String(required=True)
    cents = fields.Integer(required=True, strict=True, validate=validate.Range(min=1))
    closed_on = fields.Date(required=True, allow_none=True)
    parties = fields.List(fields.Nested(Party), required=True)


class OpenedWithCounty(Opened):
    """A case was opened, with its county."""

    county = fields.String(required=True)


class Closed(Schema):
    """A case was closed."""

    case_id = fields.String(required=True)


GOOD = {"case_id": "7", "cents": 1, "closed_on": None, "parties": [{"role": "payor"}]}


def catalog_of(*events, service="cases"):
    catalog = PublicCatalog(service)
    for name, version, schema in events:
        catalog.event(name, version)(schema)
    return catalog


CATALOG = catalog_of(("opened", 1, Opened), ("opened", 2, OpenedWithCounty))


@pytest.fixture
def folder(tmp_path):
    write(CATALOG, tmp_path / "contracts")
    return tmp_path / "contracts"


class TestAContract:
    @pytest.fixture
    def contract(self):
        return json.loads(texts(CATALOG)["opened.v1.json"])

    def test_is_json_schema_with_the_words_of_the_code(self, contract):
        Draft202012Validator.check_schema(contract)
        assert contract["$schema"] == "https://json-schema.org/draft/2020-12/schema"
        assert (contract["title"], contract["description"]) == ("cases.opened.v1", "A case was opened.")

    @pytest.mark.parametrize("change", [{}, {"closed_on": "2026-02-28"}, {"new_field": 1}, {"parties": []},
                                        {"parties": [{"role": "payee", "new_field": 1}]}])
    def test_takes_what_the_publisher_sends_and_fields_to_come(self, contract, change):
        assert Draft202012Validator(contract).is_valid(GOOD | change)

    @pytest.mark.parametrize("change", [{"cents": 0}, {"cents": "1"}, {"case_id": None}, {"closed_on": 3},
                                        {"parties": [{"role": "judge"}]}, {"parties": [{}]}])
    def test_refuses_another_shape(self, contract, change):
        assert not Draft202012Validator(contract).is_valid(GOOD | change)

    @pytest.mark.parametrize("missing", list(GOOD))
    def test_needs_every_required_field(self, contract, missing):
        assert not Draft202012Validator(contract).is_valid({key: GOOD[key] for key in GOOD if key != missing})


def test_what_is_written_is_right_and_the_same_each_time(folder):
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    write(catalog_of(("opened", 2, OpenedWithCounty), ("opened", 1, Opened)), folder)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert sorted(before) == ["opened.v1.json", "opened.v2.json"]
    assert check(CATALOG, folder) == []


def test_nothing_is_right_where_there_is_no_folder(tmp_path):
    assert len(check(CATALOG, tmp_path / "none")) == 2


def problem(catalog, folder, name):
    [found] = check(catalog, folder)
    assert found.startswith(name)
    return found


class TestBeforeItsRelease:
    def test_a_missing_file_is_noticed(self, folder):
        (folder / "opened.v2.json").unlink()
        assert "is missing" in problem(CATALOG, folder, "opened.v2.json")

    def test_a_stale_file_is_noticed_and_written_anew(self, folder):
        changed = catalog_of(("opened", 1, Closed), ("opened", 2, OpenedWithCounty))
        assert "not what the code says" in problem(changed, folder, "opened.v1.json")
        write(changed, folder)
        assert check(changed, folder) == []

    def test_a_file_of_an_event_that_is_gone_is_noticed_and_removed(self, folder):
        fewer = catalog_of(("opened", 1, Opened))
        assert "is of no event" in problem(fewer, folder, "opened.v2.json")
        write(fewer, folder)
        assert check(fewer, folder) == []


class TestOnceReleased:
    @pytest.fixture(autouse=True)
    def released(self, folder):
        release(folder)
        assert check(CATALOG, folder) == []

    def test_a_changed_schema_is_refused_and_its_file_left_as_it_was(self, folder):
        before = (folder / "opened.v1.json").read_bytes()
        changed = catalog_of(("opened", 1, Closed), ("opened", 2, OpenedWithCounty))
        write(changed, folder)
        assert (folder / "opened.v1.json").read_bytes() == before
        assert "make a new version" in problem(changed, folder, "opened.v1.json")

    def test_a_changed_file_is_refused_even_where_the_code_agrees(self, folder):
        changed = catalog_of(("opened", 1, Closed), ("opened", 2, OpenedWithCounty))
        (folder / "opened.v1.json").write_text(texts(changed)["opened.v1.json"])
        assert "has changed" in problem(changed, folder, "opened.v1.json")
        release(folder)
        assert "has changed" in problem(changed, folder, "opened.v1.json")

    def test_an_event_or_file_that_is_gone_is_noticed(self, folder):
        assert "is gone" in problem(catalog_of(("opened", 1, Opened)), folder, "opened.v2.json")
        (folder / "opened.v2.json").unlink()
        assert "is gone" in problem(CATALOG, folder, "opened.v2.json")

    def test_a_new_version_is_welcome(self, folder):
        more = catalog_of(("opened", 1, Opened), ("opened", 2, OpenedWithCounty), ("opened", 3, Closed))
        assert "is missing" in problem(more, folder, "opened.v3.json")
        write(more, folder)
        assert check(more, folder) == []


class TestTheDocumentOfTheSuite:
    OTHER = catalog_of(("paid", 1, Closed), service="payments")

    def test_is_the_same_in_whatever_order_the_services_come(self):
        assert asyncapi([CATALOG, self.OTHER]) == asyncapi([self.OTHER, CATALOG])

    def test_has_a_channel_a_service_and_a_message_an_event(self):
        document = yaml.safe_load(asyncapi([CATALOG, self.OTHER]))
        channels = document["channels"]
        assert {name: sorted(channel["messages"]) for name, channel in channels.items()} == {
            "cases": ["opened.v1", "opened.v2"], "payments": ["paid.v1"]}
        assert (document["asyncapi"], channels["cases"]["address"]) == ("3.0.0", "cases.events")
        assert document["operations"]["publish_cases"] == {"action": "send", "channel": {"$ref": "#/channels/cases"}}

    def test_describes_an_event_as_it_travels(self):
        document = yaml.safe_load(asyncapi([CATALOG]))
        message = document["channels"]["cases"]["messages"]["opened.v1"]
        envelope = {"specversion": "1.0", "id": "1", "source": "cases", "type": "cases.opened.v1", "subject": "7",
                    "time": "2026-02-28T00:00:00+00:00", "datacontenttype": "application/json", "position": 1,
                    "stream": "case-7", "version": 1, "correlationid": "c", "causationid": "d"}
        schema = Draft202012Validator({**message["payload"], "components": document["components"]})
        assert message["contentType"] == "application/cloudevents+json"
        assert schema.is_valid(envelope | {"data": GOOD})
        assert not schema.is_valid(envelope | {"data": GOOD | {"cents": 0}})
        assert not schema.is_valid({key: envelope[key] for key in envelope if key != "position"} | {"data": GOOD})
