"""What became of a claim's verdict on its way to readers: what the desk is shown, and what waits."""

from dataclasses import dataclass
from typing import Final

from django.contrib.auth.models import AnonymousUser

from claims.models import Claim, User, Verdict, VerdictPublication
from claims.models.verdict_publication import VerdictPublicationQuerySet
from claims.permissions import can_let_out, can_moderate
from claims.review.decide_publication import concerned_with
from claims.review.propose_publication import why_not_yet
from claims.transfers import PUBLICATIONS_READ, PublicationState

# The newest publications that a page tells of; the panel has all events.
TOLD: Final = 50


@dataclass(frozen=True)
class Standing:
    """Where a claim's verdict stands with readers, as the viewer may know it.

    `out` is what readers see now, `is_older` says that the verdict was changed since. For moderators alone: `version`
    is that of the verdict in force, 0 where there is none, `waiting` what is put forward, `may_let_out` whether this
    viewer could be the second one, `why_not` why the verdict in force cannot be put forward now ("" where it can).
    `needs_correction` says that readers have seen another before.
    """

    told: list[VerdictPublication]
    version: int
    out: VerdictPublication | None
    waiting: VerdictPublication | None
    is_older: bool
    may_let_out: bool
    why_not: str
    needs_correction: bool


def standing_of(claim: Claim, viewer: User) -> Standing:
    """Where the claim's verdict stands; two queries."""
    told = list(told_to(viewer).filter(claim=claim).order_by("-number")[:TOLD])
    moderates = can_moderate(viewer)
    verdict = Verdict.objects.visible_to(viewer).filter(claim=claim).first()
    out = next((one for one in told if one.state == PublicationState.PUBLISHED), None)
    waiting = next((one for one in told if one.state == PublicationState.PROPOSED), None)
    is_current = bool(out and verdict and out.verdict_version == verdict.version)
    may_let_out = bool(waiting and verdict and can_let_out(viewer, concerned_with(waiting, verdict)))
    return Standing(
        told=told,
        version=verdict.version if verdict and moderates else 0,
        out=out,
        waiting=waiting,
        is_older=bool(out and verdict) and not is_current,
        may_let_out=may_let_out,
        why_not=_why_not(claim, verdict, is_current=is_current) if moderates else "",
        needs_correction=any(one.state in PUBLICATIONS_READ for one in told),
    )


def told_to(viewer: User | AnonymousUser) -> VerdictPublicationQuerySet:
    """Publications that the viewer may know of, with who decided them."""
    seen = VerdictPublication.objects.visible_to(viewer)
    return seen.select_related("proposed_by", "decided_by", "ended_by")


def waiting() -> VerdictPublicationQuerySet:
    """What waits for a second moderator, with its claims; for moderators."""
    found = VerdictPublication.objects.filter(state=PublicationState.PROPOSED)
    return found.select_related("claim__status", "claim__article__outlet", "claim__article__status", "proposed_by")


def _why_not(claim: Claim, verdict: Verdict | None, *, is_current: bool) -> str:
    if is_current:
        return "Readers see the verdict in force."
    return why_not_yet(claim, verdict)
