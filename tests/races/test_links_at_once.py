"""Links at the same moment: a pair stands once whoever comes first, and dates and findings wait for each other."""

from contextlib import suppress
from uuid import uuid4

import pytest

from claims.models import Claim, Event, Link, LinkAssessment, User
from claims.models.link import link_key
from claims.refusals import Invalid
from claims.relations import LinkState, Relation
from claims.vocabulary import EventKind
from tests.cast import MakeArticle
from tests.linking import between, dated, link
from tests.races.test_same_moment import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def db(transactional_db: None) -> None:
    """The people and texts of these tests are committed, so that other connections see them."""


@pytest.fixture
def pair(claim: Claim, make_article: MakeArticle) -> tuple[Claim, Claim]:
    return claim, Claim.objects.get(article=make_article("The bridge is open.", address="https://example.net/elm"))


def test_two_who_link_one_pair_at_once_make_one_link_that_both_confirm(
    pair: tuple[Claim, Claim], ana: User, ben: User
) -> None:
    one, other = pair
    answers = at_once(
        lambda: link(one, other, ana, Relation.FRAMES_DIFFERENTLY),
        lambda: link(other, one, ben, Relation.FRAMES_DIFFERENTLY),
    )
    assert [type(answer) for answer in answers] == [dict, dict]
    assert (between(*pair).state, between(*pair).given) == (LinkState.CONFIRMED, 2)


def test_one_finding_sent_many_times_at_once_is_one(pair: tuple[Claim, Claim], ana: User) -> None:
    key = uuid4()
    answers = at_once(*[lambda: link(*pair, ana, Relation.UNRELATED, key=key, expected_version=0)] * 4)
    assert answers == [answers[0]] * 4
    assert (Link.objects.count(), LinkAssessment.objects.count()) == (1, 1)
    assert Event.objects.filter(kind=EventKind.LINK_ASSESSED).count() == 1


def test_no_agreement_outlives_a_date_that_comes_at_the_same_moment(
    pair: tuple[Claim, Claim], ana: User, ben: User
) -> None:
    for claim in pair:
        dated(claim, ana, "2024-05")
    link(*pair, ana, Relation.CORROBORATES)

    def agreeing() -> object:
        # Where the date comes first, the finding is refused.
        with suppress(Invalid):
            return link(*pair, ben, Relation.CORROBORATES)
        return None

    at_once(agreeing, lambda: dated(pair[0], ana, "2023"))
    stored = Link.objects.get(pk=link_key(pair[0].pk, pair[1].pk))
    assert stored.state == LinkState.PROPOSED
