"""The pairs that the workbench suggests to compare, best first: a proposal to look, and nothing more."""

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from claims.coverage.suggestions import open_suggestions
from claims.models import Story, Suggestion, User
from claims.models.suggestion import SuggestionQuerySet
from claims.permissions import check_can_see_desk
from claims.refusals import Invalid
from claims.text.similarity import Reason, explain
from claims.web.person import person

SIZE: Final = 25
# The stories to choose from are the newest; another is reached by a link that names it.
OFFERED: Final = 200
_NOT_KNOWN: Final = "This page of the list is not known. Start again from its first page."


@dataclass(frozen=True)
class Line:
    """One suggested pair with the reasons that brought it up."""

    suggestion: Suggestion
    reasons: list[Reason]


@require_safe
def suggestion_list(request: HttpRequest) -> HttpResponse:
    """One page of the pairs that the viewer has not judged, of a story or of all."""
    check_can_see_desk(request.user)
    viewer = person(request)
    story, fault = _story(request.GET.get("story", ""))
    rows = Suggestion.objects.none() if fault else open_suggestions(viewer, story)
    shown, following = _page(rows, request.GET.get("after", ""))
    context = {
        "lines": [Line(one, explain(one.a.exact, one.b.exact)) for one in shown],
        "following": following,
        "began": "after" in request.GET,
        "stories": _stories(viewer, story),
        "story": story,
        "fault": fault,
    }
    return render(request, "suggestions/list.html", context)


def _story(asked: str) -> tuple[UUID | None, str]:
    """The story asked for, and what is wrong with what was asked."""
    if not asked:
        return None, ""
    try:
        return UUID(asked), ""
    except ValueError:
        return None, "This is not the key of a story. Choose one from the list, or follow a link again."


def _stories(viewer: User, chosen: UUID | None) -> list[tuple[str, str]]:
    here = Story.objects.visible_to(viewer)
    offered = dict(here.newest_first().values_list("pk", "status__title")[:OFFERED])
    if chosen and chosen not in offered:
        offered[chosen] = here.filter(pk=chosen).values_list("status__title", flat=True).first() or "not here"
    return [(str(key), title) for key, title in offered.items()]


def _page(rows: SuggestionQuerySet, after: str) -> tuple[list[Any], str]:
    """The rows after a place, and the place that the next page begins after. Raises Invalid for a made-up place."""
    if after:
        score, key = _place(after)
        # Not a plain OR: the first condition is what lets an index find the place.
        rows = rows.filter(Q(score__lte=score) & (Q(score__lt=score) | Q(pk__gt=key)))
    found = list(rows[: SIZE + 1])
    shown = found[:SIZE]
    return shown, f"{shown[-1].score!r}~{shown[-1].pk}" if len(found) > SIZE else ""


def _place(written: str) -> tuple[float, int]:
    score, _, key = written.partition("~")
    try:
        place = float(score), int(key)
        if not (0 <= place[0] <= 1 and 0 <= place[1] < 2**63):
            raise ValueError("no place of the list")
    except ValueError as wrong:
        raise Invalid(_NOT_KNOWN) from wrong
    return place
