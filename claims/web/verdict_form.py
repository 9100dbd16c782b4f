"""What the section “verdict” of a claim's details shows."""

from typing import Any
from uuid import uuid4

from django.db.models import Exists, OuterRef, Q

from claims.models import Claim, Evidence, User, Verdict
from claims.particulars import STANCE_NAMES, VERDICT_NAMES, Stance
from claims.review.give_verdict import MOST_PICKED, may_give_verdict
from claims.review.in_view import why_closed
from claims.review.verdicts import verdict_history
from claims.text.addresses import host_words
from claims.text.edtf import MAX_TIME
from claims.text.sanitise import MAX_NOTE, for_editing

FIELDS = ("value", "explanation", "as_of", "valid_until")
# More pieces of evidence than this are not offered to choose from.
MOST_OFFERED = 4 * MOST_PICKED


def verdict_context(claim: Claim, viewer: User, typed: dict[str, Any] | None = None) -> dict[str, Any]:
    """What the section shows; `typed` is what a refused form held, with the keys of the evidence chosen in `evidence`.

    Three queries; none for a reviewer whose claim is not settled: whether a moderator gave a verdict is not told.
    """
    typed = typed or {}
    may_give = may_give_verdict(viewer, claim)
    found = Verdict.objects.visible_to(viewer).filter(claim=claim).select_related("by").first() if may_give else None
    evidence = _evidence(claim, viewer, typed.get("evidence")) if may_give else []
    in_force = {name: getattr(found, name) if found else "" for name in FIELDS}
    in_force["explanation"] = for_editing(in_force["explanation"])
    is_typed = bool(typed.keys() & set(FIELDS))
    return {
        "may_give": may_give,
        "found": found if found and found.value else None,
        "version": found.version if found else 0,
        "rests_on": [one for one in evidence if one["is_stored"]],
        "evidence": [one for one in evidence if not one["is_removed"]],
        "fields": {name: typed.get(name, "") for name in FIELDS} if is_typed else in_force,
        "is_typed": is_typed,
        "error": typed.get("error", ""),
        "closed": why_closed(claim),
        "values": VERDICT_NAMES,
        "history": verdict_history(claim, viewer),
        "key": uuid4(),
        "take_back_key": uuid4(),
        "most": {"time": MAX_TIME, "explanation": MAX_NOTE},
    }


def _evidence(claim: Claim, viewer: User, typed: list[str] | None) -> list[dict[str, Any]]:
    """The evidence that a verdict can rest on, and what the verdict in force rests on, also if it was removed."""
    picked = Verdict.evidence.through.objects.filter(verdict=claim.pk, evidence=OuterRef("pk"))
    visible = Evidence.objects.visible_to(viewer).filter(claim=claim).annotate(is_stored=Exists(picked))
    offered = visible.filter(Q(removed_at__isnull=True) | Q(is_stored=True)).order_by("created_at", "pk")
    return [
        {
            "key": str(row.pk),
            "title": row.title,
            "host": host_words(row.url),
            "stance": STANCE_NAMES[Stance(row.stance)],
            "is_stored": row.is_stored,  # type: ignore[attr-defined]  # annotated above
            "is_removed": row.removed_at is not None,
            "is_chosen": str(row.pk) in typed if typed is not None else row.is_stored,  # type: ignore[attr-defined]
        }
        for row in offered[:MOST_OFFERED]
    ]
