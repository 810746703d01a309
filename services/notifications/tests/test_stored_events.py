"""What is stored is a name and a version that do not follow the code: changing one of these lines breaks history."""

from datetime import UTC, date, datetime

import pytest

from notifications.definition import definition
from notifications.domain.letter import (
    LetterPrinted,
    LetterQueued,
    LetterRejected,
    LetterResealed,
    NoticeQueued,
    Reason,
)
from notifications.domain.mail import (
    MailDelayed,
    MailDiscarded,
    MailGivenUp,
    MailQueued,
    MailRetried,
    MailSent,
    Trouble,
)
from notifications.domain.print_batch import PrintBatchMade
from notifications.domain.print_key import PrintKeyAnnounced, PrintKeyDestroyed

DAY = date(2026, 11, 24)
STORED = [
    (LetterQueued("l", "pin_letter", "en", "1", "k.x", "k", DAY), "LetterQueued", 1, {
        "letter_id": "l", "template": "pin_letter", "language": "en", "participant_id": "1", "pin_sealed": "k.x",
        "print_key_id": "k", "expires_on": "2026-11-24"}),
    (NoticeQueued("n", "contact_changed", "es", "1"), "NoticeQueued", 1, {
        "letter_id": "n", "template": "contact_changed", "language": "es", "participant_id": "1"}),
    (LetterResealed("k2.x", "k2"), "LetterResealed", 1, {"pin_sealed": "k2.x", "print_key_id": "k2"}),
    (LetterPrinted("l", "1", "pin_letter", "b", DAY), "LetterPrinted", 1, {
        "letter_id": "l", "participant_id": "1", "template": "pin_letter", "batch_id": "b",
        "printed_on": "2026-11-24"}),
    (LetterRejected("l", "1", Reason.NO_ADDRESS), "LetterRejected", 1, {
        "letter_id": "l", "participant_id": "1", "reason": "no_address"}),
    (MailQueued("m", "contact_email", "es", "1"), "MailQueued", 1, {
        "mail_id": "m", "template": "contact_email", "language": "es", "participant_id": "1"}),
    (MailDelayed("m", Trouble.UNREACHABLE, None, datetime(2026, 11, 24, 20, tzinfo=UTC)), "MailDelayed", 1, {
        "mail_id": "m", "trouble": "unreachable", "code": None, "next_try_at": "2026-11-24T20:00:00+00:00"}),
    (MailSent("m", 2), "MailSent", 1, {"mail_id": "m", "attempts": 2}),
    (MailGivenUp("m", Trouble.REFUSED, 550, 1), "MailGivenUp", 1, {
        "mail_id": "m", "trouble": "refused", "code": 550, "attempts": 1}),
    (MailRetried("m"), "MailRetried", 1, {"mail_id": "m"}),
    (MailDiscarded("m"), "MailDiscarded", 1, {"mail_id": "m"}),
    (PrintBatchMade(2, 1, 0, 70_000, "ab"), "PrintBatchMade", 1, {
        "letters": 2, "rejected": 1, "postponed": 0, "bytes": 70_000, "sha256": "ab"}),
    (PrintKeyAnnounced("k", "cHVi"), "PrintKeyAnnounced", 1, {"print_key_id": "k", "public_key": "cHVi"}),
    (PrintKeyDestroyed("k"), "PrintKeyDestroyed", 1, {"print_key_id": "k"}),
]


@pytest.mark.parametrize(("event", "name", "version", "data"), STORED, ids=[row[1] for row in STORED])
def test_an_event_is_stored_in_its_form_and_read_back(event, name, version, data):
    assert definition.registry.encode(event) == (name, version, data)
    assert definition.registry.decode(name, version, data) == event


def test_every_event_has_its_form_here():
    assert definition.registry.names() == sorted((name, version) for _, name, version, _ in STORED)
