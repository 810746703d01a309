"""Temporary PINs: who gets a letter, when, under which key, and what ends one."""

ANA, BEN, EVE = "0471962583", "98765432101", "555000111222"
PIN = "830275"


def test_a_request_is_answered_alike_for_everybody_and_decided_afterwards(auth):
    assert auth.request_pin(ANA).to_dict() == auth.request_pin(EVE).to_dict() == auth.request_pin("?").to_dict()
    assert auth.published("temporary_pin_issued") == []
    (letter,) = auth.serve_letters()
    assert letter["participant_id"] == ANA and letter["language"] == "es" and letter["expires_on"] == "2026-12-14"
    assert auth.rows("SELECT * FROM pin_requests") == []


def test_a_request_is_due_by_the_service_s_clock_however_far_the_database_s_is_from_it(auth):
    for years in (-10, 20):
        auth.clock.forward(days=365 * years)
        auth.announce_key(f"print-{years}")
        assert auth.letter()[1]["participant_id"] == ANA


def test_the_pin_is_eight_random_digits_that_only_the_printer_can_read(auth):
    pin, letter = auth.letter()
    assert len(pin) == 8 and pin.isdigit()
    assert pin not in auth.dump()
    assert letter["pin_sealed"].startswith("k1.")


def test_its_length_is_a_setting(auth):
    auth.restarted(TEMPORARY_PIN_DIGITS="10")
    assert len(auth.letter()[0]) == 10


def test_it_works_for_twenty_one_days(auth):
    pin, _ = auth.letter(ANA)
    other, _ = auth.letter(BEN)
    auth.clock.forward(days=20)
    assert auth.log_in(ANA, pin).ok
    auth.clock.forward(days=1)
    assert auth.log_in(BEN, other).code == "not_accepted"


def test_one_letter_a_day_and_four_in_thirty_days(auth):
    auth.letter()
    auth.request_pin(ANA)
    assert auth.serve_letters() == []
    for _ in range(3):
        auth.clock.forward(days=1)
        auth.letter()
    auth.clock.forward(days=1)
    auth.request_pin(ANA)
    assert auth.serve_letters() == []
    auth.clock.forward(days=26)
    auth.letter()
    assert auth.events().count("PinRequestRefused") == 2


def test_a_newer_letter_ends_the_one_before(auth):
    old, _ = auth.letter()
    auth.clock.forward(days=1)
    new, _ = auth.letter()
    assert auth.log_in(ANA, old).code == "not_accepted"
    assert auth.log_in(ANA, new).ok


def test_no_letter_without_an_address_or_to_one_just_changed_by_oneself(auth):
    auth.register(ANA, address=False, again=True)
    auth.request_pin(ANA)
    assert auth.serve_letters() == []
    auth.register(ANA, self_changed_on="2026-11-20", again=True)
    auth.request_pin(ANA)
    assert auth.serve_letters() == []
    auth.clock.forward(days=10)
    auth.letter(ANA)
    reasons = [row["data"]["reason"] for row in
               auth.rows("SELECT data FROM events WHERE name = 'PinRequestRefused' ORDER BY id")]
    assert reasons == ["no_address", "address_just_changed"]


def test_a_request_waits_for_a_print_key(auth):
    with auth.owner.begin() as conn:
        conn.exec_driver_sql("DELETE FROM print_keys")
    auth.request_pin(ANA)
    auth.request_pin(EVE)
    assert auth.serve_letters() == []
    assert [row["participant_id"] for row in auth.rows("SELECT participant_id FROM pin_requests")] == [ANA]
    auth.announce_key("k7")
    (letter,) = auth.serve_letters()
    assert auth.log_in(ANA, auth.printer.open(letter)).ok


def test_a_letter_whose_key_was_gone_goes_out_anew_and_counts_once(auth):
    for _ in range(3):
        auth.letter()
        auth.clock.forward(days=1)
    old, letter = auth.letter()
    auth.reject(letter, "key_destroyed")
    assert auth.serve_letters() == [], "not under the same key again"
    auth.announce_key("k2")
    (again,) = auth.serve_letters()
    assert again["print_key_id"] == "k2"
    assert auth.log_in(ANA, old).code == "not_accepted"
    assert auth.log_in(ANA, auth.printer.open(again)).ok


def test_a_letter_that_is_never_sent_counts_against_nothing_and_its_pin_is_withdrawn(auth):
    pin, letter = auth.letter()
    auth.reject(letter, "no_address")
    assert auth.log_in(ANA, pin).code == "not_accepted"
    auth.letter()


def test_a_rejection_that_comes_late_changes_nothing(auth):
    _, old = auth.letter()
    auth.clock.forward(days=1)
    pin, _ = auth.letter()
    auth.reject(old, "key_destroyed")
    auth.reject(old, "expired")
    assert auth.serve_letters() == []
    assert auth.log_in(ANA, pin).ok


def test_one_request_that_cannot_be_served_holds_up_no_other(auth):
    with auth.owner.begin() as conn:  # a key that somebody broke in the table
        conn.exec_driver_sql("UPDATE print_keys SET public_key = 'AAAA'")
    auth.request_pin(ANA)
    assert auth.serve_letters() == []
    auth.announce_key("k2")
    auth.letter(BEN)
    auth.clock.forward(minutes=1)
    (letter,) = auth.serve_letters()
    assert letter["participant_id"] == ANA


def test_a_lock_lasts_until_a_newer_letter_is_used(auth):
    auth.with_pin()
    auth.clock.forward(days=1)
    auth.fail(5)
    pin, _ = auth.letter()
    assert auth.log_in(ANA, PIN).code == "not_accepted", "the letter alone ends nothing"
    assert auth.log_in(ANA, pin, proof="p").ok
    assert auth.change_pin(ANA, "204917", proof="p").ok
    assert auth.log_in(ANA, "204917").ok


def test_a_hundred_failures_end_the_pin_and_a_letter_brings_a_new_one(auth):
    auth.with_pin()
    for _ in range(20):
        auth.fail(5)
        auth.clock.forward(days=1)
    assert auth.published("account_locked")[-1]["until"] is None
    assert auth.rows("SELECT * FROM credentials") == []
    assert auth.log_in(ANA, PIN).code == "not_accepted"
    auth.clock.forward(days=365)
    assert auth.log_in(ANA, PIN).code == "not_accepted"
    pin, _ = auth.letter()
    assert auth.log_in(ANA, pin, proof="p").ok
    assert auth.change_pin(ANA, PIN, proof="p").ok


def test_a_letter_that_was_guessed_at_a_hundred_times_ends_and_the_pin_of_ones_own_goes_on(auth):
    auth.with_pin()
    auth.clock.forward(days=1)
    pin, _ = auth.letter()
    for _ in range(25):
        auth.fail(4)
        assert auth.log_in(ANA, PIN).ok
    assert [row["kind"] for row in auth.rows("SELECT kind FROM credentials")] == ["standing"]
    assert auth.log_in(ANA, pin).code == "not_accepted"
    assert auth.published("account_locked") == []
