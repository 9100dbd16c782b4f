"""What readers see of links: those that were confirmed, between claims that published stories tell."""

from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser

from claims.coverage.describe_story import create_story
from claims.coverage.publish_story import publish_story
from claims.models import Claim, Link, User
from claims.relations import LinkState, Relation
from tests.cast import MakeArticle, rule
from tests.linking import link

READER = AnonymousUser()


@pytest.fixture
def pair(max: User, make_article: MakeArticle) -> tuple[Claim, Claim]:
    """Two settled claims of two articles of a published story."""
    story = create_story(by=max, title="Rain", description="", key=uuid4())
    articles = [
        make_article(f"It rains in Norham, says {who}.", f"https://{who}.example/", story=story) for who in "ab"
    ]
    publish_story(by=max, story_id=story.pk, expected_version=0)
    one, other = (Claim.objects.get(article=article) for article in articles)
    rule(one, max)
    rule(other, max)
    return one, other


def test_readers_see_a_link_once_it_is_confirmed_and_not_while_it_is_put_forward(
    pair: tuple[Claim, Claim], ana: User, ben: User, eve: User
) -> None:
    link(*pair, ana, Relation.FRAMES_DIFFERENTLY)
    for reader in (READER, eve):
        assert not Link.objects.visible_to(reader).exists()
    link(*pair, ben, Relation.FRAMES_DIFFERENTLY)
    for reader in (READER, eve):
        assert Link.objects.visible_to(reader).get().state == LinkState.CONFIRMED


def test_readers_see_no_pair_that_was_found_unrelated(pair: tuple[Claim, Claim], ana: User, ben: User) -> None:
    for by in (ana, ben):
        link(*pair, by, Relation.UNRELATED)
    assert Link.objects.get().state == LinkState.REJECTED
    assert not Link.objects.visible_to(READER).exists()
