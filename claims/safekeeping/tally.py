"""What rows come to, whatever their order: the sums of which the canonical hash is made.

Each row is hashed to a number of 4,096 bits, and a table is the sum of its rows: a multiset, for which nothing has to
be sorted or remembered. The construction is AdHash of Bellare and Micciancio (1997), MSet-Add-Hash of Clarke et al.
(2003); so many bits withstand Wagner's attack on sums (2002).
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from claims.safekeeping.tables import Table

_BYTES: Final = 512
_ALL: Final = (1 << 8 * _BYTES) - 1
_TELL_EVERY: Final = 1_000

# Told now and then how far it is: the table that is in hand, and how many rows of all tables are done.
Tell = Callable[[str, int], None]


def tell_nobody(table: str, rows: int) -> None:
    """Where nobody waits."""


class Tally:
    """The sum of a table's rows, and how many they are."""

    def __init__(self, table: Table) -> None:
        self.rows = 0
        self._sum = 0
        heading = json.dumps([table.name, [column.asked for column in table.told]])
        self._start = hashlib.shake_128(f"{heading}\n".encode())

    def add(self, told: str) -> None:
        """Count one row: the JSON of what tells it."""
        of_row = self._start.copy()
        of_row.update(told.encode("utf-8", "surrogatepass"))
        self._sum = (self._sum + int.from_bytes(of_row.digest(_BYTES))) & _ALL
        self.rows += 1

    def digest(self) -> str:
        """In hex."""
        return hashlib.sha256(b"%d\n" % self.rows + self._sum.to_bytes(_BYTES)).hexdigest()


@dataclass
class Progress:
    """How many rows are done, told now and then."""

    tell: Tell = tell_nobody
    rows: int = field(default=0)

    def count(self, table: str) -> None:
        """One row more."""
        self.rows += 1
        if self.rows % _TELL_EVERY == 0:
            self.tell(table, self.rows)


@dataclass(frozen=True)
class TableHash:
    """What one table comes to."""

    rows: int
    digest: str


def together(tables: dict[str, TableHash]) -> str:
    """The canonical hash, in hex, of what the tables come to."""
    lines = "".join(f"{name} {tables[name].rows} {tables[name].digest}\n" for name in sorted(tables))
    return hashlib.sha256(lines.encode()).hexdigest()
