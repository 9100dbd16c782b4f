"""All that a source is said to have said: where, in which words, by which route, and who found so."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from claims.models import Attribution, Claim, Hop, Source, User
from claims.refusals import Invalid
from claims.vocabulary import SETTLED

SIZE: Final = 25
_MOST_NAMES: Final = 500
_LONGEST_PLACE: Final = 60
# A place in the list is a claim, a reviewer and a step: the number of a row would tell how much is being attributed.
_UNKNOWN: Final = "This page of the list is not known any more. Start again from its first page."


class Position(StrEnum):
    """Where a source stands in the route of a statement: at its origin, or behind another."""

    ROOT = "root"
    RELAY = "relay"


@dataclass(frozen=True)
class Step:
    """One step of a route; `is_here` where it is the source whose page it is. `source` is None for an occasion."""

    name: str
    source: Source | None
    is_here: bool


@dataclass(frozen=True)
class Said:
    """One attribution with the source in its route, as far as the viewer may know it."""

    attribution: Attribution
    claim: Claim
    positions: tuple[Position, ...]
    route: tuple[Step, ...]
    is_own: bool
    # The place in the list that this row is.
    place: str

    @property
    def is_settled(self) -> bool:
        """Whether the label shown is the settled one, and no longer blind."""
        return self.claim.status.state in SETTLED

    @property
    def content(self) -> str:
        """The words that the reviewer marked as what was said, "" where none were."""
        return str(self.attribution.words.get("content") or "")


@dataclass(frozen=True)
class Page:
    """Rows of one page, newest first; the place that the next page begins behind, "" where there is none."""

    rows: list[Said]
    after: str


def said_by(source: Source, viewer: User, position: Position | None = None, after: str = "") -> Page:
    """What the source is said to have said, under this name and those that were merged into it; four queries.

    Only attributions that the viewer may see, of claims in work whose article was not withdrawn: each once. Nothing
    else is counted or ordered by, so that a reviewer learns nothing of blind work. Raises Invalid for a made-up place.
    """
    names = _names_of(source)
    hops = _hops(names, viewer, position)
    if after:
        hops = hops.filter(pk__lt=_number_of(after, hops))
    found = list(hops.select_related("attribution__reviewer").order_by("-pk")[: SIZE + 1])
    claims = _claims([hop.attribution.claim_id for hop in found[:SIZE]], viewer)
    rows = [
        _said(hop.attribution, claims[hop.attribution.claim_id], names, viewer, hop.position)
        for hop in found[:SIZE]
        if hop.attribution.claim_id in claims
    ]
    return Page(rows, rows[-1].place if rows and len(found) > SIZE else "")


def _names_of(source: Source) -> set[UUID]:
    """The source and those that were merged into it."""
    return {source.pk, *Source.objects.filter(merged_into=source).values_list("pk", flat=True)[:_MOST_NAMES]}


def _hops(names: set[UUID], viewer: User, position: Position | None) -> QuerySet[Hop]:
    """One step for each attribution: the first with the source, or the first behind the origin for relays."""
    steps = Hop.objects.filter(attribution=OuterRef("attribution"), position__lt=OuterRef("position"))
    hops = Hop.objects.filter(
        source__in=names,
        attribution__in=Attribution.objects.visible_to(viewer),
        attribution__claim__status__set_aside="",
        attribution__claim__article__status__withdrawn_at__isnull=True,
    ).prefetch_related(
        Prefetch("attribution__hops", Hop.objects.select_related("source__merged_into").order_by("position"))
    )
    if position == Position.ROOT:
        return hops.filter(~Exists(steps))
    if position == Position.RELAY:
        behind = steps.filter(source__in=names).filter(
            Exists(Hop.objects.filter(attribution=OuterRef("attribution"), position__lt=OuterRef("position")))
        )
        return hops.filter(Exists(steps), ~Exists(behind))
    return hops.filter(~Exists(steps.filter(source__in=names)))


def _claims(keys: list[UUID], viewer: User) -> dict[UUID, Claim]:
    seen = Claim.objects.visible_to(viewer).in_work()
    return seen.select_related("status", "article__status", "article__outlet").in_bulk(keys)


def _said(attribution: Attribution, claim: Claim, names: set[UUID], viewer: User, number: int) -> Said:
    hops = list(attribution.hops.all())
    here = [hop.source_id in names for hop in hops]
    positions = dict.fromkeys(Position.RELAY if at else Position.ROOT for at, is_here in enumerate(here) if is_here)
    route = tuple(
        Step(str(hop), hop.source and (hop.source.merged_into or hop.source), is_here)
        for hop, is_here in zip(hops, here, strict=True)
    )
    place = f"{claim.pk}~{attribution.reviewer_id}~{number}"
    return Said(attribution, claim, tuple(positions), route, attribution.reviewer_id == viewer.pk, place)


def _number_of(place: str, hops: QuerySet[Hop]) -> int:
    """The row of this place, if it is one of the list. Raises Invalid."""
    claim, _, rest = place.partition("~")
    reviewer, _, position = rest.partition("~")
    try:
        if len(place) > _LONGEST_PLACE:
            raise ValueError("too long for a place")
        key, person, step = UUID(claim), int(reviewer), int(position)
    except ValueError as wrong:
        raise Invalid(_UNKNOWN) from wrong
    if not (0 <= step < 2**15 and 0 <= person < 2**31):
        raise Invalid(_UNKNOWN)
    same = hops.filter(attribution__claim=key, attribution__reviewer=person, position=step)
    number = same.order_by("pk").values_list("pk", flat=True).first()
    if number is None:
        raise Invalid(_UNKNOWN)
    return number
