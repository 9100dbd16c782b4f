"""How far reviewers agree, as data, for moderators."""

from typing import Any, Final

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims.agreement_filter import AgreementFilter
from claims.api.filtering import asks_of
from claims.api.schema import operation
from claims.api.shape import Shape
from claims.api.view import ApiView, person
from claims.models import User
from claims.permissions import check_can_moderate
from claims.refusals import Invalid
from claims.review.agreement import Agreement
from claims.review.agreement_units import (
    ORDER,
    agreement_in,
    by_article,
    by_label,
    by_month,
    by_pair,
    confusion,
    units_of,
)

GROUP: Final = "Agreement"
# Groups that are told: the largest pairs and articles, the last months.
PAIRS, ARTICLES, MONTHS = 30, 20, 24
_FIGURES: Final = ("percent", "cohen", "fleiss", "alpha")
_NONE: Final = {"value": None, "low": None, "high": None, "why": "no claims"}
NO_FIGURES: Final = {"units": 0, "ratings": 0, "is_few": True} | dict.fromkeys(_FIGURES, _NONE)


class FigureShape(Shape):
    """A coefficient with its 95 % interval; null where it is undefined."""

    value = serializers.FloatField(allow_null=True)
    low = serializers.FloatField(allow_null=True)
    high = serializers.FloatField(allow_null=True)
    why = serializers.CharField(allow_blank=True, help_text="Why it is undefined.")


class AgreementShape(Shape):
    """Every figure for the same claims."""

    units = serializers.IntegerField(help_text="Claims that two people labelled blind.")
    ratings = serializers.IntegerField()
    is_few = serializers.BooleanField(help_text="Too few for the figures to be relied on.")
    percent = FigureShape()
    cohen = FigureShape()
    fleiss = FigureShape()
    alpha = FigureShape()


class OfGroup(Shape):
    """The figures of one label, article, pair or month."""

    name = serializers.CharField()
    figures = AgreementShape()


class AllFigures(Shape):
    """The agreement page."""

    whole = AgreementShape()
    labels = OfGroup(many=True)
    articles = OfGroup(many=True)
    pairs = OfGroup(many=True)
    months = OfGroup(many=True)
    order = serializers.ListField(child=serializers.CharField(), help_text="The labels of rows and columns.")
    confusion = serializers.ListField(child=serializers.ListField(child=serializers.IntegerField()))
    is_cut = serializers.BooleanField(help_text="Whether older assessments were not read.")


class AgreementFigures(ApiView):
    """How far reviewers agree."""

    @operation(
        "How far reviewers agree", group=GROUP, answers=AllFigures, asks=asks_of(AgreementFilter),
        example={
            "whole": NO_FIGURES, "labels": [], "articles": [], "pairs": [], "months": [], "order": list(ORDER),
            "confusion": [], "is_cut": False,
        },
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """Figures from blind labels alone, for moderators."""
        read = units_of(asked_agreement(request))
        units = read.units
        pairs = by_pair(units, PAIRS).shown
        names = User.objects.in_bulk({key for pair, _ in pairs for key in pair})
        told = {
            "whole": figures_told(agreement_in(units)),
            "labels": [_group(label, figures) for label, _, figures in by_label(units)],
            "articles": [_group(key, figures) for key, figures in by_article(units, ARTICLES).shown],
            "pairs": [_group(" and ".join(names[key].username for key in pair), figures) for pair, figures in pairs],
            "months": [_group(month, figures) for month, figures in by_month(units, MONTHS).shown],
            "order": list(ORDER),
            "confusion": confusion(units),
            "is_cut": read.is_cut,
        }
        return Response(told)


def asked_agreement(request: Request) -> AgreementFilter:
    """The filter in the address, for moderators. Raises NotAllowed, and Invalid where it makes no sense."""
    check_can_moderate(request.user, "see agreement figures")
    found = AgreementFilter(request.query_params, viewer=person(request))
    if not found.is_valid():
        raise Invalid(" ".join(found.faults()))
    return found


def _group(name: object, figures: Agreement) -> dict[str, Any]:
    return {"name": str(name), "figures": figures_told(figures)}


def figures_told(agreement: Agreement) -> dict[str, Any]:
    """Figures in the form of AgreementShape."""
    told: dict[str, Any] = {name: getattr(agreement, name) for name in ("units", "ratings", "is_few")}
    for name in _FIGURES:
        figure = getattr(agreement, name)
        told[name] = {"value": figure.value, "low": figure.low, "high": figure.high, "why": figure.why}
    return told
