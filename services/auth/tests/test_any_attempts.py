"""Whatever is tried in whatever order: the counter, the lock and the letters keep their promises."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from auth.domain.account import account
from auth.domain.commands import ChangePin, IssueTemporaryPin, LogIn, Matched, RecordParticipant, UnlockAccount
from auth.domain.events import AccountLocked, LogInFailed, LogInRefused, LogInSucceeded, TemporaryPinIssued
from auth.domain.state import Account
from eventkit.decider import Rejected
from eventkit.events import decode_state, encode_state

CHANNELS = st.sampled_from(["web", "phone"])
LOCKED_FOR = {5: 15, 10: 60, 15: 60}  # minutes; from 20 on a day


class Attempts(RuleBasedStateMachine):
    """A plain model beside the account: consecutive looked-at failures, the end of the lock, guesses per letter."""

    @initialize()
    def open(self):
        self.state = Account()
        self.now = datetime(2026, 11, 24, 20, 0, tzinfo=UTC)
        self.failures, self.locked_until, self.disabled = 0, self.now, False
        self.letters, self.guesses = [], {}
        self.current = None
        self.do(RecordParticipant("0471962583", "en", True, None))

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
                assert self.disabled or self.now < self.locked_until, "nothing is refused without a lock"
                continue
            self.note_failure(events)

    def note_failure(self, events):
        assert isinstance(events[0], LogInFailed)
        self.failures += 1
        if self.current:
            self.guesses[self.current] += 1
        locked = isinstance(events[-1], AccountLocked)
        assert locked == (self.failures % 5 == 0), "every fifth failure locks, no other"
        if not locked:
            return
        if self.failures % 100 == 0:
            assert events[-1].until is None
            self.disabled, self.current = True, None
        else:
            self.locked_until = self.now + timedelta(minutes=LOCKED_FOR.get(self.failures, 24 * 60))
            assert events[-1].until == self.locked_until

    @rule(channel=CHANNELS)
    def the_owner_logs_in(self, channel):
        events = self.do(LogIn(channel, self.now, self.now.date(), Matched(standing=True), "mark"))
        blocked = self.disabled or self.now < self.locked_until
        assert isinstance(events[-1], LogInSucceeded) is not blocked
        if not blocked:
            self.failures, self.locked_until = 0, self.now
        elif isinstance(events[0], LogInFailed):
            self.note_failure(events)

    @rule(channel=CHANNELS)
    def the_owner_uses_the_letter(self, channel):
        if not self.current:
            return
        events = self.do(LogIn(channel, self.now, self.now.date(), Matched(self.current), "mark"))
        if isinstance(events[-1], LogInSucceeded):
            assert events[-1].must_change
            self.failures, self.locked_until, self.disabled, self.current = 0, self.now, False, None
        elif isinstance(events[0], LogInFailed):
            assert self.now.date() > self.letters[-1].date() + timedelta(days=20), "only an old letter fails"
            self.note_failure(events)

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
