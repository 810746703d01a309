"""What is encrypted opens with the right key in the right context, and in no other way."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventkit.crypto import CannotDecrypt, Keyring, Opener, generate_key, generate_sealing_pair, seal

OLD, NEW = generate_key("k1"), generate_key("k2")
PRIVATE, PUBLIC = generate_sealing_pair("a1")
BEFORE, DURING, AFTER = Keyring.parse(OLD), Keyring.parse(f"{NEW},{OLD}"), Keyring.parse(NEW)
ADDRESS = b"12 Elm Street"


@given(st.binary(max_size=300), st.text(max_size=40))
def test_what_is_encrypted_comes_back(plaintext, context):
    assert DURING.decrypt(DURING.encrypt(plaintext, context), context) == plaintext
    assert Opener.parse(PRIVATE).open(seal(PUBLIC, plaintext, context), context) == plaintext


def test_the_same_content_never_looks_the_same():
    assert BEFORE.encrypt(ADDRESS, "1|address") != BEFORE.encrypt(ADDRESS, "1|address")
    assert seal(PUBLIC, ADDRESS, "1|address") != seal(PUBLIC, ADDRESS, "1|address")


def refused(attempt):
    with pytest.raises(CannotDecrypt) as found:
        attempt()
    assert ADDRESS.decode() not in repr(found.value)
    assert found.value.__cause__ is None


def test_a_value_moved_to_another_place_does_not_open():
    refused(lambda: BEFORE.decrypt(BEFORE.encrypt(ADDRESS, "1|address"), "2|address"))
    refused(lambda: Opener.parse(PRIVATE).open(seal(PUBLIC, ADDRESS, "1|pin"), "1|ssn"))


def test_another_key_of_the_same_name_does_not_open_it():
    refused(lambda: Keyring.parse(generate_key("k1")).decrypt(BEFORE.encrypt(ADDRESS, "c"), "c"))
    refused(lambda: Opener.parse(generate_sealing_pair("a1")[0]).open(seal(PUBLIC, ADDRESS, "c"), "c"))


VALUE, SEALED = BEFORE.encrypt(ADDRESS, "c"), seal(PUBLIC, ADDRESS, "c")


@given(st.data())
def test_any_changed_character_is_noticed(data):
    for value, decrypt in ((VALUE, BEFORE.decrypt), (SEALED, Opener.parse(PRIVATE).open)):
        at = data.draw(st.integers(0, len(value) - 1))
        instead = data.draw(st.characters(codec="utf-8").filter(lambda found, old=value[at]: found != old))
        refused(lambda: decrypt(value[:at] + instead + value[at + 1:], "c"))  # noqa: B023
        refused(lambda: decrypt(value[:at] + instead + value[at:], "c"))  # noqa: B023


@pytest.mark.parametrize("junk", ["    ", "\n\n\n\n", "!!!!", "===="])
def test_one_value_has_one_text(junk):
    for value, decrypt in ((VALUE, BEFORE.decrypt), (SEALED, Opener.parse(PRIVATE).open)):
        refused(lambda: decrypt(value[:10] + junk + value[10:], "c"))  # noqa: B023
        refused(lambda: decrypt(value + junk, "c"))  # noqa: B023


@given(st.text(max_size=80) | st.text("kaA1.-_=", max_size=12).map("k1.".__add__) | st.just("a1."))
def test_nothing_else_is_taken_for_a_value(text):
    refused(lambda: BEFORE.decrypt(text, "c"))
    refused(lambda: Opener.parse(PRIVATE).open(text, "c"))


def test_a_new_key_reads_the_old_values_and_writes_new_ones():
    old = BEFORE.encrypt(ADDRESS, "c")
    assert DURING.needs_rotation(old)
    new = DURING.rotate(old, "c")
    assert not DURING.needs_rotation(new)
    assert AFTER.decrypt(new, "c") == ADDRESS
    refused(lambda: AFTER.decrypt(old, "c"))


def test_an_opener_reads_what_was_sealed_to_its_former_keys():
    private, public = generate_sealing_pair("a2")
    opener = Opener.parse(f"{private},{PRIVATE}")
    assert opener.open(seal(PUBLIC, b"1", "c"), "c") == b"1"
    assert opener.open(seal(public, b"2", "c"), "c") == b"2"


class TestAFingerprint:
    def test_tells_equal_content_from_other_content_across_a_rotation(self):
        known = BEFORE.fingerprint("12 Elm Street", "1|address")
        assert DURING.same_fingerprint(known, "12 Elm Street", "1|address")
        assert not DURING.same_fingerprint(known, "13 Elm Street", "1|address")

    def test_of_one_place_says_nothing_of_another(self):
        assert BEFORE.fingerprint("a", "1|name") != BEFORE.fingerprint("a", "2|name")
        assert BEFORE.fingerprint("b|c", "a") != BEFORE.fingerprint("c", "a|b")

    def test_cannot_be_made_without_the_key(self):
        assert BEFORE.fingerprint("a", "c") != Keyring.parse(generate_key("k1")).fingerprint("a", "c")

    def test_of_broken_text_raises_nothing_that_holds_it(self):
        assert BEFORE.fingerprint("a\ud800", "c") != BEFORE.fingerprint("a", "c")


RAW = base64.b64encode(b"0123456789abcdef0123456789abcdef").decode()


@pytest.mark.parametrize(("text", "said"), [
    ("", "key 1 is not of the form"), (RAW, "key 1 is not of the form"), (f"{RAW}:k1", "key 1 is not of the form"),
    (f"{OLD},{RAW}", "key 2 is not of the form"), (f"k1:{RAW},k1:{RAW}", "'k1' is given twice"),
    ("k1:" + RAW[:-4], "'k1' is not 32 bytes"), (f"k1:{RAW} k2:{RAW}", "'k1' is not base64"), (f"k1:{RAW}é", "'k1'")])
def test_a_malformed_setting_is_refused_without_showing_a_key(text, said):
    for parse in (Keyring.parse, Opener.parse, lambda text: seal(text, b"", "c")):
        with pytest.raises(ValueError, match=said) as refused:
            parse(text)
        assert RAW[:10] not in str(refused.value)
        assert refused.value.__cause__ is None


def test_neither_ring_nor_opener_shows_a_key():
    for shown in (repr(BEFORE), str(Opener.parse(PRIVATE))):
        assert "b'" not in shown
        assert OLD.partition(":")[2] not in shown
