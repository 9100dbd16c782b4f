"""Borders drawn at the same moment: one claim at one place, one effect of one request, and nothing counted twice."""

from collections.abc import Callable
from uuid import uuid4

import pytest

from claims import audit
from claims.models import Article, Claim, Redrawing, User
from claims.refusals import Conflict, Gone
from claims.review.assess_claim import assess_claim
from claims.review.state import Judgement
from claims.vocabulary import Label
from tests.deeds import counted, status
from tests.drawing import FERRY, SHUT, TWO, WHOLE, article_of_two, drawn, first_of_two, in_work, redraw  # noqa: F401
from tests.races.test_same_moment import at_once

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 6


@pytest.fixture
def db(transactional_db: None) -> None:
    """The people and texts of these tests are committed, so that other connections see them."""


def drawing(article: Article, by: User, old: list[Claim], *words: str, **sent: object) -> Callable[[], object]:
    def draw() -> object:
        try:
            return redraw(article, by, old, *words, **sent)
        except Gone as gone:
            return gone

    return draw


def test_two_who_mark_the_same_words_at_once_have_one_claim(ana: User, ben: User, article: Article) -> None:
    answers = at_once(*[drawing(article, by, [], FERRY) for by in (ana, ben) * (AT_ONCE // 2)])
    (made,) = Claim.objects.filter(article=article, exact=FERRY)
    assert [answer["claims"][0]["id"] for answer in answers] == [str(made.pk)] * AT_ONCE  # type: ignore[index]
    assert sum(answer["claims"][0]["is_new"] for answer in answers) == 1  # type: ignore[index]
    assert counted(article) == (3, 0)
    assert audit.verify() is None


def test_two_who_mark_words_of_which_some_are_the_same(ana: User, ben: User, article: Article) -> None:
    answers = at_once(drawing(article, ana, [], SHUT, FERRY, TWO), drawing(article, ben, [], TWO, FERRY, "Friday"))
    assert not any(isinstance(answer, Exception) for answer in answers)
    assert sorted(in_work(article)) == sorted([WHOLE, "The toll is new.", SHUT, FERRY, TWO, "Friday"])
    assert counted(article) == (6, 0)


def test_one_request_sent_many_times_at_once_has_one_effect_and_one_answer(
    ana: User, article: Article, whole: Claim
) -> None:
    for old, words in (([], ["Friday"]), ([whole], [SHUT, FERRY])):
        answers = at_once(*[drawing(article, ana, old, *words, key=(key := uuid4()))] * AT_ONCE)
        assert answers == [answers[0]] * AT_ONCE
        assert not isinstance(answers[0], Exception)
        assert key
    assert counted(article) == (4, 0)
    assert Redrawing.objects.count() == 2


def test_of_two_who_redraw_a_claim_at_once_one_is_told_that_it_was_redrawn(
    ana: User, ben: User, article: Article, whole: Claim
) -> None:
    answers = at_once(drawing(article, ana, [whole], SHUT), drawing(article, ben, [whole], FERRY))
    (lost,) = [answer for answer in answers if isinstance(answer, Gone)]
    assert "was given other borders" in str(lost)
    assert len(in_work(article)) == 2
    assert counted(article) == (2, 0)


def test_a_claim_is_labelled_while_another_redraws_it(ana: User, ben: User, article: Article, whole: Claim) -> None:
    """Either the label is first and the claim stays, or the borders are first and who labels is told."""

    def label() -> object:
        try:
            return assess_claim(
                by=ben, claim_id=whole.pk, judgement=Judgement(Label.OPINION), note="", expected_version=0, key=uuid4()
            )
        except Gone as gone:
            return gone

    drawn_anew, labelled = at_once(drawing(article, ana, [whole], SHUT), label)
    assert not isinstance(drawn_anew, Conflict)
    if isinstance(labelled, Gone):
        assert (status(whole).set_aside, status(whole).given) == ("redrawn", 0)
    else:
        assert (status(whole).set_aside, status(whole).given) == ("", 1)
        assert drawn_anew["kept"] == [str(whole.pk)]  # type: ignore[index]
    assert counted(article)[0] == len(in_work(article))


def test_claims_are_merged_and_drawn_from_both_ends_at_once(ana: User, ben: User, article: Article) -> None:
    first, second = article.claims.in_reading_order()
    answers = at_once(drawing(article, ana, [first, second], TWO), drawing(article, ben, [second, first], TWO))
    assert sum(isinstance(answer, Gone) for answer in answers) == 1
    assert in_work(article) == [TWO]
