"""A process starts with all its settings or says at once what each of the others lacks."""

import pytest

from eventkit.crypto import Keyring, generate_key
from servicekit.settings import Setting, SettingsError, explain, load

URL = "postgresql+psycopg2://till:hunter2@db:5432/till"


def one(kind, text, **more):
    return load([Setting("IT", kind, help="what it is for", **more)], {"IT": text}).IT


@pytest.mark.parametrize(("kind", "text", "value"), [
    ("text", " till ", "till"), ("integer", "8000", 8000), ("number", "0.5", 0.5), ("boolean", "Yes", True),
    ("boolean", "false", False), ("database_url", URL, URL)])
def test_a_setting_is_read_as_its_kind(kind, text, value):
    assert one(kind, text) == value


def test_a_keyring_is_a_kind_of_setting_too():
    assert isinstance(one(Keyring.parse, generate_key("k1"), secret=True), Keyring)


def test_one_that_is_not_set_or_empty_has_its_default():
    assert load([Setting("A", default=None), Setting("B", "integer", default=5)], {"B": ""}).B == 5


def test_every_problem_is_told_at_once_with_what_to_do():
    with pytest.raises(SettingsError) as refused:
        load([Setting("A", help="the address"), Setting("B", "integer", help="a port"), Setting("C", default="")],
             {"B": "many"})
    told = str(refused.value)
    assert "A is not set: the address" in told
    assert "B must be a whole number: a port" in told
    assert "C" not in told.split()


@pytest.mark.parametrize("url", ["postgresql://till:hunter2@db/till", "postgresql+psycopg://till:hunter2@db/till",
                                 "postgresql+psycopg2://till:hunter2@db:port/till"])
def test_another_database_driver_is_refused_with_the_reason(url):
    with pytest.raises(SettingsError, match=r"postgresql\+psycopg2://") as refused:
        one("database_url", url)
    assert "hunter2" not in str(refused.value)


@pytest.mark.parametrize("kind", [int, Keyring.parse, "integer", "boolean"])
def test_a_wrong_value_is_not_repeated(kind):
    with pytest.raises(SettingsError) as refused:
        one(kind, "hunter2")
    assert "hunter2" not in str(refused.value)
    assert "hunter2" not in explain([Setting("IT", kind)], {"IT": "hunter2"})


def test_loaded_settings_neither_change_nor_show():
    settings = load([Setting("DATABASE_URL", "database_url")], {"DATABASE_URL": URL})
    with pytest.raises(AttributeError):
        settings.DATABASE_URL = "another"
    with pytest.raises(AttributeError, match="OTHER"):
        _ = settings.OTHER
    assert "hunter2" not in f"{settings} {settings!r}"


def test_what_is_set_can_be_shown_without_what_is_secret():
    told = explain(
        [Setting("DATABASE_URL", "database_url", help="where it stores"), Setting("KEYS", secret=True),
         Setting("NAME"), Setting("PORT", "integer", default=0), Setting("MISSING")],
        {"DATABASE_URL": URL + "?sslpassword=hunter2", "KEYS": "hunter2", "NAME": "till"})
    assert "hunter2" not in told
    for said in ("@db:5432/till", "where it stores", "KEYS = •••", "NAME = till", "PORT = 0  (default)",
                 "MISSING = (not set!)"):
        assert said in told
