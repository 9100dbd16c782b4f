"""A reviewer takes back what they found of two claims."""

from uuid import UUID

from django.db import transaction

from claims import audit, receipts
from claims.coverage.finding import assessment_state
from claims.coverage.link_claims import outcome
from claims.coverage.link_in_hand import check_in_work, given_to, hold, restate, rule_of, touch
from claims.models import LinkRuling, User
from claims.permissions import check_can_link
from claims.refusals import Conflict, Outdated
from claims.vocabulary import EventKind


@transaction.atomic
def retract_link(*, by: User, link_id: UUID, expected_version: int, key: UUID) -> receipts.Outcome:
    """Take back one's own finding of that version; the history keeps it.

    Raises NotAllowed, Gone, and Conflict where it changed since, a moderator has ruled, or an article is locked.
    """
    check_can_link(by)
    link, a, b = hold(link_id, by)
    given = given_to(link)
    own = next((found for found in given if found.reviewer_id == by.pk), None)
    request = {"verb": "retract link", "link": link_id, "version": expected_version}
    rule = rule_of(link)
    if own is None or own.version != expected_version:
        if before := receipts.answered(by=by, key=key, request=request):
            return before
        raise Outdated(
            "You changed this finding elsewhere since this page was loaded. Look at it again.",
            outcome(link, own, rule),
        )
    check_in_work(a, b)
    if LinkRuling.objects.filter(link=link).exists():
        raise Conflict(
            "A moderator has ruled on this pair, so your finding stays as it was. If the ruling is wrong, tell a "
            "moderator.",
            outcome(link, own, rule),
        )
    old = assessment_state(own)
    own.delete()
    restate(link, [found for found in given if found.reviewer_id != by.pk], None, rule)
    touch(a, b)
    audit.record(EventKind.LINK_RETRACTED, by=by, target=link, before=old, after={"state": link.state})
    return receipts.keep(by=by, key=key, request=request, outcome=outcome(link, None, rule))
