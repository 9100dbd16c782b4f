"""Stories as data."""

from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.pages import paged
from claims.api.schema import operation
from claims.api.shape import Shape
from claims.api.view import ApiView, versioned
from claims.models import Story, User
from claims.refusals import Gone

GROUP = "Stories"
EXAMPLE = {
    "id": "6f0e2c6e-9d0c-4f0a-8a55-0c5c4c2f8b11",
    "title": "The bridge over the Elm",
    "description": "",
    "created_at": "2024-04-30T09:00:00Z",
    "published_at": None,
    "assessments_needed": 2,
    "version": 0,
}


class StoryShape(Shape):
    """A story."""

    id = serializers.UUIDField()
    title = serializers.CharField(source="status.title")
    description = serializers.CharField(source="status.description", allow_blank=True)
    created_at = serializers.DateTimeField()
    published_at = serializers.DateTimeField(source="status.published_at", allow_null=True)
    assessments_needed = serializers.IntegerField(
        source="status.assessments_needed", help_text="How many equal labels settle a claim of it."
    )
    version = serializers.IntegerField(source="status.version")


class Stories(ApiView):
    """The list of stories."""

    is_open = True

    @operation("Stories, newest first", group=GROUP, answers=StoryShape, is_page=True, example=EXAMPLE)
    def get(self, request: Request) -> Response:
        """Every story of the desk; without a token, or for somebody without a role, the published ones."""
        stories = Story.objects.visible_to(request.user)
        return paged(request, stories, "created_at", lambda rows: list(StoryShape(rows, many=True).data))


class OneStory(ApiView):
    """One story."""

    is_open = True

    @operation("One story", group=GROUP, answers=StoryShape, example=EXAMPLE, errors=(410,))
    def get(self, request: Request, story_id: UUID) -> Response:
        """A story that you may see; its ETag has the version that a change of it needs."""
        return versioned(StoryShape(story_for(request, story_id)).data)


def story_for(request: Request, story_id: UUID) -> Story:
    """The story. Raises Gone where whoever asks may not see it."""
    return readers_story(request.user, story_id)


def readers_story(viewer: User | AnonymousUser, story_id: UUID) -> Story:
    """The story as this viewer sees it. Raises Gone."""
    found = Story.objects.visible_to(viewer).filter(pk=story_id).first()
    if found is None:
        raise Gone("There is no such story here, or it is not published.")
    return found
