"""The PIN letter, as it comes out of the printer."""

import io
import json
from dataclasses import replace
from datetime import date

import pypdf
import pytest

from eventkit.secret import Secret
from notifications.letters import setting, words
from notifications.letters.pin_letter import PinLetter, render
from notifications.letters.sender import SENDER_SETTINGS, sender_of
from notifications.letters.setting import NotPrintable, TemplateBroken, long_date
from servicekit.settings import load

PIN = "48271936"
PARTICIPANT = "9100000000007734"
SETTINGS = load(SENDER_SETTINGS, {})
SENDER = sender_of(SETTINGS)


def a_letter(language="en", **changes) -> PinLetter:
    letter = PinLetter(
        letter_id="0b8f5c0e-6a55-4c3f-a6ff-0d3dd1be1c01", language=language, participant_id=PARTICIPANT,
        to=("María José Pérez-Güemes", "1234 E Camino Real", "Apt 12", "Cañón City, CA 90012-1234"),
        pin=Secret(PIN), expires_on=date(2026, 12, 15), written_on=date(2026, 11, 24))
    return replace(letter, **changes)


def reader(letter: PinLetter, sender=SENDER) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(render(letter, sender)))


def text(letter: PinLetter, sender=SENDER) -> str:
    """The words of the letter, however its lines break."""
    return " ".join(" ".join(page.extract_text() for page in reader(letter, sender).pages).split())


@pytest.mark.parametrize(("language", "expected"), [
    ("en", ["Your temporary PIN for Customer Connect", "Use it by December 15, 2026.", "It works one time only.",
            "choose a new PIN that only you know", "If you did not ask for this letter", "Press 1 or say “Yes”",
            "Department of Child Support Services", "November 24, 2026", "ending in 7734"]),
    ("es", ["Su PIN temporal de Cliente Conectado", "Úselo a más tardar el 15 de diciembre de 2026.",
            "Sirve una sola vez.", "elija un PIN nuevo que solo usted conozca", "Si usted no pidió esta carta",
            "marque 9 para español", "“Login” (Ingresar)", "Departamento de Servicios de Manutención de Menores",
            "24 de noviembre de 2026", "termina en 7734"]),
])
def test_it_tells_in_the_readers_language_what_to_do(language, expected):
    found = text(a_letter(language))
    for words_ in [*expected, PIN, "1-866-901-3212", "1-866-399-4096", "www.childsup-connect.ca.gov"]:
        assert words_ in found


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_it_never_tells_the_whole_participant_id(language):
    found = "".join(text(a_letter(language)).split())
    assert PARTICIPANT not in found
    assert PARTICIPANT[-5:] not in found


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_a_screen_reader_can_read_it(language):
    found = reader(a_letter(language))
    assert found.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert found.trailer["/Root"]["/Lang"].startswith(language)
    assert found.trailer["/Root"]["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "pdfuaid:part" in found.trailer["/Root"]["/Metadata"].get_data().decode()
    kinds = structure_kinds(found.trailer["/Root"]["/StructTreeRoot"])
    assert {"/H1", "/P", "/L", "/LI"} <= kinds


def structure_kinds(node) -> set[str]:
    node = node.get_object()
    if isinstance(node, list):
        return set().union(*map(structure_kinds, node))
    if not isinstance(node, dict):
        return set()
    kinds = {str(node["/S"])} if "/S" in node else set()
    return kinds | (structure_kinds(node["/K"]) if "/K" in node else set())


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_it_is_one_us_letter_sheet_with_all_fonts_in_it_even_when_everything_is_long(language):
    long = ("Maximiliana Guadalupe Fernández de Córdoba y Villanueva-Montenegro",
            "123456 Avenida de los Conquistadores Españoles del Norte", "Building 1234, Apartment 5678, Box 90",
            "Rancho San Francisquito de las Llagas, CA 90012-1234")
    sender = replace(SENDER, address=("P.O. Box 419064", "Rancho Cordova, CA 95741-9064"))
    found = reader(a_letter(language, to=long), sender)
    assert len(found.pages) == 1
    assert found.pages[0].mediabox.upper_right == (612, 792)
    for font in found.pages[0]["/Resources"]["/Font"].values():
        descriptor = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        assert "/FontFile2" in descriptor or "/FontFile3" in descriptor


@pytest.mark.parametrize("lines", [3, 4])
def test_the_envelopes_window_shows_the_address_and_nothing_else(lines):
    """As the sheet slides in it the window may show inches 0-5.375 from the left, 2.0-3.65 from the top."""
    letter = a_letter(to=("Ana Ñandú", *a_letter().to[1:][-(lines - 1):]))
    found, seen = [], []

    def visit(piece, matrix, _text_matrix, _font, _size):
        if piece.strip():
            found.append((piece.strip(), matrix[4] / 72, 11 - matrix[5] / 72))

    reader(letter).pages[0].extract_text(visitor_text=visit)
    for piece, x, y in found:
        if x < 5.375 and 2.0 < y < 3.65:
            seen.append(piece)
            assert x >= 0.9 and 2.6 <= y <= 3.15, "the address would be cut off by the window"
    assert "".join("".join(seen).split()) == "".join("".join(letter.to).split())
    below_the_fold = [y for piece, _, y in found if PIN in piece]
    assert below_the_fold and min(below_the_fold) > 11 / 3


def test_the_same_letter_is_the_same_file():
    assert render(a_letter(), SENDER) == render(a_letter(), SENDER)
    assert render(a_letter(), SENDER) != render(a_letter(pin=Secret("48271937")), SENDER)


def test_what_a_name_says_is_never_run():
    hostile = "#sys.inputs.pin *x* $1$ \\ #{1+1} {pin} </p> @ref"
    assert hostile in text(a_letter(to=(hostile, *a_letter().to[1:])))


@pytest.mark.parametrize("name", ["Łukasz Şahin", "Ελένη", "Наталья", "Nguyễn Thị Hạnh", "D’Angelo-O'Neill"])
def test_names_of_many_origins_can_be_printed(name):
    assert name in text(a_letter(to=(name, *a_letter().to[1:])))


def test_a_letter_that_cannot_be_set_says_so_without_saying_whose(monkeypatch):
    with pytest.raises(NotPrintable) as refused:
        render(a_letter(to=("李小龍", *a_letter().to[1:])), SENDER)
    assert "李" not in str(refused.value) and refused.value.__cause__ is None and refused.value.__suppress_context__
    with pytest.raises(NotPrintable):
        render(a_letter("fr"), SENDER)


def test_a_broken_template_is_not_the_letters_fault(monkeypatch, tmp_path):
    (tmp_path / "pin_letter.typ").write_text("#nonsense")
    monkeypatch.setattr(setting, "FOLDER", tmp_path)
    with pytest.raises(TemplateBroken) as broken:
        render(a_letter(), SENDER)
    assert PIN not in str(broken.value)


def test_a_letter_shows_nothing_of_its_reader_when_printed_by_a_program():
    shown = repr(a_letter())
    assert PIN not in shown and "María" not in shown and "Camino" not in shown and PARTICIPANT not in shown


def test_dates_are_written_as_each_language_writes_them():
    assert long_date(date(2026, 1, 2), "en") == "January 2, 2026"
    assert long_date(date(2026, 1, 2), "es") == "2 de enero de 2026"


class TestWords:
    def test_every_language_has_the_same_keys_lists_and_placeholders(self):
        assert set(words.catalogues()) == {"en", "es"}

    @pytest.mark.parametrize("broken", [
        lambda es: es["pin_letter"].pop("keep"),
        lambda es: es["pin_letter"]["online_steps"].pop(),
        lambda es: es["pin_letter"].update(not_you_text="Llámenos."),
        lambda es: es["letter"].update(more="más"),
    ])
    def test_a_difference_between_languages_is_refused(self, monkeypatch, broken):
        read = words._read

        def changed(language):
            sections = json.loads(json.dumps(read(language)))
            if language == "es":
                broken(sections)
            return sections

        monkeypatch.setattr(words, "_read", changed)
        with pytest.raises(words.CataloguesDiffer):
            words.catalogues.__wrapped__()

    @pytest.mark.parametrize("language", words.LANGUAGES)
    def test_no_word_is_left_empty(self, language):
        for section in words.catalogues()[language].values():
            for said in section.values():
                assert said and all(line.strip() for line in ([said] if isinstance(said, str) else said))


def test_the_agencys_own_name_and_numbers_are_on_its_letters():
    settings = load(SENDER_SETTINGS, {"AGENCY_NAME_EN": "Office of Parents", "AGENCY_PHONE": "1-800-555-0100",
                                      "AGENCY_ADDRESS": "1 Main St | Springfield, IL 62701"})
    found = text(a_letter(), sender_of(settings))
    assert "Office of Parents" in found and "1-866-901-3212" not in found and "1 Main St · Springfield" in found
