"""A print batch, from what the other services tell to the files and what is published."""

from __future__ import annotations

import json
import threading
from datetime import date
from functools import partial

import pypdf
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, ProgrammingError

from eventkit.crypto import CannotDecrypt, Keyring, generate_key, generate_sealing_pair
from eventkit.testing.processes import wait_until
from notifications.definition import definition
from notifications.letters.setting import NotPrintable, TemplateBroken
from notifications.personal import KeyMissing
from notifications.printing.keys import open_keys
from notifications.printing.manifest import sha256
from notifications.printing.press import Busy

ANA, BEN = "1000000001", "1000000002"


def test_letters_are_printed_with_their_pins_and_told_of(service):
    service.register(ANA)
    service.register(BEN, name="Ben Roe", language="en")
    service.issue_pin("l-ana", ANA)
    service.issue_pin("l-ben", BEN, language="en")

    [batch] = service.print()

    assert (batch.letters, batch.rejected, batch.postponed) == (2, 0, 0)
    assert service.pins_on_disk() == sorted(service.pins.items())
    assert service.printed() == ["l-ana", "l-ben"]
    assert service.published("letter_printed")[0] == {
        "letter_id": "l-ana", "participant_id": ANA, "template": "pin_letter", "batch_id": batch.place.name[6:],
        "printed_on": "2026-11-24"}
    assert service.rows("SELECT * FROM spool") == []


def test_the_manifest_tells_what_is_in_the_batch_and_nothing_of_anybody(service):
    service.register(ANA)
    service.issue_pin("l-1", ANA)
    service.issue_pin("l-2", ANA, expires_on=service.clock().date())
    [batch] = service.print()

    words = (batch.place / "manifest.json").read_text()
    manifest = json.loads(words)
    pdf = (batch.place / "l-1.pdf").read_bytes()
    assert manifest == {
        "batch_id": batch.place.name[6:], "created_at": "2026-11-24T20:00:00+00:00", "count": 1, "bytes": len(pdf),
        "letters": [{"letter_id": "l-1", "file": "l-1.pdf", "bytes": len(pdf), "sha256": sha256(pdf),
                     "template": "pin_letter", "language": "es"}],
        "rejected": {"l-2": "expired"}}
    made = service.rows("SELECT data FROM events WHERE name = 'PrintBatchMade'")[0]["data"]
    assert made == {"letters": 1, "rejected": 1, "postponed": 0, "bytes": len(pdf), "sha256": sha256(words.encode())}
    assert ANA not in words


def test_the_files_are_for_the_printer_alone(service):
    service.register(ANA)
    service.issue_pin("l-1", ANA)
    [batch] = service.print()
    assert batch.place.stat().st_mode & 0o077 == 0
    assert all(path.stat().st_mode & 0o077 == 0 for path in batch.place.iterdir())


def test_nothing_waits_nothing_is_made_and_the_key_stays(service):
    key = service.current_key()
    assert service.print() == []
    assert service.current_key() == key and service.batches() == []


class TestKeys:
    def test_a_first_key_is_announced_once(self, new_service):
        service = new_service()
        for _ in range(2):
            service.press().ensure_key()
        assert len(service.published("print_key_announced")) == 1
        assert service.living_keys() == [service.current_key()[0]]

    def test_two_that_start_at_once_announce_one_key(self, new_service):
        service = new_service()
        threads = [threading.Thread(target=service.press().ensure_key) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(service.published("print_key_announced")) == 1

    def test_a_batch_announces_the_next_key_and_destroys_the_old_one(self, service):
        old, _ = service.current_key()
        service.register(ANA)
        service.issue_pin("l-1", ANA)
        service.print()

        new, _ = service.current_key()
        assert new != old and service.living_keys() == [new]
        [row] = service.rows(f"SELECT private_enc, destroyed_at FROM print_keys WHERE print_key_id = '{old}'")
        assert row["private_enc"] is None and row["destroyed_at"] is not None
        [destroyed] = service.rows("SELECT data FROM events WHERE name = 'PrintKeyDestroyed'")
        assert destroyed["data"] == {"print_key_id": old}

    def test_what_was_printed_can_never_be_opened_again(self, service):
        service.register(ANA)
        service.issue_pin("l-1", ANA)
        service.print()
        [queued] = service.rows("SELECT data FROM events WHERE name = 'LetterQueued'")
        every_key = [row["print_key_id"] for row in service.rows("SELECT print_key_id FROM print_keys")]
        with service.engine.connect() as conn:
            opener = open_keys(conn, service.keyring, every_key)
        with pytest.raises(CannotDecrypt):
            opener.open(queued["data"]["pin_sealed"], "l-1|pin")

    def test_the_private_key_is_in_no_event_and_never_in_clear(self, service):
        [row] = service.rows("SELECT * FROM print_keys")
        private = service.keyring.decrypt(row["private_enc"], f"{row['print_key_id']}|private").decode()
        assert len(private) == 44
        assert private not in everything(service)
        assert row["private_enc"] not in str(service.rows("SELECT data FROM events UNION ALL SELECT data FROM outbox"))

    def test_a_letter_sealed_to_a_destroyed_key_is_rejected(self, service):
        service.register(ANA)
        old = service.current_key()
        service.issue_pin("l-1", ANA)
        service.print()
        service.issue_pin("l-late", ANA, key=old)
        assert service.rejected() == {"l-late": "key_destroyed"}
        assert service.rows("SELECT * FROM spool") == []

    def test_a_letter_sealed_to_a_key_nobody_knows_is_rejected(self, service):
        service.register(ANA)
        service.issue_pin("l-1", ANA, key=("stray", generate_sealing_pair("stray")[1].partition(":")[2]))
        assert service.rejected() == {"l-1": "key_destroyed"}

    def test_a_letter_that_arrives_under_the_old_key_while_the_batch_is_made_is_printed_too(self, service):
        service.register(ANA)
        old = service.current_key()
        service.issue_pin("l-1", ANA)

        def auth_has_not_heard_of_the_new_key(step):
            if step == "shown" and "l-2" not in service.pins:
                service.issue_pin("l-2", ANA, key=old)

        made = service.print(reached=auth_has_not_heard_of_the_new_key)
        assert [batch.letters for batch in made] == [1, 1]
        assert service.pins_on_disk() == sorted(service.pins.items())
        assert service.living_keys() == [service.current_key()[0]] and service.current_key() != old

    def test_one_new_key_is_enough_for_letters_that_need_several_batches(self, service):
        service.register(ANA)
        for number in range(5):
            service.issue_pin(f"l-{number}", ANA)
        made = service.print(limit=2)
        assert [batch.letters for batch in made] == [2, 2, 1]
        assert service.pins_on_disk() == sorted(service.pins.items())
        assert len(service.published("print_key_announced")) == 2
        assert service.living_keys() == [service.current_key()[0]]

    def test_a_key_is_spared_while_a_letter_is_just_being_queued_under_it(self, service):
        """The race of the last transaction with a subscriber: the letter is in the spool, or it is refused."""
        service.register(ANA)
        old = service.current_key()
        service.issue_pin("l-1", ANA)
        queueing = threading.Event()

        def queue_slowly():
            with service.engine.begin() as conn:
                data = service.pin_issued("l-2", ANA, key=old)
                subscription = next(s for s in subscriptions_of(service) if s.publisher == "auth")
                subscription.apply(conn, [service.envelope("auth.temporary_pin_issued.v1", data, ANA)])
                queueing.set()
                wait_until(partial(somebody_waits_for_a_lock, service), within=20)

        thread = threading.Thread(target=queue_slowly)

        def reached(step):
            if step == "shown" and not queueing.is_set():
                thread.start()
                queueing.wait(10)

        made = service.print(reached=reached)
        thread.join(10)
        assert [batch.letters for batch in made] == [1, 1] and service.rejected() == {}
        assert service.pins_on_disk() == sorted(service.pins.items())


class TestWhoGetsALetter:
    @pytest.mark.parametrize("details", [{"valid": False}, {"street": None}])
    def test_nobody_without_a_valid_address(self, service, details):
        service.register(ANA, **details)
        service.issue_pin("l-1", ANA)
        service.print()
        assert service.rejected() == {"l-1": "no_address"}
        assert service.published("letter_rejected") == [
            {"letter_id": "l-1", "participant_id": ANA, "reason": "no_address"}]
        assert service.pins_on_disk() == []

    def test_nobody_whose_pin_has_expired(self, service):
        service.register(ANA)
        service.issue_pin("l-1", ANA, expires_on=date(2026, 11, 24))
        service.print()
        assert service.rejected() == {"l-1": "expired"}

    def test_the_address_of_the_day_of_printing_counts(self, service):
        service.register(ANA, valid=False)
        service.issue_pin("l-1", ANA)
        service.change(ANA, street="9 New Road")
        [batch] = service.print()
        assert "9 New Road" in letter_text(batch.place / "l-1.pdf")

    def test_one_whose_registration_comes_after_the_pin(self, service):
        """No order holds between publishers."""
        service.issue_pin("l-1", ANA)
        assert service.print() == []
        service.register(ANA)
        service.print()
        assert service.pins_on_disk() == sorted(service.pins.items())

    def test_an_unknown_one_waits_but_does_not_keep_the_old_key_alive(self, service):
        service.register(BEN)
        service.issue_pin("l-ana", ANA)
        service.issue_pin("l-ben", BEN)
        [batch] = service.print()
        assert (batch.letters, batch.postponed) == (1, 1)
        assert service.living_keys() == [service.current_key()[0]]
        [again] = service.rows("SELECT data FROM events WHERE name = 'LetterResealed'")
        assert service.rows("SELECT pin_sealed, print_key_id FROM spool") == [again["data"]]

        service.register(ANA)
        service.print()
        assert service.pins_on_disk() == sorted(service.pins.items())

    @pytest.mark.timeout(30)
    def test_unknown_ones_do_not_crowd_out_the_others(self, service):
        """However small a batch may be, each settles a letter, so that they come to an end."""
        for number in range(3):
            service.issue_pin(f"l-unknown-{number}", f"99{number}")
        service.register(BEN)
        service.issue_pin("l-ben-1", BEN)
        service.issue_pin("l-ben-2", BEN)
        made = service.print(limit=1)
        assert [(batch.letters, batch.postponed) for batch in made] == [(1, 0), (1, 0)]
        assert service.printed() == ["l-ben-1", "l-ben-2"]
        assert [row["letter_id"] for row in service.rows("SELECT letter_id FROM spool ORDER BY 1")] == [
            "l-unknown-0", "l-unknown-1", "l-unknown-2"]

    def test_an_unknown_one_is_given_up_after_a_day(self, service):
        service.issue_pin("l-1", ANA)
        service.clock.forward(days=1)
        service.print()
        assert service.rejected() == {"l-1": "no_address"}

    def test_the_same_pin_told_twice_is_one_letter(self, service):
        service.register(ANA)
        data = service.pin_issued("l-1", ANA)
        for _ in range(2):
            service.tell("auth.temporary_pin_issued.v1", data, ANA)
        service.print()
        service.tell("auth.temporary_pin_issued.v1", data, ANA)
        assert service.print() == []
        assert service.printed() == ["l-1"]


class TestWhatCannotBePrinted:
    def test_one_letter_that_cannot_be_set_does_not_hold_up_the_others(self, service):
        service.register(ANA, name="李小龍")
        service.register(BEN)
        service.issue_pin("l-ana", ANA)
        service.issue_pin("l-ben", BEN)
        service.print()
        assert service.rejected() == {"l-ana": "not_printable"}
        assert service.printed() == ["l-ben"]

    def test_a_value_that_was_tampered_with_does_not_hold_up_the_others(self, service):
        service.register(ANA)
        service.register(BEN)
        stolen = service.person(BEN) | {"participant_id": ANA}
        service.tell("cases.participant_changed.v1", stolen, ANA)
        service.issue_pin("l-ana", ANA)
        service.issue_pin("l-ben", BEN)
        service.print()
        assert service.rejected() == {"l-ana": "not_printable"} and service.printed() == ["l-ben"]

    def test_a_defect_of_ours_rejects_nobody_and_is_tried_again(self, service):
        service.register(ANA)
        service.issue_pin("l-1", ANA)

        def broken(_letter):
            raise TemplateBroken("pin_letter")

        with pytest.raises(TemplateBroken):
            service.print(render_letter=broken)
        assert service.rejected() == {} and service.batches() == []
        service.print()
        assert service.printed() == ["l-1"]

    def test_a_key_that_operators_dropped_too_early_rejects_nobody(self, service):
        service.register(ANA)
        service.issue_pin("l-1", ANA)
        with pytest.raises(KeyMissing):
            service.print(keyring=Keyring.parse(generate_key("k2")))
        service.print()
        assert service.printed() == ["l-1"]


class TestTwoAtOnce:
    def test_a_second_press_is_told_to_wait(self, service):
        service.register(ANA)
        service.issue_pin("l-1", ANA)
        refused = []

        def second(step):
            if step == "opened":
                with pytest.raises(Busy):
                    service.print()
                refused.append(step)

        service.print(reached=second)
        assert refused == ["opened"] and service.printed() == ["l-1"]

    def test_no_transaction_is_open_while_letters_are_rendered(self, service):
        service.register(ANA)
        service.issue_pin("l-1", ANA)
        open_ones = []

        def watching(_letter):
            query = ("SELECT count(*) AS n FROM pg_stat_activity WHERE datname = current_database() "
                     "AND xact_start IS NOT NULL AND pid <> pg_backend_pid()")
            with service.engine.connect() as conn:  # the service's own role: it may see what its sessions do
                open_ones.append(conn.execute(text(query)).scalar_one())
            raise NotPrintable("not needed here")

        service.print(render_letter=watching)
        assert open_ones == [0]


def test_a_schedule_waits_its_time_but_not_with_a_batch_left_open(service):
    press = service.press()
    assert not press.is_due(3600)
    service.register(ANA)
    service.issue_pin("l-1", ANA)
    assert press.is_due(3600)
    service.print()
    service.issue_pin("l-2", ANA)
    assert not press.is_due(3600)
    service.clock.forward(minutes=59)
    assert not press.is_due(3600)
    service.clock.forward(minutes=1)
    assert press.is_due(3600)

    class Crash(Exception):
        pass

    def crash(step):
        raise Crash

    with pytest.raises(Crash):
        service.print(reached=crash)
    assert press.is_due(3600)


class TestTheDatabaseItself:
    """The service's role cannot do what the service must never do."""

    @pytest.mark.parametrize("statement", [
        "DELETE FROM print_keys", "UPDATE print_keys SET public_key = 'x'", "UPDATE events SET name = 'x'",
        "DELETE FROM events", "DELETE FROM address_book", "UPDATE print_batches SET directory = 'x'"])
    def test_history_stays(self, service, statement):
        with pytest.raises(ProgrammingError, match="permission denied"), service.engine.begin() as conn:
            conn.execute(text(statement))

    @pytest.mark.parametrize("statement", [
        "UPDATE print_keys SET private_enc = NULL",
        "INSERT INTO print_keys VALUES ('second', 'x', 'x', now(), NULL, NULL)"])
    def test_there_is_one_current_key_and_it_lives(self, service, statement):
        with pytest.raises(DBAPIError), service.engine.begin() as conn:
            conn.execute(text(statement))


def test_no_personal_data_and_no_pin_is_in_the_clear_anywhere_but_in_the_letter(service, capfd):
    service.register(ANA)
    service.register(BEN, valid=False)
    service.issue_pin("l-ana", ANA)
    service.issue_pin("l-ben", BEN)
    before = everything(service)
    [batch] = service.print()
    said = capfd.readouterr()
    seen = before + everything(service) + said.out + said.err + (batch.place / "manifest.json").read_text()
    for canary in ("Canary", "Ñandú", "77 Can", "canary@", *service.pins.values()):
        assert canary not in seen
        assert json.dumps(canary).strip('"') not in seen
    assert "Ñandú" in letter_text(batch.place / "l-ana.pdf")


def everything(service) -> str:
    """Every cell of every table, as text."""
    tables = service.rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    return "\n".join(row["row"] for table in tables
                     for row in service.rows(f'SELECT t::text AS row FROM "{table["tablename"]}" t'))


def letter_text(path) -> str:
    return " ".join(pypdf.PdfReader(path).pages[0].extract_text().split())


def somebody_waits_for_a_lock(service) -> bool:
    query = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    with service.engine.connect() as conn:
        return conn.execute(text(query)).scalar_one() > 0


def subscriptions_of(service):
    return definition.subscriptions(service.app, service.settings)
