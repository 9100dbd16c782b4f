"""Numbers and dates that two statements cannot both be right about, where they are said of the same thing."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from claims.text import polarity_words as cues
from claims.text.deeds import is_verb
from claims.text.dispute import Dispute, Kind
from claims.text.number_words import MEASURES
from claims.text.quantities import Quantity, QuantityKind, clash, same
from claims.text.statement import Statement
from claims.text.stems import stem

_ONCE: Final = frozenset(stem(word) for word in cues.ONCE)
_PERIODS: Final = frozenset(stem(word) for word in cues.PERIODS)
# How far around a number it is looked for what it is the number of.
_NEAR: Final = 6
_MOST_NOUNS: Final = 3
_DIGITS_OF_YEAR: Final = 4
_FIRST: Final = 1800
_LAST: Final = 2100
_LAST_ONES: Final = frozenset({"last"})
_THIS_OR_NEXT: Final = frozenset({"this", "next"})
_DAYS: Final = frozenset({QuantityKind.DATE, QuantityKind.TIME})


def number_disputes(a: Statement, b: Statement) -> Iterable[Dispute]:
    """Numbers of the same thing, neither of which is in the other text as well."""
    for one in a.quantities:
        if one.kind in _DAYS:
            continue
        rivals = [other for other in b.quantities if _comparable(a, one, b, other)]
        if not rivals or any(_clash(a, one, b, other) is False for other in rivals):
            continue
        if any(same(third, other) for other in rivals for third in a.quantities):
            continue
        for other in rivals:
            backwards = [third for third in a.quantities if _comparable(a, third, b, other)]
            if not any(_clash(a, third, b, other) is False for third in backwards):
                kind = Kind.REFERENCE if one.kind is QuantityKind.REFERENCE else Kind.NUMBER
                yield Dispute(kind, ((one.start, one.end),), ((other.start, other.end),))
                break


def counted_at_other_times(a: Statement, b: Statement) -> bool:
    """Whether each says by when it counted, and the two do not agree: “as of Tuesday”, “by midday”."""
    ours, theirs = _counted_by(a), _counted_by(b)
    return bool(ours and theirs and not ours & theirs)


def _counted_by(statement: Statement) -> frozenset[str]:
    """The words of the time that stands behind “as of” or “by”."""
    found = set()
    days = {one.start for one in statement.quantities if one.kind in _DAYS}
    for before, word, behind in zip(statement.words, statement.words[1:], statement.words[2:], strict=False):
        as_of = before.lower == "as" and word.lower == "of"
        at = behind if as_of else word
        if (as_of or before.lower == "by") and (at.start in days or at.lower in cues.COUNTED_BY):
            found.add(at.lower)
    return frozenset(found)


def _comparable(a: Statement, one: Quantity, b: Statement, other: Quantity) -> bool:
    """Whether two quantities can be of the same thing: of one sort, one unit, and said of the same event."""
    if one.kind is not other.kind or _like_a_year(one) or _like_a_year(other):
        return False
    if _clash(a, one, b, other) is None:
        return False
    if one.kind is QuantityKind.REFERENCE:
        return True
    if _age(a.text, one) != _age(b.text, other) or _part(a.text, one) != _part(b.text, other):
        return False
    ours, theirs = _around(a, one), _around(b, other)
    done, done_b = _done(a, one), _done(b, other)
    if done and done_b and not done & done_b:
        return False
    if one.kind is QuantityKind.ORDINAL:
        return bool(_beside(a, one) & _beside(b, other)) and not _beside(a, one) & _PERIODS
    if _events(ours) and _events(theirs) and not _events(ours) & _events(theirs):
        return False
    if not one.unit or not other.unit:
        return bool(_close(a, one) & _close(b, other))
    return bool(ours & theirs) or one.unit == other.unit


def _clash(a: Statement, one: Quantity, b: Statement, other: Quantity) -> bool | None:
    """As `clash`, where both count ages, one thing under two nouns, or people of whatever sort: lives, workers."""
    units = {one.unit, other.unit}
    ages = _age(a.text, one) and _age(b.text, other)
    people = units <= cues.PEOPLE and units & cues.ANY_PEOPLE
    counted = one.kind is QuantityKind.NUMBER and not units & MEASURES.keys() and _nouns(a, one) & _nouns(b, other)
    if ages or people or counted:
        one, other = replace(one, unit=""), replace(other, unit="")
    return clash(one, other)


def _nouns(statement: Statement, one: Quantity) -> frozenset[str]:
    """The stems of the telling words directly behind a number, which are what it counts."""
    found: set[str] = set()
    for word in statement.words:
        if word.start >= one.end:
            if not word.telling or word.lower.endswith("ed") or len(found) == _MOST_NOUNS:
                break
            found.add(word.root)
    return frozenset(found)


def _done(statement: Statement, one: Quantity) -> frozenset[str]:
    """The keys of what those that a number counts did, or what was done to them: the verb directly behind its noun."""
    counted = 0
    for word in statement.words:
        if word.start < one.end:
            continue
        if word.lower in cues.HELPING and counted:
            continue
        if not word.telling or counted > _MOST_NOUNS:
            break
        if is_verb(word):
            return word.keys if counted else frozenset()
        counted += 1
    return frozenset()


def _close(statement: Statement, one: Quantity) -> frozenset[str]:
    """The keys of the two telling words before and behind a quantity."""
    before = [word for word in statement.words if word.telling and word.end <= one.start][-2:]
    behind = [word for word in statement.words if word.telling and word.start >= one.end][:2]
    return frozenset(key for word in (*before, *behind) for key in word.keys)


def _like_a_year(one: Quantity) -> bool:
    """Whether a number can be a year that stands as a name: the 2012 playoffs."""
    digits = one.end - one.start
    return one.kind is QuantityKind.NUMBER and digits == _DIGITS_OF_YEAR and _FIRST <= (one.value or 0) <= _LAST


def _age(text: str, one: Quantity) -> bool:
    """Whether it is an age: a bare number between commas, or years that somebody is old."""
    if text[one.end : one.end + 4].lower() in {"-old", " old"}:
        return True
    return text[: one.start].rstrip().endswith(",") and text[one.end : one.end + 1] in {",", "."} and not one.unit


def _part(text: str, one: Quantity) -> bool:
    """Whether it is said to be some of a greater number: “three of the 12”."""
    return text[one.end : one.end + 4].lower() == " of " or text[: one.start].lower().endswith("of the ")


def both_parts(a: Statement, b: Statement) -> bool:
    """Whether both count some of a greater number: “two of the 14 are missing”, “twelve have been found”."""
    return all(any(_part(each.text, one) for one in each.quantities) for each in (a, b))


def _around(statement: Statement, one: Quantity) -> frozenset[str]:
    """The keys of the telling words near a quantity, in its clause."""
    at = next((at for at, word in enumerate(statement.words) if word.end > one.start), 0)
    segment = statement.words[at].segment if statement.words else 0
    near = [*statement.words[max(0, at - _NEAR) : at], *statement.words[at : at + _NEAR]]
    return frozenset(key for word in near if word.telling and word.segment == segment for key in word.keys)


def _events(keys: frozenset[str]) -> frozenset[str]:
    return frozenset(key for key in keys if key[0] == "~")


def _beside(statement: Statement, one: Quantity) -> frozenset[str]:
    """The stems of the words directly before and behind a quantity."""
    after = next((word for word in statement.words if word.start >= one.end), None)
    before = next((word for word in reversed(statement.words) if word.end <= one.start), None)
    return frozenset(word.root for word in (before, after) if word and not word.small and not word.mark)


def date_disputes(a: Statement, b: Statement) -> Iterable[Dispute]:
    """Days and times of day that differ and are said of the same event."""
    for one in a.quantities:
        if one.kind not in _DAYS:
            continue
        near = _around(a, one)
        rivals = [other for other in b.quantities if clash(one, other) is not None and near & _around(b, other)]
        if any(clash(third, other) is False for third in a.quantities for other in rivals if third.kind in _DAYS):
            continue
        if rivals and all(clash(one, other) for other in rivals):
            spans = tuple((other.start, other.end) for other in rivals)
            yield Dispute(Kind.DATE, ((one.start, one.end),), spans)


def other_time(a: Statement, b: Statement) -> bool:
    """Whether the two tell of other times of what can happen again: other years, other quarters."""
    ours = {other.when.year for other in a.quantities if other.kind is QuantityKind.DATE}
    theirs = {other.when.year for other in b.quantities if other.kind is QuantityKind.DATE}
    once = a.roots & _ONCE and b.roots & _ONCE
    if (_gone(a) and _coming(b)) or (_gone(b) and _coming(a)):
        return True
    if ours - {None} and theirs - {None} and not ours & theirs and not once:
        return True
    return _other_turn(a, b)


def _relative(statement: Statement, first: frozenset[str]) -> bool:
    return any(each.when.relative.split(" ")[0] in first for each in statement.quantities if each.when.relative)


def _gone(statement: Statement) -> bool:
    return _relative(statement, _LAST_ONES) and not _coming(statement)


def _coming(statement: Statement) -> bool:
    return _relative(statement, _THIS_OR_NEXT)


def may_recur(a: Statement, b: Statement) -> bool:
    """Whether what they tell can as well have happened on both days: nothing in both happens once, no number is one."""
    if a.roots & _ONCE and b.roots & _ONCE:
        return False
    if all(any(word.lower in cues.COMING for word in statement.words) for statement in (a, b)):
        return False
    counts = [[each for each in statement.quantities if each.kind not in _DAYS] for statement in (a, b)]
    return not any(clash(one, other) is False for one in counts[0] for other in counts[1])


def _other_turn(a: Statement, b: Statement) -> bool:
    """Whether the two tell of other rounds, quarters or halves."""
    turns = [[each for each in statement.quantities if each.kind is QuantityKind.ORDINAL] for statement in (a, b)]
    return any(
        clash(one, other) and _beside(a, one) & _beside(b, other) & _PERIODS for one in turns[0] for other in turns[1]
    )
