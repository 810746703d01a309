"""From a letter to a PIN of one's own: the whole way through the service, on a real database."""

import threading

import pytest

from eventkit.crypto import generate_key, seal
from eventkit.decider import Rejected

ANA, BEN, EVE, SSN = "0471962583", "98765432101", "555000111222", "900471836"
PIN = "830275"


def test_a_temporary_pin_logs_in_once_and_forces_a_change(auth):
    temporary, _ = auth.letter(ANA)
    first = auth.log_in(ANA, temporary, proof="p1")
    assert first.result == {"participant_id": ANA, "must_change": True}
    assert auth.log_in(ANA, temporary).code == "not_accepted"
    assert auth.change_pin(ANA, PIN, proof="p1").ok
    assert auth.log_in(ANA, PIN).result == {"participant_id": ANA, "must_change": False}


def test_the_reply_names_the_account_and_its_version_so_that_a_view_can_be_waited_for(auth):
    auth.with_pin()
    reply = auth.log_in(ANA, PIN)
    assert (reply.stream, reply.version) == (f"account-{ANA}", len(auth.events(f"account-{ANA}")))


def test_the_forced_change_belongs_to_the_session_that_logged_in(auth):
    temporary, _ = auth.letter()
    auth.log_in(ANA, temporary, proof="mine")
    assert auth.change_pin(ANA, PIN, proof="another").code == "not_accepted"
    assert auth.change_pin(ANA, PIN).code == "not_accepted"
    assert auth.change_pin(ANA, PIN, proof="mine").ok
    assert auth.change_pin(ANA, "204917", proof="mine").code == "not_accepted", "and only once"


def test_the_forced_change_ends_after_a_quarter_of_an_hour(auth):
    temporary, _ = auth.letter()
    auth.log_in(ANA, temporary, proof="mine")
    auth.clock.forward(minutes=15)
    assert auth.change_pin(ANA, PIN, proof="mine").code == "not_accepted"


def test_the_ssn_does_instead_of_the_participant_id_however_it_is_typed(auth):
    auth.with_pin()
    for typed in (SSN, f"{SSN[:3]}-{SSN[3:5]}-{SSN[5:]}", f" {SSN[:3]} {SSN[3:]} ", f"{ANA[:4]} {ANA[4:]}"):
        assert auth.log_in(typed, PIN).result["participant_id"] == ANA


def test_an_ssn_that_changed_is_found_and_the_old_one_is_not(auth):
    auth.with_pin()
    auth.register(ANA, "900123987", again=True)
    assert auth.log_in("900123987", PIN).ok
    assert auth.log_in(SSN, PIN).code == "not_accepted"
    auth.register(ANA, None, again=True)
    assert auth.log_in("900123987", PIN).code == "not_accepted"
    assert auth.rows("SELECT * FROM login_index WHERE ssn_fingerprint IS NOT NULL") == []


def test_two_participants_with_one_ssn_cannot_log_in_by_it_until_it_is_put_right(auth):
    auth.with_pin(ANA)
    auth.register(EVE, SSN)
    assert auth.log_in(SSN, PIN).code == "not_accepted"
    assert auth.log_in(ANA, PIN).ok
    auth.register(EVE, None, again=True)
    assert auth.log_in(SSN, PIN).ok


@pytest.mark.parametrize("identifier", ["", "1234", "abc", "900-00", "0\0" + ANA, "١٢٣٤٥٦٧٨٩٠", "'; --"])
def test_nonsense_is_an_unknown_identifier_like_any_other(auth, identifier):
    assert auth.log_in(identifier, PIN).code == "not_accepted"
    assert auth.events()[-1] == "UnknownIdentifierTried"


def test_every_refusal_is_the_same_answer_and_each_is_on_record(auth):
    auth.with_pin(ANA)
    wrong, unknown = auth.log_in(ANA, "000111"), auth.log_in(EVE, PIN)
    without_pin = auth.log_in(BEN, PIN)
    auth.fail(4)
    locked = auth.log_in(ANA, PIN)
    assert wrong.to_dict() == unknown.to_dict() == without_pin.to_dict() == locked.to_dict()
    assert auth.events()[-9:] == ["LogInFailed", "UnknownIdentifierTried", "LogInFailed", *["LogInFailed"] * 4,
                                  "AccountLocked", "LogInRefused"]


def test_what_was_not_sealed_for_this_place_is_not_read(auth):
    command_id, seal = auth.command()
    body = {"identifier_sealed": seal(ANA, "pin"), "pin_sealed": seal(PIN, "pin"), "proof_sealed": seal("p", "proof")}
    with pytest.raises(Rejected, match="unreadable"):
        auth.send("log_in", "web", command_id, **body)


def test_a_command_asked_again_because_its_reply_was_lost_uses_nothing_up(auth):
    temporary, _ = auth.letter()
    command_id, seal = auth.command()
    body = {"identifier_sealed": seal(ANA, "identifier"), "pin_sealed": seal(temporary, "pin"),
            "proof_sealed": seal("p", "proof")}
    first, again = (auth.send("log_in", "web", command_id, **body) for _ in range(2))
    assert first == again and first.ok
    command_id, seal = auth.command()
    body = {"participant_id": ANA, "proof_sealed": seal("p", "proof"), "current_pin_sealed": None,
            "new_pin_sealed": seal(PIN, "pin")}
    first, again = (auth.send("change_pin", "web", command_id, **body) for _ in range(2))
    assert first == again and first.ok
    assert not {"LogInFailed", "LogInRefused"} & set(auth.events())


@pytest.mark.parametrize("taken", ["identifier", "pin", "proof"])
def test_what_was_sealed_for_one_command_is_no_use_in_another(auth, taken):
    """Who reads and writes the broker cannot log in with, or change, a PIN that somebody sent before."""
    auth.with_pin()
    (_, seal_then), (command_id, seal) = auth.command(), auth.command()
    body = {f"{what}_sealed": (seal_then if what == taken else seal)(value, what)
            for what, value in {"identifier": ANA, "pin": PIN, "proof": "p"}.items()}
    with pytest.raises(Rejected, match="unreadable"):
        auth.send("log_in", "web", command_id, **body)


def test_a_pin_that_was_sent_before_changes_no_pin(auth):
    auth.with_pin()
    (_, seal_then), (command_id, seal) = auth.command(), auth.command()
    with pytest.raises(Rejected, match="unreadable"):
        auth.send("change_pin", "web", command_id, participant_id=ANA, proof_sealed=None,
                  current_pin_sealed=seal_then(PIN, "pin"), new_pin_sealed=seal("640275", "pin"))
    assert auth.log_in(ANA, PIN).ok


def test_web_and_phone_share_one_counter(auth):
    auth.with_pin()
    auth.fail(3, channel="web")
    auth.fail(2, channel="phone")
    assert auth.log_in(ANA, PIN).code == "not_accepted"
    (locked,) = auth.published("account_locked")
    assert locked["until"] == (auth.clock().replace(minute=15)).isoformat()
    auth.clock.forward(minutes=15)
    assert auth.log_in(ANA, PIN).ok


def test_guesses_at_the_same_moment_are_all_counted(auth):
    auth.with_pin()
    replies = []
    threads = [threading.Thread(target=lambda: replies.append(auth.log_in(ANA, "000111"))) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [reply.code for reply in replies] == ["not_accepted"] * 5
    assert auth.events(f"account-{ANA}")[-6:] == [*["LogInFailed"] * 5, "AccountLocked"]


def test_the_current_pin_is_asked_for_and_guesses_at_it_are_counted(auth):
    auth.with_pin()
    assert auth.change_pin(ANA, "204917", current=PIN).ok
    assert auth.log_in(ANA, PIN).code == "not_accepted"
    auth.log_in(ANA, "204917")
    for _ in range(5):
        assert auth.change_pin(ANA, "660913", current="000111").code == "not_accepted"
    assert auth.change_pin(ANA, "660913", current="204917").code == "not_accepted"
    assert auth.log_in(ANA, "204917").code == "not_accepted"


def test_a_weak_pin_is_named_by_its_rule_only_to_whoever_knows_the_current_one(auth):
    auth.with_pin()
    assert auth.change_pin(ANA, "123456", current="000111").code == "not_accepted"
    for pin, rule in (("123456", "run"), (ANA[2:8], "own_number"), (SSN[1:7], "own_number"), (PIN, "reused")):
        with pytest.raises(Rejected) as refused:
            auth.change_pin(ANA, pin, current=PIN)
        assert (refused.value.code, refused.value.details) == ("pin_too_weak", {"rule": rule})


def test_the_pin_of_the_letter_does_not_become_the_standing_one(auth):
    temporary, _ = auth.letter()
    auth.log_in(ANA, temporary, proof="p")
    with pytest.raises(Rejected) as refused:
        auth.change_pin(ANA, temporary, proof="p")
    assert refused.value.details["rule"] in ("reused", "run", "repeats", "pattern", "own_number")
    assert auth.change_pin(ANA, PIN, proof="p").ok, "a weak choice does not use up the proof"


def test_a_verifier_is_made_anew_at_the_next_log_in_when_parameters_or_pepper_change(auth):
    auth.with_pin()
    (before,) = auth.rows("SELECT verifier FROM credentials")
    assert auth.log_in(ANA, PIN).ok
    assert auth.rows("SELECT verifier FROM credentials") == [before], "nothing changed, nothing is made"
    auth.restarted(AUTH_PEPPERS=f"{generate_key('p2')},{auth.peppers}")
    assert auth.log_in(ANA, PIN).ok
    (peppered,) = auth.rows("SELECT verifier FROM credentials")
    assert peppered["verifier"].startswith("p2.")
    auth.restarted(ARGON2_PASSES="2")
    assert auth.log_in(ANA, PIN).ok
    assert auth.rows("SELECT verifier FROM credentials") != [peppered]
    assert auth.log_in(ANA, PIN).ok


def test_a_verifier_copied_to_another_account_opens_nothing(auth):
    auth.with_pin(ANA)
    with auth.owner.begin() as conn:
        conn.exec_driver_sql("INSERT INTO credentials SELECT %s, kind, letter_id, verifier FROM credentials", (BEN,))
    assert auth.log_in(BEN, PIN).code == "not_accepted"


def test_an_ssn_sealed_to_another_key_does_not_open_an_account_silently(auth):
    with pytest.raises(Rejected, match="unreadable"):
        auth.hear("cases.participant_registered.v1", "participant-1", participant_id=EVE, language="en",
                  address_enc=None, address_valid=False, address_self_changed_on=None, name_enc="k1.AA",
                  email_enc=None, ssn_sealed=seal(auth.public_key, SSN.encode(), "somebody else|ssn"))
    assert f"account-{EVE}" not in auth.dump()
