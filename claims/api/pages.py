"""Long lists in pages: each names the next, and none says how many there are in all."""

import base64
import binascii
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from django.db.models import Model, QuerySet
from rest_framework.request import Request
from rest_framework.response import Response

from claims.keyset import page_of
from claims.refusals import Invalid

Row = TypeVar("Row", bound=Model)
SIZE: Final = 50
MOST: Final = 200
NOT_KNOWN: Final = (
    "after: this page of the list is not known. Take it from “next” of the page before it, or leave it out."
)
_LONGEST: Final = 200
_MOST_DIGITS: Final = 18


@dataclass(frozen=True)
class Asked:
    """Which page of a list is asked for: the place that it begins after ("" for the first page), and its size."""

    after: str
    limit: int


def asked(request: Request) -> Asked:
    """The page that the address asks for by `after` and `limit`. Raises Invalid for what makes no sense."""
    limit = request.query_params.get("limit", "")
    if limit and not (limit.isascii() and limit.isdecimal() and len(limit) <= 4 and 1 <= int(limit) <= MOST):
        raise Invalid(f"limit: a page has from 1 to {MOST} rows.")
    after = request.query_params.get("after", "")
    return Asked(opened(after) if after else "", int(limit or SIZE))


def paged(
    request: Request, rows: QuerySet[Row], time: str, shown: Callable[[list[Row]], list[Any]], *, key: str = "pk"
) -> Response:
    """One page of the rows, newest first by `time`; `shown` makes what is sent of them. See claims.keyset.page_of."""
    wanted = asked(request)
    page = page_of(rows, time, wanted.after, key=key, size=wanted.limit)
    return page_answer(request, shown(page.rows), page.after)


def page_answer(request: Request, items: list[Any], place: str) -> Response:
    """The items of a page, and the address of the next where the list goes on after `place`."""
    if not place:
        return Response({"items": items, "next": None})
    query = request.query_params.copy()
    query["after"] = closed(place)
    following = request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
    return Response({"items": items, "next": following}, headers={"Link": f'<{following}>; rel="next"'})


def place_in(after: str) -> int | None:
    """The number that a page of a list begins after; None for the first page. Raises Invalid for what is none."""
    if not after:
        return None
    if not (after.isascii() and after.isdecimal() and len(after) <= _MOST_DIGITS):
        raise Invalid(NOT_KNOWN)
    return int(after)


def closed(place: str) -> str:
    """A place as an address holds it: one word, of which nobody needs to know what it says."""
    return base64.urlsafe_b64encode(place.encode()).decode().rstrip("=")


def opened(cursor: str) -> str:
    """The place that a cursor stands for. Raises Invalid for a made-up one."""
    try:
        if len(cursor) > _LONGEST:
            raise ValueError("longer than any place")
        return base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True).decode("ascii")
    except (binascii.Error, ValueError) as wrong:
        raise Invalid(NOT_KNOWN) from wrong
