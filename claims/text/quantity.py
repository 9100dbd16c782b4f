"""What a quantity is: a number, a date, a time of day, a reference number, with what it says and how exactly."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final, NamedTuple


class QuantityKind(StrEnum):
    """What sort of quantity it is; only those of one sort can clash."""

    NUMBER = "number"
    DATE = "date"
    TIME = "time"
    PERCENT = "percent"
    MONEY = "money"
    ORDINAL = "ordinal"
    REFERENCE = "reference"


class When(NamedTuple):
    """What words say of a day, each part None or "" where they do not: year, month (1 to 12), day, weekday (Monday 0).

    `years` is how many years a decade or century spans; `relative` are the words that hang on the day of writing.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    years: int = 1
    relative: str = ""


_NO_DAY: Final = When()


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity where it stands, `text[start:end]` in code points, with its unit of measure but not with its noun.

    `value` is None for dates, ranges and “thousands of …”; a time of day is in minutes after midnight. `low` and `high`
    are the least and the most that the words allow, None where they leave it open; equal where they give one value.
    `unit` is a singular: a measure (“week”), a currency (“usd”), “%”, what is counted (“soldier”), what has the number
    as its name (“article”), for a time of day “12h” where it does not say which half of the day, or "".
    """

    start: int
    end: int
    kind: QuantityKind
    value: Decimal | None = None
    unit: str = ""
    low: Decimal | None = None
    high: Decimal | None = None
    approximate: bool = False
    when: When = _NO_DAY
