"""What was said and done about a claim: threads, and the history as far as one may read it."""

from typing import Any, Final
from uuid import UUID

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.claims import claim_for
from claims.api.pages import paged
from claims.api.schema import operation
from claims.api.shape import Shape
from claims.api.view import ApiView, person
from claims.models import Assessment, Comment, Ruling, User
from claims.permissions import check_can_see_desk
from claims.review.discussion import Thread, first_comments, threads
from claims.review.history import history_of
from claims.text.sanitise import for_editing

GROUP: Final = "Claims"
_COMMENT: Final = {
    "id": "5d0f3c1e-7b2a-4c9d-8e1f-0a1b2c3d4e5f",
    "by": "ana",
    "body": "Look at the last clause.",
    "at": "2024-04-30T09:00:00Z",
}


class CommentShape(Shape):
    """A comment."""

    id = serializers.UUIDField()
    by = serializers.CharField()
    body = serializers.CharField()
    at = serializers.DateTimeField()


class ThreadShape(CommentShape):
    """A thread: its first comment, and the answers."""

    answers = CommentShape(many=True)
    resolved_at = serializers.DateTimeField(allow_null=True)
    version = serializers.IntegerField()


class EntryShape(Shape):
    """One event, told."""

    at = serializers.DateTimeField()
    by = serializers.CharField()
    sentence = serializers.CharField()
    why = serializers.CharField(allow_blank=True)
    version = serializers.IntegerField(help_text="Of the judgement that it stored; 0 for none.")
    restores = serializers.BooleanField(help_text="Whether you could put this judgement back.")
    of_ruling = serializers.BooleanField()


class HistoryShape(Shape):
    """The newest events, the oldest of them first."""

    entries = EntryShape(many=True)
    has_older = serializers.BooleanField()


class Threads(ApiView):
    """What the desk says about a claim."""

    @operation(
        "What the desk says about a claim, newest thread first", group=GROUP, answers=ThreadShape, is_page=True,
        errors=(410,), example=_COMMENT | {"answers": [], "resolved_at": None, "version": 1},
    )  # fmt: skip
    def get(self, request: Request, claim_id: UUID) -> Response:
        """Threads that you may read: your own before the claim is settled, all from then on."""
        check_can_see_desk(request.user)
        viewer = person(request)
        first = first_comments(claim_for(viewer, claim_id), viewer)
        return paged(request, first, "created_at", lambda rows: threads_told(rows, viewer))


class History(ApiView):
    """What was done with a claim."""

    @operation(
        "What was done with a claim", group=GROUP, answers=HistoryShape, errors=(410,),
        example={
            "entries": [
                {"at": "2024-04-30T09:00:00Z", "by": "ana", "sentence": "labelled it opinion", "why": "", "version": 1,
                 "restores": False, "of_ruling": False}
            ],
            "has_older": False,
        },
    )  # fmt: skip
    def get(self, request: Request, claim_id: UUID) -> Response:
        """The newest events as sentences; before the claim is settled you read your own part."""
        check_can_see_desk(request.user)
        viewer = person(request)
        claim = claim_for(viewer, claim_id)
        own = Assessment.objects.filter(claim=claim, reviewer=viewer).first()
        found = history_of(claim, viewer, own, Ruling.objects.filter(claim=claim).select_related("by").first())
        names = ("at", "by", "sentence", "why", "version", "restores", "of_ruling")
        entries = [{name: getattr(entry, name) for name in names} for entry in found.entries]
        return Response({"entries": entries, "has_older": found.has_older})


def threads_told(first: list[Comment], viewer: User) -> list[dict[str, Any]]:
    """Threads in the form of ThreadShape; one query for all answers."""
    return [_thread(thread) for thread in threads(first, viewer)]


def _thread(thread: Thread) -> dict[str, Any]:
    first = thread.first
    answers = [_comment(answer) for answer in thread.answers]
    return _comment(first) | {"answers": answers, "resolved_at": first.resolved_at, "version": first.version}


def _comment(comment: Comment) -> dict[str, Any]:
    body = for_editing(comment.body)
    return {"id": comment.pk, "by": comment.by.username, "body": body, "at": comment.created_at}
