"""Log records as JSON, one a line, without anything that people wrote.

What this software says itself holds no names, addresses or texts, and is told whole. What libraries say may hold
anything in its arguments and in the messages of its errors: of those only the fixed words are told, the classes of the
errors, and the places in the code.
"""

import json
import logging
import traceback
from datetime import UTC, datetime
from typing import Any, Final

from claims.telemetry.request_id import current

# The end of a stack is where it broke.
MOST_PLACES: Final = 30
MOST_CAUSES: Final = 10
_OUR_OWN: Final = "claims"
# Of these also what has no arguments is fixed words.
_PLAIN_SPOKEN: Final = "gunicorn"


class JsonLines(logging.Formatter):
    """{"time": …, "level": …, "logger": …} and what there is of says, request, error, where; and the record's `fields`.

    `time` is UTC to the millisecond, `where` the innermost places of the code, each "module:line function".
    """

    def format(self, record: logging.LogRecord) -> str:
        """One line, in ASCII."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
        }
        fields = getattr(record, "fields", None)
        if fields is None and (said := _said(record)):
            line["says"] = said
        if request_id := current():
            line["request"] = request_id
        if record.exc_info and record.exc_info[1] is not None:
            line |= _told(record.exc_info[1])
        return json.dumps(line | (fields or {}), default=str)


def _said(record: logging.LogRecord) -> str:
    kind = record.name.partition(".")[0]
    if kind == _OUR_OWN:
        return record.getMessage()
    return str(record.msg) if record.args or kind == _PLAIN_SPOKEN else ""


def _told(error: BaseException) -> dict[str, Any]:
    """The class of an error with those that led to it, and where it broke; never its words."""
    classes: list[str] = []
    cause: BaseException | None = error
    while cause is not None and len(classes) < MOST_CAUSES:
        classes.append(type(cause).__name__)
        cause = cause.__cause__ or cause.__context__
    places = [
        f"{frame.f_globals.get('__name__', '')}:{line} {frame.f_code.co_name}"
        for frame, line in traceback.walk_tb(error.__traceback__)
    ]
    return {"error": " from ".join(classes), "where": places[-MOST_PLACES:]}
