"""A letter is queued once and ends once."""

from datetime import date

import pytest

from eventkit.testing.spec import given
from notifications.domain.letter import (
    LetterPrinted,
    LetterQueued,
    LetterRejected,
    LetterResealed,
    MarkLetterPrinted,
    NoticeQueued,
    QueueLetter,
    QueueNotice,
    Reason,
    RejectLetter,
    ResealLetter,
    letter,
)

EXPIRES = date(2026, 12, 15)
TODAY = date(2026, 11, 24)
ASKED = {"letter_id": "l-1", "template": "pin_letter", "language": "es", "participant_id": "1000000001",
         "pin_sealed": "k1.sealed", "print_key_id": "k1", "expires_on": EXPIRES}
QUEUE, QUEUED = QueueLetter(**ASKED), LetterQueued(**ASKED)
PRINT, PRINTED = MarkLetterPrinted("b-1", TODAY), LetterPrinted("l-1", "1000000001", "pin_letter", "b-1", TODAY)
REJECT, REJECTED = RejectLetter(Reason.NO_ADDRESS), LetterRejected("l-1", "1000000001", Reason.NO_ADDRESS)


def test_a_letter_is_queued():
    given(letter).when(QUEUE).then(QUEUED)


def test_the_same_letter_again_is_queued_once():
    given(letter, QUEUED).when(QUEUE).then_nothing()
    given(letter, QUEUED, PRINTED).when(QUEUE).then_nothing()
    given(letter, QUEUED, LetterResealed("k2.sealed", "k2")).when(QUEUE).then_nothing()


def test_another_letter_of_the_same_id_is_refused():
    other = QueueLetter(**{**ASKED, "pin_sealed": "k1.another"})
    given(letter, QUEUED).when(other).then_rejected("letter_id_taken")


@pytest.mark.parametrize("letter_id", ["", "../etc/passwd", "a/b", ".hidden", "a.b", "x" * 65, "a b", "a\n"])
def test_an_id_that_cannot_name_a_file_is_refused(letter_id):
    given(letter).when(QueueLetter(**{**ASKED, "letter_id": letter_id})).then_rejected("bad_letter_id")


@pytest.mark.parametrize("command", [PRINT, REJECT, ResealLetter("k2.sealed", "k2")])
def test_nothing_happens_to_a_letter_that_was_never_queued(command):
    given(letter).when(command).then_rejected("unknown_letter")


def test_a_letter_is_printed_once():
    given(letter, QUEUED).when(PRINT).then(PRINTED).when(PRINT).then_nothing()
    given(letter, QUEUED, PRINTED).when(MarkLetterPrinted("b-2", TODAY)).then_rejected("letter_is_settled")


def test_a_letter_is_rejected_once():
    given(letter, QUEUED).when(REJECT).then(REJECTED).when(REJECT).then_nothing()
    given(letter, QUEUED, REJECTED).when(RejectLetter(Reason.EXPIRED)).then_rejected("letter_is_settled")


@pytest.mark.parametrize(("end", "command"), [(PRINTED, REJECT), (REJECTED, PRINT)])
def test_a_letter_has_one_end(end, command):
    given(letter, QUEUED, end).when(command).then_rejected("letter_is_settled")
    given(letter, QUEUED, end).when(ResealLetter("k2.sealed", "k2")).then_rejected("letter_is_settled")


def test_a_letter_that_waits_on_is_sealed_again():
    again = ResealLetter("k2.sealed", "k2")
    given(letter, QUEUED).when(again).then(LetterResealed("k2.sealed", "k2")).when(PRINT).then(PRINTED)


NOTICE = {"letter_id": "n-1", "template": "contact_changed", "language": "es", "participant_id": "1000000001"}
TOLD = NoticeQueued(**NOTICE)


def test_a_notice_is_queued_once_and_printed_once():
    printed = LetterPrinted("n-1", "1000000001", "contact_changed", "b-1", TODAY)
    given(letter).when(QueueNotice(**NOTICE)).then(TOLD).when(QueueNotice(**NOTICE)).then_nothing()
    given(letter, TOLD).when(PRINT).then(printed).when(PRINT).then_nothing()
    given(letter, TOLD, printed).when(QueueNotice(**NOTICE)).then_nothing()


def test_a_notice_and_a_letter_with_a_pin_never_share_an_id():
    given(letter, QUEUED).when(QueueNotice(**{**NOTICE, "letter_id": "l-1"})).then_rejected("letter_id_taken")
    given(letter).when(QueueNotice(**{**NOTICE, "letter_id": "../n"})).then_rejected("bad_letter_id")


def test_there_is_nothing_to_seal_in_a_notice():
    given(letter, TOLD).when(ResealLetter("k2.sealed", "k2")).then_rejected("nothing_is_sealed")
