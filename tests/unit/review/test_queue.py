"""What the queue serves, in which order, and what it never serves."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from claims.ingest.read_article import read_article
from claims.ingest.store_article import store_article
from claims.ingest.withdraw_article import withdraw_article
from claims.models import Article, Assessment, Assignment, Claim, ClaimStatus, Event, Lease, User
from claims.refusals import NotAllowed
from claims.review import queue
from claims.review.assign_article import assign_article
from claims.review.lock_article import lock_article, unlock_article
from claims.review.skip_claim import skip_claim
from claims.review.take_next import HELD_FOR, take_next
from claims.vocabulary import Aside, ClaimState, Label
from tests.cast import MakeArticle, assess, person, rule

TWO = "It rains in {0}. It snows in {0}."


def status_is(claim: Claim, **columns: object) -> None:
    """What other verbs would have made of the claim."""
    ClaimStatus.objects.filter(pk=claim.pk).update(**columns)


def of(article: Article) -> list[Claim]:
    return list(Claim.objects.filter(revision=article.status.revision_id).in_reading_order())


def served(by: User, most: int = 20) -> list[Claim]:
    """What comes one after the other to somebody who labels each."""
    found: list[Claim] = []
    while len(found) < most and (claim := take_next(by=by)):
        found.append(claim)
        assess(claim, by, Label.OPINION)
    return found


def give(article: Article, reviewer: User, by: User) -> None:
    assign_article(by=by, article_id=article.pk, reviewer_id=reviewer.pk, key=uuid4())


@pytest.fixture
def plain(claims: list[Claim]) -> list[Claim]:
    """Four claims of one worth and one age."""
    ClaimStatus.objects.update(worth=3, opened_at=timezone.now())
    return claims


def test_what_is_worth_most_comes_first_then_disagreement_then_what_lacks_one_then_age(
    ana: User, make_article: MakeArticle
) -> None:
    now = timezone.now()
    towns = ["Oslo", "Rome", "Lima", "Bern", "Riga"]
    old, new, half, disputed, worthy = (of(make_article(f"It rains in {town}."))[0] for town in towns)
    status_is(new, worth=3, opened_at=now)
    status_is(old, worth=3, opened_at=now - timedelta(days=1))
    status_is(half, worth=3, opened_at=now, state=ClaimState.IN_REVIEW, given=1)
    status_is(disputed, worth=3, opened_at=now, state=ClaimState.DISPUTED, given=2)
    status_is(worthy, worth=4, opened_at=now)
    assert list(queue.candidates(ana)) == [claim.pk for claim in (worthy, disputed, half, old, new)]


def test_assigned_articles_come_first_the_oldest_assignment_before_the_others(
    ana: User, max: User, make_article: MakeArticle
) -> None:
    articles = [make_article(TWO.format(town)) for town in ("Oslo", "Rome", "Lima")]
    ClaimStatus.objects.filter(claim__article=articles[0]).update(worth=9)
    give(articles[2], ana, max)
    give(articles[1], ana, max)
    assert [claim.article_id for claim in served(ana)] == [articles[n].pk for n in (2, 2, 1, 1, 0, 0)]


def test_what_is_assigned_to_one_is_not_first_for_another(ana: User, ben: User, max: User, plain: list[Claim]) -> None:
    give(plain[0].article, ana, max)
    assert queue.assigned_to(ana, queue.undone_by(ana)) == [plain[0].article]
    assert queue.assigned_to(ben, queue.undone_by(ben)) == []


def test_articles_begun_come_before_the_desk_the_latest_first(ana: User, make_article: MakeArticle) -> None:
    articles = [make_article(TWO.format(town)) for town in ("Oslo", "Rome", "Lima")]
    ClaimStatus.objects.filter(claim__article=articles[1]).update(worth=9)
    assess(of(articles[2])[0], ana)
    assess(of(articles[0])[0], ana)
    assert [claim.article_id for claim in served(ana)] == [articles[n].pk for n in (0, 2, 1, 1)]


def test_nobody_is_served_a_claim_twice_or_one_that_they_labelled_by_hand(ana: User, plain: list[Claim]) -> None:
    assess(plain[1], ana)
    found = served(ana)
    assert sorted(claim.pk for claim in found) == sorted(claim.pk for claim in plain if claim != plain[1])
    assert take_next(by=ana) is None
    assert not Lease.objects.exists()


def test_a_second_press_gives_the_same_claim_and_holds_it_longer(ana: User, plain: list[Claim]) -> None:
    first = take_next(by=ana)
    soon = timezone.now() + timedelta(minutes=1)
    Lease.objects.update(until=soon)
    assert take_next(by=ana) == first
    lease = Lease.objects.get()
    assert lease.until > soon
    assert lease.until <= timezone.now() + HELD_FOR


def test_what_somebody_holds_is_served_to_nobody_else_until_the_time_is_out(
    ana: User, ben: User, plain: list[Claim]
) -> None:
    held = take_next(by=ana)
    assert held is not None
    assert take_next(by=ben) != held
    Lease.objects.filter(holder=ben).delete()
    Lease.objects.filter(holder=ana).update(until=timezone.now() - timedelta(seconds=1))
    assert take_next(by=ben) == held
    assert Lease.objects.get().holder == ben
    assert take_next(by=ana) != held


def test_one_whose_time_is_out_goes_on_with_the_claim_that_nobody_took(ana: User, plain: list[Claim]) -> None:
    held = take_next(by=ana)
    Lease.objects.update(until=timezone.now() - timedelta(hours=1))
    assert take_next(by=ana) == held
    assert Lease.objects.get().until > timezone.now()


def test_the_next_claim_releases_the_one_before(ana: User, ben: User, plain: list[Claim]) -> None:
    first = take_next(by=ana)
    assert first is not None
    assess(first, ana)
    second = take_next(by=ana)
    assert second != first
    assert Lease.objects.get().claim == second
    assert take_next(by=ben) == first


def test_a_lease_keeps_nobody_from_labelling_by_hand(ana: User, ben: User, claim: Claim) -> None:
    held = take_next(by=ana)
    assert held is not None
    assess(held, ben)
    assert Assessment.objects.get().reviewer == ben
    assert take_next(by=ana) == held


def test_a_held_claim_stays_ones_own_whatever_others_do_so_that_nobody_learns_of_it(
    ana: User, ben: User, max: User, claims: list[Claim]
) -> None:
    held = take_next(by=ana)
    assert held is not None
    for by, label in ((ben, Label.OPINION), (max, Label.SOURCED), (person("cem", "reviewer"), Label.SOURCED)):
        assess(held, by, label)
    assert take_next(by=ana) == held
    rule(held, person("mia", "moderator"))
    assert take_next(by=ana) != held


@pytest.mark.parametrize(
    ("columns", "is_served"),
    [
        ({}, True),
        ({"state": ClaimState.IN_REVIEW, "given": 1}, True),
        ({"state": ClaimState.DISPUTED, "given": 2}, True),
        # It needs nobody more. Never to serve it would tell that reviewers differ.
        ({"state": ClaimState.DISPUTED, "given": 3}, True),
        ({"state": ClaimState.DISPUTED, "given": 2, "needed": 3}, True),
        ({"state": ClaimState.IN_REVIEW, "given": 2, "reopened_with": 2}, True),
        ({"state": ClaimState.IN_REVIEW, "given": 3, "reopened_with": 2}, False),
        ({"state": ClaimState.OPEN, "given": 0, "reopened_with": 0}, True),
        ({"set_aside": Aside.HIDDEN}, False),
        ({"set_aside": Aside.RETIRED}, False),
        ({"state": ClaimState.AGREED, "given": 2, "settled_label": Label.OPINION, "settled_at": timezone.now()}, False),
        ({"state": ClaimState.RULED, "given": 0, "settled_label": Label.OPINION, "settled_at": timezone.now()}, False),
    ],
)
@pytest.mark.parametrize("who", ["ana", "max"])
def test_claims_in_work_are_served_unless_they_have_enough_of_one_opinion(
    who: str, columns: dict[str, object], is_served: bool, request: pytest.FixtureRequest, make_article: MakeArticle
) -> None:
    (claim,) = of(make_article("It rains in Oslo."))
    status_is(claim, **columns)
    assert (take_next(by=request.getfixturevalue(who)) == claim) is is_served


def test_nothing_of_a_locked_or_withdrawn_article_is_served(ana: User, max: User, claims: list[Claim]) -> None:
    held = take_next(by=ana)
    article = claims[0].article
    locked = lock_article(by=max, article_id=article.pk, reason="A complaint.", expected_version=article.status.version)
    assert take_next(by=ana) is None
    open_again = unlock_article(by=max, article_id=article.pk, reason="Settled.", expected_version=locked.version)
    assert take_next(by=ana) in claims
    assert held is not None
    withdraw_article(by=max, article_id=article.pk, reason="Asked for.", expected_version=open_again.version)
    assert take_next(by=ana) is None


def test_nothing_of_an_older_text_is_served(ana: User, operator: User, make_article: MakeArticle) -> None:
    address = "https://example.org/rain"
    old = make_article("It rains in Oslo.", address)
    take_next(by=ana)
    stored = store_article(by=operator, raw=b"It rains in Bergen.", address=address)
    read_article(by=operator, article=stored.revision.article)
    found = take_next(by=ana)
    assert found is not None
    assert (found.article_id, found.exact) == (old.pk, "It rains in Bergen.")


def test_skipped_claims_do_not_come_back(ana: User, ben: User, plain: list[Claim]) -> None:
    skipped = take_next(by=ana)
    assert skipped is not None
    skip_claim(by=ana, claim_id=skipped.pk, reason="unsure", key=uuid4())
    assert skipped not in served(ana)
    assert skipped.pk in queue.candidates(ben)


def test_who_does_not_review_gets_nothing(eve: User, claim: Claim) -> None:
    with pytest.raises(NotAllowed, match="label claims"):
        take_next(by=eve)
    assert not Lease.objects.exists()


def test_leases_are_no_events(ana: User, claims: list[Claim]) -> None:
    before = Event.objects.count()
    take_next(by=ana)
    assert Event.objects.count() == before


def test_new_claims_have_a_worth_and_take_what_their_story_says(
    story: object, operator: User, max: User, make_article: MakeArticle
) -> None:
    assert set(ClaimStatus.objects.values_list("needed", flat=True)) == {2}
    assert ClaimStatus.objects.get(claim__exact__startswith="The council").worth == 3
    story.status.assessments_needed = 3  # type: ignore[attr-defined]
    story.status.save()  # type: ignore[attr-defined]
    placed = make_article("It rains in Oslo.", story=story)  # type: ignore[arg-type]
    assert ClaimStatus.objects.get(claim__article=placed).needed == 3


def test_reading_again_weighs_untouched_claims_anew_and_no_others(
    ana: User, operator: User, claims: list[Claim]
) -> None:
    assess(claims[0], ana)
    ClaimStatus.objects.update(worth=9)
    read_article(by=operator, article=claims[0].article)
    worths = [ClaimStatus.objects.get(pk=claim.pk).worth for claim in claims]
    assert worths[0] == 9
    assert 9 not in worths[1:]


def test_the_queue_costs_the_same_however_many_articles_are_done(
    ana: User, max: User, make_article: MakeArticle, django_assert_max_num_queries: object
) -> None:
    for number in range(12):
        article = make_article(TWO.format(f"Town {number}"))
        give(article, ana, max)
        if number < 11:
            for claim in of(article):
                assess(claim, ana)
    with django_assert_max_num_queries(16):  # type: ignore[operator]
        found = take_next(by=ana)
    assert found is not None
    assert found.article == article
    assert Assignment.objects.count() == 12
