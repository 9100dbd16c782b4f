"""A moderator reopens a settled claim: its ruling is set aside, or its agreement doubted; the history keeps both."""

from uuid import UUID

from django.db import transaction

from claims import audit, receipts
from claims.models import Claim, Ruling, User
from claims.permissions import check_can_moderate
from claims.refusals import Conflict, Invalid
from claims.review import rule_on_claim
from claims.review.claim_in_hand import answered_before, given_to, restate, take
from claims.review.notify import notify
from claims.text.plain import plain
from claims.vocabulary import SETTLED, EventKind, Notice

MAX_REASON = 1_000


@transaction.atomic
def reopen_claim(*, by: User, claim_id: UUID, reason: str, expected_version: int, key: UUID) -> receipts.Outcome:
    """Put a settled claim back into work; one more opinion than there were is needed before agreement settles it again.

    `expected_version` is the version of the claim's status that the page showed. Raises NotAllowed, Gone, Invalid (no
    reason given), and Conflict where the claim changed since or is not settled.
    """
    check_can_moderate(by, "reopen claims")
    if not (reason := plain("reason", reason, MAX_REASON)):
        raise Invalid("Say why the claim is reopened: those who judged it will read it.")
    claim = take(claim_id)
    request = {"verb": "reopen", "claim": claim_id, "version": expected_version, "reason": reason}
    if before := answered_before(claim, expected_version, by=by, key=key, request=request):
        return before
    status = claim.status
    if status.state not in SETTLED:
        raise Conflict("This claim is not settled, so there is nothing to reopen.")
    ruling = Ruling.objects.filter(claim=claim).first()
    old = {
        "state": status.state,
        "label": status.settled_label,
        "strength": status.settled_strength,
        "reason": status.settled_reason,
        "ruling": rule_on_claim.state(ruling),
        "ruling_version": ruling.version if ruling else _version_before(claim),
    }
    if ruling:
        ruling.delete()
    given = given_to(claim)
    status.reopened_with = len(given)
    status.reopenings += 1
    restate(claim, given)
    notify([assessment.reviewer for assessment in given], Notice.REOPENED, claim=claim, by=by)
    audit.record(
        EventKind.CLAIM_REOPENED, by=by, target=claim, before=old, after={"state": status.state}, reason=reason
    )
    return receipts.keep(by=by, key=key, request=request, outcome={"state": status.state, "version": status.version})


def _version_before(claim: Claim) -> int:
    """The version of the last ruling that was set aside, which the next one goes on from."""
    last = audit.newest(claim, EventKind.CLAIM_REOPENED)
    return int((last.before or {}).get("ruling_version", 0)) if last else 0
