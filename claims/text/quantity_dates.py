"""Days and times of day among the tokens of a text."""

from collections.abc import Callable
from decimal import Decimal
from typing import Final

from claims.text import number_words as known
from claims.text.number_tokens import DASHES, Tokens
from claims.text.quantity import Quantity, QuantityKind, When

Taken = tuple[list[Quantity], int]

_FIRST_YEAR, _LAST_YEAR = 1500, 2099
_SUFFIXES: Final = frozenset(("st", "nd", "rd", "th"))
# Behind one of these four digits are a year, whatever follows.
_YEAR_LEADS: Final = frozenset(("in", "since", "until", "till", "by", "during", "early", "late", "mid", "year"))
_HALVES: Final = {"am": 0, "a.m": 0, "pm": 720, "p.m": 720}
_HOURS: Final = {"noon": Decimal(720), "midnight": Decimal(0)}
_HALF_DAY: Final = 720


def date(tokens: Tokens, at: int, start: int, end: int, when: When) -> Taken:
    """A date as the only thing taken, with the tokens up to `at`."""
    return [Quantity(start, end, QuantityKind.DATE, when=when)], at


def take_day(tokens: Tokens, at: int) -> Taken | None:
    """The day, month or year that begins with this token, and the token after it; None where none begins."""
    token = tokens[at]
    if token.sort == "iso":
        return _iso(tokens, at)
    if token.sort == "numeric":
        return _numeric(tokens, at)
    if token.sort == "digits":
        return _day_first(tokens, at) or _year(tokens, at)
    if token.sort != "word":
        return None
    if token.raw in known.MONTHS:
        return _month_first(tokens, at)
    if token.raw in known.WEEKDAYS:
        return _weekday(tokens, at)
    if token.lower in known.NEAR_DAYS:
        return date(tokens, at + 1, token.start, token.end, When(relative=token.lower))
    return _relative(tokens, at) if token.lower in known.RELATIVE else None


def _iso(tokens: Tokens, at: int) -> Taken | None:
    token = tokens[at]
    year, month, day = map(int, token.raw.split("-"))
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return date(tokens, at + 1, token.start, token.end, When(year, month, day))


def _numeric(tokens: Tokens, at: int) -> Taken | None:
    """05/23/23: what can only be the day is it; where either could be, only the year is known."""
    token = tokens[at]
    first, second, year = map(int, token.raw.replace(".", "/").split("/"))
    if year < 100:
        year += 2000 if year < 70 else 1900
    if max(first, second) > 31 or min(first, second) not in range(1, 13):
        return None
    when = When(year)
    if "." in token.raw or first > 12 or first == second:
        when = When(year, second, first)
    elif second > 12:
        when = When(year, first, second)
    return date(tokens, at + 1, token.start, token.end, when) if when.month is None or when.month <= 12 else None


def _number(tokens: Tokens, at: int, low: int, high: int) -> int | None:
    """The whole number in digits here, within these bounds, written without marks inside."""
    raw = tokens[at].raw
    if tokens[at].sort != "digits" or not raw.isdecimal() or len(raw) > 4 or not low <= int(raw) <= high:
        return None
    return int(raw)


def _year_behind(tokens: Tokens, at: int) -> tuple[int | None, int]:
    """The year that follows a day or month here, perhaps behind a comma or “of”, and the token after it."""
    for step in (0, 1):
        if step and tokens[at].lower not in {",", "of", "."}:
            break
        year = _number(tokens, at + step, _FIRST_YEAR, _LAST_YEAR)
        if year is not None:
            return year, at + step + 1
    return None, at


def _day_first(tokens: Tokens, at: int) -> Taken | None:
    """12 September, 12th of September 2023."""
    day = _number(tokens, at, 1, 31)
    after = at + 1
    if day is None:
        return None
    if tokens[after].lower in _SUFFIXES and tokens.joined(after):
        after += 1
    if tokens[after].lower == "of":
        after += 1
    month = known.MONTHS.get(tokens[after].raw)
    if month is None:
        return None
    end = after
    year, after = _year_behind(tokens, after + 1 + _stop(tokens, after))
    end = after - 1 if year else end
    return date(tokens, after, tokens[at].start, tokens[end].end, When(year, month, day))


def _stop(tokens: Tokens, at: int) -> int:
    """1 where this month is written short, with a full stop behind it."""
    return int(len(tokens[at].raw) <= 4 and tokens[at + 1].raw == "." and tokens.joined(at + 1))


def _month_first(tokens: Tokens, at: int) -> Taken | None:
    """September 12, Sept. 12, 2023, September 2023, in September."""
    token = tokens[at]
    month, after, end = known.MONTHS[token.raw], at + 1 + _stop(tokens, at), at
    day = _number(tokens, after, 1, 31)
    if day is not None and not _counts(tokens, after + 1):
        end, after = after, after + 1
        if tokens[after].lower in _SUFFIXES and tokens.joined(after):
            end, after = after, after + 1
    else:
        day = None
    year, behind = _year_behind(tokens, after)
    if year is not None:
        end, after = behind - 1, behind
    if day is year is None and token.raw in known.ALSO_WORDS and tokens[at - 1].lower not in known.BEFORE_MONTHS:
        return None
    return date(tokens, after, token.start, tokens[end].end, When(year, month, day))


def _counts(tokens: Tokens, at: int) -> bool:
    """Whether here stands something that is counted, so that the number before it is no day or year."""
    word = tokens[at].lower
    if word in known.UNCHANGED or word in known.MAGNITUDES or word in known.CENTS or word in {"%", "hundred", "per"}:
        return True
    plural = len(word) > 3 and word.endswith("s") and not word.endswith("ss") and word not in known.NOT_COUNTED
    return plural and tokens[at].raw.islower()


def _year(tokens: Tokens, at: int) -> Taken | None:
    """2020, 2020–23, the 1990s."""
    year, token = _number(tokens, at, _FIRST_YEAR, _LAST_YEAR), tokens[at]
    if year is None or tokens[at - 1].raw in known.SIGNS or _in_name(tokens, at):
        return None
    if tokens[at + 1].lower == "s" and tokens.joined(at + 1) and year % 10 == 0:
        when = When(year, years=100 if year % 100 == 0 and year < 2000 else 10)
        return date(tokens, at + 2, token.start, tokens[at + 1].end, when)
    follows = tokens[at + 1].lower
    if follows in known.CURRENCIES or (_counts(tokens, at + 1) and tokens[at - 1].lower not in _YEAR_LEADS):
        return None
    found, after = date(tokens, at + 1, token.start, token.end, When(year))
    if follows in DASHES and tokens.joined(at + 1) and tokens.joined(at + 2):
        last = tokens[at + 2].raw
        if last.isdecimal() and len(last) in {2, 4}:
            until = int(str(year)[: 4 - len(last)] + last)
            if year < until <= _LAST_YEAR:
                found.append(replace_when(found[0], tokens[at + 2].start, tokens[at + 2].end, When(until)))
                after = at + 3
    return found, after


def replace_when(like: Quantity, start: int, end: int, when: When) -> Quantity:
    """Another date beside one."""
    return Quantity(start, end, like.kind, when=when)


def _in_name(tokens: Tokens, at: int) -> bool:
    """Whether the digits belong to the word before them: Ka-2020."""
    return tokens[at - 1].raw in DASHES and tokens[at - 2].raw.isupper() and tokens.joined(at)


def _weekday(tokens: Tokens, at: int) -> Taken | None:
    """Monday; Monday, 23 May 2023."""
    token = tokens[at]
    weekday = known.WEEKDAYS[token.raw]
    after = at + 1 + (tokens[at + 1].raw == ",")
    rule: Callable[[Tokens, int], Taken | None] = _day_first if tokens[after].sort == "digits" else _month_first
    behind = rule(tokens, after) if tokens[after].sort == "digits" or tokens[after].raw in known.MONTHS else None
    if behind is not None and behind[0][0].when.day is not None:
        (day,) = behind[0]
        return date(tokens, behind[1], token.start, day.end, day.when._replace(weekday=weekday))
    return date(tokens, at + 1, token.start, token.end, When(weekday=weekday))


def _relative(tokens: Tokens, at: int) -> Taken | None:
    """Last year, earlier this week, next month."""
    part = tokens[at].lower in {"earlier", "later"}
    which, unit = tokens[at + part], tokens[at + part + 1]
    if which.lower not in {"last", "next", "this"} or unit.lower not in known.RELATIVE_UNITS:
        return None
    words = " ".join(each.lower for each in (tokens[at], which, unit)[0 if part else 1 :])
    return date(tokens, at + part + 2, tokens[at].start, unit.end, When(relative=words))


def take_time(tokens: Tokens, at: int) -> Taken | None:
    """The time of day that begins with this token, in minutes after midnight, and the token after it."""
    token = tokens[at]
    if token.lower in _HOURS:
        value = _HOURS[token.lower]
        return [Quantity(token.start, token.end, QuantityKind.TIME, value, "24h", value, value)], at + 1
    if token.sort not in {"clock", "digits"}:
        return None
    hour, _, minute = token.raw.partition(":")
    if not hour.isdecimal() or len(hour) > 2 or int(hour) > 24:
        return None
    minutes, end, after = int(hour) * 60 + int(minute or 0), token.end, at + 1
    half = _HALVES.get(tokens[after].lower)
    if half is not None and 1 <= int(hour) <= 12:
        minutes = minutes % _HALF_DAY + half
        end, after = tokens[after].end, after + 1
        if tokens[after].raw == "." and tokens.joined(after) and "." in tokens[after - 1].raw:
            end, after = tokens[after].end, after + 1
    elif not minute:
        return None
    said = half is not None or int(hour) > 12 or hour.startswith("0")
    value = Decimal(minutes)
    return [Quantity(token.start, end, QuantityKind.TIME, value, "24h" if said else "12h", value, value)], after
