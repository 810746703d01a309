"""Whatever the agency says, in whatever order: what counts is what it said last, and saying it again is nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from cases.domain.case import CaseChanged, RecordCase, case
from cases.domain.participant import RecordParticipant, participant
from cases.domain.profile import Details, changed_fields
from cases.domain.protected import Protected
from eventkit.decider import Rejected

TODAY = date(2026, 11, 20)
# few contents and many encryptions of each
fields = st.builds(Protected, st.text("abcdef", min_size=8, max_size=8), st.sampled_from(["k1.1", "k1.2"]))
details = st.builds(Details, st.sampled_from(["en", "es"]), fields, st.none() | fields, st.booleans(),
                    email=st.none() | fields, ssn=st.none() | fields)
people = st.lists(st.sampled_from(["11", "22", "33"]), max_size=3).map(tuple)
records = st.builds(RecordCase, st.just("1"), st.sampled_from(["06001", "06037"]), st.none() | st.just("FL-1"),
                    st.sampled_from(["open", "closed"]), st.dates(date(2026, 11, 1), date(2026, 11, 30)), people,
                    people, st.just(TODAY))


@given(st.lists(details, min_size=1))
@settings(deadline=None)
def test_a_participant_is_what_was_said_last(said):
    events = []
    for each in said:
        events += participant.decide(RecordParticipant("0123456789", each), participant.fold(events))
    state = participant.fold(events)
    assert changed_fields(state.details, said[-1]) == ()
    assert not participant.decide(RecordParticipant("0123456789", said[-1]), state)
    for before, after in pairwise(events):
        assert changed_fields(before.details, after.details) == after.changed != ()


@given(st.lists(records, min_size=1))
@settings(deadline=None)
def test_a_case_is_what_was_said_last_of_what_can_be_and_who_joined_and_left_adds_up(said):
    events, last = [], None
    for command in said:
        try:
            events += case.decide(command, case.fold(events))
            last = command
        except Rejected:
            continue
    state = case.fold(events)
    assert state.details == (last.details() if last else None)
    if last:
        assert not case.decide(replace(last, today=date(2027, 1, 1)), state)
        parties = set(events[0].details.parties)
        for event in events[1:]:
            assert isinstance(event, CaseChanged)
            assert set(event.left) <= parties and not set(event.joined) & parties
            parties = parties - set(event.left) | set(event.joined)
        assert parties == set(state.details.parties)
