"""That words changed after review: a reviewer is told by their own label alone."""

from uuid import uuid4

import pytest

from claims.ingest.revise_article import revise_article
from claims.models import Article, ArticleStatus, Claim, ClaimStatus, User
from claims.review.add_evidence import add_evidence
from claims.review.changed_words import note_changes
from claims.review.confirm_wording import confirm_wording
from claims.review.given_evidence import Given
from claims.vocabulary import Label
from tests.cast import TEXT, assess, rule
from tests.deeds import status

REWORDED = TEXT.replace("closed on Friday", "closed on Monday").replace("again in May", "again in June")
AGAIN = REWORDED.replace("on Monday.", "on Sunday.").replace("in June", "in July")
MOVED = f"A line before all others, which says what is not said below.\n\n{REWORDED}"


def revise(by: User, article: Article, text: str) -> None:
    shown = ArticleStatus.objects.get(pk=article.pk).revision_id
    revise_article(by=by, article_id=article.pk, raw=text.encode(), expected_revision=shown, key=uuid4())


def told(claim: Claim, viewer: User) -> bool:
    found = Claim.objects.visible_to(viewer).select_related("status").get(pk=claim.pk)
    note_changes([found], viewer)
    return bool(found.words_changed)  # type: ignore[attr-defined]


@pytest.fixture
def judged(claims: list[Claim], ana: User) -> list[Claim]:
    """Two claims that ana labelled."""
    for claim in claims[:2]:
        assess(claim, ana)
    return claims[:2]


def test_whoever_judged_other_words_is_told_through_any_number_of_texts(
    judged: list[Claim], article: Article, ana: User, ben: User, max: User
) -> None:
    for text, expected in ((REWORDED, True), (MOVED, True), (AGAIN, True), (TEXT, False), (REWORDED, True)):
        revise(max, article, text)
        assert [told(claim, ana) for claim in judged] == [expected] * 2
        assert [told(claim, ben) for claim in judged] == [False] * 2


@pytest.mark.parametrize("work", ["label", "evidence"])
def test_words_that_come_back_tell_nothing_of_what_others_did_meanwhile(
    work: str, judged: list[Claim], article: Article, ana: User, ben: User, max: User
) -> None:
    revise(max, article, REWORDED)
    if work == "label":
        assess(judged[1], ben, Label.SOURCED)
    else:
        seen = Given("https://example.org/seen", "refutes")
        add_evidence(by=ben, claim_id=judged[1].pk, given=seen, key=uuid4())
    revise(max, article, TEXT)
    assert [status(claim).text_changed_at is None for claim in judged] == [True, False]
    assert [told(claim, ana) for claim in judged] == [False, False]
    assert [told(claim, max) for claim in judged] == [False, True]


def test_whoever_judges_anew_has_judged_the_words_of_now(
    judged: list[Claim], article: Article, ana: User, ben: User, max: User
) -> None:
    assess(judged[0], ben, Label.SOURCED)
    revise(max, article, REWORDED)
    assess(judged[0], ana)
    assert [told(judged[0], who) for who in (ana, ben, max)] == [False, True, True]
    revise(max, article, MOVED)
    assert [told(judged[0], who) for who in (ana, ben)] == [False, True]
    revise(max, article, TEXT)
    assert [told(judged[0], who) for who in (ana, ben)] == [True, False]


def test_what_a_moderator_confirmed_counts_from_then_on(
    judged: list[Claim], article: Article, ana: User, ben: User, max: User
) -> None:
    revise(max, article, REWORDED)
    confirm_wording(by=max, claim_id=judged[0].pk, reason="", expected_version=status(judged[0]).version, key=uuid4())
    assert told(judged[0], ana) is False
    revise(max, article, AGAIN)
    assert told(judged[0], ana) is True
    assess(judged[0], ben, Label.SOURCED)
    revise(max, article, REWORDED)
    assert status(judged[0]).text_changed_at is not None
    assert told(judged[0], ana) is False


def test_of_a_settled_claim_everybody_is_told(
    judged: list[Claim], article: Article, ana: User, ben: User, max: User
) -> None:
    revise(max, article, REWORDED)
    rule(judged[0], max)
    assert [told(judged[0], who) for who in (ana, ben, max)] == [True] * 3


def test_it_takes_three_queries_for_any_number_of_claims_and_none_where_none_is_marked(
    claims: list[Claim],
    article: Article,
    ana: User,
    max: User,
    django_assert_num_queries: object,
) -> None:
    for claim in claims:
        assess(claim, ana)
    for text, queries in ((TEXT, 0), (REWORDED, 3), (AGAIN, 3)):
        if text != TEXT:
            revise(max, article, text)
        rows = list(Claim.objects.visible_to(ana).select_related("status").in_work())
        with django_assert_num_queries(queries):  # type: ignore[operator]
            note_changes(rows, ana)
    assert ClaimStatus.objects.filter(text_changed_at__isnull=False).count() == 2
