"""Pages of a long list by key, forwards and backwards: each begins where its neighbour ends, and costs no more."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db.models import IntegerField, Model, Q, QuerySet

from claims.refusals import Invalid

Row = TypeVar("Row", bound=Model)
SIZE = 50
COUNTED_TO = 1_000
# Of a key that is a number: fewer digits than the largest one that a database holds.
_LONGEST_NUMBER = 18


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Rows of one page; the places that the page before it ends at and the next begins at ("" where there is none)."""

    rows: list[Row]
    before: str
    after: str


def page_of(
    rows: QuerySet[Row], time: str, after: str = "", before: str = "", *, key: str = "pk", size: int = SIZE
) -> Page[Row]:
    """The rows after one place or up to another, newest first by `time`, then by key; the first page for neither.

    `key` names the key where the index of `time` has it, which may be another table's than the rows'.
    Raises Invalid for a made-up place.
    """
    if before:
        found = list(rows.filter(_beyond(rows, time, before, "gt", key, "lt")).order_by(time, f"-{key}")[: size + 1])
        shown, more_before, more_after = found[:size][::-1], len(found) > size, True
    else:
        rest = rows.filter(_beyond(rows, time, after, "lt", key, "gt")) if after else rows
        found = list(rest.order_by(f"-{time}", key)[: size + 1])
        shown, more_before, more_after = found[:size], bool(after), len(found) > size
    return Page(
        shown,
        before=_place(shown[0], time) if shown and more_before else "",
        after=_place(shown[-1], time) if shown and more_after else "",
    )


def counted(rows: QuerySet[Any]) -> str:
    """How many rows there are, counted no further than COUNTED_TO: "17", "1,000+"."""
    count = rows.order_by().values("pk")[: COUNTED_TO + 1].count()
    return f"{COUNTED_TO:,}+" if count > COUNTED_TO else f"{count:,}"


def place_of(written: str) -> tuple[datetime, UUID]:
    """The place in a list whose rows have keys that are UUIDs. Raises Invalid for a made-up one."""
    moment, key = _parsed(written, is_number=False)
    return moment, UUID(str(key))


def _beyond(rows: QuerySet[Any], time: str, place: str, moment_is: str, key: str, key_is: str) -> Q:
    moment, found = _parsed(place, is_number=isinstance(rows.model._meta.pk, IntegerField))
    # Not a plain OR: the first condition is what lets an index find the place.
    return Q(**{f"{time}__{moment_is}e": moment}) & (
        Q(**{f"{time}__{moment_is}": moment}) | Q(**{f"{key}__{key_is}": found})
    )


def _parsed(place: str, *, is_number: bool) -> tuple[datetime, UUID | int]:
    moment, _, key = place.partition("~")
    try:
        at = datetime.fromisoformat(moment.replace(" ", "+"))
        if at.tzinfo is None:
            raise ValueError("a moment without its zone")
        if is_number and not (key.isascii() and key.isdecimal() and len(key) <= _LONGEST_NUMBER):
            raise ValueError("no number of a row")
        return at.astimezone(UTC), int(key) if is_number else UUID(key)
    except (ValueError, OverflowError) as wrong:
        raise Invalid("This page of the list is not known. Start again from its first page.") from wrong


def _place(row: Model, time: str) -> str:
    value: Any = row
    for name in time.split("__"):
        value = getattr(value, name)
    return f"{value.isoformat()}~{row.pk}"
