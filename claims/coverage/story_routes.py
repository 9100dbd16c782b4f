"""By which routes a story's settled claims reached its articles, as reviewers attributed them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models.functions import Coalesce

from claims.coverage.text_keys import Keys, as_text
from claims.models import Hop, Story
from claims.vocabulary import SETTLED, Label

# More steps than these of one story are not read; the page says so.
MOST_HOPS: Final = 20_000


@dataclass(frozen=True, order=True)
class Step:
    """One step of a route: a source of the registry, or an occasion of the root that the route begins with."""

    name: str
    source: UUID | None = None
    # An occasion is one only together with whose it was: two press conferences are not the same one.
    of: str = ""


@dataclass(frozen=True)
class Route:
    """The steps from the root on, the article that they end in, and the claims that came by them."""

    steps: tuple[Step, ...]
    article: UUID
    claims: tuple[UUID, ...]


def routes_of(story: Story) -> list[Route]:
    """The routes of the story's claims that are settled as sourced: those of most claims first. One query.

    A claim of which reviewers found different routes counts in each. Only what is settled is told, so that the routes
    are the same for everybody.
    """
    rows = (
        Hop.objects.filter(
            attribution__claim__article__status__story=story,
            attribution__claim__article__status__withdrawn_at__isnull=True,
            attribution__claim__status__set_aside="",
            attribution__claim__status__state__in=SETTLED,
            attribution__claim__status__settled_label=Label.SOURCED,
        )
        .order_by("attribution", "position")
        .values_list(
            "attribution",
            as_text("attribution__claim"),
            as_text("attribution__claim__article"),
            "occasion",
            as_text(Coalesce("source__merged_into", "source")),
            Coalesce("source__merged_into__name", "source__name"),
        )[:MOST_HOPS]
    )
    steps_of: dict[tuple[int, str, str], list[tuple[str, str]]] = defaultdict(list)
    for attribution, claim, article, occasion, source, name in rows:
        steps_of[attribution, claim, article].append((name or occasion, source or ""))
    claims_of: dict[tuple[tuple[tuple[str, str], ...], str], dict[str, None]] = defaultdict(dict)
    for (_, claim, article), steps in steps_of.items():
        claims_of[tuple(steps), article][claim] = None
    keys = Keys()
    found = [
        Route(_steps(steps, keys), keys[article], tuple(keys[claim] for claim in claims))
        for (steps, article), claims in claims_of.items()
    ]
    return sorted(found, key=lambda route: (-len(route.claims), [step.name for step in route.steps], route.article.int))


def _steps(given: Iterable[tuple[str, str]], keys: Keys) -> tuple[Step, ...]:
    """The steps with each occasion's owner, and each step once: what stands twice in a row is one."""
    listed = list(given)
    root = next((name for name, source in listed if source), "")
    steps = [Step(name, keys[source] if source else None, "" if source else root) for name, source in listed]
    return tuple(dict.fromkeys(steps))
