"""A rejected pair never returns, whatever becomes of the text around its claims."""

from uuid import uuid4

import pytest

from claims.coverage.candidates import candidates_for
from claims.coverage.decide_suggestion import reject_suggestion
from claims.coverage.suggest_run import bring_in, run
from claims.models import Article, Claim, Suggestion, User
from claims.relations import SuggestionState
from tests.cast import MakeArticle, logged_in
from tests.unit.coverage.test_suggest import ONE, SAME
from tests.unit.ingest.test_carry_claims import revise


@pytest.fixture
def rejected(make_article: MakeArticle, operator: User, max: User) -> tuple[Article, Article]:
    """Two articles of one race; a moderator rejected the pair of claims that tell of it."""
    first, second = make_article(ONE, "https://one.example/a"), make_article(SAME, "https://two.example/b")
    run(by=operator)
    one = Suggestion.objects.get()
    reject_suggestion(by=max, suggestion_id=one.pk, reason="Two races.", expected_version=one.version, key=uuid4())
    return first, second


def regatta(article: Article) -> Claim:
    found = Claim.objects.select_related("status").filter(article=article, exact__contains="regatta").in_work()
    return found.get(revision=Article.objects.get(pk=article.pk).status.revision_id)


def suggested(rejected: tuple[Article, Article], viewer: User) -> tuple[int, list[object]]:
    first, second = rejected
    candidates = [one.claim.pk for one in candidates_for(regatta(first), viewer)]
    return Suggestion.objects.filter(state=SuggestionState.OPEN).count(), [
        key for key in candidates if key == regatta(second).pk
    ]


def test_after_another_text_of_one_article_came_in(
    rejected: tuple[Article, Article], operator: User, ana: User
) -> None:
    assert suggested(rejected, ana) == (0, [])
    revise(operator, rejected[0], ONE + "\n\nThe ferry was late.")
    bring_in(by=operator, article=rejected[0].pk)
    assert suggested(rejected, ana) == (0, [])


def test_after_a_word_was_cut_off_one_of_them(rejected: tuple[Article, Article], operator: User, ana: User) -> None:
    old = regatta(rejected[0])
    start = {"revision": old.revision_id, "key": uuid4(), "old": old.pk, "start": old.start, "end": old.end - 1}
    assert logged_in(ana).post(f"/articles/{old.article_id}/redraw", start).status_code == 302
    run(by=operator, anew=True)
    assert suggested(rejected, ana) == (0, [])
