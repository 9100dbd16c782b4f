"""Claims as rows of an export: one for each claim and visible assessment, one for a claim that has none."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from functools import lru_cache
from itertools import islice
from typing import Any, Final

from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.db.models import CharField, Value
from django.db.models.functions import Cast

from claims.models import Assessment, User, is_at_least
from claims.models.claim import ClaimQuerySet
from claims.vocabulary import Role

CHUNK: Final = 1_000
Row = list[Any]
Columns = dict[str, str | Cast]


def _as_text(field: str) -> Cast:
    # Making objects of a million keys and times, only to write them, takes longer than all the rest.
    return Cast(field, CharField())


# Columns in their order, and where each comes from.
_OF_CLAIM: Final[Columns] = {
    "claim_id": _as_text("pk"),
    "article_id": _as_text("article_id"),
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
    "opened_at": _as_text("status__opened_at"),
}
_OF_ASSESSMENT: Final[Columns] = {
    "label": "label",
    "strength": "strength",
    "reason": "reason",
    "note": "note",
    "reviewer": "reviewer__username",
    "assessed_at": _as_text("created_at"),
    "updated_at": _as_text("updated_at"),
    "scheme_version": "scheme_version",
}
_OF_STATUS: Final[Columns] = {
    "state": "seen_state",
    "settled_label": "status__settled_label",
    "settled_strength": "status__settled_strength",
    "settled_reason": "status__settled_reason",
    "ruled_label": "ruling__label",
    "ruling_explanation": "ruling__explanation",
}
# What the first pass proposed is for the desk: readers get what people settled.
_OF_PROPOSAL: Final[Columns] = {"proposal_label": "proposal__label", "proposal_why": "proposal__why"}
COLUMNS: Final = (*_OF_CLAIM, *_OF_ASSESSMENT, *_OF_STATUS, *_OF_PROPOSAL)
_CLAIM_ENDS: Final = len(_OF_CLAIM)
_OPENED_AT: Final = _CLAIM_ENDS - 1
_NONE_GIVEN: Final[list[Row]] = [[None] * len(_OF_ASSESSMENT)]


def claim_rows(claims: ClaimQuerySet, viewer: User | AnonymousUser) -> Iterator[Row]:
    """Give the rows of these claims as the viewer may see them, newest first; the values are those of COLUMNS.

    Keys and times are text, the latter in ISO 8601 and UTC. Read in chunks: memory does not grow with their number.
    """
    of_desk = is_at_least(viewer, Role.REVIEWER)
    proposed = _OF_PROPOSAL.values() if of_desk else [Value("") for _ in _OF_PROPOSAL]
    found = claims.newest_first().values_list(*_OF_CLAIM.values(), *_OF_STATUS.values(), *proposed, "status__version")
    with snapshot():
        rows = iter(found.iterator(chunk_size=CHUNK))
        while chunk := list(islice(rows, CHUNK)):
            # Nobody has written about a claim of version 0.
            given = _assessments([key for key, *_, version in chunk if version], viewer)
            for key, article, *row, _ in chunk:
                of_claim = [_key(key), _key(article), *row[: _OPENED_AT - 2], _moment(row[_OPENED_AT - 2])]
                of_status = row[_OPENED_AT - 1 :]
                for assessment in given.get(key, _NONE_GIVEN):
                    yield [*of_claim, *assessment, *of_status]


def _assessments(claims: Iterable[str], viewer: User | AnonymousUser) -> dict[str, list[Row]]:
    """What the viewer may see of the judgements of these claims, the oldest first."""
    given: dict[str, list[Row]] = defaultdict(list)
    visible = Assessment.objects.visible_to(viewer).filter(claim__in=claims).order_by("created_at", "pk")
    for claim, *judgement, begun, changed, scheme in visible.values_list(_as_text("claim"), *_OF_ASSESSMENT.values()):
        given[claim].append([*judgement, _moment(begun), _moment(changed), scheme])
    return given


@lru_cache(maxsize=CHUNK)
def _key(text: str) -> str:
    """A UUID as everybody writes it: SQLite keeps them without hyphens."""
    return text if "-" in text else f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


@lru_cache(maxsize=CHUNK)
def _moment(text: str) -> str:
    """A time in ISO 8601, from the text of either database; both give UTC."""
    return f"{text[:10]}T{text[11:].removesuffix('+00')}Z"


def snapshot() -> AbstractContextManager[Any]:
    """What rows that are streamed are read in."""
    # On PostgreSQL a cursor outside a transaction makes the server gather everything before the first row. On SQLite
    # an open statement is a snapshot by itself, and a transaction would hold the write lock as long as somebody
    # downloads.
    return transaction.atomic() if connection.vendor == "postgresql" else nullcontext()
