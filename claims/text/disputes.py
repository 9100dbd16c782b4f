"""What two statements dispute: numbers, dates, denials, opposites, doers.

Everything here can be pointed at in both texts. Whether the rest of the two is the same is for the caller to weigh.
"""

from collections.abc import Iterable
from typing import Final

from claims.text import polarity_words as cues
from claims.text.circumstance_disputes import circumstance_disputes
from claims.text.deeds import Deed, deeds, is_verb
from claims.text.dispute import Dispute, Kind
from claims.text.number_disputes import both_parts, counted_at_other_times, date_disputes, number_disputes
from claims.text.statement import Span, Statement, Word
from claims.text.stems import stem

_ONE_DOER: Final = frozenset(stem(word) for word in cues.ONE_DOER)
_MUTUAL: Final = frozenset(stem(word) for word in cues.MUTUAL)
_ANYBODY: Final = frozenset(stem(word) for word in cues.ANYBODY)
_SAME_DOERS: Final = tuple(frozenset(stem(word) for word in group) for group in cues.SAME_DOERS)
# How far behind a small word the word is that it belongs to.
_BEHIND: Final = 5
# How far before its verb a form of “be” is.
_BEFORE: Final = 3


def disputes(a: Statement, b: Statement) -> list[Dispute]:
    """Everything that the two dispute, whether or not they speak of the same thing."""
    said = [*_sides(a, b), *_denials(a, b), *_small(a, b), *_doers(a, b)]
    if counted_at_other_times(a, b):
        return _each_once(said)
    numbers = list(number_disputes(a, b))
    if both_parts(a, b):
        return _each_once(numbers)
    # Other numbers in another place are of another event.
    circumstances = [] if numbers else circumstance_disputes(a, b)
    return _each_once([*numbers, *date_disputes(a, b), *said, *circumstances])


def _each_once(found: list[Dispute]) -> list[Dispute]:
    """Without what says again of the same words what was said before it."""
    kept: list[Dispute] = []
    for dispute in found:
        if not any(_again(dispute, other) for other in kept):
            kept.append(dispute)
    return kept


def _again(one: Dispute, other: Dispute) -> bool:
    shared_a, shared_b = set(one.words_a) & set(other.words_a), set(one.words_b) & set(other.words_b)
    return one.kind is other.kind and bool(shared_a) and bool(shared_b)


def _sides(a: Statement, b: Statement) -> Iterable[Dispute]:
    """Words of one family on opposite sides, or on one side and denied in one of the texts."""
    ours, theirs = _by_family(a), _by_family(b)
    for family in sorted((ours.keys() & theirs.keys()) - cues.TELLING_APART):
        mine, others = ours[family], theirs[family]
        sides = {side for _, side in mine}
        if len(sides) != 1 or len({side for _, side in others}) != 1 or sides == {side for _, side in others}:
            continue
        if not any(_same_subject(a, one, b, other) for one, _ in mine for other, _ in others):
            continue
        denied = [word for word, _ in (*mine, *others) if word.negated]
        if denied and not any(word.focus for word in denied):
            continue
        yield Dispute(Kind.NEGATION if denied else Kind.ANTONYM, _spans(mine), _spans(others))


def _spans(found: list[tuple[Word, int]]) -> tuple[Span, ...]:
    return _with_cues(word for word, _ in found)


def _same_subject(a: Statement, one: Word, b: Statement, other: Word) -> bool:
    """Whether what stands before two words in their clauses has something in common, or one stands first."""
    ours, theirs = _led_by(a, one), _led_by(b, other)
    if not ours or not theirs or ours & theirs:
        return True
    # “A judge acquitted the banker”, “the banker was found guilty”.
    return _undergoes(b, other, _behind(a, one)) or _undergoes(a, one, _behind(b, other))


def _undergoes(statement: Statement, word: Word, known: frozenset[str]) -> bool:
    """Whether a form of “be” stands shortly before a word, and before that nothing but what is known."""
    at = statement.words.index(word)
    before = [each for each in statement.words[:at] if each.telling and each.segment == word.segment]
    passive = any(each.lower in cues.BE for each in statement.words[max(0, at - _BEFORE) : at])
    return passive and all(each.keys & known for each in before if not is_verb(each))


def _behind(statement: Statement, word: Word) -> frozenset[str]:
    return frozenset(key for each in statement.content if each.start >= word.end for key in each.keys)


def _led_by(statement: Statement, word: Word) -> frozenset[str]:
    before = [each for each in statement.content if each.segment == word.segment and each.end <= word.start]
    return frozenset(
        key for each in before for key in each.keys if not any(key == f"~{name}" for name, _ in word.sides)
    )


def _with_cues(words: Iterable[Word]) -> tuple[Span, ...]:
    """Where the words stand, and what denies them."""
    return tuple(sorted({span for word in words for span in (word.cue, word.span) if span}))


def _by_family(statement: Statement) -> dict[str, list[tuple[Word, int]]]:
    """The words of each family that tell what happened, each with its side, turned round where it is denied."""
    found: dict[str, list[tuple[Word, int]]] = {}
    for word in statement.content:
        if not word.open and not word.named:
            for family, side in word.sides:
                found.setdefault(family, []).append((word, -side if word.negated else side))
    return found


def _denials(a: Statement, b: Statement) -> Iterable[Dispute]:
    """What one text denies first of all, and the other says."""
    for ours, theirs, turned in ((a, b, False), (b, a, True)):
        for word in ours.words:
            if not word.focus or not word.negated or word.open:
                continue
            if _in_compound(ours, word, theirs.keys):
                continue
            said = [other for other in theirs.content if other.root == word.root]
            if said and not any(other.negated or other.open for other in said):
                denied, holds = _with_cues([word]), _with_cues(said)
                yield Dispute(Kind.NEGATION, *((holds, denied) if turned else (denied, holds)))


def _in_compound(statement: Statement, word: Word, known: frozenset[str]) -> bool:
    """Whether a word goes together with the next, which the other text does not have: not “Patch Tuesday”."""
    at = statement.words.index(word)
    behind = statement.words[at + 1] if at + 1 < len(statement.words) else None
    if behind is None or not (behind.telling or (word.named and behind.counted)):
        return False
    return not behind.lower.endswith("ly") and not behind.keys & known


def _small(a: Statement, b: Statement) -> Iterable[Dispute]:
    """Before and after, for and against: with the same word behind them, or before them."""
    for one, other in cues.SMALL_OPPOSITES:
        for mine, yours in ((one, other), (other, one)):
            ours, theirs = _with_next(a, mine), _with_next(b, yours)
            if _with_next(a, yours) or _with_next(b, mine):
                continue
            for key, word in ours.items():
                if key in theirs:
                    yield Dispute(Kind.ANTONYM, (word.span,), (theirs[key].span,))
                    break


def _with_next(statement: Statement, small: frozenset[str]) -> dict[str, Word]:
    """These small words, by the stem of the telling word behind them."""
    found: dict[str, Word] = {}
    for at, word in enumerate(statement.words):
        if word.lower in small:
            behind = next(
                (other for other in statement.words[at + 1 : at + _BEHIND] if other.telling or other.mark), None
            )
            if behind and behind.telling:
                found.setdefault(behind.root, word)
    return found


def _doers(a: Statement, b: Statement) -> Iterable[Dispute]:
    """One deed with two doers, or with doer and victim changed about."""
    for ours in deeds(a):
        for theirs in deeds(b):
            if not ours.same_deed(theirs) or not ours.doer_keys or not theirs.doer_keys:
                continue
            swapped = ours.doer_keys & theirs.patient_keys and ours.patient_keys & theirs.doer_keys
            if ours.doer_keys & theirs.doer_keys or ours.verb.negated != theirs.verb.negated:
                continue
            if (swapped and ours.verb.root not in _MUTUAL) or _rivals(ours, theirs):
                yield Dispute(
                    Kind.AGENT,
                    tuple(word.span for word in ours.doer),
                    tuple(word.span for word in theirs.doer),
                )


def _rivals(ours: Deed, theirs: Deed) -> bool:
    """Whether it is a deed of one doer, done to the same, by two that cannot be one under two names."""
    if ours.verb.root not in _ONE_DOER and theirs.verb.root not in _ONE_DOER:
        return False
    if not ours.patient_keys & theirs.patient_keys or not ours.definite:
        return False
    if any(ours.doer_roots & group and theirs.doer_roots & group for group in _SAME_DOERS):
        return False
    if ours.doer_named != theirs.doer_named:
        plain = theirs if ours.doer_named else ours
        return not plain.doer_roots & _ANYBODY and not plain.doer_definite
    return True
