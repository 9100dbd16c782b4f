"""The bar above a text for somebody whom the queue led there: on to the next claim, or past this one."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from claims.models import Lease, User
from claims.text.worth import worth_of
from claims.vocabulary import SKIP_REASONS
from claims.web.reading_page import Mark, proposal_of

# What the reading page's address says when the queue led there.
FROM_QUEUE = "queue"


def bar_of(viewer: User, article_id: UUID, marks: Iterable[Mark], query: Any) -> dict[str, Any] | None:
    """What the bar shows: the claim that the viewer holds, if it is among those marked here, and reasons to skip it.

    None where the address does not say that the queue led here.
    """
    if query.get("from") != FROM_QUEUE:
        return None
    held = Lease.objects.filter(holder=viewer, claim__article=article_id, until__gt=timezone.now()).first()
    served = next((mark for mark in marks if held and mark.claim.pk == held.claim_id), None)
    return {
        "claim": served and served.claim,
        "number": served and served.number,
        # Of the words and the proposal alone: what others did has no part in it.
        "because": worth_of(served.claim.exact, proposal_of(served.claim)).reasons if served else (),
        "reasons": SKIP_REASONS,
        "key": uuid4(),
    }
