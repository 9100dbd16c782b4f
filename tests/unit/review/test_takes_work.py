"""The mark by which the queue passes over what takes no work says what the rule of the queue says."""

from uuid import uuid4

import pytest

from claims.ingest.withdraw_article import withdraw_article
from claims.models import Article, ArticleStatus, Claim, ClaimStatus, User
from claims.review.lock_article import lock_article, unlock_article
from claims.review.queue import undone_by
from claims.review.retire_claim import retire_claim
from claims.review.take_next import take_next
from tests.cast import TEXT, MakeArticle

ADDRESS = "https://example.org/bridge"


def marked() -> set[Claim]:
    return set(Claim.objects.filter(status__takes_work=True, status__set_aside="", status__settled_label=""))


def version(article: Article) -> int:
    return ArticleStatus.objects.get(article=article).version


def lock(article: Article, by: User) -> None:
    lock_article(by=by, article_id=article.pk, reason="Why.", expected_version=version(article))


def unlock(article: Article, by: User) -> None:
    unlock_article(by=by, article_id=article.pk, reason="Why.", expected_version=version(article))


def withdraw(article: Article, by: User) -> None:
    withdraw_article(by=by, article_id=article.pk, reason="Why.", expected_version=version(article))


@pytest.mark.parametrize("done", [[lock], [lock, unlock], [withdraw], [lock, withdraw], [lock, unlock, withdraw]])
def test_after_locking_and_withdrawing(
    done: list, ana: User, max: User, article: Article, make_article: MakeArticle
) -> None:
    make_article("It rains in Oslo.")
    for deed in done:
        deed(article, max)
        assert marked() == set(undone_by(ana))
    assert take_next(by=ana) in marked()


def test_after_a_new_text_and_the_old_one_again(
    ana: User, max: User, article: Article, make_article: MakeArticle
) -> None:
    for text in (TEXT + "\n\nIt rains.", TEXT.replace("May", "June")):
        make_article(text, address=ADDRESS)
        assert marked() == set(undone_by(ana)) != set()
    lock(article, max)
    make_article(TEXT + "\n\nIt snows.", address=ADDRESS)
    assert marked() == set(undone_by(ana)) == set()
    unlock(article, max)
    assert marked() == set(undone_by(ana)) != set()


def test_parts_of_a_claim_in_a_locked_article_wait_with_it(ana: User, max: User, claims: list[Claim]) -> None:
    lock(claims[0].article, max)
    status = ClaimStatus.objects.get(pk=claims[0].pk)
    words = claims[0].exact[:20]
    retire_claim(
        by=max, claim_id=claims[0].pk, parts=[words], reason="Why.", expected_version=status.version, key=uuid4()
    )
    assert marked() == set(undone_by(ana)) == set()
    unlock(claims[0].article, max)
    assert marked() == set(undone_by(ana))
    assert len(marked()) == len(claims)
