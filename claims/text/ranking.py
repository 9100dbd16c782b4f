"""How alike a sentence is to others: what it is compared by, and how much of what it says another one says.

Weights of words by their rarity (Spärck Jones, "A statistical interpretation of term specificity", 1972), from the
candidates and from news in general, so that a common word does not look rare among a few sentences; and a length of
the candidate that counts for less than it is (Singhal, Buckley and Mitra, "Pivoted document length normalization",
1996): the longer of two sentences tells of more events.
"""

from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from math import log, sqrt
from typing import Final, NamedTuple

from claims.text.fold import fold
from claims.text.kinship import BODIES, SEATS, SMALL, lines, pairs
from claims.text.number_words import NUMBERED, ONES, TENS
from claims.text.polarity_words import SAYING
from claims.text.stems import LONGEST, families, stem
from claims.text.terms import FAMILY, MOST_TEXT, PERHAPS, UNSPACED, WRITTEN
from claims.text.titles import COUNTRY_WORDS, PEOPLES
from claims.text.word_shares import SENTENCES, share

_REMEMBERED: Final = 131_072
BEGINNING: Final = "*"
REFERENCE: Final = "#"

# What a feature weighs by its class.
_NUMBER: Final = 1.3
_WORD: Final = 1.0
# A form of a verb tells what happened; the word that only says who says so tells nothing of it.
_DEED: Final = 1.2
_SPEECH: Final = 0.5
# Each name of a row of names but its last: a person is told by the last name.
_FORENAME: Final = 0.85
_REFERENCE: Final = 1.3
_FAMILY: Final = 0.5
_BEGINNING: Final = 0.4
# How many letters of a longer word are its beginning: "surgical" and "surgery", "Egyptian" and "Egypt".
_LETTERS: Final = 4
# Where more of the words than this are capitals, a capital does not tell a name.
_HEADLINE: Final = 0.65

# The candidate's length counts by this power, of 1.
_LENGTH: Final = 0.5
_RARITY: Final = 0.75
# What is left of a score that rests on names alone: the same two countries are not the same event.
_ONLY_NAMES: Final = 0.6
# So much of the score must rest on other words for all of it to stand.
_BESIDE_NAMES: Final = 0.25

_SMALL: Final = frozenset(SMALL.split())
_SAYING: Final = SAYING | {"say", "tell", "reported", "according", "reportedly"}
_NUMBERS: Final = {word: str(number) for word, number in {**ONES, **TENS}.items() if number > 1}
_SEATS: Final = pairs(SEATS)
_BODIES: Final = {body: tuple(stem(word) for word in words) for body, words in lines(BODIES).items()}


class _Read(NamedTuple):
    """One written word: what it is compared by, whether it has a capital, and whether it says something of its own."""

    root: str
    weight: float
    others: tuple[tuple[str, float], ...]
    capital: bool
    small: bool
    number: bool = False
    numbered: str = ""


class Compared(NamedTuple):
    """A sentence as it is compared: the weight of each feature, and which of them are names or small words."""

    weights: dict[str, float]
    no_event: frozenset[str]


def compared(text: str) -> Compared:
    """What a sentence is compared by: stems, small words too, numbers, families of events, beginnings of words.

    Of the first MOST_TEXT characters. A word that stands more than once weighs more, by the logarithm.
    """
    read = [_read(written) for written in WRITTEN.findall(text[:MOST_TEXT])]
    headline = sum(word.capital for word in read) > _HEADLINE * len(read)
    weights: dict[str, float] = {}
    seen: dict[str, int] = {}
    no_event: set[str] = set()
    for at, word in enumerate(read):
        root, weight = word.root, word.weight
        if word.small:
            no_event.add(root)
        elif word.capital and not headline:
            no_event.add(root)
            no_event.update([other for other, _ in word.others if other[0] != FAMILY])
            if at + 1 < len(read) and read[at + 1].capital:
                weight *= _FORENAME
        if word.number and at and read[at - 1].numbered:
            weights[REFERENCE + read[at - 1].numbered] = _REFERENCE
        seen[root] = seen.get(root, 0) + 1
        if weight > weights.get(root, 0.0):
            weights[root] = weight
        for other, lighter in word.others:
            if other not in weights:
                weights[other] = lighter
    for root, times in seen.items():
        if times > 1:
            weights[root] *= 1 + log(times)
    return Compared(weights, frozenset(no_event))


@lru_cache(_REMEMBERED)
def _read(written: str) -> _Read:
    capital = written[0].isupper()
    whole = fold(written)[:LONGEST]
    folded = whole.split("'")[0] or whole
    number = _NUMBERS.get(folded) or (folded.replace(",", "").lstrip("0") if folded[:1].isdecimal() else "")
    if number:
        return _Read(number, _NUMBER, (), capital=False, small=False, number=True)
    if folded in _SMALL and not (written.isupper() and folded in {"us", "who"}):
        return _Read(stem(folded), _SPEECH if folded in _SAYING else _WORD, (), capital, small=True)
    if UNSPACED.search(written):
        first, *rest = (folded[at : at + 2] for at in range(max(1, len(folded) - 1)))
        return _Read(first, _WORD, tuple((pair, _WORD) for pair in rest), capital=False, small=False)
    country = PEOPLES.get(folded) or PEOPLES.get(folded.removesuffix("s")) or folded
    root = country if country in COUNTRY_WORDS else stem(folded)
    others = [(FAMILY + family, _FAMILY) for family, _ in families(root)]
    others += [(word, PERHAPS) for word in _BODIES.get(folded, ())]
    if folded in _SEATS:
        others.append((_SEATS[folded], PERHAPS))
    if len(folded) > _LETTERS:
        others.append((folded[:_LETTERS] + BEGINNING, _BEGINNING))
    weight = _DEED if not capital and folded.endswith(("ed", "ing")) else _WORD
    return _Read(root, weight, tuple(others), capital, small=False, numbered=NUMBERED.get(folded, ""))


def rarity_among(candidates: list[Compared]) -> dict[str, float]:
    """How telling each feature of the candidates is, from 0 on: the rarer among them and in general, the more."""
    held_by = Counter(feature for candidate in candidates for feature in candidate.weights)
    return {feature: _rarity(feature, count, len(candidates)) for feature, count in held_by.items()}


def _rarity(feature: str, held_by: int, candidates: int) -> float:
    in_all = held_by + SENTENCES * share(feature) + 0.5
    telling: float = max(log((candidates + SENTENCES + 1) / in_all), 0.0) ** _RARITY
    return telling


def ranked(query: Compared, candidates: list[Compared]) -> list[float]:
    """Score each candidate by how much of what the query says it says, 0 to 1."""
    rarity = rarity_among(candidates)
    for feature in query.weights.keys() - rarity.keys():
        rarity[feature] = _rarity(feature, 0, len(candidates))
    squares = {feature: telling * telling for feature, telling in rarity.items()}
    ours = _length(query, squares)
    if not ours:
        return [0.0] * len(candidates)
    asked = {feature: weight * squares[feature] for feature, weight in query.weights.items()}
    return [_score(query, asked, ours, candidate, _length(candidate, squares)) for candidate in candidates]


def _length(sentence: Compared, squares: Mapping[str, float]) -> float:
    return sqrt(sum(weight * weight * squares[feature] for feature, weight in sentence.weights.items()))


def _score(query: Compared, asked: Mapping[str, float], ours: float, candidate: Compared, theirs: float) -> float:
    both = beside = 0.0
    for feature, weight in candidate.weights.items():
        if feature in asked:
            shared = asked[feature] * weight
            both += shared
            if feature not in candidate.no_event or feature not in query.no_event:
                beside += shared
    if both <= 0.0:
        return 0.0
    both *= _ONLY_NAMES + (1 - _ONLY_NAMES) * min(1.0, beside / both / _BESIDE_NAMES)
    longest: float = ours ** (2 - _LENGTH) * theirs**_LENGTH
    return min(1.0, both / longest)
