"""Elements of VoiceXML and SRGS: one namespace for both, since an inline grammar is part of its document."""

from typing import Final

from lxml import etree
from lxml.etree import _Element

from gateway.catalogue import LOCALES, Language

NAMESPACE: Final = "http://www.w3.org/2001/vxml"
LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"


def lang(language: Language) -> str:
    """en-US · es-US"""
    return LOCALES[language].replace("_", "-")


def add(parent: _Element, tag: str, **attributes: str) -> _Element:
    element: _Element = etree.SubElement(parent, name(tag), attrib=attributes)
    return element


def name(tag: str) -> str:
    return f"{{{NAMESPACE}}}{tag}"
