"""Small stories for the tests of matrix and drawings: claims, articles and links that no database knows."""

from datetime import date
from typing import Any
from uuid import UUID

from claims.coverage.sayings import Saying
from claims.coverage.story_articles import Telling, day_of
from claims.coverage.story_times import Dated
from claims.models import Claim, Link
from claims.relations import LinkState, Relation

OUTLETS = ("elm.example", "brook.example", "ford.example")


def key(number: int) -> UUID:
    return UUID(int=number)


def telling(number: int, host: str = "", published: str = "", **parts: Any) -> Telling:
    """Article 100, 101 and so on."""
    known = {"voice": "", "title": f"Title {number}", "genre": "", "basis": ""} | parts
    return Telling(
        key(100 + number), key(200 + number), host or OUTLETS[number % 3], published=day_of(published), **known
    )


def tellings(*articles: Telling) -> dict[UUID, Telling]:
    return {article.key: article for article in articles or [telling(number) for number in range(3)]}


def saying(number: int, article: int, words: str = "", label: str = "UNSOURCED", **parts: Any) -> Saying:
    """Claim `number` of the article."""
    claim = Claim(
        id=key(number), article_id=key(100 + article), start=number, exact=words or f"Claim {number} says so."
    )
    return Saying(claim, "agreed" if label else "open", label, **parts)


def known(*sayings: Saying) -> dict[UUID, Saying]:
    return {one.key: one for one in sayings}


def link(a: Saying, b: Saying, relation: Relation = Relation.CORROBORATES, **parts: Any) -> Link:
    """A confirmed link; a directed one goes from `a`."""
    directed = relation in {Relation.UPDATES, Relation.QUALIFIES}
    low, high = sorted((a, b), key=lambda one: one.key)
    made = Link(
        id=UUID(int=low.key.int << 64 | high.key.int), relation=relation, state=LinkState.CONFIRMED, given=2, **parts
    )
    made.a, made.b = low.claim, high.claim
    made.forward = (low is a) if directed else None
    return made


def dated(number: int, article: int, value: str, label: str = "") -> Dated:
    time = day_of(value)
    begin, end = (time.earliest or time.latest, time.latest or time.earliest) if time else (None, None)
    return Dated(key(number), key(100 + article), "event", value, begin, end, label)


def day(year: int) -> date:
    return date(year, 1, 1)
