"""What tests look at when they ask whether anything changed: the event log, and whole tables."""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db import connection, models

from claims.models import Event

Rows = list[tuple[Any, ...]]


def events(*kinds: str) -> list[Event]:
    """The events so far, of these kinds or of all, oldest first."""
    found = Event.objects.order_by("number")
    return list(found.filter(kind__in=kinds) if kinds else found)


def event_count() -> int:
    return Event.objects.count()


def tables(*left_out: type[models.Model]) -> list[type[models.Model]]:
    """Every table of the app, many-to-many tables included."""
    return [
        model for model in apps.get_app_config("claims").get_models(include_auto_created=True) if model not in left_out
    ]


def dump(of: Iterable[type[models.Model]]) -> dict[str, Rows]:
    """Every column of every row, by table, in the order of the primary key."""
    found = {}
    for model in of:
        rows = model._default_manager.order_by("pk").values_list()
        found[model._meta.db_table] = [tuple(_plain(value) for value in row) for row in rows]
    return found


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value


def stored_text() -> str:
    """Every value of every column of every table of the database, as one text to search in."""
    written = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table == "claims_words" and connection.vendor == "sqlite":
                continue  # FTS5 cannot be read; what it holds stands in its tables claims_words_data and so on
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            written += [_as_text(value) for row in cursor.fetchall() for value in row]
    return "\n".join(written)


def _as_text(value: Any) -> str:
    return bytes(value).decode("utf-8", "replace") if isinstance(value, bytes | memoryview) else str(value)
