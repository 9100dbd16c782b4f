"""The rows of a sentence that a reading stores, in the columns of their tables: its claim, and what is proposed."""

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from claims.models import Revision
from claims.particulars import Mode
from claims.text import reading
from claims.text.standing import words_at
from claims.vocabulary import ClaimUnit, ZoneKind

Span = tuple[int, int]


class ClaimRow(NamedTuple):
    """A new claim."""

    id: UUID
    article_id: UUID
    revision_id: UUID
    zone: str
    unit: str
    start: int
    end: int
    exact: str
    prefix: str
    suffix: str
    folded: str


class StatusRow(NamedTuple):
    """What is known of a new claim's work; all else is as the model has it."""

    claim_id: UUID
    opened_at: datetime
    needed: int
    worth: int


class ProposalRow(NamedTuple):
    """What the first pass proposes for a claim."""

    claim_id: UUID
    label: str
    strength: int | None
    reason: str
    rule: str
    why: str
    confidence: float
    cue: Span | None
    source: Span | None
    content: Span | None
    mode: str
    scope: str
    chain: list[dict[str, Any]]
    reader_version: int


class ZoneRow(NamedTuple):
    """A zone of a text."""

    revision_id: UUID
    kind: str
    start: int
    end: int


def claim_row(key: UUID, revision: Revision, place: Span, zone: ZoneKind) -> ClaimRow:
    """The claim of the sentence at this place of the text."""
    words = words_at(revision.text, *place)
    return ClaimRow(
        key,
        revision.article_id,
        revision.pk,
        zone,
        ClaimUnit.SENTENCE,
        *place,
        words.exact,
        words.prefix,
        words.suffix,
        words.folded,
    )


def proposal_row(key: UUID, found: reading.Proposal) -> ProposalRow:
    """What the first pass proposes for the claim with this key."""
    return ProposalRow(
        key,
        found.label,
        found.strength,
        found.reason or "",
        found.rule,
        found.why,
        found.confidence,
        found.cue,
        found.source,
        found.content,
        "" if found.mode is Mode.NONE else found.mode,
        found.scope or "",
        [{"kind": hop.kind, "start": hop.start, "end": hop.end} for hop in found.chain],
        reading.READER_VERSION,
    )
