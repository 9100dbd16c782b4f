"""What readers see of a story: settled claims in short context, and never a text as a whole."""

from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from hypothesis import given
from hypothesis import strategies as st

from claims.coverage import published_claims as room
from claims.coverage.describe_story import create_story
from claims.coverage.place_article import place_article
from claims.coverage.publish_story import publish_story, unpublish_story
from claims.coverage.published_claims import QUOTED_SHARE, PublishedArticle, published_claims, within_share
from claims.ingest.withdraw_article import withdraw_article
from claims.models import Article, Claim, Story, StoryStatus, User
from claims.vocabulary import Label
from tests.cast import MakeArticle, assess, rule

READER = AnonymousUser()
# Eleven sentences, so that a third of them is more than one.
LONG = "\n\n".join(f"Sentence number {n} of this text says that it rains in town number {n}." for n in range(11))


@pytest.fixture
def long_story(max: User, make_article: MakeArticle) -> Story:
    """A published story with one longer article."""
    story = create_story(by=max, title="Rain", description="", key=uuid4())
    make_article(LONG, story=story)
    publish_story(by=max, story_id=story.pk, expected_version=0)
    return story


def claims_in(story: Story) -> list[Claim]:
    return list(Claim.objects.filter(article__status__story=story).in_reading_order())


def quoted(story: Story, viewer: Any = READER) -> list[str]:
    return [claim.exact for published in published_claims(story, viewer) for claim in published.claims]


def covered(published: PublishedArticle) -> int:
    spans = [range(c.start - len(c.prefix), c.end + len(c.suffix)) for c in published.claims]
    return len({position for span in spans for position in span})


def test_readers_see_nothing_before_publication_and_nothing_after_it_is_taken_back(
    max: User, eve: User, long_story: Story
) -> None:
    rule(claims_in(long_story)[0], max)
    assert len(quoted(long_story)) == len(quoted(long_story, eve)) == 1
    unpublish_story(by=max, story_id=long_story.pk, expected_version=1)
    assert published_claims(long_story, READER) == published_claims(long_story, eve) == []


def test_the_desk_sees_before_publication_what_readers_would_see(max: User, ana: User, long_story: Story) -> None:
    rule(claims_in(long_story)[0], max)
    as_readers = quoted(long_story)
    unpublish_story(by=max, story_id=long_story.pk, expected_version=1)
    assert quoted(long_story, max) == quoted(long_story, ana) == as_readers


def test_only_settled_claims_are_shown(ana: User, ben: User, max: User, long_story: Story) -> None:
    one, _, disputed, agreed, ruled = claims_in(long_story)[:5]
    assess(one, ana)
    for claim in (disputed, agreed):
        assess(claim, ana)
    assess(disputed, ben, Label.OPINION)
    assess(agreed, ben)
    rule(ruled, max)
    for viewer in (READER, ana, max):
        assert quoted(long_story, viewer) == [agreed.exact, ruled.exact]


def test_what_is_not_a_claim_is_never_shown(max: User, long_story: Story) -> None:
    first, second = claims_in(long_story)[:2]
    rule(first, max, Label.NOT_A_CLAIM)
    assert published_claims(long_story, READER) == []
    rule(second, max)
    (published,) = published_claims(long_story, READER)
    assert ([claim.exact for claim in published.claims], published.not_quoted) == ([second.exact], 0)


def test_never_more_than_a_third_of_a_text_even_if_all_is_settled(max: User, long_story: Story) -> None:
    for claim in claims_in(long_story):
        rule(claim, max)
    (published,) = published_claims(long_story, READER)
    assert published.claims
    assert 0 < covered(published) <= len(LONG) / 3
    assert published.not_quoted == 11 - len(published.claims)


def test_a_short_text_is_not_quoted_at_all_and_the_page_says_how_many_are_left_out(
    max: User, story: Story, claims: list[Claim]
) -> None:
    for claim in claims:
        rule(claim, max)
    publish_story(by=max, story_id=story.pk, expected_version=0)
    for published in published_claims(story, READER):
        assert len(published.claims) + published.not_quoted == 4
        assert covered(published) <= len(claims[0].revision.text) / 3


def test_what_was_shown_stays_shown_when_more_is_settled(max: User, long_story: Story) -> None:
    shown: list[str] = []
    for claim in reversed(claims_in(long_story)):
        rule(claim, max)
        now = quoted(long_story)
        assert set(shown) <= set(now)
        shown = now
    assert shown == sorted(shown, key=LONG.index)


def test_what_was_shown_stays_shown_when_it_is_ruled_on_anew(max: User, long_story: Story) -> None:
    for claim in claims_in(long_story):
        rule(claim, max)
    before = quoted(long_story)
    rule(claims_in(long_story)[0], max, Label.OPINION)
    assert quoted(long_story) == before


def test_what_was_no_claim_and_is_one_now_pushes_nothing_out(max: User, long_story: Story) -> None:
    first, *others = claims_in(long_story)
    rule(first, max, Label.NOT_A_CLAIM)
    for claim in others:
        rule(claim, max)
    before = quoted(long_story)
    rule(first, max)
    assert set(before) <= set(quoted(long_story))


def test_a_withdrawn_article_vanishes(max: User, long_story: Story) -> None:
    rule(claims_in(long_story)[0], max)
    article = Article.objects.get(status__story=long_story)
    withdraw_article(by=max, article_id=article.pk, reason="Asked.", expected_version=0)
    for viewer in (READER, max):
        assert published_claims(long_story, viewer) == []


def test_claims_of_an_older_text_are_not_shown(max: User, make_article: MakeArticle) -> None:
    address = "https://example.org/rain"
    story = create_story(by=max, title="Rain", description="", key=uuid4())
    make_article(LONG, address, story)
    rule(claims_in(story)[0], max)
    publish_story(by=max, story_id=story.pk, expected_version=0)
    assert len(quoted(story)) == 1
    make_article(LONG.replace("rains", "snows"), address)
    assert quoted(story) == []


def test_articles_of_other_stories_are_not_shown(max: User, long_story: Story, make_article: MakeArticle) -> None:
    other = create_story(by=max, title="Snow", description="", key=uuid4())
    rule(claims_in(long_story)[0], max)
    article = Article.objects.get(status__story=long_story)
    place_article(by=max, article_id=article.pk, story_id=other.pk, expected_version=0)
    assert published_claims(long_story, READER) == []
    assert published_claims(other, READER) == []  # not published
    assert StoryStatus.objects.get(story=other).published_at is None


def test_the_page_costs_the_same_for_one_article_and_for_many(
    max: User, long_story: Story, make_article: MakeArticle, django_assert_num_queries: Any
) -> None:
    rule(claims_in(long_story)[0], max)
    with django_assert_num_queries(3):
        assert len(published_claims(long_story, READER)) == 1
    for n in range(4):
        article = make_article(LONG.replace("town", f"village {n},"), story=long_story)
        rule(Claim.objects.filter(article=article)[0], max)
    with django_assert_num_queries(3):
        assert len(published_claims(long_story, READER)) == 5


def test_no_more_than_so_many_quotes_of_one_article(
    max: User, long_story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "MOST_QUOTES", 2)
    for claim in claims_in(long_story):
        rule(claim, max)
    (published,) = published_claims(long_story, READER)
    assert (len(published.claims), published.not_quoted) == (2, 9)


@st.composite
def spans(draw: st.DrawFn) -> tuple[int, list[Claim]]:
    length = draw(st.integers(1, 2_000))
    found = []
    for _ in range(draw(st.integers(0, 12))):
        start = draw(st.integers(0, length - 1))
        end = draw(st.integers(start + 1, length))
        prefix, suffix = min(start, 32), min(length - end, 32)
        found.append(Claim(pk=uuid4(), start=start, end=end, prefix="<" * prefix, suffix=">" * suffix))
    return length, found


@given(spans())
def test_quotes_with_their_context_never_cover_more_than_the_share(text: tuple[int, list[Claim]]) -> None:
    length, claims = text
    shown = within_share(claims, length)
    positions = {
        position
        for claim in claims
        if claim.pk in shown
        for position in range(claim.start - len(claim.prefix), claim.end + len(claim.suffix))
    }
    assert len(positions) <= length * QUOTED_SHARE
    assert shown <= {claim.pk for claim in claims}


@given(spans(), st.data())
def test_what_fits_does_not_depend_on_what_comes_after(text: tuple[int, list[Claim]], data: st.DataObject) -> None:
    length, claims = text
    earlier = claims[: data.draw(st.integers(0, len(claims)))]
    assert within_share(earlier, length) <= within_share(claims, length)
