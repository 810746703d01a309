"""Turns as VoiceXML 2.1 documents with inline SRGS grammars, the language of installed telephone platforms.

Kept to what every browser of the standard must do: a form with one field, XML grammars in the document's
own namespace, no builtin grammars, no <menu>, no cookies. Silence and whatever is not understood go straight
back to the engine, which counts them. Keyed secrets travel in the body of a POST, never in an address
written here.
"""

import re
from collections.abc import Mapping
from typing import Final

from lxml import etree
from lxml.etree import _Element

from eventkit.secret import Secret
from gateway.catalogue import LOCALES, Catalogue, Language
from gateway.phone.dialog import Digits
from gateway.phone.speech import sentence
from gateway.phone.turns import (
    AskAgain,
    HangUp,
    Input,
    Keys,
    Line,
    Listen,
    NoMatch,
    Silence,
    Turn,
    Words,
)

MIMETYPE: Final = "application/voicexml+xml"
NAMESPACE: Final = "http://www.w3.org/2001/vxml"
EVENT, ANSWER = "event", "answer"
ANSWERED, NO_INPUT, NO_MATCH, HUNG_UP, AGAIN = "answer", "noinput", "nomatch", "hangup", "again"
BETWEEN_DIGITS: Final = "5s"
LONGEST_SPEECH: Final = "10s"
FETCH_WITHIN: Final = "10s"

LONGEST_ANSWER: Final = 80

_EVENTS: Final[Mapping[str, Input]] = {
    NO_INPUT: Silence(), NO_MATCH: NoMatch(), HUNG_UP: HangUp(), AGAIN: AskAgain(),
}
_KEYS: Final = re.compile(r"[0-9*#\s]+")
_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"


def lang(language: Language) -> str:
    """en-US · es-US"""
    return LOCALES[language].replace("_", "-")


def document(turn: Turn, catalogue: Catalogue, next_url: str) -> bytes:
    """The document of a turn; `next_url` is where the answer goes (the call's token is in its path)."""
    root = _root(turn.language, next_url)
    if turn.listen:
        _trouble(root, turn.language, catalogue)
        _field(_add(root, "form", id="turn"), turn, turn.listen, catalogue, next_url)
        return _bytes(root)
    form = _add(root, "form", id="turn")
    block = _add(form, "block")
    _prompts(block, turn, catalogue)
    if turn.transfer:
        _transfer(form, turn, turn.transfer, catalogue)
    else:
        _add(block, "disconnect")
    return _bytes(root)


def moment(language: Language, catalogue: Catalogue, next_url: str) -> bytes:
    """ "One moment, please": asks for the same turn again while the first request for it is still at work."""
    root = _root(language, next_url)
    block = _add(_add(root, "form", id="turn"), "block")
    _add(block, "assign", name=EVENT, expr=f"'{AGAIN}'")
    _prompt(block, catalogue, Line("trouble.moment", language))
    _submit(block, next_url, EVENT)
    return _bytes(root)


def farewell() -> bytes:
    """The answer to a hang-up: nobody is listening any more."""
    root = etree.Element(_name("vxml"), attrib={"version": "2.1"}, nsmap={None: NAMESPACE})
    _add(_add(_add(root, "form", id="turn"), "block"), "exit")
    return _bytes(root)


def heard(event: str, answer: str) -> Input:
    """What the caller did, from the two fields a document submits. Browsers let through what their grammar
    forbids, so nothing is believed here: the engine decides again what fits."""
    given = _EVENTS.get(event)
    if given is not None:
        return given
    answer = answer.replace("dtmf-", "").strip()
    if event not in (ANSWERED, "") or len(answer) > LONGEST_ANSWER:
        return NoMatch()
    if not answer:
        return Silence()
    return Keys(Secret(answer)) if _KEYS.fullmatch(answer) else Words(Secret(answer))


def _root(language: Language, next_url: str) -> _Element:
    root = etree.Element(
        _name("vxml"), attrib={"version": "2.1", _LANG: lang(language)}, nsmap={None: NAMESPACE}
    )
    # never a stored copy of a page: it holds a customer's case
    for name in ("documentmaxage", "documentmaxstale"):
        _add(root, "property", name=name, value="0")
    _add(root, "property", name="fetchtimeout", value=FETCH_WITHIN)
    _add(root, "var", name=EVENT, expr=f"'{ANSWERED}'")
    hung_up = _add(root, "catch", event="connection.disconnect")
    _add(hung_up, "assign", name=EVENT, expr=f"'{HUNG_UP}'")
    _submit(hung_up, next_url, EVENT)
    return root


def _trouble(root: _Element, language: Language, catalogue: Catalogue) -> None:
    """A failed fetch ends in words of ours, not in the platform's silence."""
    caught = _add(root, "catch", event="error")
    for key in ("trouble.unavailable", "goodbye.bye"):
        _prompt(caught, catalogue, Line(key, language))
    _add(caught, "disconnect")


def _field(form: _Element, turn: Turn, listen: Listen, catalogue: Catalogue, next_url: str) -> None:
    field = _add(form, "field", name=ANSWER, modal="true")
    properties = {
        "timeout": f"{listen.wait_seconds}s",
        "interdigittimeout": BETWEEN_DIGITS,
        "termchar": "#",
        "inputmodes": "dtmf voice" if listen.words else "dtmf",
        "maxspeechtimeout": LONGEST_SPEECH,
    }
    for name, value in properties.items():
        _add(field, "property", name=name, value=value)
    _dtmf(field, listen)
    if listen.words:
        _voice(field, listen)
    _prompts(field, turn, catalogue)
    for event in (NO_INPUT, NO_MATCH):
        handler = _add(field, event)
        _add(handler, "assign", name=EVENT, expr=f"'{event}'")
        _submit(handler, next_url, EVENT)
    _submit(_add(field, "filled"), next_url, f"{EVENT} {ANSWER}")


def _transfer(form: _Element, turn: Turn, destination: str, catalogue: Catalogue) -> None:
    transfer = _add(form, "transfer", name="agent", bridge="false", dest=destination)
    failed = _add(transfer, "catch", event="error.connection")
    for key in ("agent.closed", "office.hours"):
        _prompt(failed, catalogue, Line(key, turn.language))
    _add(failed, "disconnect")


def _prompts(parent: _Element, turn: Turn, catalogue: Catalogue) -> None:
    for index, line in enumerate(turn.lines):
        # half a second, so that a telephone whose keys were just pressed is back at the ear
        _prompt(parent, catalogue, line, pause=index == 0)


def _prompt(parent: _Element, catalogue: Catalogue, line: Line, *, pause: bool = False) -> None:
    prompt = _add(parent, "prompt", bargein="true")
    prompt.set(_LANG, lang(line.language))
    text = sentence(catalogue, line)
    if pause:
        _add(prompt, "break", time="500ms").tail = text
    else:
        prompt.text = text


def _dtmf(field: _Element, listen: Listen) -> None:
    grammar = _add(field, "grammar", version="1.0", mode="dtmf", root="keys")
    grammar.set("type", "application/srgs+xml")
    rule = _add(grammar, "rule", id="keys", scope="public")
    if listen.digits:
        _number(grammar, rule, listen.digits, listen.keys)
        return
    alternatives = _add(rule, "one-of")
    for key in listen.keys:
        _add(alternatives, "item").text = key


def _number(grammar: _Element, rule: _Element, digits: Digits, keys: tuple[str, ...]) -> None:
    """Some digits; a star takes back what came before it; a lone 0 or star is a key of its own."""
    either = _add(rule, "one-of")
    whole = _add(either, "item")
    _taken_back(whole, "0-3", digits)
    alternatives = _add(whole, "one-of")
    many = _add(alternatives, "item", repeat=f"{digits.least}-{digits.most}")
    _add(many, "ruleref", uri="#digit")
    for key in (key for key in keys if key != "*"):
        _add(alternatives, "item").text = key
    _taken_back(_add(either, "item"), "1-3", digits)
    each = _add(_add(grammar, "rule", id="digit"), "one-of")
    for digit in "0123456789":
        _add(each, "item").text = digit


def _taken_back(parent: _Element, times: str, digits: Digits) -> None:
    item = _add(parent, "item", repeat=times)
    _add(_add(item, "item", repeat=f"0-{digits.most}"), "ruleref", uri="#digit")
    _add(item, "item").text = "*"


def _voice(field: _Element, listen: Listen) -> None:
    grammar = _add(field, "grammar", version="1.0", mode="voice", root="words")
    grammar.set("type", "application/srgs+xml")
    grammar.set(_LANG, lang(listen.language))
    alternatives = _add(_add(grammar, "rule", id="words", scope="public"), "one-of")
    for language, phrase in listen.words:
        item = _add(alternatives, "item")
        item.text = phrase
        if language != listen.language:
            item.set(_LANG, lang(language))


def _submit(parent: _Element, next_url: str, names: str) -> None:
    _add(parent, "submit", next=next_url, method="post", namelist=names)


def _add(parent: _Element, tag: str, **attributes: str) -> _Element:
    element: _Element = etree.SubElement(parent, _name(tag), attrib=attributes)
    return element


def _name(tag: str) -> str:
    return f"{{{NAMESPACE}}}{tag}"


def _bytes(root: _Element) -> bytes:
    document: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return document


