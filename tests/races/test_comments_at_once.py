"""Comments at the same moment: one form has one effect, and of two who resolve a thread one is told how it stands."""

from collections.abc import Callable
from uuid import uuid4

import pytest

from claims.models import Claim, Comment, Event, Notification, Receipt, User
from claims.refusals import Conflict
from claims.review.resolve_thread import resolve_thread
from claims.review.write_comment import write_comment
from claims.vocabulary import EventKind
from tests.races.test_same_moment import AT_ONCE, at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def db(transactional_db: None) -> None:
    """The people and texts of these tests are committed, so that other connections see them."""


def test_one_comment_sent_many_times_at_once_is_one(ana: User, max: User, claim: Claim) -> None:
    key = uuid4()
    form = {"by": ana, "claim_id": claim.pk, "thread_id": None, "body": "@max", "key": key}
    answers = at_once(*[lambda: write_comment(**form)] * AT_ONCE)
    assert answers == [answers[0]] * AT_ONCE
    assert not isinstance(answers[0], Conflict)
    assert (Comment.objects.count(), Receipt.objects.count(), Notification.objects.count()) == (1, 1, 1)


def test_of_two_who_resolve_a_thread_at_once_one_is_told(ana: User, max: User, claim: Claim) -> None:
    thread = write_comment(by=ana, claim_id=claim.pk, thread_id=None, body="Look.", key=uuid4())["comment"]

    def resolving(by: User) -> Callable[[], object]:
        return lambda: resolve_thread(by=by, claim_id=claim.pk, thread_id=thread, expected_version=1, key=uuid4())

    answers = at_once(resolving(ana), resolving(max))
    (lost,) = [answer for answer in answers if isinstance(answer, Conflict)]
    assert lost.current == {"thread": thread, "resolved": True, "version": 2}
    assert Event.objects.filter(kind=EventKind.THREAD_RESOLVED).count() == 1
