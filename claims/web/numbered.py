"""Pages by number, of what is in memory anyhow: the matters of a story, sorted by how much they are disagreed on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from django.http import HttpRequest

from claims.refusals import Invalid

Row = TypeVar("Row")
_LONGEST: Final = 6


@dataclass(frozen=True)
class Numbered(Generic[Row]):
    """Rows of one page; how many there are in all; the addresses of the pages beside it, "" where there is none."""

    rows: Sequence[Row]
    number: int
    total: int
    first: int
    before: str
    after: str

    @property
    def last(self) -> int:
        """The number of its last row, from 1."""
        return self.first + len(self.rows) - 1

    @property
    def is_whole(self) -> bool:
        """Whether there is no other page."""
        return not self.before and not self.after


def numbered(request: HttpRequest, name: str, rows: Sequence[Row], size: int, place: str = "") -> Numbered[Row]:
    """The page that the address asks for as `name`, the last where it is beyond that.

    Whatever else the address asks stays asked; `place` is where on the page its neighbours' addresses lead. Raises
    Invalid for what is no number.
    """
    pages = max(1, -(-len(rows) // size))
    number = min(page_number(request.GET.get(name, "")), pages)
    begin = (number - 1) * size

    def address(other: int) -> str:
        asked = request.GET.copy()
        asked[name] = str(other)
        return f"?{asked.urlencode()}#{place}" if 1 <= other <= pages else ""

    return Numbered(rows[begin : begin + size], number, len(rows), begin + 1, address(number - 1), address(number + 1))


def page_number(asked: str) -> int:
    """The number of a page as an address says it: 1 where it says nothing. Raises Invalid for what is no number."""
    if not asked:
        return 1
    if not (asked.isascii() and asked.isdecimal() and len(asked) <= _LONGEST) or int(asked) < 1:
        raise Invalid("There is no such page of the list. Start again from its first page.")
    return int(asked)
