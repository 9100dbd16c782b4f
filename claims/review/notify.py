"""How people are told in the workbench what happened: a step of the room's verbs, in their transactions."""

from collections.abc import Iterable

from claims.models import Article, Claim, Comment, Notification, User
from claims.vocabulary import Notice


def notify(
    to: Iterable[User],
    kind: Notice,
    *,
    claim: Claim | None = None,
    article: Article | None = None,
    comment: Comment | None = None,
    by: User | None = None,
) -> None:
    """Tell each of these people once, and never `by`, who did it.

    Who was told of the same claim and has not looked since is not told again. Whether somebody may know it already is
    asked when they look: see Notification.visible_to.
    """
    told = {person.pk for person in to} - {by.pk if by else None}
    # In one order, so that two writes that tell the same people wait for each other instead of blocking each other.
    Notification.objects.bulk_create(
        [
            Notification(to_id=pk, kind=kind, claim=claim, article=article, comment=comment, by=by)
            for pk in sorted(told)
        ],
        ignore_conflicts=True,
    )
