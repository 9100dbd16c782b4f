"""A moderator puts a claim's verdict forward for readers: what it says now is kept, whatever is changed later."""

from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from claims import audit, receipts
from claims.models import Claim, Evidence, User, Verdict, VerdictPublication
from claims.permissions import check_can_moderate, moderators
from claims.refusals import Conflict, Invalid, Outdated
from claims.review.claim_in_hand import hold, touch
from claims.review.in_view import check_takes_details
from claims.review.notify import notify
from claims.text.plain import plain
from claims.transfers import PUBLICATIONS_READ, PublicationState
from claims.vocabulary import SETTLED, EventKind, Notice

MAX_CORRECTION: Final = 2_000
_KEPT: Final = ("url", "title", "quote", "date", "stance", "archived_url", "note")


@transaction.atomic
def propose_publication(
    *, by: User, claim_id: UUID, correction: str, expected_version: int, key: UUID
) -> receipts.Outcome:
    """Put the verdict in force forward; a second moderator lets it out or declines.

    `expected_version` is the version of the verdict that the page showed. `correction` tells readers why it differs
    from what was published before, needed once anything was. Raises NotAllowed, Gone, Invalid (no correction; the claim
    is not settled, its words changed, there is no verdict), and Conflict where the verdict changed since, one is
    already put forward, readers see this one already, or the article is locked.
    """
    check_can_moderate(by, "put verdicts forward for readers")
    correction = plain("correction", correction, MAX_CORRECTION)
    claim = hold(claim_id)
    request = {"verb": "propose", "claim": claim_id, "version": expected_version, "correction": correction}
    if before := receipts.answered(by=by, key=key, request=request):
        return before
    verdict = _in_force(claim, expected_version)
    _check_new(claim, verdict, correction)
    publication = _keep(claim, verdict, correction, by)
    touch(claim)
    notify(moderators().exclude(pk=verdict.by_id), Notice.TO_PUBLISH, claim=claim, by=by)
    told = state(publication)
    audit.record(EventKind.PUBLICATION_PROPOSED, by=by, target=claim, after=told, reason=correction)
    return receipts.keep(by=by, key=key, request=request, outcome=told)


def why_not_yet(claim: Claim, verdict: Verdict | None) -> str:
    """Why this verdict cannot be put forward now, as a sentence; "" where it can."""
    if claim.status.state not in SETTLED:
        return "This claim is not settled, so its verdict is not for readers yet. Settle it first."
    if claim.status.text_changed_at is not None:
        return "The words of this claim have changed since it was judged. Confirm its wording or judge it anew first."
    if verdict is None or not verdict.value:
        return "There is no verdict on this claim that could be put forward. Give one first."
    return ""


def _in_force(claim: Claim, expected_version: int) -> Verdict:
    check_takes_details(claim)
    verdict = Verdict.objects.filter(claim=claim).first()
    if (verdict.version if verdict else 0) != expected_version:
        raise Outdated("Another verdict was given since this page was loaded. Look at it and put that one forward.")
    if (why := why_not_yet(claim, verdict)) or verdict is None:
        raise Invalid(why)
    return verdict


def _check_new(claim: Claim, verdict: Verdict, correction: str) -> None:
    told = VerdictPublication.objects.filter(claim=claim)
    if told.filter(state=PublicationState.PROPOSED).exists():
        raise Conflict("A verdict on this claim is put forward already. It has to be published or declined first.")
    if told.filter(state=PublicationState.PUBLISHED, verdict_version=verdict.version).exists():
        raise Conflict("Readers see this verdict already. Change it first, or withdraw what is published.")
    if not correction and told.filter(state__in=PUBLICATIONS_READ).exists():
        raise Invalid(
            "Say in a sentence what is put right, and why: readers have seen another verdict on this claim, and they "
            "will be shown this correction."
        )


def _keep(claim: Claim, verdict: Verdict, correction: str, by: User) -> VerdictPublication:
    last = VerdictPublication.objects.filter(claim=claim).aggregate(last=Max("number"))["last"] or 0
    rests_on = Evidence.objects.in_force().filter(verdicts=verdict).order_by("created_at", "pk")
    return VerdictPublication.objects.create(
        claim=claim,
        number=last + 1,
        state=PublicationState.PROPOSED,
        verdict_version=verdict.version,
        value=verdict.value,
        explanation=verdict.explanation,
        as_of=verdict.as_of,
        valid_until=verdict.valid_until,
        evidence=[{"id": str(one.pk)} | {name: str(getattr(one, name)) for name in _KEPT} for one in rests_on],
        correction=correction,
        proposed_by=by,
    )


def state(publication: VerdictPublication) -> dict[str, Any]:
    """A publication as the event log and a receipt keep it: what it rests on by keys, never by quotes."""
    return {
        "number": publication.number,
        "state": str(publication.state),
        "value": str(publication.value),
        "verdict_version": publication.verdict_version,
        "as_of": publication.as_of,
        "valid_until": publication.valid_until,
        "evidence": [one["id"] for one in publication.pieces()],
        "version": publication.version,
    }
