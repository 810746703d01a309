"""What an account decides."""

from datetime import UTC, date, datetime, timedelta

import pytest

from auth.domain.account import account
from auth.domain.commands import (
    ChangeForcedPin,
    ChangePin,
    DisableAccount,
    IssueTemporaryPin,
    LogIn,
    Matched,
    NoteLetterNotSent,
    RecordParticipant,
    RequestPin,
    UnlockAccount,
)
from auth.domain.events import (
    AccountDisabled,
    AccountLocked,
    AccountOpened,
    AccountUnlocked,
    LanguageChanged,
    LogInFailed,
    LogInRefused,
    LogInSucceeded,
    MailingAddressChanged,
    PinChanged,
    PinRequested,
    PinRequestRefused,
    TemporaryPinIssued,
    TemporaryPinSuperseded,
    TemporaryPinUsed,
)
from auth.domain.words import Act, IssueReason, Refused, Superseded
from eventkit.testing.spec import given

ANA = "0471962583"
TODAY, NOW = date(2026, 11, 24), datetime(2026, 11, 24, 20, 0, tzinfo=UTC)
QUARTER, HOUR, DAY = timedelta(minutes=15), timedelta(hours=1), timedelta(days=1)

OPENED = (AccountOpened(ANA, "es"), MailingAddressChanged(True, None))
NOTHING, STANDING = Matched(), Matched(standing=True)


def issued(letter_id="l1", at=NOW, reason=IssueReason.REQUEST, replaces=None):
    return TemporaryPinIssued(ANA, "es", letter_id, at, at.date() + timedelta(days=20), "k1.sealed", "k1", reason,
                              replaces)


def issue(letter_id="l1", at=NOW, reason=IssueReason.REQUEST, replaces=None):
    return IssueTemporaryPin(at, at.date(), letter_id, "k1.sealed", "k1", reason, replaces)


def log_in(matched=NOTHING, at=NOW, channel="web"):
    return LogIn(channel, at, at.date(), matched, "mark")


def failures(count, at=NOW):
    """A PIN of one's own, that many failures and the locks they brought."""
    history = given(account, *OPENED, PinChanged("web"))
    for _ in range(count):
        step = history.when(log_in(at=at))
        if isinstance(step.events[-1], LogInRefused):
            at += DAY
            step = history.when(log_in(at=at))
        history = step.then(*step.events)
    return history.history


def test_an_account_opens_with_what_is_on_file():
    record = RecordParticipant(ANA, "es", True, date(2026, 11, 1))
    given(account).when(record).then(AccountOpened(ANA, "es"), MailingAddressChanged(True, date(2026, 11, 1))) \
        .when(record).then_nothing() \
        .when(RecordParticipant(ANA, "en", True, date(2026, 11, 1))).then(LanguageChanged("en")) \
        .when(RecordParticipant(ANA, "en", False, None)).then(MailingAddressChanged(False, None))


def test_without_an_account_nothing_can_be_done():
    for command in (RequestPin("web"), log_in(), issue(), DisableAccount("ops", "x")):
        given(account).when(command).then_rejected("no_account")


def test_a_request_is_on_record_before_it_is_decided():
    given(account, *OPENED).when(RequestPin("phone")).then(PinRequested("phone"))


def test_a_letter_goes_out_and_the_pin_in_it_opens_the_forced_change_once():
    given(account, *OPENED).when(issue()).then(issued()) \
        .when(log_in(Matched("l1"))) \
        .then(TemporaryPinUsed("l1"), LogInSucceeded("web", True, "mark", NOW + QUARTER)) \
        .when(log_in(Matched("l1"))).then(LogInFailed("web")) \
        .when(ChangeForcedPin("web", NOW, "mark", None)).then(PinChanged("web")) \
        .when(log_in(STANDING)).then(LogInSucceeded("web", False))


def test_a_newer_letter_supersedes_an_older_one():
    given(account, *OPENED, issued()).when(issue("l2", NOW + DAY)) \
        .then(TemporaryPinSuperseded("l1", Superseded.NEWER_LETTER), issued("l2", NOW + DAY)) \
        .when(log_in(Matched("l1"), NOW + DAY)).then(LogInFailed("web"))


@pytest.mark.parametrize(("days", "works"), [(0, True), (20, True), (21, False)])
def test_the_pin_of_a_letter_works_for_twenty_one_days(days, works):
    when = given(account, *OPENED, issued()).when(log_in(Matched("l1"), NOW + timedelta(days=days)))
    assert isinstance(when.events[-1], LogInSucceeded if works else LogInFailed)


@pytest.mark.parametrize(("valid", "changed_on", "reason"), [
    (False, None, Refused.NO_ADDRESS),
    (True, TODAY, Refused.ADDRESS_JUST_CHANGED),
    (True, TODAY - timedelta(days=13), Refused.ADDRESS_JUST_CHANGED),
    (True, TODAY - timedelta(days=14), None),
])
def test_only_to_an_address_that_is_valid_and_was_not_just_changed_by_its_reader(valid, changed_on, reason):
    when = given(account, AccountOpened(ANA, "es"), MailingAddressChanged(valid, changed_on)).when(issue())
    when.then(PinRequestRefused(reason) if reason else issued())


def test_one_letter_in_twenty_four_hours():
    given(account, *OPENED, issued()).when(issue("l2", NOW + DAY - timedelta(seconds=1))) \
        .then(PinRequestRefused(Refused.TOO_SOON)) \
        .when(issue("l2", NOW + DAY)) \
        .then(TemporaryPinSuperseded("l1", Superseded.NEWER_LETTER), issued("l2", NOW + DAY))


def test_four_letters_in_any_thirty_days():
    sent = [issued(f"l{day}", NOW + day * DAY) for day in (0, 10, 20, 25)]
    history = given(account, *OPENED, *sent)
    history.when(issue("l5", NOW + 30 * DAY - QUARTER)).then(PinRequestRefused(Refused.TOO_MANY))
    history.when(issue("l5", NOW + 30 * DAY)) \
        .then(TemporaryPinSuperseded("l25", Superseded.NEWER_LETTER), issued("l5", NOW + 30 * DAY))


def test_a_letter_instead_of_one_that_was_not_printed_counts_as_that_one():
    again = issue("l2", NOW + HOUR, IssueReason.REISSUE, "l1")
    given(account, *OPENED, issued()).when(again) \
        .then(TemporaryPinSuperseded("l1", Superseded.NEWER_LETTER),
              issued("l2", NOW + HOUR, IssueReason.REISSUE, "l1")) \
        .when(again).then_nothing() \
        .when(NoteLetterNotSent("l2")).then(TemporaryPinSuperseded("l2", Superseded.LETTER_NOT_SENT)) \
        .when(issue("l3", NOW + HOUR)).then(issued("l3", NOW + HOUR))


def test_nothing_goes_out_instead_of_a_letter_whose_pin_was_used():
    given(account, *OPENED, issued(), TemporaryPinUsed("l1")) \
        .when(issue("l2", NOW, IssueReason.REISSUE, "l1")).then_nothing() \
        .when(NoteLetterNotSent("l1")).then_nothing()


@pytest.mark.parametrize(("count", "length"), [
    (5, QUARTER), (10, HOUR), (15, HOUR), (20, DAY), (25, DAY), (95, DAY), (100, None)])
def test_the_lock_grows(count, length):
    *_, failed, locked = failures(count)
    assert failed == LogInFailed("web")
    assert locked == AccountLocked(locked.since, locked.since + length if length else None, count)


def test_a_locked_account_looks_at_no_pin_and_counts_none():
    locked = given(account, *failures(5))
    for at in (NOW, NOW + QUARTER - timedelta(seconds=1)):
        locked.when(log_in(STANDING, at, "phone")).then(LogInRefused("phone"))
    locked.when(log_in(STANDING, NOW + QUARTER)).then(LogInSucceeded("web", False))
    locked.when(log_in(NOTHING, NOW + QUARTER)).then(LogInFailed("web"))


def test_a_success_sets_the_counter_to_zero():
    given(account, *failures(4), LogInSucceeded("web", False), LogInFailed("web")).when(log_in()) \
        .then(LogInFailed("web"))


def test_a_letter_from_before_a_lock_does_not_pass_it_and_a_newer_one_does():
    before, after = NOW - DAY, NOW
    locked = (*OPENED, issued("old", before), *[LogInFailed("web")] * 5, AccountLocked(NOW, NOW + DAY, 5))
    given(account, *locked).when(log_in(Matched("old"), NOW)).then(LogInRefused("web"))
    newer = given(account, *locked, TemporaryPinSuperseded("old", Superseded.NEWER_LETTER), issued("new", after))
    newer.when(log_in(STANDING, NOW)).then(LogInFailed("web"))
    newer.when(log_in(Matched("new"), NOW)) \
        .then(TemporaryPinUsed("new"), LogInSucceeded("web", True, "mark", NOW + QUARTER)) \
        .when(log_in(STANDING, NOW)).then(LogInSucceeded("web", False))


def test_guesses_at_a_letters_pin_during_a_lock_are_counted_and_lock_it_too():
    history = given(account, *failures(5), issued("new"))
    for _ in range(4):
        history = history.when(log_in()).then(LogInFailed("web"))
    history.when(log_in(at=NOW + QUARTER / 2)) \
        .then(LogInFailed("web"), AccountLocked(NOW + QUARTER / 2, NOW + QUARTER / 2 + HOUR, 10)) \
        .when(log_in(Matched("new"), NOW + QUARTER / 2)).then(LogInRefused("web"))


def test_a_hundred_failures_disable_every_pin_until_a_later_letter_is_used():
    disabled = given(account, *failures(100))
    later = NOW + 400 * DAY
    disabled.when(log_in(STANDING, later)).then(LogInRefused("web"))
    disabled.when(issue("l1", later)).then(issued("l1", later)) \
        .when(log_in(STANDING, later)).then(LogInFailed("web")) \
        .when(log_in(Matched("l1"), later)) \
        .then(TemporaryPinUsed("l1"), LogInSucceeded("web", True, "mark", later + QUARTER)) \
        .when(ChangeForcedPin("web", later, "mark", None)).then(PinChanged("web")) \
        .when(log_in(STANDING, later)).then(LogInSucceeded("web", False))


def test_a_letter_after_that_is_guessed_at_a_hundred_times_at_most():
    at, guesses = NOW + 400 * DAY, 0
    history = given(account, *failures(100), issued("l1", at))
    while guesses <= 100 and history.decider.fold(history.history).temporary:
        step = history.when(LogIn("web", at, NOW.date(), NOTHING, "mark"))
        guesses += isinstance(step.events[0], LogInFailed)
        history = step.then(*step.events)
        at += DAY / 4
    assert guesses == 100
    assert isinstance(history.history[-1], AccountLocked) and history.history[-1].until is None


def test_the_hundredth_failure_ends_a_letter_that_is_on_its_way():
    history = failures(99)
    given(account, *history, issued("l1", NOW + 50 * DAY)).when(log_in(at=NOW + 60 * DAY)) \
        .then(LogInFailed("web"), TemporaryPinSuperseded("l1", Superseded.ACCOUNT_DISABLED),
              AccountLocked(NOW + 60 * DAY, None, 100))


def guessed_at(history, times, at=NOW):
    """So many wrong PINs in a row, every one of which is looked at."""
    for _ in range(times):
        step = history.when(log_in(at=at))
        assert isinstance(step.events[0], LogInFailed)
        history = step.then(*step.events)
    return history


def test_an_unlock_gives_no_more_guesses_at_a_letter():
    history = guessed_at(given(account, *OPENED).when(issue()).then(issued()), 30)
    history = history.when(UnlockAccount("kim", "called in")).then(AccountUnlocked("kim", "called in"))
    for times in (14, 18, 19, 18):
        history = guessed_at(history, times)
    history.when(log_in()) \
        .then(LogInFailed("web"), TemporaryPinSuperseded("l1", Superseded.ACCOUNT_DISABLED),
              AccountLocked(NOW, None, 100)) \
        .when(log_in(Matched("l1"))).then(LogInRefused("web"))


def test_nor_at_a_pin_of_ones_own_however_often_it_is_unlocked():
    history = given(account, *OPENED, PinChanged("web"))
    for _ in range(24):
        history = guessed_at(history, 4).when(UnlockAccount("kim", "x")).then(AccountUnlocked("kim", "x"))
    guessed_at(history, 3).when(ChangePin("web", NOW, False, None)) \
        .then(LogInFailed("web", Act.CHANGE_PIN), AccountLocked(NOW, None, 100)) \
        .when(UnlockAccount("kim", "x")).then(AccountUnlocked("kim", "x")) \
        .when(issue()).then(issued())


def test_after_an_unlock_locks_are_short_again():
    history = given(account, *failures(15)).when(UnlockAccount("kim", "x")).then(AccountUnlocked("kim", "x"))
    guessed_at(history, 4).when(log_in()).then(LogInFailed("web"), AccountLocked(NOW, NOW + QUARTER, 5))


def test_a_log_in_gives_no_more_guesses_at_a_letter_and_the_letter_ends_alone():
    history = given(account, *OPENED, PinChanged("web"), issued())
    for _ in range(24):
        history = guessed_at(history, 4).when(log_in(STANDING)).then(LogInSucceeded("web", False))
    guessed_at(history, 3).when(log_in()) \
        .then(LogInFailed("web"), TemporaryPinSuperseded("l1", Superseded.GUESSED_AT)) \
        .when(log_in(Matched("l1"))).then(LogInFailed("web"), AccountLocked(NOW, NOW + QUARTER, 5)) \
        .when(log_in(STANDING, NOW + QUARTER)).then(LogInSucceeded("web", False))


def test_a_letter_that_is_used_gives_no_more_guesses_at_the_pin_of_ones_own_and_the_change_does():
    used = (issued("l1"), TemporaryPinUsed("l1"), LogInSucceeded("web", True, "mark", NOW + QUARTER))
    unchanged = given(account, *OPENED, PinChanged("web"), *[LogInFailed("web")] * 99, *used)
    unchanged.when(log_in()).then(LogInFailed("web"), AccountLocked(NOW, None, 100))
    unchanged.when(ChangeForcedPin("web", NOW, "mark", None)).then(PinChanged("web")) \
        .when(log_in()).then(LogInFailed("web"))


def test_who_changes_a_pin_is_asked_for_the_standing_one_and_uses_up_no_letter():
    given(account, *OPENED, issued(), *[LogInFailed("web", Act.CHANGE_PIN)] * 99).when(log_in()) \
        .then(LogInFailed("web"), AccountLocked(NOW, NOW + DAY, 100)) \
        .when(log_in(Matched("l1"), NOW + DAY)) \
        .then(TemporaryPinUsed("l1"), LogInSucceeded("web", True, "mark", NOW + DAY + QUARTER))


def test_a_letter_that_expired_is_not_guessed_at():
    late, tried = NOW + 30 * DAY, (*OPENED, issued(), *[LogInFailed("web")] * 99)
    given(account, *tried).when(log_in(at=late)).then(LogInFailed("web"), AccountLocked(late, late + DAY, 100))
    given(account, *tried, LogInSucceeded("web", False)).when(log_in(at=late)).then(LogInFailed("web"))


def test_a_new_letter_begins_anew():
    history = given(account, *OPENED, issued("l1"), *[LogInFailed("web")] * 99)
    history.when(issue("l2", NOW + DAY)) \
        .then(TemporaryPinSuperseded("l1", Superseded.NEWER_LETTER), issued("l2", NOW + DAY)) \
        .when(log_in(at=NOW + DAY)).then(LogInFailed("web"), AccountLocked(NOW + DAY, NOW + 2 * DAY, 100))


def test_of_a_history_that_went_too_far_before_this_was_the_rule_the_next_failure_is_the_last():
    sixty = (*[LogInFailed("web")] * 60, AccountUnlocked("kim", "x"))
    for pin in (PinChanged("web"), issued()):
        step = given(account, *OPENED, pin, *sixty, *sixty).when(log_in())
        assert step.events[-1] == AccountLocked(NOW, None, 100)


def test_the_forced_change_needs_the_proof_of_the_log_in_and_not_too_much_time():
    opened = given(account, *OPENED, issued(), TemporaryPinUsed("l1"),
                   LogInSucceeded("web", True, "mark", NOW + QUARTER))
    refused = LogInRefused("web", Act.CHANGE_PIN)
    opened.when(ChangeForcedPin("web", NOW, "other", None)).then(refused)
    opened.when(ChangeForcedPin("web", NOW + QUARTER, "mark", None)).then(refused)
    opened.when(ChangeForcedPin("web", NOW, "mark", "run")).then_rejected("pin_too_weak", rule="run")
    opened.when(ChangeForcedPin("web", NOW, "mark", None)).then(PinChanged("web")) \
        .when(ChangeForcedPin("web", NOW, "mark", None)).then(refused)
    given(account, *OPENED).when(ChangeForcedPin("web", NOW, "", None)).then(refused)


def test_changing_it_of_ones_own_will_needs_the_current_pin_and_ends_a_letter_on_its_way():
    history = given(account, *OPENED, issued())
    history.when(ChangePin("web", NOW, True, "repeats")).then_rejected("pin_too_weak", rule="repeats")
    history.when(ChangePin("web", NOW, True, None)) \
        .then(TemporaryPinSuperseded("l1", Superseded.PIN_CHANGED), PinChanged("web"))
    history.when(ChangePin("web", NOW, False, "repeats")).then(LogInFailed("web", Act.CHANGE_PIN))


def test_guesses_at_the_current_pin_lock_like_any_other():
    history = given(account, *OPENED, *[LogInFailed("phone")] * 4).when(ChangePin("web", NOW, False, None)) \
        .then(LogInFailed("web", Act.CHANGE_PIN), AccountLocked(NOW, NOW + QUARTER, 5))
    history.when(ChangePin("web", NOW, True, None)).then(LogInRefused("web", Act.CHANGE_PIN))


def test_an_operator_unlocks():
    given(account, *failures(5)).when(UnlockAccount("kim", "called in")).then(AccountUnlocked("kim", "called in")) \
        .when(log_in(STANDING)).then(LogInSucceeded("web", False))
    given(account, *OPENED).when(UnlockAccount("kim", "called in")).then_rejected("not_locked")


def test_what_an_operator_disabled_only_an_operator_opens():
    history = given(account, *OPENED, issued()).when(DisableAccount("kim", "stolen mail")) \
        .then(TemporaryPinSuperseded("l1", Superseded.ACCOUNT_DISABLED), AccountDisabled("kim", "stolen mail"))
    history.when(DisableAccount("kim", "stolen mail")).then_nothing()
    history.when(log_in(STANDING)).then(LogInRefused("web"))
    history.when(issue("l2", NOW + DAY)).then(PinRequestRefused(Refused.DISABLED))
    history.when(UnlockAccount("kim", "settled")).then(AccountUnlocked("kim", "settled")) \
        .when(issue("l2", NOW + DAY)).then(issued("l2", NOW + DAY))
    given(account, *failures(99), AccountDisabled("kim", "x"), AccountUnlocked("kim", "x"), issued()) \
        .when(log_in()).then(LogInFailed("web"))


def test_disabling_ends_a_forced_change_that_is_open():
    given(account, *OPENED, TemporaryPinUsed("l1"), LogInSucceeded("web", True, "mark", NOW + QUARTER),
          AccountDisabled("kim", "x")) \
        .when(ChangeForcedPin("web", NOW, "mark", None)).then(LogInRefused("web", Act.CHANGE_PIN))
    given(account, *OPENED, *[LogInFailed("web")] * 99, LogInSucceeded("web", True, "mark", NOW + QUARTER),
          AccountLocked(NOW, None, 100)) \
        .when(ChangeForcedPin("web", NOW, "mark", None)).then(LogInRefused("web", Act.CHANGE_PIN))
