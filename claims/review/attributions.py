"""Reading attributions: each with its route in order, and what of it a page or a script is told."""

from typing import Any

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery

from claims.models import Assessment, Attribution, Claim, Hop, Source, User
from claims.particulars import SourceKind
from claims.text.strength import Entered, Step, Suggestion, suggest_strength

SPANS = ("source", "cue", "content")
TICKS = ("needs_locator", "content_is_opinion", "is_dated", "is_openable", "is_witnessed")
CHOICES = ("mode", "scope", "quote")


def attributions_of(claim: Claim, viewer: User) -> QuerySet[Attribution]:
    """What the viewer may see of the claim's attributions, the oldest first, each with its hops and their sources.

    Beside each stands what its reviewer judges (`label`, `strength`, `reason`; None without a label). Two queries.
    """
    judged = Assessment.objects.filter(claim=OuterRef("claim"), reviewer=OuterRef("reviewer"))
    hops = Hop.objects.select_related("source__merged_into").order_by("position")
    return (
        Attribution.objects.visible_to(viewer)
        .filter(claim=claim)
        .annotate(**{name: Subquery(judged.values(name)[:1]) for name in ("label", "strength", "reason")})
        .select_related("reviewer")
        .prefetch_related(Prefetch("hops", hops))
        .order_by("created_at", "pk")
    )


def standing(source: Source) -> Source:
    """The source, or the one that it was merged into."""
    return source.merged_into or source


def suggestion_for(attribution: Attribution | None, chain: list[Step], reason: str = "") -> Suggestion:
    """The strength that follows from what is stored; `reason` is why its reviewer finds the claim unsourced."""
    if attribution is None:
        return suggest_strength(None)
    return suggest_strength(
        Entered(
            chain=chain,
            marks_source=bool(attribution.source),
            marks_cue=bool(attribution.cue),
            is_dated=attribution.is_dated,
            is_openable=attribution.is_openable,
            is_witnessed=attribution.is_witnessed,
            reason=reason,
        )
    )


def steps_of(hops: list[Hop]) -> list[Step]:
    """The kinds of a route's sources, None for an occasion."""
    return [SourceKind(standing(hop.source).kind) if hop.source else None for hop in hops]


def told(attribution: Attribution | None) -> dict[str, Any]:
    """An attribution without its words, names and route; version 0 where there is none."""
    empty = Attribution(version=0)
    shown = attribution or empty
    fields = (*SPANS, *CHOICES, *TICKS, "version")
    return {name: getattr(shown, name) for name in fields}
