"""Which language a text is in."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.text.languages import LOOKED_AT, language_of, name_of
from tests.unit.text.clock import grows_linearly
from tests.unit.text.corpus import NAMES, article
from tests.unit.text.paragraphs import PARAGRAPHS


@pytest.mark.parametrize("code", PARAGRAPHS)
def test_a_paragraph_tells_its_language(code):
    found = language_of(PARAGRAPHS[code])
    assert found.code == code
    assert found.name == name_of(code)
    assert found.read_as_english is (code == "en")


@pytest.mark.parametrize("name", NAMES)
def test_the_five_articles_are_english(name):
    assert language_of(article(name)).code == "en"


def test_the_basis_says_from_what_in_words_for_readers():
    assert language_of(PARAGRAPHS["de"]).basis.startswith("by its frequent words: ")
    assert language_of(PARAGRAPHS["el"]).basis == "by its script: Greek letters"


@pytest.mark.parametrize(
    "text",
    [
        "President Emmanuel Macron and Chancellor Olaf Scholz met in Aix-en-Provence, Le Monde and Die Zeit reported.",
        "The La Jolla firm said El Niño hit Los Angeles, Las Vegas and San José. De la Cruz denied it, and she left.",
        "Владимир Путин met Xi Jinping (习近平) in Moscow on Tuesday, the Kremlin said. They spoke for an hour.",
        "“Je suis Charlie,” the crowd sang. “Nous sommes tous unis.” The mayor of Paris had asked them to come to it.",
    ],
)
def test_english_full_of_foreign_names_is_taken_for_no_other_language(text):
    found = language_of(text)
    assert found.code in ("en", "")
    assert found.read_as_english


@pytest.mark.parametrize(
    "text", ["", "   ", "12:30", "Putin tweets", "Merkel!", "Mayor quits over de la Rosa affair", "🙂", "U.S."]
)
def test_what_is_too_short_tells_no_language_and_is_read_as_english(text):
    found = language_of(text)
    assert (found.code, found.name, found.lexicon) == ("", "", None)
    assert found.read_as_english


def test_a_long_text_in_an_unknown_language_is_not_read_as_english():
    unknown = "Ngwamo tuli besana korimi falu denka wesilo. Hutari monges pelawi sinto rakumi belda. " * 10
    found = language_of(unknown)
    assert found.code == ""
    assert not found.read_as_english


def test_a_script_of_many_languages_without_known_words_tells_none():
    found = language_of("Ҭырқәтәылатәи апрезидент аԥсуа жәлар")
    assert (found.code, found.read_as_english) == ("", False)


def test_what_stands_behind_the_first_pages_is_not_looked_at():
    text = (PARAGRAPHS["de"] + " ") * (LOOKED_AT // len(PARAGRAPHS["de"]) + 1)
    assert language_of(text + PARAGRAPHS["en"] * 2_000).code == "de"


def test_decomposed_letters_tell_the_same():
    assert language_of(unicodedata.normalize("NFD", PARAGRAPHS["vi"])).code == "vi"


@given(st.text())
def test_any_text_gives_a_basis_that_fits_its_column(text):
    found = language_of(text)
    assert 0 < len(found.basis) <= 200
    assert len(found.code) <= 12


@pytest.mark.parametrize("text", ["nicht " * 20_000, "ж" * 100_000, "a-" * 50_000, "’" * 100_000])
def test_time_grows_with_length_and_no_faster(text):
    assert grows_linearly(language_of, text)
