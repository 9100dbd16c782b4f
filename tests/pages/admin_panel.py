"""What the tests of the moderators' panel share: one row of every kind, and how a deed is done in a browser."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import URLPattern, URLResolver, reverse

from claims.coverage.correct_story import post_correction, request_correction
from claims.models import Article, Assessment, Claim, Correction, CorrectionRequest, Event, Outlet, Ruling, Story, User
from claims.vocabulary import Label
from tests.cast import assess, rule

NOUNS = [model._meta.model_name for model in admin.site._registry]
DEEDS = [(model._meta.model_name, deed.name) for model, page in admin.site._registry.items() for deed in page.deeds]


@dataclass
class World:
    """One row of every kind that the panel lists, by the name of its model."""

    rows: dict[str, Any]

    def __getitem__(self, noun: str) -> Any:
        return self.rows[noun]


@pytest.fixture(name="world")
def one_row_of_each(ana: User, ben: User, max: User, ada: User, eve: User, story: Story, claims: list[Claim]) -> World:
    disputed, ruled = claims[0], claims[1]
    assess(disputed, ana, Label.UNSOURCED, note="canary of a note")
    assess(disputed, ben, Label.OPINION)
    rule(ruled, max)
    requests = [ask_for_correction(story, f"Number {number} is wrong.") for number in range(2)]
    post_correction(by=max, story=story, line="It was the other bank.", key=uuid4(), request_id=requests[1].pk)
    return World(
        {
            "claim": disputed,
            "assessment": Assessment.objects.first(),
            "ruling": Ruling.objects.first(),
            "article": Article.objects.first(),
            "outlet": Outlet.objects.first(),
            "story": story,
            "correctionrequest": requests[0],
            "correction": Correction.objects.first(),
            "event": Event.objects.first(),
            "user": eve,
        }
    )


def ask_for_correction(story: Story, message: str) -> CorrectionRequest:
    return request_correction(story=story, message=message, contact="", address=str(uuid4()), key=uuid4())


def list_of(noun: str) -> str:
    return reverse(f"admin:claims_{noun}_changelist")


def page_of(noun: str, deed: str) -> str:
    return reverse(f"admin:claims_{noun}_{deed}")


def select(client: Client, noun: str, deed: str, rows: list[Any], query: str = "") -> Any:
    """Select rows in a list and choose a deed: the page that asks."""
    keys = [str(row.pk) for row in rows]
    return client.post(list_of(noun) + query, {"action": deed, "index": "0", "_selected_action": keys})


def filled(asked: Any, **typed: Any) -> dict[str, Any]:
    """The form of a page that asks, filled in."""
    form = asked.context["form"]
    return {
        "row": [line.sent for line in asked.context["lines"]],
        "key": str(form["key"].value()),
        "back": form["back"].value() or "",
        **typed,
    }


def names(patterns: list[Any] | None = None) -> list[tuple[str, bool]]:
    """Every named address of the panel, and whether it takes an argument."""
    found = []
    for pattern in admin.site.get_urls() if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            found += names(pattern.url_patterns)
        elif isinstance(pattern, URLPattern) and pattern.name:
            found.append((pattern.name, pattern.pattern.regex.groups > 0))
    return found


def noun_of(name: str) -> str:
    """The model that an address is about, "" for an address of the whole panel."""
    return name.split("_")[1] if name.startswith("claims_") else ""


def address(name: str, world: World) -> str:
    """The address of this name, about the row of this kind where it takes one."""
    if name == "app_list":
        return reverse("admin:app_list", args=["claims"])
    return reverse(f"admin:{name}", args=[world[noun_of(name)].pk] if TAKES_A_ROW[name] else [])


TAKES_A_ROW = dict(names())
