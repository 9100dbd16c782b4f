"""Very many rows at once: for the verbs that read and index texts, where an object for each row would be too slow."""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.db.models import (
    BigIntegerField,
    BooleanField,
    CharField,
    DateTimeField,
    Field,
    FloatField,
    ForeignKey,
    IntegerField,
    JSONField,
    Model,
    TextField,
    UUIDField,
)

from claims.models.search_index import entered_together

_AT_ONCE: Final = 5_000
# Rows that name one row of another table come together.
_REMEMBERED: Final = 64
_AS_THEY_ARE: Final = (BigIntegerField, IntegerField, FloatField, BooleanField, CharField, TextField)


def store_rows(
    model: type[Model], columns: Sequence[str], rows: Iterable[Sequence[Any]], where_there: str = ""
) -> None:
    """Insert rows of these columns; `where_there` is SQL that says what to do with a row that is there already.

    Without it such a row is an error. Constraints hold as for any row. The values are what the model takes; of a row of
    another table, its key. Columns that are not named take the model's defaults, and numbered keys the next number.
    """
    fields = {field.column: field for field in model._meta.concrete_fields}
    rest = {name: field for name, field in fields.items() if name not in columns and not field.primary_key}
    always = [field.get_db_prep_save(field.get_default(), connection) for field in rest.values()]
    named = [*columns, *rest]
    quoted = ", ".join(connection.ops.quote_name(column) for column in named)
    places = ", ".join(["%s"] * len(named))
    table = connection.ops.quote_name(model._meta.db_table)
    conflict = f" ON CONFLICT {where_there}" if where_there else ""
    statement = f"INSERT INTO {table} ({quoted}) VALUES ({places}){conflict}"  # noqa: S608 - our own names
    makes = [(at, make) for at, make in enumerate(_stored(fields[column]) for column in columns) if make is not None]
    prepared = _prepared(rows, makes, always) if makes or always else rows
    if connection.vendor == "postgresql" and not where_there:
        _copy(f"COPY {table} ({quoted}) FROM STDIN", prepared)
    else:
        with entered_together(model):
            change_rows(statement, prepared)


def _copy(statement: str, rows: Iterable[Sequence[Any]]) -> None:
    """PostgreSQL's own way for many rows: several times as fast as a statement for each."""
    with connection.cursor() as cursor, connection.wrap_database_errors, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def _prepared(
    rows: Iterable[Sequence[Any]], makes: Sequence[tuple[int, Callable[[Any], Any]]], always: Sequence[Any]
) -> Iterable[list[Any]]:
    """The rows as the database takes them; `makes` are the columns that it takes in another form."""
    for row in rows:
        values = [*row, *always]
        for at, make in makes:
            values[at] = make(values[at])
        yield values


def _stored(field: "Field[Any, Any]") -> Callable[[Any], Any] | None:
    """What makes of a value what the database takes; None where that is the value itself."""
    target = field.target_field if isinstance(field, ForeignKey) else field
    if isinstance(target, UUIDField):
        return None if connection.features.has_native_uuid_field else _hex
    if isinstance(field, _AS_THEY_ARE):
        return None
    if isinstance(field, JSONField):
        # Looked up once: which connection it is takes longer to find out than to write an empty list.
        adapted, encoder = connection.ops.adapt_json_value, field.encoder
        return lambda value: None if value is None else adapted(value, encoder)

    def made(value: Any) -> Any:
        return field.get_db_prep_save(value, connection)

    # Many rows share a key, and those that come in together share their moment.
    return lru_cache(_REMEMBERED)(made) if field.is_relation or isinstance(field, DateTimeField) else made


def _hex(key: UUID | None) -> str | None:
    return None if key is None else key.hex


def change_rows(statement: str, rows: Iterable[Sequence[Any]]) -> None:
    """Run a statement once for each row of values, some thousands of them at a time."""
    waiting = iter(rows)
    with connection.cursor() as cursor:
        while some := list(islice(waiting, _AT_ONCE)):
            cursor.executemany(statement, some)


def count_anew() -> None:
    """Let PostgreSQL count its rows, so that it plans for as many as there are after very many came in at once.

    It does so by itself within a minute; in that minute it would go through a million rows one by one for each of a
    million others. SQLite goes by its indexes, whatever is in them.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
