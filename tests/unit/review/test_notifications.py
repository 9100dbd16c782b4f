"""What people are told, when they may know it, and what they have looked at."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from claims.models import Article, Claim, Comment, Notification, User
from claims.refusals import Gone, Invalid
from claims.review.notify import notify
from claims.review.read_notifications import COUNTED_TO, mark_read, unread_count
from claims.review.write_comment import write_comment
from claims.vocabulary import Notice
from tests.cast import rule
from tests.unit.ledger import event_count


def mention(claim: Claim, by: User, whom: User) -> None:
    write_comment(by=by, claim_id=claim.pk, thread_id=None, body=f"@{whom.username}", key=uuid4())


def newest(user: User) -> Notification:
    return Notification.objects.filter(to=user).latest("created_at")


def test_each_person_is_told_once_and_nobody_of_their_own_deed(ana: User, ben: User, max: User, claim: Claim) -> None:
    notify([ana, ben, ana, max], Notice.RULED, claim=claim, by=max)
    notify([ana], Notice.RULED, claim=claim, by=max)
    assert sorted(one.to.username for one in Notification.objects.all()) == ["ana", "ben"]
    notify([ana], Notice.DISPUTED, claim=claim)
    assert Notification.objects.filter(to=ana).count() == 2


def test_who_has_looked_is_told_again(ana: User, max: User, claim: Claim) -> None:
    notify([ana], Notice.RULED, claim=claim, by=max)
    assert mark_read(by=ana, notification_id=newest(ana).pk) == 1
    notify([ana], Notice.RULED, claim=claim, by=max)
    assert Notification.objects.filter(to=ana).count() == 2
    assert unread_count(ana) == 1


def test_a_mention_by_another_reviewer_waits_until_the_claim_is_settled(
    ana: User, ben: User, max: User, claim: Claim
) -> None:
    mention(claim, ana, ben)
    mention(claim, ana, max)
    assert (unread_count(ben), unread_count(max)) == (0, 1)
    with pytest.raises(Gone):
        mark_read(by=ben, notification_id=newest(ben).pk)
    assert mark_read(by=ben, upto=timezone.now()) == 0
    rule(claim, max)
    assert [one.kind for one in Notification.objects.visible_to(ben)] == ["mentioned"]
    assert unread_count(ben) == 1


def test_what_one_was_told_follows_the_blind_rule_of_notifications(
    ana: User, ben: User, max: User, eve: User, claims: list[Claim]
) -> None:
    people = [ana, ben, max, eve]
    for by in (ana, ben, max):
        for claim in claims[:2]:
            mention(claim, by, ana if by is ben else ben)
            mention(claim, by, max)
    thread = Comment.objects.filter(by=ben).earliest("created_at")
    write_comment(by=max, claim_id=thread.claim_id, thread_id=thread.pk, body="@ben @ana", key=uuid4())
    rule(claims[1], max)
    notify(people, Notice.ASSIGNED, article=claims[0].article)
    assert [Notification.objects.visible_to(person).count() for person in people] == [2, 4, 5, 1]


def test_what_a_settlement_brought_to_light_after_the_page_was_shown_stays_new(
    ana: User, ben: User, max: User, claim: Claim
) -> None:
    mention(claim, ana, ben)
    shown_at = timezone.now()
    rule(claim, max)
    assert mark_read(by=ben, upto=shown_at) == 0
    assert mark_read(by=ben, upto=timezone.now()) == 1


def test_what_came_after_the_moment_of_the_page_stays_new(ana: User, max: User, claims: list[Claim]) -> None:
    notify([ana], Notice.RULED, claim=claims[0], by=max)
    shown_at = timezone.now()
    notify([ana], Notice.RULED, claim=claims[1], by=max)
    assert mark_read(by=ana, upto=shown_at) == 1
    assert [one.claim for one in Notification.objects.visible_to(ana).unread()] == [claims[1]]


def test_nobody_marks_what_somebody_else_was_told(ana: User, ben: User, claim: Claim) -> None:
    notify([ana], Notice.ASSIGNED, article=claim.article)
    for other in (newest(ana).pk, uuid4()):
        with pytest.raises(Gone, match="no such notification for you"):
            mark_read(by=ben, notification_id=other)
    mark_read(by=ben, upto=timezone.now() + timedelta(days=1))
    assert newest(ana).read_at is None


def test_marking_twice_changes_nothing_and_leaves_no_event(ana: User, claim: Claim) -> None:
    notify([ana], Notice.RULED, claim=claim)
    before = event_count()
    mark_read(by=ana, notification_id=newest(ana).pk)
    read_at = newest(ana).read_at
    assert mark_read(by=ana, notification_id=newest(ana).pk) == 0
    assert newest(ana).read_at == read_at
    assert event_count() == before
    with pytest.raises(Invalid, match="Say which"):
        mark_read(by=ana)


def test_who_moderates_no_longer_does_not_learn_what_reviewers_differ_on(max: User, claim: Claim) -> None:
    notify([max], Notice.DISPUTED, claim=claim)
    assert unread_count(max) == 1
    max.groups.set(Group.objects.filter(name="reviewer"))
    demoted = User.objects.get(pk=max.pk)
    assert unread_count(demoted) == 0
    with pytest.raises(Gone):
        mark_read(by=demoted, notification_id=newest(max).pk)


def test_the_count_stops_where_nobody_needs_it_exactly(ana: User, article: Article) -> None:
    Notification.objects.bulk_create(
        Notification(to=ana, kind=Notice.ASSIGNED, article=article) for _ in range(COUNTED_TO + 50)
    )
    assert unread_count(ana) == COUNTED_TO + 1
