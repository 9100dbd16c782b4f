"""Which claims of other articles tell of the same as one, and whether two of them agree or contradict each other.

No model and no learning: a ranking by terms (claims.text.terms), and reasons that can be pointed at in both texts. A
contradiction is only called one where something shows it while the rest is the same; nothing here decides for people.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from claims.text.apart import two_things
from claims.text.dispute import Dispute, Kind
from claims.text.disputes import disputes
from claims.text.fold import fold
from claims.text.number_disputes import may_recur, other_time
from claims.text.quantities import same
from claims.text.ranking import compared, ranked
from claims.text.statement import MOST_TEXT, Span, Statement, Word, read

__all__ = ["Reason", "Sign", "explain", "rank", "relate"]

MOST_SPANS: Final = 12
_MOST_LISTED: Final = 6
_LONGEST_STRETCH: Final = 60
# So many of the telling words of the one that says less must be in the other, and of the one that says more.
_SAME_LESS: Final = 0.7
_SAME_MORE: Final = 0.3
_AGREE_LESS: Final = 0.6
_AGREE_MORE: Final = 0.4


class Sign(StrEnum):
    """What brings two claims together or sets them against each other."""

    SHARED_NAMES = "shared_names"
    SHARED_NUMBERS = "shared_numbers"
    SHARED_EVENT_WORDS = "shared_event_words"
    SHARED_WORDS = "shared_words"
    NUMBER_MISMATCH = "number_mismatch"
    DATE_MISMATCH = "date_mismatch"
    REFERENCE_MISMATCH = "reference_mismatch"
    NEGATION = "negation"
    ANTONYM = "antonym"
    AGENT_MISMATCH = "agent_mismatch"
    OTHER_THING = "other_thing"


@dataclass(frozen=True)
class Reason:
    """One sign with its words in both claims, as spans in code points, and in words for a reviewer."""

    code: Sign
    words_a: tuple[Span, ...]
    words_b: tuple[Span, ...]
    sentence: str


_SIGNS: Final = {
    Kind.NUMBER: (Sign.NUMBER_MISMATCH, "numbers differ: {} against {}"),
    Kind.REFERENCE: (Sign.REFERENCE_MISMATCH, "what they refer to differs: {} against {}"),
    Kind.DATE: (Sign.DATE_MISMATCH, "dates differ: {} against {}"),
    Kind.NEGATION: (Sign.NEGATION, "one is negated: {} against {}"),
    Kind.ANTONYM: (Sign.ANTONYM, "opposites: {} against {}"),
    Kind.AGENT: (Sign.AGENT_MISMATCH, "who did it differs: {} against {}"),
}


def rank(query: str, candidates: list[str]) -> list[float]:
    """Score each candidate by how likely it is about the same event or claim as the query, 0 to 1."""
    return ranked(compared(query), [compared(candidate) for candidate in candidates])


def relate(pairs: list[tuple[str, str]]) -> list[str]:
    """Say of each pair whether the two "corroborate" or "contradict" each other, or "other"."""
    return [_relation(read(a[:MOST_TEXT]), read(b[:MOST_TEXT])) for a, b in pairs]


def _relation(a: Statement, b: Statement) -> str:
    if not a.content or not b.content:
        return "other"
    found = disputes(a, b)
    kinds = {dispute.kind for dispute in found}
    apart = two_things(a, b, found) is not None or other_time(a, b)
    less, more = shares(a, b, found)
    if apart:
        return "other"
    if not found:
        return "corroborate" if less >= _AGREE_LESS and more >= _AGREE_MORE else "other"
    if less < _SAME_LESS or more < _SAME_MORE:
        return "other"
    if Kind.DATE in kinds and (len(kinds) > 1 or may_recur(a, b)):
        return "other"
    return "contradict"


def explain(a: str, b: str) -> list[Reason]:
    """Give every sign that two claims share or dispute something, what they share first; [] where there is none.

    Offsets are code points of the claims as they were given; of each claim the first MOST_TEXT characters are read.
    """
    one, other = read(a[:MOST_TEXT]), read(b[:MOST_TEXT])
    found = disputes(one, other)
    reasons = [*_shared(one, other, found), *(_disputed(one, other, dispute) for dispute in found)]
    apart = two_things(one, other, found)
    if apart:
        ours, theirs = ([word.span for word in words] for words in apart)
        sentence = f"only one has {_listed(one, ours)}, only the other {_listed(other, theirs)}"
        reasons.append(_reason(Sign.OTHER_THING, ours, theirs, sentence))
    return reasons


def _disputed(a: Statement, b: Statement, dispute: Dispute) -> Reason:
    code, sentence = _SIGNS[dispute.kind]
    told = _stretch if dispute.kind is Kind.NEGATION else _listed
    words = told(a, dispute.words_a), told(b, dispute.words_b)
    return _reason(code, dispute.words_a, dispute.words_b, sentence.format(*words))


def _shared(a: Statement, b: Statement, found: list[Dispute]) -> Iterable[Reason]:
    """What both have, each word under one sign: names, numbers, words for the same sort of event, other words."""
    disputed = {span for dispute in found for span in (*dispute.words_a, *dispute.words_b)}
    by_key: dict[str, list[Word]] = {}
    for word in b.content:
        for key in word.keys:
            by_key.setdefault(key, []).append(word)
    left: dict[Sign, tuple[set[Span], set[Span]]] = {sign: (set(), set()) for sign in _SHARING}
    for word in a.content:
        partners = [other for key in word.keys for other in by_key.get(key, ())]
        if partners and word.span not in disputed:
            ours, theirs = left[_sign(word, partners)]
            ours.add(word.span)
            theirs.update(other.span for other in partners)
    for number in a.quantities:
        equal = {(other.start, other.end) for other in b.quantities if same(number, other)}
        if equal:
            left[Sign.SHARED_NUMBERS][0].add((number.start, number.end))
            left[Sign.SHARED_NUMBERS][1].update(equal)
    for sign, (ours, theirs) in left.items():
        if ours:
            yield _reason(sign, ours, theirs, f"{_SHARING[sign]} {_listed(a, ours)}{_other_words(a, ours, b, theirs)}")


_SHARING: Final = {
    Sign.SHARED_NAMES: "both name",
    Sign.SHARED_NUMBERS: "both give",
    Sign.SHARED_EVENT_WORDS: "both tell of the same sort of event:",
    Sign.SHARED_WORDS: "both say",
}


def _sign(word: Word, partners: list[Word]) -> Sign:
    if word.named or any(other.named for other in partners):
        return Sign.SHARED_NAMES
    return Sign.SHARED_EVENT_WORDS if word.sides else Sign.SHARED_WORDS


def _listed(statement: Statement, spans: Iterable[Span]) -> str:
    """The words at these spans, each once, as a list in a sentence."""
    words = list(dict.fromkeys(statement.text[start:end] for start, end in _joined(statement, spans)))[:_MOST_LISTED]
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def _joined(statement: Statement, spans: Iterable[Span]) -> list[Span]:
    """The spans in their order, those with nothing but a space between them as one."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and statement.text[joined[-1][1] : start] == " ":
            joined[-1] = joined[-1][0], end
        else:
            joined.append((start, end))
    return joined


def _stretch(statement: Statement, spans: tuple[Span, ...]) -> str:
    """The text from the first of the words to the last, where it is short enough to be quoted."""
    start, end = spans[0][0], max(end for _, end in spans)
    return f"“{statement.text[start:end]}”" if end - start <= _LONGEST_STRETCH else _listed(statement, spans)


def _other_words(a: Statement, ours: Iterable[Span], b: Statement, theirs: Iterable[Span]) -> str:
    """The words of the other claim, where they are not the same."""
    here, there = _listed(a, ours), _listed(b, theirs)
    return "" if fold(here) == fold(there) else f" ({there})"


def _reason(code: Sign, ours: Iterable[Span], theirs: Iterable[Span], sentence: str) -> Reason:
    return Reason(code, tuple(sorted(ours))[:MOST_SPANS], tuple(sorted(theirs))[:MOST_SPANS], sentence)


def shares(a: Statement, b: Statement, found: Iterable[Dispute]) -> tuple[float, float]:
    """How much of the claim that says less is in the other, and of the one that says more; disputed words left out."""
    spans_a = {span for dispute in found for span in dispute.words_a}
    spans_b = {span for dispute in found for span in dispute.words_b}
    ours, theirs = _share(a, b, spans_a), _share(b, a, spans_b)
    return max(ours, theirs), min(ours, theirs)


def _share(of: Statement, within: Statement, left_out: set[Span]) -> float:
    known = within.keys
    whole = both = 0.0
    for word in of.content:
        if word.span in left_out:
            continue
        weight = 1.5 if word.named else 1.0
        whole += weight
        both += weight * bool(word.keys & known)
    return both / whole if whole else 0.0
