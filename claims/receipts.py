"""Writes that have one effect however often they are sent: each comes with a key that its sender chose."""

import hashlib
import json
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError
from django.utils import timezone

from claims.models import Receipt, User
from claims.refusals import Conflict

Outcome = dict[str, Any]
USED = "This key was used for another request. Reload the page and send it again."
KEPT_FOR = timedelta(days=7)


def answered(*, by: User, key: UUID, request: dict[str, Any]) -> Outcome | None:
    """What was answered when this key was sent before; None the first time.

    Raises Conflict where the same key came with another request. Ask where the version that was sent is not the one in
    force, with the row that is written locked: a copy of a request always comes with a version that has passed.
    """
    receipt = Receipt.objects.filter(user=by, key=key).first()
    if receipt is None:
        return None
    if receipt.request != _digest(request):
        raise Conflict(USED)
    return dict(receipt.outcome)


def keep(*, by: User, key: UUID, request: dict[str, Any], outcome: Outcome) -> Outcome:
    """Keep the outcome under the key, in the transaction of the write it is of.

    Raises Conflict where the key was used before; the write is then rolled back with it.
    """
    try:
        Receipt.objects.create(user=by, key=key, request=_digest(request), outcome=outcome)
    except IntegrityError as used:
        raise Conflict(USED) from used
    return outcome


def forget_old(by: User) -> None:
    """Drop this person's receipts that nobody will send again; called when they log in."""
    Receipt.objects.filter(user=by, created_at__lt=timezone.now() - KEPT_FOR).delete()


def _digest(request: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(request, sort_keys=True, default=str).encode()).hexdigest()
