"""What a door does before it dates a claim whose links follow its times: it waits in the one order of locks."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q

from claims.models import ClaimStatus, Link


def hold_linked(claims: Collection[UUID]) -> None:
    """Lock the claims and every claim that they are linked to, until the transaction ends.

    Dating locks a claim alone; looking at its links again would lock the others after it, whatever their order.
    """
    held: set[UUID] = set()
    # A link may be made while this waits: with the claims locked nobody makes another one.
    for _ in range(2):
        wanted = _linked(claims)
        if wanted - held:
            ClaimStatus.objects.filter(pk__in=wanted).lock()
        held |= wanted


def _linked(claims: Collection[UUID]) -> set[UUID]:
    pairs = Link.objects.filter(Q(a__in=claims) | Q(b__in=claims)).values_list("a", "b")
    return {*claims, *(key for pair in pairs for key in pair)}
