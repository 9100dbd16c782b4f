"""A moderator publishes a story's settled claims, or takes them back."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from claims import audit, receipts
from claims.coverage.describe_story import held, sent_again
from claims.models import StoryStatus, User
from claims.permissions import check_can_moderate
from claims.vocabulary import EventKind


@transaction.atomic
def publish_story(*, by: User, story_id: UUID, expected_version: int, key: UUID | None = None) -> StoryStatus:
    """Let readers see the story's settled claims from now on. Raises NotAllowed, Gone and Conflict."""
    check_can_moderate(by, "publish stories")
    request = {"verb": "publish story", "story": story_id, "version": expected_version}
    status = held(story_id)
    if status.version != expected_version:
        return sent_again(status, by=by, key=key, request=request)
    if status.published_at is None:
        status.published_at = timezone.now()
        status.version += 1
        status.save()
        audit.record(EventKind.STORY_PUBLISHED, by=by, target=status.story, after={"version": status.version})
        if key:
            receipts.keep(by=by, key=key, request=request, outcome={"version": status.version})
    return status


@transaction.atomic
def unpublish_story(*, by: User, story_id: UUID, expected_version: int, key: UUID | None = None) -> StoryStatus:
    """Take the story back from readers. Raises NotAllowed, Gone and Conflict."""
    check_can_moderate(by, "take stories back from readers")
    request = {"verb": "unpublish story", "story": story_id, "version": expected_version}
    status = held(story_id)
    if status.version != expected_version:
        return sent_again(status, by=by, key=key, request=request)
    if status.published_at is not None:
        status.published_at = None
        status.version += 1
        status.save()
        audit.record(EventKind.STORY_UNPUBLISHED, by=by, target=status.story, after={"version": status.version})
        if key:
            receipts.keep(by=by, key=key, request=request, outcome={"version": status.version})
    return status
