"""A moderator reopens a settled link, or takes a ruling away."""

from uuid import UUID

from django.db import transaction

from claims import audit, receipts
from claims.coverage.finding import cleaned, ruling_state
from claims.coverage.link_in_hand import check_in_work, given_to, hold, restate, rule_of, touch
from claims.models import LinkRuling, User
from claims.permissions import check_can_moderate, check_can_rule_on_link
from claims.refusals import Invalid, Outdated
from claims.relations import LINK_SETTLED
from claims.vocabulary import EventKind


@transaction.atomic
def reopen_link(*, by: User, link_id: UUID, reason: str, expected_version: int, key: UUID) -> receipts.Outcome:
    """Open the link for findings again; the history keeps the ruling. It then takes one more finding than there were.

    `expected_version` is the link's. Raises NotAllowed, Gone, Invalid without a reason or where it is not settled, and
    Conflict where something was done with it since.
    """
    check_can_moderate(by, "reopen links")
    link, a, b = hold(link_id, by)
    reason = cleaned(reason)
    request = {"verb": "reopen link", "link": link_id, "version": expected_version, "reason": reason}
    if link.version != expected_version:
        if before := receipts.answered(by=by, key=key, request=request):
            return before
        now: dict[str, object] = {"state": link.state, "version": link.version}
        raise Outdated("Something was done with this link since this page was loaded. Look at it again.", now)
    check_in_work(a, b)
    check_can_rule_on_link(by, link)
    ruling = LinkRuling.objects.filter(link=link).first()
    if ruling is None and link.state not in LINK_SETTLED:
        raise Invalid("This link is not settled, so there is nothing to reopen.")
    if not reason:
        raise Invalid("Say in a sentence why it is looked at again.")
    given = given_to(link)
    before = (ruling_state(ruling) or {}) | {
        "state": link.state,
        "relation": ruling.relation if ruling else link.relation,
    }
    if ruling is not None:
        ruling.delete()
    link.reopened_with = len(given)
    link.reopenings += 1
    restate(link, given, None, rule_of(link))
    touch(a, b)
    audit.record(EventKind.LINK_REOPENED, by=by, target=link, before=before, after={"state": link.state}, reason=reason)
    return receipts.keep(
        by=by, key=key, request=request, outcome={"link": str(link.pk), "state": link.state, "version": link.version}
    )
