"""Names of people, places and bodies in a passage, and which names of two passages mean the same.

A capital makes a name, but for the one that a sentence's first word has: that one needs another sign. Titles before a
name are no part of it, and a people beside it is a name of its own: “Armenian Prime Minister | Nikol Pashinyan”.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from claims.text.fold import fold
from claims.text.lexicon import (
    AUXILIARIES,
    BODIES,
    BODY_NOUNS,
    CUE_VERBS,
    DETERMINERS,
    LEADING,
    NO_SOURCE,
    PREPOSITIONS,
    PRONOUNS,
    SELVES,
    TIME_WORDS,
    VAGUE,
)
from claims.text.titles import COUNTRY_WORDS, PEOPLES, SMALL, TITLES, WRITTEN_OUT

Span = tuple[int, int]


def _words(words: str) -> frozenset[str]:
    return frozenset(words.split())


_WORD: Final = re.compile(r"[^\W\d_]\.(?:[^\W\d_]\.)+|[^\W_]+(?:[’'‘.&][^\W\d_]+)*")
_POSSESSIVE: Final = re.compile(r"[’'‘]s?$")
# What may stand between two words of one name.
_GAP: Final = re.compile(
    r"[ \u00a0\u202f]{1,3}|[-‐‑]|[ \u00a0](?:of|for|de|la|le|du|van|der|von|al|bin|&)[ \u00a0](?:the[ \u00a0])?"
)
_SENTENCE_END: Final = re.compile(r"(?:[.!?…:;]|\A|\n)[\s\"'“”‘’«»(\[]*\Z")
_LOOK_BACK: Final = 12
_BODY_WORDS: Final = {fold(body) for body in BODIES}
# With a capital at a sentence's beginning, these are no names.
_COMMON: Final = frozenset().union(
    *(AUXILIARIES, DETERMINERS, LEADING, NO_SOURCE, PREPOSITIONS, PRONOUNS, SELVES, TIME_WORDS, VAGUE, SMALL),
    _words(
        "if when while although though because as not no yes many much more most all both few why how who where what "
        "dozens hundreds thousands millions earlier it its officials police troops unlike like despite"
    ),
)
_PLACES_AND_PEOPLES: Final = COUNTRY_WORDS | PEOPLES.keys()
# With the people before them, these are one name: the European Union.
_UNIONS: Final = _words("union commission parliament council court federation empire")
_HEADLINE: Final = 0.65


@dataclass(frozen=True)
class Name:
    """A name `text[start:end]`; `words` are its folded telling words in order, countries for peoples."""

    start: int
    end: int
    words: tuple[str, ...]


@dataclass(frozen=True)
class _Capital:
    """A word with a capital; `sure` where its place does not give it the capital."""

    start: int
    end: int
    folded: str
    sure: bool


def names_in(text: str, also: frozenset[str] = frozenset(), *, skip: Sequence[Span] = ()) -> list[Name]:
    """The names of a text in their order.

    `also` are folded words that are known to be names, from the other text; `skip` are spans where nothing is looked
    for, sorted: months and days.
    """
    capitals = list(_capitals(text, skip))
    known = also | {word.folded for word in capitals if word.sure}
    kept = [word for at, word in enumerate(capitals) if word.sure or _is_name(text, capitals, at, known)]
    return [name for run in _runs(text, kept) for name in _parts(run)]


def known_names(text: str) -> frozenset[str]:
    """The folded words of a text that are surely names."""
    return frozenset(word.folded for word in _capitals(text, ()) if word.sure)


def _capitals(text: str, skip: Sequence[Span]) -> Iterable[_Capital]:
    found = list(_WORD.finditer(text))
    lower = sum(word[0].islower() for word in found)
    # A headline gives every word a capital: there, only what is known otherwise is a name.
    headline = len(found) > 3 and lower < (1 - _HEADLINE) * len(found)
    at = 0
    for word in found:
        while at < len(skip) and skip[at][1] <= word.start():
            at += 1
        if at < len(skip) and skip[at][0] < word.end():
            continue
        if not word[0][0].isupper():
            continue
        written = _POSSESSIVE.sub("", word[0])
        folded = fold(written).replace(".", "")
        if not folded or folded in SELVES:
            continue
        first = _SENTENCE_END.search(text, max(0, word.start() - _LOOK_BACK), word.start()) is not None
        telling = folded in _PLACES_AND_PEOPLES or folded in _BODY_WORDS or (written.isupper() and len(folded) > 1)
        sure = telling or not (first or headline or folded in TIME_WORDS or folded in _COMMON)
        yield _Capital(word.start(), word.start() + len(written), folded, sure)


def _is_name(text: str, capitals: Sequence[_Capital], at: int, known: frozenset[str]) -> bool:
    """Whether a word is a name that has its capital from its place as well."""
    word = capitals[at]
    if word.folded in _COMMON:
        return False
    if word.folded in known:
        return True
    if text[word.end : word.end + 2] in {"’s", "'s"}:
        return True
    behind = _WORD.search(text, word.end)
    if behind is None:
        return False
    if at + 1 < len(capitals) and capitals[at + 1].start == behind.start():
        return capitals[at + 1].sure or word.folded in TITLES
    return behind[0] in CUE_VERBS and not word.folded.endswith("s")


def _runs(text: str, words: Sequence[_Capital]) -> Iterable[list[_Capital]]:
    """Names of several words: those with nothing but a space, a hyphen or “of the” between them."""
    run: list[_Capital] = []
    for word in words:
        if run and not _GAP.fullmatch(text, run[-1].end, word.start):
            yield run
            run = []
        run.append(word)
    if run:
        yield run


def _parts(run: Sequence[_Capital]) -> Iterable[Name]:
    """The names in a run: without titles before them, peoples and countries apart from people."""
    rest = list(run)
    while len(rest) > 1 and rest[0].folded in PEOPLES and rest[1].folded not in _UNIONS:
        yield Name(rest[0].start, rest[0].end, _telling(rest[:1]))
        rest = rest[1:]
    bare = rest
    while len(bare) > 1 and bare[0].folded in TITLES:
        bare = bare[1:]
    if bare[-1].folded in TITLES or bare[0].folded in BODY_NOUNS:
        bare = rest
    words = _telling(bare)
    if words and not all(word in TITLES for word in words):
        yield Name(bare[0].start, bare[-1].end, words)


def _telling(words: Sequence[_Capital]) -> tuple[str, ...]:
    full: list[str] = []
    for word in words:
        bare = PEOPLES.get(word.folded) or PEOPLES.get(word.folded.removesuffix("s")) or word.folded
        full += WRITTEN_OUT.get(bare, (bare,))
    return tuple(word for word in full if word not in SMALL)


def same_name(one: Name, other: Name) -> bool:
    """Whether two names can mean the same: a family name alone, an abbreviation, the one within the other."""
    ours, theirs = one.words, other.words
    if not ours or not theirs:
        return False
    if ours == theirs or _abbreviates(ours, theirs) or _abbreviates(theirs, ours):
        return True
    short, long = sorted((ours, theirs), key=len)
    if len(short) == 1:
        # A family name stands last, and what a body is called by may stand anywhere but for a country's name.
        return short[0] == long[-1] or (short[0] in long and short[0] not in COUNTRY_WORDS)
    shared = set(ours) & set(theirs)
    return len(shared) >= 2 and len(shared) * 3 >= 2 * len(set(long))


def _abbreviates(short: Sequence[str], long: Sequence[str]) -> bool:
    return len(short) == 1 and len(long) > 1 and short[0] == "".join(word[0] for word in long)
