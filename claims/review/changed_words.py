"""Which claims have other words than those that were judged, as far as the viewer may know."""

from collections.abc import Iterable

from django.db.models import F

from claims.models import Assessment, Claim, User
from claims.models.claim import ClaimQuerySet
from claims.permissions import can_moderate, check_can_moderate
from claims.vocabulary import SETTLED


def note_changes(claims: Iterable[Claim], viewer: User) -> None:
    """Set `words_changed` on each claim: whether its words changed after a review that the viewer may know of.

    Of a claim that is not settled a reviewer is told only where they judged it themselves before the change: the mark
    would tell of others' work. One query, and none where no claim is marked. The claims come with their status.
    """
    listed = list(claims)
    marked = [claim for claim in listed if claim.status.text_changed_at is not None]
    own = {}
    if marked and not can_moderate(viewer):
        judged = Assessment.objects.filter(claim__in=[claim.pk for claim in marked], reviewer=viewer)
        own = dict(judged.values_list("claim", "updated_at"))
    for claim in listed:
        changed_at, judged_at = claim.status.text_changed_at, own.get(claim.pk)
        may_know = can_moderate(viewer) or claim.status.state in SETTLED
        claim.words_changed = changed_at is not None and (  # type: ignore[attr-defined]  # for the template
            may_know or (judged_at is not None and judged_at < changed_at)
        )


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
