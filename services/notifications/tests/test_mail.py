"""An e-mail is queued once, tried while that may help, and ends once."""

from datetime import UTC, datetime, timedelta

import pytest

from eventkit.testing.spec import given
from notifications.domain.mail import (
    LONGEST_PAUSE,
    MOST_ATTEMPTS,
    DiscardMail,
    MailDelayed,
    MailDiscarded,
    MailGivenUp,
    MailQueued,
    MailRetried,
    MailSent,
    QueueMail,
    RecordSent,
    RecordTrouble,
    RetryMail,
    Trouble,
    mail,
    pause_after,
)

NOW = datetime(2026, 11, 24, 20, 0, tzinfo=UTC)
ASKED = {"mail_id": "m-1", "template": "contact_email", "language": "es", "participant_id": "1000000001"}
QUEUE, QUEUED = QueueMail(**ASKED), MailQueued(**ASKED)
AWAY = RecordTrouble(Trouble.UNREACHABLE, None, NOW)
REFUSED = RecordTrouble(Trouble.REFUSED, 550, NOW)
DELAYED = MailDelayed("m-1", Trouble.UNREACHABLE, None, NOW + timedelta(minutes=1))
GIVEN_UP = MailGivenUp("m-1", Trouble.REFUSED, 550, 1)


def test_a_mail_is_queued_once_and_sent_once():
    given(mail).when(QUEUE).then(QUEUED).when(QUEUE).then_nothing()
    given(mail, QUEUED).when(RecordSent()).then(MailSent("m-1", 1)).when(QUEUE).then_nothing()
    given(mail, QUEUED, MailSent("m-1", 1)).when(RecordSent()).then_rejected("mail_is_settled")


def test_another_mail_of_the_same_id_is_refused():
    given(mail, QUEUED).when(QueueMail(**{**ASKED, "language": "en"})).then_rejected("mail_id_taken")


def test_what_passes_is_tried_again():
    given(mail, QUEUED).when(AWAY).then(DELAYED).when(RecordSent()).then(MailSent("m-1", 2))


def test_what_does_not_pass_is_given_up_at_once():
    given(mail, QUEUED).when(REFUSED).then(GIVEN_UP)
    given(mail, QUEUED, GIVEN_UP).when(RecordSent()).then_rejected("mail_is_settled")


@pytest.mark.parametrize("trouble", list(Trouble))
def test_each_trouble_is_one_that_passes_or_not(trouble):
    assert trouble.passes is (trouble.value in ("unreachable", "refused_for_now", "our_settings"))


def test_what_never_passes_is_given_up_after_most_of_a_day():
    before = [DELAYED] * (MOST_ATTEMPTS - 1)
    given(mail, QUEUED, *before).when(AWAY).then(MailGivenUp("m-1", Trouble.UNREACHABLE, None, MOST_ATTEMPTS))
    pauses = [pause_after(attempts) for attempts in range(1, MOST_ATTEMPTS)]
    assert pauses == sorted(pauses) and pauses[-1] == LONGEST_PAUSE
    assert timedelta(hours=18) < sum(pauses, timedelta()) < timedelta(days=1)


def test_an_operator_has_what_was_given_up_tried_anew_or_discards_it():
    given(mail, QUEUED, GIVEN_UP).when(RetryMail()).then(MailRetried("m-1")).when(AWAY).then(DELAYED)
    given(mail, QUEUED, GIVEN_UP).when(DiscardMail()).then(MailDiscarded("m-1"))


@pytest.mark.parametrize("command", [RetryMail(), DiscardMail()])
def test_an_operator_leaves_alone_what_is_still_tried_or_is_over(command):
    given(mail, QUEUED).when(command).then_rejected("not_given_up")
    given(mail, QUEUED, MailSent("m-1", 1)).when(command).then_rejected("mail_is_settled")
    given(mail, QUEUED, GIVEN_UP, MailDiscarded("m-1")).when(command).then_rejected("mail_is_settled")


@pytest.mark.parametrize("command", [RecordSent(), AWAY, RetryMail(), DiscardMail()])
def test_nothing_happens_to_a_mail_that_was_never_queued(command):
    given(mail).when(command).then_rejected("unknown_mail")
