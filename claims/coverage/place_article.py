"""A moderator puts an article into a story, moves it to another, or takes it out."""

from uuid import UUID

from django.db import transaction

from claims import audit
from claims.models import ArticleStatus, Story, User
from claims.permissions import check_can_moderate
from claims.refusals import Gone, Outdated
from claims.vocabulary import EventKind


@transaction.atomic
def place_article(*, by: User, article_id: UUID, story_id: UUID | None, expected_version: int) -> ArticleStatus:
    """Put the article into the story, or into none. Raises NotAllowed, Gone, and Conflict where it changed since."""
    check_can_moderate(by, "put articles into stories")
    status = ArticleStatus.objects.select_for_update(of=("self",)).filter(pk=article_id).first()
    if status is None:
        raise Gone("There is no such article here.")
    if story_id is not None and not Story.objects.visible_to(by).filter(pk=story_id).exists():
        raise Gone("There is no such story here.")
    if status.story_id == story_id:
        return status
    if status.version != expected_version:
        now: dict[str, object] = {"story": str(status.story_id) if status.story_id else None, "version": status.version}
        raise Outdated("Somebody changed this article since the page was loaded. Reload it and decide again.", now)
    before = {"story": str(status.story_id) if status.story_id else None}
    status.story_id = story_id
    status.version += 1
    status.save()
    after = {"story": str(story_id) if story_id else None}
    audit.record(EventKind.ARTICLE_PLACED, by=by, target=status.article, before=before, after=after)
    return status
