"""How many assessments the claims of a story take, and the claims that follow when that changes."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import F

from claims import audit, receipts
from claims.models import ArticleStatus, Assessment, ClaimStatus, StoryStatus, User
from claims.permissions import check_can_moderate
from claims.refusals import Gone, Invalid, Outdated
from claims.review.claim_in_hand import restated
from claims.review.proposal_outcomes import note_outcomes
from claims.vocabulary import ASSESSMENTS_NEEDED, MOST_ASSESSMENTS_NEEDED, SETTLED, Aside, ClaimState, EventKind

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
            now: dict[str, object] = {"needed": status.assessments_needed, "version": status.version}
            raise Outdated("Somebody changed this story since the page was loaded. Reload it and decide again.", now)
        return before
    old = status.assessments_needed
    status.assessments_needed = needed
    status.version += 1
    status.save(update_fields=["assessments_needed", "version"])
    agreed = _apply(by, ArticleStatus.objects.filter(story=story_id).values_list("pk", flat=True), needed)
    after = {"assessments_needed": needed, "claims_agreed": agreed}
    audit.record(
        EventKind.ASSESSMENTS_REQUIRED, by=by, target=status.story, before={"assessments_needed": old}, after=after
    )
    return receipts.keep(by=by, key=key, request=request, outcome={"claims_agreed": agreed})


@transaction.atomic
def follow_story(*, by: User, article_id: UUID, story_id: UUID | None) -> None:
    """Bring an article's claims in line with the story that it is about to be put into, None for no story.

    Call it right before the article is placed, in the same transaction: locks are taken in the order of
    ClaimStatusQuerySet.lock. Raises NotAllowed.
    """
    check_can_moderate(by, "put articles into stories")
    # Locked, so that the number does not change while the article is on its way.
    status = StoryStatus.objects.select_for_update(of=("self",)).filter(pk=story_id).first() if story_id else None
    _apply(by, [article_id], status.assessments_needed if status else ASSESSMENTS_NEEDED)


def _apply(by: User, articles: Iterable[UUID], needed: int) -> int:
    """Give the unsettled claims of these articles this number; how many of them became agreed by it."""
    articles = list(articles)
    there = ClaimStatus.objects.of_articles(articles).filter(settled_label="")
    # Orphans come back to work with what they have.
    unsettled = there.in_force() | there.filter(set_aside=Aside.ORPHANED)
    unsettled.lock()
    list(ArticleStatus.objects.select_for_update().filter(pk__in=articles).order_by("pk").values_list("pk"))
    unsettled.exclude(needed=needed).update(needed=needed)
    enough = unsettled.filter(state=ClaimState.IN_REVIEW, given__gte=needed).select_related("claim")
    looked_at = list(enough.order_by("pk"))
    given: dict[UUID, list[Assessment]] = defaultdict(list)
    for assessment in Assessment.objects.filter(claim__in=[status.pk for status in looked_at]).order_by("pk"):
        given[assessment.claim_id].append(assessment)
    agreed = [status for status in looked_at if restated(status, given[status.pk]).state in SETTLED]
    ClaimStatus.objects.bulk_update(agreed, RESTATED, batch_size=500)
    note_outcomes(status.pk for status in agreed)
    in_work = Counter(status.claim.article_id for status in agreed if not status.set_aside)
    for article, count in sorted(in_work.items()):
        ArticleStatus.objects.filter(pk=article).update(settled_count=F("settled_count") + count)
    for status in agreed:
        after = {"label": status.settled_label, "strength": status.settled_strength, "needed": needed}
        audit.record(EventKind.CLAIM_AGREED, by=by, target=status.claim, after=after)
    return len(agreed)
