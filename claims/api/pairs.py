"""Two claims side by side as data, and the claims that are worth putting beside one."""

from typing import Any, Final
from uuid import UUID

from django.db.models import F
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.claim_shapes import EXAMPLE as CLAIM
from claims.api.claim_shapes import ClaimShape, claim_told, claims_told, with_labels
from claims.api.claims import claim_for
from claims.api.links import EXAMPLE as LINK
from claims.api.links import GROUP, LinkShape, link_told, with_findings
from claims.api.schema import operation, query
from claims.api.shape import Shape
from claims.api.view import ApiView, person, versioned
from claims.coverage.candidates import DONE, PUT_FORWARD, Candidate, candidates_for, search_claims
from claims.coverage.claim_times import ClaimTimes, time_rule, times_of
from claims.filters import MAX_QUERY
from claims.models import Claim, Link, Revision, User
from claims.models.link import link_key
from claims.origin_evidence import Evidence, Quoted, evidence_between
from claims.permissions import check_can_see_desk
from claims.refusals import Gone, Invalid
from claims.relations import ORIGIN_SIGN_NAMES
from claims.text.comparing import compare
from claims.text.similarity import explain
from claims.text.surroundings import window

MOST: Final = 20
# Of a long paragraph, so many code points are told on each side of a claim.
MOST_AROUND: Final = 1_500
OTHER: Final = CLAIM | {"id": "1e4c9a63-5c8f-5a1f-8b55-4a7a2c2d3e21"}
_PASSAGE: Final = {"start": 0, "end": 45, "text": "The bridge over the Elm was closed on Friday."}
_QUOTED: Final = {"before": "", "exact": "over the Elm was closed", "after": ""}
_TIMES: Final = {"event": "2024-04-26", "as_of": ""}


class PassageShape(Shape):
    """A claim's paragraph with the one before and after it."""

    start = serializers.IntegerField(help_text="In code points of the text.")
    end = serializers.IntegerField()
    text = serializers.CharField()


class PairTimesShape(Shape):
    """When a claim holds, in EDTF; empty where nobody has said."""

    event = serializers.CharField(allow_blank=True)
    as_of = serializers.CharField(allow_blank=True)


class PassageWithSign(Shape):
    """A passage in which a sign stands."""

    before = serializers.CharField(allow_blank=True)
    exact = serializers.CharField()
    after = serializers.CharField(allow_blank=True)


class OriginSignShape(Shape):
    """What may show that both rest on one origin; whether they do is for people to find."""

    kind = serializers.CharField(help_text=f"One of {', '.join(ORIGIN_SIGN_NAMES)}.")
    sentence = serializers.CharField()
    a = PassageWithSign(many=True)
    b = PassageWithSign(many=True)
    left_out = serializers.IntegerField(help_text="Passages that are not told.")


class SideOfPair(Shape):
    """One of the two."""

    claim = ClaimShape()
    passage = PassageShape()
    times = PairTimesShape()


class PairOfClaims(Shape):
    """Two claims, in the order of the address, and what you may know of how they relate."""

    a = SideOfPair()
    b = SideOfPair()
    reasons = serializers.ListField(child=serializers.CharField(), help_text="What brings them together or apart.")
    differences = serializers.ListField(child=serializers.CharField(), help_text="What differs in their words.")
    signs = OriginSignShape(many=True)
    overlap = serializers.BooleanField(allow_null=True, help_text="Of their times; null: not known.")
    time_rule = serializers.CharField(allow_blank=True, help_text="Why the times hold a finding back.")
    newer = serializers.UUIDField(allow_null=True, help_text="The claim that is wholly later.")
    link = LinkShape(allow_null=True, help_text="Its a and b are in an order of their own.")
    version = serializers.IntegerField(help_text="Of your finding; 0 where you gave none.")


class CandidateShape(Shape):
    """A claim worth comparing with another."""

    claim = ClaimShape()
    likeness = serializers.FloatField(help_text="0 to 1; of what was searched for 0.")
    reasons = serializers.ListField(child=serializers.CharField())
    state = serializers.ChoiceField(
        choices=[(PUT_FORWARD, PUT_FORWARD), (DONE, DONE)], allow_blank=True,
        help_text="put_forward: somebody put the two forward; done: you are done with them.",
    )  # fmt: skip


class CandidatesShape(Shape):
    """Candidates, the best first."""

    candidates = CandidateShape(many=True)


class OnePair(ApiView):
    """Two claims side by side."""

    @operation(
        "Two claims side by side", group=GROUP, answers=PairOfClaims, errors=(410,),
        example={
            "a": {"claim": CLAIM, "passage": _PASSAGE, "times": _TIMES},
            "b": {"claim": OTHER, "passage": _PASSAGE, "times": _TIMES},
            "reasons": ["dates differ: Friday against Thursday"], "differences": [], "overlap": True, "time_rule": "",
            "signs": [{"kind": "shared_wording", "sentence": "Both have these words.", "a": [_QUOTED], "b": [_QUOTED],
                       "left_out": 0}],
            "newer": None, "link": LINK, "version": 0,
        },
    )  # fmt: skip
    def get(self, request: Request, claim_id: UUID, other_id: UUID) -> Response:
        """Their passages, times and differences, signs of one origin, and the link between them where there is one."""
        check_can_see_desk(request.user)
        if claim_id == other_id:
            raise Invalid("A claim is not compared with itself. Choose another one.")
        viewer = person(request)
        here, other = (_compared(viewer, key) for key in (claim_id, other_id))
        return versioned(_pair(here, other, viewer))


class Candidates(ApiView):
    """What is worth comparing with a claim."""

    @operation(
        "Claims worth comparing with a claim, best first", group=GROUP, answers=CandidatesShape, errors=(410,),
        example={"candidates": [{"claim": OTHER, "likeness": 0.6, "reasons": ["both name the Elm"], "state": ""}]},
        asks=[query("q", "Claims that hold these words instead.", {"type": "string", "maxLength": MAX_QUERY})],
    )  # fmt: skip
    def get(self, request: Request, claim_id: UUID) -> Response:
        """At most 20. Order and choice tell nothing of what others found."""
        check_can_see_desk(request.user)
        viewer = person(request)
        claim, words = claim_for(viewer, claim_id), request.query_params.get("q", "").strip()
        found = _searched(words, claim, viewer) if words else candidates_for(claim, viewer, MOST)
        rows = with_labels(Claim.objects.visible_to(viewer).filter(pk__in=[one.claim.pk for one in found]))
        told = {one["id"]: one for one in claims_told(rows)}
        shown = [_candidate(one, told[one.claim.pk]) for one in found if one.claim.pk in told]
        return Response({"candidates": shown})


def _compared(viewer: User, key: UUID) -> Claim:
    """One of the two with what is read of its article. Raises Gone."""
    found = with_labels(Claim.objects.visible_to(viewer).filter(pk=key)).defer(None).first()
    if found is None:
        raise Gone("One of the two claims is not here: its article was withdrawn, or it is hidden.")
    return found


def _pair(here: Claim, other: Claim, viewer: User) -> dict[str, Any]:
    """The pair in the form of PairOfClaims; as many queries for one with much work as for one with none."""
    texts = dict(Revision.objects.filter(pk__in=[here.revision_id, other.revision_id]).values_list("pk", "text"))
    text, other_text = texts[here.revision_id], texts[other.revision_id]
    times = times_of([here.pk, other.pk])
    rule = time_rule(times[here.pk], times[other.pk])
    origin = evidence_between(here, other, text, other_text, viewer)
    links = Link.objects.visible_to(viewer).filter(pk=link_key(here.pk, other.pk))
    link: Any = with_findings(links).annotate(own_version=F("own__version")).first()
    return {
        "a": _side(here, text, times[here.pk]),
        "b": _side(other, other_text, times[other.pk]),
        "reasons": [reason.sentence for reason in explain(here.exact, other.exact)],
        "differences": list(compare(here.exact, other.exact).differences),
        "signs": [_sign(one) for one in origin.found],
        "overlap": rule.overlap,
        "time_rule": rule.sentence,
        "newer": {"a": here.pk, "b": other.pk}.get(rule.newer),
        "link": link_told(link) if link else None,
        "version": (link.own_version or 0) if link else 0,
    }


def _side(claim: Claim, text: str, times: ClaimTimes) -> dict[str, Any]:
    first, last = window(text, claim.start, claim.end)
    start, end = max(first, claim.start - MOST_AROUND), min(last, claim.end + MOST_AROUND)
    given = {name: time.value if time else "" for name, time in (("event", times.event), ("as_of", times.as_of))}
    return {
        "claim": claim_told(claim),
        "passage": {"start": start, "end": end, "text": text[start:end]},
        "times": given,
    }


def _sign(one: Evidence) -> dict[str, Any]:
    sides = {"a": [_quoted(each) for each in one.here], "b": [_quoted(each) for each in one.other]}
    return {"kind": one.kind, "sentence": one.sentence, "left_out": one.left_out} | sides


def _quoted(one: Quoted) -> dict[str, str]:
    return {"before": one.before, "exact": one.exact, "after": one.after}


def _searched(words: str, claim: Claim, viewer: User) -> list[Candidate]:
    found = search_claims(words, claim, viewer, MOST)
    return [Candidate(one, 0.0, explain(claim.exact, one.exact)) for one in found]


def _candidate(one: Candidate, claim: dict[str, Any]) -> dict[str, Any]:
    reasons = [reason.sentence for reason in one.reasons]
    return {"claim": claim, "likeness": one.score, "reasons": reasons, "state": one.link_state}
