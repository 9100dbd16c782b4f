"""While an article is locked nobody labels its claims; moderators go on."""

from uuid import uuid4

import pytest

from claims.ingest.withdraw_article import withdraw_article
from claims.models import Article, ArticleStatus, Assessment, Claim, User
from claims.refusals import Conflict, Gone, Invalid, NotAllowed
from claims.review.assess_claim import assess_claim
from claims.review.progress import next_article
from claims.review.retract_assessment import retract_assessment
from claims.review.state import Judgement
from claims.vocabulary import ClaimState, Label
from tests.cast import MakeArticle, assess, rule
from tests.deeds import flag, hide, lock, reopen, status, unlock
from tests.unit.ledger import event_count, events


def test_a_locked_article_takes_no_label_and_gives_none_back(ana: User, ben: User, max: User, claim: Claim) -> None:
    assess(claim, ana)
    lock(claim.article, max, "Its lawyer wrote.")
    before = event_count()
    for deed in (
        lambda: assess(claim, ben),
        lambda: assess(claim, ana, Label.OPINION),
        lambda: retract_assessment(by=ana, claim_id=claim.pk, expected_version=1, key=uuid4()),
    ):
        with pytest.raises(Conflict, match="A moderator has locked this article") as refused:
            deed()
        assert refused.value.current["closed"] is True
    assert Assessment.objects.get().label == "UNSOURCED"
    assert event_count() == before
    (event,) = events("article.locked")
    assert (event.by, event.reason, event.target_id) == (max, "Its lawyer wrote.", str(claim.article_id))


def test_a_refusal_gives_back_ones_own_label_and_nobody_elses(ana: User, ben: User, max: User, claim: Claim) -> None:
    assess(claim, ben, Label.SOURCED)
    lock(claim.article, max)
    with pytest.raises(Conflict) as refused:
        assess(claim, ana)
    assert (refused.value.current["label"], refused.value.current["settled"]) == ("", "")


def test_after_unlocking_it_goes_on_where_it_was(ana: User, ben: User, max: User, ada: User, claim: Claim) -> None:
    assess(claim, ana)
    lock(claim.article, max)
    unlock(claim.article, ada, "It is answered.")
    assess(claim, ben)
    assert status(claim).state == ClaimState.AGREED
    assert ArticleStatus.objects.get(article=claim.article).locked_at is None
    (event,) = events("article.unlocked")
    assert (event.by, event.reason) == (ada, "It is answered.")


def test_moderators_go_on_with_a_locked_articles_claims(ana: User, max: User, claims: list[Claim]) -> None:
    lock(claims[0].article, max)
    rule(claims[0], max)
    reopen(claims[0], max)
    hide(claims[1], max)
    flag(claims[2], ana)
    assert status(claims[0]).state == ClaimState.OPEN


def test_nobody_is_sent_to_a_locked_article(ana: User, max: User, article: Article, make_article: MakeArticle) -> None:
    other = make_article("Another text.")
    lock(other, max)
    assert next_article(ana) == article
    lock(article, max)
    assert next_article(ana) is None


def test_a_label_sent_again_after_the_lock_gets_its_first_answer(ana: User, max: User, claim: Claim) -> None:
    sent = {"judgement": Judgement(Label.OPINION), "note": "", "expected_version": 0, "key": uuid4()}
    first = assess_claim(by=ana, claim_id=claim.pk, **sent)
    lock(claim.article, max)
    assert assess_claim(by=ana, claim_id=claim.pk, **sent) == first


def test_locking_twice_is_locking_once(max: User, ada: User, article: Article) -> None:
    first = lock(article, max)
    again = lock(article, ada, expected_version=0)
    assert (again.locked_at, again.version) == (first.locked_at, 1)
    unlock(article, max)
    assert unlock(article, max, expected_version=0).version == 2
    assert len(events("article.locked", "article.unlocked")) == 2


def test_an_old_page_locks_and_unlocks_nothing(max: User, article: Article) -> None:
    lock(article, max)
    with pytest.raises(Conflict, match="Somebody changed this article"):
        unlock(article, max, expected_version=0)
    unlock(article, max)
    with pytest.raises(Conflict, match="Somebody changed this article"):
        lock(article, max, expected_version=0)
    assert ArticleStatus.objects.get(article=article).locked_at is None


@pytest.mark.parametrize("reason", ["", "  ", "x" * 1_001])
def test_a_reason_is_needed_and_has_a_limit(max: User, article: Article, reason: str) -> None:
    for deed in (lock, unlock):
        with pytest.raises(Invalid):
            deed(article, max, reason)
    assert not events("article.locked", "article.unlocked")


def test_only_moderators_lock_and_unlock(ana: User, eve: User, max: User, article: Article) -> None:
    for who in (ana, eve):
        with pytest.raises(NotAllowed, match="only a moderator may lock articles"):
            lock(article, who)
    lock(article, max)
    for who in (ana, eve):
        with pytest.raises(NotAllowed, match="only a moderator may unlock articles"):
            unlock(article, who)
    assert ArticleStatus.objects.get(article=article).locked_at is not None


def test_what_was_withdrawn_or_never_read_is_not_locked(max: User, article: Article) -> None:
    withdraw_article(by=max, article_id=article.pk, reason="Asked for.", expected_version=0)
    with pytest.raises(Conflict, match="withdrawn"):
        lock(article, max)
    with pytest.raises(Gone, match="no such article"):
        lock(article, max, article_id=uuid4())
