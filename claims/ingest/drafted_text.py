"""What is found in a text, in a form that processes hand to one another: for imports of many articles.

First zones and sentences, so that an article can be read; what takes longer, what the first pass proposes, comes after.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from claims.text import sentences, zones
from claims.text.languages import Language, language_of
from claims.text.lines import paragraphs_of
from claims.text.reading import Proposal, propose
from claims.text.standing import words_at
from claims.text.worth import worth_of
from claims.text.zones import Zone
from claims.vocabulary import COVERAGE_ZONES, ZoneKind

Span = tuple[int, int]


class DraftedClaim(NamedTuple):
    """A sentence of a headline or body zone: its place in code points, and the words around it."""

    zone: ZoneKind
    start: int
    end: int
    prefix: str
    suffix: str
    folded: str


class DraftedText(NamedTuple):
    """The zones of a text, and its claims in reading order."""

    zones: list[Zone]
    claims: list[DraftedClaim]


class ProposedText(NamedTuple):
    """The language of a text; for each sentence what is proposed, None where nothing is, and how much it is worth."""

    language: Language
    sentences: dict[Span, tuple[Proposal | None, int]]


def drafted_text(text: str) -> DraftedText:
    """Read a text as far as its zones and sentences: those that `claims.text.reading.propose` finds."""
    found = zones.read(text)
    claims = []
    for zone in found:
        if zone.kind not in COVERAGE_ZONES:
            continue
        inside = [(zone.start + at, zone.start + end) for at, end in paragraphs_of(text[zone.start : zone.end])]
        for start, end in sentences.split_paragraphs(text, inside):
            words = words_at(text, start, end)
            claims.append(DraftedClaim(zone.kind, start, end, words.prefix, words.suffix, words.folded))
    return DraftedText(found, claims)


def proposed_text(text: str, found: Sequence[Zone]) -> ProposedText:
    """Read a text whose zones are known, to the end."""
    language, read = language_of(text), {}
    for one in propose(text, found, language):
        # Whatever made it is not handed on: it is many times as much.
        proposed = replace(one, attributions=(), signs=()) if one.proposed else None
        read[one.start, one.end] = (proposed, worth_of(text[one.start : one.end], proposed).points)
    return ProposedText(language, read)


def drafted_texts(texts: Sequence[str]) -> list[DraftedText]:
    """Each of these texts, drafted."""
    return [drafted_text(text) for text in texts]


def proposed_texts(texts: Sequence[tuple[str, Sequence[Zone]]]) -> list[ProposedText]:
    """Each of these texts with its zones, read to the end."""
    return [proposed_text(text, found) for text, found in texts]
