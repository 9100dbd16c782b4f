"""What an export says of a claim beyond its label: attribution, times, evidence, verdict, as the viewer may know it."""

import json
from collections import defaultdict
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models.functions import Coalesce

from claims.exchange.as_text import as_key, as_moment, as_text
from claims.models import Attribution, ClaimTime, Evidence, Hop, User, Verdict
from claims.models.evidence import EvidenceQuerySet
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
# What a claim needs to come back in as it was, beyond what people read in a table.
_IN_FULL: Final = ("evidence", "verdict_explanation", "verdict_valid_until", "verdict_evidence", "verdict_by")
# How a claim was settled, which is read with the claim itself.
_SETTLED: Final = ("ruled_by", "needed", "reopened_with")
FURTHER: Final = ("route", *_IN_FULL, *_SETTLED)
# These columns stand behind all that stood there before them, so that a column keeps its place.
DETAIL_COLUMNS: Final = (*_ATTRIBUTION, *_OF_CLAIM, "text_changed", *FURTHER)
OF_SOURCE: Final = ("name", "kind", "role", "party", "note")
OF_EVIDENCE: Final = (
    *("id", "url", "title", "quote", "date", "stance", "archived_url", "note", "by", "created_at", "updated_at"),
)
_NO_ROUTE: Final[Row] = [""] * (len(_OF_ROUTE) + 1)
_NO_ATTRIBUTION: Final[Row] = [""] * len(_ATTRIBUTION)
_NOTHING_IN_FULL: Final[Row] = [""] * len(_IN_FULL)
# No evidence is a number, for those who may see evidence.
_NOTHING_KNOWN: Final[Row] = ["", "", 0, "", ""]
_NOTHING_TOLD: Final[Row] = [""] * len(_OF_CLAIM)
NOT_SETTLED: Final[Row] = [""] * len(_SETTLED)
# The details of a claim that nobody has written about, for the desk.
UNTOUCHED: Final[Row] = [*_NO_ATTRIBUTION, *_NOTHING_KNOWN, "", "", *_NOTHING_IN_FULL, *NOT_SETTLED]
_TIMES: Final = {TimeKind.EVENT.value: 0, TimeKind.AS_OF.value: 1}
_EVIDENCE, _VERDICT = 2, 3
_PIECES, _VERDICT_IN_FULL = 0, 1
_AUTHOR: Final = Coalesce("by__imported__name", "by__username")


class _Attributed(NamedTuple):
    """What stands in the columns of an attribution, and its route with all that its sources are."""

    cells: Row
    route: str


_NOT_ATTRIBUTED: Final = _Attributed(_NO_ATTRIBUTION, "")


class _Told(NamedTuple):
    """What is told of a claim whoever judged it: the columns that people read, and those that a file needs besides."""

    of_claim: Row
    in_full: Row


class Details:
    """The details of some claims; a few queries, however many they are. Readers are told none, but of a changed text.

    `known` takes a claim's key as the text that the database gives.
    """

    def __init__(self, claims: list[UUID], viewer: User | AnonymousUser, *, of_desk: bool) -> None:
        reads = of_desk and bool(claims)
        self._attributions = _attributions(claims, viewer) if reads else {}
        self._of_claims = _of_claims(claims, viewer) if reads else {}
        self._nothing = _Told(_NOTHING_KNOWN if of_desk else _NOTHING_TOLD, _NOTHING_IN_FULL)

    def known(self, claim: str, reviewer: int, text_changed: object, settled: Row) -> Row:
        """The values of DETAIL_COLUMNS in the row of this reviewer's assessment; 0 where there is none.

        `settled`: who ruled, how many assessments it needs, with how many it was reopened; or NOT_SETTLED.
        """
        attribution = self._attributions.get((claim, reviewer), _NOT_ATTRIBUTED)
        told = self._of_claims.get(claim, self._nothing)
        changed = "yes" if text_changed else ""
        return [*attribution.cells, *told.of_claim, changed, attribution.route, *told.in_full, *settled]


def _attributions(keys: list[UUID], viewer: User | AnonymousUser) -> dict[tuple[str, int], _Attributed]:
    of_claims = Attribution.objects.visible_to(viewer).filter(claim__in=keys)
    seen = of_claims.values_list(
        *("pk", as_text("claim"), "reviewer", "words"),
        *("mode", "scope", "quote", "needs_locator", "content_is_opinion"),
    )
    found = list(seen)
    routes = _routes([pk for pk, *_ in found])
    attributed = {}
    for pk, claim, reviewer, words, *chosen in found:
        *route, in_full = routes.get(pk, _NO_ROUTE)
        attributed[claim, reviewer] = _Attributed([*route, *_said(words, *chosen)], in_full)
    return attributed


def _said(words: dict[str, str], mode: str, scope: str, quote: str, *ticks: bool) -> Row:
    marked = [words.get(name, "") for name in ("cue", "source", "content")]
    return [mode, scope, *marked, quote, *("yes" if tick else "" for tick in ticks)]


def _routes(attributions: list[int]) -> dict[int, Row]:
    """Of each attribution: its root's name and kind, its steps in words, their keys, and all of it as JSON."""
    steps: dict[int, list[tuple[str, Row]]] = defaultdict(list)
    hops = Hop.objects.filter(attribution__in=attributions).order_by("attribution", "position")
    hops = hops.annotate(own_key=as_text("source"), merged_key=as_text("source__merged_into"))
    for attribution, occasion, key, into, *said in hops.values_list(
        *("attribution", "occasion", "own_key", "merged_key"),
        *(f"source__{name}" for name in OF_SOURCE),
        *(f"source__merged_into__{name}" for name in OF_SOURCE),
    ):
        own, merged = said[: len(OF_SOURCE)], said[len(OF_SOURCE) :]
        step = (as_key(into), merged) if into else (as_key(key), own) if key else (OCCASION, [occasion, ""])
        steps[attribution].append(step)
    return {attribution: _route(found) for attribution, found in steps.items()}


def _route(steps: list[tuple[str, Row]]) -> Row:
    root = next(((name, kind) for _, (name, kind, *_) in steps if kind), ("", ""))
    names = ARROW.join(name for _, (name, *_) in steps)
    in_full = [
        {"occasion": said[0]} if key == OCCASION else {"id": key} | dict(zip(OF_SOURCE, said, strict=True))
        for key, said in steps
    ]
    return [*root, names, " ".join(key for key, _ in steps), _json(in_full)]


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _of_claims(keys: list[UUID], viewer: User | AnonymousUser) -> dict[str, _Told]:
    known: dict[str, _Told] = defaultdict(lambda: _Told(_NOTHING_KNOWN.copy(), _NOTHING_IN_FULL.copy()))
    times = ClaimTime.objects.filter(claim__in=keys)
    for claim, kind, value in times.values_list(as_text("claim"), "kind", "value"):
        known[claim].of_claim[_TIMES[kind]] = value
    evidence = Evidence.objects.visible_to(viewer).in_force().filter(claim__in=keys)
    for claim, pieces in _pieces(evidence).items():
        known[claim].of_claim[_EVIDENCE] = len(pieces)
        known[claim].in_full[_PIECES] = _json(pieces)
    given = Verdict.objects.visible_to(viewer).filter(claim__in=keys).exclude(value="")
    verdicts = list(given.values_list(as_text("claim"), "value", "as_of", "explanation", "valid_until", _AUTHOR))
    rests_on = _rests_on([UUID(claim) for claim, *_ in verdicts], evidence) if verdicts else {}
    for claim, value, as_of, explanation, until, by in verdicts:
        known[claim].of_claim[_VERDICT:] = [value, as_of]
        known[claim].in_full[_VERDICT_IN_FULL:] = [explanation, until, " ".join(sorted(rests_on.get(claim, []))), by]
    return known


def _rests_on(verdicts: list[UUID], evidence: EvidenceQuerySet) -> dict[str, list[str]]:
    """The keys of the evidence that the verdict on each claim rests on and that is in force."""
    found: dict[str, list[str]] = defaultdict(list)
    rests = Verdict.evidence.through._default_manager.filter(verdict__in=verdicts, evidence__in=evidence.values("pk"))
    for claim, piece in rests.values_list(as_text("verdict"), as_text("evidence")):
        found[claim].append(as_key(piece))
    return found


def _pieces(evidence: EvidenceQuerySet) -> dict[str, list[dict[str, str]]]:
    """What is in force of the evidence of each claim, in the order in which it was added."""
    found: dict[str, list[dict[str, str]]] = defaultdict(list)
    own, *_, begun, changed = OF_EVIDENCE
    said = evidence.order_by("created_at", "pk").values_list(
        as_text("claim"), as_text(own), *OF_EVIDENCE[1:-3], _AUTHOR, as_text(begun), as_text(changed)
    )
    for claim, key, *told, at, last in said:
        row = [as_key(key), *told, as_moment(at), as_moment(last)]
        found[claim].append(dict(zip(OF_EVIDENCE, row, strict=True)))
    return found
