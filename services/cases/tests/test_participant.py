"""What is decided about a participant."""

from dataclasses import replace
from datetime import date

from cases.domain.participant import (
    Details,
    ParticipantChanged,
    ParticipantRegistered,
    RecordParticipant,
    participant,
)
from cases.domain.protected import Protected
from eventkit.testing.spec import given

NAME, ADDRESS = Protected("k1.aaaa", "k1.name"), Protected("k1.bbbb", "k1.address")
ANA = Details("es", NAME, ADDRESS, address_valid=True, email=Protected("k1.cccc", "k1.email"))
REGISTERED = ParticipantRegistered("0123456789", ANA)


def record(details: Details) -> RecordParticipant:
    return RecordParticipant("0123456789", details)


def test_somebody_new_is_registered():
    given(participant).when(record(ANA)).then(REGISTERED)


def test_the_same_again_is_nothing():
    given(participant, REGISTERED).when(record(ANA)).then_nothing()


def test_the_same_content_encrypted_anew_is_nothing():
    anew = replace(ANA, name=Protected("k2.zzzz", "k1.name"))
    given(participant, REGISTERED).when(record(anew)).then_nothing()


def test_a_change_tells_the_whole_state_and_what_is_new_in_it():
    moved = replace(ANA, address=Protected("k1.dddd", "k1.elsewhere"), language="en")
    given(participant, REGISTERED).when(record(moved)).then(
        ParticipantChanged("0123456789", moved, ("address", "language")))


def test_a_field_that_is_gone_is_a_change():
    without = replace(ANA, email=None)
    given(participant, REGISTERED).when(record(without)).then(
        ParticipantChanged("0123456789", without, ("email",)))


def test_a_change_back_is_a_change():
    bad = replace(ANA, address_valid=False)
    (given(participant, REGISTERED).when(record(bad)).then(ParticipantChanged("0123456789", bad, ("address_valid",)))
        .when(record(ANA)).then(ParticipantChanged("0123456789", ANA, ("address_valid",))))


def test_an_address_the_participant_changed_stays_theirs_until_the_agency_says_another():
    own = replace(ANA, address_self_changed_on=date(2026, 11, 1))
    history = ParticipantChanged("0123456789", own, ("address",))
    in_english = replace(ANA, language="en")
    moved = replace(in_english, address=Protected("k1.dddd", "k1.elsewhere"))
    (given(participant, REGISTERED, history)
        .when(record(in_english)).then(
            ParticipantChanged("0123456789", replace(own, language="en"), ("language",)))
        .when(record(moved)).then(ParticipantChanged("0123456789", moved, ("address",))))
