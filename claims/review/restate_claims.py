"""After work was brought in the states of its claims are worked out anew: nothing is settled because a file says so."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from claims import audit
from claims.models import ArticleStatus, Assessment, Claim, ClaimStatus, Ruling, User
from claims.permissions import check_is_operator
from claims.review.claim_in_hand import OF_CLAIM, OF_STATUS, restate
from claims.review.proposal_outcomes import note_outcomes
from claims.review.state import Judgement, settled_by, state_of
from claims.vocabulary import SETTLED, TRANSITIONS, ClaimState, EventKind, Label


@transaction.atomic
def restate_claims(*, by: User, claims: Collection[UUID]) -> int:
    """Bring these claims in line with the assessments and rulings that they have; return how many changed.

    Those that are in line stay as they are, with their versions. A few queries however many claims there are. Raises
    NotAllowed.
    """
    check_is_operator(by, "work out the states of claims anew")
    ClaimStatus.objects.filter(pk__in=claims).lock()
    found = ClaimStatus.objects.select_related("claim").only(*OF_STATUS, *OF_CLAIM).filter(pk__in=claims).order_by("pk")
    given: dict[UUID, list[Assessment]] = defaultdict(list)
    for assessment in Assessment.objects.filter(claim__in=claims).order_by("created_at", "pk"):
        given[assessment.claim_id].append(assessment)
    rulings = Ruling.objects.in_bulk(list(claims))
    changed, articles = 0, set()
    for status in found:
        ruling = rulings.get(status.pk)
        if is_in_line(status, given[status.pk], ruling):
            continue
        before = _told(status)
        _make_way(status, given[status.pk], ruling)
        restate(status.claim, given[status.pk], ruling)
        articles.add(status.claim.article_id)
        audit.record(EventKind.CLAIM_RESTATED, by=by, target=status.claim, before=before, after=_told(status))
        changed += 1
    note_outcomes(claims)
    _count_settled(articles)
    return changed


def is_in_line(status: ClaimStatus, given: list[Assessment], ruling: Ruling | None) -> bool:
    """Whether the status says what follows from the assessments and the ruling."""
    state = _follows(status, given, ruling)
    if (status.state, status.given) != (state, len(given)):
        return False
    if state not in SETTLED:
        return True
    settled = settled_by([judged(one) for one in given], judged(ruling) if ruling else None)
    return (status.settled_label, status.settled_strength, status.settled_reason, status.was_settled) == (
        settled.label,
        settled.strength,
        settled.reason,
        True,
    )


def judged(given: Assessment | Ruling) -> Judgement:
    """What somebody judged, apart from who and when."""
    return Judgement(Label(given.label), given.strength, given.reason)


def _follows(status: ClaimStatus, given: list[Assessment], ruling: Ruling | None) -> ClaimState:
    ruled = judged(ruling) if ruling else None
    return state_of([judged(one) for one in given], ruled, status.needed, status.reopened_with)


def _make_way(status: ClaimStatus, given: list[Assessment], ruling: Ruling | None) -> None:
    """Where no move leads from the state that a file said to the one that follows, the claim counts as under way."""
    if _follows(status, given, ruling) in {status.state, *TRANSITIONS[ClaimState(status.state)]}:
        return
    status.state, status.settled_at = ClaimState.IN_REVIEW, None
    status.settled_label, status.settled_strength, status.settled_reason = "", None, ""


def _count_settled(articles: Collection[UUID]) -> None:
    for article in sorted(articles):
        here = Claim.objects.filter(article=article, revision=F("article__status__revision")).in_work()
        settled = here.filter(status__state__in=SETTLED).count()
        ArticleStatus.objects.filter(pk=article).update(settled_count=settled)


def _told(status: ClaimStatus) -> dict[str, Any]:
    return {"state": str(status.state), "settled_label": status.settled_label}
