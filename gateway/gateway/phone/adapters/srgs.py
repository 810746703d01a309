"""What a turn expects, as inline SRGS grammars: keys or digits, and words of both languages."""

from lxml.etree import _Element

from gateway.phone.adapters.elements import LANG, add, lang
from gateway.phone.dialog import Digits
from gateway.phone.turns import Listen


def keys_grammar(field: _Element, listen: Listen) -> None:
    grammar = add(field, "grammar", version="1.0", mode="dtmf", root="keys")
    grammar.set("type", "application/srgs+xml")
    rule = add(grammar, "rule", id="keys", scope="public")
    if listen.digits:
        _number(grammar, rule, listen.digits, listen.keys)
        return
    alternatives = add(rule, "one-of")
    for key in listen.keys:
        add(alternatives, "item").text = key


def words_grammar(field: _Element, listen: Listen) -> None:
    grammar = add(field, "grammar", version="1.0", mode="voice", root="words")
    grammar.set("type", "application/srgs+xml")
    grammar.set(LANG, lang(listen.language))
    alternatives = add(add(grammar, "rule", id="words", scope="public"), "one-of")
    for language, phrase in listen.words:
        item = add(alternatives, "item")
        item.text = phrase
        if language != listen.language:
            item.set(LANG, lang(language))


def _number(grammar: _Element, rule: _Element, digits: Digits, keys: tuple[str, ...]) -> None:
    """Some digits; a star takes back what came before it; a lone 0 or star is a key of its own."""
    either = add(rule, "one-of")
    whole = add(either, "item")
    _taken_back(whole, "0-3", digits)
    alternatives = add(whole, "one-of")
    many = add(alternatives, "item", repeat=f"{digits.least}-{digits.most}")
    add(many, "ruleref", uri="#digit")
    for key in (key for key in keys if key != "*"):
        add(alternatives, "item").text = key
    _taken_back(add(either, "item"), "1-3", digits)
    each = add(add(grammar, "rule", id="digit"), "one-of")
    for digit in "0123456789":
        add(each, "item").text = digit


def _taken_back(parent: _Element, times: str, digits: Digits) -> None:
    item = add(parent, "item", repeat=times)
    add(add(item, "item", repeat=f"0-{digits.most}"), "ruleref", uri="#digit")
    add(item, "item").text = "*"
