"""The bar above a text for somebody whom the queue led there: on to the next claim, or past this one."""

from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from claims.models import Lease, User
from claims.vocabulary import SKIP_REASONS

# What the reading page's address says when the queue led there.
FROM_QUEUE = "queue"


def bar_of(viewer: User, article_id: UUID, query: Any) -> dict[str, Any] | None:
    """What the bar shows: the claim of this article that the viewer holds, if any, and reasons to skip it.

    None where the address does not say that the queue led here.
    """
    if query.get("from") != FROM_QUEUE:
        return None
    held = Lease.objects.filter(holder=viewer, claim__article=article_id, until__gt=timezone.now()).first()
    return {"claim": held and held.claim_id, "reasons": SKIP_REASONS, "key": uuid4()}
