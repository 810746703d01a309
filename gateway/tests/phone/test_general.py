"""What callers hear who are neither parent nor guardian: office, how to apply, where payments go, hours, employers."""

import pytest

from gateway.catalogue import LANGUAGES, Language
from gateway.phone.callers.caller import VirtualCaller

from .parts import Says

both_languages = pytest.mark.parametrize("language", LANGUAGES)
by_key_or_word = pytest.mark.parametrize("by", ["key", "word"])
TOPICS = {
    "2": ({"en": "How to apply", "es": "Cómo solicitar"}, {
        "en": "Anyone can apply", "es": "Cualquiera puede solicitar"}),
    "3": ({"en": "Where to pay", "es": "Dónde pagar"}, {"en": "Checks are mailed to: P.O. Box one zero zero zero",
                                                        "es": "se envían a: P.O. Box uno cero cero cero"}),
    "4": ({"en": "Hours", "es": "Horario"}, {
        "en": "Our agents are here Monday to Friday, from seven o'clock in the morning to five o'clock in the "
              "afternoon.",
        "es": "Nuestros agentes atienden de lunes a viernes, de las siete de la mañana a las cinco de la tarde."}),
}


def at_general(caller: VirtualCaller, language: Language) -> VirtualCaller:
    caller.dial()
    return caller.press("9").press("2") if language == "es" else caller.press("2")


@both_languages
@by_key_or_word
@pytest.mark.parametrize("key", TOPICS)
def test_each_topic_is_told_and_leads_back(caller: VirtualCaller, says: Says, language: Language, by: str,
                                           key: str) -> None:
    words, told = TOPICS[key]
    at_general(caller, language)
    caller.press(key) if by == "key" else caller.say(words[language])
    assert told[language] in caller.text and caller.heard[-1].text == says(language, "topic.ask")
    said = caller.text
    assert caller.press("*").text == said
    assert says(language, "general.ask") in caller.press("1").text


@both_languages
def test_the_tty_number_is_said_with_the_hours(caller: VirtualCaller, language: Language) -> None:
    """Para clientes con problemas de audición o de habla ... nuestro número TTY: 1-866-399-4096."""
    number = {"en": "one, eight six six, three nine nine, four zero nine six",
              "es": "uno, ocho seis seis, tres nueve nueve, cuatro cero nueve seis"}[language]
    assert number in at_general(caller, language).press("4").text


@both_languages
@pytest.mark.parametrize("by", ["zip", "county"])
def test_the_local_office_by_zip_code_or_county(caller: VirtualCaller, language: Language, by: str) -> None:
    at_general(caller, language).press("1")
    caller.press("93101#") if by == "zip" else caller.say("Santa Barbara")
    assert "Santa Barbara" in caller.heard[0].text
    assert {"en": "eight zero five", "es": "ocho cero cinco"}[language] in caller.heard[0].text
    said = caller.text
    assert caller.press("*").text == said


@pytest.mark.parametrize("keyed", ["00000#", "9310#", "931010#"])
def test_a_zip_code_without_an_office_is_asked_for_again(caller: VirtualCaller, says: Says, keyed: str) -> None:
    at_general(caller, "en").press("1").press(keyed)
    assert caller.text == f"{says('en', 'trouble.no_match.1')} {says('en', 'office_where.ask')}"
    caller.press("93101#")
    assert "Santa Barbara" in caller.text


@both_languages
def test_an_employer_is_told_where_to_turn(caller: VirtualCaller, language: Language) -> None:
    caller.dial()
    if language == "es":
        caller.press("9")
    caller.press("7").press("4")
    assert {"en": "income withholding order", "es": "orden de retención de ingresos"}[language] in caller.text
    assert "P.O. Box" in caller.text


@pytest.mark.parametrize("key", ["2", "3", "4"])
def test_from_every_topic_one_comes_to_the_own_case_and_to_other_options(caller: VirtualCaller, says: Says,
                                                                         key: str) -> None:
    assert at_general(caller, "en").press(key).press("5").text == says("en", "identifier.ask")
    assert at_general(caller, "en").press(key).press("7").text == says("en", "options.ask")
    assert at_general(caller, "en").press(key).press("9").heard[0].language == "es-US"
    assert not at_general(caller, "en").press(key).press("8").connected
