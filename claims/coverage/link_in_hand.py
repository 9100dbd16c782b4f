"""What every write about a link begins and ends with: lock its two claims and itself, check them, restate it."""

from typing import Final
from uuid import UUID

from django.db.models import F
from django.utils import timezone

from claims.coverage.claim_times import TimeRule, time_rule, times_of
from claims.coverage.link_state import is_held_by_time, link_state, settle, unsettle
from claims.coverage.suggestion_outcome import follow_link
from claims.models import Claim, ClaimStatus, Link, LinkAssessment, LinkRuling, User
from claims.models.link import in_order, link_key
from claims.refusals import Conflict, Gone, Invalid
from claims.relations import LINK_SETTLED, TIME_BOUND, LinkState

NO_CLAIM: Final = (
    "One of the two claims is not here any more: its article was withdrawn or read again without it, or it was hidden "
    "or redrawn. Nothing was stored; look for the claim that took its place."
)
LOCKED: Final = (
    "A moderator has locked the article of one of the two claims, so they take no findings for now. What you chose is "
    "still here; ask a moderator, or come back when it is unlocked."
)


def hold_claims(one: UUID, other: UUID, by: User) -> tuple[Claim, Claim]:
    """The two claims as `a` and `b` of a link, with their statuses locked until the transaction ends.

    Raises Invalid where they are one and the same, Gone where `by` cannot see one of them.
    """
    if one == other:
        raise Invalid("A claim is not linked to itself. Choose another one.")
    keys = in_order(one, other)
    ClaimStatus.objects.filter(pk__in=keys).lock()
    found = {
        claim.pk: claim
        for claim in Claim.objects.visible_to(by).filter(pk__in=keys).select_related("status", "article__status")
    }
    if len(found) < len(keys):
        raise Gone(NO_CLAIM)
    return found[keys[0]], found[keys[1]]


def check_in_work(*claims: Claim) -> None:
    """Raise Gone for a claim that takes no more work, Conflict where its article is locked."""
    for claim in claims:
        if claim.status.set_aside or claim.article.status.revision_id != claim.revision_id:
            raise Gone(NO_CLAIM)
        if claim.article.status.locked_at is not None:
            raise Conflict(LOCKED)


def link_between(a: Claim, b: Claim) -> Link:
    """The link between the two locked claims, locked; a new one, not yet stored, where there is none."""
    found = Link.objects.select_for_update(of=("self",)).filter(a=a, b=b).first()
    return found or Link(pk=link_key(a.pk, b.pk), a=a, b=b)


def hold(link_id: UUID, by: User) -> tuple[Link, Claim, Claim]:
    """The link with its two claims, locked. Raises Gone where it, or one of its claims, is not there for `by`."""
    sides = Link.objects.filter(pk=link_id).values_list("a", "b").first()
    if sides is None:
        raise Gone("There is no such link here.")
    a, b = hold_claims(*sides, by)
    return Link.objects.select_for_update(of=("self",)).get(pk=link_id), a, b


def given_to(link: Link) -> list[LinkAssessment]:
    """The link's assessments, first given first."""
    return list(LinkAssessment.objects.filter(link=link).select_related("reviewer").order_by("created_at", "pk"))


def rule_of(link: Link) -> TimeRule:
    """What the times of the link's two claims allow."""
    times = times_of([link.a_id, link.b_id])
    return time_rule(times[link.a_id], times[link.b_id])


def check_time(relation: str, rule: TimeRule) -> None:
    """Raise Invalid where two claims are found to agree or contradict though their times are known to lie apart."""
    if relation in TIME_BOUND and rule.overlap is False:
        raise Invalid(rule.sentence)


def standing(
    link: Link, given: list[LinkAssessment], ruling: LinkRuling | None, rule: TimeRule
) -> tuple[LinkState, bool]:
    """The link's state as it follows from what was found, ruled and dated, and whether only the times hold it back."""
    overlap = bool(rule.overlap)
    return (
        link_state(given, ruling, times_overlap=overlap, reopened_with=link.reopened_with),
        is_held_by_time(given, ruling, times_overlap=overlap, reopened_with=link.reopened_with),
    )


def restate(link: Link, given: list[LinkAssessment], ruling: LinkRuling | None, rule: TimeRule) -> None:
    """Bring the link in line with what was found, ruled and dated, and store it."""
    link.given = len(given)
    link.state, link.held_by_time = standing(link, given, ruling, rule)
    if link.state in LINK_SETTLED:
        settle(link, given, ruling)
        link.settled_at = link.settled_at or timezone.now()
        link.was_settled = True
    else:
        unsettle(link)
    link.version += 1
    link.save()
    follow_link(link)


def touch(*claims: Claim) -> None:
    """Count a write about the claims: one of version 0 may be read away."""
    ClaimStatus.objects.filter(pk__in=[claim.pk for claim in claims]).update(version=F("version") + 1)


def state_told(link: Link, own: LinkAssessment | None) -> str:
    """The link's state as somebody may know it who judges blind."""
    return link.state if link.state in LINK_SETTLED else LinkState.PROPOSED if own else LinkState.OPEN
