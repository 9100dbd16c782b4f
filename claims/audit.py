"""The append-only event log: every write is one event, and each event carries the hash of the one before it."""

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any

from django.db import connection, transaction
from django.db.models import Model, QuerySet, Subquery
from django.utils import timezone

from claims.models import Event, EventHead, User
from claims.telemetry.metrics import are_counted, count_events
from claims.vocabulary import EventKind

State = dict[str, Any]


def record(
    kind: EventKind,
    *,
    by: User | None,
    target: Model,
    before: State | None = None,
    after: State | None = None,
    reason: str = "",
) -> Event:
    """Append one event inside the caller's transaction. `by` is None for readers, who have no account.

    Article text never goes into an event: a withdrawal must be able to take the text away and leave the log as it is.
    Raises TransactionManagementError outside a transaction.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("An event is recorded in the transaction of the write it is of.")
    number, previous_hash = _next_place()
    event = _event(Entry(kind, target, before, after, reason), by, number, previous_hash)
    event.save(force_insert=True)
    _end_at(event)
    _count_when_stored([event])
    return event


@dataclass(frozen=True)
class Entry:
    """One event that is still to be recorded, together with others."""

    kind: EventKind
    target: Model
    before: State | None = None
    after: State | None = None
    reason: str = ""


def record_all(entries: Sequence[Entry], *, by: User | None) -> None:
    """Append these events in their order, as `record` would one by one, with a few queries for any number of them."""
    if not entries:
        return
    number, previous_hash = _next_place(len(entries))
    events = []
    for entry in entries:
        events.append(_event(entry, by, number, previous_hash))
        number, previous_hash = number + 1, events[-1].hash
    Event.objects.bulk_create(events, batch_size=500)
    _end_at(events[-1])
    _count_when_stored(events)


def _count_when_stored(events: Sequence[Event]) -> None:
    """Count them for the operator once the write stands; a figure that cannot be counted never breaks a write."""
    if are_counted():
        transaction.on_commit(partial(count_events, Counter(str(event.kind) for event in events)), robust=True)


def _event(entry: Entry, by: User | None, number: int, previous_hash: str) -> Event:
    event = Event(
        number=number,
        at=timezone.now(),
        by=by,
        kind=entry.kind,
        target_type=_type_of(entry.target),
        target_id=str(entry.target.pk),
        before=entry.before,
        after=entry.after,
        reason=entry.reason,
        previous_hash=previous_hash,
    )
    event.hash = hash_of(event)
    return event


def _next_place(count: int = 1) -> tuple[int, str]:
    """The number of the first of so many next events, and the hash of the last one there is.

    The update locks the head until the transaction ends, so that events are numbered and chained one after the other
    on every database. Plain SQL, because this is part of every write and the ORM has no UPDATE … RETURNING.
    """
    with connection.cursor() as cursor:
        cursor.execute("UPDATE claims_eventhead SET count = count + %s WHERE id = 1 RETURNING count, hash", [count])
        last, last_hash = cursor.fetchone()
    return last - count + 1, last_hash


def _end_at(event: Event) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE claims_eventhead SET hash = %s WHERE id = 1", [event.hash])


def events_of(target: Model) -> QuerySet[Event]:
    """Everything that happened to the target, newest first."""
    of_target = Event.objects.filter(target_type=_type_of(target), target_id=str(target.pk))
    return of_target.order_by("-number")


def newest(target: Model, kind: EventKind, *, by: User | None = None) -> Event | None:
    """The last event of this kind that `by`, or anybody, brought about with the target."""
    found = events_of(target).filter(kind=kind)
    return (found.filter(by=by) if by else found).first()


def _type_of(target: Model) -> str:
    return target._meta.label_lower.partition(".")[2]


def hash_of(event: Event) -> str:
    """SHA-256, in hex, of the event's content and its predecessor's hash; times in UTC to the microsecond."""
    content = [
        event.number,
        _moment(event.at),
        event.by_id,
        str(event.kind),
        event.target_type,
        event.target_id,
        event.before,
        event.after,
        event.reason,
        event.previous_hash,
    ]
    return hashlib.sha256(json.dumps(content, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


@dataclass(frozen=True)
class Fault:
    """Where the log is broken, and how."""

    number: int
    what: str


def verify() -> Fault | None:
    """Read the log from its start to its head of now; the first fault (edit, gap, reorder, missing tail), or None.

    Events that are written meanwhile are no fault: the head is read first, and no event may lie beyond the head.
    """
    head = EventHead.objects.get(pk=1)
    expected_number, previous_hash = 1, "0" * 64
    for event in Event.objects.filter(number__lte=head.count).order_by("number").iterator(chunk_size=2_000):
        if event.number != expected_number:
            return Fault(expected_number, "this event is missing")
        if event.previous_hash != previous_hash or event.hash != hash_of(event):
            return Fault(event.number, "this event was changed, or the one before it")
        expected_number, previous_hash = event.number + 1, event.hash
    if (head.count, head.hash) != (expected_number - 1, previous_hash):
        return Fault(expected_number, f"the log ends here, and its head counts {head.count} events")
    # One statement, so that the event and the head that it looks at are of one moment.
    newest_head = Subquery(EventHead.objects.filter(pk=1).values("count"))
    beyond = Event.objects.filter(number__gt=newest_head).order_by("number").first()
    return Fault(beyond.number, "this event lies beyond the log's head") if beyond else None
