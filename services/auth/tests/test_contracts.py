"""What is stored and what is published keeps its shape."""

from datetime import UTC, date, datetime
from pathlib import Path

from auth.domain.account import account
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
from auth.domain.registry import registry
from auth.domain.state import Account, ForcedChange, Letter, Lock, Standing, Temporary
from auth.domain.stranger import UnknownIdentifierTried
from auth.domain.words import Act, Disabled, IssueReason, Refused, Superseded
from auth.publishing import catalog, publish
from eventkit.events import encode_state
from eventkit.store import Metadata, Recorded
from servicekit.contracts import check

CONTRACTS = Path(__file__).parent.parent / "contracts"
NOW, THEN = datetime(2026, 11, 24, 20, 0, tzinfo=UTC), datetime(2026, 11, 24, 20, 15, tzinfo=UTC)
NOW_TEXT, THEN_TEXT = "2026-11-24T20:00:00+00:00", "2026-11-24T20:15:00+00:00"
ANA = "0471962583"

STORED = [
    (AccountOpened(ANA, "es"), {"participant_id": ANA, "language": "es"}),
    (LanguageChanged("en"), {"language": "en"}),
    (MailingAddressChanged(True, date(2026, 11, 1)), {"valid": True, "self_changed_on": "2026-11-01"}),
    (PinRequested("web"), {"channel": "web"}),
    (PinRequestRefused(Refused.TOO_SOON), {"reason": "too_soon"}),
    (TemporaryPinIssued(ANA, "es", "l1", NOW, date(2026, 12, 14), "k1.x", "k1", IssueReason.REISSUE, "l0"),
     {"participant_id": ANA, "language": "es", "letter_id": "l1", "issued_at": NOW_TEXT, "expires_on": "2026-12-14",
      "pin_sealed": "k1.x", "print_key_id": "k1", "reason": "reissue", "replaces": "l0"}),
    (TemporaryPinSuperseded("l1", Superseded.NEWER_LETTER), {"letter_id": "l1", "reason": "newer_letter"}),
    (TemporaryPinSuperseded("l1", Superseded.GUESSED_AT), {"letter_id": "l1", "reason": "guessed_at"}),
    (TemporaryPinUsed("l1"), {"letter_id": "l1"}),
    (LogInSucceeded("phone", True, "ab12", THEN),
     {"channel": "phone", "must_change": True, "change_mark": "ab12", "change_until": THEN_TEXT}),
    (LogInFailed("web", Act.CHANGE_PIN), {"channel": "web", "act": "change_pin"}),
    (LogInRefused("web", Act.LOG_IN), {"channel": "web", "act": "log_in"}),
    (AccountLocked(NOW, THEN, 5), {"since": NOW_TEXT, "until": THEN_TEXT, "failures": 5}),
    (PinChanged("web"), {"channel": "web"}),
    (AccountDisabled("kim", "why"), {"operator": "kim", "reason": "why"}),
    (AccountUnlocked("kim", "why"), {"operator": "kim", "reason": "why"}),
    (UnknownIdentifierTried("web", Act.REQUEST_PIN), {"channel": "web", "act": "request_pin"}),
]
PUBLISHED = [
    (AccountOpened(ANA, "es"), "account_opened", {}),
    (STORED[5][0], "temporary_pin_issued", {"letter_id": "l1", "language": "es", "expires_on": "2026-12-14",
                                            "pin_sealed": "k1.x", "print_key_id": "k1"}),
    (PinChanged("web"), "pin_changed", {"channel": "web", "changed_at": NOW_TEXT}),
    (AccountLocked(NOW, THEN, 5), "account_locked", {"until": THEN_TEXT}),
    (AccountLocked(NOW, None, 100), "account_locked", {"until": None}),
    (AccountDisabled("kim", "why"), "account_locked", {"until": None}),
    (LogInSucceeded("web", False), "logged_in", {"channel": "web", "at": NOW_TEXT}),
]


def test_every_event_that_was_ever_stored_is_read_and_is_written_alike():
    for event, data in STORED:
        name, version, encoded = registry.encode(event)
        assert (name, version, encoded) == (type(event).__name__, 1, data)
        assert registry.decode(name, version, data) == event


def test_what_is_stored_now_has_a_fixture():
    assert set(registry.names()) == {(type(event).__name__, 1) for event, _ in STORED}


def test_a_state_that_is_kept_has_another_version_when_it_has_another_shape():
    state = Account(ANA, "es", True, date(2026, 11, 1), (Letter("l1", NOW),),
                    Temporary("l1", NOW, date(2026, 12, 14), "k1", 7), Standing(9), 5, Lock(NOW, THEN),
                    Disabled.FAILURES, ForcedChange("ab12", THEN))
    assert account.snapshots.state_version == 2
    assert encode_state(state) == {
        "participant_id": ANA, "language": "es", "address_valid": True, "address_self_changed_on": "2026-11-01",
        "letters": [{"letter_id": "l1", "issued_at": NOW_TEXT}],
        "temporary": {"letter_id": "l1", "issued_at": NOW_TEXT, "expires_on": "2026-12-14", "print_key_id": "k1",
                      "tries": 7},
        "standing": {"tries": 9}, "failures": 5, "lock": {"since": NOW_TEXT, "until": THEN_TEXT},
        "disabled": "failures", "forced_change": {"mark": "ab12", "until": THEN_TEXT}}


def test_what_leaves_is_this_and_nothing_else():
    for event, name, data in PUBLISHED:
        (public,) = publish(_recorded(event))
        assert (public.type, public.subject) == (f"auth.{name}.v1", ANA)
        assert public.data == {"participant_id": ANA, **data}
    leaving = {type(event) for event, _, _ in PUBLISHED}
    for event, _ in STORED:
        assert bool(publish(_recorded(event))) == (type(event) in leaving)


def test_the_contract_files_are_what_the_code_says_and_released_ones_do_not_change():
    assert check(catalog, CONTRACTS) == []


def _recorded(event):
    return Recorded(f"account-{ANA}", 1, event, "e1", NOW, Metadata("a", "web", "c", "c"))
