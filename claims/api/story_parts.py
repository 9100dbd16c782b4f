"""What a story's page tells beside its matrix, as data: how far it is, when things happened, who told whom."""

from typing import Any, Final
from uuid import UUID

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.claim_shapes import EXAMPLE as CLAIM
from claims.api.claim_shapes import ClaimShape, claims_told, with_labels
from claims.api.pages import asked, page_answer, paged, place_in
from claims.api.schema import operation
from claims.api.shape import Shape
from claims.api.stories import GROUP, story_for
from claims.api.view import ApiView, person
from claims.coverage.lonely_claims import lonely_claims
from claims.coverage.story_routes import Route, routes_of
from claims.coverage.story_times import Dated, dated_claims
from claims.models import Claim
from claims.permissions import check_can_see_desk
from claims.review.progress import done_in_stories

_DATED: Final = ("claim", "article", "kind", "value", "begin", "end", "label")


class ProgressShape(Shape):
    """How far you and the desk are in a story."""

    articles = serializers.IntegerField()
    claims = serializers.IntegerField()
    settled = serializers.IntegerField()
    done_by_you = serializers.IntegerField()


class DatedShape(Shape):
    """A claim with its time."""

    claim = serializers.UUIDField()
    article = serializers.UUIDField()
    kind = serializers.CharField(help_text="event or as_of.")
    value = serializers.CharField(help_text="EDTF, “unknown” or “timeless”.")
    begin = serializers.DateField(allow_null=True, help_text="The first day that it spans.")
    end = serializers.DateField(allow_null=True)
    label = serializers.CharField(allow_blank=True, help_text="The settled one.")


class RouteStepShape(Shape):
    """One step of a route."""

    name = serializers.CharField()
    source = serializers.UUIDField(allow_null=True, help_text="null: an occasion.")


class RouteShape(Shape):
    """By whom settled claims reached an article, the root first."""

    steps = RouteStepShape(many=True)
    article = serializers.UUIDField()
    claims = serializers.ListField(child=serializers.UUIDField())


class StoryProgress(ApiView):
    """How far a story is."""

    @operation(
        "How far a story is", group=GROUP, answers=ProgressShape, errors=(410,),
        example={"articles": 2, "claims": 7, "settled": 1, "done_by_you": 3},
    )  # fmt: skip
    def get(self, request: Request, story_id: UUID) -> Response:
        """Its claims in work, those that are settled, and those that you labelled."""
        check_can_see_desk(request.user)
        story = story_for(request, story_id)
        found = done_in_stories([story], person(request))[story.pk]
        told = {name: getattr(found, name) for name in ("articles", "claims", "settled")}
        return Response(told | {"done_by_you": found.by_you})


class TimesOfStory(ApiView):
    """The timeline of a story."""

    @operation(
        "When its claims hold: the timeline, oldest first", group=GROUP, answers=DatedShape, is_page=True,
        errors=(410,),
        example={"claim": CLAIM["id"], "article": CLAIM["article"], "kind": "event", "value": "2024-04-26",
                 "begin": "2024-04-26", "end": "2024-04-26", "label": ""},
    )  # fmt: skip
    def get(self, request: Request, story_id: UUID) -> Response:
        """Claims in work that somebody dated; last those without days."""
        check_can_see_desk(request.user)
        return _part(request, dated_claims(story_for(request, story_id)), _dated)


class RoutesOfStory(ApiView):
    """By which routes its claims came."""

    @operation(
        "By which routes its settled claims came, those of most claims first", group=GROUP, answers=RouteShape,
        is_page=True, errors=(410,),
        example={"steps": [{"name": "Ida Brook", "source": "c0a8012e-5a1d-4f0b-9d3c-7e6f5a4b3c2d"}],
                 "article": CLAIM["article"], "claims": [CLAIM["id"]]},
    )  # fmt: skip
    def get(self, request: Request, story_id: UUID) -> Response:
        """From the root on, as reviewers attributed what is settled as sourced."""
        check_can_see_desk(request.user)
        return _part(request, routes_of(story_for(request, story_id)), _route)


class AloneInStory(ApiView):
    """Claims in no matter."""

    @operation(
        "Its settled claims that stand alone, newest first", group=GROUP, answers=ClaimShape, example=CLAIM,
        is_page=True, errors=(410,),
    )  # fmt: skip
    def get(self, request: Request, story_id: UUID) -> Response:
        """No confirmed agreement or contradiction joins them to another: they are in no row of the matrix."""
        check_can_see_desk(request.user)
        viewer = person(request)
        alone = lonely_claims(story_for(request, story_id), viewer).order_by().values("pk")
        rows = with_labels(Claim.objects.visible_to(viewer).filter(pk__in=alone))
        return paged(request, rows, "status__opened_at", claims_told, key="status__claim")


def _part(request: Request, rows: list[Any], told: Any) -> Response:
    """One page of what is put together in memory, in its order."""
    wanted = asked(request)
    begin = place_in(wanted.after) or 0
    shown = [told(one) for one in rows[begin : begin + wanted.limit]]
    return page_answer(request, shown, str(begin + wanted.limit) if len(rows) > begin + wanted.limit else "")


def _dated(one: Dated) -> dict[str, Any]:
    return {name: getattr(one, name) for name in _DATED}


def _route(one: Route) -> dict[str, Any]:
    steps = [{"name": step.name, "source": step.source} for step in one.steps]
    return {"steps": steps, "article": one.article, "claims": list(one.claims)}
