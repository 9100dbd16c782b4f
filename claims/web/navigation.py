"""The bar's entries, for every page."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from claims.permissions import can_moderate, can_see_desk


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
        pages += [("Articles", "article-list"), ("Claims", "claim-list")]
    pages.append(("Method", "method"))
    if viewer is not None and can_moderate(viewer):
        pages.append(("Panel", "admin:index"))
    entries = [(name, reverse(page)) for name, page in pages]
    return {"navigation": [Entry(name, url, request.path.startswith(url)) for name, url in entries]}
