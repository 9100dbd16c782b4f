"""The confirmed links of a story with no more than a page about all of them needs: it reads thousands."""

from typing import NamedTuple, cast
from uuid import UUID

from django.contrib.auth.models import AnonymousUser

from claims.coverage.matters import MOST_LINKS
from claims.coverage.text_keys import Keys, as_text
from claims.models import Link, Story, User


class _Place(NamedTuple):
    """A claim of a link, as far as it is read: the article that it stands in."""

    article_id: UUID


class _Tie(NamedTuple):
    """What is read of a link, under the names that a link has for it."""

    pk: UUID
    a_id: UUID
    b_id: UUID
    relation: str
    subtype: str
    forward: bool | None
    independence: str
    given: int
    a: _Place
    b: _Place


def story_links(story: Story, viewer: User | AnonymousUser) -> list[Link]:
    """The confirmed links between claims of the story, oldest first, at most MOST_LINKS; one query.

    The same as those of `links_of_story`, to be read only: they have their claims' keys and articles, what is settled,
    and how many found so. Rows of the table would take five times as long.
    """
    found = Link.objects.visible_to(viewer).in_work().confirmed_in(story)
    rows = found.order_by("settled_at", "pk").values_list(
        *map(as_text, ("pk", "a", "b")),
        *("relation", "subtype", "forward", "independence", "given"),
        *map(as_text, ("a__article", "b__article")),
    )[:MOST_LINKS]
    keys = Keys()
    ties = [
        _Tie(
            keys[link], keys[a], keys[b], relation, subtype, forward, independence, given,
            _Place(keys[a_article]), _Place(keys[b_article]),
        )
        for link, a, b, relation, subtype, forward, independence, given, a_article, b_article in rows
    ]  # fmt: skip
    return cast(list[Link], ties)
