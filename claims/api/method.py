"""The scheme as data: labels, strengths, reasons, relations, and the words for each."""

from typing import Any, Final

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.schema import operation
from claims.api.shape import Shape
from claims.api.view import ApiView
from claims.relations import INDEPENDENCE_NAMES, LINK_ASSESSMENTS_NEEDED, ORIGIN_SIGN_NAMES, RELATIONS, SUBTYPE_NAMES
from claims.vocabulary import (
    ASSESSMENTS_NEEDED,
    LABELS,
    REASONS,
    SCHEME_VERSION,
    STATE_NAMES,
    STEPS,
    STRENGTHS,
    STRENGTHS_OF,
    ZONE_NAMES,
)

GROUP: Final = "Method"


class LabelShape(Shape):
    """A label of the scheme."""

    label = serializers.CharField()
    name = serializers.CharField()
    letter = serializers.CharField()
    strengths = serializers.ListField(child=serializers.IntegerField(), help_text="Those that it can have.")


class RelationShape(Shape):
    """A relation of the scheme."""

    relation = serializers.CharField()
    name = serializers.CharField()
    verb = serializers.CharField()


class MethodStep(Shape):
    """One step to a label."""

    name = serializers.CharField()
    words = serializers.CharField()


class SchemeShape(Shape):
    """The reviewing scheme."""

    version = serializers.IntegerField()
    steps = MethodStep(many=True, help_text="How a label is found.")
    labels = LabelShape(many=True)
    strengths = serializers.DictField(child=serializers.CharField(), help_text="What each strength means.")
    reasons = serializers.DictField(child=serializers.CharField())
    states = serializers.DictField(child=serializers.CharField())
    zones = serializers.DictField(child=serializers.CharField())
    assessments_needed = serializers.IntegerField()
    relations = RelationShape(many=True)
    subtypes = serializers.DictField(child=serializers.CharField())
    independence = serializers.DictField(child=serializers.CharField())
    origin_signs = serializers.DictField(child=serializers.CharField())
    link_assessments_needed = serializers.IntegerField()


class Scheme(ApiView):
    """The scheme."""

    is_open = True

    @operation(
        "The scheme: labels, strengths, relations", group=GROUP, answers=SchemeShape,
        example={
            "version": 1, "steps": [], "labels": [{"label": "SOURCED", "name": "Sourced", "letter": "S",
            "strengths": [2, 3, 4, 5]}], "strengths": {}, "reasons": {}, "states": {}, "zones": {},
            "assessments_needed": 2, "relations": [], "subtypes": {}, "independence": {}, "origin_signs": {},
            "link_assessments_needed": 2,
        },
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """What the method page is made of."""
        labels = [
            {"label": one.label, "name": one.name, "letter": one.letter, "strengths": sorted(STRENGTHS_OF[one.label])}
            for one in LABELS
        ]
        told = {
            "version": SCHEME_VERSION,
            "steps": [{"name": name, "words": words} for name, words in STEPS],
            "labels": labels,
            "strengths": {str(number): text for number, text in STRENGTHS.items()},
            "reasons": _words(REASONS),
            "states": _words(STATE_NAMES),
            "zones": _words(ZONE_NAMES),
            "assessments_needed": ASSESSMENTS_NEEDED,
            "relations": [{"relation": one.relation, "name": one.name, "verb": one.verb} for one in RELATIONS],
            "subtypes": _words(SUBTYPE_NAMES),
            "independence": _words(INDEPENDENCE_NAMES),
            "origin_signs": _words(ORIGIN_SIGN_NAMES),
            "link_assessments_needed": LINK_ASSESSMENTS_NEEDED,
        }
        return Response(told)


def _words(names: Any) -> dict[str, str]:
    return {str(key): str(words) for key, words in dict(names).items()}
