"""A claim as it is compared with another: its words with what they stand for, and which of them are denied or open."""

import re
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Final

from claims.text import polarity_words as cues
from claims.text.fold import fold
from claims.text.kinship import BODIES, SEATS, SMALL, lines, pairs
from claims.text.quantities import Quantity, quantities
from claims.text.stems import families, stem
from claims.text.titles import COUNTRY_WORDS, PEOPLES

Span = tuple[int, int]

# A claim is a sentence or a few; of what is longer, so much is compared.
MOST_TEXT: Final = 1_500
_MOST_WORDS: Final = 200
# How many words behind a denying one it reaches at most.
_REACH: Final = 14
# Each is compared with each of another claim.
_MOST_QUANTITIES: Final = 16
_VOICE: Final = 9
_SAID_AT_LEAST: Final = 3
_REMEMBERED: Final = 4_096
# Where more of the words than this are capitals, a capital does not tell a name.
_HEADLINE: Final = 0.65
_LEXICON: Final = re.compile(rf"[^\W_]+(?:['’.,][^\W_]+)*[\u0300-\u036f\u0900-\u0dff]*|{cues.CLAUSE_MARK.pattern}")
_SMALL: Final = frozenset(SMALL.split()) | {"some", "one", "several"}
_SEATS: Final = pairs(SEATS)
_BODIES: Final = lines(BODIES)


@dataclass(slots=True, eq=False)
class Word:
    """A word at `text[start:end]`; `keys` is all that it can be met by in another text: its stem, a country, a body.

    `negated` says that it is denied (an odd number of times), `open` that it need not have happened. `focus` marks the
    word that a denial is about and `cue` is where that denial stands; `voice` marks words that only say who says so.
    """

    start: int
    end: int
    lower: str
    root: str
    keys: frozenset[str]
    sides: tuple[tuple[str, int], ...]
    named: bool
    small: bool
    mark: bool = False
    counted: bool = False
    negated: bool = False
    open: bool = False
    focus: bool = False
    voice: bool = False
    segment: int = 0
    cue: Span | None = None

    @property
    def span(self) -> Span:
        return self.start, self.end

    @property
    def telling(self) -> bool:
        """Whether it says something of its own of what the claim is about."""
        return not (self.small or self.mark or self.voice or self.counted)


@dataclass(frozen=True)
class Statement:
    """A claim's words and quantities, in its order."""

    text: str
    words: list[Word]
    quantities: list[Quantity]
    content: list[Word] = field(default_factory=list)

    @cached_property
    def keys(self) -> frozenset[str]:
        """All keys of its telling words."""
        return frozenset(key for word in self.content for key in word.keys)

    @cached_property
    def roots(self) -> frozenset[str]:
        """The stems of its telling words."""
        return frozenset(word.root for word in self.content)


@lru_cache(_REMEMBERED)
def read(text: str) -> Statement:
    """Read a claim; the first MOST_TEXT characters of it. Linear in its length."""
    text = text[:MOST_TEXT]
    found = quantities(text)[:_MOST_QUANTITIES]
    words = _words(text, found)
    _two_words(words)
    _names(words)
    _voices(words)
    _polarity(words)
    return Statement(text, words, found, [word for word in words if word.telling])


def _words(text: str, found: list[Quantity]) -> list[Word]:
    words: list[Word] = []
    segment, at = 0, 0
    for match in _LEXICON.finditer(text):
        while at < len(found) and found[at].end <= match.start():
            at += 1
        lower = fold(match[0])
        mark = not lower[:1].isalnum()
        segment += mark or lower in cues.ENDING
        bare = lower.removesuffix("'s").rstrip("'")
        root = stem(bare)
        word = Word(
            match.start(),
            match.end(),
            lower,
            root,
            _keys(bare, root),
            families(root),
            named=match[0][0].isupper(),
            small=bare in _SMALL or lower.endswith("n't") or bare in cues.ALWAYS_DENYING,
            mark=mark,
            counted=at < len(found) and found[at].start < match.end(),
            segment=segment,
        )
        words.append(word)
        if len(words) == _MOST_WORDS:
            break
    return words


def _keys(bare: str, root: str) -> frozenset[str]:
    one = bare.removesuffix("s")
    country = PEOPLES.get(bare) or PEOPLES.get(one) or (bare if bare in COUNTRY_WORDS else "")
    keys = {country or root}
    seat = _SEATS.get(bare)
    if seat:
        keys.add(seat)
    if bare in _BODIES:
        keys.update(stem(word) for word in _BODIES[bare])
    keys.update(f"~{family}" for family, _ in families(root))
    return frozenset(keys)


def _two_words(words: list[Word]) -> None:
    """Read a verb of two words as the verb that says the same: “turned down” as “rejected”."""
    for word, behind in pairwise(words):
        meant = cues.TWO_WORDS.get((word.root, behind.lower))
        if meant:
            word.root = stem(meant)
            word.keys, word.sides = _keys(meant, word.root), families(word.root)


def _names(words: list[Word]) -> None:
    """Keep as names what has a capital that its place does not give it."""
    plain = [word for word in words if not word.mark]
    capitals = sum(word.named for word in plain)
    headline = len(plain) > 3 and capitals > _HEADLINE * len(plain)
    before: Word | None = None
    for word in words:
        first = before is None or before.lower in {".", "!", "?", '"'}
        known = word.lower.removesuffix("'s") in COUNTRY_WORDS or word.lower in PEOPLES
        word.named = word.named and not word.small and (known or not (first or headline))
        before = word


def _voices(words: list[Word]) -> None:
    """Mark who says so: before a verb of speech at the beginning, behind the last comma, behind “according to”."""
    for at, word in enumerate(words):
        if word.lower == "according":
            for other in words[at:]:
                if other.mark:
                    break
                other.voice = True
        elif at <= _VOICE and at + _SAID_AT_LEAST < len(words) and _says(words, at):
            for other in words[: at + 1]:
                other.voice = True
    last = max((at for at, word in enumerate(words[:-1]) if word.mark and word.lower in {",", '"'}), default=-1)
    tail = words[last + 1 :]
    if last >= _SAID_AT_LEAST and len(tail) <= _VOICE and any(word.lower in cues.SAYING_LAST for word in tail):
        for word in tail:
            word.voice = True


def _says(words: list[Word], at: int) -> bool:
    behind = words[at + 1].lower if at + 1 < len(words) else ""
    if at and words[at - 1].lower in cues.BE | cues.ALWAYS_DENYING:  # “were told”
        return False
    if any(other.mark for other in words[:at]):
        return False
    return words[at].lower in cues.SAYING or (words[at].lower in cues.SAYING_THAT and behind in {"that", ":", '"', ","})


def _polarity(words: list[Word]) -> None:
    for at, word in enumerate(words):
        after = words[at + 1].lower if at + 1 < len(words) else ""
        if at == 0 and word.lower == "without":  # “without the loan it would fail”: a condition
            for other in _reach(words, at):
                other.open = True
        elif _denies(word, after):
            word.small = True
            _deny(words, at)
        elif word.lower in cues.OPEN and not word.named:
            for other in _reach(words, at):
                other.open = True


def _denies(word: Word, after: str) -> bool:
    if word.voice:
        return False
    if word.lower in cues.RULING_OUT and after == "out":
        return True
    if word.lower.endswith("n't"):
        return True
    if word.lower not in cues.DENYING or after in cues.NOT_DENYING.get(word.lower, ()):
        return False
    needed = cues.DENYING_WITH.get(word.lower)
    return needed is None or after in needed


def _deny(words: list[Word], at: int) -> None:
    reached = _reach(words, at)
    telling = [word for word in reached if not (word.small or word.mark) and not word.lower.endswith("ly")]
    if not telling:
        return
    first = telling[0]
    if first.lower in cues.SPEAKING and words[at].lower not in {"denied", "denies", "deny", "denying"}:
        first.negated, first.focus = not first.negated, True
        for word in telling[1:]:
            word.open = True
        return
    behind = words.index(reached[-1]) + 1
    but = behind < len(words) and words[behind].lower == "but"
    if but and behind + 1 < len(words) and words[behind + 1].lower in cues.CONTRASTED:
        for word in telling:  # “not the hospital but the barracks”
            word.open = True
        return
    first.focus, first.cue = True, words[at].span
    for word in reached:
        word.negated = not word.negated


def _reach(words: list[Word], at: int) -> list[Word]:
    """The words behind a cue that it speaks of: up to the end of its clause."""
    reached: list[Word] = []
    for word in words[at + 1 : at + 1 + _REACH]:
        if word.mark or (word.lower in cues.ENDING and reached):
            break
        reached.append(word)
    return reached
