"""Every word a customer reads or hears: one gettext catalogue per language and area, looked up by key.

The msgid is a key of ours ("payments.made.title"), never an English sentence, so that correcting the English
does not lose the Spanish. The .po files are read as they are at start; there is nothing to compile.

    texts = Catalogue.load("web")
    texts.text("es", "payments.count", count=2)

A text is either plain, with named placeholders (`{amount}`), or plural: `msgid` and `msgid_plural` hold
the same key and `count` chooses (both languages: one form for 1, another for all else).
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date as Date
from functools import lru_cache
from importlib.resources.abc import Traversable
from pathlib import Path
from string import Formatter
from typing import Final, Literal, get_args

from babel.dates import format_date
from babel.messages.pofile import read_po

Language = Literal["en", "es"]
LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)
LOCALES: Final[Mapping[Language, str]] = {"en": "en_US", "es": "es_US"}

Forms = tuple[str, ...]
"""One form for a plain text, two (one, other) for a plural."""


class CatalogueError(LookupError):
    """A key that is not there, or values that do not fit the placeholders of its text."""


@dataclass(frozen=True)
class Catalogue:
    """The texts of one area of the gateway in all its languages."""

    area: str
    texts: Mapping[Language, Mapping[str, Forms]]

    @classmethod
    def load(cls, area: str, root: Traversable | None = None) -> "Catalogue":
        """Read `<root>/<language>/<area>.po`, or all of the folder of that name; languages that differ are refused."""
        root = root or Path(__file__).parent / "catalogues"
        loaded = cls(area, {language: _read(root, language, area) for language in LANGUAGES})
        if found := list(loaded.mismatches()):
            raise CatalogueError(f"catalogue {area}: " + "; ".join(found))
        return loaded

    def text(self, language: Language, key: str, /, **values: object) -> str:
        """The text of `key`, its placeholders filled. Plain text: whoever writes HTML or XML escapes it.

        Raises CatalogueError for an unknown key and for values missing or left over.
        """
        try:
            forms = self.texts[language][key]
        except KeyError:
            raise CatalogueError(f"{self.area}: no text {key!r} in {language!r}") from None
        form = forms[0] if len(forms) == 1 or values.get("count") == 1 else forms[1]
        expected = set().union(*map(placeholders, forms))
        if set(values) != expected | ({"count"} if len(forms) > 1 else set()):
            raise CatalogueError(f"{self.area}: {key!r} takes {sorted(expected)}, was given {sorted(values)}")
        return _filled(form, values) if expected else form

    def keys(self, prefix: str = "") -> frozenset[str]:
        return frozenset(key for key in self.texts["en"] if key.startswith(prefix))

    def mismatches(self) -> Iterator[str]:
        """What would break a page in one language only: keys, forms or placeholders that differ."""
        first, *others = LANGUAGES
        for other in others:
            for key in sorted(self.texts[first].keys() ^ self.texts[other].keys()):
                yield f"{key} is not in every language"
            for key in sorted(self.texts[first].keys() & self.texts[other].keys()):
                one, two = self.texts[first][key], self.texts[other][key]
                if len(one) != len(two) or _named(one) != _named(two):
                    yield f"{key} has not the same placeholders in every language"

    def blanks(self) -> Iterator[str]:
        """Texts that are empty or begin or end with space."""
        for language in LANGUAGES:
            for key, forms in sorted(self.texts[language].items()):
                if any(not form.strip() or form != form.strip() for form in forms):
                    yield f"{language} {key}"

    def untranslated(self, allowed: Collection[str] = ()) -> Iterator[str]:
        """Keys with the same text in two languages, but for the `allowed` ones (names, numbers)."""
        for key in sorted(self.keys()):
            if key not in allowed and len({self.texts[language][key] for language in LANGUAGES}) == 1:
                yield key


@lru_cache(maxsize=8192)
def placeholders(text: str) -> frozenset[str]:
    """The names in braces; positional or computed ones are refused."""
    names = frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None)
    if bad := [name for name in names if not name.isidentifier()]:
        raise CatalogueError(f"placeholders are plain names, not {bad}")
    return names


def _filled(form: str, values: Mapping[str, object]) -> str:
    """An abbreviation that ends a sentence ends it with its own period: "a las 2:05 p.m.", and not two of them."""
    if "}." in form:
        for name, value in values.items():
            if f"{{{name}}}." in form and str(value).endswith("."):
                form = form.replace(f"{{{name}}}.", f"{{{name}}}")
    return form.format(**values)


def money(language: Language, cents: int) -> str:
    """US dollars for the eye, from integer cents: $1,234.56 in both languages."""
    del language  # CLDR has the same form for both; a test holds this against it
    dollars, rest = divmod(abs(cents), 100)
    return f"{'-' if cents < 0 else ''}${dollars:,}.{rest:02}"


def date(language: Language, day: Date) -> str:
    """November 3, 2026 · 3 de noviembre de 2026"""
    return _long_date(language, day)


@lru_cache(maxsize=4096)
def _long_date(language: Language, day: Date) -> str:
    return str(format_date(day, "long", locale=LOCALES[language]))


def _read(root: Traversable, language: Language, area: str) -> Mapping[str, Forms]:
    """Of `<area>.po`, or of all files of the folder `<area>`; no key may be in two of them."""
    found: dict[str, Forms] = {}
    for source in _sources(root / language, area):
        with source.open("rb") as lines:
            messages = [message for message in read_po(lines, abort_invalid=True) if message.id]
        for message in messages:
            if (key := _first(message.id)) in found:
                raise CatalogueError(f"{language}/{area}: {key} is there twice")
            found[key] = _forms(message.string)
    return found


def _sources(folder: Traversable, area: str) -> list[Traversable]:
    if (folder / area).is_dir():
        return sorted((one for one in (folder / area).iterdir() if one.name.endswith(".po")), key=lambda one: one.name)
    if (folder / f"{area}.po").is_file():
        return [folder / f"{area}.po"]
    raise CatalogueError(f"there is no catalogue {folder.name}/{area}.po")


def _first(key: str | Sequence[str]) -> str:
    return key if isinstance(key, str) else key[0]


def _forms(text: str | Sequence[str] | None) -> Forms:
    return (text or "",) if text is None or isinstance(text, str) else tuple(text)


def _named(forms: Forms) -> frozenset[str]:
    # "one payment" need not say its count, so forms are compared together
    return frozenset[str]().union(*map(placeholders, forms))
