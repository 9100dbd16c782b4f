"""Names of sources: the words by which a registry finds them, and how likely two of them mean the same.

Titles and offices are told apart from the name proper, peoples from countries, and what an abbreviation stands for is
looked at. Nothing here decides that two are one: that is for people.
"""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Final

from claims.particulars import SourceKind
from claims.text.fold import fold
from claims.text.titles import (
    BELONGING,
    BESIDE_NAMES,
    COUNTRY_WORDS,
    FILLERS,
    PARTICLES,
    PEOPLES,
    PHRASES,
    SMALL,
    WRITTEN_OUT,
)

MOST_WORDS: Final = 24
LONGEST_WORD: Final = 60
# From here on two names are worth showing to somebody side by side.
NEAR: Final = 0.6
_ALIKE: Final = 0.8
# Descriptions share at least so many of their words.
_SHARED: Final = 0.7
_LONGEST_ABBREVIATION: Final = 6
# One name is compared with many: what was made of it is kept for a while.
_REMEMBERED: Final = 2_048
_WORD: Final = re.compile(r"[^\W_]+")
# A word of a person's name: an initial keeps its dot, so that “A.” is no article.
_PERSONS_WORD: Final = re.compile(r"\b[^\W\d_]\.|[^\W_]+")
_DOTTED: Final = re.compile(r"\b(?:[^\W\d_]\.){2,}(?!\w)")
_HYPHEN: Final = re.compile(r"\bco-(?=\w)")
_POSSESSIVE: Final = re.compile(r"'s\b|(?<=s)'(?!\w)")
_PHRASE: Final = re.compile("|".join(rf"\b{phrase}\b" for phrase in PHRASES))
_PART: Final = re.compile(r"[,;:()/]")
# One spelling for the sounds that are written in several ways where a name comes from another script.
_SOUNDS: Final = (("kh", "h"), ("ph", "f"), ("ts", "c"), ("tz", "c"), ("w", "v"), ("y", "i"), ("j", "i"))
_DOUBLED: Final = re.compile(r"(.)\1+")
# An outlet may as well be put down as a body.
_GROUPS: Final = {SourceKind.OUTLET: SourceKind.BODY}
_SAME: Final = "the same first name"


@dataclass(frozen=True)
class Likeness:
    """How likely two names mean the same, 0 to 1, and why; worth showing from NEAR on."""

    score: float
    why: str


_NONE: Final = Likeness(0.0, "")


@dataclass(frozen=True)
class _Person:
    """A person's name without titles: what stands before the family name, and that."""

    given: tuple[str, ...]
    family: str


def words_of(name: str) -> list[str]:
    """Give the folded words of a name, each once, in their order: ["dmitry", "peskov"].

    At most MOST_WORDS of them, each cut to LONGEST_WORD characters: what an index keeps.
    """
    found = dict.fromkeys(word[:LONGEST_WORD] for word in _WORD.findall(fold(name)))
    return list(found)[:MOST_WORDS]


def telling_words(name: str, kind: str) -> list[str]:
    """Give the folded words that tell this name from others, the most telling first: a family name before a title."""
    person = _person(name) if kind == SourceKind.PERSON else None
    if person:
        return [word for word in (person.family, *reversed(person.given)) if len(word) > 1]
    words = [word for word in words_of(name) if word not in SMALL]
    return sorted(words, key=lambda word: word in BESIDE_NAMES) or words_of(name)


def likeness(one: str, kind: str, other: str, other_kind: str) -> Likeness:
    """Say how likely two names of sources of these kinds mean the same, and why; `kind` is a value of SourceKind.

    A body is not its spokesman, nor a person the document that they wrote: across kinds only equal names are alike.
    """
    if _folded(one) == _folded(other):
        return Likeness(1.0, "the same name") if kind == other_kind else Likeness(0.9, "the same name, another kind")
    group, other_group = (_GROUPS.get(SourceKind(each), SourceKind(each)) for each in (kind, other_kind))
    if group != other_group:
        return _NONE
    if group == SourceKind.PERSON:
        person, namesake = _person(one), _person(other)
        if person and namesake:
            return _persons(person, namesake)
        if person or namesake:  # an office is not the one who holds it
            return _NONE
    return _bodies(one, other) if group in {SourceKind.PERSON, SourceKind.BODY} else _descriptions(one, other)


@lru_cache(_REMEMBERED)
def _person(name: str) -> _Person | None:
    """The name proper; None where there are only titles."""
    parts = [_PERSONS_WORD.findall(part) for part in _PART.split(_POSSESSIVE.sub("", fold(name)))]
    named = [words for part in parts if (words := _proper(part))]
    if not named:
        return None
    words = named[0]
    if len(words) == 1 and len(named) == 2 and not set(named[1]) & BESIDE_NAMES:  # “Peskov, Dmitry”
        words = [*named[1], *words]
    words = [word for word in words if word not in PARTICLES] or words
    return _Person(tuple(word.rstrip(".") for word in words[:-1]), words[-1].rstrip("."))


def _proper(words: list[str]) -> list[str]:
    """What is left of a name without the titles before and behind it; [] where there are only titles.

    A title that is the last word is a name where fewer than two other words are one: John Major.
    """
    head = words[: next((at for at, word in enumerate(words) if word in BELONGING), len(words))]
    for some in (head, words):
        if len(leading := _leading(some)) > 1 and (some is head or words[-1] in BESIDE_NAMES):
            return leading
    while words and words[0] in BESIDE_NAMES:
        if len(words) == 2 and words[0] in COUNTRY_WORDS and words[1] not in BESIDE_NAMES:  # Jordan Peterson
            return words
        words = words[1:]
    if not words or words[-1] in BESIDE_NAMES:
        return words
    last_title = max((at for at, word in enumerate(words) if word in BESIDE_NAMES), default=-1)
    return words[last_title + 1 :]


def _leading(words: list[str]) -> list[str]:
    """The words of a name before the first title, where nothing but titles follows."""
    first_title = next((at for at, word in enumerate(words) if word in BESIDE_NAMES), len(words))
    follows = all(word in BESIDE_NAMES for word in words[first_title:])
    return words[:first_title] if follows and first_title < len(words) else []


def _persons(one: _Person, other: _Person) -> Likeness:
    if sorted((*one.given, one.family)) == sorted((*other.given, other.family)):
        return Likeness(0.95, "the same name, with other titles or in another order")
    same = one.family == other.family
    if not same and not _alike(one.family, other.family):
        if other.given and _alike(one.family, other.given[0]):  # “PESKOV Dmitry”
            return _persons(one, _Person((*other.given[1:], other.family), other.given[0]))
        if one.given and _alike(one.given[0], other.family):
            return _persons(_Person((*one.given[1:], one.family), one.given[0]), other)
        return _NONE
    family = (
        "the same family name"
        if same
        else f"family names spelled alike (“{one.family.capitalize()}”, “{other.family.capitalize()}”)"
    )
    if not one.given or not other.given:
        if not same and _sound(one.family) != _sound(other.family):
            return _NONE
        return Likeness(0.7 if same else 0.65, f"{family}; one of the two gives no first name")
    fewer, more = sorted((one.given, other.given), key=len)
    left = iter(more)
    ways = [next((way for candidate in left if (way := _given(name, candidate))), "") for name in fewer]
    if not all(ways):
        return _NONE
    why = next((way for way in ways if way != _SAME), _SAME)
    return Likeness((0.9 if why == _SAME else 0.8) - (0 if same else 0.1), f"{family}; {why}")


def _given(one: str, other: str) -> str:
    """How two first names can be the same; "" where they cannot."""
    if one == other:
        return _SAME
    short, long = sorted((one, other), key=len)
    if len(short) == 1:
        return f"“{short.upper()}.” can stand for “{long.capitalize()}”" if long[0] == short else ""
    if len(short) >= 3 and long.startswith(short):
        return f"“{short.capitalize()}” can be short for “{long.capitalize()}”"
    return f"first names spelled alike (“{one.capitalize()}”, “{other.capitalize()}”)" if _alike(one, other) else ""


def _bodies(one: str, other: str) -> Likeness:
    left, right = _telling(one), _telling(other)
    shared = set(left) & set(right)
    rest, other_rest = ([word for word in words if word not in shared] for words in (left, right))
    if not left or not right:
        return _NONE
    if not rest and not other_rest:
        return Likeness(0.9, "the same words, written in another way")
    if _abbreviates(rest, other, shared) or _abbreviates(other_rest, one, shared):
        return Likeness(0.85, "one is the other's abbreviation")
    if rest and other_rest:
        is_spelled_alike = len(rest) == len(other_rest) and all(map(_spelled_alike, rest, other_rest))
        return Likeness(0.8, "spelled alike") if is_spelled_alike else _NONE
    if shared - COUNTRY_WORDS and set(rest or other_rest) <= COUNTRY_WORDS:
        return Likeness(0.65, "the same words; one does not say of which country")
    return _NONE


def _descriptions(one: str, other: str) -> Likeness:
    """Unnamed sources, documents and posts: the same words but for a few, and no other number or year."""
    left, right = set(_telling(one)), set(_telling(other))
    if {word for word in left ^ right if not word.isalpha()} or not left or not right:
        return _NONE
    alike = {word for word in left - right if any(_spelled_alike(word, each) for each in right - left)}
    share = len(left & right | alike) / max(len(left), len(right))
    if share < _SHARED:
        return _NONE
    return Likeness(NEAR + 0.3 * (share - _SHARED) / (1 - _SHARED), "nearly the same words")


@lru_cache(_REMEMBERED)
def _folded(name: str) -> str:
    return fold(name).strip()


def _plain(name: str) -> str:
    """A name folded, without possessives and the dots of abbreviations, phrases of a title as one word."""
    bare = _DOTTED.sub(lambda dotted: dotted[0].replace(".", ""), _POSSESSIVE.sub("", fold(name)))
    bare = _HYPHEN.sub("co", bare)
    return _PHRASE.sub(lambda phrase: PHRASES[phrase[0]], bare)


@lru_cache(_REMEMBERED)
def _telling(name: str) -> tuple[str, ...]:
    """The words of a body's name that matter: countries for peoples, abbreviations written out."""
    words = [word for word in _WORD.findall(_plain(name))[:MOST_WORDS] if word not in SMALL]
    full = [part for word in words for part in WRITTEN_OUT.get(word, (PEOPLES.get(word, word),))]
    return tuple([word for word in full if word not in FILLERS] or full)


def _abbreviates(rest: list[str], other: str, shared: set[str]) -> bool:
    """Whether the one word that is left is the first letters of what the other name has beside the shared words."""
    if len(rest) != 1 or not 2 <= len(rest[0]) <= _LONGEST_ABBREVIATION:
        return False
    words = [word for word in _WORD.findall(_plain(other))[:MOST_WORDS] if PEOPLES.get(word, word) not in shared]
    main = [word for word in words if word not in SMALL]
    between = words[words.index(main[0]) : len(words) - words[::-1].index(main[-1])] if main else []
    return len(main) > 1 and rest[0] in {"".join(word[0] for word in some) for some in (main, between)}


def _spelled_alike(one: str, other: str) -> bool:
    return not {one, other} & COUNTRY_WORDS and _alike(one, other)


def _alike(one: str, other: str) -> bool:
    """Whether two words sound the same or differ in a letter or so."""
    if (sound := _sound(one)) == (other_sound := _sound(other)):
        return True
    if min(len(one), len(other)) < 5:
        return False
    first, second = sorted((sound, other_sound))  # the ratio is not the same both ways
    return SequenceMatcher(None, first, second, autojunk=False).ratio() > _ALIKE


@lru_cache(_REMEMBERED)
def _sound(word: str) -> str:
    for written, sound in _SOUNDS:
        word = word.replace(written, sound)
    return _DOUBLED.sub(r"\1", word)
