"""All that a first reading finds in a text, in a form that processes hand to one another: for imports of many articles.

Nothing here needs a database.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from claims.text import zones
from claims.text.languages import Language, language_of
from claims.text.reading import Proposal, propose
from claims.text.standing import words_at
from claims.text.worth import worth_of
from claims.text.zones import Zone
from claims.vocabulary import COVERAGE_ZONES, ZoneKind


class DraftedClaim(NamedTuple):
    """A sentence of a headline or body zone: its place in code points, and the words around it.

    `worth` says how much it is worth to be checked; `proposed` is None where the first pass is not sure enough.
    """

    zone: ZoneKind
    start: int
    end: int
    prefix: str
    suffix: str
    folded: str
    worth: int
    proposed: Proposal | None


class DraftedText(NamedTuple):
    """The zones of a text, its language, and its claims in reading order."""

    zones: list[Zone]
    language: Language
    claims: list[DraftedClaim]


def drafted_text(text: str) -> DraftedText:
    """Read a text to the end."""
    found, language = zones.read(text), language_of(text)
    starts = [zone.start for zone in found]
    claims = []
    for one in propose(text, found, language):
        zone = found[bisect_right(starts, one.start) - 1].kind
        if zone not in COVERAGE_ZONES:
            continue
        words = words_at(text, one.start, one.end)
        # Whatever made it is not handed on: it is many times as much.
        proposed = replace(one, attributions=(), signs=()) if one.proposed else None
        worth = worth_of(words.exact, proposed).points
        claims.append(DraftedClaim(zone, one.start, one.end, words.prefix, words.suffix, words.folded, worth, proposed))
    return DraftedText(found, language, claims)


def drafted_texts(texts: Sequence[str]) -> list[DraftedText]:
    """Each of these texts, read."""
    return [drafted_text(text) for text in texts]
