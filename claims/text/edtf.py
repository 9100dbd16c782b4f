"""Times as people of a desk write them: a day, a month, a year, an interval of these, "unknown", "timeless".

The notation is that of ISO 8601-2 as the Library of Congress describes it (https://www.loc.gov/standards/datetime/):
level 0 without clock times, and of level 1 the open end ("2024-02-24/..") and the marks "?" (uncertain), "~"
(approximate) and "%" (both) behind a date. The library that reads all levels brings a parser generator along and gives
clock times; this small part of it gives days.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from claims.particulars import TIMELESS, UNKNOWN_TIME

MAX_TIME: Final = 60
OPEN: Final = ".."
SPANNING_DAYS: Final = ("day", "month", "year", "interval")
_DATE: Final = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?([?~%]?)", re.ASCII)
_HOW: Final = (
    "Write a day (2024-02-23), a month (2024-02), a year (2024), two of these with a stroke between them "
    "(2024-02/2024-03, with .. for an open end), unknown, or timeless."
)
_MARKS: Final = {"": "", "?": "perhaps ", "~": "about ", "%": "perhaps about "}
_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


@dataclass(frozen=True)
class Time:
    """One time. `earliest` and `latest` are the first and last day that it spans, None where there is no such day.

    `value` is the notation, `kind` "day", "month", "year", "interval", "unknown" or "timeless"; `uncertain` says that a
    mark stands at one of its dates, so that its days are not sure.
    """

    value: str
    earliest: date | None
    latest: date | None
    kind: str
    uncertain: bool = False


def parse(value: str) -> Time:
    """Read one time. Raises ValueError with a sentence that says how times are written."""
    written = value.strip()
    if len(written) > MAX_TIME:
        raise ValueError(f"A time has at most {MAX_TIME} characters. {_HOW}")
    if written.lower() in {UNKNOWN_TIME, TIMELESS}:
        return Time(written.lower(), None, None, written.lower())
    first, stroke, last = written.partition("/")
    return _interval(first.strip(), last.strip()) if stroke else _date(written)


def _date(written: str) -> Time:
    found = _DATE.fullmatch(written)
    if found is None:
        raise ValueError(f"“{written[:MAX_TIME]}” is no time. {_HOW}" if written else f"No time is given. {_HOW}")
    year, month, day = (1 if part is None else int(part) for part in found.groups()[:3])
    try:
        earliest = date(year, month, day)
    except ValueError as wrong:
        raise ValueError(f"There is no such day or month as {written} in the calendar. Correct it.") from wrong
    if found[3]:
        latest, kind = earliest, "day"
    elif found[2]:
        latest, kind = date(year, month, monthrange(year, month)[1]), "month"
    else:
        latest, kind = date(year, 12, 31), "year"
    return Time(written, earliest, latest, kind, bool(found[4]))


def _interval(first: str, last: str) -> Time:
    if first == last == OPEN:
        raise ValueError("An interval that is open at both ends says nothing: write unknown, or timeless.")
    begin, end = (None if side == OPEN else _date(side) for side in (first, last))
    if begin and end and begin.earliest and end.latest and end.latest < begin.earliest:
        raise ValueError(f"The interval {first}/{last} ends before it begins. Swap its ends, or correct them.")
    uncertain = any(side.uncertain for side in (begin, end) if side)
    earliest, latest = begin.earliest if begin else None, end.latest if end else None
    return Time(f"{first}/{last}", earliest, latest, "interval", uncertain)


def overlap(a: Time, b: Time) -> bool | None:
    """Whether the two times are known to share a day; None where that is not known: one is unknown or uncertain."""
    if UNKNOWN_TIME in {a.kind, b.kind}:
        return None
    if TIMELESS in {a.kind, b.kind}:
        return True
    if a.uncertain or b.uncertain:
        return None
    return not (_ends_before(a, b) or _ends_before(b, a))


def _ends_before(a: Time, b: Time) -> bool:
    return a.latest is not None and b.earliest is not None and a.latest < b.earliest


def words(value: str) -> str:
    """A time in words: "23 February 2024", "from February to March 2024", "not known"; what is none as it stands."""
    try:
        time = parse(value)
    except ValueError:
        return value
    if time.kind in {UNKNOWN_TIME, TIMELESS}:
        return {UNKNOWN_TIME: "not known", TIMELESS: "at any time"}[time.kind]
    first, stroke, last = time.value.partition("/")
    if not stroke:
        return _date_words(first)
    if OPEN in {first, last}:
        return f"until {_date_words(last)}" if first == OPEN else f"from {_date_words(first)} on"
    return f"from {_date_words(first)} to {_date_words(last)}"


def _date_words(written: str) -> str:
    """One date in words, with what a mark behind it says; the form of it was checked."""
    year, month, day = [*written.rstrip("?~%").split("-"), "", ""][:3]
    named = " ".join(filter(None, [day.lstrip("0"), _MONTHS[int(month) - 1] if month else "", year]))
    return _MARKS[written[-1] if written[-1] in _MARKS else ""] + named


def day_words(day: date) -> str:
    """A day in words: "23 February 2024"."""
    return _date_words(day.isoformat())


def day_after(day: date) -> date:
    """The day after it; the calendar's last day where there is none."""
    return day + timedelta(days=1) if day < date.max else day
