"""Word lists for reading, a file for each language: `en.toml` beside this module is English.

A language's lexicon is its file CODE.toml and every CODE_*.toml of the same folder. A desk brings its own in a folder
that the environment variable LEXICONS_DIR names: CODE.toml there stands in the place of ours, CODE_*.toml adds words.
The format, for those who write one: docs/guide-languages.md.
"""

import logging
import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

FOLDER: Final = Path(__file__).parent
DESK_FOLDER: Final = "LEXICONS_DIR"

# What one desk's file may cost: some ten times the longest of ours.
MOST_BYTES: Final = 262_144
MOST_ENTRIES: Final = 5_000
LONGEST_ENTRY: Final = 80
MOST_FILES: Final = 200

# The lists that the plain rules of claims.text.by_lexicon read. English has rules of its own, and lists as they need.
_PLAIN: Final = """
function_words abbreviations cue_verbs split_verbs source_phrases hedges vague_sources pronouns opinion_phrases
determiners boundaries conjunctions fillers particles
"""
PLAIN_LISTS: Final = frozenset(_PLAIN.split())
SWITCHES: Final = frozenset(("nouns_have_capitals", "ordinals_have_stops", "words_have_spaces"))
_ENGLISH: Final = "en"
_STEM: Final = re.compile(r"(?P<code>[a-z]{2,3})(?P<part>_[a-z0-9_]{1,40})?")
_AT_LINE: Final = re.compile(r"\(at line (\d+)")
_LOG: Final = logging.getLogger(__name__)


class BrokenLexicon(ValueError):
    """A file of word lists that cannot be read; says which, in which line, and what is wrong there."""

    def __init__(self, path: Path, line: int, fault: str) -> None:
        super().__init__(f"{path}, line {line}: {fault}")


@dataclass(frozen=True)
class Lexicon:
    """The lists of one language, by their names in its files."""

    code: str
    name: str
    lists: Mapping[str, Any]

    def words(self, name: str) -> frozenset[str]:
        """The words of a list that is written as one text; none where the files have no such list."""
        return frozenset(str(self.lists.get(name, "")).split())

    def phrases(self, name: str) -> tuple[str, ...]:
        """The phrases of a list, in their order; none where the files have no such list."""
        return tuple(self.lists.get(name, ()))

    def has(self, switch: str, *, otherwise: bool = False) -> bool:
        """Whether a switch is on; `otherwise` is what holds where the files do not say."""
        return bool(self.lists.get(switch, otherwise))


def desk_folder() -> str:
    """The folder of a desk's own files, "" where it has none."""
    return os.environ.get(DESK_FOLDER, "")


def lexicon(code: str) -> Lexicon:
    """Read a language's lexicon by its code, as in "en", or one file of ours alone, as in "en_opinion".

    Raises FileNotFoundError where there is none, BrokenLexicon where a file of ours is broken. A broken file of a
    desk's is left out and logged: `problems` tells what is wrong with it.
    """
    return _merged(code, desk_folder())


def find(code: str) -> Lexicon | None:
    """The lexicon of a language, None where nobody wrote one."""
    return lexicon(code) if code in codes() else None


def codes() -> frozenset[str]:
    """The codes of all languages that have a lexicon."""
    return _codes(desk_folder())


def problems() -> list[BrokenLexicon]:
    """What is wrong with the files in the desk's folder, in the order of their names."""
    return [each for each in _desk_files(desk_folder()).values() if isinstance(each, BrokenLexicon)]


@cache
def _codes(desk: str) -> frozenset[str]:
    theirs = (stem for stem, found in _desk_files(desk).items() if not isinstance(found, BrokenLexicon))
    return frozenset(stem for stem in (*(path.stem for path in FOLDER.glob("*.toml")), *theirs) if "_" not in stem)


@cache
def _merged(code: str, desk: str) -> Lexicon:
    ours = FOLDER / f"{code}.toml"
    if "_" in code:
        found = read_file(ours)
        return Lexicon(found.pop("code", code), found.pop("name", code), found)
    theirs = {stem: found for stem, found in _desk_files(desk).items() if not isinstance(found, BrokenLexicon)}
    lists = dict(theirs[code]) if code in theirs else read_file(ours)
    name = lists.pop("name")
    parts = [] if code in theirs else sorted(FOLDER.glob(f"{code}_*.toml"))
    for path in parts:
        # No name stands in two files of ours, which a test holds; were there one, the language's main file would win.
        lists = _without_head(read_file(path)) | lists
    for stem, part in theirs.items():
        if stem.startswith(f"{code}_"):
            lists |= {key: _both(lists.get(key), value) for key, value in _without_head(part).items()}
    return Lexicon(code, name, _without_head(lists))


def _without_head(found: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in found.items() if key not in ("code", "name")}


def _both(old: Any, new: Any) -> Any:
    """What a desk adds to a list, in the form that the list has; a switch is what the desk says."""
    if old is None or isinstance(new, bool):
        return new
    if isinstance(old, str):
        return f"{old} {new if isinstance(new, str) else ' '.join(new)}"
    return [*old, *(new.split() if isinstance(new, str) else new)]


@cache
def _desk_files(desk: str) -> Mapping[str, dict[str, Any] | BrokenLexicon]:
    """Every file of the desk's folder by its name without `.toml`, read, or what is wrong with it."""
    read: dict[str, dict[str, Any] | BrokenLexicon] = {}
    for path in sorted(Path(desk).glob("*.toml"))[:MOST_FILES] if desk else ():
        try:
            read[path.stem] = read_file(path)
        except BrokenLexicon as broken:
            _LOG.error("Word lists left out: %s", broken)
            read[path.stem] = broken
    return read


def read_file(path: Path) -> dict[str, Any]:
    """Read and check one file. Raises BrokenLexicon with the line, FileNotFoundError where there is no such file."""
    named = _STEM.fullmatch(path.stem)
    if named is None:
        raise BrokenLexicon(path, 1, "the file's name must be a language's code, as in de.toml or de_sport.toml")
    try:
        text = _text_of(path)
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = _AT_LINE.search(str(error))
        at = int(line[1]) if line else text.count("\n") + 1
        raise BrokenLexicon(path, at, str(error)) from None
    for name, fault in _faults(found, named["code"], whole=named["part"] is None, ours=path.parent == FOLDER):
        raise BrokenLexicon(path, _line_of(text, name), fault)
    return found


def _text_of(path: Path) -> str:
    with path.open("rb") as file:
        raw = file.read(MOST_BYTES + 1)
    if len(raw) > MOST_BYTES:
        raise BrokenLexicon(path, 1, f"the file is larger than {MOST_BYTES:,} bytes")
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise BrokenLexicon(path, raw.count(b"\n", 0, error.start) + 1, "the file is not UTF-8") from None


def _faults(found: Mapping[str, Any], code: str, *, whole: bool, ours: bool) -> Iterator[tuple[str, str]]:
    """What is wrong with the lists of one file: the name of the list and a sentence each."""
    if code == _ENGLISH and ours:
        return
    if code == _ENGLISH and whole:
        yield "code", "English cannot be replaced, only added to: call the file en_desk.toml"
    if whole and not isinstance(found.get("name"), str):
        yield "name", "name = “…”, the language's name in English, is missing"
    if whole and found.get("code") != code:
        yield "code", f"code must be “{code}”, as the file's name says"
    for name, value in _without_head(found).items():
        if code != _ENGLISH and name not in PLAIN_LISTS | SWITCHES:
            yield name, f"there is no list called “{name}”; there are {', '.join(sorted(PLAIN_LISTS | SWITCHES))}"
        elif isinstance(value, bool):
            if name not in SWITCHES:
                yield name, f"“{name}” must hold words"
        elif not isinstance(value, str | list) or name in SWITCHES:
            yield name, f"“{name}” must be " + ("true or false" if name in SWITCHES else "a text or a list of texts")
        else:
            yield from _faults_of_list(name, value.split() if isinstance(value, str) else value)


def _faults_of_list(name: str, entries: list[Any]) -> Iterator[tuple[str, str]]:
    if len(entries) > MOST_ENTRIES:
        yield name, f"“{name}” has more than {MOST_ENTRIES:,} entries"
    for entry in entries:
        if not isinstance(entry, str) or not entry.strip():
            yield name, f"“{name}” holds something that is no text"
        elif len(entry) > LONGEST_ENTRY:
            yield name, f"“{name}” has an entry longer than {LONGEST_ENTRY} characters: “{entry[:30]}…”"


def _line_of(text: str, name: str) -> int:
    """The line in which a list begins; the first where the file does not have it."""
    begins = re.search(rf"^[ \t]*{re.escape(name)}[ \t]*=", text, re.MULTILINE)
    return text.count("\n", 0, begins.start()) + 1 if begins else 1
