"""Nothing that a reviewer finds of two claims can be told from any page of another's, before it is settled."""

import pytest
from django.test import Client

from claims.coverage.publish_story import publish_story
from claims.models import Claim, Story, User
from claims.relations import Relation
from claims.vocabulary import Label
from tests.cast import MakeArticle, logged_in, rule
from tests.linking import between, link, rule_link
from tests.pages.test_blind_crawl import crawl, differences

CANARY = "CANARY-of-a-link-77b2"
Pair = tuple[Claim, Claim]


@pytest.fixture
def pair(claims: list[Claim], make_article: MakeArticle, story: Story, max: User) -> Pair:
    """Two settled claims of a published story, put side by side by a moderator."""
    article = make_article("The bridge over the Elm is open. It rains.", address="https://example.net/elm", story=story)
    other = Claim.objects.filter(article=article).in_reading_order()[0]
    for claim in (claims[0], other):
        rule(claim, max, Label.SOURCED, strength=3)
    publish_story(by=max, story_id=story.pk, expected_version=0)
    link(claims[0], other, max, Relation.QUALIFIES, origin=other.pk)
    return claims[0], other


def pages(pair: Pair, story: Story, *, of_desk: bool = True) -> list[str]:
    """What somebody curious would look at; whoever is not of the desk is refused whatever they ask of the lists."""
    one, other = pair
    asked = [
        *(f"relation={relation}" for relation in [*Relation, "none"]),
        *(f"state={state}" for state in ("open", "done", "proposed", "disputed", "confirmed", "rejected")),
        *("reviewer=ana", "held=yes", "subtype=date", "independence=shared_origin", f"q={CANARY}"),
    ]
    return [
        *("/", "/links/", "/links.csv", "/claims.csv", "/notifications/", "/agreement/links", "/agreement-links.csv"),
        *(f"{page}?{question}" for page in ("/links/", "/links.csv") for question in asked if of_desk),
        f"/links/{between(*pair).pk}/",
        *(f"/claims/{claim.pk}/{then}" for claim in pair for then in ("", "links", "details", "discussion")),
        *(f"/pairs/{one.pk}/{other.pk}/", f"/pairs/{other.pk}/{one.pk}/"),
        *(f"/stories/{story.pk}/{then}" for then in ("", "claims.csv", "matrix.csv")),
        *(f"/articles/{claim.article_id}/" for claim in pair),
    ]


@pytest.mark.parametrize("visitor", ["ben", "eve", None])
def test_nobody_can_tell_from_any_page_what_another_found_of_two_claims(
    visitor: str | None, request: pytest.FixtureRequest, pair: Pair, story: Story, ana: User, max: User
) -> None:
    browser = logged_in(request.getfixturevalue(visitor)) if visitor else Client()
    asked = pages(pair, story, of_desk=visitor == "ben")
    before = crawl(browser, *asked, follow=False)
    link(*pair, ana, Relation.CONTRADICTS, subtype="date", reason=CANARY, independence="independent", basis=CANARY)
    link(*pair, ana, Relation.CORROBORATES, reason=CANARY, independence="shared_origin", basis=CANARY)
    after = crawl(browser, *asked, follow=False)
    assert [url for url, page in after.items() if CANARY in page and CANARY not in url] == []
    assert differences(before, after) == []


def test_the_same_look_does_find_what_is_settled(
    pair: Pair, story: Story, ana: User, ben: User, max: User, ada: User
) -> None:
    link(*pair, ana, Relation.CONTRADICTS, subtype="date", reason=CANARY)
    browser, asked = logged_in(ben), pages(pair, story)
    before = crawl(browser, *asked, follow=False)
    rule_link(*pair, ada, Relation.FRAMES_DIFFERENTLY)
    after = crawl(browser, *asked, follow=False)
    found = differences(before, after)
    assert {"/links/", "/links.csv", f"/links/{between(*pair).pk}/"} <= set(found)
    assert CANARY in after[f"/links/{between(*pair).pk}/"]
    assert CANARY in after["/links.csv"]
