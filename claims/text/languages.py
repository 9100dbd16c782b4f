"""Which language a text is in, inferred from its letters and its frequent words."""

import re
import tomllib
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from heapq import nlargest
from pathlib import Path
from typing import Final

from claims.text import lexicons
from claims.text.lexicons import Lexicon

# How much of a text is looked at, in code points: some ten pages, more than telling languages apart takes.
LOOKED_AT: Final = 20_000
ENGLISH: Final = "en"

_TABLE: Final = Path(__file__).with_name("languages.toml")
# Words are what stands between spaces and these: Python's \w leaves out the vowel signs of Indic scripts.
MARKS: Final = r"!-/:-@\[-`{-~¡-¿‐-⁞。、「」『』《》！？，：；（）،؛؟।॥۔։።၊။៖។"
_WORD: Final = re.compile(rf"[^\s\d{MARKS}]+")
# A language's small words make up a quarter to a half of its running text; half as much is taken for proof.
_LEAST_SHARE: Final = 0.12
_LEAST_HITS: Final = 4
# How many different ones there must be, how many that its nearest neighbour does not share, and how many times as many
# as that neighbour has of its own.
_LEAST_DIFFERENT: Final = 3
_LEAST_OWN: Final = 2
_LEAD: Final = 1.5
_LEAD_OVER_ENGLISH: Final = 2
# Headlines and names alone have hardly any small words: shorter texts without any may still be English.
_FEW_WORDS: Final = 40
_ENGLISH_SHARE: Final = 0.05
_LEAST_LETTERS: Final = 4
# So many, spread over all that is looked at, tell its script as well as all do.
_LETTERS_COUNTED: Final = 2_000
_MOSTLY: Final = 0.5
_SHOWN: Final = 3

# The first code point of each stretch of letters, and the script it belongs to; "" is none that tells anything.
_SCRIPTS: Final = (
    (0, ""),
    (0x41, "Latin"),
    (0x2B0, ""),
    (0x370, "Greek"),
    (0x400, "Cyrillic"),
    (0x530, "Armenian"),
    (0x590, "Hebrew"),
    (0x600, "Arabic"),
    (0x700, ""),
    (0x750, "Arabic"),
    (0x780, ""),
    (0x8A0, "Arabic"),
    (0x900, "Devanagari"),
    (0x980, "Bengali"),
    (0xA00, "Gurmukhi"),
    (0xA80, "Gujarati"),
    (0xB00, ""),
    (0xB80, "Tamil"),
    (0xC00, "Telugu"),
    (0xC80, "Kannada"),
    (0xD00, "Malayalam"),
    (0xD80, "Sinhala"),
    (0xE00, "Thai"),
    (0xE80, "Lao"),
    (0xF00, "Tibetan"),
    (0x1000, "Myanmar"),
    (0x10A0, "Georgian"),
    (0x1100, "Hangul"),
    (0x1200, "Ethiopic"),
    (0x13A0, ""),
    (0x1780, "Khmer"),
    (0x1800, ""),
    (0x1E00, "Latin"),
    (0x1F00, "Greek"),
    (0x2000, ""),
    (0x3040, "Kana"),
    (0x3100, ""),
    (0x3400, "Han"),
    (0xA000, ""),
    (0xAC00, "Hangul"),
    (0xD7B0, ""),
    (0xFB50, "Arabic"),
    (0xFE00, ""),
    (0xFE70, "Arabic"),
    (0xFF00, ""),
    (0x20000, "Han"),
    (0x32000, ""),
)
_FIRST: Final = [first for first, _ in _SCRIPTS]
# Scripts that one language of the news is written in, as good as alone.
_ALONE: Final = {
    "Greek": ("el", "Greek"),
    "Armenian": ("hy", "Armenian"),
    "Hebrew": ("he", "Hebrew"),
    "Bengali": ("bn", "Bengali"),
    "Gurmukhi": ("pa", "Punjabi"),
    "Gujarati": ("gu", "Gujarati"),
    "Tamil": ("ta", "Tamil"),
    "Telugu": ("te", "Telugu"),
    "Kannada": ("kn", "Kannada"),
    "Malayalam": ("ml", "Malayalam"),
    "Sinhala": ("si", "Sinhala"),
    "Thai": ("th", "Thai"),
    "Lao": ("lo", "Lao"),
    "Tibetan": ("bo", "Tibetan"),
    "Myanmar": ("my", "Burmese"),
    "Georgian": ("ka", "Georgian"),
    "Hangul": ("ko", "Korean"),
    "Ethiopic": ("am", "Amharic"),
    "Khmer": ("km", "Khmer"),
    "Kana": ("ja", "Japanese"),
    "Han": ("zh", "Chinese"),
}


@dataclass(frozen=True)
class Language:
    """A language as inferred: `code` and `name` are "" where the text does not tell, `basis` says from what, in words.

    `lexicon` is None where nobody wrote word lists for it. `read_as_english`: it is English, or too short to rule
    English out. `basis` has at most 200 characters.
    """

    code: str
    name: str
    basis: str
    lexicon: Lexicon | None
    read_as_english: bool


@dataclass(frozen=True)
class _Known:
    name: str
    words: frozenset[str]


def language_of(text: str) -> Language:
    """Infer the language of a text from its first 20,000 code points: by its frequent words, else by its letters."""
    sample = unicodedata.normalize("NFC", text[:LOOKED_AT])
    script = _script_of(sample)
    words = Counter(_WORD.findall(sample.lower()))
    total = sum(words.values())
    hits = _hits(words)
    best = _standing_out(words, hits)
    if best is not None:
        own = _known(lexicons.desk_folder())[best].words
        # Those of one letter prove as much, and tell a reader nothing.
        shown = sorted((word for word in own if words[word]), key=lambda word: (len(word) < 2, -words[word], word))
        return _told(best, f"by its frequent words: {', '.join(word[:30] for word in shown[:_SHOWN])}")
    if script in _ALONE:
        return _told(_ALONE[script][0], f"by its script: {script} letters")
    if script not in ("", "Latin"):
        return Language(
            "", "", f"its letters are {script}, its words do not tell which language; nothing is proposed", None, False
        )
    if total < _FEW_WORDS or hits[ENGLISH] >= max(_ENGLISH_SHARE * total, *hits.values()):
        return Language("", "", "too few frequent words to tell; read as if it were English", None, True)
    return Language("", "", "the frequent words of no one language stand out in it; nothing is proposed", None, False)


def name_of(code: str) -> str:
    """The English name of a language by its code; the code itself where it is unknown here."""
    known = _known(lexicons.desk_folder()).get(code)
    return known.name if known else dict(_ALONE.values()).get(code, code)


def _hits(words: Counter[str]) -> Counter[str]:
    """How often frequent words of each language stand among these."""
    owners = _owners(lexicons.desk_folder())
    hits = Counter(dict.fromkeys(_known(lexicons.desk_folder()), 0))
    for word in words.keys() & owners.keys():
        for code in owners[word]:
            hits[code] += words[word]
    return hits


def _standing_out(words: Counter[str], hits: Counter[str]) -> str | None:
    """The language whose frequent words stand out among all words, None where none does.

    Neighbours share half of theirs, so those that only one of the two has decide between them. English news is full of
    foreign names, so another language must have far more than English has.
    """
    known = _known(lexicons.desk_folder())
    best, second = nlargest(2, hits, key=lambda code: hits[code])
    found = [word for word in known[best].words if words[word]]
    if len(found) < _LEAST_DIFFERENT or hits[best] < max(_LEAST_HITS, _LEAST_SHARE * words.total()):
        return None
    if best != ENGLISH and hits[best] < _LEAD_OVER_ENGLISH * hits[ENGLISH]:
        return None
    own = sum(words[word] for word in found if word not in known[second].words)
    others = sum(words[word] for word in known[second].words if word not in known[best].words)
    return best if own >= max(_LEAST_OWN, _LEAD * others) else None


def _told(code: str, basis: str) -> Language:
    return Language(code, name_of(code), basis, lexicons.find(code), code == ENGLISH)


@cache
def _known(desk: str) -> Mapping[str, _Known]:
    """The languages that words tell apart: those of our table and those that a lexicon brings words of its own for."""
    table = tomllib.loads(_TABLE.read_text(encoding="utf-8"))
    known = {code: _Known(entry["name"], frozenset(entry["words"].split())) for code, entry in table.items()}
    for code in sorted(lexicons.codes()):
        found = lexicons.lexicon(code)
        own = known[code].words if code in known else frozenset()
        if own or found.words("function_words"):
            known[code] = _Known(found.name, own | found.words("function_words"))
    return known


@cache
def _owners(desk: str) -> Mapping[str, list[str]]:
    """The languages that each frequent word belongs to."""
    owners: dict[str, list[str]] = {}
    for code, known in _known(desk).items():
        for word in known.words:
            owners.setdefault(word, []).append(code)
    return owners


def _script_of(sample: str) -> str:
    """The script that most letters are of, "" where none is. A little kana among Chinese characters is Japanese."""
    letters: Counter[str] = Counter()
    for character, count in Counter(sample[:: 1 + len(sample) // _LETTERS_COUNTED]).items():
        if character.isalpha():
            letters[_SCRIPTS[bisect_right(_FIRST, ord(character)) - 1][1]] += count
    if letters["Kana"] > 0.05 * letters["Han"]:
        letters["Kana"] += letters["Han"]
        del letters["Han"]
    found, most = max(letters.items(), key=lambda item: item[1], default=("", 0))
    return found if most >= max(_LEAST_LETTERS, _MOSTLY * letters.total()) else ""
