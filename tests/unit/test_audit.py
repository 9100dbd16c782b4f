"""The event log: appended to, chained, and honest about what was done to it."""

from collections.abc import Callable
from io import StringIO
from itertools import pairwise
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from claims import audit
from claims.models import Claim, Event, EventHead, User
from claims.vocabulary import EventKind
from tests.cast import assess
from tests.conftest import refusals


def run(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


@pytest.fixture
def log(operator: User) -> list[Event]:
    """Five events about one account."""
    return [
        audit.record(EventKind.PASSWORD_CHANGED, by=operator, target=operator, after={"n": n}, reason=f"no. {n}")
        for n in range(5)
    ]


@pytest.fixture
def tamper(log: list[Event]) -> Callable[..., None]:
    """Do what the triggers refuse, as somebody with the file in hand could."""
    if connection.vendor == "sqlite":
        asleep, _ = refusals(connection)
        for statement in asleep:
            run(statement)
    else:
        run("SET CONSTRAINTS ALL IMMEDIATE")  # nothing may wait for the end of the transaction when a table is altered
        run("ALTER TABLE claims_event DISABLE TRIGGER USER")
    return run


def test_the_table_is_called_claims_event() -> None:
    assert Event._meta.db_table == "claims_event"


def test_events_are_numbered_and_each_carries_the_hash_of_the_one_before(log: list[Event]) -> None:
    assert [event.number for event in log] == [1, 2, 3, 4, 5]
    assert log[0].previous_hash == "0" * 64
    for before, after in pairwise(log):
        assert after.previous_hash == before.hash
    assert len({event.hash for event in log}) == 5
    head = EventHead.objects.get()
    assert (head.count, head.hash) == (5, log[-1].hash)


def test_what_was_stored_hashes_to_what_was_recorded(log: list[Event]) -> None:
    for event in Event.objects.all():
        assert audit.hash_of(event) == event.hash


@pytest.mark.parametrize(
    "after",
    [
        None,
        {},
        {"note": "“AT&T” – Łódź 🇦🇲 \u00a0 a < b"},
        {"number": 3, "share": 0.1, "none": None, "list": [1, "2"], "deep": {"b": 1, "a": 2}},
    ],
)
def test_any_content_comes_back_from_the_database_with_the_same_hash(operator: User, after: Any) -> None:
    audit.record(EventKind.CLAIM_RULED, by=operator, target=operator, before=after, after=after, reason="Ł\n🇦🇲")
    assert audit.verify() is None


def test_readers_without_an_account_can_be_in_the_log(operator: User) -> None:
    event = audit.record(EventKind.CORRECTION_REQUESTED, by=None, target=operator)
    assert Event.objects.get(pk=event.pk).by is None
    assert audit.verify() is None


def test_an_empty_and_an_untouched_log_are_whole(db: None) -> None:
    assert audit.verify() is None


def test_the_log_of_real_work_is_whole(ana: User, ben: User, claim: Claim) -> None:
    assess(claim, ana, note="a < b & “c”")
    assess(claim, ben)
    assert Event.objects.count() > 3
    assert audit.verify() is None


@pytest.mark.parametrize(
    "edit",
    [
        "reason = 'another'",
        "kind = 'claim.ruled'",
        "target_id = '999'",
        "target_type = 'claim'",
        "after = '{\"n\": 7}'",
        "before = '{}'",
        "after = NULL",
        "by_id = NULL",
        "at = '2020-01-01 00:00:00+00:00'",
        "hash = previous_hash",
        "previous_hash = hash",
    ],
)
def test_an_edit_of_any_part_is_found(log: list[Event], tamper: Callable[..., None], edit: str) -> None:
    tamper(f"UPDATE claims_event SET {edit} WHERE number = 3")
    fault = audit.verify()
    assert fault is not None
    assert (fault.number, fault.what) == (3, "this event was changed, or the one before it")


def test_an_edit_that_mends_its_own_hash_is_found_at_the_next_event(log: list[Event], tamper: Callable) -> None:
    log[2].reason = "another"
    tamper("UPDATE claims_event SET reason = 'another', hash = %s WHERE number = 3", audit.hash_of(log[2]))
    fault = audit.verify()
    assert fault is not None
    assert fault.number == 4


def test_a_missing_event_is_found(log: list[Event], tamper: Callable[..., None]) -> None:
    tamper("DELETE FROM claims_event WHERE number = 2")
    assert audit.verify() == audit.Fault(2, "this event is missing")


def test_a_missing_beginning_is_found(log: list[Event], tamper: Callable[..., None]) -> None:
    tamper("DELETE FROM claims_event WHERE number = 1")
    assert audit.verify() == audit.Fault(1, "this event is missing")


def test_a_missing_tail_is_found(log: list[Event], tamper: Callable[..., None]) -> None:
    tamper("DELETE FROM claims_event WHERE number > 3")
    assert audit.verify() == audit.Fault(4, "the log ends here, and its head counts 5 events")


def test_an_emptied_log_is_found(log: list[Event], tamper: Callable[..., None]) -> None:
    tamper("DELETE FROM claims_event")
    assert audit.verify() == audit.Fault(1, "the log ends here, and its head counts 5 events")


def test_two_events_that_changed_places_are_found(log: list[Event], tamper: Callable[..., None]) -> None:
    for before, after in ((2, 99), (3, 2), (99, 3)):
        tamper("UPDATE claims_event SET number = %s WHERE number = %s", after, before)
    fault = audit.verify()
    assert fault is not None
    assert fault.number == 2


def test_an_event_slipped_in_behind_the_head_is_found(log: list[Event]) -> None:
    forged = log[-1]
    forged.number, forged.previous_hash = 6, forged.hash
    forged.hash = audit.hash_of(forged)
    forged.save(force_insert=True)
    assert audit.verify() == audit.Fault(6, "this event lies beyond the log's head")


def test_a_head_that_was_set_back_is_found(log: list[Event]) -> None:
    EventHead.objects.update(count=3, hash=log[2].hash)
    assert audit.verify() == audit.Fault(4, "this event lies beyond the log's head")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE claims_event SET reason = 'another' WHERE number = 2",
        "UPDATE claims_event SET reason = reason",
        "DELETE FROM claims_event WHERE number = 2",
        "DELETE FROM claims_event",
    ],
)
def test_the_database_refuses_to_change_or_delete_events(log: list[Event], statement: str) -> None:
    with pytest.raises(DatabaseError, match="append-only: events are never changed or deleted"), transaction.atomic():
        run(statement)
    assert Event.objects.count() == 5


@pytest.mark.postgres
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has no TRUNCATE")
def test_the_database_refuses_to_truncate_events(log: list[Event]) -> None:
    run("SET CONSTRAINTS ALL IMMEDIATE")
    for statement in ("TRUNCATE claims_event", "TRUNCATE claims_user CASCADE"):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            run(statement)
    assert Event.objects.count() == 5


def test_the_orm_is_refused_as_well(log: list[Event]) -> None:
    log[1].reason = "another"
    for change in (log[1].save, log[1].delete, lambda: Event.objects.update(reason=""), Event.objects.all().delete):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()
    assert audit.verify() is None


@pytest.mark.django_db(transaction=True)
def test_recording_outside_a_transaction_raises(django_user_model: type[User]) -> None:
    operator = django_user_model.objects.get(username="operator")
    with pytest.raises(transaction.TransactionManagementError, match="in the transaction of the write"):
        audit.record(EventKind.PASSWORD_CHANGED, by=operator, target=operator)
    assert not Event.objects.exists()


def test_a_write_that_is_rolled_back_leaves_no_event_and_no_gap(log: list[Event], operator: User) -> None:
    class Stop(Exception):
        pass

    def write_and_fail() -> None:
        with transaction.atomic():
            audit.record(EventKind.PASSWORD_CHANGED, by=operator, target=operator)
            raise Stop

    with pytest.raises(Stop):
        write_and_fail()
    assert Event.objects.count() == 5
    assert audit.record(EventKind.PASSWORD_CHANGED, by=operator, target=operator).number == 6
    assert audit.verify() is None


def test_the_command_says_that_all_is_well(log: list[Event]) -> None:
    out = StringIO()
    call_command("verify", stdout=out)
    first = f"5 events, unbroken; the last has hash {log[-1].hash}.\n"
    assert out.getvalue() == f"{first}Texts, claims and counters agree.\n"
    out = StringIO()
    call_command("verify", log_only=True, stdout=out)
    assert out.getvalue() == first


def test_the_command_fails_and_names_the_place(log: list[Event], tamper: Callable[..., None]) -> None:
    tamper("DELETE FROM claims_event WHERE number = 2")
    with pytest.raises(CommandError, match="Event 2: this event is missing") as failed:
        call_command("verify", stdout=StringIO())
    assert failed.value.returncode == 1
