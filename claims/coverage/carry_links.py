"""What a reviewer found of a claim goes along when its borders are drawn anew."""

from collections.abc import Iterator
from typing import Final
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import Q

from claims import audit
from claims.coverage.finding import Finding, origin_of
from claims.coverage.link_claims import link_claims
from claims.models import Claim, Link, LinkAssessment, Suggestion, User
from claims.models.link import in_order, link_key
from claims.permissions import check_can_link
from claims.refusals import Refusal
from claims.relations import LinkState, SuggestionState
from claims.vocabulary import EventKind

BECAUSE: Final = "Carried along when the borders were drawn anew."
# One reviewer finds so much of one claim at most; what is beyond stays with the claim that was set aside.
MOST_CARRIED: Final = 200


@transaction.atomic
def carry_links(*, by: User, before: UUID, after: UUID, key: UUID, is_beside: bool = False) -> int:
    """Find of the claim `after` what `by` found of `before`, whose place it took; return how many links that makes.

    Where it was drawn beside one that stays (`is_beside`), nothing was found of it yet.
    A pair that was rejected of `before` stays rejected of `after`. The findings at `before` stay with it for the day
    that it comes back. What `by` has found of `after` already stands,
    and what cannot be found of it is passed by. Each link writes its own event. Raises NotAllowed.
    """
    check_can_link(by)
    _remember_rejections(by, before, after)
    if is_beside:
        return 0
    carried = 0
    for found, other in _to_carry(by, before, after):
        origin = origin_of(found, found.link)
        finding = Finding(
            relation=found.relation,
            subtype=found.subtype,
            origin=after if origin == before else origin,
            independence=found.independence,
            signs=tuple(found.signs),
            basis=found.basis,
            reason=found.reason,
        )
        try:
            with transaction.atomic():
                link_claims(
                    by=by,
                    claim_id=after,
                    other_id=other,
                    finding=finding,
                    expected_version=0,
                    key=uuid5(key, str(found.link_id)),
                    because=BECAUSE,
                )
                _keep_blindness(found, after, other)
        except Refusal:
            continue
        carried += 1
    return carried


def _remember_rejections(by: User, before: UUID, after: UUID) -> None:
    """What was rejected of the one claim is not proposed of the other, which has nearly its words."""
    rejected = Q(state=SuggestionState.REJECTED), Q(state=LinkState.REJECTED)
    others: set[UUID] = set()
    for model, is_rejected in zip((Suggestion, Link), rejected, strict=True):
        pairs = model._default_manager.filter(is_rejected, Q(a=before) | Q(b=before)).values_list("a", "b")
        others |= {b if a == before else a for a, b in pairs[:MOST_CARRIED]}
    for other in sorted(others - {after}):
        a, b = in_order(after, other)
        there, is_new = Suggestion.objects.get_or_create(
            a_id=a,
            b_id=b,
            defaults={"score": 0.0, "state": SuggestionState.REJECTED, "suggester_version": 0, "decided_by": by},
        )
        if is_new:
            found = {"state": there.state, "from": str(before)}
            audit.record(EventKind.SUGGESTION_REJECTED, by=by, target=there, after=found, reason=BECAUSE)


def _to_carry(by: User, before: UUID, after: UUID) -> Iterator[tuple[LinkAssessment, UUID]]:
    """One's own findings of `before`, each with the claim at the other side, where there is none of `after` yet."""
    if before == after or not Claim.objects.filter(pk=after).exists():
        return
    own = LinkAssessment.objects.filter(reviewer=by).select_related("link").order_by("pk")
    found = [*own.filter(link__a=before)[:MOST_CARRIED], *own.filter(link__b=before)[:MOST_CARRIED]]
    keys = {one.pk: link_key(after, one.link.other(before)) for one in found if one.link.other(before) != after}
    there = set(own.filter(link__in=keys.values()).values_list("link", flat=True))
    yield from ((one, one.link.other(before)) for one in found if one.pk in keys and keys[one.pk] not in there)


def _keep_blindness(found: LinkAssessment, after: UUID, other: UUID) -> None:
    """Who saw others' findings once has seen them wherever the finding goes."""
    if not found.blind:
        LinkAssessment.objects.filter(link=link_key(after, other), reviewer=found.reviewer_id).update(blind=False)
