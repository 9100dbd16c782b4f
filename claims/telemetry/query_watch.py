"""How many queries something takes, and how long; a slow one is logged, without what it was asked for."""

import logging
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.db import connection

from claims.telemetry import metrics

MOST_SQL: Final = 4_000
# A list of a thousand keys says no more than a list of one.
_MANY: Final = re.compile(r"%s(?:\s*,\s*%s)+")
_SPACE: Final = re.compile(r"\s+")
_logger = logging.getLogger(__name__)

Execute = Callable[[str, Any, bool, dict[str, Any]], Any]


@dataclass
class Watched:
    """What was asked of the database so far.

    `seconds` is until the database had its first row; rows that are fetched later, and the end of a transaction, are
    not in it.
    """

    count: int = 0
    seconds: float = 0.0


@contextmanager
def watched(so_far: Watched) -> Iterator[Watched]:
    """Add what this thread asks inside to `so_far`, and log what takes SLOW_QUERY_MS or longer."""

    def timed(execute: Execute, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        begun = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            seconds = time.perf_counter() - begun
            so_far.count += 1
            so_far.seconds += seconds
            if 0 < settings.SLOW_QUERY_MS <= seconds * 1_000:
                _tell(sql, seconds)

    with connection.execute_wrapper(timed):
        yield so_far


def _tell(sql: str, seconds: float) -> None:
    """Log the words of the query with a `%s` for each thing that was asked for, so none of these is in the log."""
    words = _MANY.sub("%s, …", _SPACE.sub(" ", sql).strip())[:MOST_SQL]
    milliseconds = round(seconds * 1_000, 1)
    _logger.warning(
        "A query took %s ms: %s", milliseconds, words, extra={"fields": {"query_ms": milliseconds, "sql": words}}
    )
    metrics.count_slow_query()
