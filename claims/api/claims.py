"""Claims as data: their list with its filter, and one with all that is known of it."""

from typing import Any, Final
from uuid import UUID

from django.db.models import F, Q
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.claim_parts import (
    AssessmentShape,
    AttributionShape,
    EvidenceShape,
    RulingShape,
    TimeShape,
    VerdictShape,
    assessments_told,
    attributions_told,
    evidence_told,
    ruling_told,
    times_told,
    verdict_told,
)
from claims.api.claim_shapes import EXAMPLE, ClaimShape, claim_told, claims_told, with_labels
from claims.api.filtering import asks_of
from claims.api.pages import asked, page_answer
from claims.api.schema import operation
from claims.api.shape import Shape
from claims.api.view import ApiView, person
from claims.claim_pages import claim_page
from claims.filters import ClaimFilter
from claims.models import Assessment, Claim, Link, User
from claims.models.claim import ClaimQuerySet
from claims.permissions import can_moderate, check_can_see_desk
from claims.refusals import Gone, Invalid
from claims.review.changed_words import note_changes
from claims.review.rule_on_claim import mark_of

GROUP: Final = "Claims"
# Links that a claim is told with; the list of links has the others.
MOST_LINKS: Final = 200


class LinkOfClaim(Shape):
    """A pair that the claim is in."""

    id = serializers.UUIDField()
    other = serializers.UUIDField(help_text="The other claim.")
    state = serializers.CharField(help_text="As you may know it.")
    relation = serializers.CharField(allow_blank=True, help_text="Settled, else yours.")


class ModerationShape(Shape):
    """What moderators are told of a claim besides."""

    version = serializers.IntegerField(help_text="Of the claim: for reopening, retiring, hiding it.")
    given = serializers.IntegerField(help_text="How many assessments there are.")
    needed = serializers.IntegerField(help_text="How many equal ones settle it.")
    seen = serializers.CharField(help_text="The mark of these assessments: a ruling can carry it.")


class WholeClaim(ClaimShape):
    """A claim with all that you may know of it. Each part that you can change has its version, for If-Match."""

    words_changed = serializers.BooleanField(help_text="Whether the article's words changed since it was judged.")
    own_version = serializers.IntegerField(help_text="Of your label; 0 where you gave none.")
    assessments = AssessmentShape(many=True, help_text="Those that you may see: your own, and all once it is settled.")
    ruling = RulingShape(allow_null=True)
    attributions = AttributionShape(many=True, help_text="Whom it comes from: yours, and all once it is settled.")
    times = TimeShape(many=True)
    evidence = EvidenceShape(many=True, help_text="What you added, and all once it is settled.")
    verdict = VerdictShape(allow_null=True, help_text="Whether it holds; told once it is settled.")
    links = LinkOfClaim(many=True)
    parts = serializers.ListField(child=serializers.UUIDField(), help_text="Claims that took its place.")
    moderation = ModerationShape(allow_null=True, help_text="null for reviewers: it would tell of blind work.")
    wholes = serializers.ListField(child=serializers.UUIDField(), help_text="Retired claims that it is a part of.")


WHOLE_EXAMPLE: Final[dict[str, Any]] = EXAMPLE | {
    "words_changed": False, "own_version": 0, "assessments": [], "ruling": None, "attributions": [], "times": [],
    "evidence": [], "verdict": None, "links": [], "parts": [], "wholes": [], "moderation": None,
}  # fmt: skip


class Claims(ApiView):
    """The list of claims."""

    @operation(
        "Claims, newest first, with the filter of the list", group=GROUP, answers=ClaimShape, example=EXAMPLE,
        is_page=True, asks=asks_of(ClaimFilter),
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """Every claim of the desk that the filter lets through: labels and states are those that you may know."""
        check_can_see_desk(request.user)
        wanted = asked(request)
        page = claim_page(claim_filter(request), wanted.after, shown=with_labels, size=wanted.limit)
        return page_answer(request, claims_told(page.rows), page.after)


class OneClaim(ApiView):
    """One claim."""

    @operation("One claim with its details", group=GROUP, answers=WholeClaim, example=WHOLE_EXAMPLE, errors=(410,))
    def get(self, request: Request, claim_id: UUID) -> Response:
        """Labels, attribution, times, evidence, verdict and links, each as far as the blind rule lets you know it."""
        check_can_see_desk(request.user)
        viewer = person(request)
        return Response(whole_claim(claim_for(viewer, claim_id), viewer))


def asked_claims(request: Request) -> ClaimQuerySet:
    """All claims that the filter in the address lets through. Raises Invalid where it makes no sense."""
    return claim_filter(request).claims


def claim_filter(request: Request) -> ClaimFilter:
    """The filter in the address. Raises Invalid where it makes no sense."""
    found = ClaimFilter(request.query_params, viewer=person(request))
    if not found.is_valid():
        raise Invalid(" ".join(found.faults()))
    return found


def claim_for(viewer: User, claim_id: UUID) -> Claim:
    """The claim with its labels. Raises Gone where the viewer cannot see it."""
    found = with_labels(Claim.objects.visible_to(viewer).filter(pk=claim_id)).first()
    if found is None:
        raise Gone("There is no such claim here: its article was withdrawn or read again without it, or it is hidden.")
    return found


def whole_claim(claim: Claim, viewer: User) -> dict[str, Any]:
    """The claim in the form of WholeClaim; as many queries for one with much work as for one with none."""
    note_changes([claim], viewer)
    assessments = assessments_told(claim, viewer)
    own = next((one for one in assessments if one["reviewer"] == viewer.username), None)
    related = Claim.objects.visible_to(viewer)
    return claim_told(claim) | {
        "words_changed": claim.words_changed,  # type: ignore[attr-defined]  # set by note_changes
        "own_version": own["version"] if own else 0,
        "assessments": assessments,
        "ruling": ruling_told(claim),
        "attributions": attributions_told(claim, viewer),
        "times": times_told(claim, viewer),
        "evidence": evidence_told(claim, viewer),
        "verdict": verdict_told(claim, viewer),
        "moderation": _moderation(claim) if can_moderate(viewer) else None,
        "links": _links(claim, viewer),
        "parts": list(related.filter(wholes=claim.pk).in_reading_order().values_list("pk", flat=True)),
        "wholes": list(related.filter(retirement__parts=claim.pk).order_by("pk").values_list("pk", flat=True)),
    }


def _moderation(claim: Claim) -> dict[str, Any]:
    given = Assessment.objects.filter(claim=claim).select_related("reviewer").order_by("created_at", "pk")
    told = {name: getattr(claim.status, name) for name in ("version", "given", "needed")}
    return told | {"seen": mark_of(claim, list(given))}


def _links(claim: Claim, viewer: User) -> list[dict[str, Any]]:
    found = Link.objects.visible_to(viewer).in_work().filter(Q(a=claim) | Q(b=claim)).newest_first()
    rows = found.values("pk", "a", "b", "relation", state_seen=F("seen_state"), own_relation=F("own__relation"))
    return [
        {
            "id": row["pk"],
            "other": row["b"] if row["a"] == claim.pk else row["a"],
            "state": row["state_seen"],
            "relation": row["relation"] or row["own_relation"] or "",
        }
        for row in rows[:MOST_LINKS]
    ]
