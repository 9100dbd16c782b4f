"""What every write about a claim begins and ends with: lock its status, check that it is there, restate it."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import F
from django.utils import timezone

from claims import receipts
from claims.models import ArticleStatus, Assessment, Claim, ClaimStatus, Ruling, User
from claims.refusals import Gone, Invalid, Outdated
from claims.review.proposal_outcomes import note_outcome
from claims.review.state import Judgement, check_move, settled_by, state_of
from claims.text.sanitise import TooLong, sanitise
from claims.vocabulary import ASSESSMENTS_NEEDED, SETTLED, STRENGTHS_OF, Aside, ClaimState, Label, Reason

# A save is the commonest write there is: it reads no column that it does not need.
OF_STATUS = tuple(field.name for field in ClaimStatus._meta.concrete_fields)
OF_CLAIM = ("claim__article_id", "claim__revision_id")
OF_ARTICLE = tuple(f"claim__article__status__{name}" for name in ("withdrawn_at", "locked_at", "revision_id"))
ASIDE = {
    Aside.HIDDEN: "A moderator has hidden this claim, so it takes no more work. Nothing was stored.",
    Aside.RETIRED: "This claim gave way to its parts, so it takes no more work. Its page shows them.",
    Aside.REDRAWN: "This claim was given other borders, so it takes no more work. Its page shows what took its place.",
    Aside.ORPHANED: "The words of this claim are not found in the article any more, so it takes no more work until "
    "a moderator says where they went.",
}


def take(claim_id: UUID, *, set_aside_too: bool = False) -> Claim:
    """The claim with its status, locked until the transaction ends.

    Raises Gone if the claim is not there, its article was withdrawn, its text was replaced by a newer revision, or,
    unless `set_aside_too`, the claim was hidden or retired.
    """
    claim = hold(claim_id)
    check_there(claim)
    if not set_aside_too:
        check_in_work(claim)
    return claim


def hold(claim_id: UUID) -> Claim:
    """The claim with its status, locked, whatever became of it: for a request that may have been answered before.

    Raises Gone if there is no such claim.
    """
    # The lock first, by itself: what is joined to a locked row may be older than what the lock waited for, and a text
    # that comes into force moves the claim.
    ClaimStatus.objects.filter(pk=claim_id).lock()
    locked = (
        ClaimStatus.objects.select_related("claim__article__status")
        .only(*OF_STATUS, *OF_CLAIM, *OF_ARTICLE)
        .filter(pk=claim_id)
        .first()
    )
    if locked is None:
        raise Gone("This claim is gone: its article was read again without it. Reload the article to see its claims.")
    return locked.claim


def check_there(claim: Claim) -> None:
    """Raise Gone for a claim whose article was withdrawn, or whose text was replaced by a newer one."""
    if claim.article.status.withdrawn_at is not None:
        raise Gone("The article of this claim was withdrawn, so it takes no more work. Nothing was stored.")
    if claim.article.status.revision_id != claim.revision_id:
        raise Gone("The text of this sentence has changed since. Reload the article and look at its new wording.")


def check_in_work(claim: Claim) -> None:
    """Raise Gone for a claim that was hidden or retired."""
    if claim.status.set_aside:
        raise Gone(ASIDE[Aside(claim.status.set_aside)])


def answered_before(
    claim: Claim, expected_version: int, *, by: User, key: UUID, request: dict[str, Any]
) -> receipts.Outcome | None:
    """What a moderator was answered to the first copy of a request about the claim; None where the write can go on.

    Raises Conflict where something was done with the claim since the page was loaded.
    """
    if claim.status.version == expected_version:
        return None
    if (before := receipts.answered(by=by, key=key, request=request)) is None:
        now: dict[str, object] = {"state": claim.status.state, "version": claim.status.version}
        raise Outdated("Something was done with this claim since this page was loaded. Look at it again.", now)
    return before


def checked(label: str, strength: int | None, reason: str) -> Judgement:
    """A judgement whose parts fit each other. Raises Invalid with what to change."""
    if label not in set(Label):
        raise Invalid("Choose one of the labels: sourced, unsourced, opinion, not a claim.")
    fitting = STRENGTHS_OF[Label(label)]
    if strength is not None and strength not in fitting:
        allowed = ", ".join(map(str, fitting)) or "none"
        raise Invalid(f"Strength {strength} does not fit this label. Fitting strengths: {allowed}.")
    if reason and (label != Label.UNSOURCED or reason not in set(Reason)):
        raise Invalid("A reason goes with the label unsourced only. Choose one of its six reasons, or none.")
    return Judgement(Label(label), strength, reason)


def cleaned(note: str) -> str:
    """A note as it is stored. Raises Invalid when it is too long."""
    try:
        return sanitise(note)
    except TooLong as too_long:
        raise Invalid(str(too_long)) from too_long


def given_to(claim: Claim) -> list[Assessment]:
    """The claim's assessments, first given first."""
    return list(Assessment.objects.filter(claim=claim).order_by("created_at", "pk"))


def touch(claim: Claim) -> None:
    """Count a write about the claim that leaves its state as it is: a claim of version 0 may be read away."""
    claim.status.version += 1
    claim.status.save(update_fields=["version"])


def restate(claim: Claim, given: Iterable[Assessment], ruled: Ruling | None = None) -> ClaimStatus:
    """Bring the claim's status in line with its assessments and ruling, and the article's counter with it."""
    before = ClaimState(claim.status.state)
    given = list(given)
    if before in SETTLED and not _stays_settled(claim.status, given, ruled):
        # It keeps the number that it was settled by until it is open again; then that of its story holds.
        claim.status.needed = needed_in(claim.article_id)
    status = restated(claim.status, given, ruled)
    if change := (status.state in SETTLED) - (before in SETTLED):
        ArticleStatus.objects.filter(pk=claim.article_id).update(settled_count=F("settled_count") + change)
    status.save()
    note_outcome(claim, given)
    return status


def needed_in(article_id: UUID) -> int:
    """How many assessments the claims of this article take: the number of its story, else the default."""
    of_story = ArticleStatus.objects.filter(pk=article_id).values_list("story__status__assessments_needed", flat=True)
    return of_story.first() or ASSESSMENTS_NEEDED


def _stays_settled(status: ClaimStatus, given: Iterable[Assessment], ruled: Ruling | None) -> bool:
    judgements = [Judgement(Label(a.label)) for a in given]
    ruling = Judgement(Label(ruled.label)) if ruled else None
    return state_of(judgements, ruling, status.needed, status.reopened_with) in SETTLED


def restated(status: ClaimStatus, given: Iterable[Assessment], ruled: Ruling | None = None) -> ClaimStatus:
    """The status as these assessments and this ruling make it, not yet stored; its version counts one more."""
    before = ClaimState(status.state)
    judgements = [Judgement(Label(a.label), a.strength, a.reason) for a in given]
    ruling = Judgement(Label(ruled.label), ruled.strength, ruled.reason) if ruled else None
    status.given = len(judgements)
    after = state_of(judgements, ruling, status.needed, status.reopened_with)
    check_move(before, after)
    status.state = after
    settled = settled_by(judgements, ruling) if after in SETTLED else None
    if settled is None:
        status.settled_at = None
    elif before not in SETTLED or status.settled_label == Label.NOT_A_CLAIM:
        # Readers are shown what was settled first, first: ruling anew on a quote must not cost it its place.
        status.settled_at = timezone.now()
    status.was_settled = status.was_settled or settled is not None
    status.settled_label = settled.label if settled else ""
    status.settled_strength = settled.strength if settled else None
    status.settled_reason = settled.reason if settled else ""
    status.version += 1
    return status
