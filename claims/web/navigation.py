"""The bar's entries, for every page."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from claims.models import User
from claims.permissions import can_moderate, can_see_desk
from claims.review.read_notifications import COUNTED_TO, unread_count


@dataclass(frozen=True)
class Entry:
    """One link of the bar; `here` where the page stands below it."""

    name: str
    url: str
    here: bool


def navigation(request: HttpRequest) -> dict[str, Any]:
    """What the person who looks can go to."""
    viewer = getattr(request, "user", None)
    pages = [("Stories", "story-list")]
    if viewer is not None and can_see_desk(viewer):
        pages += [("Queue", "queue"), ("Articles", "article-list"), ("Claims", "claim-list")]
        pages += [("Links", "link-list"), ("Sources", "source-list")]
    else:
        pages.append(("Verdicts", "verdict-list"))
    pages.append(("Method", "method"))
    if viewer is not None and can_moderate(viewer):
        pages += [("Disputed", "adjudicate-next"), ("Verdicts", "verdict-waiting"), ("Orphans", "orphan-list")]
        pages += [("Agreement", "agreement"), ("Panel", "admin:index")]
    entries = [(name, reverse(page)) for name, page in pages]
    return {
        "navigation": [Entry(name, url, request.path.startswith(url)) for name, url in entries],
        # Asked only by a page that shows the bar.
        "unread": SimpleLazyObject(lambda: _unread(viewer) if isinstance(viewer, User) else ""),
    }


def _unread(viewer: User) -> str:
    """How many notifications are new to the viewer: "" for none, "3", "99+"."""
    count = unread_count(viewer)
    return f"{COUNTED_TO}+" if count > COUNTED_TO else str(count or "")
