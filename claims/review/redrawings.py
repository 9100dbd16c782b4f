"""What became of a claim whose borders were drawn anew, and what a claim was drawn from."""

from dataclasses import dataclass, field
from uuid import UUID, uuid4

from django.db.models import Prefetch

from claims.models import Claim, Redrawing, User
from claims.vocabulary import Aside


@dataclass(frozen=True)
class Undo:
    """What the verb takes to take a redrawing back: the claims to set aside, and the places of those to bring back."""

    revision_id: UUID
    old: list[UUID]
    spans: list[tuple[int, int]]
    # For the form: sending it twice has one effect.
    key: UUID = field(default_factory=uuid4)


@dataclass(frozen=True)
class Redrawn:
    """The last redrawing of a claim: which claims took its place, or which it took the place of. Who did it is blind.

    `undo` is there where the viewer did it and nothing has become of it since.
    """

    became: list[Claim]
    was: list[Claim]
    undo: Undo | None


def redrawing_of(claim: Claim, viewer: User) -> Redrawn | None:
    """The last redrawing of the claim, None where there is none that tells of it; one query, three where there is one.

    The claim comes with its status and its article's.
    """
    before, after = Redrawing.before.through.objects, Redrawing.after.through.objects
    keys = before.filter(claim=claim).values("redrawing").union(after.filter(claim=claim).values("redrawing"))
    claims = Claim.objects.visible_to(viewer).select_related("status").in_reading_order()
    found = Redrawing.objects.filter(pk__in=keys).order_by("-created_at")
    last = found.prefetch_related(Prefetch("before", claims), Prefetch("after", claims)).first()
    if last is None:
        return None
    old, new = list(last.before.all()), list(last.after.all())
    is_aside = claim.status.set_aside == Aside.REDRAWN
    if is_aside == (claim in new) or (claim in old and not is_aside):
        return None
    return Redrawn(new if is_aside else [], [] if is_aside else old, _undo(claim, viewer, last, old, new))


def _undo(claim: Claim, viewer: User, last: Redrawing, old: list[Claim], new: list[Claim]) -> Undo | None:
    stands = all(not one.status.set_aside for one in new) and all(one.status.set_aside == Aside.REDRAWN for one in old)
    in_force = claim.article.status.revision_id
    if last.by_id != viewer.pk or not stands or any(one.revision_id != in_force for one in (*old, *new)):
        return None
    return Undo(in_force, [one.pk for one in new], [(one.start, one.end) for one in old])
