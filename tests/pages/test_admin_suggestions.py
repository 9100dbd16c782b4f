"""Suggested pairs in the panel: put forward as one's own finding, rejected for good, and counted by reason."""

import pytest
from django.test import Client

from claims.coverage.candidates import candidates_for
from claims.coverage.suggest_run import run
from claims.coverage.suggestions import figures
from claims.models import (
    Article,
    Claim,
    ClaimTerms,
    CoverageIndex,
    LinkAssessment,
    Posting,
    Shingle,
    Suggestion,
    User,
)
from claims.relations import LinkState, Relation, SuggestionState
from tests.cast import MakeArticle, logged_in
from tests.linking import between, link
from tests.pages.admin_panel import do, filled, found, list_of, page_of, select, suggested, words_of
from tests.unit.ledger import events

NOUN = "suggestion"


@pytest.fixture
def others(make_article: MakeArticle) -> list[Claim]:
    """Three claims of another article: one that says the same as the bridge's first, one that denies it, another."""
    article = make_article(
        "The bridge over the Elm was closed on Friday, police said.\n\n"
        "The bridge over the Elm was not closed on Friday.\n\nThe river is cold in spring.",
        "https://other.example/",
    )
    return list(Claim.objects.filter(article=article).in_reading_order())


@pytest.fixture
def pairs(claims: list[Claim], others: list[Claim]) -> list[Suggestion]:
    """The bridge's first claim beside each of the others, as suggested."""
    return [suggested(claims[0], other, 0.9 - n / 10, signs=["shared_names"]) for n, other in enumerate(others)]


@pytest.fixture
def mine(max: User) -> Client:
    return logged_in(max)


def states() -> list[str]:
    return list(Suggestion.objects.order_by("-score").values_list("state", flat=True))


def test_pairs_are_put_forward_as_the_words_say_and_the_rest_asks_to_choose(
    mine: Client, pairs: list[Suggestion], claims: list[Claim], others: list[Claim], max: User
) -> None:
    asked = select(mine, NOUN, "put-forward", pairs)
    page = asked.content.decode()
    for preview in ("by the words alone: “Corroborates”", "by the words alone: “Contradicts”", "nothing: choose"):
        assert preview in page
    answer = mine.post(page_of(NOUN, "put-forward"), filled(asked, relation="", reason=""))
    assert answer.status_code == 400
    assert "Choose a relation, or look at the pair" in answer.content.decode()
    given = LinkAssessment.objects.filter(reviewer=max)
    assert sorted(given.values_list("relation", flat=True)) == ["CONTRADICTS", "CORROBORATES"]
    # One person's finding settles nothing.
    assert {between(claims[0], other).state for other in others[:2]} == {LinkState.PROPOSED}
    again = mine.post(page_of(NOUN, "put-forward"), filled(answer, relation="FRAMES_DIFFERENTLY", reason="So."))
    assert "put forward as your finding" in words_of(mine, again)
    assert given.count() == 3
    assert states() == ["open"] * 3


def test_sending_the_page_twice_puts_a_pair_forward_once(mine: Client, pairs: list[Suggestion]) -> None:
    form = filled(select(mine, NOUN, "put-forward", pairs[:1]), relation="", reason="")
    for _ in range(2):
        assert mine.post(page_of(NOUN, "put-forward"), form).status_code == 302
    assert len(events("link.assessed")) == LinkAssessment.objects.get().version == 1


def test_who_judged_a_pair_does_not_put_it_forward_again(
    mine: Client, pairs: list[Suggestion], claims: list[Claim], others: list[Claim], max: User
) -> None:
    link(claims[0], others[0], max, Relation.UNRELATED)
    asked = select(mine, NOUN, "put-forward", pairs)
    assert "You have found how these two relate already." in asked.content.decode()
    assert len(asked.context["lines"]) == 2


def test_rejected_pairs_are_remembered_and_taken_back(
    mine: Client, pairs: list[Suggestion], claims: list[Claim], ana: User
) -> None:
    answer = do(mine, NOUN, "reject", pairs[:2], reason="Another bridge.")
    assert "rejected." in words_of(mine, answer)
    assert states() == ["rejected", "rejected", "open"]
    assert found(mine, NOUN) == [pairs[2]]
    assert found(mine, NOUN, state="rejected") == pairs[:2]
    assert candidates_for(claims[0], ana) == []
    page = mine.get(f"{list_of(NOUN)}{pairs[0].pk}/change/").content.decode()
    assert "rejected: never proposed again" in page
    assert "Take the rejection back" in page
    history = mine.get(f"{list_of(NOUN)}{pairs[0].pk}/history/").content.decode()
    assert "Another bridge." in history
    back = Suggestion.objects.filter(state=SuggestionState.REJECTED)
    form = {"action": "reopen", "index": "0", "_selected_action": [one.pk for one in back]}
    asked = mine.post(f"{list_of(NOUN)}?state=rejected", form)
    assert mine.post(page_of(NOUN, "reopen"), filled(asked, reason="")).status_code == 302
    assert states() == ["open"] * 3


def test_a_pair_that_was_decided_since_is_refused_and_the_rest_is_done(
    mine: Client, pairs: list[Suggestion], ada: User
) -> None:
    form = filled(select(mine, NOUN, "reject", pairs[:2]), reason="")
    do(logged_in(ada), NOUN, "reject", pairs[:1], reason="Mine.")
    answer = mine.post(page_of(NOUN, "reject"), form)
    assert answer.status_code == 409
    assert "Somebody decided about this suggestion" in answer.content.decode()
    assert states() == ["rejected", "rejected", "open"]
    assert Suggestion.objects.get(pk=pairs[0].pk).decided_by == ada


def test_the_list_is_narrowed_by_state_likeness_and_reason(mine: Client, pairs: list[Suggestion]) -> None:
    Suggestion.objects.filter(pk=pairs[1].pk).update(score=0.5, signs=["negation", "shared_words"])
    assert found(mine, NOUN, alike="middle") == [pairs[1]]
    assert found(mine, NOUN, sign="negation") == [pairs[1]]
    assert found(mine, NOUN, sign="shared_names") == [pairs[0], pairs[2]]
    assert len(found(mine, NOUN, state="all")) == 3


def test_how_often_each_reason_was_right_is_counted_with_its_n(
    mine: Client, pairs: list[Suggestion], claims: list[Claim], others: list[Claim], ana: User, ben: User
) -> None:
    Suggestion.objects.filter(pk=pairs[0].pk).update(signs=["shared_names", "shared_numbers"])
    for by in (ana, ben):
        link(claims[0], others[0], by, Relation.FRAMES_DIFFERENTLY)
    do(mine, NOUN, "reject", pairs[1:2], reason="")
    counted = {figure.name: (figure.related, figure.rejected, figure.share) for figure in figures()}
    assert counted["all"] == counted["shared names"] == (1, 1, "50 %")
    assert counted["shared numbers"] == (1, 0, "100 %")
    assert counted["negation"] == (0, 0, "")
    page = mine.get(list_of(NOUN)).content.decode()
    assert '<th scope="row">shared numbers</th><td>1</td><td>0</td><td>1</td><td>100 %</td>' in page


def test_reviewers_have_no_part_in_it(pairs: list[Suggestion], ana: User) -> None:
    browser = logged_in(ana)
    for deed in ("put-forward", "reject", "reopen"):
        form = {"row": f"{pairs[0].pk} 0", "key": "0" * 32, "reason": "", "relation": ""}
        assert browser.post(page_of(NOUN, deed), form).status_code == 403
    assert states() == ["open"] * 3


def test_withdrawing_an_article_in_the_panel_takes_its_words_hashes_out_of_the_index(
    mine: Client, claims: list[Claim], operator: User
) -> None:
    run(by=operator)
    assert ClaimTerms.objects.count() == 4
    article = Article.objects.get(pk=claims[0].article_id)
    do(mine, "article", "withdraw", [article], reason="The outlet asked.")
    assert not any(model.objects.exists() for model in (ClaimTerms, Posting, Shingle, CoverageIndex))
