"""How many assessments the claims of a story take, and the claims that follow when that changes."""

from collections import defaultdict
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q

from claims import audit, receipts
from claims.models import ArticleStatus, Assessment, ClaimStatus, StoryStatus, User
from claims.permissions import check_can_moderate
from claims.refusals import Conflict, Gone, Invalid
from claims.review.claim_in_hand import restated
from claims.vocabulary import ASSESSMENTS_NEEDED, MOST_ASSESSMENTS_NEEDED, SETTLED, ClaimState, EventKind

# What `restated` sets.
RESTATED = (
    "state",
    "given",
    "settled_at",
    "was_settled",
    "settled_label",
    "settled_strength",
    "settled_reason",
    "version",
)


@transaction.atomic
def require_assessments(*, by: User, story_id: UUID, needed: int, expected_version: int, key: UUID) -> receipts.Outcome:
    """Set how many assessments the story's claims take. Claims that are settled stay so: they had enough in their time.

    Claims whose equal labels are enough now become agreed. `expected_version` is that of the story's status. Raises
    NotAllowed, Gone, Invalid and Conflict.
    """
    check_can_moderate(by, "say how many assessments a story takes")
    if not 1 <= needed <= MOST_ASSESSMENTS_NEEDED:
        raise Invalid(f"A claim takes 1 to {MOST_ASSESSMENTS_NEEDED} assessments.")
    status = StoryStatus.objects.select_for_update(of=("self",)).filter(pk=story_id).first()
    if status is None:
        raise Gone("There is no such story here.")
    request = {"verb": "require", "story": story_id, "version": expected_version, "needed": needed}
    if status.version != expected_version:
        if (before := receipts.answered(by=by, key=key, request=request)) is None:
            raise Conflict("Somebody changed this story since the page was loaded. Reload it and decide again.")
        return before
    old = status.assessments_needed
    status.assessments_needed = needed
    status.version += 1
    status.save(update_fields=["assessments_needed", "version"])
    agreed = 0
    for article in ArticleStatus.objects.filter(story=story_id).values_list("pk", flat=True).order_by("pk"):
        agreed += _apply(article, needed)
    after = {"assessments_needed": needed, "claims_agreed": agreed}
    audit.record(
        EventKind.ASSESSMENTS_REQUIRED, by=by, target=status.story, before={"assessments_needed": old}, after=after
    )
    return receipts.keep(by=by, key=key, request=request, outcome={"claims_agreed": agreed})


@transaction.atomic
def follow_story(*, by: User, article_id: UUID) -> None:
    """Bring an article's claims in line with the story that it is in now. Call it with every change of its story.

    Raises NotAllowed and Gone.
    """
    check_can_moderate(by, "put articles into stories")
    status = ArticleStatus.objects.select_related("story__status").filter(pk=article_id).first()
    if status is None:
        raise Gone("There is no such article here.")
    needed = status.story.status.assessments_needed if status.story else ASSESSMENTS_NEEDED
    _apply(article_id, needed)


def _apply(article_id: UUID, needed: int) -> int:
    """Give the article's unsettled claims this number; how many of them became agreed by it."""
    in_force = Q(claim__revision=F("claim__article__status__revision"))
    unsettled = ClaimStatus.objects.filter(in_force, claim__article=article_id, settled_label="")
    unsettled.exclude(needed=needed).update(needed=needed)
    locked = unsettled.select_for_update(of=("self",)).filter(state=ClaimState.IN_REVIEW, given__gte=needed)
    looked_at = list(locked.order_by("pk"))
    given: dict[UUID, list[Assessment]] = defaultdict(list)
    for assessment in Assessment.objects.filter(claim__in=[status.pk for status in looked_at]).order_by("pk"):
        given[assessment.claim_id].append(assessment)
    agreed = [status for status in looked_at if restated(status, given[status.pk]).state in SETTLED]
    ClaimStatus.objects.bulk_update(agreed, RESTATED, batch_size=500)
    if in_work := sum(not status.set_aside for status in agreed):
        ArticleStatus.objects.filter(pk=article_id).update(settled_count=F("settled_count") + in_work)
    return len(agreed)
