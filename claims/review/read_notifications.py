"""How much of what a person was told is new to them, and that they have looked at it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from claims.models import Notification, User
from claims.refusals import Gone, Invalid

# No page needs to know more exactly how much there is.
COUNTED_TO = 99


def unread_count(viewer: User) -> int:
    """How many the viewer has not looked at, counted no further than one more than COUNTED_TO; one query."""
    return Notification.objects.visible_to(viewer).unread().order_by().values("pk")[: COUNTED_TO + 1].count()


@transaction.atomic
def mark_read(*, by: User, notification_id: UUID | None = None, upto: datetime | None = None) -> int:
    """Mark one of `by`'s own notifications as read, or all that they could see at a moment; return how many were new.

    Marking what is marked changes nothing. Raises Invalid where neither is named, and Gone for somebody else's
    notification, one that is not there, and one that `by` may not know of yet.
    """
    chosen = Notification.objects.visible_to(by)
    if notification_id is not None:
        chosen = chosen.filter(pk=notification_id)
        if not chosen.exists():
            raise Gone("There is no such notification for you.")
    elif upto is not None:
        # What a settlement has brought to light since that moment was not on the page.
        chosen = chosen.filter(created_at__lte=upto).exclude(comment__claim__status__settled_at__gt=upto)
    else:
        raise Invalid("Say which notification you have read, or up to when: send the form of the page.")
    return Notification.objects.filter(pk__in=chosen.unread().values("pk")).update(read_at=timezone.now())
