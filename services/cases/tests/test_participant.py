"""What is decided about a participant."""

from dataclasses import replace
from datetime import date

from cases.domain.participant import RecordParticipant, SetPreferences, UpdateContact, participant
from cases.domain.participant_events import (
    ContactUpdated,
    OldContact,
    ParticipantChanged,
    ParticipantRegistered,
    PreferencesSet,
)
from cases.domain.profile import Details, Said
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


SHOWN = replace(ANA, shown="s1.ana")
NEW_ADDRESS, NEW_PHONE = Protected("k1.eeee", "k1.new-address"), Protected("k1.ffff", "k1.new-phone")
TODAY = date(2026, 11, 20)


def update(confirmation="CC-AAAA-AAAA", kept=None, **fields):
    return UpdateContact("0123456789", fields, "s1.new", kept or {}, confirmation, TODAY)


def updated(details, changed, old=ANA):
    return ContactUpdated("0123456789", replace(details, shown="s1.new"), changed, "CC-AAAA-AAAA",
                          OldContact(old.address, old.address_valid, old.email))


MOVED = replace(ANA, address=NEW_ADDRESS, address_valid=True, address_self_changed_on=TODAY)


class TestWhatSomebodyChangesThemselves:
    def test_an_address_is_valid_until_mail_comes_back_and_the_old_one_is_told_of(self):
        given(participant, ParticipantRegistered("0123456789", replace(ANA, address_valid=False))).when(
            update(address=NEW_ADDRESS)).then(updated(MOVED, ("address",), replace(ANA, address_valid=False)))

    def test_several_fields_at_once_and_one_removed(self):
        after = replace(ANA, phone_mobile=NEW_PHONE, email=None, language="en")
        given(participant, REGISTERED).when(update(phone_mobile=NEW_PHONE, email=None, language="en")).then(
            updated(after, ("email", "language", "phone_mobile")))

    def test_what_is_on_file_already_is_refused(self):
        given(participant, REGISTERED).when(update(address=ADDRESS, phone_home=None)).then_rejected("nothing_changed")

    def test_nobody_who_is_not_on_file(self):
        given(participant).when(update(address=NEW_ADDRESS)).then_rejected("unknown_participant")

    def test_preferences_are_kept_and_the_same_again_is_nothing(self):
        wish = SetPreferences("0123456789", "en", True, "s1.new", {})
        (given(participant, REGISTERED).when(wish)
            .then(PreferencesSet("0123456789", replace(ANA, language="en", email_notices=True, shown="s1.new"),
                                 ("email_notices", "language")))
            .when(wish).then_nothing())

    def test_other_fields_are_stored_in_their_encryption_of_today(self):
        rotated = Protected("k2.zzzz", ANA.email.mark)
        given(participant, REGISTERED).when(update(address=NEW_ADDRESS, kept={"email": rotated})).then(
            ContactUpdated("0123456789", replace(MOVED, email=rotated, shown="s1.new"), ("address",), "CC-AAAA-AAAA",
                           OldContact(ADDRESS, True, rotated)))


class TestTheAgencysFileAfterThat:
    HISTORY = (REGISTERED, updated(MOVED, ("address",)))

    def test_says_nothing_new_and_undoes_nothing(self):
        given(participant, *self.HISTORY).when(record(ANA)).then_nothing()

    def test_another_field_is_taken_and_the_new_address_stays(self):
        in_english = replace(ANA, language="en")
        given(participant, *self.HISTORY).when(record(in_english)).then(
            ParticipantChanged("0123456789", replace(MOVED, language="en"), ("language",), Said.of(in_english)))

    def test_returned_mail_to_the_old_address_says_nothing_of_the_new_one(self):
        bad = replace(ANA, address_valid=False)
        (given(participant, *self.HISTORY).when(record(bad))
            .then(ParticipantChanged("0123456789", MOVED, (), Said.of(bad)))
            .when(record(bad)).then_nothing())

    def test_a_new_address_of_the_agency_counts(self):
        third = replace(ANA, address=Protected("k1.gggg", "k1.third"))
        given(participant, *self.HISTORY).when(record(third)).then(
            ParticipantChanged("0123456789", third, ("address",)))

    def test_the_agency_takes_the_new_address_over_and_it_stays_self_changed_for_the_pin_letter(self):
        accepted = replace(ANA, address=NEW_ADDRESS)
        (given(participant, *self.HISTORY).when(record(accepted))
            .then(ParticipantChanged("0123456789", MOVED, ()))
            .when(record(ANA)).then(ParticipantChanged("0123456789", ANA, ("address",))))


def test_a_file_without_the_new_columns_leaves_them_as_they_are():
    full = replace(ANA, phone_home=NEW_PHONE, protected=True, email_notices=True)
    old = RecordParticipant("0123456789", replace(ANA, language="en"),
                            frozenset({"phone_home", "phone_mobile", "phone_work", "employer", "protected",
                                       "email_notices"}))
    given(participant, ParticipantRegistered("0123456789", full)).when(old).then(
        ParticipantChanged("0123456789", replace(full, language="en"), ("language",)))


def test_who_has_no_masked_profile_yet_gets_one_with_the_next_file():
    given(participant, REGISTERED).when(RecordParticipant("0123456789", ANA, shown="s1.ana")).then(
        ParticipantChanged("0123456789", SHOWN, ()))


def test_protection_is_what_the_agency_says():
    (given(participant, REGISTERED).when(record(replace(ANA, protected=True)))
        .then(ParticipantChanged("0123456789", replace(ANA, protected=True), ("protected",)))
        .when(record(ANA)).then(ParticipantChanged("0123456789", ANA, ("protected",))))
