"""Claims as rows of an export: one for each claim and visible assessment, one for a claim that has none."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from itertools import islice
from typing import Any, Final
from uuid import UUID

from django.db import connection, transaction

from claims.models import Assessment, User
from claims.models.claim import ClaimQuerySet

CHUNK: Final = 1_000
Row = tuple[Any, ...]

# Columns of the export in their order -> where each comes from.
_BEFORE: Final = {
    "claim_id": "pk",
    "article_id": "article_id",
    "article_title": "article__status__title",
    "outlet": "article__outlet__host",
    "voice": "article__voice",
    "story": "article__status__story__status__title",
    "zone": "zone",
    "unit": "unit",
    "start": "start",
    "end": "end",
    "quote": "exact",
    "prefix": "prefix",
    "suffix": "suffix",
}
_OF_ASSESSMENT: Final = {
    "label": "label",
    "strength": "strength",
    "reason": "reason",
    "note": "note",
    "reviewer": "reviewer__username",
    "assessed_at": "created_at",
    "updated_at": "updated_at",
    "scheme_version": "scheme_version",
}
_AFTER: Final = {
    "state": "seen_state",
    "settled_label": "status__settled_label",
    "settled_strength": "status__settled_strength",
    "ruled_label": "ruling__label",
    "ruling_explanation": "ruling__explanation",
    "opened_at": "status__opened_at",
    "proposal_label": "proposal__label",
    "proposal_why": "proposal__why",
}
COLUMNS: Final = (*_BEFORE, *_OF_ASSESSMENT, *_AFTER)
_NO_ASSESSMENT: Final = (None,) * len(_OF_ASSESSMENT)


def claim_rows(claims: ClaimQuerySet, viewer: User) -> Iterator[Row]:
    """Give the rows of these claims as the viewer may see them, newest first; the values are those of COLUMNS.

    Read in chunks, so that memory does not grow with their number.
    """
    found = claims.filter(status__opened_at__isnull=False).newest_first().values_list(*_BEFORE.values(), *_AFTER.values())
    with _snapshot():
        rows = iter(found.iterator(chunk_size=CHUNK))
        while chunk := list(islice(rows, CHUNK)):
            given = _assessments([row[0] for row in chunk], viewer)
            for row in chunk:
                before, after = row[:len(_BEFORE)], row[len(_BEFORE):]
                for assessment in given.get(row[0], [_NO_ASSESSMENT]):
                    yield (*before, *assessment, *after)


def _assessments(claims: Iterable[UUID], viewer: User) -> dict[UUID, list[Row]]:
    """What the viewer may see of the judgements of these claims, the oldest first."""
    given: dict[UUID, list[Row]] = defaultdict(list)
    visible = Assessment.objects.visible_to(viewer).filter(claim__in=claims).order_by("created_at", "pk")
    for claim, *assessment in visible.values_list("claim_id", *_OF_ASSESSMENT.values()):
        given[claim].append(tuple(assessment))
    return given


def _snapshot() -> AbstractContextManager[Any]:
    # On PostgreSQL a cursor outside a transaction makes the server gather everything before the first row. On SQLite
    # an open statement is a snapshot by itself, and a transaction would hold the write lock as long as somebody
    # downloads.
    return transaction.atomic() if connection.vendor == "postgresql" else nullcontext()
