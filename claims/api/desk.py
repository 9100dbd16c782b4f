"""What waits on the desk, as data: flags, orphans, changed words, assignments, skips, what readers ask for."""

from typing import Any, Final
from uuid import UUID

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.articles import key_in
from claims.api.claim_shapes import EXAMPLE as CLAIM
from claims.api.claim_shapes import ClaimShape, claims_told, with_labels
from claims.api.pages import paged
from claims.api.schema import operation, query
from claims.api.shape import Shape
from claims.api.stories import story_for
from claims.api.view import ApiView, person
from claims.models import Assignment, CorrectionRequest, Flag
from claims.permissions import can_moderate, check_can_assess, check_can_moderate
from claims.review.changed_words import reworded
from claims.review.orphans import offers_for, orphans_for
from claims.review.queue import newest_skips

GROUP: Final = "Waiting"
_KEY: Final = {"type": "string", "format": "uuid"}
_PLACE: Final = {"start": 46, "end": 117, "exact": "Mayor Ida Brook said …", "percent": 84, "is_free": True}


class FlagShape(Shape):
    """A request that a moderator look at a claim."""

    id = serializers.IntegerField()
    claim = serializers.UUIDField()
    by = serializers.CharField()
    reason = serializers.CharField()
    at = serializers.DateTimeField()
    answer = serializers.CharField(allow_blank=True)
    answered_at = serializers.DateTimeField(allow_null=True)


class PlaceShape(Shape):
    """Where a claim may have gone in the text in force."""

    start = serializers.IntegerField()
    end = serializers.IntegerField()
    exact = serializers.CharField()
    percent = serializers.IntegerField(help_text="How alike the words are.")
    is_free = serializers.BooleanField(help_text="Whether no other claim stands there.")


class OrphanShape(ClaimShape):
    """A claim whose words are not found in the text in force."""

    places = PlaceShape(many=True, help_text="The likeliest.")


class AssignmentShape(Shape):
    """An article that somebody is to label."""

    id = serializers.IntegerField()
    article = serializers.UUIDField()
    title = serializers.CharField()
    reviewer = serializers.CharField()
    by = serializers.CharField()
    at = serializers.DateTimeField()


class SkipOfSomebody(Shape):
    """A claim that somebody passed."""

    claim = serializers.UUIDField()
    exact = serializers.CharField()
    by = serializers.CharField()
    reason = serializers.CharField()
    at = serializers.DateTimeField()


class SkipsShape(Shape):
    """What was passed lately."""

    skips = SkipOfSomebody(many=True)


class RequestShape(Shape):
    """A reader's request for a correction."""

    id = serializers.IntegerField()
    message = serializers.CharField()
    contact = serializers.CharField(allow_blank=True)
    at = serializers.DateTimeField()
    answered_at = serializers.DateTimeField(allow_null=True)


class Flags(ApiView):
    """Flags."""

    @operation(
        "Flags, newest first", group=GROUP, answers=FlagShape, is_page=True,
        example={"id": 7, "claim": CLAIM["id"], "by": "ana", "reason": "The sentence is cut in two.",
                 "at": "2024-04-30T09:00:00Z", "answer": "", "answered_at": None},
        asks=[
            query("claim", "Those at one claim, by its id.", _KEY),
            query("waiting", "1: only those without an answer.", {"type": "string", "enum": ["1"]}),
        ],
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """Your own; everybody's for moderators."""
        rows = Flag.objects.visible_to(person(request)).select_related("by")
        if claim := request.query_params.get("claim"):
            rows = rows.filter(claim=key_in("claim", claim))
        if request.query_params.get("waiting"):
            rows = rows.filter(answered_at=None)
        return paged(request, rows, "created_at", lambda found: [_flag(one) for one in found])


class Orphans(ApiView):
    """Orphans."""

    @operation(
        "Claims that are not found in a changed text, newest first", group=GROUP, answers=OrphanShape, is_page=True,
        example=CLAIM | {"places": [_PLACE]},
        asks=[query("all", "1: also those that nobody worked on, for moderators.", {"type": "string", "enum": ["1"]})],
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """For moderators those with work on them; for reviewers those that they worked on themselves."""
        check_can_assess(request.user)
        viewer = person(request)
        rows = orphans_for(viewer, everything=can_moderate(viewer) and request.query_params.get("all") == "1")

        def told(found: list[Any]) -> list[dict[str, Any]]:
            places = offers_for(found, viewer)
            return [
                one
                | {
                    "places": [
                        {"start": place.start, "end": place.end, "exact": place.words, "percent": place.percent}
                        | {"is_free": place.taken_by is None}
                        for place in places[one["id"]]
                    ]
                }
                for one in claims_told(found)
            ]

        return paged(request, with_labels(rows), "status__opened_at", told, key="status__claim")


class Reworded(ApiView):
    """Claims with other words than those that were judged."""

    @operation(
        "Claims whose words changed after review, newest change first", group=GROUP, answers=ClaimShape, is_page=True,
        example=CLAIM,
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """They wait for a moderator to confirm that the judgements hold."""
        check_can_moderate(request.user, "see whose words changed")
        rows = with_labels(reworded(person(request)))
        return paged(request, rows, "status__text_changed_at", claims_told, key="status__claim")


class Assignments(ApiView):
    """Assignments."""

    @operation(
        "Who is to label what, newest first", group=GROUP, answers=AssignmentShape, is_page=True,
        example={"id": 3, "article": CLAIM["article"], "title": "Bridge closed", "reviewer": "ana", "by": "max",
                 "at": "2024-04-30T09:00:00Z"},
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """Your own; everybody's for moderators."""
        check_can_assess(request.user)
        rows = Assignment.objects.visible_to(person(request)).select_related("article__status", "reviewer", "by")
        rows = rows.filter(article__status__withdrawn_at__isnull=True)
        return paged(request, rows, "created_at", lambda found: [_assignment(one) for one in found])


class Skips(ApiView):
    """Skips."""

    @operation(
        "Claims that people passed lately", group=GROUP, answers=SkipsShape,
        example={"skips": [{"claim": CLAIM["id"], "exact": CLAIM["exact"], "by": "ana", "reason": "unsure",
                            "at": "2024-04-30T09:00:00Z"}]},
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """The newest of everybody, for moderators: where a sentence is cut wrongly, or a subject needs somebody."""
        check_can_moderate(request.user, "see what people passed")
        skips = [
            {"claim": one.claim_id, "exact": one.claim.exact, "by": one.reviewer.username, "reason": one.reason}
            | {"at": one.created_at}
            for one in newest_skips(person(request))
        ]
        return Response({"skips": skips})


class CorrectionRequests(ApiView):
    """What readers ask to be put right."""

    @operation(
        "What readers ask to be put right in a story, newest first", group=GROUP, answers=RequestShape, is_page=True,
        errors=(410,),
        example={"id": 2, "message": "It was the other bank.", "contact": "", "at": "2024-04-30T09:00:00Z",
                 "answered_at": None},
    )  # fmt: skip
    def get(self, request: Request, story_id: UUID) -> Response:
        """Requests with and without an answer, for moderators."""
        check_can_moderate(request.user, "see what readers ask for")
        rows = CorrectionRequest.objects.filter(story=story_for(request, story_id))
        return paged(request, rows, "created_at", lambda found: [_request(one) for one in found])


def _flag(flag: Flag) -> dict[str, Any]:
    told = {name: getattr(flag, name) for name in ("reason", "answer", "answered_at")}
    return told | {"id": flag.pk, "claim": flag.claim_id, "by": flag.by.username, "at": flag.created_at}


def _assignment(one: Assignment) -> dict[str, Any]:
    told = {"id": one.pk, "article": one.article_id, "title": one.article.status.title, "at": one.created_at}
    return told | {"reviewer": one.reviewer.username, "by": one.by.username}


def _request(one: CorrectionRequest) -> dict[str, Any]:
    told = {name: getattr(one, name) for name in ("message", "contact", "answered_at")}
    return told | {"id": one.pk, "at": one.created_at}
