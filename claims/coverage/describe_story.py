"""A moderator makes a story, or says anew what it is about."""

from typing import Any
from uuid import UUID

from django.db import transaction

from claims import audit, receipts
from claims.models import Story, StoryStatus, User
from claims.permissions import check_can_moderate
from claims.refusals import Conflict, Gone, Invalid, Outdated
from claims.text.plain import plain
from claims.vocabulary import EventKind

MAX_TITLE = 200
MAX_DESCRIPTION = 2_000


@transaction.atomic
def create_story(*, by: User, title: str, description: str, key: UUID) -> Story:
    """Make an unpublished story. `key` becomes its key, so that sending the form twice makes one story.

    Raises NotAllowed, Invalid, and Conflict where the key came before with other words.
    """
    check_can_moderate(by, "make stories")
    title, description = _checked(title, description)
    story, is_new = Story.objects.get_or_create(pk=key, defaults={"title": title, "description": description})
    if is_new:
        StoryStatus.objects.create(story=story, title=title, description=description)
        after = {"title": title, "description": description}
        audit.record(EventKind.STORY_CREATED, by=by, target=story, after=after)
    elif (story.title, story.description) != (title, description):
        raise Conflict("This form made a story already, with other words. Change that one, or load the form anew.")
    return story


@transaction.atomic
def describe_story(
    *, by: User, story_id: UUID, title: str, description: str, expected_version: int, key: UUID | None = None
) -> StoryStatus:
    """Change title and description. Raises NotAllowed, Invalid, Gone and Conflict."""
    check_can_moderate(by, "change stories")
    title, description = _checked(title, description)
    request = {"verb": "describe story", "story": story_id, "version": expected_version, "to": [title, description]}
    status = held(story_id)
    if status.version != expected_version:
        return sent_again(status, by=by, key=key, request=request)
    before = {"title": status.title, "description": status.description}
    status.title, status.description = title, description
    status.version += 1
    status.save()
    after = {"title": title, "description": description}
    audit.record(EventKind.STORY_DESCRIBED, by=by, target=status.story, before=before, after=after)
    if key:
        receipts.keep(by=by, key=key, request=request, outcome={"version": status.version})
    return status


def held(story_id: UUID) -> StoryStatus:
    """The story's status, locked until the transaction ends. Raises Gone."""
    status = StoryStatus.objects.select_for_update(of=("self",)).filter(pk=story_id).first()
    if status is None:
        raise Gone("There is no such story here.")
    return status


def sent_again(status: StoryStatus, *, by: User, key: UUID | None, request: dict[str, Any]) -> StoryStatus:
    """The story as it is, for a request that was answered before. Raises Conflict where it changed since."""
    if key and receipts.answered(by=by, key=key, request=request):
        return status
    current = {"title": status.title, "description": status.description, "version": status.version}
    raise Outdated("Somebody changed this story since the page was loaded. Compare and send it again.", current)


def _checked(title: str, description: str) -> tuple[str, str]:
    title = plain("title", " ".join(title.split()), MAX_TITLE)
    if not title:
        raise Invalid("Give the story a title.")
    return title, plain("description", description, MAX_DESCRIPTION)
