"""Many events at once: the same chain as one by one, with few queries."""

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from claims import audit
from claims.audit import Entry
from claims.models import Claim, Event, User
from claims.vocabulary import EventKind


def entries(claims: list[Claim], times: int) -> list[Entry]:
    return [Entry(EventKind.CLAIM_MOVED, claim, {"start": 1}, {"start": n}) for n in range(times) for claim in claims]


def test_they_are_chained_in_their_order_with_those_before_and_after(operator: User, claims: list[Claim]) -> None:
    before = Event.objects.count()
    with transaction.atomic():
        audit.record_all(entries(claims, 3), by=operator)
        audit.record(EventKind.CLAIM_HIDDEN, by=operator, target=claims[0])
        audit.record_all(entries(claims, 1), by=None)
    written = list(Event.objects.filter(number__gt=before).order_by("number"))
    assert [event.number for event in written] == list(range(before + 1, before + 18))
    assert [event.target_id for event in written[:4]] == [str(claim.pk) for claim in claims]
    assert {event.by for event in written[13:]} == {None}
    assert audit.verify() is None


def test_none_is_no_event(operator: User, claims: list[Claim]) -> None:
    before = Event.objects.count()
    audit.record_all([], by=operator)
    assert Event.objects.count() == before


def test_a_thousand_take_few_queries(operator: User, claims: list[Claim]) -> None:
    with CaptureQueriesContext(connection) as done, transaction.atomic():
        audit.record_all(entries(claims, 250), by=operator)
    assert len(done) < 40
    assert audit.verify() is None
