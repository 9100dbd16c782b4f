"""The index of coverage: what it holds of each claim, that it is idempotent, and that nothing of an article stays."""

from uuid import uuid4

import pytest
from django.utils import timezone

from claims.coverage.index_articles import clear_index, index_articles, index_claims, start_anew, to_compare, to_index
from claims.coverage.near_copies import near_copies
from claims.coverage.suggest_run import run
from claims.coverage.term_hashes import term_hashes
from claims.ingest.read_article import read_article
from claims.ingest.revise_article import revise_article
from claims.ingest.withdraw_article import withdraw_article
from claims.models import Article, Claim, ClaimTerms, CoverageIndex, Posting, Shingle, Suggestion, User
from claims.refusals import NotAllowed
from claims.relations import SuggestionState
from claims.review.attribute_claim import GivenSpan
from claims.review.redraw_claims import redraw_claims
from tests.cast import TEXT, MakeArticle
from tests.deeds import hide, restore
from tests.pages.admin_panel import suggested
from tests.unit.ledger import dump, event_count, stored_text

INDEX = (ClaimTerms, Posting, Shingle)


def postings() -> set[tuple[int, int]]:
    return set(Posting.objects.values_list("term", "number"))


def expected() -> set[tuple[int, int]]:
    """What the postings have to be: every term of every claim of the index under its number."""
    return {(int(term), row.number) for row in ClaimTerms.objects.all() for term, _ in row.terms}


def test_every_claim_of_an_article_comes_into_the_index_under_its_terms(article: Article, operator: User) -> None:
    assert list(to_index()) == [article]
    assert index_articles(by=operator, articles=[article.pk]) == 4
    claim = Claim.objects.filter(article=article).first()
    assert {int(term): weight for term, weight in claim.terms.terms} == term_hashes(claim.exact)
    assert postings() == expected() != set()
    assert Shingle.objects.filter(article=article).exists()
    assert (list(to_index()), list(to_compare())) == ([], [article])


def test_indexing_again_changes_nothing(article: Article, operator: User) -> None:
    index_articles(by=operator, articles=[article.pk])
    before = dump([ClaimTerms, Posting])
    assert index_articles(by=operator, articles=[article.pk]) == 0
    start_anew(by=operator)
    assert list(to_index()) == [article]
    assert index_articles(by=operator, articles=[article.pk]) == 0
    assert dump([ClaimTerms, Posting]) == before


def test_a_text_that_changes_changes_the_terms_of_its_claims_and_drops_what_was_suggested_of_them(
    article: Article, operator: User, max: User
) -> None:
    index_articles(by=operator, articles=[article.pk])
    first, second = Claim.objects.filter(article=article).in_reading_order()[:2]
    for number, pair in enumerate(((first, second), (first, Claim.objects.in_reading_order()[2]))):
        suggested(*pair, state=SuggestionState.REJECTED if number else SuggestionState.OPEN)
    changed = TEXT.replace("was closed on Friday", "was closed for lorries on Friday").encode()
    revise_article(
        by=max, article_id=article.pk, raw=changed, expected_revision=article.status.revision_id, key=uuid4()
    )
    assert list(to_index()) == [article]
    assert index_articles(by=max, articles=[article.pk]) == 1
    assert postings() == expected()
    assert int(ClaimTerms.objects.get(claim=first).terms[0][0]) in term_hashes(Claim.objects.get(pk=first.pk).exact)
    # What a moderator rejected is remembered, with whatever words.
    assert [one.state for one in Suggestion.objects.all()] == [SuggestionState.REJECTED]


def test_a_claim_that_a_reviewer_draws_comes_in_alone(article: Article, operator: User, ana: User) -> None:
    run(by=operator)
    spans = [GivenSpan(0, 10, None)]
    old = Claim.objects.in_reading_order().first()
    done = redraw_claims(
        by=ana, article_id=article.pk, revision_id=old.revision_id, old=[old.pk], spans=spans, key=uuid4()
    )
    drawn = done["claims"][0]["id"]
    assert list(to_index()) == []  # one claim for another: as many as before
    assert index_claims(by=ana, claims=[old.pk, drawn]) == 1
    assert str(ClaimTerms.objects.get(claim=drawn).claim_id) == drawn
    assert not ClaimTerms.objects.filter(claim=old).exists()
    assert postings() == expected()
    # The next run looks for pairs with it.
    assert list(to_compare()) == [article]


def test_an_article_waits_again_when_one_of_its_claims_went_or_came_back(
    article: Article, claim: Claim, operator: User, max: User
) -> None:
    index_articles(by=operator, articles=[article.pk])
    hide(claim, max)
    assert list(to_index()) == [article]
    index_articles(by=operator, articles=[article.pk])
    assert not ClaimTerms.objects.filter(claim=claim).exists()
    restore(claim, max)
    assert list(to_index()) == [article]


def test_nothing_of_a_withdrawn_article_stays_not_even_hashes(article: Article, operator: User, max: User) -> None:
    index_articles(by=operator, articles=[article.pk])
    withdraw_article(by=max, article_id=article.pk, reason="The outlet asked.", expected_version=0)
    index_articles(by=max, articles=[article.pk])
    assert not any(model.objects.exists() for model in (*INDEX, CoverageIndex))


def test_the_index_holds_no_word_of_an_article(article: Article, make_article: MakeArticle, operator: User) -> None:
    """Nor what was suggested: a withdrawal without the index being told leaves no word either."""
    other = make_article(TEXT.replace("Friday", "Monday"), address="https://example.com/bridge")
    index_articles(by=operator, articles=[article.pk, other.pk])
    words = {word.strip(".").lower() for word in TEXT.split() if len(word) > 4}
    held = "\n".join(str(row) for model in INDEX for row in model.objects.values_list()).lower()
    assert not {word for word in words if word in held}


def test_near_copies_are_found_by_their_sketches(make_article: MakeArticle, operator: User, ana: User) -> None:
    story = " ".join(f"The {word} of the bridge was seen by a man in {word}." for word in "abcdefghijklmnop")
    texts = (story, f"{story} So it was.", "Nothing of this kind is told here, by nobody and of no bridge.")
    one, copy, other = (make_article(text, f"https://{n}.example/") for n, text in enumerate(texts))
    index_articles(by=operator, articles=[one.pk, copy.pk, other.pk])
    ((found, share),) = near_copies(one.pk, ana)
    assert (found, share > 0.8) == (copy, True)
    assert near_copies(other.pk, ana) == []


def test_what_no_claim_has_any_more_is_cleared(
    article: Article, claims: list[Claim], make_article: MakeArticle, operator: User
) -> None:
    other = make_article("The bridge was shut on Friday.", address="https://example.com/shut")
    began = timezone.now()
    index_articles(by=operator, articles=[article.pk, other.pk])
    ClaimTerms.objects.filter(article=article).delete()
    old = suggested(claims[0], claims[1], created_at=began)
    new = suggested(claims[0], claims[2])
    clear_index(by=operator, since=new.created_at)
    assert postings() == expected() != set()
    assert not Suggestion.objects.filter(pk=old.pk).exists()
    assert Suggestion.objects.filter(pk=new.pk).exists()


def test_the_index_is_kept_by_commands_and_the_desk_and_tells_the_log_nothing(
    article: Article, claim: Claim, ana: User, eve: User
) -> None:
    before = event_count()
    for refused in (
        lambda: index_articles(by=eve, articles=[article.pk]),
        lambda: index_claims(by=eve, claims=[claim.pk]),
        lambda: start_anew(by=eve),
        lambda: clear_index(by=eve, since=timezone.now()),
    ):
        with pytest.raises(NotAllowed, match="index"):
            refused()
    index_articles(by=ana, articles=[article.pk])
    assert event_count() == before


def test_an_article_that_is_read_anew_keeps_its_place(article: Article, operator: User) -> None:
    index_articles(by=operator, articles=[article.pk])
    before = dump([ClaimTerms, Posting])
    read_article(by=operator, article=article)
    index_articles(by=operator, articles=[article.pk])
    assert dump([ClaimTerms, Posting]) == before
    assert "bridge" in stored_text()
