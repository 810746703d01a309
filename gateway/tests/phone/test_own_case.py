"""Cases, dates, the office and the PIN: what a caller who is known hears beside payments, in both languages."""

import pytest

from gateway.catalogue import LANGUAGES, Language
from gateway.phone.callers.caller import VirtualCaller

from .parts import BOTH, NEW, NOBODY, PIN, Agency, Says, logged_in

both_languages = pytest.mark.parametrize("language", LANGUAGES)
by_key_or_word = pytest.mark.parametrize("by", ["key", "word"])
WORDS = {
    "cases": ("3", {"en": "Case information", "es": "Información de caso"}),
    "dates": ("4", {"en": "Court dates", "es": "Fechas y citas"}),
    "office": ("6", {"en": "Office", "es": "Oficina"}),
    "pin": ("5", {"en": "Change PIN", "es": "Cambiar PIN"}),
    "change": ("1", {"en": "Change", "es": "Cambiar"}),
    "mail": ("2", {"en": "By mail", "es": "Por correo"}),
    "more": ("1", {"en": "More", "es": "Más"}),
}


def choose(caller: VirtualCaller, what: str, language: Language, by: str) -> list[str]:
    key, words = WORDS[what]
    caller.press(key) if by == "key" else caller.say(words[language])
    return [heard.text for heard in caller.heard]


@both_languages
@by_key_or_word
def test_cases_two_at_a_time(caller: VirtualCaller, says: Says, language: Language, by: str) -> None:
    logged_in(caller, BOTH, language)
    first = choose(caller, "cases", language, by)
    assert first == {
        "en": ["Case number one nine, F L, zero zero four two: you pay support in it, and it is open.",
               "The support ordered is five hundred fifty dollars a month.",
               "Case number zero two zero zero zero zero zero zero zero seven: you receive support in it, and it is "
               "open.",
               "No monthly support is ordered at present.",
               "This is what we know as of November third at ten fifteen in the morning.", says("en", "rows.more")],
        "es": ["Caso número uno nueve, F L, cero cero cuatro dos: usted paga manutención en él, y está abierto.",
               "La manutención ordenada es de quinientos cincuenta dólares al mes.",
               "Caso número cero dos cero cero cero cero cero cero cero siete: usted recibe manutención en él, y está "
               "abierto.",
               "Por ahora no hay manutención mensual ordenada.",
               "Esto es lo que sabemos hasta el tres de noviembre a las diez y quince de la mañana.",
               says("es", "rows.more")],
    }[language]
    rest = choose(caller, "more", language, by)
    assert says(language, "cases.no_order") in rest and rest[-1] == says(language, "rows.end")
    assert {"en": "legal parentage is to be established", "es": "la paternidad o maternidad"}[language] in rest[0]
    assert {"en": "and it is closed.", "es": "y está cerrado."}[language] in rest[2]
    assert not [text for text in rest[2:3] if "month" in text], "of a closed case nothing is ordered"


@both_languages
@by_key_or_word
def test_dates_to_come_with_the_court_and_never_an_address(caller: VirtualCaller, language: Language, by: str,
                                                           says: Says) -> None:
    logged_in(caller, BOTH, language)
    assert choose(caller, "dates", language, by)[:3] == {
        "en": ["Court hearing to change an order: December first at nine thirty in the morning.",
               "At Superior Court, department seven.",
               "Interview at our office: December ninth at two o'clock in the afternoon."],
        "es": ["Audiencia para cambiar una orden: el primero de diciembre a las nueve y treinta de la mañana.",
               "En Superior Court, departamento siete.",
               "Entrevista en nuestra oficina: el nueve de diciembre a las dos de la tarde."],
    }[language]
    cancelled = choose(caller, "more", language, by)
    assert cancelled[0] == {
        "en": "Cancelled: Court hearing to review the case, January fifth, twenty twenty-seven at eight thirty in the "
              "morning.",
        "es": "Se canceló: Audiencia para revisar el caso, el cinco de enero de dos mil veintisiete a las ocho y "
              "treinta de la mañana.",
    }[language]
    assert cancelled[-1] == says(language, "rows.end")


@both_languages
@by_key_or_word
def test_the_own_office_and_its_number(caller: VirtualCaller, language: Language, by: str) -> None:
    logged_in(caller, BOTH, language)
    assert choose(caller, "office", language, by)[0] == {
        "en": "Santa Barbara County Child Support Services. The telephone number is one, eight zero five, five five "
              "five, zero one four two.",
        "es": "Servicios de Manutención de Menores del Condado de Santa Barbara. El número de teléfono es uno, ocho "
              "cero cinco, cinco cinco cinco, cero uno cuatro dos.",
    }[language]


@both_languages
@pytest.mark.parametrize("what", ["cases", "dates", "office"])
def test_where_there_is_nothing_it_is_said(caller: VirtualCaller, says: Says, language: Language,
                                           what: str) -> None:
    logged_in(caller, NOBODY, language)
    assert choose(caller, what, language, "key") == [says(language, f"{what}.none"), says(language, "main.ask")]


@both_languages
@by_key_or_word
def test_a_pin_is_changed_with_the_present_one(caller: VirtualCaller, agency: Agency, says: Says, language: Language,
                                               by: str) -> None:
    logged_in(caller, BOTH, language)
    assert choose(caller, "pin", language, by) == [says(language, "pin_menu.ask")]
    assert choose(caller, "change", language, by) == [says(language, "current_pin.ask")]
    caller.press(f"{PIN}#").press(f"{NEW}#").press(f"{NEW}#")
    assert [h.text for h in caller.heard] == [says(language, "new_pin.changed"), says(language, "main.ask")]
    assert agency.pins[BOTH] == NEW


@both_languages
def test_a_wrong_present_pin_is_not_accepted_and_asked_for_again(caller: VirtualCaller, agency: Agency, says: Says,
                                                                language: Language) -> None:
    logged_in(caller, BOTH, language).press("5").press("1")
    for _ in range(2):
        caller.press("999111#").press(f"{NEW}#").press(f"{NEW}#")
        assert [h.text for h in caller.heard] == [
            says(language, "login.not_accepted"), says(language, "current_pin.ask")]
    caller.press("999111#").press(f"{NEW}#").press(f"{NEW}#")
    assert not caller.connected
    assert agency.pins[BOTH] == PIN


def test_a_weak_new_pin_is_refused_and_the_present_one_need_not_be_keyed_again(caller: VirtualCaller,
                                                                               agency: Agency) -> None:
    logged_in(caller, BOTH, "en").press("5").press("1").press(f"{PIN}#").press("123456#").press("123456#")
    assert "too easy to guess" in caller.text
    caller.press(f"{NEW}#").press(f"{NEW}#")
    assert agency.pins[BOTH] == NEW


@both_languages
@by_key_or_word
def test_a_new_pin_by_mail_for_who_is_known(caller: VirtualCaller, agency: Agency, says: Says, language: Language,
                                            by: str) -> None:
    logged_in(caller, BOTH, language)
    choose(caller, "pin", language, by)
    assert choose(caller, "mail", language, by) == [says(language, "pin_mail.done"), says(language, "main.ask")]
    assert agency.letters == 1


@pytest.mark.parametrize("key", ["2", "3", "4", "6"])
def test_a_pin_changed_elsewhere_ends_all_of_it(caller: VirtualCaller, agency: Agency, says: Says, key: str) -> None:
    logged_in(caller, BOTH, "en")
    agency.ended.add(BOTH)
    assert caller.press(key).text == says("en", "identifier.ask")


@pytest.mark.parametrize("way", [("5", "2"), ("5", "1", f"{PIN}#", f"{NEW}#", f"{NEW}#")], ids=["by mail", "changed"])
def test_nor_is_a_pin_changed_or_mailed_then(caller: VirtualCaller, agency: Agency, says: Says,
                                             way: tuple[str, ...]) -> None:
    logged_in(caller, BOTH, "en")
    agency.ended.add(BOTH)
    for keys in way:
        caller.press(keys)
    assert caller.text == says("en", "identifier.ask")
    assert not agency.letters and not agency.pin_changes
