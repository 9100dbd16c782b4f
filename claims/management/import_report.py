"""What an import says: a line for each document, of a file of very many a sum; and on a terminal, how far it is."""

import time
from collections import Counter
from collections.abc import Callable
from typing import Final

from claims.ingest.bring_in_document import Came
from claims.transfers import ITEM_STATE_NAMES, ItemState

# Of a file with more documents than this only those are told one by one that were refused.
MOST_LINES: Final = 20
_EVERY: Final = 0.2
# In the order in which somebody wants to know of them.
_SUM: Final = (ItemState.STORED, ItemState.KNOWN, ItemState.REVISED, ItemState.REFUSED, ItemState.LEFT_OUT)


class Report:
    """Counts what came, and writes it down: `write` for what was taken, `complain` for what was refused."""

    def __init__(self, write: Callable[[str], object], complain: Callable[[str], object]) -> None:
        self.counts: Counter[ItemState] = Counter()
        self._write, self._complain = write, complain
        self._file = ""
        self._of_file: Counter[ItemState] = Counter()
        # Lines in the order of the file, each with whether it is of a refusal.
        self._waiting: list[tuple[bool, str]] = []

    def tell(self, file: str, came: Came) -> None:
        """Count one document of this file; documents of a file come one after the other."""
        if file != self._file:
            self.end_file()
            self._file = file
        self.counts[came.state] += 1
        self._of_file[came.state] += 1
        is_refused = came.state == ItemState.REFUSED
        self._waiting.append((is_refused, f"{came.name}: refused. {came.said}" if is_refused else _line(came)))
        if self._of_file.total() > MOST_LINES:
            self._waiting = [waiting for waiting in self._waiting if waiting[0]]
            self._write_waiting()

    def end_file(self) -> None:
        """Write what is known of the file."""
        if self._of_file.total() > MOST_LINES:
            counted = [f"{count:,} {ITEM_STATE_NAMES[state]}" for state, count in sorted(self._of_file.items())]
            self._write(f"{self._file}: {', '.join(counted)}.")
        self._write_waiting()
        self._of_file.clear()

    def sum(self) -> str:
        """All that came, counted by what became of it."""
        counted = ", ".join(f"{self.counts[state]:,} {ITEM_STATE_NAMES[state]}" for state in _SUM if self.counts[state])
        return f"{self.counts.total():,} documents: {counted}."

    def _write_waiting(self) -> None:
        for is_refused, line in self._waiting:
            (self._complain if is_refused else self._write)(line)
        self._waiting = []


def _line(came: Came) -> str:
    if came.state == ItemState.KNOWN:
        return f"{came.name}: {'; '.join(['already here', *came.notes])}."
    came_in = "an earlier text came back" if came.came_back else ITEM_STATE_NAMES[came.state]
    counted = [f"{came.claims:,} claim{'s' * (came.claims != 1)}"] if came.claims else []
    said = "; ".join([*counted, *came.notes])
    return f"{came.name}: {came_in}{', ' * bool(said)}{said}."


class ProgressLine:
    """One line of a terminal that is written over and over: what is done, how fast, and of how many where one knows."""

    def __init__(self, write: Callable[[str], object], *, is_shown: bool) -> None:
        self._write, self._is_shown = write, is_shown
        self._begun = self._told = time.monotonic()
        self._first = 0

    def begin(self, done: int = 0) -> None:
        """Count anew, from so many that were done before."""
        self._begun, self._first = time.monotonic(), done

    def show(self, done: int, what: str, of: int = 0) -> None:
        """Say how far it is, but not more often than one can see."""
        now = time.monotonic()
        if not self._is_shown or now - self._told < _EVERY:
            return
        self._told = now
        rate = (done - self._first) / max(now - self._begun, 0.001)
        share = f" of {of:,} ({done / of:.0%})" if of else ""
        self._write(f"\r\x1b[2K{done:,}{share} {what}, {rate:,.0f}/s")

    def wipe(self) -> None:
        """Take the line away, before another is written."""
        if self._is_shown:
            self._write("\r\x1b[2K")
