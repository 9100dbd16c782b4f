"""The columns of a claim's details: what each viewer may read in them."""

from django.utils import timezone

from claims.exchange.claim_details import DETAIL_COLUMNS
from claims.exchange.claim_rows import claim_rows
from claims.models import Claim, ClaimStatus, User
from tests.cast import assess

CHANGED = DETAIL_COLUMNS.index("text_changed")


def reword(claim: Claim) -> None:
    """As an import marks a claim whose words changed after somebody judged it."""
    ClaimStatus.objects.filter(claim=claim).update(text_changed_at=timezone.now())


def told(claim: Claim, viewer: User) -> list[str]:
    claims = Claim.objects.visible_to(viewer).filter(pk=claim.pk)
    return [str(details[CHANGED]) for _, details in claim_rows(claims, viewer)]


def test_of_a_claim_that_is_not_settled_moderators_alone_are_told_that_words_changed_after_review(
    ana: User, ben: User, max: User, claim: Claim
) -> None:
    assess(claim, ana)
    reword(claim)
    assert told(claim, ana) == [""]
    assert told(claim, ben) == [""]
    assert told(claim, max) == ["yes"]


def test_of_a_settled_claim_everybody_on_the_desk_is_told(ana: User, ben: User, claim: Claim) -> None:
    assess(claim, ana)
    assess(claim, ben)
    reword(claim)
    assert told(claim, ben) == ["yes", "yes"]
