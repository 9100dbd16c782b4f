"""A story on paper: published quotes for readers, everything settled for the desk."""

from typing import Any

import pytest
from django.test import Client

from claims.coverage.publish_story import publish_story
from claims.models import Claim, Story, StoryStatus, User
from claims.vocabulary import Label
from tests.cast import MakeArticle, assess, logged_in, rule
from tests.linking import attribute, confirmed, dated
from tests.publishing import judge, propose, publish

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _all_quoted(monkeypatch: pytest.MonkeyPatch) -> None:
    """The texts of tests are so short that a third of one is no sentence."""
    monkeypatch.setattr("claims.coverage.published_claims.QUOTED_SHARE", 1)


@pytest.fixture
def told(story: Story, claims: list[Claim], make_article: MakeArticle, ana: User, ben: User, max: User) -> Story:
    """Two articles of a published story that corroborate each other, and a claim that nobody has settled."""
    other = make_article("The bridge over the Elm was closed on Friday.", "https://other.example/elm", story)
    theirs = Claim.objects.filter(article=other).in_reading_order()[0]
    assess(claims[0], ana, Label.SOURCED)
    attribute(claims[0], ana, "Kim the spokesman")
    for claim in (claims[0], theirs):
        dated(claim, ana, "2024-02-23")
        rule(claim, max, Label.SOURCED, strength=3, explanation="<b>So</b> it is.")
    confirmed(claims[0], theirs, ana, ben, "CORROBORATES")
    assess(claims[2], ana, Label.OPINION)
    publish_story(by=max, story_id=story.pk, expected_version=StoryStatus.objects.get(story=story).version)
    return story


def report(story: Story, client: Client | None = None, query: str = "") -> str:
    answer = (client or Client()).get(f"/stories/{story.pk}/report{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_readers_get_what_is_published_with_addresses_written_out(told: Story, claims: list[Claim]) -> None:
    html = report(told)
    assert claims[0].exact in html
    assert '<li id="note-1">https://example.org/bridge</li>' in html
    assert '<b class="letter S">S</b>' in html
    assert "<b>So</b> it is." in html


def test_readers_get_no_names_of_sources_and_nothing_unsettled(told: Story, claims: list[Claim], ana: User) -> None:
    html = report(told)
    assert "Kim the spokesman" not in html
    assert claims[2].exact not in html
    assert claims[2].exact not in report(told, logged_in(ana))
    assert report(told, logged_in(ana), "?as=reader").count("Kim the spokesman") == 0


def test_the_desk_is_told_that_it_is_not_for_publication(told: Story, ana: User) -> None:
    assert "For the desk, not for publication" in report(told, logged_in(ana))
    assert "For the desk" not in report(told)


def test_readers_get_the_published_verdict_and_the_desk_is_told_where_its_own_differs(
    told: Story, claims: list[Claim], ana: User, max: User, ada: User
) -> None:
    judge(claims[0], ana)
    assert "Whether it holds" not in report(told)
    assert "Whether it holds: <b>refuted</b>" in report(told, logged_in(ana))
    propose(claims[0], max)
    publish(claims[0], ada)
    readers = report(told)
    assert "Whether it holds: <b>refuted</b>" in readers
    assert f"http://testserver/verdicts/{claims[0].pk}/</a>" in readers
    assert "Published: <b>" not in report(told, logged_in(ana))
    judge(claims[0], ana, "supported", "They say the opposite.")
    assert (
        report(told).split("<header>")[1].split("Printed")[1].split("from")[1:]
        == (readers.split("<header>")[1].split("Printed")[1].split("from")[1:])
    )
    desk = report(told, logged_in(ana))
    assert "Whether it holds: <b>supported</b>" in desk
    assert "Published: <b>refuted</b>" in desk


def test_roots_are_counted_in_the_words_of_the_story(told: Story, ana: User) -> None:
    page = logged_in(ana).get(f"/stories/{told.pk}/").content.decode()
    figure = page.split('<td class="roots">')[1].split("<b>")[1].split("</b>")[0]
    assert figure in report(told, logged_in(ana))


def test_nothing_of_an_unpublished_story_is_printed_for_readers(story: Story) -> None:
    assert Client().get(f"/stories/{story.pk}/report").status_code == 410


def test_the_report_has_no_bar_no_script_and_its_own_style(told: Story) -> None:
    html = report(told)
    assert "<nav" not in html
    assert "<script" not in html
    assert html.count('rel="stylesheet"') == 1


def test_the_stories_pages_lead_to_it(told: Story, ana: User) -> None:
    for client in (Client(), logged_in(ana)):
        assert f'href="/stories/{told.pk}/report"' in client.get(f"/stories/{told.pk}/").content.decode()


def test_it_takes_a_steady_number_of_queries(told: Story, ana: User, django_assert_max_num_queries: Any) -> None:
    client = logged_in(ana)
    with django_assert_max_num_queries(18):
        report(told, client)
    with django_assert_max_num_queries(14):
        report(told)
