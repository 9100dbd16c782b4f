"""What the section “readers” of a claim's details shows: what is out, what waits, and the forms of moderators."""

from typing import Any
from uuid import uuid4

from claims.models import Claim, User
from claims.permissions import can_moderate
from claims.review.decide_publication import MAX_REASON
from claims.review.in_view import why_closed
from claims.review.propose_publication import MAX_CORRECTION
from claims.review.publications import standing_of

FIELDS = ("correction", "reason")


def publication_context(claim: Claim, viewer: User, typed: dict[str, Any] | None = None) -> dict[str, Any]:
    """What the section shows; `typed` is what a refused form held, and which form it was in `form`. Two queries."""
    typed = typed or {}
    standing = standing_of(claim, viewer)
    return {
        "standing": standing,
        "moderates": can_moderate(viewer),
        "closed": why_closed(claim),
        "typed": typed,
        "error": typed.get("error", ""),
        "keys": {name: uuid4() for name in ("propose", "publish", "decline", "withdraw")},
        "most": {"correction": MAX_CORRECTION, "reason": MAX_REASON},
    }
