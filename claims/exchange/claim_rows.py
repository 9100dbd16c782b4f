"""Claims as rows of an export: one for each claim and visible assessment, one for a claim that has none."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from itertools import islice
from typing import Any, Final
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.db.models import Case, CharField, F, Value, When
from django.db.models.functions import Cast, Coalesce

from claims.exchange.as_text import as_key, as_moment, as_text, own_key
from claims.exchange.claim_details import NOT_SETTLED, UNTOUCHED, Details
from claims.exchange.names import REVIEWER_NAME
from claims.models import Assessment, User, is_at_least
from claims.models.claim import ClaimQuerySet
from claims.vocabulary import ASSESSMENTS_NEEDED, SETTLED, Role

# So many that the few queries of a chunk are little beside its rows.
CHUNK: Final = 2_000
Row = list[Any]
Columns = dict[str, str | Cast | Coalesce]


# Columns in their order, and where each comes from.
_OF_CLAIM: Final[Columns] = {
    "claim_id": as_text("pk"),
    "article_id": as_text("article_id"),
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
    "opened_at": as_text("status__opened_at"),
}
_OF_ASSESSMENT: Final[Columns] = {
    "label": "label",
    "strength": "strength",
    "reason": "reason",
    "note": "note",
    "reviewer": REVIEWER_NAME,
    "assessed_at": as_text("created_at"),
    "updated_at": as_text("updated_at"),
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
_NO_ASSESSMENT: Final[Row] = [None] * len(_OF_ASSESSMENT)
_NONE_GIVEN: Final[list[tuple[int, Row]]] = [(0, _NO_ASSESSMENT)]
# What is read beside the columns: whether anybody has written about it, and how it was settled.
_BESIDE: Final = (
    "status__version", Coalesce("ruling__by__imported__name", "ruling__by__username"), "status__needed",
    "status__reopened_with",
)  # fmt: skip
_VERSION: Final = -1 - len(_BESIDE)


def claim_rows(claims: ClaimQuerySet, viewer: User | AnonymousUser) -> Iterator[tuple[Row, Row]]:
    """Give the rows of these claims as the viewer may see them, newest first, each with its details.

    The values are those of COLUMNS and DETAIL_COLUMNS; where nothing is known the details are UNTOUCHED itself, which
    is not to be changed. Keys and times are text, the latter in ISO 8601 and UTC. Read in chunks: memory does not grow
    with the number of claims.
    """
    of_desk = is_at_least(viewer, Role.REVIEWER)
    proposed = _OF_PROPOSAL.values() if of_desk else [Value("") for _ in _OF_PROPOSAL]
    found = claims.newest_first().values_list(
        *_OF_CLAIM.values(), *_OF_STATUS.values(), *proposed, *_BESIDE, _text_changed(viewer)
    )
    settled = _settled_for(viewer)
    with snapshot():
        rows = iter(found.iterator(chunk_size=CHUNK))
        while chunk := list(islice(rows, CHUNK)):
            # Nobody has written about a claim of version 0.
            touched = [UUID(row[0]) for row in chunk if row[_VERSION]]
            given = _assessments(touched, viewer)
            details = Details(touched, viewer, of_desk=of_desk)
            for key, article, *row, version, ruled_by, needed, reopened_with, changed in chunk:
                of_claim = [own_key(key), as_key(article), *row[: _OPENED_AT - 2], as_moment(row[_OPENED_AT - 2])]
                of_status = row[_OPENED_AT - 1 :]
                if of_desk and not version:
                    yield [*of_claim, *_NO_ASSESSMENT, *of_status], UNTOUCHED
                    continue
                how = settled(ruled_by, needed, reopened_with)
                for reviewer, assessment in given.get(key, _NONE_GIVEN):
                    yield [*of_claim, *assessment, *of_status], details.known(key, reviewer, changed, how)


def _settled_for(viewer: User | AnonymousUser) -> Callable[[str | None, int, int | None], Row]:
    """What the viewer is told of how a claim was settled: who ruled; and where it needs other than the usual, what."""
    if not is_at_least(viewer, Role.REVIEWER):
        return lambda ruled_by, needed, reopened_with: NOT_SETTLED
    if not is_at_least(viewer, Role.MODERATOR):
        return lambda ruled_by, needed, reopened_with: [ruled_by or "", "", ""]

    def told(ruled_by: str | None, needed: int, reopened_with: int | None) -> Row:
        if needed == ASSESSMENTS_NEEDED and reopened_with is None:
            return [ruled_by or "", "", ""]
        return [ruled_by or "", needed, "" if reopened_with is None else reopened_with]

    return told


def _text_changed(viewer: User | AnonymousUser) -> Cast:
    """When the words changed after a review that the viewer may know of: the mark would tell of others' work.

    What became of one's own labels the pages of the claims tell: it takes a look at each claim's way through the texts.
    """
    if is_at_least(viewer, Role.MODERATOR):
        return as_text("status__text_changed_at")
    return Cast(Case(When(status__state__in=SETTLED, then=F("status__text_changed_at")), default=None), CharField())


def _assessments(claims: Iterable[UUID], viewer: User | AnonymousUser) -> dict[str, list[tuple[int, Row]]]:
    """What the viewer may see of the judgements of these claims, the oldest first, each with its reviewer's number."""
    given: dict[str, list[tuple[int, Row]]] = defaultdict(list)
    visible = Assessment.objects.visible_to(viewer).filter(claim__in=claims).order_by("created_at", "pk")
    for claim, reviewer, *judgement, begun, changed, scheme in visible.values_list(
        as_text("claim"), "reviewer", *_OF_ASSESSMENT.values()
    ):
        given[claim].append((reviewer, [*judgement, as_moment(begun), as_moment(changed), scheme]))
    return given


def snapshot() -> AbstractContextManager[Any]:
    """What rows that are streamed are read in."""
    # On PostgreSQL a cursor outside a transaction makes the server gather everything before the first row. On SQLite
    # an open statement is a snapshot by itself, and a transaction would hold the write lock as long as somebody
    # downloads.
    return transaction.atomic() if connection.vendor == "postgresql" else nullcontext()
