"""Stems of English words, and the families of events that they belong to.

A light stemmer of our own: it takes off endings as long as enough of a word stays, and writes the two spellings of
British and American English as one. A stem is for comparing only, and need not be a word.
"""

from functools import lru_cache
from typing import Final

from claims.text.kinship import FAMILIES, IRREGULAR, lines, pairs

_REMEMBERED: Final = 65_536
LONGEST: Final = 40
_SHORTEST: Final = 3
_VOWELS: Final = frozenset("aeiouy")
# What is taken off a singular, what stands in its place, and how many letters must be left.
_ENDINGS: Final = (
    *((ending, "iz", 3) for ending in ("isation", "ization", "ising", "izing", "ised", "ized", "ise", "ize")),
    *(
        (ending, "", 5)
        for ending in ("ation", "ition", "ement", "ating", "ment", "able", "ance", "ence", "ness", "ship")
    ),
    *((ending, "", 5) for ending in ("ated", "ally", "ate", "ion", "ive", "ful", "al", "er", "or")),
    *((ending, "", 3) for ending in ("ing", "ed", "ly", "e")),
    ("ied", "i", 2),
    ("oured", "or", 2),
    ("our", "or", 2),
    ("y", "i", 2),
)
_BY_LENGTH: Final = tuple(sorted(_ENDINGS, key=lambda one: -len(one[0])))
_LAST: Final = frozenset(ending[-1] for ending, _, _ in _ENDINGS)
_IRREGULAR: Final = pairs(IRREGULAR)
# Building, king, red: what looks like an ending is none.
_UNTOUCHED: Final = frozenset(word for word, base in _IRREGULAR.items() if word == base)


@lru_cache(_REMEMBERED)
def stem(word: str) -> str:
    """The stem of a folded word: "suspended", "suspends" and "suspending" are one, and so are "won" and "win"."""
    word = word[:LONGEST]
    base = _IRREGULAR.get(word) or _IRREGULAR.get(_singular(word)) or _singular(word)
    return base if base in _UNTOUCHED else _bare(base)


def _singular(word: str) -> str:
    if len(word) <= _SHORTEST or word[-1] != "s" or word[-2] in "sui'":
        return word
    if word.endswith("ies") and len(word) > _SHORTEST + 1:
        return f"{word[:-3]}y"
    return word[:-1]


def _bare(word: str) -> str:
    if len(word) <= _SHORTEST or word[-1] not in _LAST or not word.isascii():
        return word
    for ending, instead, needed in _BY_LENGTH:
        if word.endswith(ending):
            rest = word[: -len(ending)]
            if ending == "y" and rest[-1] in _VOWELS:
                continue
            if len(rest) >= needed and not _VOWELS.isdisjoint(rest):
                return _single(rest) + instead
    return word


def _single(rest: str) -> str:
    """Without a last letter that an ending had doubled, or a last e: "stopped", "stopp", "stop"."""
    if len(rest) > _SHORTEST and ((rest[-1] == rest[-2] and rest[-1] not in "aeiouls") or rest[-1] == "e"):
        return rest[:-1]
    return rest


def _families() -> dict[str, tuple[tuple[str, int], ...]]:
    found: dict[str, list[tuple[str, int]]] = {}
    for family, words in lines(FAMILIES).items():
        side = 1
        for word in words:
            if word == "|":
                side = -1
                continue
            of_word = found.setdefault(stem(word), [])
            if (family, side) not in of_word and (family, -side) not in of_word:
                of_word.append((family, side))
    return {word: tuple(families) for word, families in found.items()}


_FAMILIES: Final = _families()


def families(a_stem: str) -> tuple[tuple[str, int], ...]:
    """The families of events that a stem belongs to, each with the side of it that it stands on, 1 or -1."""
    return _FAMILIES.get(a_stem, ())
