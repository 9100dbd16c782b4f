"""One hash of all that is stored: any change anywhere changes it, and numbers, order and writing do not."""

import json
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.models import (
    AutoField,
    BigAutoField,
    BinaryField,
    BooleanField,
    DateField,
    DateTimeField,
    Field,
    FloatField,
    ForeignKey,
    IntegerField,
    JSONField,
    Model,
    UUIDField,
)

from claims.models import Assessment, Job, User, Zone
from claims.safekeeping.canonical_hash import canonical_hashes
from claims.safekeeping.tables import LEFT_OUT, MOVED_TOO, Table, is_numbered, kept_tables
from claims.safekeeping.tally import Progress, Tally
from claims.safekeeping.written_rows import even, written_lines
from tests.exchanging import a_bit_of_everything
from tests.safekeeping import command, hash_now, run, unguarded

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(ana: User, ben: User, max: User, ada: User) -> None:
    a_bit_of_everything(ana, ben, max, ada)


def test_every_table_is_kept_or_left_out_for_a_reason() -> None:
    labels = {model._meta.label for model in apps.get_models(include_auto_created=True)}
    assert LEFT_OUT.keys() <= labels
    assert set(MOVED_TOO) <= LEFT_OUT.keys()
    assert {table.model._meta.label for table in kept_tables()} == labels - LEFT_OUT.keys()


def test_nothing_that_is_kept_refers_to_what_is_left_out_and_each_table_comes_after_those_it_refers_to() -> None:
    seen: set[type[Model]] = set()
    for table in kept_tables():
        refers = {f.related_model for f in table.model._meta.local_concrete_fields if isinstance(f, ForeignKey)}
        assert refers <= seen | {table.model}
        seen.add(table.model)


def test_the_command_prints_the_hash_and_each_table(desk: None) -> None:
    assert command("canonical_hash").split() == [hash_now()]
    lines = command("canonical_hash", "--tables").splitlines()
    assert len(lines) == len(kept_tables()) + 1
    assert any(line.endswith("  claims_assessment") for line in lines)


def of_table(table: Table) -> str:
    tally = Tally(table)
    for _ in written_lines(table, tally, Progress()):
        pass
    return tally.digest()


def others(field: "Field[Any, Any]", value: Any) -> Iterator[Any]:
    """What could stand in a column instead."""
    if isinstance(field, ForeignKey) and is_numbered(field.related_model):
        # Another row that is there: the database holds that there is one.
        yield from field.related_model._base_manager.exclude(pk=value).order_by("pk").values_list("pk", flat=True)
        return
    while isinstance(field, ForeignKey):
        field = field.target_field
    match field:
        case JSONField():
            yield {**value, "more": 1} if isinstance(value, dict) else [value, 1]
        case UUIDField():
            yield uuid4()
        case DateTimeField():
            yield (value or datetime(2024, 1, 2, tzinfo=UTC)) + timedelta(microseconds=1)
        case DateField():
            yield (value or date(2024, 1, 2)) + timedelta(days=1)
        case BinaryField():
            yield bytes(value) + b"x"
        case BooleanField():
            yield not value
        case FloatField() | IntegerField():
            yield (value or 0) + 10_001  # beyond every number that is there
        case _:
            yield f"{'y' if value and value[0] == 'x' else 'x'}{(value or '')[1:]}"


def changed(row: Model, field: "Field[Any, Any]") -> bool:
    """Change one column of a row, where the database lets anything else stand there."""
    here = type(row)._base_manager.filter(pk=row.pk)
    for value in others(field, getattr(row, field.attname)):
        with suppress(IntegrityError), transaction.atomic():
            return here.update(**{field.attname: value}) == 1
    return False


def test_any_single_change_anywhere_changes_the_hash(desk: None) -> None:
    chosen, seen = Random(8), 0
    with unguarded():
        for table in kept_tables():
            rows = table.model._base_manager.order_by("pk")
            if not rows:
                continue
            before, row = of_table(table), chosen.choice(rows)
            fields = table.model._meta.local_concrete_fields
            for field in (field for field in fields if not isinstance(field, AutoField | BigAutoField)):
                with transaction.atomic():
                    if changed(row, field):
                        assert of_table(table) != before, f"{table.name}.{field.column}"
                        seen += 1
                    transaction.set_rollback(True)
            with transaction.atomic():
                run(f"DELETE FROM {table.name} WHERE {table.key} = %s", stored(row))
                assert of_table(table) != before, f"{table.name} without a row"
                transaction.set_rollback(True)
            assert of_table(table) == before
    assert seen > 300


def stored(row: Model) -> Any:
    field = row._meta.pk
    assert field
    return field.get_db_prep_save(row.pk, connection)


def test_one_table_that_changes_changes_the_hash_of_all(desk: None) -> None:
    before, tables = hash_now(), canonical_hashes()
    Zone.objects.latest("pk").delete()
    after = canonical_hashes()
    assert hash_now() != before
    assert {name for name, found in after.items() if found != tables[name]} == {"claims_zone"}


def test_the_numbers_of_rows_and_their_order_do_not_count(desk: None) -> None:
    before = hash_now()
    with unguarded():
        numbered = [table.model for table in kept_tables() if table.is_numbered]
        for table in kept_tables():
            for field in table.model._meta.local_concrete_fields:
                is_key = isinstance(field, ForeignKey) and field.related_model in numbered
                if isinstance(field, AutoField | BigAutoField) or is_key:
                    run(f"UPDATE {table.name} SET {field.column} = 1000000 - {field.column}")
        assert min(User.objects.values_list("pk", flat=True)) > 900_000
        assert min(Assessment.objects.values_list("pk", flat=True)) > 900_000
        assert hash_now() == before


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ({"b": 1.0, "a": [True, None, "x"]}, {"a": [True, None, "x"], "b": 1}),
        (1e16, 10**16),
        (1e300, 10**300),
        (-0.0, 0),
        (2.50, 2.5),
        (0.1, 0.1),
    ],
)
def test_equal_values_of_json_are_equal_however_they_are_written(value: Any, written: Any) -> None:
    assert even(value) == even(written)


@pytest.mark.parametrize(
    ("one", "other"),
    [(1, True), (1, "1"), (0, None), (0, False), ([], {}), ([1, 2], [2, 1]), ("", None), (0.1, 0.10000000000000002)],
)
def test_different_values_of_json_are_different(one: Any, other: Any) -> None:
    assert json.dumps(even(one)) != json.dumps(even(other))


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL has one way to write a time")
def test_how_sqlite_writes_times_and_json_does_not_count(desk: None) -> None:
    job = Job.objects.create(
        kind="x",
        by=User.objects.earliest("pk"),
        run_after=datetime(2024, 1, 2, tzinfo=UTC),
        arguments={"a": 1, "b": 2.5},
    )
    before = hash_now()
    run(
        "UPDATE claims_job SET run_after = '2024-01-02 00:00:00.000', arguments = %s WHERE id = %s",
        '{"b":2.50,  "a":1.0}',
        job.pk.hex,
    )
    assert hash_now() == before
