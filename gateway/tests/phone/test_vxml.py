"""Every document of every state is VoiceXML 2.1 by the W3C's schemas, and short enough to listen to."""

from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from gateway.catalogue import LANGUAGES, Catalogue, Language
from gateway.phone.adapters.elements import NAMESPACE
from gateway.phone.adapters.vxml import VoiceXml, heard
from gateway.phone.answers import State
from gateway.phone.callers.caller import VirtualCaller
from gateway.phone.callers.vxml import accepts
from gateway.phone.dialog import DIALOG
from gateway.phone.said import Said, Sentence
from gateway.phone.speech import Wording, seconds
from gateway.phone.turns import AskAgain, HangUp, Keys, NoMatch, Silence, Words

from .parts import BOTH, PIN, Agency, Schemas, logged_in, voicexml_schema
from .test_trouble import every_question, reach, spoken

LONGEST_PROMPT = 20.0
LONGEST_WAY_TO_THE_LAST_PAYMENT = 60.0
SECONDS_A_KEY = 0.5

both_languages = pytest.mark.parametrize("language", LANGUAGES)
NS = {"v": NAMESPACE}
VXML = VoiceXml()


@pytest.fixture(scope="session")
def schema() -> etree.XMLSchema:
    folder: Path | None = Schemas.folder()
    if folder is None:
        pytest.skip("the W3C's VoiceXML schemas are not here; set CC_PHONE_SCHEMAS to the folder that has them")
    return voicexml_schema(folder)


def check(schema: etree.XMLSchema, documents: list[bytes]) -> None:
    for document in documents:
        schema.assertValid(etree.fromstring(document))


@both_languages
@every_question
@pytest.mark.parametrize("how", ["keep_silent", "mumble"])
def test_all_documents_of_all_states_are_valid(
    caller: VirtualCaller, schema: etree.XMLSchema, state: State, language: Language, how: str
) -> None:
    reach(caller, state, spoken(state, language))
    for _ in range(3):
        getattr(caller, how)()
    assert not caller.connected
    check(schema, caller.platform.documents)


@both_languages
def test_the_documents_beside_the_dialog_are_valid(
    caller: VirtualCaller,
    agent: dict[str, str | None],
    wording: Wording,
    schema: etree.XMLSchema,
    language: Language,
) -> None:
    agent["tel"] = "tel:+15555550100"
    logged_in(caller, BOTH, language).press("0")
    check(schema, [*caller.platform.documents, VXML.moment(wording.moment(language, "normal"), "/x/1"), VXML.over()])


def test_documents_with_named_voices_are_valid(schema: etree.XMLSchema, wording: Wording) -> None:
    house = replace(wording.house, voices={"en": "Joanna", "es": "Lupe"})
    moment = replace(wording, house=house).moment("es", "normal")
    document = VXML.document(moment, "/x/0", "/x/1")
    assert b'<voice name="Lupe">Un momento, por favor.</voice>' in document
    check(schema, [document, VXML.moment(moment, "/x/1")])


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        (b'mode="dtmf"', b'mode="keys"'),
        (b'bargein="true"', b'bargein="maybe"'),
        (b'id="words"', b'id="keys"'),
        (b"<rule ", b'<rule xmlns="http://www.w3.org/2001/06/grammar" '),
    ],
)
def test_the_schema_would_notice(
    caller: VirtualCaller, schema: etree.XMLSchema, was: bytes, becomes: bytes
) -> None:
    good = caller.dial().platform.documents[-1]
    assert was in good
    assert not schema.validate(etree.fromstring(good.replace(was, becomes, 1)))


@both_languages
@every_question
def test_no_instruction_is_longer_than_anyone_listens(
    caller: VirtualCaller, state: State, language: Language
) -> None:
    """The instructions of a turn together; what the caller asked to hear (general information, payments) by
    the sentence."""
    reach(caller, state, spoken(state, language))
    turns = [caller.heard]
    for _ in range(3):
        turns.append(caller.keep_silent().heard)
    for turn in turns:
        told = len(DIALOG[state].ask) > 1 or state is State.OFFICE
        asked_for = len(turn) > 4 or (told and state is not State.GREETING)
        together = [turn[-1].text] if asked_for else [" ".join(h.text for h in turn)]
        for text in (*together, *(h.text for h in turn)):
            assert seconds(text) <= LONGEST_PROMPT, text


@both_languages
def test_every_text_of_the_catalogue_is_short_enough(catalogue: Catalogue, language: Language) -> None:
    for key in sorted(catalogue.keys()):
        for form in catalogue.texts[language][key]:
            assert seconds(form) <= LONGEST_PROMPT, key


@both_languages
def test_from_the_first_ring_to_the_last_payment_in_a_minute(
    caller: VirtualCaller, agency: Agency, language: Language
) -> None:
    """For a caller who hears everything out and has payments of both kinds: all words until the newest payment, a long
    one, and the time for the keys."""
    agency.made[BOTH] = (replace(agency.made[BOTH][0], cents=123_456), *agency.made[BOTH][1:])
    caller.dial()
    spent = sum(seconds(h.text) for h in (caller.heard[:2] if language == "es" else caller.heard))
    for keys in (*(("9",) if language == "es" else ()), "1", f"{BOTH}#", f"{PIN}#", "1"):
        caller.press(keys)
        spent += SECONDS_A_KEY * len(keys) + seconds(caller.text)
    caller.press("1")
    spent += sum(seconds(h.text) for h in caller.heard[:2])
    assert spent <= LONGEST_WAY_TO_THE_LAST_PAYMENT


@both_languages
@every_question
def test_what_a_platform_is_told(caller: VirtualCaller, state: State, language: Language) -> None:
    reach(caller, state, spoken(state, language))
    root = etree.fromstring(caller.platform.documents[-1])
    told = {p.get("name"): p.get("value") for p in root.iterfind(".//v:property", NS)}
    keyed = DIALOG[state].digits
    assert told["documentmaxage"] == "0"
    assert told["timeout"] == ("10s" if keyed else "7s")
    assert told["inputmodes"] == ("dtmf" if keyed and keyed.secret else "dtmf voice")
    assert told["termchar"] == "#"
    assert not list(root.iter(f"{{{NAMESPACE}}}menu"))
    assert not [g for g in root.iterfind(".//v:grammar", NS) if g.get("src")]
    for submit in root.iterfind(".//v:submit", NS):
        assert submit.get("method") == "post"
        assert "?" not in submit.get("next")


def test_words_of_the_other_language_are_marked_for_the_recogniser(caller: VirtualCaller) -> None:
    root = etree.fromstring(caller.dial().platform.documents[-1])
    items = root.findall(".//v:grammar[@mode='voice']//v:item", NS)
    lang = "{http://www.w3.org/XML/1998/namespace}lang"
    marked = {item.text: item.get(lang) for item in items}
    assert marked["yes"] is None
    assert marked["sí"] == "es-US"
    assert marked["ninguno"] == "es-US"


@pytest.mark.parametrize(
    ("keys", "taken"),
    [
        ("123456789", True), ("123456789012345", True), ("12*123456789", True), ("*", True), ("12*", True),
        ("0", True), ("12*0", True), ("", False), ("12345678", False), ("1234567890123456", False),
        ("1*2*3*4*123456789", False), ("#", False),
    ],
)  # fmt: skip
def test_the_grammar_of_an_identifier(caller: VirtualCaller, keys: str, taken: bool) -> None:
    reach(caller, State.IDENTIFIER, "en")
    grammar = etree.fromstring(caller.platform.documents[-1]).find(".//v:grammar", NS)
    assert accepts(grammar, list(keys)) is taken


def test_text_is_escaped() -> None:
    said = Said("en", "normal", (Sentence("en", "<b>&: ]]>."),), None)
    root = etree.fromstring(VXML.document(said, "/x/0", "/x/1"))
    prompt = root.find(".//v:prompt", NS)
    assert prompt is not None
    assert "".join(prompt.itertext()) == "<b>&: ]]>."


@pytest.mark.parametrize(
    ("event", "answer", "given"),
    [
        ("answer", "1", Keys), ("", "1", Keys), ("answer", "1 2 3", Keys), ("answer", "dtmf-1 dtmf-2", Keys),
        ("answer", "*", Keys), ("answer", "yes", Words), ("answer", "1 yes", Words), ("answer", "", Silence),
        ("", "", Silence), ("noinput", "", Silence), ("nomatch", "1", NoMatch), ("hangup", "", HangUp),
        ("again", "", AskAgain), ("other", "1", NoMatch), ("answer", "1" * 81, NoMatch),
    ],
)  # fmt: skip
def test_what_a_platform_says_was_heard(event: str, answer: str, given: type) -> None:
    assert isinstance(heard(event, answer), given)
