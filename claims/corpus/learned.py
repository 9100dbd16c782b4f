"""What the first pass proposes for a generated sentence: read once for its frame, and moved to each that fills it.

Reading every sentence of a million anew would take many times as long as all the rest.
"""

from dataclasses import dataclass
from functools import cache
from typing import Final, NamedTuple

from claims.corpus.frames import Parts, fill, joined
from claims.corpus.stories import Sentence
from claims.particulars import Mode
from claims.text.languages import Language, language_of
from claims.text.reading import Proposal, propose
from claims.text.zones import Zone
from claims.vocabulary import Label, ZoneKind

Span = tuple[int, int]

# What stands for every name when a frame is read.
_SAMPLE: Final = {
    "town": "Aldenport",
    "other": "Ferswick",
    "region": "Northern Kelheim",
    "river": "Brenn",
    "street": "Mill Street",
    "firm": "Tavirstad Works",
    "day": "Tuesday",
    "date": "March 14",
    "month": "March",
    "who": "Clara Lindgren",
    "role": "mayor of Aldenport",
    "body": "the council of Aldenport",
    "agency": "Northern Wire",
    "n": "340",
    "site": "the old mill of Aldenport",
    "party": "the chamber of engineers",
}
_LEAST_TOLD: Final = 3


class _At(NamedTuple):
    """A border in a frame: so many characters behind the beginning of this part."""

    part: int
    offset: int


_Borders = tuple[_At, _At]


@dataclass(frozen=True)
class Learned:
    """What is proposed for every sentence of one frame."""

    label: Label
    strength: int | None
    reason: str
    rule: str
    confidence: float
    mode: str
    scope: str
    _why: Parts
    _cue: _Borders | None
    _source: _Borders | None
    _content: _Borders | None
    _chain: tuple[tuple[str, _Borders], ...]

    def why(self, sentence: Sentence) -> str:
        """Why it is proposed for this sentence."""
        return "".join(sentence.filled[int(part)] if at % 2 else part for at, part in enumerate(self._why))

    def spans(self, sentence: Sentence, start: int) -> "Spans":
        """Where it is read from in this sentence, which begins at `start` of its text."""
        if not (self._cue or self._source or self._content or self._chain):
            return _NO_SPANS
        starts = _starts(sentence.parts, sentence.filled, start)
        cue, source, content = (one and _moved(one, starts) for one in (self._cue, self._source, self._content))
        return Spans(cue, source, content, tuple((kind, *_moved(borders, starts)) for kind, borders in self._chain))


class Spans(NamedTuple):
    """What a proposal is read from; `chain` is the route of what was said, each step with its kind, start and end."""

    cue: Span | None = None
    source: Span | None = None
    content: Span | None = None
    chain: tuple[tuple[str, int, int], ...] = ()


_NO_SPANS: Final = Spans()


def learned(sentence: Sentence, zone: ZoneKind) -> Learned | None:
    """What is proposed for this sentence; None where the first pass is not sure enough of its frame."""
    return _learned(sentence.parts, zone)


@cache
def _learned(parts: Parts, zone: ZoneKind) -> Learned | None:
    filled = fill(parts, _SAMPLE)
    text = joined(parts, filled)
    found = propose(text, [Zone(0, len(text), zone)], _english())
    if len(found) != 1:
        raise ValueError(f"A frame has to be one sentence, and this is {len(found)}: {text}")
    return _from(found[0], parts, filled) if found[0].proposed else None


@cache
def _english() -> Language:
    return language_of("It is the first of the days that they have for all of us, and this was not what it will be.")


def _from(found: Proposal, parts: Parts, filled: list[str]) -> Learned:
    starts = _starts(parts, tuple(filled), 0)

    def borders(span: Span | None) -> _Borders | None:
        return None if span is None else (_begin(span[0], starts), _end(span[1], starts))

    chain = ((hop.kind, borders((hop.start, hop.end))) for hop in found.chain)
    return Learned(
        label=found.label,
        strength=found.strength,
        reason=found.reason or "",
        rule=found.rule,
        confidence=found.confidence,
        mode="" if found.mode is Mode.NONE else found.mode,
        scope=found.scope or "",
        _why=_told(found.why, filled),
        _cue=borders(found.cue),
        _source=borders(found.source),
        _content=borders(found.content),
        _chain=tuple((kind, one) for kind, one in chain if one is not None),
    )


def _starts(parts: Parts, filled: tuple[str, ...], start: int) -> list[int]:
    """Where each part of a filled frame begins, and where the last one ends."""
    starts = [start]
    for at, part in enumerate(parts):
        start += len(filled[at // 2] if at % 2 else part)
        starts.append(start)
    return starts


def _begin(place: int, starts: list[int]) -> _At:
    """A border that begins something: within what is filled in it stands at its beginning."""
    part = max(at for at in range(len(starts) - 1) if starts[at] <= place)
    return _At(part, 0 if part % 2 else place - starts[part])


def _end(place: int, starts: list[int]) -> _At:
    """A border that ends something: within what is filled in it stands at its end."""
    part = next(at for at in range(len(starts) - 1) if starts[at + 1] >= place)
    return _At(part + 1, 0) if part % 2 else _At(part, place - starts[part])


def _moved(borders: _Borders, starts: list[int]) -> Span:
    first, last = borders
    return starts[first.part] + first.offset, starts[last.part] + last.offset


def _told(why: str, filled: list[str]) -> Parts:
    """The reason in parts: words, and by turns the number of what is filled in there."""
    told = [why]
    for number, words in sorted(enumerate(filled), key=lambda one: -len(one[1])):
        if len(words) < _LEAST_TOLD:
            continue
        cut: list[str] = []
        for at, part in enumerate(told):
            pieces = [part] if at % 2 else part.split(words)
            for place, piece in enumerate(pieces):
                cut += [str(number), piece] if place else [piece]
        told = cut
    return tuple(told)
