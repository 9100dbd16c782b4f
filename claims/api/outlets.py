"""Outlets as data."""

from typing import Any, Final
from uuid import UUID

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.pages import NOT_KNOWN, asked, page_answer
from claims.api.schema import operation
from claims.api.shape import Shape
from claims.api.view import ApiView, person, versioned
from claims.coverage.outlet_figures import beside_others, near_copies, sample_of, shares_of
from claims.models import Outlet, User
from claims.permissions import check_can_see_desk
from claims.refusals import Gone, Invalid
from claims.vocabulary import OutletKind

GROUP: Final = "Outlets"
EXAMPLE: Final = {
    "id": "2f1e0d3c-4b5a-5968-8776-655443322110", "host": "example.org", "kind": "unknown", "note": "", "version": 0,
}  # fmt: skip
_LONGEST_HOST: Final = 255


class OutletShape(Shape):
    """An outlet."""

    id = serializers.UUIDField()
    host = serializers.CharField()
    kind = serializers.CharField(help_text="What the desk knows of it; unknown is a value, never a guess.")
    note = serializers.CharField(allow_blank=True)
    version = serializers.IntegerField()


class StrengthShare(Shape):
    """How many settled claims have a label with a strength."""

    label = serializers.CharField()
    strength = serializers.IntegerField(allow_null=True)
    claims = serializers.IntegerField()


class WholeOutlet(OutletShape):
    """An outlet with its figures: counts, and no rating."""

    settled = serializers.IntegerField(help_text="Settled claims that the figures are of.")
    labels = serializers.DictField(child=serializers.IntegerField(), help_text="How many have which label.")
    strengths = StrengthShare(many=True)
    is_all = serializers.BooleanField(help_text="Whether the figures are of every article, or of the newest.")


class BesideShape(Shape):
    """How its claims stand to those of one other outlet."""

    outlet = serializers.UUIDField(allow_null=True, help_text="null: not stated; its own id: to its own claims.")
    relations = serializers.DictField(child=serializers.IntegerField(), help_text="Confirmed links by relation.")
    from_here = serializers.DictField(child=serializers.IntegerField(), help_text="Those of them that go from here.")
    shared_origin = serializers.IntegerField()
    total = serializers.IntegerField()


class AllBesideShape(Shape):
    """All other outlets, those with most links first."""

    outlets = BesideShape(many=True)


class NearCopyShape(Shape):
    """Two articles that are nearly copies."""

    article = serializers.UUIDField(help_text="Of this outlet.")
    other = serializers.UUIDField()
    share = serializers.FloatField(help_text="How much of them is the same, 0 to 1.")


class NearCopiesShape(Shape):
    """Near-copies."""

    copies = NearCopyShape(many=True)


class Outlets(ApiView):
    """The list of outlets."""

    @operation("Outlets by host", group=GROUP, answers=OutletShape, example=EXAMPLE, is_page=True)
    def get(self, request: Request) -> Response:
        """Every outlet that an article was found at."""
        check_can_see_desk(request.user)
        wanted = asked(request)
        if len(wanted.after) > _LONGEST_HOST or "\x00" in wanted.after:
            raise Invalid(NOT_KNOWN)
        rows = Outlet.objects.visible_to(person(request)).select_related("status").filter(host__gt=wanted.after)
        found = list(rows.order_by("host")[: wanted.limit + 1])
        shown = found[: wanted.limit]
        return page_answer(request, [_told(one) for one in shown], shown[-1].host if len(found) > len(shown) else "")


class OneOutlet(ApiView):
    """One outlet."""

    @operation(
        "One outlet with its figures", group=GROUP, answers=WholeOutlet, errors=(410,),
        example=EXAMPLE | {"settled": 0, "labels": {}, "strengths": [], "is_all": True},
    )  # fmt: skip
    def get(self, request: Request, outlet_id: UUID) -> Response:
        """What its settled claims are labelled as; only what is settled counts."""
        check_can_see_desk(request.user)
        found = outlet_for(person(request), outlet_id)
        sample = sample_of(found)
        shares = shares_of(sample)
        strengths = [
            {"label": label, "strength": strength, "claims": count}
            for (label, strength), count in shares.strengths.items()
        ]
        told = {"settled": shares.settled, "labels": shares.labels, "strengths": strengths, "is_all": sample.is_all}
        return versioned(_told(found) | told)


class BesideOthers(ApiView):
    """An outlet beside others."""

    @operation(
        "How an outlet's claims stand to those of others", group=GROUP, answers=AllBesideShape, errors=(410,),
        example={"outlets": [{"outlet": None, "relations": {"CONTRADICTS": 1}, "from_here": {}, "shared_origin": 0,
                              "total": 1}]},
    )  # fmt: skip
    def get(self, request: Request, outlet_id: UUID) -> Response:
        """Counts of confirmed links, and no rating."""
        check_can_see_desk(request.user)
        found = beside_others(sample_of(outlet_for(person(request), outlet_id)))
        names = ("outlet", "relations", "from_here", "total")
        told = [{name: getattr(one, name) for name in names} | {"shared_origin": one.shared} for one in found]
        return Response({"outlets": told})


class NearCopies(ApiView):
    """Near-copies of an outlet's articles."""

    @operation(
        "Articles elsewhere that are nearly copies of an outlet's", group=GROUP, answers=NearCopiesShape,
        errors=(410,),
        example={"copies": [{"article": "9a1f7a34-0c52-5d7a-8a0f-2d5b5f1d6c01",
                             "other": "2b5c7e10-4f3d-5d6a-8b1e-0c9d8e7f6a5b", "share": 0.82}]},
    )  # fmt: skip
    def get(self, request: Request, outlet_id: UUID) -> Response:
        """Which of the two was first is not said by that."""
        check_can_see_desk(request.user)
        found = outlet_for(person(request), outlet_id)
        pairs = near_copies(found, sample_of(found))
        told = [{"article": one.article, "other": one.other, "share": one.share} for one in pairs]
        return Response({"copies": told})


def outlet_for(viewer: User, outlet_id: UUID) -> Outlet:
    """The outlet with what is known of it. Raises Gone where the viewer cannot see it."""
    found = Outlet.objects.visible_to(viewer).select_related("status").filter(pk=outlet_id).first()
    if found is None:
        raise Gone("There is no such outlet here. Look for it in the list of outlets.")
    return found


def _told(outlet: Outlet) -> dict[str, Any]:
    status = getattr(outlet, "status", None)
    return {
        "id": outlet.pk,
        "host": outlet.host,
        "kind": status.kind if status else OutletKind.UNKNOWN.value,
        "note": status.note if status else "",
        "version": status.version if status else 0,
    }
