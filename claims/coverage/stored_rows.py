"""Very many rows at once: a step of the verbs that keep the index, where an object for each row would be too slow."""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any, Final

from django.db import connection
from django.db.models import BigIntegerField, Field, FloatField, IntegerField, Model

_AT_ONCE: Final = 5_000
# Rows that name one row of another table come together.
_REMEMBERED: Final = 64


def store_rows(model: type[Model], columns: Sequence[str], rows: Iterable[Sequence[Any]], where_there: str) -> None:
    """Insert rows of these columns; `where_there` is SQL that says what to do with a row that is there already.

    Constraints hold as for any row. The values are what the model takes; of a row of another table, its key.
    """
    fields = {field.column: field for field in model._meta.concrete_fields}
    quoted = ", ".join(connection.ops.quote_name(column) for column in columns)
    places = ", ".join(["%s"] * len(columns))
    table = connection.ops.quote_name(model._meta.db_table)
    makes = [None if _is_stored_as_it_is(fields[column]) else _stored(fields[column]) for column in columns]
    if any(makes):
        rows = ([make(value) if make else value for make, value in zip(makes, row, strict=True)] for row in rows)
    statement = f"INSERT INTO {table} ({quoted}) VALUES ({places}) ON CONFLICT {where_there}"  # noqa: S608 - our names
    change_rows(statement, rows)


def _is_stored_as_it_is(field: "Field[Any, Any]") -> bool:
    return isinstance(field, BigIntegerField | IntegerField | FloatField)


def _stored(field: "Field[Any, Any]") -> Callable[[Any], Any]:
    """What makes of a value what the database takes."""
    made = lru_cache(_REMEMBERED)(lambda value: field.get_db_prep_save(value, connection))
    return made if field.is_relation else made.__wrapped__


def change_rows(statement: str, rows: Iterable[Sequence[Any]]) -> None:
    """Run a statement once for each row of values, some thousands of them at a time."""
    waiting = iter(rows)
    with connection.cursor() as cursor:
        while some := list(islice(waiting, _AT_ONCE)):
            cursor.executemany(statement, some)
