"""Values planted in the agency's files are looked for everywhere afterwards, and found nowhere in clear."""

from __future__ import annotations

import pytest

from eventkit.broker import StreamReader
from eventkit.relay import Relay
from eventkit.testing.processes import Process

CANARY = {"participant_id": "0123456789", "ssn": "900417341", "first_name": "Canariña", "last_name": "Zeisiglund",
          "language": "es", "line1": "417 Kanarienvogel Blvd", "line2": "Apt Pinzón", "city": "Serinusburg",
          "state": "XQ", "zip": "92917-4173", "address_valid": "true", "email": "canarina.z@birds.example.org"}
# long enough, or marked off, so that an encrypted value does not hold one by accident
WORDS = ("900417341", "900-41-7341", "canari", "zeisiglund", "kanarienvogel", "417 kan", "pinzón", "serinus", '"xq"',
         ",xq,", "92917-4173", "canarina.z", "birds.example")
# Each of these is refused, and holds something personal where it does.
BROKEN = ({"ssn": "90041734199"}, {"ssn": "900417341x"}, {"last_name": "Zeisiglund\x07"}, {"language": "Canariña"},
          {"zip": "92917 4173"}, {"state": "Serinusburg"}, {"email": "canarina.z"}, {"line1": ""},
          {"address_valid": "Kanarienvogel"}, {"participant_id": "900417341"}, {"first_name": "Canariña" * 20},
          {"last_name": "Zeisiglund, Canariña", "city": ""})


@pytest.fixture
def said(service, files, tmp_path, rabbitmq):
    """Everything that came of two imports and a change: tables, the broker's stream, logs, reject files."""
    amqp_url = rabbitmq.new_vhost()
    settings = service.environment | {"AMQP_URL": amqp_url, "LOG_LEVEL": "DEBUG"}
    broken = [CANARY | {"participant_id": f"{number:010d}"} | change for number, change in enumerate(BROKEN, 10)]
    people = files.csv(CANARY, *broken, name="people.csv")
    people.write_bytes(people.read_bytes() + b'0000000099,900417341,"Canari\xf1a,Zeisiglund\n')
    unusable = files.csv({key: value for key, value in CANARY.items() if key != "ssn"}, name="unusable.csv")
    heading = files.csv({value: value for value in CANARY.values()}, name="heading.csv")
    changed = files.csv(CANARY | {"line2": "Apt Pinzón 2"}, name="changed.csv")
    logs = []
    for number, path in enumerate((people, unusable, heading, changed)):
        logs.append(tmp_path / f"{number}.log")
        with Process("cases", "import", "participants", str(path), settings=settings, log=logs[-1]) as process:
            process.wait(60)
    stream = _through_the_broker(service, amqp_url)
    rejects = people.with_name("people.csv.rejects.csv")
    assert len(rejects.read_text().splitlines()) == len(BROKEN) + 2, "each broken line was told of"
    return {"logs": "".join(log.read_text() for log in logs), "rejects": rejects.read_text(), "stream": stream,
            "dump": service.dump()}


def test_nothing_personal_is_anywhere_in_clear(said):
    for place, text in said.items():
        assert text, place
        for word in WORDS:
            assert word not in text.casefold(), f"{word!r} is in the {place}"


def test_the_search_would_find_what_is_there(said):
    assert CANARY["participant_id"] in said["dump"] and CANARY["participant_id"] in said["stream"]
    assert "is not an e-mail address" in said["rejects"]
    assert "lacks the column" in said["logs"]


def test_an_error_in_the_middle_of_an_import_says_nothing_personal(service, files, tmp_path):
    with service.owner.begin() as conn:
        conn.exec_driver_sql("ALTER TABLE participants ADD CHECK (participant_id <> '0123456789')")
    log = tmp_path / "failed.log"
    with Process("cases", "import", "participants", str(files.csv(CANARY)), settings=service.environment,
                 log=log) as process:
        assert process.wait(60) == 2
    text = log.read_text()
    assert "refused the batch" in text and "Traceback" not in text
    assert not any(word in text.casefold() for word in WORDS)


def _through_the_broker(service, amqp_url):
    relay = Relay(service.engine, "cases", amqp_url)
    while relay.step():
        pass
    reader = StreamReader(amqp_url, "cases", 0)
    messages, told = [], 2
    while len(messages) < told:
        messages += reader.batch(10, wait=0.5)
    reader.close()
    return "".join(str(message) for message in messages)
