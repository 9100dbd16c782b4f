"""Every page has a budget of queries, and needs no more of them for many rows than for few."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.coverage.correct_story import post_correction, request_correction
from claims.coverage.describe_story import create_story
from claims.coverage.publish_story import publish_story
from claims.models import Article, Claim, Story, User
from tests.cast import MakeArticle, assess, logged_in, rule


def queries(browser: Client, url: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as done:
        assert browser.get(url).status_code == 200, url
    return len(done)


def sentences(count: int, town: str = "Oslo") -> str:
    return "\n\n".join(f"It rains on day {n} in {town}, said the mayor." for n in range(count))


@pytest.mark.parametrize("who", ["ana", "max"])
def test_the_reading_page_needs_ten_queries_whatever_the_length_of_the_text(
    who: str, request: pytest.FixtureRequest, make_article: MakeArticle
) -> None:
    browser = logged_in(request.getfixturevalue(who))
    articles = [make_article(sentences(count)) for count in (3, 60, 200)]
    counts = {queries(browser, f"/articles/{article.pk}/") for article in articles}
    assert len(counts) == 1
    assert counts.pop() <= 10


def test_the_reading_page_with_labels_rulings_and_nothing_left_to_do(
    ana: User, ben: User, max: User, make_article: MakeArticle
) -> None:
    browser = logged_in(ana)
    counts = []
    for town in ("Oslo", "Rome"):
        article = make_article(sentences(6 if town == "Oslo" else 20, town))
        for number, claim in enumerate(Claim.objects.filter(article=article)):
            if number % 3 == 0:
                rule(claim, max)
            else:
                assess(claim, ana)
        counts.append(queries(browser, f"/articles/{article.pk}/"))
    assert counts[0] == counts[1]
    assert counts[0] <= 10


@pytest.fixture
def grow(max: User, ana: User, make_article: MakeArticle) -> Any:
    """`grow(3)`: three more stories, each with an article from an outlet of its own, work and corrections."""
    made: list[Story] = []

    def more(count: int) -> Story:
        for _ in range(count):
            number = len(made)
            story = create_story(by=max, title=f"Story {number}", description="", key=uuid4())
            make_article(sentences(9, f"Town {number}"), f"https://outlet{number}.example/", story)
            extra = make_article(
                sentences(9, f"Village {number}"), f"https://extra{number}.example/", made[0] if made else story
            )
            for article in Article.objects.filter(pk=extra.pk):
                first, second = Claim.objects.filter(article=article)[:2]
                assess(first, ana)
                rule(second, max)
            publish_story(by=max, story_id=story.pk, expected_version=0)
            request_correction(story=story, message="M", contact="", address=f"192.0.2.{number}", key=uuid4())
            post_correction(by=max, story=story, line="L", key=uuid4())
            made.append(story)
        return made[0]

    return more


@pytest.mark.parametrize("visitor", ["ana", "max", None])
def test_front_stories_and_lists_need_thirteen_queries_however_many_rows(
    visitor: str | None, request: pytest.FixtureRequest, grow: Any
) -> None:
    browser = logged_in(request.getfixturevalue(visitor)) if visitor else Client()
    story = grow(2)
    pages = ["/", "/stories/", f"/stories/{story.pk}/", "/method/", "/login/"]
    if visitor:
        claim = Claim.objects.all()[0]
        pages += ["/articles/", f"/stories/{story.pk}/?as=reader", f"/claims/{claim.pk}/", "/claims/", "/claims.csv"]
        pages += ["/claims/?state=open", "/claims/?q=rain"]
    few = {page: queries(browser, page) for page in pages}
    grow(6)
    many = {page: queries(browser, page) for page in pages}
    assert many == few
    # A story's page puts together what all its links, times and routes say; the others are lists and single things. A
    # claim's page asks besides whether it is of the worked example.
    budget = {f"/stories/{story.pk}/": 24}
    if visitor:
        budget[f"/claims/{claim.pk}/"] = 14
    assert {page: count for page, count in many.items() if count > budget.get(page, 13)} == {}


def test_a_claim_with_a_long_history_costs_no_more(ana: User, max: User, claims: list[Claim]) -> None:
    browser = logged_in(max)
    assess(claims[0], ana)
    few = queries(browser, f"/claims/{claims[0].pk}/")
    for _ in range(5):
        assess(claims[0], ana)
        rule(claims[1], max)
    assert queries(browser, f"/claims/{claims[0].pk}/") == few


def test_storing_a_label_needs_few_queries(ana: User, claims: list[Claim]) -> None:
    browser = logged_in(ana)
    form = {"label": "OPINION", "version": 0, "note": "", "key": str(uuid4())}
    with CaptureQueriesContext(connection) as done:
        answer = browser.post(f"/claims/{claims[0].pk}/assess", form, headers={"Accept": "application/json"})
    assert answer.status_code == 200
    assert len(done) <= 20
