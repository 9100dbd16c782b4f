"""What cannot be drawn is refused with what to do, and leaves nothing behind; what is sent twice is done once."""

from uuid import UUID, uuid4

import pytest

from claims.ingest.withdraw_article import withdraw_article
from claims.models import Article, Claim, User
from claims.refusals import Conflict, Gone, Invalid, NotAllowed
from claims.review.attribute_claim import GivenSpan
from claims.review.redraw_claims import MAX_CLAIM, MOST_CLAIMS, redraw_claims
from tests.cast import TEXT, MakeArticle
from tests.deeds import hide, lock, status
from tests.drawing import FERRY, SHUT, article_of_two, first_of_two, redraw, take_back  # noqa: F401
from tests.unit.ledger import event_count


def test_what_cannot_be_a_claim_is_refused_with_what_to_do(ana: User, make_article: MakeArticle) -> None:
    text = f"The toll, says the mayor, is new — or not. {'It rains. ' * 600}"
    article = make_article(text)
    before = event_count(), Claim.objects.count()

    def sent(*spans: GivenSpan, old: list[UUID] | None = None) -> None:
        redraw_claims(
            by=ana,
            article_id=article.pk,
            revision_id=article.status.revision_id,
            old=old or [],
            spans=list(spans),
            key=uuid4(),
        )

    cases = [
        ([], "nothing was chosen"),
        ([GivenSpan(0, 8), GivenSpan(0, 8)], "the same borders"),
        ([GivenSpan(n, n + 5) for n in range(MOST_CLAIMS + 1)], "At most 20 claims"),
        ([GivenSpan(0, MAX_CLAIM + 1)], "5,001 characters is too long"),
        ([GivenSpan(0, 8, "The toll!")], "is not what the page showed"),
        ([GivenSpan(8, 9)], "There are no words"),
        ([GivenSpan(3, 4)], "There are no words"),
        ([GivenSpan(32, 35)], "There are no words"),
        ([GivenSpan(5, 5)], "do not lie in the text"),
        ([GivenSpan(-1, 5)], "do not lie in the text"),
        ([GivenSpan(len(text) - 2, len(text) + 2)], "do not lie in the text"),
        ([GivenSpan(0, 2**70)], "do not lie in the text"),
    ]
    for spans, sentence in cases:
        with pytest.raises(Invalid, match=sentence):
            sent(*spans)
    with pytest.raises(Invalid, match="At most 20 claims"):
        sent(old=[uuid4() for _ in range(MOST_CLAIMS + 1)])
    assert (event_count(), Claim.objects.count()) == before


def test_words_outside_headline_and_body_are_refused(ana: User, corpus: list[Article]) -> None:
    for article in corpus:
        aside = article.status.revision.zones.exclude(kind__in=["headline", "body"]).filter(start__gt=0).first()
        if aside is not None:
            break
    with pytest.raises(Invalid, match="no coverage"):
        redraw_claims(
            by=ana,
            article_id=article.pk,
            revision_id=article.status.revision_id,
            old=[],
            spans=[GivenSpan(aside.start, min(aside.end, aside.start + 80))],
            key=uuid4(),
        )


def test_a_claim_is_not_drawn_away_to_other_words(ana: User, article: Article, whole: Claim) -> None:
    for words in (["The toll is new."], [SHUT, "The toll"]):
        with pytest.raises(Invalid, match="have to share words"):
            redraw(article, ana, [whole], *words)
    assert status(whole).set_aside == ""


def test_only_the_text_in_force_is_drawn_in(ana: User, max: User, operator: User, article: Article) -> None:
    with pytest.raises(Gone, match="The text of this article has changed"):
        redraw(article, ana, [], SHUT, revision_id=uuid4())
    with pytest.raises(Gone, match="There is no such article"):
        redraw_claims(
            by=ana, article_id=uuid4(), revision_id=article.status.revision_id, old=[], spans=[GivenSpan(0, 9)],
            key=uuid4(),
        )  # fmt: skip
    withdraw_article(by=max, article_id=article.pk, reason="Its lawyer wrote.", expected_version=0)
    with pytest.raises(Gone, match="was withdrawn"):
        redraw(article, ana, [], SHUT)


def test_what_is_out_of_work_is_not_redrawn(ana: User, max: User, article: Article, whole: Claim) -> None:
    last = article.claims.in_reading_order().last()
    redraw(article, ana, [whole], SHUT)
    with pytest.raises(Gone, match="was given other borders"):
        redraw(article, ana, [whole], FERRY)
    hide(last, max)
    with pytest.raises(Gone, match="is not there any more"):
        redraw(article, ana, [last], "The toll")
    with pytest.raises(Conflict, match="A moderator has taken the claim"):
        redraw(article, ana, [], "The toll is new.")


def test_a_claim_of_another_article_and_one_that_is_none_are_answered_alike(
    ana: User, article: Article, make_article: MakeArticle
) -> None:
    elsewhere = make_article(TEXT).claims.in_reading_order().first()
    for claim in (elsewhere, Claim(pk=uuid4())):
        with pytest.raises(Gone, match="is not there any more"):
            redraw(article, ana, [claim], SHUT)


def test_a_locked_article_stays_as_it_is(ana: User, max: User, article: Article, whole: Claim) -> None:
    lock(article, max)
    with pytest.raises(Conflict, match="has locked this article"):
        redraw(article, ana, [whole], SHUT)


def test_only_the_desk_draws(eve: User, article: Article) -> None:
    with pytest.raises(NotAllowed, match="only a reviewer may draw the borders of claims"):
        redraw(article, eve, [], SHUT)


def test_a_request_that_is_sent_again_has_one_effect_and_one_answer(ana: User, article: Article, whole: Claim) -> None:
    for old, words in (([], [FERRY]), ([whole], [SHUT, FERRY])):
        key = uuid4()
        first = redraw(article, ana, old, *words, key=key)
        before = event_count()
        assert redraw(article, ana, old, *words, key=key) == first
        with pytest.raises(Conflict, match="This key was used for another request"):
            redraw(article, ana, [], "Friday", key=key)
        assert event_count() == before
    take_back(article, ana, first)
    assert redraw(article, ana, [whole], SHUT, FERRY, key=key) == first
    assert status(whole).set_aside == ""
