"""How much checking a claim is worth: signs in its words and in what the first pass proposes, each with its reason.

It orders the queue and nothing else: it is no judgement, and nobody is shown it as one. What makes a statement worth
checking follows the kinds that fact-checkers name: figures, deeds of somebody named, accusations, harm, laws, health,
and what is to come (Konstantinovskiy and others, Digital Threats 2(2), 2021, article 14).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Protocol

from claims.text.lexicons import lexicon
from claims.vocabulary import Label, Reason

MOST: Final = 9
MOST_REASONS: Final = 3
# What nothing can settle, or everybody knows, comes last whatever its words.
MOST_FOR_OPINION: Final = 1
MOST_FOR_QUESTION: Final = 1
MOST_FOR_BACKGROUND: Final = 2
UNSURE_BELOW: Final = 0.7

_WORD: Final = re.compile(r"\w+(?:['’]\w+)*")
_ENDS_AS_QUESTION: Final = re.compile(r"\?['\"’”)]*\s*\Z")
_YEAR: Final = re.compile(r"(?:1[89]|20)\d\d")
_EN: Final = lexicon("en_worth")
_NEAR: Final = 2
# What stands behind a time of day: “7 p.m.”
_HALVES_OF_DAYS: Final = frozenset(("a", "p", "am", "pm"))
# “Article 4”, “France 24”: a name, unless the number counts what follows or says a share.
_NAME_WITH_NUMBER: Final = re.compile(
    r"\b([A-ZÀ-ÖØ-Þ]\w*+)[ \xa0]\d++(?:\.\d++)*+\b(?!,\d|[ \xa0]?%|[ \xa0](?:people|men|women|children)\b)"
)
# A sentence ends within so many characters of a claim's end.
_LONGEST_END: Final = 10


class Proposed(Protocol):
    """What of a proposal is weighed: read from a text, or stored."""

    @property
    def label(self) -> str:
        """A label of the scheme."""

    @property
    def reason(self) -> str | None:
        """Why it is unsourced; "" or None for nothing."""

    @property
    def confidence(self) -> float:
        """0 to 1."""


@dataclass(frozen=True)
class Worth:
    """How much checking a claim is worth, 0 to 9, and why, in words: at most MOST_REASONS, those that weigh most."""

    points: int
    reasons: tuple[str, ...]


def _forms(stems: Iterable[str]) -> Iterator[str]:
    """Each word with the endings that English verbs and nouns take; some of these forms nobody writes."""
    for stem in stems:
        yield stem
        shortened = stem[:-1] if stem.endswith("e") else stem
        yield from (stem + "s", stem + "es", shortened + "ed", shortened + "ing")
        if stem.endswith("y"):
            yield from (stem[:-1] + "ies", stem[:-1] + "ied")
        elif stem[-1] not in "aeiouwx":
            # “ban”, “banned”: harmless where the letter is not doubled.
            yield from (stem + stem[-1] + "ed", stem + stem[-1] + "ing")


def _stems(name: str) -> frozenset[str]:
    return frozenset(_forms(_EN.words(f"worth_{name}_stems")))


FIGURES: Final = _EN.words("worth_figures")
STATISTICS: Final = _stems("statistics")
COMPARISONS: Final = _EN.words("worth_comparisons")
DATES: Final = _EN.words("worth_dates")
PERIODS: Final = _EN.words("worth_periods")
BEFORE_FIGURES: Final = _EN.words("worth_before_figures")
BESIDE_PERIODS: Final = _EN.words("worth_beside_periods")
HARM: Final = _stems("harm")
GUILT: Final = _stems("guilt")
PREDICTIONS: Final = _EN.words("worth_predictions")
ACTS: Final = _stems("acts")
LAW: Final = _stems("law")
HEALTH: Final = _stems("health")
MONEY: Final = _stems("money")


def worth_of(exact: str, proposal: Proposed | None) -> Worth:
    """Weigh one claim's words and its proposal; the time grows with the words' number and no faster.

    None stands for a first pass that was not sure enough to propose anything.
    """
    words = _WORD.findall(exact)
    lower = [word.lower() for word in words]
    found = [(points, why) for points, is_there, why in _signs(exact, words, lower, proposal) if is_there]
    most, why_low = _most(exact, proposal)
    points = sum(points for points, _ in found)
    low = (why_low,) if points > most and why_low else ()
    weightiest = sorted(found, key=lambda sign: -sign[0])[: MOST_REASONS - len(low)]
    return Worth(min(points, most), tuple(why for sign, why in found if (sign, why) in weightiest) + low)


def _signs(
    exact: str, words: list[str], lower: list[str], proposal: Proposed | None
) -> Iterator[tuple[int, bool, str]]:
    """Every sign: its points, whether it is there, and the reason that it gives."""
    kinds = frozenset(lower)
    acts = bool(kinds & ACTS)
    names = acts and any(word[0].isupper() for word in words[1:])
    yield 2, _has_figure(exact, lower, kinds), "it gives figures"
    yield 1, bool(kinds & STATISTICS) or bool(kinds & COMPARISONS), "it says how much, or how it compares"
    yield 1, _has_date(lower, kinds), "it says when"
    yield 2, bool(kinds & HARM), "it speaks of harm"
    yield 2, bool(kinds & GUILT), "it speaks of guilt"
    yield 1, bool(kinds & LAW), "it says what a law or a court says"
    yield 1, bool(kinds & HEALTH), "it speaks of health"
    yield 1, bool(kinds & MONEY), "it speaks of money"
    yield 1, bool(kinds & PREDICTIONS), "it says what will happen"
    yield 2, names, "it says who did what"
    yield 1, acts and not names, "it says what somebody did"
    unsourced = proposal is not None and proposal.label == Label.UNSOURCED
    yield 2, unsourced, "the first pass found no source"
    yield 1, proposal is None or proposal.confidence < UNSURE_BELOW, "the first pass was not sure"


def _has_figure(exact: str, lower: list[str], kinds: frozenset[str]) -> bool:
    """A number that is neither a year nor a time of day nor part of a name, or a word for one."""
    if not kinds.isdisjoint(FIGURES):
        return True
    return _has_number(lower) and _has_number(_WORD.findall(_NAME_WITH_NUMBER.sub(_only_counted, exact).lower()))


def _only_counted(found: re.Match[str]) -> str:
    return found[0] if found[1].lower() in BEFORE_FIGURES else found[1]


def _has_number(lower: list[str]) -> bool:
    numbers = [at for at, word in enumerate(lower) if word[0].isdecimal()]
    return any(not _YEAR.fullmatch(lower[at]) and _HALVES_OF_DAYS.isdisjoint(lower[at + 1 : at + 2]) for at in numbers)


def _has_date(lower: list[str], kinds: frozenset[str]) -> bool:
    """A day, a month, a year, or a stretch of time with a word beside it that says which."""
    if kinds & DATES or any(word[0].isdecimal() and _YEAR.fullmatch(word) for word in kinds):
        return True
    if not kinds & PERIODS:
        return False
    return any(
        word in PERIODS and not BESIDE_PERIODS.isdisjoint(lower[max(0, place - _NEAR) : place + 1 + _NEAR])
        for place, word in enumerate(lower)
    )


def _most(exact: str, proposal: Proposed | None) -> tuple[int, str]:
    if proposal is not None and proposal.label == Label.OPINION:
        return MOST_FOR_OPINION, "but it reads as opinion"
    if proposal is not None and proposal.label == Label.NOT_A_CLAIM:
        return MOST_FOR_OPINION, "but it states nothing"
    if _ENDS_AS_QUESTION.search(exact[-_LONGEST_END:]):
        return MOST_FOR_QUESTION, "but it asks a question"
    if proposal is not None and proposal.reason == Reason.BACKGROUND:
        return MOST_FOR_BACKGROUND, "but it reads as background"
    return MOST, ""
