"""Matters: connected groups of confirmed agreements and contradictions, the rows of the coverage matrix."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.contrib.auth.models import AnonymousUser

from claims.models import Link, Story, User
from claims.relations import MATTER_RELATIONS, LinkState, Relation

# More confirmed links than these of one story are not put together for one page; the page says so.
MOST_LINKS: Final = 20_000
# A matter that is followed from one of its claims ends here.
MOST_STEPS: Final = 50
MOST_CLAIMS: Final = 500


@dataclass(frozen=True)
class Matter:
    """Claims that are joined by confirmed agreements and contradictions. `key` is the lowest of the claims' keys.

    `articles` are those of its claims, as far as the links were loaded with their claims.
    """

    key: UUID
    claims: tuple[UUID, ...]
    links: tuple[Link, ...]

    @property
    def contradictions(self) -> int:
        """How many of its links contradict."""
        return sum(link.relation == Relation.CONTRADICTS for link in self.links)

    @property
    def articles(self) -> frozenset[UUID]:
        """The articles that its claims stand in."""
        return frozenset(claim.article_id for link in self.links for claim in (link.a, link.b))


def links_of_story(story: Story, viewer: User | AnonymousUser) -> list[Link]:
    """The confirmed links between claims of the story, with their claims, oldest first; at most MOST_LINKS."""
    found = Link.objects.visible_to(viewer).in_work().confirmed_in(story)
    return list(found.select_related("a", "b").order_by("settled_at", "pk")[:MOST_LINKS])


def matters_of_story(story: Story, viewer: User | AnonymousUser) -> list[Matter]:
    """The matters of the story. One query."""
    return matters(links_of_story(story, viewer))


def matters(links: Iterable[Link]) -> list[Matter]:
    """The matters that these confirmed links make: most contradictions first, then most articles.

    Only agreements and contradictions join; near-linear in the number of links.
    """
    joining = [link for link in links if link.relation in MATTER_RELATIONS]
    group = joined((link.a_id, link.b_id) for link in joining)
    links_of: dict[UUID, list[Link]] = defaultdict(list)
    claims_of: dict[UUID, list[UUID]] = defaultdict(list)
    for link in joining:
        links_of[group[link.a_id]].append(link)
    for claim, key in group.items():
        claims_of[key].append(claim)
    found = [Matter(key, tuple(sorted(claims_of[key])), tuple(those)) for key, those in links_of.items()]
    return sorted(found, key=lambda matter: (-matter.contradictions, -len(matter.articles), matter.key))


def joined(pairs: Iterable[tuple[UUID, UUID]]) -> dict[UUID, UUID]:
    """For each key that occurs, the lowest key of the group that the pairs join it to (union by lowest key)."""
    parent: dict[UUID, UUID] = {}

    def root(key: UUID) -> UUID:
        parent.setdefault(key, key)
        while parent[key] != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    for one, other in pairs:
        low, high = sorted((root(one), root(other)))
        parent[high] = low
    return {key: root(key) for key in parent}


def matter_of_claim(claim_id: UUID, viewer: User | AnonymousUser) -> Matter | None:
    """The matter that the claim is in, None where nothing confirmed joins it to another.

    Followed link by link, a query for each step outwards; at most MOST_STEPS steps and about MOST_CLAIMS claims.
    """
    joining = (
        Link.objects.visible_to(viewer)
        .in_work()
        .filter(state=LinkState.CONFIRMED, relation__in=MATTER_RELATIONS)
        .select_related("a", "b")
    )
    links: dict[UUID, Link] = {}
    reached, border = {claim_id}, {claim_id}
    for _ in range(MOST_STEPS):
        found = [
            *joining.filter(a__in=border).order_by("pk")[:MOST_CLAIMS],
            *joining.filter(b__in=border).order_by("pk")[:MOST_CLAIMS],
        ]
        links |= {link.pk: link for link in found}
        border = {key for link in found for key in (link.a_id, link.b_id)} - reached
        reached |= border
        if not border or len(reached) > MOST_CLAIMS:
            break
    return Matter(min(reached), tuple(sorted(reached)), _in_time(links.values())) if links else None


def _in_time(links: Iterable[Link]) -> tuple[Link, ...]:
    return tuple(sorted(links, key=lambda link: (link.created_at, link.pk)))


def with_relation(links: Sequence[Link], *relations: Relation) -> list[Link]:
    """Those of these relations, in their order."""
    return [link for link in links if link.relation in relations]
