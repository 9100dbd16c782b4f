"""Who did what to whom, as far as the order of English words shows it: “A attacked B”, “B was attacked by A”."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

from claims.text import polarity_words as cues
from claims.text.kinship import IRREGULAR, pairs
from claims.text.polarity_words import words_of
from claims.text.statement import Statement, Word
from claims.text.stems import stem

_PAST: Final = frozenset(form for form, base in pairs(IRREGULAR).items() if form != base)
_ACTING: Final = frozenset(stem(word) for word in cues.ONE_DOER)
MOST_DEEDS: Final = 12
# How far before and behind a verb its doer and its victim are looked for.
_REACH: Final = 10
_STOPS: Final = words_of("in on at over after before during for from near with against amid despite within worth")
# Parts of verbs of two words: “shot down”, “carried out”.
_WITH_VERBS: Final = words_of("down out up off over")
_PREPOSITIONS: Final = words_of("in on at after before during for from near with against amid by to of as into")
_NOT_VERBS: Final = words_of(
    "red bed need united armed allied wed hundred indeed speed feed seed led people news lives"
)


@dataclass(frozen=True)
class Deed:
    """A verb with the words for who did it and for what it was done to; either may be empty."""

    verb: Word
    doer: tuple[Word, ...]
    patient: tuple[Word, ...]
    doer_definite: bool
    definite: bool

    @cached_property
    def doer_keys(self) -> frozenset[str]:
        return frozenset(key for word in self.doer for key in word.keys)

    @cached_property
    def doer_roots(self) -> frozenset[str]:
        return frozenset(word.root for word in self.doer)

    @cached_property
    def doer_named(self) -> bool:
        return any(word.named for word in self.doer)

    @cached_property
    def patient_keys(self) -> frozenset[str]:
        return frozenset(key for word in self.patient for key in word.keys)

    def same_deed(self, other: "Deed") -> bool:
        """Whether the two verbs can tell of one deed."""
        return bool(self.verb.keys & other.verb.keys)


def is_verb(word: Word) -> bool:
    """Whether a word has the form of a verb in the past, which it mostly is."""
    if not word.telling or word.named or word.lower in _NOT_VERBS:
        return False
    return word.lower in _PAST or word.lower in cues.UNCHANGED or word.lower.endswith("ed")


def deeds(statement: Statement) -> list[Deed]:
    """The deeds of a statement, in its order; at most MOST_DEEDS."""
    found: list[Deed] = []
    for at, word in enumerate(statement.words):
        if len(found) == MOST_DEEDS:
            break
        if is_verb(word) or (word.telling and word.root in _ACTING and _present(statement.words, at)):
            found.append(_deed(statement.words, at))
    return found


def subject(statement: Statement) -> list[Word]:
    """The telling words before the first verb of a statement; [] where there is none, or nothing before it."""
    for at, word in enumerate(statement.words):
        if not word.voice and (word.lower in cues.HELPING or is_verb(word)):
            return [other for other in statement.words[:at] if other.telling]
    return []


def _present(words: list[Word], at: int) -> bool:
    """Whether a verb in its base form or its third person stands there: behind “will”, or ending in s."""
    before = words[at - 1].lower if at else ""
    return before in {"will", "would", "did"} or (words[at].lower.endswith("s") and at > 0 and words[at - 1].telling)


def _deed(words: list[Word], at: int) -> Deed:
    helped = next((word for word in reversed(words[:at]) if not word.lower.endswith("ly")), None)
    if helped is not None and helped.lower in cues.BE:
        by = next(
            (place for place in range(at + 1, min(len(words), at + 1 + _REACH)) if words[place].lower == "by"), None
        )
        doer = _phrase(words, by + 1) if by is not None else []
        patient = _before(words, at)
    elif _has_object(words, at):
        doer, patient = _before(words, at), _phrase(words, at + 1, through=True)
    else:  # “Woman killed in crash”: nobody says who did it
        doer, patient = [], _before(words, at)
    return Deed(words[at], tuple(doer), tuple(patient), _the(words, doer), _the(words, patient))


def _has_object(words: list[Word], at: int) -> bool:
    """Whether something stands behind a verb that it can be done to, and no preposition."""
    behind = next((word for word in words[at + 1 :] if word.lower not in _WITH_VERBS), None)
    return behind is not None and not behind.mark and behind.lower not in _PREPOSITIONS


def _the(words: list[Word], phrase: list[Word]) -> bool:
    """Whether a phrase is of something known: with “the” before it, or a name."""
    if not phrase:
        return False
    if any(word.named for word in phrase):
        return True
    at = words.index(phrase[0])
    while at > 0 and words[at - 1].counted:
        at -= 1
    return at > 0 and words[at - 1].lower in {"the", "his", "her", "their", "its", "this"}


def _before(words: list[Word], at: int) -> list[Word]:
    """The telling words before a verb, up to the beginning of its clause."""
    found: list[Word] = []
    for word in reversed(words[max(0, at - _REACH) : at]):
        if word.mark or word.lower in cues.ENDING or is_verb(word):
            break
        if word.telling:
            found.insert(0, word)
    return found


def _phrase(words: list[Word], at: int, *, through: bool = False) -> list[Word]:
    """The telling words from a place on, up to a mark or another verb; not `through` a preposition of place or time."""
    found: list[Word] = []
    for word in words[at : at + _REACH]:
        if word.mark or word.lower in cues.ENDING or (found and is_verb(word)):
            break
        if not through and word.lower in _STOPS:
            break
        if word.telling:
            found.append(word)
    return found
