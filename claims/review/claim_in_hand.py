"""What every write about a claim begins and ends with: lock its status, check that it is there, restate it."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import F
from django.utils import timezone

from claims.models import ArticleStatus, Assessment, Claim, ClaimStatus, Ruling
from claims.refusals import Gone, Invalid
from claims.review.state import Judgement, check_move, settled_by, state_of
from claims.text.sanitise import TooLong, sanitise
from claims.vocabulary import SETTLED, STRENGTHS_OF, ClaimState, Label, Reason

# A save is the commonest write there is: it reads no column that it does not need.
OF_STATUS = tuple(field.name for field in ClaimStatus._meta.concrete_fields)
OF_CLAIM = ("claim__article_id", "claim__revision_id")
OF_ARTICLE = ("claim__article__status__withdrawn_at", "claim__article__status__revision_id")


def take(claim_id: UUID) -> Claim:
    """The claim with its status, locked until the transaction ends.

    Raises Gone if the claim is not there, its article was withdrawn, or its text was replaced by a newer revision.
    """
    locked = (
        ClaimStatus.objects.select_for_update(of=("self",))
        .select_related("claim__article__status")
        .only(*OF_STATUS, *OF_CLAIM, *OF_ARTICLE)
        .filter(pk=claim_id)
        .first()
    )
    if locked is None:
        raise Gone("This claim is gone: its article was read again without it. Reload the article to see its claims.")
    claim = locked.claim
    if claim.article.status.withdrawn_at is not None:
        raise Gone("The article of this claim was withdrawn, so it takes no more work. Nothing was stored.")
    if claim.article.status.revision_id != claim.revision_id:
        raise Gone("The text of this sentence has changed since. Reload the article and look at its new wording.")
    return claim


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


def restate(claim: Claim, given: Iterable[Assessment], ruled: Ruling | None = None) -> ClaimStatus:
    """Bring the claim's status in line with its assessments and ruling, and the article's counter with it."""
    status = claim.status
    before = ClaimState(status.state)
    judgements = [Judgement(Label(a.label), a.strength, a.reason) for a in given]
    ruling = Judgement(Label(ruled.label), ruled.strength, ruled.reason) if ruled else None
    after = state_of(judgements, ruling)
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
    if change := (after in SETTLED) - (before in SETTLED):
        ArticleStatus.objects.filter(pk=claim.article_id).update(settled_count=F("settled_count") + change)
    status.version += 1
    status.save()
    return status
