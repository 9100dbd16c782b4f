"""Where and of what one thing happened, said in two ways: “born in Brno” and “born in Ostrava”, “died of” two causes.

Only where the verb tells of what happens once to one known thing, and all the rest of the two is the same.
"""

from collections.abc import Iterable
from typing import Final, NamedTuple

from claims.text import polarity_words as cues
from claims.text.deeds import deeds
from claims.text.dispute import Dispute, Kind
from claims.text.polarity_words import words_of
from claims.text.statement import Statement, Word
from claims.text.stems import stem

_PLACED_ONCE: Final = frozenset(stem(word) for word in cues.PLACED_ONCE)
_PLACES: Final = words_of("in at near off outside inside")
_KNOWN: Final = words_of("the his her their its this these")
_CAUSES: Final = words_of("of from")
_DYING: Final = stem("die")
_BEARING: Final = stem("born")
_MOST_WORDS: Final = 5


class _Said(NamedTuple):
    """What stands behind a preposition, and what happened there or of that."""

    verb: frozenset[str]
    about: frozenset[str]
    words: tuple[Word, ...]


def circumstance_disputes(a: Statement, b: Statement) -> Iterable[Dispute]:
    """Places and causes that differ, of one deed done to one known thing."""
    for found in (_places, _causes):
        ours, theirs = found(a), found(b)
        for one in ours:
            for other in theirs:
                if one.verb & other.verb and one.about & other.about and not _met(one, b) and not _met(other, a):
                    spans_a = tuple(word.span for word in one.words)
                    yield Dispute(Kind.REFERENCE, spans_a, tuple(word.span for word in other.words))


def _met(said: _Said, elsewhere: Statement) -> bool:
    """Whether any word of it stands in the other text as well: “Geneva” and “the Swiss city of Geneva”."""
    return any(word.keys & elsewhere.keys for word in said.words)


def _places(statement: Statement) -> list[_Said]:
    """The one place that stands behind a verb of what happens once, where it is the only one."""
    if statement.roots.isdisjoint(_PLACED_ONCE):
        return []
    happened = [deed for deed in deeds(statement) if deed.verb.root in _PLACED_ONCE and not deed.verb.negated]
    if len(happened) != 1 or happened[0].verb.open:
        return []
    deed = happened[0]
    words = statement.words
    behind = [at for at, word in enumerate(words) if word.lower in _PLACES and word.start >= deed.verb.end]
    first = words[behind[0]].start if behind else 0
    to_whom = [word for word in deed.patient if word.end <= first]
    about = frozenset(key for word in to_whom for key in word.keys)
    # Who is born is somebody, even where a capital at the beginning does not show it.
    known = deed.verb.root == _BEARING or any(word.named or _the(words, word) for word in to_whom)
    found = {named[0].start: named for at in behind if (named := _named_behind(words, at))}
    return [_Said(deed.verb.keys, about, named) for named in found.values()] if known and len(found) == 1 else []


def _the(words: list[Word], word: Word) -> bool:
    """Whether “the” or whose it is stands before a phrase."""
    at = words.index(word)
    while at > 0 and words[at - 1].telling:
        at -= 1
    return at > 0 and words[at - 1].lower in _KNOWN


def _named_behind(words: list[Word], at: int) -> tuple[Word, ...]:
    """The name behind a preposition, with nothing but small words and what sort of place it is before it."""
    behind = words[at + 1 : at + 1 + _MOST_WORDS]
    first = next((place for place, word in enumerate(behind) if word.named and not word.counted), None)
    if first is None or any(word.mark for word in behind[:first]):
        return ()
    found = []
    for word in behind[first:]:
        if not word.named or word.counted:
            break
        found.append(word)
    return tuple(found)


def _causes(statement: Statement) -> list[_Said]:
    """What somebody died of."""
    if _DYING not in statement.roots:
        return []
    words = statement.words
    for at, word in enumerate(words[:-2]):
        if word.root == _DYING and not word.negated and words[at + 1].lower in _CAUSES:
            about = frozenset(key for each in words[:at] if each.telling for key in each.keys)
            cause: list[Word] = []
            for each in words[at + 2 : at + 2 + _MOST_WORDS]:
                if each.mark or each.lower in cues.ENDING or each.lower in _PLACES or each.lower in _CAUSES:
                    break
                if each.telling:
                    cause.append(each)
            if cause and not any(each.named for each in cause):
                return [_Said(word.keys, about, tuple(cause))]
    return []
