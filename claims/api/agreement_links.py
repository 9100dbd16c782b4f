"""How far reviewers agree about links, and the claims behind a cell of the table of labels, for moderators."""

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims.agreement_filter import AgreementFilter
from claims.api.agreement import GROUP, NO_FIGURES, PAIRS, AgreementShape, OfGroup, asked_agreement, figures_told
from claims.api.claim_shapes import EXAMPLE as CLAIM
from claims.api.filtering import asks_of
from claims.api.pages import asked, page_answer, place_in
from claims.api.schema import operation, query
from claims.api.shape import Shape
from claims.api.view import ApiView, person
from claims.coverage.link_units import ORDER, link_units_of
from claims.link_agreement import links_by_pair, links_by_relation, patterns_of, relations_met
from claims.models import Claim, User
from claims.refusals import Invalid
from claims.review.agreement import agreement_of
from claims.review.agreement_units import Unit, behind, units_of
from claims.vocabulary import LABELS, Label

_LABELS: Final = {"type": "string", "enum": [one.label.value for one in LABELS]}


class OfRelation(OfGroup):
    """The figures of one relation against all others."""

    given = serializers.IntegerField(help_text="Links that somebody gave it.")


class LinkFiguresShape(Shape):
    """The page of agreement on links."""

    whole = AgreementShape()
    relations = OfRelation(many=True)
    pairs = OfGroup(many=True)
    order = serializers.ListField(child=serializers.CharField(), help_text="The relations of rows and columns.")
    met = serializers.ListField(
        child=serializers.ListField(child=serializers.IntegerField()), help_text="How often each two met in a link."
    )
    is_cut = serializers.BooleanField(help_text="Whether older findings were not read.")


class GivenShape(Shape):
    """Who gave which label."""

    reviewer = serializers.CharField()
    label = serializers.CharField()


class BehindShape(Shape):
    """A claim that a cell counts."""

    claim = serializers.UUIDField()
    exact = serializers.CharField()
    state = serializers.CharField()
    given = GivenShape(many=True, help_text="The blind labels.")


class LinkAgreementFigures(ApiView):
    """How far reviewers agree about links."""

    @operation(
        "How far reviewers agree about links", group=GROUP, answers=LinkFiguresShape, asks=asks_of(AgreementFilter),
        example={
            "whole": NO_FIGURES, "relations": [], "pairs": [], "order": list(ORDER), "met": [], "is_cut": False,
        },
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """Figures from blind findings alone, for moderators: relations are compared, not their direction or kind."""
        read = link_units_of(asked_agreement(request))
        patterns = patterns_of(read.units)
        pairs = links_by_pair(patterns)[:PAIRS]
        names = User.objects.in_bulk({key for pair, _ in pairs for key in pair})
        relations = [
            {"name": ORDER[number].value, "given": given, "figures": figures_told(figures)}
            for number, (given, figures) in enumerate(links_by_relation(patterns))
        ]
        told = [
            {"name": f"{names[one].username} and {names[other].username}"}
            | {"figures": figures_told(agreement_of(found, len(ORDER)))}
            for (one, other), found in pairs
        ]
        whole = figures_told(agreement_of(patterns, len(ORDER)))
        table = {"order": list(ORDER), "met": relations_met(patterns), "is_cut": read.is_cut}
        return Response({"whole": whole, "relations": relations, "pairs": told} | table)


class ClaimsBehind(ApiView):
    """The claims behind a cell of the table of labels."""

    @operation(
        "The claims behind two labels that met, newest labels first", group=GROUP, answers=BehindShape, is_page=True,
        example={"claim": CLAIM["id"], "exact": CLAIM["exact"], "state": "disputed",
                 "given": [{"reviewer": "ana", "label": "OPINION"}, {"reviewer": "ben", "label": "SOURCED"}]},
        asks=[query("row", "The one label.", _LABELS, required=True),
              query("column", "The other, or the same.", _LABELS, required=True), *asks_of(AgreementFilter)],
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """What a cell of `confusion` counts; where two people are asked for, the row's label is the first one's."""
        found, wanted = asked_agreement(request), asked(request)
        counted = behind(units_of(found).units, _label(request, "row"), _label(request, "column"), _people(found))
        before = place_in(wanted.after)
        rest = [unit for unit in counted if before is None or unit.place < before]
        shown = rest[: wanted.limit]
        place = str(shown[-1].place) if len(rest) > len(shown) else ""
        return page_answer(request, _behind(shown, person(request)), place)


def _people(found: AgreementFilter) -> list[int]:
    """The numbers of the two people who are asked for, the first one's first; a name that nobody has gets 0."""
    names = found.pair or ()
    numbers = dict(User.objects.filter(username__in=names).values_list("username", "pk"))
    return [numbers.get(name, 0) for name in names]


def _label(request: Request, name: str) -> Label:
    try:
        return Label(request.query_params.get(name, ""))
    except ValueError as wrong:
        raise Invalid(f"{name}: choose one of {', '.join(Label)}.") from wrong


def _behind(units: Sequence[Unit], viewer: User) -> list[dict[str, Any]]:
    """Each claim that is still to be seen, with who labelled it how; two queries."""
    claims = Claim.objects.visible_to(viewer).select_related("status").only("exact", "status__state")
    texts = claims.in_bulk([UUID(unit.claim) for unit in units])
    names = User.objects.in_bulk({who for unit in units for who, _ in unit.ratings})
    return [
        {
            "claim": claim.pk,
            "exact": claim.exact,
            "state": claim.status.state,
            "given": [{"reviewer": names[who].username, "label": list(Label)[label]} for who, label in unit.ratings],
        }
        for unit in units
        if (claim := texts.get(UUID(unit.claim)))
    ]
