"""Any letter that can be made, and how."""

from __future__ import annotations

from notifications.letters import contact_letter, pin_letter
from notifications.letters.contact_letter import ContactLetter
from notifications.letters.pin_letter import PinLetter
from notifications.letters.sender import Sender

Letter = PinLetter | ContactLetter


def render(letter: Letter, sender: Sender) -> bytes:
    """Raises NotPrintable, or TemplateBroken."""
    match letter:
        case PinLetter():
            return pin_letter.render(letter, sender)
        case ContactLetter():
            return contact_letter.render(letter, sender)
