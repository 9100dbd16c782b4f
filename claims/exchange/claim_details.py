"""What an export says of a claim beyond its label: attribution, times, evidence, verdict, as the viewer may know it."""

from collections import defaultdict
from typing import Any, Final
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count

from claims.exchange.as_text import as_key, as_text
from claims.models import Attribution, ClaimTime, Evidence, Hop, User, Verdict
from claims.particulars import TimeKind

Row = list[Any]
ARROW: Final = " → "
# What stands in place of a key for a step of the route that is no source.
OCCASION: Final = "occasion"
_OF_ROUTE: Final = ("source_name", "source_kind", "chain", "chain_ids")
_OF_ATTRIBUTION: Final = (
    *("mode", "scope", "cue", "source_words", "content_words"),
    *("quote_kind", "needs_locator", "content_is_opinion"),
)
_ATTRIBUTION: Final = (*_OF_ROUTE, *_OF_ATTRIBUTION)
_OF_CLAIM: Final = ("event_time", "as_of", "evidence_count", "verdict", "verdict_as_of")
# These columns stand behind all that stood there before them, so that a column keeps its place.
DETAIL_COLUMNS: Final = (*_ATTRIBUTION, *_OF_CLAIM, "text_changed")
_NO_ROUTE: Final[Row] = [""] * len(_OF_ROUTE)
_NO_ATTRIBUTION: Final[Row] = [""] * len(_ATTRIBUTION)
# No evidence is a number, for those who may see evidence.
_NOTHING_KNOWN: Final[Row] = ["", "", 0, "", ""]
_NOTHING_TOLD: Final[Row] = [""] * len(_OF_CLAIM)
# The details of a claim that nobody has written about, for the desk.
UNTOUCHED: Final[Row] = [*_NO_ATTRIBUTION, *_NOTHING_KNOWN, ""]
_TIMES: Final = {TimeKind.EVENT.value: 0, TimeKind.AS_OF.value: 1}
_EVIDENCE, _VERDICT = 2, 3


class Details:
    """The details of some claims; five queries, however many they are. Readers are told none, but of a changed text.

    `known` takes a claim's key as the text that the database gives.
    """

    def __init__(self, claims: list[UUID], viewer: User | AnonymousUser, *, of_desk: bool) -> None:
        reads = of_desk and bool(claims)
        self._attributions = _attributions(claims, viewer) if reads else {}
        self._of_claims = _of_claims(claims, viewer) if reads else {}
        self._nothing = _NOTHING_KNOWN if of_desk else _NOTHING_TOLD

    def known(self, claim: str, reviewer: int, text_changed: object) -> Row:
        """The values of DETAIL_COLUMNS in the row of this reviewer's assessment; 0 where there is none."""
        attribution = self._attributions.get((claim, reviewer), _NO_ATTRIBUTION)
        return [*attribution, *self._of_claims.get(claim, self._nothing), "yes" if text_changed else ""]


def _attributions(keys: list[UUID], viewer: User | AnonymousUser) -> dict[tuple[str, int], Row]:
    of_claims = Attribution.objects.visible_to(viewer).filter(claim__in=keys)
    seen = of_claims.values_list(
        *("pk", as_text("claim"), "reviewer", "words"),
        *("mode", "scope", "quote", "needs_locator", "content_is_opinion"),
    )
    found = list(seen)
    routes = _routes([pk for pk, *_ in found])
    return {
        (claim, reviewer): [*routes.get(pk, _NO_ROUTE), *_said(words, *chosen)]
        for pk, claim, reviewer, words, *chosen in found
    }


def _said(words: dict[str, str], mode: str, scope: str, quote: str, *ticks: bool) -> Row:
    marked = [words.get(name, "") for name in ("cue", "source", "content")]
    return [mode, scope, *marked, quote, *("yes" if tick else "" for tick in ticks)]


def _routes(attributions: list[int]) -> dict[int, Row]:
    """Of each attribution: its root's name and kind, its steps in words, and their keys."""
    steps: dict[int, list[tuple[str, str, str]]] = defaultdict(list)
    hops = Hop.objects.filter(attribution__in=attributions).order_by("attribution", "position")
    hops = hops.annotate(own_key=as_text("source"), merged_key=as_text("source__merged_into"))
    for attribution, occasion, key, name, kind, into, into_name, into_kind in hops.values_list(
        *("attribution", "occasion", "own_key", "source__name", "source__kind"),
        *("merged_key", "source__merged_into__name", "source__merged_into__kind"),
    ):
        source = (into_name, into_kind, as_key(into)) if into else (name, kind, as_key(key)) if key else None
        steps[attribution].append(source or (occasion, "", OCCASION))
    return {attribution: _route(found) for attribution, found in steps.items()}


def _route(steps: list[tuple[str, str, str]]) -> Row:
    root = next(((name, kind) for name, kind, _ in steps if kind), ("", ""))
    return [*root, ARROW.join(name for name, _, _ in steps), " ".join(key for _, _, key in steps)]


def _of_claims(keys: list[UUID], viewer: User | AnonymousUser) -> dict[str, Row]:
    known: dict[str, Row] = defaultdict(_NOTHING_KNOWN.copy)
    times = ClaimTime.objects.filter(claim__in=keys)
    for claim, kind, value in times.values_list(as_text("claim"), "kind", "value"):
        known[claim][_TIMES[kind]] = value
    evidence = Evidence.objects.visible_to(viewer).in_force().filter(claim__in=keys)
    counted = evidence.values(key=as_text("claim")).annotate(number=Count("pk"))
    for claim, number in counted.order_by().values_list("key", "number"):
        known[claim][_EVIDENCE] = number
    verdicts = Verdict.objects.visible_to(viewer).filter(claim__in=keys)
    for claim, value, as_of in verdicts.values_list(as_text("claim"), "value", "as_of"):
        known[claim][_VERDICT:] = [value, as_of if value else ""]
    return known
