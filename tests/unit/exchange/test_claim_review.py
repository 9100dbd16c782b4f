"""A published verdict goes out as ClaimReview, with all that explorers require and nothing that is not so."""

import json
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.exchange.claim_review import claim_review_blocks, claim_review_of
from claims.exchange.json_blocks import as_data_block
from claims.models import Article, ArticleStatus, Claim, User, VerdictPublication
from claims.particulars import Stance, VerdictValue
from claims.refusals import Invalid
from claims.text.sanitise import sanitise
from claims.transfers import PublicationState
from tests.cast import rule as settle
from tests.publishing import judge, propose, publish, withdraw
from tests.unit.exchange.claim_review_rules import RULES, Rule, broken_rules

BASE = "https://desk.example/"
PAGE = "https://desk.example/verdicts/1/"
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=200).filter(str.strip)
BASES = st.sampled_from(["in_text", "found_elsewhere", "inferred", "not_stated"])
ADDRESSES = st.sampled_from(["", "https://example.org/a?b=<c>", "http://xn--bcher-kva.example/"])


@st.composite
def publications(draw: st.DrawFn) -> VerdictPublication:
    """A published verdict with whatever people may have typed into it, not stored."""
    article = Article(
        pk=uuid4(),
        address=draw(ADDRESSES),
        published=draw(st.sampled_from(["", "2024-03-01", "2024-03", "in May", "2024-03-01T10:00:00Z"])),
        bases={"published": {"basis": draw(BASES)}},
    )
    article.status = ArticleStatus(article=article, language=draw(st.sampled_from(["", "en", "hy"])))
    pieces = st.fixed_dictionaries(
        {
            "id": st.just(str(uuid4())), "url": st.just("https://council.example/?a=1&b=2"),
            "title": st.one_of(st.just(""), WORDS), "quote": WORDS, "date": st.just("2024"),
            "stance": st.sampled_from([stance.value for stance in Stance]),
            "archived_url": st.sampled_from(["", "https://archive.example/1"]), "note": WORDS,
        }
    )  # fmt: skip
    return VerdictPublication(
        claim=Claim(pk=uuid4(), article=article, exact=draw(WORDS)),
        number=draw(st.integers(1, 9)),
        state=PublicationState.PUBLISHED,
        value=draw(st.sampled_from([value.value for value in VerdictValue])),
        explanation=sanitise(draw(WORDS)),
        evidence=draw(st.lists(pieces, max_size=3)),
        decided_at=datetime(2026, 1, 2, 3, 4, tzinfo=UTC),
    )


@settings(max_examples=200, deadline=None)
@given(one=publications())
def test_whatever_was_published_keeps_every_documented_rule(one: VerdictPublication) -> None:
    review = claim_review_of(one, base_url=BASE, also_in=["https://other.example/", ""])
    assert broken_rules(review, f"https://desk.example/verdicts/{one.claim_id}/") == []
    assert json.loads(as_data_block(review)) == review


GOOD: dict[str, Any] = {
    "@context": "https://schema.org", "@type": "ClaimReview", "url": PAGE, "claimReviewed": "The bridge was closed.",
    "datePublished": "2026-01-02", "author": {"@type": "Organization", "name": "Desk", "url": BASE},
    "reviewRating": {"@type": "Rating", "alternateName": "Refuted"},
    "itemReviewed": {"@type": "Claim", "appearance": [{"@type": "CreativeWork", "url": "https://example.org/"}]},
}  # fmt: skip
RATING, ITEM = GOOD["reviewRating"], {"@type": "Claim"}
# What breaks each rule, in the order in which they are written out.
BROKEN: list[dict[str, Any]] = [
    {"@context": "https://example.org"}, {"@type": "Review"}, {"author": {"@type": "Desk"}}, {"label": "SOURCED"},
    {"claimReviewed": 7}, {"reviewRating": {"@type": "Review"}}, {"itemReviewed": {"@type": "CreativeWork"}},
    {"itemReviewed": ITEM | {"appearance": [{"@type": "Claim"}]}}, {"author": {"@type": "Claim"}},
    {"itemReviewed": ITEM | {"appearance": [{"@type": "CreativeWork", "url": "in a paper"}]}},
    {"datePublished": "in May"}, {"claimReviewed": "Refuted"}, {"reviewRating": {"@type": "Rating", "ratingValue": 1}},
    {"url": ""}, {"url": "https://elsewhere.example/"}, {"url": "https://desk.example/v/1"},
    {"author": {"@type": "Organization", "name": "Desk"}}, {"itemReviewed": None}, {"datePublished": None},
    {"reviewRating": RATING | {"ratingValue": 7, "bestRating": 5, "worstRating": 1}},
    {"reviewRating": {"@type": "Rating", "alternateName": "Unsourced"}},
]  # fmt: skip


@pytest.mark.parametrize(("rule", "change"), list(zip(RULES, BROKEN, strict=True)), ids=[says for _, says, _ in RULES])
def test_every_rule_can_be_broken(rule: tuple[str, str, Rule], change: dict[str, object]) -> None:
    source, says, _ = rule
    assert broken_rules(GOOD, PAGE) == []
    assert f"{source}: {says}" in broken_rules(GOOD | change, PAGE)


@pytest.mark.parametrize(
    ("value", "rating"),
    [
        ("supported", {"alternateName": "Supported", "ratingValue": 5, "bestRating": 5, "worstRating": 1}),
        ("refuted", {"alternateName": "Refuted", "ratingValue": 1, "bestRating": 5, "worstRating": 1}),
        ("conflicting", {"alternateName": "Conflicting evidence"}),
        ("not_enough", {"alternateName": "Not enough evidence"}),
        ("outdated", {"alternateName": "Outdated"}),
    ],
)
@pytest.mark.django_db
def test_only_what_lies_between_false_and_true_has_a_number(
    value: str, rating: dict[str, object], claim: Claim, max: User, ana: User, ada: User
) -> None:
    out = published(claim, max, ana, ada, value)
    assert claim_review_of(out, base_url=BASE)["reviewRating"] == {"@type": "Rating", **rating}


@pytest.mark.django_db
def test_a_guessed_date_is_not_written(claim: Claim, max: User, ana: User, ada: User) -> None:
    out = published(claim, max, ana, ada)
    for basis, written in (("inferred", False), ("in_text", True)):
        Article.objects.update(published="2024-03-01", bases={"published": {"basis": basis}})
        found = VerdictPublication.objects.select_related("claim__article__status").get(pk=out.pk)
        assert ("datePublished" in claim_review_of(found, base_url=BASE)["itemReviewed"]) is written


@pytest.mark.django_db
def test_what_is_not_out_is_no_fact_check(claim: Claim, max: User, ana: User, ada: User) -> None:
    settle(claim, max)
    judge(claim, ana)
    put = propose(claim, max)
    with pytest.raises(Invalid, match="Only a published verdict"):
        claim_review_of(put, base_url=BASE)


@pytest.mark.django_db
def test_the_file_holds_what_is_out_one_on_each_line(
    claims: list[Claim], max: User, ana: User, ada: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("claims.exchange.claim_review._CHUNK", 1)
    for claim in claims[:3]:
        published(claim, max, ana, ada)
    withdraw(claims[0], max)
    text = "".join(block.text for block in claim_review_blocks(VerdictPublication.objects.all(), base_url=BASE))
    feed = json.loads(text)
    assert feed["@type"] == "DataFeed"
    assert [one["claimReviewed"] for one in feed["dataFeedElement"]] == [claims[2].exact, claims[1].exact]
    assert len(text.splitlines()) == 4


@pytest.mark.django_db
def test_an_empty_file_is_json_too() -> None:
    text = "".join(block.text for block in claim_review_blocks(VerdictPublication.objects.all(), base_url=BASE))
    assert json.loads(text)["dataFeedElement"] == []


@pytest.mark.django_db
def test_without_an_address_of_the_workbench_no_file_is_written() -> None:
    with pytest.raises(Invalid, match="at which address"):
        list(claim_review_blocks(VerdictPublication.objects.all(), base_url=""))


def published(claim: Claim, max: User, ana: User, ada: User, value: str = "refuted") -> VerdictPublication:
    settle(claim, max)
    judge(claim, ana, value)
    propose(claim, max)
    publish(claim, ada)
    return VerdictPublication.objects.select_related("claim__article__status").get(claim=claim)
