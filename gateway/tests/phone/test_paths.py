"""Every way through the dialog, walked by a virtual caller in both languages, by key and by word."""

import pytest

from gateway.catalogue import LANGUAGES, Language
from gateway.phone.callers.caller import VirtualCaller
from gateway.phone.turns import Number

from .parts import BOTH, NEW, NOBODY, PAYEE, PAYOR, PIN, SSN, TEMPORARY, Agency, Says, logged_in, payments

both_languages = pytest.mark.parametrize("language", LANGUAGES)

SAY = {
    "en": {"yes": "Yes", "no": "No", "none": "None", "payments": "Payments", "made": "Made by me",
           "sent": "Sent to me", "more": "More", "menu": "Main menu", "repeat": "Repeat", "agent": "Agent",
           "bye": "Goodbye", "balance": "Balance", "log in": "Log in", "information": "Information",
           "new pin": "New PIN"},
    "es": {"yes": "Sí", "no": "No", "none": "Ninguno", "payments": "Pagos", "made": "Realizados por mí",
           "sent": "Enviados para mí", "more": "Más", "menu": "Menú principal", "repeat": "Repita",
           "agent": "Agente", "bye": "Adiós", "balance": "Saldo", "log in": "Ingresar", "information": "Información",
           "new pin": "PIN nuevo"},
}  # fmt: skip


class Ears:
    """What a caller expects to hear, by key of the catalogue."""

    def __init__(self, says: Says, language: Language) -> None:
        self._says, self._language = says, language

    def __call__(self, key: str) -> str:
        return self._says(self._language, key)


@pytest.fixture
def hears(says: Says, language: Language) -> Ears:
    return Ears(says, language)


def dial(caller: VirtualCaller, language: Language) -> VirtualCaller:
    caller.dial()
    return caller.press("9") if language == "es" else caller


def test_the_brochures_general_information_in_spanish(caller: VirtualCaller) -> None:
    """Marque 9 para Español · Marque 2 o diga: "No" · Marque 7 para otras opciones o diga: "Ninguno" """
    caller.dial()
    assert ("es-US", "Para español, marque 9.") in [(h.language, h.text) for h in caller.heard]
    caller.press("9")
    assert {h.language for h in caller.heard} == {"es-US"}
    caller.press("2")
    assert "Cliente Conectado da a padres y tutores legales" in caller.text
    caller.press("7")
    assert "Otras opciones" in caller.text

    caller.dial().press("9").say("No")
    assert "Cliente Conectado da a padres y tutores legales" in caller.text
    caller.say("Ninguno")
    assert "Otras opciones" in caller.text


@pytest.mark.parametrize("identifier", [BOTH, SSN], ids=["participant id", "ssn"])
def test_the_brochures_payments_in_spanish_by_key(caller: VirtualCaller, identifier: str) -> None:
    """Marque 1 (padre o tutor legal) · Ingrese su Número de Identificación de Participante o SSN · Ingrese su PIN
    · En el Menú Principal, diga: "Pagos" """
    caller.dial().press("9").press("1")
    assert "Número de Identificación de Participante" in caller.text
    caller.press(f"{identifier}#")
    assert "Ingrese su PIN" in caller.text
    caller.press(f"{PIN}#")
    assert caller.text.startswith("Menú principal.")
    caller.say("Pagos")
    assert "Pagos realizados por usted" in caller.text


def test_the_brochures_payments_in_spanish_word_for_word(caller: VirtualCaller) -> None:
    """The brochure's Spanish page does not begin with the 9: Marque 1 o diga: "Yes" ... diga: "Pagos" """
    caller.dial().say("Yes").press(f"{PAYOR}#").press(f"{PIN}#").say("Pagos")
    assert caller.text.startswith("Sus últimos cinco pagos realizados:")
    assert "El primero de noviembre: ciento un dólares." in caller.text
    assert "hasta el tres de noviembre a las diez y quince de la mañana." in caller.text
    assert {h.language for h in caller.heard} == {"es-US"}

    caller.dial().press("9").say("Yes").press(f"{PAYOR}#").press(f"{PIN}#").say("Pagos")
    assert caller.text.startswith("Sus últimos cinco pagos realizados:")


def test_the_brochures_payments_in_english(caller: VirtualCaller) -> None:
    caller.dial().say("Yes").press(f"{PAYOR}#").press(f"{PIN}#").say("Payments")
    assert caller.text.startswith("Your latest five payments made:")
    assert "November first: one hundred one dollars." in caller.text
    assert "This is what we know as of November third at ten fifteen in the morning." in caller.text


def test_a_spanish_word_changes_to_spanish_and_an_english_one_in_spanish_does_not(
    caller: VirtualCaller,
) -> None:
    caller.dial().say("Sí")
    assert {h.language for h in caller.heard} == {"es-US"}
    caller.dial().press("9").say("Yes")
    assert {h.language for h in caller.heard} == {"es-US"}


def test_eight_goes_back_to_english(caller: VirtualCaller) -> None:
    caller.dial().press("9").press("8")
    assert {h.language for h in caller.heard} == {"en-US"}


@both_languages
@pytest.mark.parametrize("by", ["key", "word"])
def test_neither_parent_nor_guardian(
    caller: VirtualCaller, language: Language, by: str, hears: Ears
) -> None:
    say = SAY[language]
    dial(caller, language)
    caller.press("2") if by == "key" else caller.say(say["no"])
    assert hears("general.about") in caller.text
    caller.press("7") if by == "key" else caller.say(say["none"])
    assert hears("options.ask") in caller.text
    caller.press("2") if by == "key" else caller.say(say["information"])
    assert hears("general.about") in caller.text
    caller.press("8") if by == "key" else caller.say(say["bye"])
    assert caller.text == hears("goodbye.bye")
    assert not caller.connected


@both_languages
@pytest.mark.parametrize("by", ["key", "word"])
def test_from_other_options_to_the_case(
    caller: VirtualCaller, language: Language, by: str, hears: Ears
) -> None:
    dial(caller, language)
    caller.press("7") if by == "key" else caller.say(SAY[language]["none"])
    caller.press("1") if by == "key" else caller.say(SAY[language]["log in"])
    assert caller.text == hears("identifier.ask")


@both_languages
@pytest.mark.parametrize("by", ["key", "word"])
def test_a_new_pin_by_mail_is_promised_alike_to_known_and_unknown(
    caller: VirtualCaller, agency: Agency, language: Language, by: str, hears: Ears
) -> None:
    for identifier in (BOTH, "9999999999"):
        dial(caller, language).press("7")
        caller.press("3") if by == "key" else caller.say(SAY[language]["new pin"])
        assert caller.text == hears("pin_request.ask")
        caller.press(f"{identifier}#")
        assert caller.text.startswith(hears("pin_request.done"))
    assert agency.letters == 1


@both_languages
@pytest.mark.parametrize("by", ["key", "word"])
def test_payments_of_both_kinds_five_by_five(
    caller: VirtualCaller, language: Language, by: str, hears: Ears
) -> None:
    say = SAY[language]

    def choose(key: str, word: str) -> list[str]:
        caller.press(key) if by == "key" else caller.say(say[word])
        return [h.text for h in caller.heard]

    logged_in(caller, BOTH, language)
    assert choose("1", "payments") == [hears("payments.ask")]
    first = choose("1", "made")
    assert len(first) == 1 + 5 + 2 and first[-1] == hears("rows.more")
    second = choose("1", "more")
    assert len(second) == 1 + 5 + 2 and second[-1] == hears("rows.more")
    last = choose("1", "more")
    assert len(last) == 1 + 2 + 2 and last[-1] == hears("rows.end")
    rows = [*first[1:6], *second[1:6], *last[1:3]]
    assert len(set(rows)) == 12
    assert choose("8", "menu") == [hears("main.ask")]
    choose("1", "payments")
    assert len(choose("2", "sent")) == 1 + 2 + 1 + 2, "what is held is said too"
    choose("8", "menu")
    assert choose("8", "bye") == [hears("goodbye.bye")]


@both_languages
def test_the_newest_payment_comes_first(caller: VirtualCaller, language: Language) -> None:
    logged_in(caller, PAYOR, language).press("1")
    newest, second = caller.heard[1].text, caller.heard[2].text
    assert newest == {"en": "November first: one hundred one dollars.",
                      "es": "El primero de noviembre: ciento un dólares."}[language]
    assert second == {"en": "October eighteenth: one hundred two dollars.",
                      "es": "El dieciocho de octubre: ciento dos dólares."}[language]


@both_languages
@pytest.mark.parametrize(("who", "key"), [(PAYOR, "payments.made.latest"), (PAYEE, "payments.sent.latest")])
def test_with_payments_of_one_kind_nothing_is_asked(
    caller: VirtualCaller, agency: Agency, says: Says, language: Language, who: str, key: str
) -> None:
    agency.temporary.clear()
    logged_in(caller, who, language).press("1")
    count = 5 if who == PAYOR else 1
    assert caller.heard[0].text == says(language, key, count=count, number=Number(count))


@both_languages
def test_with_no_payments_it_says_so(caller: VirtualCaller, language: Language, hears: Ears) -> None:
    logged_in(caller, NOBODY, language).press("1")
    assert [h.text for h in caller.heard] == [hears("payments.none"), hears("main.ask")]


@pytest.mark.parametrize(
    ("status", "english", "spanish"),
    [
        ("held", "being held", "en espera"),
        ("reversed", "taken back", "revertido"),
        ("returned", "came back", "devuelto"),
        ("stopped", "stopped", "suspendido"),
        ("voided", "voided", "anulado"),
        ("refunded", "goes back to you", "se le devuelve"),
        ("pending", "about to send", "por enviar"),
        ("stale", "not cashed", "no se cobró"),
        ("cleared", "one hundred one dollars.", "ciento un dólares."),
    ],
)
def test_money_that_is_not_where_the_amount_suggests_is_said_so(
    caller: VirtualCaller, agency: Agency, status: str, english: str, spanish: str
) -> None:
    agency.made[PAYOR] = payments("m", 1, status)
    assert english in logged_in(caller, PAYOR, "en").press("1").heard[1].text
    assert spanish in logged_in(caller, PAYOR, "es").press("1").heard[1].text


@both_languages
@pytest.mark.parametrize("by", ["key", "word"])
def test_the_balance_of_each_role_and_when_it_is_true(
    caller: VirtualCaller, language: Language, by: str, hears: Ears
) -> None:
    logged_in(caller, BOTH, language)
    caller.press("2") if by == "key" else caller.say(SAY[language]["balance"])
    said = [h.text for h in caller.heard]
    assert len(said) == 5 and said[-1] == hears("rows.end")
    first, following = {
        "en": ("you owe five hundred dollars for this month, one thousand two hundred dollars past due, and "
               "forty-three dollars and twelve cents in interest.",
               "The next payment is five hundred fifty dollars, due December first."),
        "es": ("debe quinientos dólares de este mes, mil doscientos dólares de manutención atrasada y cuarenta y "
               "tres dólares con doce centavos de intereses.",
               "El próximo pago es de quinientos cincuenta dólares, para el primero de diciembre."),
    }[language]
    assert said[0].endswith(first) and said[1] == following
    assert [h.text for h in caller.press("*").heard] == said
    assert caller.press("8").text == hears("main.ask")


@both_languages
def test_without_a_balance_it_says_so(caller: VirtualCaller, language: Language, hears: Ears) -> None:
    logged_in(caller, NOBODY, language).press("2")
    assert [h.text for h in caller.heard] == [hears("balance.none"), hears("main.ask")]


def test_a_pin_changed_elsewhere_ends_the_balance_too(
    caller: VirtualCaller, agency: Agency, says: Says
) -> None:
    logged_in(caller, BOTH, "en")
    agency.ended.add(BOTH)
    assert caller.press("2").text == says("en", "identifier.ask")


def test_a_payment_that_arrives_meanwhile_moves_no_page(caller: VirtualCaller, agency: Agency) -> None:
    logged_in(caller, BOTH, "en").press("1").press("1")
    heard = [h.text for h in caller.heard[1:6]]
    agency.made[BOTH] = (*payments("new", 1), *agency.made[BOTH])
    caller.press("1")
    assert not set(heard) & {h.text for h in caller.heard[1:6]}
    assert caller.heard[1].text == "August twenty-third: one hundred six dollars."


@both_languages
def test_a_temporary_pin_must_be_changed(
    caller: VirtualCaller, agency: Agency, language: Language, hears: Ears
) -> None:
    dial(caller, language).press("1").press(f"{PAYEE}#").press(f"{TEMPORARY}#")
    assert [h.text for h in caller.heard] == [hears("new_pin.temporary"), hears("new_pin.ask")]
    caller.press(f"{NEW}#")
    assert caller.text == hears("new_pin.again")
    caller.press(f"{NEW}#")
    assert [h.text for h in caller.heard] == [hears("new_pin.changed"), hears("main.ask")]
    assert agency.pin_changes == [PAYEE]
    dial(caller, language).press("1").press(f"{PAYEE}#").press(f"{NEW}#")
    assert caller.text == hears("main.ask")


@both_languages
def test_a_new_pin_that_differs_or_is_weak_is_asked_for_again(
    caller: VirtualCaller, agency: Agency, language: Language, hears: Ears
) -> None:
    dial(caller, language).press("1").press(f"{PAYEE}#").press(f"{TEMPORARY}#")
    caller.press(f"{NEW}#").press("640276#")
    assert [h.text for h in caller.heard] == [hears("new_pin.different"), hears("new_pin.ask")]
    caller.press("123456#").press("123456#")
    assert [h.text for h in caller.heard] == [hears("new_pin.weak"), hears("new_pin.ask")]
    caller.press("234567#").press("234567#")
    assert [h.text for h in caller.heard] == [
        hears("new_pin.weak"), hears("office.hours"), hears("goodbye.bye"),
    ]  # fmt: skip
    assert not agency.pin_changes


@both_languages
def test_unknown_and_wrong_sound_alike_and_the_third_is_the_last(
    caller: VirtualCaller, agency: Agency, language: Language, hears: Ears
) -> None:
    said = []
    for identifier, pin in ((BOTH, "111111"), ("9999999999", PIN)):
        dial(caller, language).press("1").press(f"{identifier}#").press(f"{pin}#")
        said.append([h.text for h in caller.heard])
    assert said[0] == said[1] == [hears("login.not_accepted"), hears("identifier.ask")]
    caller.press(f"{BOTH}#").press("222222#").press(f"{BOTH}#").press("333333#")
    assert [h.text for h in caller.heard] == [
        hears("login.not_accepted"), hears("office.hours"), hears("goodbye.bye"),
    ]  # fmt: skip
    assert not caller.connected
    assert agency.log_ins == 4


@both_languages
def test_a_mistake_at_the_first_try_is_forgiven(
    caller: VirtualCaller, language: Language, hears: Ears
) -> None:
    dial(caller, language).press("1").press(f"{BOTH}#").press("111111#").press(f"{BOTH}#").press(f"{PIN}#")
    assert caller.text == hears("main.ask")


@both_languages
def test_a_star_takes_back_digits_and_alone_repeats_the_question(
    caller: VirtualCaller, language: Language, hears: Ears
) -> None:
    dial(caller, language).press("1")
    assert caller.press("*#").text == hears("identifier.ask")
    assert caller.press(f"99*{BOTH}#").text == hears("pin.ask")
    assert caller.press(f"1*2*{PIN}#").text == hears("main.ask")


@both_languages
@pytest.mark.parametrize("by", ["key", "word"])
def test_star_repeats_what_was_said_even_the_payments(
    caller: VirtualCaller, language: Language, by: str
) -> None:
    logged_in(caller, BOTH, language).press("1").press("1").press("1")
    before = caller.text
    caller.press("*") if by == "key" else caller.say(SAY[language]["repeat"])
    assert caller.text == before


@both_languages
def test_nine_at_the_main_menu_is_the_other_language(caller: VirtualCaller, language: Language) -> None:
    logged_in(caller, BOTH, language).press("9")
    assert {h.language for h in caller.heard} == {"es-US" if language == "en" else "en-US"}


@both_languages
@pytest.mark.parametrize("by", ["key", "word"])
def test_an_agent_in_office_hours(
    caller: VirtualCaller, agent: dict[str, str | None], language: Language, by: str, hears: Ears
) -> None:
    agent["tel"] = "tel:+15555550100"
    logged_in(caller, BOTH, language)
    caller.press("0") if by == "key" else caller.say(SAY[language]["agent"])
    assert caller.text == hears("agent.transfer")
    assert caller.transferred_to == "tel:+15555550100"


@both_languages
def test_no_agent_is_promised_out_of_hours_and_the_call_goes_on(
    caller: VirtualCaller, language: Language, hears: Ears
) -> None:
    dial(caller, language).press("1").press("0#")
    assert [h.text for h in caller.heard] == [
        hears("agent.closed"), hears("office.hours"), hears("identifier.ask"),
    ]  # fmt: skip
    assert caller.press(f"{BOTH}#").text == hears("pin.ask")


@both_languages
def test_when_a_service_is_away_the_caller_is_told_and_asked_to_call_again(
    caller: VirtualCaller, agency: Agency, language: Language, hears: Ears
) -> None:
    agency.away = True
    logged_in(caller, BOTH, language)
    assert caller.heard[0].text == hears("trouble.unavailable")
    assert not caller.connected


def test_a_pin_changed_elsewhere_ends_what_the_call_may_hear(caller: VirtualCaller, agency: Agency) -> None:
    """Whoever called with a PIN that somebody else has learned of hears nothing more once its owner has changed it."""
    logged_in(caller, BOTH, "en").press("1").press("1")
    assert "dollars" in caller.text
    agency.ended.add(BOTH)
    caller.press("1")
    assert "dollars" not in caller.text and "Participant ID" in caller.text
    agency.ended.clear()
    caller.press(f"{BOTH}#").press(f"{PIN}#").press("1").press("1")
    assert "dollars" in caller.text
