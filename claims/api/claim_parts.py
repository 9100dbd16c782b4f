"""The parts of what is known of a claim, as data: labels, ruling, attributions, times, evidence, verdict.

Each is asked for as the viewer may see it. What people wrote is told as they typed it.
"""

from typing import Any, Final

from rest_framework import serializers

from claims.api.shape import Shape
from claims.models import Assessment, Attribution, Claim, ClaimTime, Evidence, Hop, Ruling, User, Verdict
from claims.permissions import can_moderate
from claims.review.attributions import CHOICES, SPANS, TICKS, attributions_of, standing
from claims.text.sanitise import for_editing
from claims.vocabulary import SETTLED

# More than people add to one claim, and few enough for one answer.
MOST: Final = 200
_JUDGED: Final = ("label", "strength", "reason", "version")
_EVIDENCE: Final = ("url", "title", "quote", "date", "stance", "archived_url", "version")
_TIME: Final = ("kind", "value", "words", "against", "against_note", "basis", "version")


class JudgedShape(Shape):
    """A judgement."""

    label = serializers.CharField()
    strength = serializers.IntegerField(allow_null=True)
    reason = serializers.CharField(allow_blank=True)
    version = serializers.IntegerField()
    at = serializers.DateTimeField()


class AssessmentShape(JudgedShape):
    """One reviewer's judgement."""

    reviewer = serializers.CharField()
    note = serializers.CharField(allow_blank=True)


class RulingShape(JudgedShape):
    """A moderator's."""

    by = serializers.CharField()
    explanation = serializers.CharField(allow_blank=True)

    class Meta:
        """Named apart from what a ruling is answered with."""

        ref_name = "RulingOfClaim"


class HopShape(Shape):
    """One step of the route: a source of the registry, or an occasion."""

    source = serializers.UUIDField(allow_null=True)
    name = serializers.CharField()
    kind = serializers.CharField(allow_blank=True, help_text="Of the source; empty for an occasion.")


class AttributionShape(Shape):
    """Whom one reviewer finds that the text names, and by which route."""

    reviewer = serializers.CharField()
    source = serializers.ListField(child=serializers.IntegerField(), allow_null=True, help_text="[start, end]")
    cue = serializers.ListField(child=serializers.IntegerField(), allow_null=True, help_text="[start, end]")
    content = serializers.ListField(child=serializers.IntegerField(), allow_null=True, help_text="[start, end]")
    words = serializers.DictField(help_text="The exact words of each.")
    mode = serializers.CharField(allow_blank=True)
    scope = serializers.CharField(allow_blank=True)
    quote = serializers.CharField(allow_blank=True)
    needs_locator = serializers.BooleanField()
    content_is_opinion = serializers.BooleanField()
    is_dated = serializers.BooleanField()
    is_openable = serializers.BooleanField()
    is_witnessed = serializers.BooleanField()
    hops = HopShape(many=True, help_text="The route, the root first.")
    version = serializers.IntegerField()


class TimeShape(Shape):
    """When it happened, or as of when it holds."""

    kind = serializers.CharField(help_text="event or as_of.")
    value = serializers.CharField(allow_blank=True, help_text="EDTF, unknown, timeless; empty: taken back.")
    words = serializers.CharField(allow_blank=True, help_text="What the text says.")
    against = serializers.CharField(allow_blank=True, help_text="The day that relative words count from.")
    against_note = serializers.CharField(allow_blank=True)
    basis = serializers.CharField()
    by = serializers.CharField(allow_blank=True, help_text="Empty while that is blind.")
    version = serializers.IntegerField()


class EvidenceShape(Shape):
    """One piece of outside material."""

    id = serializers.UUIDField()
    url = serializers.CharField()
    title = serializers.CharField(allow_blank=True)
    quote = serializers.CharField(allow_blank=True)
    date = serializers.CharField(allow_blank=True)
    stance = serializers.CharField()
    archived_url = serializers.CharField(allow_blank=True)
    note = serializers.CharField(allow_blank=True)
    by = serializers.CharField()
    added_at = serializers.DateTimeField()
    removed_at = serializers.DateTimeField(allow_null=True)
    version = serializers.IntegerField()


class VerdictShape(Shape):
    """Whether the claim holds; apart from where it comes from."""

    value = serializers.CharField(allow_blank=True, help_text="Empty where it was taken back.")
    explanation = serializers.CharField(allow_blank=True)
    as_of = serializers.CharField(allow_blank=True)
    valid_until = serializers.CharField(allow_blank=True)
    evidence = serializers.ListField(child=serializers.UUIDField())
    by = serializers.CharField()
    version = serializers.IntegerField()


def assessments_told(claim: Claim, viewer: User) -> list[dict[str, Any]]:
    """The judgements that the viewer may see, the oldest first."""
    given = Assessment.objects.visible_to(viewer).filter(claim=claim).select_related("reviewer")
    return [
        {name: getattr(one, name) for name in _JUDGED}
        | {"at": one.updated_at, "reviewer": one.reviewer.username, "note": for_editing(one.note)}
        for one in given.order_by("created_at", "pk")[:MOST]
    ]


def ruling_told(claim: Claim) -> dict[str, Any] | None:
    """The ruling in force, which the desk sees."""
    ruling = Ruling.objects.filter(claim=claim).select_related("by").first()
    if ruling is None:
        return None
    told = {name: getattr(ruling, name) for name in _JUDGED}
    return told | {"at": ruling.updated_at, "by": ruling.by.username, "explanation": for_editing(ruling.explanation)}


def attributions_told(claim: Claim, viewer: User) -> list[dict[str, Any]]:
    """The attributions that the viewer may see."""
    return [attribution_told(one) for one in attributions_of(claim, viewer)[:MOST]]


def attribution_told(one: Attribution) -> dict[str, Any]:
    """An attribution that was read with its hops."""
    told = {name: getattr(one, name) for name in (*SPANS, *CHOICES, *TICKS, "version")}
    words = {name: str(value) for name, value in one.words.items() if value}
    return told | {"reviewer": one.reviewer.username, "words": words, "hops": [_hop(hop) for hop in one.hops.all()]}


def _hop(hop: Hop) -> dict[str, Any]:
    if hop.source is None:
        return {"source": None, "name": hop.occasion, "kind": ""}
    source = standing(hop.source)
    return {"source": source.pk, "name": source.name, "kind": source.kind}


def times_told(claim: Claim, viewer: User) -> list[dict[str, Any]]:
    """Both times, as far as somebody gave them; who did is told as on the page."""
    names_shown = can_moderate(viewer) or claim.status.state in SETTLED
    given = ClaimTime.objects.filter(claim=claim).select_related("by").order_by("kind")
    return [
        {name: getattr(one, name) for name in _TIME}
        | {"by": one.by.username if names_shown or one.by_id == viewer.pk else ""}
        for one in given
    ]


def evidence_told(claim: Claim, viewer: User) -> list[dict[str, Any]]:
    """The evidence that the viewer may see; what was removed is told to who added it and to moderators."""
    visible = Evidence.objects.visible_to(viewer).filter(claim=claim).select_related("by")
    return [
        one_evidence_told(one)
        for one in visible.order_by("created_at", "pk")[:MOST]
        if one.removed_at is None or one.by_id == viewer.pk or can_moderate(viewer)
    ]


def one_evidence_told(one: Evidence) -> dict[str, Any]:
    """A piece of evidence in the form of EvidenceShape."""
    told = {name: getattr(one, name) for name in _EVIDENCE} | {"id": one.pk, "note": for_editing(one.note)}
    return told | {"by": one.by.username, "added_at": one.created_at, "removed_at": one.removed_at}


def verdict_told(claim: Claim, viewer: User) -> dict[str, Any] | None:
    """The verdict, also one that was taken back, for its version; None where there is none to be told of."""
    found = Verdict.objects.visible_to(viewer).filter(claim=claim).select_related("by").first()
    if found is None:
        return None
    told = {name: getattr(found, name) for name in ("value", "as_of", "valid_until", "version")}
    rests_on = list(found.evidence.order_by("created_at", "pk").values_list("pk", flat=True))
    return told | {"explanation": for_editing(found.explanation), "evidence": rests_on, "by": found.by.username}
