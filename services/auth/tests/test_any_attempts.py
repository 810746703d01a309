"""Whatever is tried in whatever order: the counters, the lock and the letters keep their promises."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from auth.domain.account import account
from auth.domain.commands import (
    ChangeForcedPin,
    ChangePin,
    IssueTemporaryPin,
    LogIn,
    Matched,
    RecordParticipant,
    UnlockAccount,
)
from auth.domain.events import (
    AccountLocked,
    LogInFailed,
    LogInRefused,
    LogInSucceeded,
    PinChanged,
    TemporaryPinIssued,
    TemporaryPinSuperseded,
)
from auth.domain.state import Account
from auth.domain.words import Superseded
from eventkit.decider import Rejected
from eventkit.events import decode_state, encode_state

CHANNELS = st.sampled_from(["web", "phone"])
LOCKED_FOR = {5: 15, 10: 60, 15: 60}  # minutes; from 20 on a day


class Attempts(RuleBasedStateMachine):
    """A plain model beside the account: failures in a row, the end of the lock, and guesses for each PIN's life.

    A PIN has a name of its own here, and a number that only its own use sets to zero.
    """

    @initialize(with_pin=st.booleans())
    def open(self, with_pin=False):
        self.state = Account()
        self.now = datetime(2026, 11, 24, 20, 0, tzinfo=UTC)
        self.failures, self.locked_until, self.disabled = 0, self.now, False
        self.letters, self.guesses = [], {}
        self.current = self.standing = None
        self.do(RecordParticipant("0471962583", "en", True, None))
        if with_pin:
            self.a_letter_goes_out()
            self.the_owner_uses_the_letter("web", True)
            self.now += timedelta(days=1)

    def do(self, command):
        try:
            events = account.decide(command, self.state)
        except Rejected:
            return []
        self.state = account.fold(events, self.state)
        return events

    @rule(minutes=st.sampled_from([1, 14, 15, 16, 59, 61, 24 * 60 - 1, 24 * 60, 8 * 24 * 60]))
    def time_passes(self, minutes):
        self.now += timedelta(minutes=minutes)

    @rule(channel=CHANNELS, times=st.integers(1, 30), change=st.booleans())
    def somebody_guesses(self, channel, times, change):
        for _ in range(times):
            command = (ChangePin(channel, self.now, False, None) if change
                       else LogIn(channel, self.now, self.now.date(), Matched(), "mark"))
            events = self.do(command)
            if isinstance(events[0], LogInRefused):
                assert self.blocked, "nothing is refused without a lock"
                continue
            self.note_failure(events, change)

    @rule(channel=CHANNELS, times=st.integers(3, 5), change=st.booleans(), rounds=st.integers(5, 24),
          meanwhile=st.sampled_from(["the lock ends", "it is unlocked", "its owner logs in"]))
    def somebody_goes_on_guessing(self, channel, times, change, rounds, meanwhile):
        """What chance alone seldom comes to: a hundred tries that other acts come between."""
        for _ in range(rounds):
            self.somebody_guesses(channel, times, change)
            if meanwhile == "it is unlocked":
                self.an_operator_unlocks()
            elif not self.disabled:
                self.now = max(self.now, self.locked_until)
            if meanwhile == "its owner logs in":
                self.the_owner_logs_in(channel)

    @property
    def blocked(self):
        return self.disabled or self.now < self.locked_until

    @property
    def expired(self):
        return self.now.date() > self.letters[-1].date() + timedelta(days=20)

    def note_failure(self, events, change=False):
        assert isinstance(events[0], LogInFailed)
        self.failures += 1
        letter = None if change or not self.current or self.expired else self.current
        for pin in (self.standing, letter):
            if pin:
                self.guesses[pin] += 1
        locks = [event for event in events if isinstance(event, AccountLocked)]
        ended = [event.reason for event in events if isinstance(event, TemporaryPinSuperseded)]
        if self.guesses.get(self.standing or letter) == 100:
            assert [lock.until for lock in locks] == [None], "the last PIN that could be guessed at is gone"
            assert ended == [Superseded.ACCOUNT_DISABLED] * bool(self.current)
            self.disabled, self.locked_until, self.current, self.standing = True, self.now, None, None
            return
        letter_spent = self.guesses.get(letter) == 100
        assert ended == [Superseded.GUESSED_AT] * letter_spent, "the letter ends alone, and no earlier"
        if letter_spent:
            self.current = None
        assert len(locks) == (self.failures % 5 == 0), "every fifth failure locks, no other"
        if locks:
            self.locked_until = self.now + timedelta(minutes=LOCKED_FOR.get(self.failures, 24 * 60))
            assert locks[0].until == self.locked_until

    @rule(channel=CHANNELS)
    def the_owner_logs_in(self, channel):
        if not self.standing:
            return
        events = self.do(LogIn(channel, self.now, self.now.date(), Matched(standing=True), "mark"))
        assert isinstance(events[-1], LogInSucceeded) is not self.blocked
        if not self.blocked:
            self.failures, self.locked_until, self.guesses[self.standing] = 0, self.now, 0
        elif isinstance(events[0], LogInFailed):
            self.note_failure(events)

    @rule(channel=CHANNELS)
    def the_owner_changes_the_pin(self, channel):
        if not self.standing:
            return
        events = self.do(ChangePin(channel, self.now, True, None))
        assert isinstance(events[-1], PinChanged) is not self.blocked
        if not self.blocked:
            self.note_new_pin()

    @rule(channel=CHANNELS, changes=st.booleans())
    def the_owner_uses_the_letter(self, channel, changes):
        if not self.current:
            return
        events = self.do(LogIn(channel, self.now, self.now.date(), Matched(self.current), "mark"))
        if isinstance(events[-1], LogInSucceeded):
            assert events[-1].must_change
            self.failures, self.locked_until, self.disabled, self.current = 0, self.now, False, None
            if changes:
                assert isinstance(self.do(ChangeForcedPin(channel, self.now, "mark", None))[-1], PinChanged)
                self.note_new_pin()
        elif isinstance(events[0], LogInFailed):
            assert self.expired, "only an old letter fails"
            self.note_failure(events)

    def note_new_pin(self):
        self.failures, self.current, self.standing = 0, None, f"own{len(self.guesses)}"
        self.guesses[self.standing] = 0

    @rule()
    def a_letter_goes_out(self):
        letter_id = f"l{len(self.letters)}"
        events = self.do(IssueTemporaryPin(self.now, self.now.date(), letter_id, "k1.x", "k1"))
        if isinstance(events[-1], TemporaryPinIssued):
            self.letters.append(self.now)
            self.current, self.guesses[letter_id] = letter_id, 0

    @rule()
    def an_operator_unlocks(self):
        self.do(UnlockAccount("kim", "called in"))
        self.failures, self.locked_until, self.disabled = 0, self.now, False

    @invariant()
    def nobody_guesses_more_than_a_hundred_times(self):
        if hasattr(self, "state"):
            assert self.failures == self.state.failures
            assert self.disabled == (self.state.disabled is not None)
            assert all(guesses <= 100 for guesses in self.guesses.values())
            assert all(self.guesses[pin] < 100 for pin in (self.standing, self.current) if pin), "at the last it ends"

    @invariant()
    def letters_keep_their_distance(self):
        times = getattr(self, "letters", [])
        assert all(later - earlier >= timedelta(days=1) for earlier, later in pairwise(times))
        assert all(times[i + 4] - times[i] >= timedelta(days=30) for i in range(len(times) - 4))

    @invariant()
    def a_kept_state_is_the_state(self):
        if hasattr(self, "state"):
            assert decode_state(encode_state(self.state), Account) == self.state


Attempts.TestCase.settings = settings(max_examples=80, stateful_step_count=60, deadline=None)
TestAnyAttempts = Attempts.TestCase


def _unlock(machine):
    machine.an_operator_unlocks()


def _log_in(machine):
    machine.time_passes(15)
    machine.the_owner_logs_in("web")


@pytest.mark.parametrize(("with_pin", "meanwhile", "guesses"), [
    (False, _unlock, (30, 14, 18, 19, 20)),  # found by the machine: an unlock renewed the budget
    (True, _log_in, (4,) * 30),  # and so did a log-in with another PIN
])
def test_what_was_found_once_is_tried_each_time(with_pin, meanwhile, guesses):
    """A state machine takes no @example; these are its steps, written down."""
    machine = Attempts()
    machine.open(with_pin)
    machine.a_letter_goes_out()
    for times in guesses:
        machine.somebody_guesses("web", times, False)
        if times == guesses[0]:
            meanwhile(machine)
        machine.nobody_guesses_more_than_a_hundred_times()
    assert machine.guesses["l1" if with_pin else "l0"] == 100 and machine.current is None
