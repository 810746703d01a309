"""VoiceXML 2.1 documents with inline SRGS grammars, the language of installed telephone platforms.

Kept to what every browser of the standard must do: a form with one field, XML grammars in the document's
own namespace, no builtin grammars, no <menu>, no cookies. Silence and whatever is not understood go straight
back to the engine, which counts them. Keyed secrets travel in the body of a POST, never in an address
written here. Browsers have been seen to put the fields of a POST into the query, so both are read.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from lxml import etree
from lxml.etree import _Element

from eventkit.secret import Secret
from gateway.catalogue import Language
from gateway.phone.adapters.adapter import Request, same
from gateway.phone.adapters.elements import LANG, NAMESPACE, add, lang, name
from gateway.phone.adapters.srgs import keys_grammar, words_grammar
from gateway.phone.said import Said, Sentence, Transfer
from gateway.phone.switchboard import Ring
from gateway.phone.turns import AskAgain, HangUp, Input, Keys, Listen, NoMatch, Silence, Words

EVENT, ANSWER, DIALLED, CALLER = "event", "answer", "dnis", "ani"
ANSWERED, NO_INPUT, NO_MATCH, HUNG_UP, AGAIN = "answer", "noinput", "nomatch", "hangup", "again"
LONGEST_SPEECH: Final = "10s"
FETCH_WITHIN: Final = "10s"
LONGEST_ANSWER: Final = 80
_EVENTS: Final[Mapping[str, Input]] = {
    NO_INPUT: Silence(), NO_MATCH: NoMatch(), HUNG_UP: HangUp(), AGAIN: AskAgain(),
}
_KEYS: Final = re.compile(r"[0-9*#\s]+")


@dataclass(frozen=True)
class VoiceXml:
    """The platform says who it is by HTTP Basic authentication, with any user name; the standard has no other way."""

    name: str = "vxml"
    mimetype: str = "application/voicexml+xml"
    status_when_over: int = 404  # the documents catch it in words of ours
    status_when_refused: int = 401
    secret_setting: str = "PHONE_PASSWORD"  # noqa: S105  its name

    def is_genuine(self, request: Request, secret: Secret) -> bool:
        return same(request.password, secret)

    def ring(self, request: Request) -> Ring:
        """The numbers of both ends, where the platform's start address has them in its query: start?dnis=...&ani=..."""
        return Ring(request.fields.get(DIALLED, ""), caller=request.fields.get(CALLER, ""))

    def has_ended(self, request: Request) -> bool:
        return False  # a document tells it itself

    def heard(self, request: Request) -> Input:
        return heard(request.fields.get(EVENT, ""), request.fields.get(ANSWER, ""))

    def document(self, said: Said, here: str, following: str) -> bytes:
        root = _root(said.language, following)
        form = add(root, "form", id="turn")
        if said.listen:
            root.insert(root.index(form), _trouble(said.if_lost))
            _field(form, said, said.listen, following)
            return _bytes(root)
        block = add(form, "block")
        _prompts(block, said.sentences)
        if said.transfer:
            _transfer(form, said.transfer, said.if_lost)
        else:
            add(block, "disconnect")
        return _bytes(root)

    def moment(self, said: Said, here: str) -> bytes:
        root = _root(said.language, here)
        form = add(root, "form", id="turn")
        root.insert(root.index(form), _trouble(said.if_lost))
        block = add(form, "block")
        add(block, "assign", name=EVENT, expr=f"'{AGAIN}'")
        _prompts(block, said.sentences)
        _submit(block, here, EVENT)
        return _bytes(root)

    def over(self) -> bytes:
        root = etree.Element(name("vxml"), attrib={"version": "2.1"}, nsmap={None: NAMESPACE})
        add(add(add(root, "form", id="turn"), "block"), "exit")
        return _bytes(root)


def heard(event: str, answer: str) -> Input:
    """What the caller did, from the two fields that a document submits."""
    given = _EVENTS.get(event)
    if given is not None:
        return given
    answer = answer.replace("dtmf-", "").strip()
    if event not in (ANSWERED, "") or len(answer) > LONGEST_ANSWER:
        return NoMatch()
    if not answer:
        return Silence()
    return Keys(Secret(answer)) if _KEYS.fullmatch(answer) else Words(Secret(answer))


def _root(language: Language, goes_to: str) -> _Element:
    root = etree.Element(
        name("vxml"), attrib={"version": "2.1", LANG: lang(language)}, nsmap={None: NAMESPACE}
    )
    # never a stored copy of a page: it holds a customer's case
    for setting in ("documentmaxage", "documentmaxstale"):
        add(root, "property", name=setting, value="0")
    add(root, "property", name="fetchtimeout", value=FETCH_WITHIN)
    add(root, "var", name=EVENT, expr=f"'{ANSWERED}'")
    hung_up = add(root, "catch", event="connection.disconnect")
    add(hung_up, "assign", name=EVENT, expr=f"'{HUNG_UP}'")
    _submit(hung_up, goes_to, EVENT)
    return root


def _trouble(if_lost: Sequence[Sentence]) -> _Element:
    """A failed fetch ends in words of ours, not in the platform's silence."""
    caught = etree.Element(name("catch"), attrib={"event": "error"}, nsmap={None: NAMESPACE})
    _prompts(caught, if_lost, pause=False)
    add(caught, "disconnect")
    return caught


def _field(form: _Element, said: Said, listen: Listen, following: str) -> None:
    field = add(form, "field", name=ANSWER, modal="true")
    properties = {
        "timeout": f"{listen.wait_seconds}s",
        "interdigittimeout": f"{listen.between_seconds}s",
        "termchar": "#",
        "inputmodes": "dtmf voice" if listen.words else "dtmf",
        "maxspeechtimeout": LONGEST_SPEECH,
    }
    for setting, value in properties.items():
        add(field, "property", name=setting, value=value)
    keys_grammar(field, listen)
    if listen.words:
        words_grammar(field, listen)
    _prompts(field, said.sentences)
    for event in (NO_INPUT, NO_MATCH):
        handler = add(field, event)
        add(handler, "assign", name=EVENT, expr=f"'{event}'")
        _submit(handler, following, EVENT)
    _submit(add(field, "filled"), following, f"{EVENT} {ANSWER}")


def _transfer(form: _Element, transfer: Transfer, if_lost: Sequence[Sentence]) -> None:
    """`aai` goes along to the agent: the context id alone, which says nothing by itself."""
    element = add(form, "transfer", name="agent", bridge="false", dest=transfer.number, aai=transfer.context)
    failed = add(element, "catch", event="error.connection")
    _prompts(failed, if_lost, pause=False)
    add(failed, "disconnect")


def _prompts(parent: _Element, sentences: Sequence[Sentence], *, pause: bool = True) -> None:
    for index, sentence in enumerate(sentences):
        prompt = add(parent, "prompt", bargein="true")
        prompt.set(LANG, lang(sentence.language))
        if pause and index == 0:
            # half a second, so that a telephone whose keys were just pressed is back at the ear
            add(prompt, "break", time="500ms")
        if sentence.voice:
            add(prompt, "voice", name=sentence.voice).text = sentence.text
        elif len(prompt):
            prompt[0].tail = sentence.text
        else:
            prompt.text = sentence.text


def _submit(parent: _Element, goes_to: str, names: str) -> None:
    add(parent, "submit", next=goes_to, method="post", namelist=names)


def _bytes(root: _Element) -> bytes:
    document: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return document
