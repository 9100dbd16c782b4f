"""Pages of a list that stay quick at any length: each begins after the last row of the one before."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet

from claims.refusals import Invalid

Row = TypeVar("Row", bound=Model)
SIZE = 50
COUNTED_TO = 1_000


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Rows of one page, and where the next begins ("" on the last)."""

    rows: list[Row]
    after: str


def page_of(rows: QuerySet[Row], time: str, after: str, size: int = SIZE) -> Page[Row]:
    """The rows after `after`, newest first by `time`, then by key. Raises Invalid for a made-up `after`."""
    if after:
        at, key = _parsed(after)
        # Not a plain OR: the first condition is what lets an index find the place.
        rows = rows.filter(Q(**{f"{time}__lte": at}) & (Q(**{f"{time}__lt": at}) | Q(pk__gt=key)))
    found = list(rows.order_by(f"-{time}", "pk")[: size + 1])
    last = found[size - 1] if len(found) > size else None
    return Page(found[:size], f"{_value(last, time).isoformat()}~{last.pk}" if last else "")


def counted(rows: QuerySet[Any]) -> str:
    """How many rows there are, counted no further than COUNTED_TO: "17", "1,000+"."""
    count = rows.order_by()[: COUNTED_TO + 1].count()
    return f"{COUNTED_TO:,}+" if count > COUNTED_TO else f"{count:,}"


def _parsed(after: str) -> tuple[datetime, UUID]:
    moment, _, key = after.partition("~")
    try:
        at = datetime.fromisoformat(moment.replace(" ", "+"))
        if at.tzinfo is None:
            raise ValueError("a moment without its zone")
        return at, UUID(key)
    except ValueError as wrong:
        raise Invalid("This page of the list is not known. Start again from its first page.") from wrong


def _value(row: Model, path: str) -> datetime:
    value: Any = row
    for name in path.split("__"):
        value = getattr(value, name)
    return value  # type: ignore[no-any-return]
