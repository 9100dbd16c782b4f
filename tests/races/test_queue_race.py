"""Many people ask the queue at the same moment: each gets a claim of their own."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from claims.models import Claim, Lease, User
from claims.review.take_next import take_next
from tests.cast import MakeArticle, person
from tests.races.test_same_moment import AT_ONCE, at_once, db  # noqa: F401 - committed, for other connections to see

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people(db: None) -> list[User]:  # noqa: F811 - the fixture of the other races
    return [person(f"reviewer{number}", "reviewer") for number in range(AT_ONCE)]


@pytest.fixture
def many(make_article: MakeArticle) -> list[Claim]:
    make_article("\n\n".join(f"It rains on day {number} in Oslo." for number in range(3 * AT_ONCE)))
    return list(Claim.objects.all())


def asking(by: User) -> Callable[[], object]:
    return lambda: take_next(by=by)


def test_each_of_many_at_once_gets_a_claim_of_their_own(people: list[User], many: list[Claim]) -> None:
    for _ in range(3):
        got = at_once(*map(asking, people))
        assert len({claim.pk for claim in got}) == AT_ONCE  # type: ignore[attr-defined]
        assert {(lease.holder_id, lease.claim_id) for lease in Lease.objects.all()} == {
            (by.pk, claim.pk)  # type: ignore[attr-defined]
            for by, claim in zip(people, got, strict=True)
        }
        Lease.objects.all().delete()


def test_many_presses_of_one_person_at_once_get_one_claim(people: list[User], many: list[Claim]) -> None:
    got = at_once(*[asking(people[0])] * AT_ONCE)
    assert len({claim.pk for claim in got}) == 1  # type: ignore[attr-defined]
    assert Lease.objects.count() == 1


def test_claims_whose_time_is_out_are_taken_over_once_each(people: list[User], many: list[Claim]) -> None:
    before = [take_next(by=by) for by in people]
    assert None not in before
    Lease.objects.update(until=timezone.now() - timedelta(seconds=1))
    newcomers = [person(f"newcomer{number}", "reviewer") for number in range(AT_ONCE)]
    got = at_once(*map(asking, [*people[: AT_ONCE // 2], *newcomers]))
    assert len({claim.pk for claim in got}) == len(got)  # type: ignore[attr-defined]


def test_where_fewer_claims_wait_than_people_ask_the_others_are_told_that_nothing_is_left(
    people: list[User], make_article: MakeArticle
) -> None:
    make_article("It rains in Oslo. It snows in Oslo. It is cold in Oslo.")
    got = at_once(*map(asking, people))
    assert sorted(claim is None for claim in got) == [False] * 3 + [True] * (AT_ONCE - 3)
