"""Which claims have other words than those that were judged, as far as the viewer may know."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F

from claims.models import Anchor, Assessment, Claim, Event, User
from claims.models.claim import ClaimQuerySet
from claims.permissions import can_moderate, check_can_moderate
from claims.text.fold import fold
from claims.vocabulary import SETTLED, EventKind

WENT = (EventKind.CLAIM_MOVED, EventKind.CLAIM_PLACED)


def note_changes(claims: Iterable[Claim], viewer: User) -> None:
    """Set `words_changed` on each claim: whether its words changed after a review that the viewer may know of.

    The mark tells of everybody's work. Of a claim that is not settled a reviewer is told by their own label alone:
    whether it was given, or confirmed by a moderator, for other words than those of now. Three queries at most, and
    none where no claim is marked. The claims come with their status.
    """
    listed = list(claims)
    # Whoever judged other words than those of now judged a claim that is marked: the mark only saves the look.
    marked = [claim for claim in listed if claim.status.text_changed_at is not None]
    may_know = {claim.pk for claim in marked if can_moderate(viewer) or claim.status.state in SETTLED}
    others = _judged_otherwise([claim for claim in marked if claim.pk not in may_know], viewer)
    for claim in listed:
        claim.words_changed = claim.pk in may_know or claim.pk in others  # type: ignore[attr-defined]  # for the template


def _judged_otherwise(claims: list[Claim], viewer: User) -> set[UUID]:
    """Those that the viewer judged when their words were others; it depends on nobody else's work."""
    if not claims:
        return set()
    judged = Assessment.objects.filter(claim__in=[claim.pk for claim in claims], reviewer=viewer)
    stood = _stood(dict(judged.values_list("claim", "updated_at")))
    if not stood:
        return set()
    revisions = {place["revision"] for place in stood.values()}
    anchors = Anchor.objects.filter(claim__in=list(stood), revision__in=revisions)
    words = {(key, str(revision)): exact for key, revision, exact in anchors.values_list("claim", "revision", "exact")}
    return {
        claim.pk
        for claim in claims
        if (place := stood.get(claim.pk))
        # Without an anchor it stands in that text again, and there where it stood then unless it was placed anew.
        and fold(words.get((claim.pk, place["revision"]), claim.exact)).strip() != fold(claim.exact).strip()
    }


def _stood(since: dict[UUID, datetime]) -> dict[UUID, dict[str, Any]]:
    """Where each of these claims stood at its time, or when its wording was confirmed later, if it has moved since."""
    keys = {str(key): key for key in since}
    moves = Event.objects.filter(
        kind__in=[*WENT, EventKind.WORDING_CONFIRMED], target_type="claim", target_id__in=list(keys)
    )
    stood: dict[UUID, dict[str, Any]] = {}
    for event in moves.order_by("number") if keys else ():
        key = keys[event.target_id]
        if event.kind == EventKind.WORDING_CONFIRMED:
            stood.pop(key, None)
        elif event.at > since[key]:
            stood.setdefault(key, event.before or {})
    return stood


def reworded(viewer: User) -> ClaimQuerySet:
    """Claims in work whose words changed after review and that nobody has confirmed since, newest change first.

    Raises NotAllowed for somebody who does not moderate: the list tells of work on claims that are not settled.
    """
    check_can_moderate(viewer, "see whose words changed")
    return (
        Claim.objects.visible_to(viewer)
        .in_work()
        .filter(status__text_changed_at__isnull=False, revision=F("article__status__revision"))
    )
