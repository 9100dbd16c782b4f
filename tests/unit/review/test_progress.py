"""How far somebody is, and where they go on."""

from typing import Any
from uuid import uuid4

from claims.coverage.describe_story import create_story
from claims.ingest.withdraw_article import withdraw_article
from claims.models import Article, Claim, Story, User
from claims.review.progress import Progress, done_at_outlets, done_in_stories, next_article, next_claim, progress_in
from claims.vocabulary import Label
from tests.cast import MakeArticle, assess, rule

TWO = "It rains in {0}.\n\nIt snows in {0}."


def all_of(article: Article) -> list[Claim]:
    return list(Claim.objects.filter(revision=article.status.revision_id).in_reading_order())


def test_progress_counts_ones_own_labels_and_what_is_settled(ana: User, ben: User, claims: list[Claim]) -> None:
    article = claims[0].article
    assess(claims[0], ana)
    assess(claims[0], ben)
    assess(claims[1], ana)
    article.status.refresh_from_db()
    assert progress_in([article], ana)[article.pk] == Progress(claims=4, settled=1, by_you=2)
    assert progress_in([article], ben)[article.pk].by_you == 1


def test_shares_are_whole_percents_and_an_article_without_claims_has_none() -> None:
    assert Progress(3, 1, 2).share == 67
    assert Progress(0, 0, 0).share == 0


def test_next_is_the_first_claim_in_reading_order_that_is_neither_done_nor_settled(
    ana: User, ben: User, max: User, claims: list[Claim]
) -> None:
    article = claims[0].article
    assert next_claim(ana, article) == claims[0]
    assess(claims[0], ana)
    rule(claims[1], max)
    assess(claims[2], ben)
    assert next_claim(ana, article) == claims[2]
    assess(claims[2], ana, Label.OPINION)
    assess(claims[3], ana)
    assert next_claim(ana, article) is None


def test_the_next_article_is_of_the_same_story_before_any_other(
    ana: User, max: User, make_article: MakeArticle
) -> None:
    story = create_story(by=max, title="Rain", description="", key=uuid4())
    placed = [make_article(TWO.format(town), story=story) for town in ("Oslo", "Rome")]
    newest = make_article(TWO.format("Lima"))
    assert next_article(ana, after=placed[0]) == placed[1]
    for claim in all_of(placed[1]):
        assess(claim, ana)
    assert next_article(ana, after=placed[0]) == newest
    assert next_article(ana) == newest


def test_there_is_no_next_article_when_all_is_done_or_settled(ana: User, max: User, make_article: MakeArticle) -> None:
    first, second = all_of(make_article(TWO.format("Oslo")))
    assess(first, ana)
    rule(second, max)
    assert next_article(ana) is None


def test_what_is_next_costs_the_same_however_many_articles_are_done(
    ana: User, max: User, make_article: MakeArticle, django_assert_num_queries: Any
) -> None:
    towns = iter(["Oslo", "Rome", "Lima", "Bern", "Riga", "Kyiv"])

    def finished(count: int) -> None:
        for _ in range(count):
            first, second = all_of(make_article(TWO.format(next(towns))))
            assess(first, ana)
            rule(second, max)

    finished(1)
    with django_assert_num_queries(1):
        assert next_article(ana) is None
    finished(5)
    with django_assert_num_queries(1):
        assert next_article(ana) is None


def test_work_on_an_older_text_counts_for_that_text_only(ana: User, make_article: MakeArticle) -> None:
    address = "https://example.org/rain"
    for claim in all_of(make_article(TWO.format("Oslo"), address)):
        assess(claim, ana)
    renewed = make_article("The ferry to Moss sank. The harbour closed.", address)
    assert progress_in([renewed], ana)[renewed.pk] == Progress(claims=2, settled=0, by_you=0)
    assert done_at_outlets([renewed.outlet], ana)[renewed.outlet.pk] == Progress(2, 0, 0, 1)
    assert next_article(ana) == renewed


def test_a_story_sums_its_articles_and_leaves_withdrawn_ones_out(
    ana: User, max: User, make_article: MakeArticle
) -> None:
    story = create_story(by=max, title="Rain", description="", key=uuid4())
    empty = create_story(by=max, title="Snow", description="", key=uuid4())
    kept, withdrawn = (make_article(TWO.format(town), story=story) for town in ("Oslo", "Rome"))
    for article in (kept, withdrawn):
        assess(all_of(article)[0], ana)
    rule(all_of(kept)[1], max)
    withdraw_article(by=max, article_id=withdrawn.pk, reason="Asked for.", expected_version=0)
    done = done_in_stories(Story.objects.all(), ana)
    assert done[story.pk] == Progress(claims=2, settled=1, by_you=1, articles=1)
    assert done[empty.pk] == Progress(claims=0, settled=0, by_you=0, articles=0)
    assert next_article(ana) is None
