"""Word lists in files: ours merge by language, a desk's own add to them, and a broken one says where."""

import re
import tomllib
from pathlib import Path

import pytest

from claims.text import by_lexicon, lexicons
from claims.text.languages import language_of
from claims.text.lexicons import FOLDER, PLAIN_LISTS, SWITCHES, codes, find, lexicon, problems, read_file
from claims.text.words import Sentence

ROOT = Path(__file__).resolve().parents[3]
WELSH = 'code = "cy"\nname = "Welsh"\ncue_verbs = "meddai dywedodd"\nhedges = ["yn ôl pob sôn"]\n'


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """A desk's folder, read anew after each file that is written there."""
    monkeypatch.setenv(lexicons.DESK_FOLDER, str(tmp_path))

    def write(name, text):
        (tmp_path / name).write_bytes(text if isinstance(text, bytes) else text.encode())
        for read_once in (lexicons._desk_files, lexicons._merged, lexicons._codes):
            read_once.cache_clear()

    yield write
    for read_once in (lexicons._desk_files, lexicons._merged, lexicons._codes):
        read_once.cache_clear()


def test_a_language_is_one_lexicon_of_all_its_files():
    whole = lexicon("en")
    for path in FOLDER.glob("en*.toml"):
        for name in tomllib.loads(path.read_text("utf-8")).keys() - {"code", "name"}:
            assert name in whole.lists


def test_one_file_of_a_language_is_read_alone():
    part = lexicon("en_sentences")
    assert part.lists
    assert part.lists.keys() < lexicon("en").lists.keys()


@pytest.mark.parametrize("code", sorted(codes()))
def test_no_list_stands_in_two_files_of_a_language(code):
    names = []
    for path in (FOLDER / f"{code}.toml", *FOLDER.glob(f"{code}_*.toml")):
        names += tomllib.loads(path.read_text("utf-8")).keys() - {"code", "name"}
    assert len(names) == len(set(names))


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.toml")), ids=lambda path: path.name)
def test_every_file_of_ours_is_whole(path):
    assert read_file(path)


@pytest.mark.parametrize("code", sorted(codes() - {"en"}))
def test_every_plain_lexicon_of_ours_can_find_a_source(code):
    found = lexicon(code)
    for name in ("abbreviations", "cue_verbs", "pronouns", "determiners", "boundaries", "particles"):
        assert found.words(name), name
    for name in ("source_phrases", "hedges", "vague_sources", "opinion_phrases"):
        assert found.phrases(name), name
        assert len(set(found.phrases(name))) == len(found.phrases(name))


def test_a_language_without_a_file_has_no_lexicon():
    assert find("xx") is None
    with pytest.raises(FileNotFoundError):
        lexicon("xx")


def test_a_desk_brings_a_language_of_its_own(desk):
    desk("cy.toml", WELSH)
    assert "cy" in codes()
    assert lexicon("cy").name == "Welsh"
    assert lexicon("cy").words("cue_verbs") == {"meddai", "dywedodd"}
    assert lexicon("de").name == "German"


def test_a_text_is_told_by_the_frequent_words_that_a_desk_brings(desk):
    desk("vo.toml", 'code = "vo"\nname = "Volapük"\nfunction_words = "e ed in binon binom de lä dö kel"\n')
    found = language_of("Cif e dokan binons in zif. Dom binon lä flum, e kel binom dö vöd ed binon nulik in zif.")
    assert (found.code, found.name) == ("vo", "Volapük")
    assert found.lexicon is not None


def test_a_desks_part_adds_words_and_its_whole_file_stands_in_the_place_of_ours(desk):
    ours = lexicon("de")
    desk("de_desk.toml", 'hedges = ["gerüchteweise"]\ncue_verbs = "twitterte"\nordinals_have_stops = false\n')
    added = lexicon("de")
    assert set(added.phrases("hedges")) == {*ours.phrases("hedges"), "gerüchteweise"}
    assert added.words("cue_verbs") == ours.words("cue_verbs") | {"twitterte"}
    assert not added.has("ordinals_have_stops")
    desk("de.toml", 'code = "de"\nname = "German"\nhedges = ["wohl"]\n')
    assert lexicon("de").phrases("hedges") == ("wohl", "gerüchteweise")
    assert not lexicon("de").words("pronouns")


def test_a_desk_adds_to_english_and_cannot_replace_it(desk):
    desk("en_desk.toml", 'hedges = "evidentlyish"\n')
    desk("en.toml", 'code = "en"\nname = "English"\n')
    assert "evidentlyish" in lexicon("en").words("hedges")
    assert lexicon("en").words("saying")
    assert "call the file en_desk.toml" in str(problems()[0])


BROKEN = {
    "a text that is never closed": ('code = "cy"\nname = "Welsh"\nhedges = ["a", "b\n', 3, "Illegal character"),
    "a list that nobody reads": (WELSH + '\nheges = ["x"]\n', 6, "there is no list called “heges”"),
    "no name": ('code = "cy"\n', 1, "name"),
    "another language's code": ('name = "Welsh"\ncode = "de"\n', 2, "code must be “cy”"),
    "a number for a list": (WELSH + "pronouns = 3\n", 5, "“pronouns” must be a text or a list of texts"),
    "a number in a list": (WELSH + 'vague_sources = ["a", 3]\n', 5, "“vague_sources” holds something that is no text"),
    "a text for a switch": (WELSH + 'nouns_have_capitals = "yes"\n', 5, "must be true or false"),
    "an endless entry": (WELSH + f'pronouns = "{"x" * 81}"\n', 5, "has an entry longer than 80 characters"),
    "too many entries": (WELSH + f'pronouns = "{"x " * 5001}"\n', 5, "has more than 5,000 entries"),
    "another encoding": (b'code = "cy"\nname = "\xff"\n', 2, "the file is not UTF-8"),
    "a page of lists": (WELSH + "#" * lexicons.MOST_BYTES, 1, "the file is larger than 262,144 bytes"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_file_says_which_line_and_stops_no_other_language(desk, caplog, case):
    text, line, fault = BROKEN[case]
    desk("cy.toml", text)
    desk("eo.toml", 'code = "eo"\nname = "Esperanto"\n')
    assert find("cy") is None
    assert lexicon("eo").name == "Esperanto"
    assert lexicon("en").name == "English"
    [problem] = problems()
    assert re.search(rf"cy\.toml, line {line}: .*{re.escape(fault)}", str(problem))
    assert str(problem) in caplog.text


def test_the_guides_example_is_a_whole_file_that_finds_what_the_guide_says(desk):
    guide = (ROOT / "docs/guide-languages.md").read_text("utf-8")
    desk("sv.toml", re.search(r"```toml\n(.*?)```", guide, re.DOTALL)[1])
    assert problems() == []
    shown = []
    for text in re.findall(r"^`([^`]{20,})`", guide, re.MULTILINE):
        [found] = by_lexicon.read([Sentence(text, 0, len(text), [])], lexicon("sv"))
        shown.append((text[slice(*found.source)], found.strength))
    assert shown == [("polisen", 2), ("borgmästaren Anna Berg", 3)]


def test_the_guide_names_every_list_and_switch():
    guide = (ROOT / "docs/guide-languages.md").read_text("utf-8")
    assert set(re.findall(r"^\| `([a-z_]+_[a-z_]+|[a-z]{4,})` \|", guide, re.MULTILINE)) == PLAIN_LISTS | SWITCHES


def test_a_file_name_that_is_no_languages_code_is_told(desk):
    desk("Deutsch.toml", WELSH)
    assert "must be a language's code" in str(problems()[0])


def test_a_folder_that_is_not_there_brings_nothing(monkeypatch, tmp_path):
    monkeypatch.setenv(lexicons.DESK_FOLDER, str(tmp_path / "nowhere"))
    assert problems() == []
    assert lexicon("en").name == "English"


def test_windows_line_ends_and_a_byte_order_mark_are_read(desk):
    desk("cy.toml", b"\xef\xbb\xbf" + WELSH.replace("\n", "\r\n").encode())
    assert lexicon("cy").phrases("hedges") == ("yn ôl pob sôn",)
