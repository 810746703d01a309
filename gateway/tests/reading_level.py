"""How hard a text is to read: grade of school for English, ease for Spanish, by counting sentences, words, syllables.

No library: textstat fetches a pronouncing dictionary when it runs (its older versions bring it, under the GPL).
Formulas: Kincaid and others, "Derivation of New Readability Formulas for Navy Enlisted Personnel" (1975), the grade;
Barrio-Cantalejo and others, "Validación de la Escala INFLESZ" (Anales del Sistema Sanitario de Navarra, 2008), for
Spanish the perspicuity of Szigriszt-Pazos (1993): 55 to 65 is normal, 65 to 80 quite easy.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

Count = Callable[[str], int]

_SENTENCE = re.compile(r"(?<=[.?!])\s+")
_WORD = re.compile(r"[\w'’]+(?:[-./,@][\w'’]+)*")
_SILENT_E = re.compile(r"(?<=[^aeiouy])e$(?<!le)|(?<=[^aeioutdy])ed$|(?<=[^aeiouyscgxz])es$(?<!hes)")
_TWO_SOUNDS = re.compile(r"[ct]iat|(?<![tscg])i[ao]|[aeiou]ing|[aeo]y[aeiou]|(?<!q)ual|uit[yi]")
_SILENT_U = re.compile(r"(?<=q)u|(?<=g)u(?=[eiéí])")
_NUCLEUS = re.compile(r"[iuüy]?[aeoáéó][iuüy]?(?![íú])|[íú]|[iuüy]+")


def english(word: str) -> int:
    """By the letters: vowels that stand together are one sound, but for the commonest that are two or none."""
    if not word.isalpha():
        return _other(word)
    word = _SILENT_E.sub("", word.lower())
    return max(1, len(re.findall("[aeiouy]+", word)) + len(_TWO_SOUNDS.findall(word)))


def spanish(word: str) -> int:
    """By its rules, which leave little to guess: a strong vowel with the weak ones beside it; an accent parts them."""
    word = re.sub(r"(?<![aeiouáéíóú])y(?=[aeiouáéíóú])|(?<=[aeiouáéíóú])y(?=[aeiouáéíóú])", "-", word.lower())
    return len(_NUCLEUS.findall(_SILENT_U.sub("", word))) or _other(word)


def _other(word: str) -> int:
    """What is said letter by letter or digit by digit; an apostrophe makes no sound."""
    letters = re.sub(r"[^a-z]", "", word.lower())
    return len(re.findall(r"\d", word)) + (english(letters) if letters else 0) or 1


def counted(text: str, syllables: Count) -> tuple[int, int, int]:
    """Sentences, words, syllables."""
    words = _WORD.findall(text)
    return len(_SENTENCE.split(text.strip())), len(words), sum(map(syllables, words))


def _sums(texts: Sequence[str], syllables: Count) -> tuple[float, float]:
    """Words a sentence, and syllables a word, of all together."""
    sentences, words, sounds = map(sum, zip(*(counted(text, syllables) for text in texts), strict=True))
    return words / sentences, sounds / words


def grade(texts: Sequence[str]) -> float:
    words, sounds = _sums(texts, english)
    return 0.39 * words + 11.8 * sounds - 15.59


def ease(texts: Sequence[str]) -> float:
    words, sounds = _sums(texts, spanish)
    return 206.835 - 62.3 * sounds - words
