"""The sentences of an article that can hold claims, each with its paragraph and the quotations in it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from claims.text import quotations, sentences, zones
from claims.text.lines import paragraphs_of
from claims.text.quotations import Quotation
from claims.text.words import Sentence
from claims.text.zones import Zone
from claims.vocabulary import COVERAGE_ZONES, ZoneKind


@dataclass(frozen=True, slots=True)
class Placed:
    """A sentence, the number of its paragraph counted through the text, and the kind of zone that it lies in."""

    sentence: Sentence
    paragraph: int
    zone: ZoneKind


@dataclass(frozen=True, slots=True)
class _Paragraph:
    start: int
    end: int
    quotations: list[Quotation]


def sentences_of(text: str, found: Sequence[Zone] | None = None) -> list[Placed]:
    """Every sentence of the headline and body zones of a text, in order; `found` are its zones where they are known."""
    placed: list[Placed] = []
    paragraphs = 0
    for zone in zones.read(text) if found is None else found:
        if zone.kind in COVERAGE_ZONES:
            inside = list(_paragraphs(text, zone))
            placed += _in_zone(text, zone, inside, paragraphs)
            paragraphs += len(inside)
    return placed


def _in_zone(text: str, zone: Zone, paragraphs: list[_Paragraph], before: int) -> Iterator[Placed]:
    at = first = 0
    for start, end in sentences.split_paragraphs(text, [(one.start, one.end) for one in paragraphs]):
        while at + 1 < len(paragraphs) and paragraphs[at].end <= start:
            at, first = at + 1, 0
        quoted = paragraphs[at].quotations if paragraphs else []
        while first < len(quoted) and quoted[first].end <= start:
            first += 1
        last = first
        while last < len(quoted) and quoted[last].start < end:
            last += 1
        yield Placed(Sentence(text, start, end, quoted[first:last]), before + at, zone.kind)


def _paragraphs(text: str, zone: Zone) -> Iterator[_Paragraph]:
    """The paragraphs of a zone; a quotation that one leaves open may go on in the next without a new opening mark."""
    unclosed = False
    for begin, stop in paragraphs_of(text[zone.start : zone.end]):
        start, end = zone.start + begin, zone.start + stop
        found = quotations.find(text, start, end, unclosed=unclosed)
        unclosed = bool(found) and not found[-1].closed
        yield _Paragraph(start, end, found)
