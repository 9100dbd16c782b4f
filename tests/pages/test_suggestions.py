"""The list of pairs to compare: for the desk, best first, without what one has judged, with reasons and a link."""

import pytest
from django.test import Client

from claims.coverage.suggest_run import run
from claims.models import Article, Claim, ClaimTerms, Story, Suggestion, User
from claims.relations import Relation, SuggestionState
from tests.cast import MakeArticle, logged_in
from tests.deeds import hide
from tests.linking import link
from tests.pages.admin_panel import suggested

LIST = "/suggestions/"


@pytest.fixture
def others(make_article: MakeArticle, story: Story) -> list[Claim]:
    """Claims of another article of the story, and of one in none."""
    near = make_article("The bridge was shut <b>on Friday</b>.", "https://near.example/", story)
    far = make_article("A toll on the Elm bridge is planned.", "https://far.example/")
    return [Claim.objects.get(article=article) for article in (near, far)]


def shown(browser: Client, query: str = "") -> list[int]:
    return [line.suggestion.pk for line in browser.get(LIST + query).context["lines"]]


def test_the_pairs_stand_best_first_with_both_texts_the_reasons_and_the_way_to_compare_them(
    claims: list[Claim], others: list[Claim], ana: User
) -> None:
    low, high = suggested(claims[2], others[1], 0.4), suggested(claims[0], others[0], 0.8)
    browser = logged_in(ana)
    assert shown(browser) == [high.pk, low.pk]
    page = browser.get(LIST).content.decode()
    assert "The bridge over the Elm was closed on Friday." in page
    assert "&lt;b&gt;on Friday&lt;/b&gt;" in page
    assert "both name" in page or "both say" in page
    assert f"/pairs/{high.a_id}/{high.b_id}/" in page
    assert browser.get(f"/pairs/{high.a_id}/{high.b_id}/").status_code == 200


def test_what_one_judged_is_left_out_and_what_others_judged_is_not(
    claims: list[Claim], others: list[Claim], ana: User, ben: User
) -> None:
    found = suggested(claims[0], others[0])
    link(claims[0], others[0], ana, Relation.CORROBORATES)
    assert shown(logged_in(ana)) == []
    assert shown(logged_in(ben)) == [found.pk]
    page = logged_in(ben).get(LIST).content.decode()
    assert "ana" not in page
    assert "orroborates" not in page


def test_decided_pairs_and_claims_out_of_work_are_no_longer_listed(
    claims: list[Claim], others: list[Claim], ana: User, max: User
) -> None:
    suggested(claims[0], others[0], state=SuggestionState.REJECTED)
    suggested(claims[1], others[1])
    hide(others[1], max)
    assert shown(logged_in(ana)) == shown(logged_in(max)) == []


def test_a_story_shows_its_own_pairs(claims: list[Claim], others: list[Claim], story: Story, ana: User) -> None:
    near, _ = suggested(claims[0], others[0]), suggested(claims[2], others[1])
    browser = logged_in(ana)
    assert shown(browser, f"?story={story.pk}") == [near.pk]
    answer = browser.get(LIST + "?story=nothing")
    assert answer.context["lines"] == []
    assert "not the key of a story" in answer.content.decode()


def test_a_long_list_is_turned_over_without_a_gap(
    claims: list[Claim], make_article: MakeArticle, ana: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("claims.web.suggestion_list.SIZE", 2)
    told = [Claim.objects.get(article=make_article(f"Bridge {n}.", f"https://{n}.example/")) for n in range(5)]
    made = [suggested(claims[0], one, 0.3 if n else 0.9).pk for n, one in enumerate(told)]
    browser, seen, query = logged_in(ana), [], ""
    for _ in range(3):
        answer = browser.get(LIST + query)
        seen += [line.suggestion.pk for line in answer.context["lines"]]
        query = f"?after={answer.context['following']}"
    assert seen == made
    assert query == "?after="
    for wrong in ("x", "2~1", "0.5~x", "nan~1", f"0.5~{2**70}"):
        assert browser.get(f"{LIST}?after={wrong}").status_code == 400


def test_the_corpus_brings_pairs_and_the_page_takes_few_queries(
    corpus: list[Article], ana: User, django_assert_max_num_queries: object
) -> None:
    assert Suggestion.objects.exclude(signs=[]).count() > 10
    browser = logged_in(ana)
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        browser.get(LIST)


def test_a_text_that_comes_into_force_is_looked_through_at_once(
    article: Article, make_article: MakeArticle, max: User, operator: User
) -> None:
    race = Claim.objects.get(article=make_article("Ana Ruiz won the regatta at Norham.", "https://race.example/"))
    run(by=operator)
    form = {"text": "The regatta at Norham was won by Ana Ruiz.", "revision": article.status.revision_id}
    form |= {"key": "0" * 32, "deed": "preview"}
    browser = logged_in(max)
    page = browser.post(f"/articles/{article.pk}/revise", form)
    form |= {"deed": "store", "previewed": page.context["preview"].sha256}
    assert browser.post(f"/articles/{article.pk}/revise", form).status_code == 302
    (found,) = Suggestion.objects.all()
    assert race.pk in {found.a_id, found.b_id}
    assert found.signs


def test_nothing_waits_where_nothing_is(ana: User) -> None:
    assert "No pair waits for you" in logged_in(ana).get(LIST).content.decode()


def test_words_that_a_reviewer_marks_come_into_the_index(article: Article, ana: User, operator: User) -> None:
    run(by=operator)
    form = {"revision": article.status.revision_id, "key": "0" * 32, "start": 0, "end": 10}
    assert logged_in(ana).post(f"/articles/{article.pk}/redraw", form).status_code == 302
    drawn = Claim.objects.get(article=article, unit="span")
    assert ClaimTerms.objects.filter(claim=drawn).exists()
