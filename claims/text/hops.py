"""The way a statement took: who said it, on what occasion, and which outlets passed it on."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final, NamedTuple

from claims.text.content_spans import OUTLET_PIECES
from claims.text.findings import Finding
from claims.text.lexicon import OUTLET_NAMES
from claims.text.lexicons import lexicon
from claims.text.phrase_bounds import core_end
from claims.text.shallow_parse import NOMINAL, Parse
from claims.text.sources import Source

# What a step can be; files that bring proposals in are held to it.
HOP_KINDS: Final = frozenset(("source", "occasion", "outlet"))
_OCCASIONS: Final = lexicon("en").words("cue_occasions")
_PREPOSITIONS: Final = frozenset(("in", "on", "at", "during", "after", "via", "through", "with", "to", "by", "from"))
_MOST: Final = 4
_NAMES: Final = frozenset(name.lower() for name in OUTLET_NAMES)
_PASSING: Final = _OCCASIONS | _NAMES | {f"{name}’s" for name in _NAMES}


class Hop(NamedTuple):
    """One step: `kind` is one of HOP_KINDS; `start` and `end` are offsets in the text."""

    kind: str
    start: int
    end: int


def hops_of(parse: Parse, finding: Finding, source: Source, settled: Sequence[Finding]) -> tuple[Hop, ...]:
    """The steps from the first source on: then the occasions, then the outlets between it and this text."""
    first = Hop("outlet" if finding.relays else "source", source.start, source.end)
    steps = [first]
    passing = list(islice(_around(parse, finding), _MOST))
    if not passing and not any(other.relays for other in settled if other is not finding):
        return (first,)
    steps += [hop for hop in passing if hop.kind == "occasion"] + [hop for hop in passing if hop.kind == "outlet"]
    for other in settled:
        if other.relays and other is not finding and other.source is not None and _passes_on(other, finding):
            steps.append(Hop("outlet", parse.words[other.source[0]].start, parse.words[other.source[1]].end))
    return _longest(steps)


def _longest(steps: Sequence[Hop]) -> tuple[Hop, ...]:
    """Each step once: “Public Radio” is a part of “Public Radio of Armenia”, not another step."""
    kept: list[Hop] = []
    for at, step in enumerate(steps):
        wider = any(
            other.start <= step.start and step.end <= other.end and other[1:] != step[1:]
            for other in steps[1:]
            if at and other is not step
        )
        if not wider and all(other[1:] != step[1:] for other in kept):
            kept.append(step)
    return tuple(kept)


def _passes_on(outlet: Finding, finding: Finding) -> bool:
    return any(first <= finding.cue[0] <= last for first, last in outlet.pieces()) or outlet.left is not None


def _around(parse: Parse, finding: Finding) -> Iterator[Hop]:
    """Occasions and outlets named outside the content and the source."""
    if parse.sentence.vocabulary.isdisjoint(_PASSING):
        return
    inside = finding.pieces() + ([finding.source] if finding.source else [])
    tags, words = parse.tags, parse.words
    at = 0
    while at < len(words):
        skipped = next((last for first, last in inside if first <= at <= last), None)
        if skipped is not None:
            at = skipped + 1
            continue
        lower = words[at].lower
        if lower in _OCCASIONS and tags[at] in "unaB?" and _is_venue(parse, at):
            yield Hop("occasion", words[_first_of(parse, at)].start, words[at].end)
        elif tags[at] == "P" and words[at].text[:-2] in OUTLET_NAMES and _is_told(parse, at, finding):
            yield Hop("outlet", words[_first_of(parse, at)].start, words[at].end - 2)
        elif words[at].text in OUTLET_NAMES and finding.cue[0] <= at + 8 and tags[at] == "u":
            if parse.lower(at + 1) in OUTLET_PIECES:
                yield Hop("outlet", words[at].start, words[at].end)
                at += 1
                continue
            first = _first_of(parse, at)
            last = core_end(parse, at) or at
            yield Hop("outlet", words[first].start, words[last].end)
            at = last
        at += 1


def _is_told(parse: Parse, at: int, finding: Finding) -> bool:
    """“told CNN’s Jake Tapper”: the outlet of the one who was told."""
    return finding.cue[0] < at <= finding.cue[1] and parse.tag(at + 1) == "u"


def _first_of(parse: Parse, at: int) -> int:
    while at and parse.tags[at - 1] in NOMINAL and parse.tags[at - 1] not in 'k"':
        at -= 1
    return at


def _is_venue(parse: Parse, at: int) -> bool:
    first = _first_of(parse, at)
    return first > 0 and parse.words[first - 1].lower in _PREPOSITIONS
