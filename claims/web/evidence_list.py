"""What the section “evidence” of a claim's details shows."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from claims.models import Claim, ClaimTime, Evidence, User
from claims.particulars import STANCE_NAMES, TimeKind
from claims.permissions import can_moderate
from claims.review.given_evidence import MAX_QUOTE, MAX_TITLE, MOST_EVIDENCE
from claims.review.in_view import why_closed
from claims.text.addresses import MAX_ADDRESS, host_words
from claims.text.edtf import MAX_TIME, words
from claims.text.sanitise import MAX_NOTE, for_editing
from claims.text.times import later_than
from claims.vocabulary import SETTLED
from claims.web.times_form import published_of

FIELDS = ("url", "title", "quote", "date", "stance", "archived_url", "note")
# More than this is not shown on one page: one person can give so many and no more, and several work on a claim.
MOST_SHOWN = 4 * MOST_EVIDENCE


@dataclass(frozen=True)
class Shown:
    """One piece of evidence with what its forms need; `later` says why it is later than the claim, "" where not.

    `fields` are what the form to change it holds, `is_typed` says that these were refused; `keys` are for its forms.
    """

    evidence: Evidence
    host: str
    archived_host: str
    date_words: str
    later: str
    may_change: bool
    fields: dict[str, str]
    is_typed: bool
    keys: tuple[UUID, UUID]


def evidence_context(claim: Claim, viewer: User, typed: dict[str, Any] | None = None) -> dict[str, Any]:
    """What the section shows; `typed` is what a refused form held, with `evidence` for the piece that it would change.

    Two queries. Removed pieces are shown to who added them and to moderators.
    """
    typed = typed or {}
    visible = Evidence.objects.visible_to(viewer).filter(claim=claim).select_related("by")
    rows = list(visible.order_by("created_at", "pk")[: MOST_SHOWN + 1])
    as_of = ClaimTime.objects.filter(claim=claim, kind=TimeKind.AS_OF).values_list("value", flat=True).first() or ""
    published, _ = published_of(claim)
    shown = [_shown(row, viewer, typed, later_than(row.date, as_of, published)) for row in rows[:MOST_SHOWN]]
    in_place = any(one.is_typed for one in shown)
    return {
        "shown": [one for one in shown if one.evidence.removed_at is None],
        "removed": [one for one in shown if one.evidence.removed_at is not None and one.may_change],
        "has_more": len(rows) > MOST_SHOWN,
        "adding": {} if in_place else {name: typed.get(name, "") for name in FIELDS},
        "is_adding": bool(typed.keys() & set(FIELDS)) and not in_place,
        "error": typed.get("error", ""),
        "closed": why_closed(claim),
        "open_to_all": claim.status.state in SETTLED,
        "stances": STANCE_NAMES,
        "key": uuid4(),
        "most": {"address": MAX_ADDRESS, "title": MAX_TITLE, "quote": MAX_QUOTE, "date": MAX_TIME, "note": MAX_NOTE},
    }


def _shown(row: Evidence, viewer: User, typed: dict[str, Any], later: str) -> Shown:
    is_typed = typed.get("evidence") == str(row.pk) and row.removed_at is None
    stored = {name: getattr(row, name) for name in FIELDS} | {"note": for_editing(row.note)}
    return Shown(
        evidence=row,
        host=host_words(row.url),
        archived_host=host_words(row.archived_url),
        date_words=words(row.date) if row.date else "",
        later=later,
        may_change=row.by_id == viewer.pk or can_moderate(viewer),
        fields={name: typed.get(name, "") for name in FIELDS} if is_typed else stored,
        is_typed=is_typed,
        keys=(uuid4(), uuid4()),
    )
