"""An article is withdrawn: its text goes from everywhere, its hash, its events and people's decisions stay."""

from uuid import uuid4

import pytest

from claims import audit
from claims.ingest.read_article import read_article, unread
from claims.ingest.revise_article import revise_article
from claims.ingest.store_article import store_article
from claims.ingest.withdraw_article import withdraw_article
from claims.models import (
    Anchor,
    Article,
    ArticleStatus,
    Assessment,
    Attribution,
    Claim,
    ClaimStatus,
    Hop,
    Proposal,
    Revision,
    User,
)
from claims.refusals import Conflict, Gone, Invalid, NotAllowed
from claims.review.attribute_claim import GivenAttribution, GivenHop, attribute_claim
from claims.review.date_claim import date_claim
from tests.cast import MakeArticle, assess, rule
from tests.unit.ledger import dump, event_count, events, stored_text, tables

ADDRESS = "https://example.org/withdrawn"
TEXT = "Zanzibarqueen wins the vote.\n\nQuokkaminister said on Monday that Wombatville would vote again."
CANARIES = ("Zanzibarqueen", "Quokkaminister", "Wombatville", "zanzibarqueen", "vote again")


def withdraw(article: Article, by: User, reason: str = "The publisher asked.", version: int = 0) -> ArticleStatus:
    return withdraw_article(by=by, article_id=article.pk, reason=reason, expected_version=version)


@pytest.fixture
def doomed(make_article: MakeArticle) -> Article:
    return make_article(TEXT, ADDRESS)


def test_the_text_is_gone_from_every_column_of_every_table(
    doomed: Article, ana: User, max: User, make_article: MakeArticle
) -> None:
    make_article(TEXT.replace("again", "again soon"), ADDRESS)
    for claim in Claim.objects.filter(revision=ArticleStatus.objects.get(article=doomed).revision)[:2]:
        assess(claim, ana)
        rule(claim, max)
    assert all(canary in stored_text() for canary in CANARIES)
    withdraw(doomed, max)
    left = stored_text()
    assert not [canary for canary in CANARIES if canary in left]


def test_no_span_of_what_was_proposed_is_left(doomed: Article, max: User) -> None:
    assert Proposal.objects.exclude(chain=[]).exclude(mode="").exclude(scope="").exists()
    withdraw(doomed, max)
    kept = Proposal.objects.values_list("cue", "source", "content", "chain", "mode", "scope", "why").distinct()
    assert list(kept) == [(None, None, None, [], "", "", "")]


def test_words_of_earlier_texts_and_of_attributions_go_too(
    doomed: Article, ana: User, max: User, operator: User
) -> None:
    claim = Claim.objects.filter(article=doomed).in_reading_order()[1]
    assess(claim, ana)
    Attribution.objects.create(
        claim=claim, reviewer=ana, words={"source": "Quokkaminister"}, source=[claim.start, claim.start + 14]
    )
    for text in (TEXT.replace("again", "once more"), "Pelicanfest begins on Friday with a parade."):
        store_article(by=operator, raw=text.encode(), address=ADDRESS)
        read_article(by=operator, article=doomed)
    assert Anchor.objects.filter(claim=claim).count() == 2
    assert all(canary in stored_text() for canary in CANARIES)
    withdraw(doomed, max)
    assert not [canary for canary in (*CANARIES, "Pelicanfest", "once more") if canary in stored_text()]
    attribution = Attribution.objects.get()
    assert (attribution.words, attribution.source) == ({}, None)
    assert Anchor.objects.filter(claim=claim).count() == 2


def test_what_people_typed_from_the_text_goes_too_from_rows_receipts_and_events(
    doomed: Article, ana: User, max: User
) -> None:
    headline, claim = Claim.objects.filter(article=doomed).in_reading_order()
    spoken = GivenAttribution(chain=(GivenHop(occasion="speech in Wombatville"),))
    attribute_claim(by=ana, claim_id=claim.pk, given=spoken, expected_version=0, key=uuid4())
    date_claim(
        by=ana,
        claim_id=claim.pk,
        kind="event",
        value="2024",
        words="on Monday",
        against="2024-01-01",
        against_note="the vote again of Quokkaminister",
        basis="inferred",
        expected_version=0,
        key=uuid4(),
    )
    revise_article(
        by=max,
        article_id=doomed.pk,
        raw=TEXT.replace("again", "once more").encode(),
        expected_revision=headline.revision_id,
        key=uuid4(),
    )
    withdraw(doomed, max, version=ArticleStatus.objects.get(pk=doomed.pk).version)
    assert not [canary for canary in (*CANARIES, "once more", "on Monday") if canary in stored_text()]
    (hop,) = Hop.objects.all()
    assert hop.occasion == "Withdrawn with the article"


def test_hash_events_and_decisions_stay(doomed: Article, ana: User, max: User) -> None:
    claim = Claim.objects.filter(article=doomed).in_reading_order()[0]
    assess(claim, ana, note="My own words.")
    rule(claim, max)
    sha256 = Revision.objects.get(article=doomed).sha256
    before = [event.hash for event in events()]
    withdraw(doomed, max)
    assert Revision.objects.get(article=doomed).sha256 == sha256
    assert [event.hash for event in events()][:-1] == before
    assert Assessment.objects.get().note == "My own words."
    assert ClaimStatus.objects.get(claim=claim).settled_label == "UNSOURCED"
    assert audit.verify() is None


def test_the_withdrawal_is_one_event_with_reason_and_hashes(doomed: Article, max: User) -> None:
    withdraw(doomed, max, reason="  The publisher asked.\n")
    (event,) = events("article.withdrawn")
    assert (event.by, event.reason, event.target_id) == (max, "The publisher asked.", str(doomed.pk))
    assert event.after == {"sha256": [Revision.objects.get(article=doomed).sha256], "version": 1}


def test_neither_the_same_nor_another_text_comes_in_its_place(doomed: Article, max: User, operator: User) -> None:
    withdraw(doomed, max)
    before = dump(tables())
    for raw in (TEXT.encode(), b"Quite another text."):
        with pytest.raises(Gone, match="was withdrawn: its text does not come back"):
            store_article(by=operator, raw=raw, address=ADDRESS)
    assert dump(tables()) == before


def test_it_is_not_read_again(doomed: Article, max: User, operator: User) -> None:
    withdraw(doomed, max)
    assert not unread().exists()
    with pytest.raises(Gone, match="no text to read"):
        read_article(by=operator, article=doomed)


def test_a_text_that_came_in_and_was_not_read_before_the_withdrawal_goes_too(
    doomed: Article, max: User, operator: User
) -> None:
    store_article(by=operator, raw=b"Pelicanfest begins on Friday.", address=ADDRESS)
    withdraw(doomed, max)
    assert "Pelicanfest" not in stored_text()
    assert not unread().exists()


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [("", "Say why"), (" \n", "Say why"), ("x" * 1_001, "the most is 1,000"), ("a\x00b", "cannot be stored")],
)
def test_a_withdrawal_needs_a_reason_that_can_be_kept(doomed: Article, max: User, reason: str, sentence: str) -> None:
    before = event_count()
    with pytest.raises(Invalid, match=sentence):
        withdraw(doomed, max, reason=reason)
    assert Revision.objects.get(article=doomed).text == TEXT
    assert event_count() == before


def test_only_moderators_withdraw(doomed: Article, ana: User, eve: User) -> None:
    for by in (ana, eve):
        with pytest.raises(NotAllowed, match="only a moderator may withdraw articles"):
            withdraw(doomed, by)
    assert Revision.objects.get(article=doomed).text == TEXT


def test_an_old_page_and_a_second_withdrawal_are_conflicts(doomed: Article, max: User) -> None:
    with pytest.raises(Conflict, match="changed since"):
        withdraw(doomed, max, version=3)
    withdraw(doomed, max)
    with pytest.raises(Conflict, match="withdrawn already"):
        withdraw(doomed, max, version=1)
    with pytest.raises(Gone):
        withdraw_article(by=max, article_id=uuid4(), reason="Asked.", expected_version=0)
    assert len(events("article.withdrawn")) == 1
