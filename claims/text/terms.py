"""The terms of a claim: the folded words that tell what it is about, each with a weight, and how alike two claims are.

What an index keeps of a claim to find others about the same event: names (peoples as their countries, bodies by the
first letters of their names), numbers, stems of words, the families of events that words belong to (FAMILY stands
before these), and what is denied (DENIED before it). Nothing but words of the claim: no offsets, no order.
"""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from math import sqrt
from typing import Final, NamedTuple, TypeVar

from claims.text.fold import fold
from claims.text.kinship import BODIES, FREQUENT, SEATS, SMALL, lines, pairs
from claims.text.lexicon import BODY_NOUNS
from claims.text.number_words import ONES, TENS
from claims.text.stems import LONGEST, families, stem
from claims.text.titles import COUNTRY_WORDS, PARTICLES, PEOPLES, TITLES

# A claim is a sentence or a few; of what is longer, the first so many characters are read.
MOST_TEXT: Final = 2_500
MOST_TERMS: Final = 120
FAMILY: Final = "~"
DENIED: Final = "!"
_REMEMBERED: Final = 131_072

# What a term weighs by its class. A name is told by its weight: the score asks nothing else of a term.
NAME: Final = 1.5
NUMBER: Final = 1.0
WORD: Final = 1.0
EVENT: Final = 0.5
NOT: Final = 0.8
# A title, or a word that stands in news of every kind.
WEAK: Final = 0.4
# What a body is also called, the country of a capital: perhaps meant.
PERHAPS: Final = 0.5

# How much of the score is the angle between two claims; the rest asks only for what the shorter one says.
COSINE: Final = 0.9
# What is left of a score that rests on names alone: the same two countries are not the same event.
ONLY_NAMES: Final = 0.6
# So much of the score must rest on other words for all of it to stand.
_BESIDE_NAMES: Final = 0.25

_SMALL: Final = frozenset(SMALL.split())
_FREQUENT: Final = frozenset(stem(word) for word in FREQUENT.split())
_SEATS: Final = pairs(SEATS)
_BODIES: Final = {body: tuple(stem(word) for word in words) for body, words in lines(BODIES).items()}
_NUMBERS: Final = {word: str(number) for word, number in {**ONES, **TENS}.items() if number > 1}
_BODY_NOUNS: Final = BODY_NOUNS | {"nations", "bank", "league", "pact", "states"}
_DENYING: Final = frozenset({"not", "never", "no", "without", "cannot", "nor"})
_JOINING: Final = frozenset({"of", "for", "and", "the", "on", "in"})
_INITIALS: Final = 3
_MOST_INITIALS: Final = 6

# Scripts that put no space between words are read by pairs of characters.
UNSPACED: Final = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
)
_MARKS: Final = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0dff\u3099\u309a\u00ad\u200c\u200d"
)
# Words with the marks over and under their letters; a point or comma only within a number.
WRITTEN: Final = re.compile(rf"\d+(?:[.,]\d+)*[^\W_]*|[^\W\d_]+(?:['’][^\W_]+|[{_MARKS}]+[^\W_]*)*")

Rarity = Callable[[str], float]
# A word, or whatever an index keeps in its place.
Term = TypeVar("Term")


class _Entry(NamedTuple):
    """What one written word adds: its terms; whether it is written as a name is; its folded form; what it denies."""

    terms: tuple[tuple[str, float], ...]
    capital: bool
    folded: str
    denies: bool = False
    denied_as: str = ""


def terms(text: str) -> dict[str, float]:
    """Give the terms of a claim with their weights; at most MOST_TERMS, of the first MOST_TEXT characters.

    The same text has the same terms in every run. A word that stands twice counts once, with its greater weight.
    """
    found: dict[str, float] = {}
    run: list[str] = []
    denied = False
    first = True
    for written in WRITTEN.findall(text[:MOST_TEXT]):
        entry = _entry(written)
        for term, weight in entry.terms:
            weighs = NAME if weight == WORD and entry.capital and not first else weight
            if weighs > found.get(term, 0.0):
                found[term] = weighs
        if entry.denies:
            denied = True
        elif denied and entry.denied_as:
            found[entry.denied_as] = NOT
            denied = False
        if entry.capital:
            run.append(entry.folded)
        elif run and entry.folded not in _JOINING:
            _initials(run, found)
            run = []
        first = False
    _initials(run, found)
    return found if len(found) <= MOST_TERMS else dict(list(found.items())[:MOST_TERMS])


def _initials(run: list[str], found: dict[str, float]) -> None:
    """Add what the words of a body's name are abbreviated to: "Collective Security Treaty Organization" is "csto"."""
    if len(run) < _INITIALS or not _BODY_NOUNS.intersection((run[0], run[-1])):
        return
    letters = "".join(word[0] for word in run[-_MOST_INITIALS:])
    for first in range(len(letters) - _INITIALS + 1):
        if first == 0 or letters[first:] in _BODIES:
            found.setdefault(letters[first:], NAME)


@lru_cache(_REMEMBERED)
def _entry(written: str) -> _Entry:
    capital = written[0].isupper()
    folded = fold(written)[:LONGEST]
    if folded in _DENYING or folded.endswith("n't"):
        return _Entry((), capital=False, folded=folded, denies=True)
    folded = folded.split("'")[0] or folded
    a_name = written.isupper() and folded in {"us", "who"}
    if not folded or (folded in _SMALL and not a_name):
        return _Entry((), capital=False, folded=folded)
    if folded[0].isdecimal():
        return _Entry(((folded.replace(",", "").lstrip("0") or "0", NUMBER),), capital=False, folded=folded)
    if UNSPACED.search(written):
        parts = tuple((folded[at : at + 2], WORD) for at in range(max(1, len(folded) - 1)))
        return _Entry(parts, capital=False, folded=folded)
    found = tuple(_of_word(folded))
    # A denied member and a denied participation are one denial; an adverb is passed by.
    family = next((term for term, _ in found if term[0] == FAMILY), found[0][0])
    return _Entry(found, capital, folded, denied_as="" if folded.endswith("ly") else DENIED + family)


def _of_word(folded: str) -> list[tuple[str, float]]:
    number = _NUMBERS.get(folded)
    if number:
        return [(number, NUMBER)]
    country = PEOPLES.get(folded) or PEOPLES.get(folded.removesuffix("s")) or folded
    if country in COUNTRY_WORDS:
        found = [(country, NAME)]
    elif folded in _BODIES:
        return [(folded, NAME), *((word, PERHAPS) for word in _BODIES[folded])]
    else:
        root = stem(folded)
        sorts = families(root)
        weak = root in _FREQUENT or folded in PARTICLES or (folded in TITLES and not sorts)
        found = [(root, WEAK if weak else WORD), *((FAMILY + family, EVENT) for family, _ in sorts)]
    return [*found, (_SEATS[folded], PERHAPS)] if folded in _SEATS else found


def score(
    query: Mapping[Term, float], candidate: Mapping[Term, float], rarity: Callable[[Term], float] | None = None
) -> float:
    """How alike two claims are by their terms, 0 to 1; `rarity` says how telling a term is, from 0 on; None: all alike.

    A share of all that both say (the cosine of the angle between them), and for a small part of what the one says that
    says less, so that a clause is found within a long sentence. Terms may be anything that tells them apart: hashes do.
    """
    telling = rarity or (lambda term: 1.0)
    return score_of(query, said(query, telling), candidate, said(candidate, telling), telling)


def said(found: Mapping[Term, float], rarity: Callable[[Term], float]) -> float:
    """How much a claim says by its terms: the square of the length of the vector that they are."""
    return sum((weight * rarity(term)) ** 2 for term, weight in found.items())


def score_of(
    query: Mapping[Term, float],
    ours: float,
    candidate: Mapping[Term, float],
    theirs: float,
    rarity: Callable[[Term], float],
) -> float:
    """As `score`, where it is known how much each of the two says: see `said`."""
    both = beside = 0.0
    for term, weight in query.items():
        other = candidate.get(term)
        if other is not None:
            factor = rarity(term)
            shared = weight * other * factor * factor
            both += shared
            if weight < NAME or other < NAME:
                beside += shared
    least = min(ours, theirs)
    if both <= 0.0 or least <= 0.0:
        return 0.0
    both *= ONLY_NAMES + (1 - ONLY_NAMES) * min(1.0, beside / both / _BESIDE_NAMES)
    return min(1.0, COSINE * both / sqrt(ours * theirs) + (1 - COSINE) * min(1.0, both / least))
