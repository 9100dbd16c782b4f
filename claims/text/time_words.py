"""Words of English that say when: found by patterns of our own, reckoned by dateutil's relativedelta.

Whatever the words leave open stays open: it becomes an interval, or no value with the reason why.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from dateutil.relativedelta import FR, MO, SA, SU, TH, TU, WE, relativedelta

MOST_WORDS: Final = 12
# A claim is a sentence or a few; what is longer is looked at no further.
_MOST_TEXT: Final = 2_500
_ON: Final = {"mon": MO, "tue": TU, "wed": WE, "thu": TH, "fri": FR, "sat": SA, "sun": SU}
_SIDES: Final = {"last": -1, "past": -1, "next": 1}
_MONTHS: Final = {
    name: number
    for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1)  # noqa: SIM905
}
_NUMBERS: Final = "one two three four five six seven eight nine ten eleven twelve".split()  # noqa: SIM905

_WEEKDAY: Final = r"(?P<weekday>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
# With a capital: "may" and "march" are other words.
_MONTH: Final = (
    r"(?P<month>(?:January|February|March|April|May|June|July|August|September|October|November|December)"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.)"
)
_DAY: Final = r"(?P<day>[0-3]?[0-9])(?:st|nd|rd|th)?"
_YEAR: Final = r"(?P<year>(?:1[89]|20)[0-9]{2})"
_LEAD: Final = r"(?P<lead>[Ss]ince|[Ff]rom|[Uu]ntil|[Tt]ill|[Bb]y|[Bb]efore|[Aa]fter|[Ii]n|[Dd]uring|[Oo]f|[Oo]n)"
_PART: Final = r"(?:(?:the\s+)?(?:beginning|start|middle|end)\s+of\s+|early\s+|mid-|mid\s+|late\s+)"
_SEASON: Final = r"(?:(?:the\s+)?(?:spring|summer|autumn|fall|winter)\s+(?:of\s+)?)"

_PAST: Final = re.compile(
    r"\b(?:was|were|had|did|said|told|began|met|went|made|took|came|gave|left|held|became|sent|won|lost|fell|wrote|saw|"
    r"led|struck|spoke|sought|ran|brought|found|kept|rose|broke|drove|shot|grew|knew|thought|paid|built|quit|"
    r"(?!(?:scheduled|expected|planned|supposed|intended|slated|hundred|indeed|need|speed|exceed|proceed|succeed|"
    r"unprecedented|allied|armed|united|so-called)\b)[a-z]{2,}ed)\b"
)
_FUTURE: Final = re.compile(
    r"\b(?:will|shall|would|won.t|going\s+to|set\s+to|due|scheduled|expected|planned|plans|supposed|slated|intends?)\b"
)


@dataclass(frozen=True)
class Found:
    """Words that say when: their place in code points, and what they mean; `value` "" where that is open."""

    start: int
    end: int
    value: str
    is_relative: bool
    why: str


Meaning = tuple[str, str]
Read = Callable[[re.Match[str], date], Meaning]


def found_in(text: str, reference: date | None) -> list[Found]:
    """Every stretch of the text that says when, in its order; of what overlaps, the one that says more.

    Relative words are counted from `reference`; where that is None they have no value.
    """
    text = text[:_MOST_TEXT]
    found: list[Found] = []
    for pattern, read, is_relative in _PATTERNS:
        for match in pattern.finditer(text):
            if any(match.start() < other.end and other.start < match.end() for other in found):
                continue
            known = reference if is_relative else date.min
            value, why = _meaning(read, match, known) if known else ("", "")
            if value or why or is_relative:
                found.append(Found(match.start(), match.end(), value, is_relative, why))
    return sorted(found, key=lambda one: one.start)


def _meaning(read: Read, match: re.Match[str], reference: date) -> Meaning:
    """What the words mean; a day that no calendar has means nothing."""
    try:
        return read(match, reference)
    except (ValueError, OverflowError):
        return "", "unresolved: there is no such day in the calendar"


def _direction(match: re.Match[str]) -> int:
    """-1 where the sentence puts these words into the past, 1 for the future, 0 where it does not say, or says both.

    The words beside them count first: "said on Monday that it would close".
    """
    if _lead(match) == "since":
        return -1
    start, end = match.span()
    before, after = match.string[max(0, start - 80) : start].split()[-3:], match.string[end : end + 80].split()[:2]
    near = " ".join([*before, "", *after])
    for where in (near, match.string):
        past, future = bool(_PAST.search(where)), bool(_FUTURE.search(where))
        if past != future:
            return -1 if past else 1
    return 0


def _tense(match: re.Match[str], direction: int) -> str:
    if direction > 0:
        return "by the words for what is to come"
    return "by the word since" if _lead(match) == "since" else "by the past tense"


def _lead(match: re.Match[str]) -> str:
    return (match.groupdict().get("lead") or "").lower()


_NO_TENSE: Final = "unresolved: the sentence does not say whether that is before or after"


def _led(match: re.Match[str], value: str) -> str:
    """The time from, or up to, that day where the words say since or until."""
    lead = _lead(match)
    if lead in {"since", "from", "after"}:
        return f"{value}/.."
    return f"../{value}" if lead in {"until", "till", "by", "before"} else value


def _month(match: re.Match[str]) -> int:
    return _MONTHS[match["month"][:3].lower()]


def _full_day(match: re.Match[str], reference: date) -> Meaning:
    day = date(int(match["year"]), _month(match), int(match["day"]))
    return _led(match, day.isoformat()), "the words give the day"


def _which(match: re.Match[str]) -> str:
    """The "last", "next" or "this" before the words; "" where there is none."""
    return (match.groupdict().get("which") or "").lower()


def _iso_day(match: re.Match[str], reference: date) -> Meaning:
    return date.fromisoformat(match["iso"]).isoformat(), "the words give the day"


def _full_month(match: re.Match[str], reference: date) -> Meaning:
    return _led(match, f"{match['year']}-{_month(match):02}"), "the words give the month"


def _years(match: re.Match[str], reference: date) -> Meaning:
    if match["until"] <= match["year"]:
        return "", ""
    return f"{match['year']}/{match['until']}", "the words give both years"


def _decade(match: re.Match[str], reference: date) -> Meaning:
    first = int(match["decade"])
    return f"{first}/{first + 9}", "the ten years"


def _year(match: re.Match[str], reference: date) -> Meaning:
    return _led(match, match["year"]), "the words give the year"


def _yearless_day(match: re.Match[str], reference: date) -> Meaning:
    direction = _direction(match)
    if not direction:
        return "", f"{_NO_TENSE} {reference}, and gives no year"
    # A leap day stands in some years only; date() refuses it in the others.
    for year in range(reference.year, reference.year + 5 * direction, direction):
        try:
            day = date(year, _month(match), int(match["day"]))
        except ValueError:
            continue
        if (reference - day).days * -direction >= 0:
            side = "last such day on or before" if direction < 0 else "first such day on or after"
            return _led(match, day.isoformat()), f"the {side} {reference}, {_tense(match, direction)}"
    return "", ""


def _yearless_month(match: re.Match[str], reference: date) -> Meaning:
    which = _which(match)
    direction = _SIDES.get(which) or _direction(match)
    if not direction:
        return "", f"{_NO_TENSE} {reference}, and gives no year"
    month = _month(match)
    passed = (reference.month - month) * -direction < 0
    year = reference.year + (direction if passed else 0)
    if which and year == reference.year:
        return "", f"unresolved: that can be the one of {year}, or of the year beside it"
    side = "last such month up to" if direction < 0 else "first such month from"
    tense = "" if which else f", {_tense(match, direction)}"
    return _led(match, f"{year}-{month:02}"), f"the {side} {reference}{tense}"


def _weekday(match: re.Match[str], reference: date) -> Meaning:
    name, which = match["weekday"], _which(match)
    on = _ON[name[:3].lower()]
    if which == "this":
        day = _week(reference)[0] + relativedelta(weekday=on)
        return day.isoformat(), f"the {name} of the week of {reference}"
    direction = _SIDES.get(which) or _direction(match)
    if not direction:
        return "", f"{_NO_TENSE} {reference}"
    if which:
        far = reference + relativedelta(days=direction)
        day = far + relativedelta(weekday=on(direction))
        if _week(day) == _week(reference):
            return "", f"unresolved: that can be the {name} of the week of {reference}, or of the one beside it"
        return day.isoformat(), f"the {name} {'before' if direction < 0 else 'after'} {reference}"
    day = reference + relativedelta(weekday=on(direction))
    if day == reference:
        return day.isoformat(), f"{reference} is a {name}, {_tense(match, direction)}"
    return (
        day.isoformat(),
        f"the {name} {'before' if direction < 0 else 'after'} {reference}, {_tense(match, direction)}",
    )


def _week(day: date) -> tuple[date, date]:
    """Monday and Sunday of the week that the day is in."""
    monday = day + relativedelta(weekday=MO(-1))
    return monday, monday + relativedelta(days=6)


def _near_day(match: re.Match[str], reference: date) -> Meaning:
    word = " ".join(match["near"].lower().split())
    if word == "last night":
        return f"{reference + relativedelta(days=-1)}/{reference}", f"the night before {reference}"
    day = reference + relativedelta(days={"yesterday": -1, "tomorrow": 1}.get(word, 0))
    why = "the day before" if word == "yesterday" else "the day after" if word == "tomorrow" else "the day itself,"
    unless = ", unless it means nowadays" if word == "today" else ""
    return day.isoformat(), f"{why} {reference}{unless}"


def _unit(match: re.Match[str], reference: date) -> Meaning:
    """Last week, this month, next year; earlier this year, later this week."""
    step = {"last": -1, "this": 0, "next": 1}[match["which"].lower()]
    unit, part = match["unit"].lower(), (match["part"] or "").strip().lower()
    then = reference + relativedelta(**{f"{unit}s": step})  # type: ignore[arg-type]  # one of three names
    first, last = _bounds(unit, then)
    if part == "earlier" and step == 0:
        return f"{first}/{reference}", f"from the beginning of the {unit} to {reference}"
    if part == "later" and step == 0:
        return f"{reference}/{last}", f"from {reference} to the end of the {unit}"
    if unit == "week":
        return f"{first}/{last}", f"the week from Monday to Sunday, seen from {reference}"
    return then.isoformat()[: 7 if unit == "month" else 4], f"seen from {reference}"


def _bounds(unit: str, day: date) -> tuple[date, date]:
    if unit == "week":
        return _week(day)
    if unit == "month":
        return day.replace(day=1), day + relativedelta(day=31)
    return date(day.year, 1, 1), date(day.year, 12, 31)


def _ago(match: re.Match[str], reference: date) -> Meaning:
    count, unit = match["count"].lower(), match["ago"].lower()
    if not count.isdecimal() and count not in _NUMBERS:
        return "", f"unresolved: “{count}” is no number"
    number = int(count) if count.isdecimal() else _NUMBERS.index(count) + 1
    then = reference + relativedelta(**{f"{unit}s": -number})  # type: ignore[arg-type]  # one of four names
    why = f"counted back from {reference}"
    if unit == "week":
        first, last = _week(then)
        return f"{first}/{last}", f"{why}, the whole week"
    return then.isoformat()[: {"day": 10, "month": 7, "year": 4}[unit]], why


def _re(pattern: str) -> re.Pattern[str]:
    # Every blank in the patterns above may be a no-break one; a run of them ends soon.
    return re.compile(pattern.replace(r"\s+", r"\s{1,3}"))


# What says more stands first: of words that overlap, the first pattern that takes them has them.
_PATTERNS: Final[tuple[tuple[re.Pattern[str], Read, bool], ...]] = (
    (_re(r"\b(?P<iso>[0-9]{4}-[0-9]{2}-[0-9]{2})\b"), _iso_day, False),
    (_re(rf"\b(?:{_LEAD}\s+)?(?:the\s+)?{_DAY}\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}\b"), _full_day, False),
    (_re(rf"\b(?:{_LEAD}\s+)?{_MONTH}\s+{_DAY},?\s+{_YEAR}\b"), _full_day, False),
    (_re(rf"\b(?:{_LEAD}\s+)?{_PART}?{_MONTH},?\s+(?:of\s+)?{_YEAR}\b"), _full_month, False),
    (
        _re(rf"\b(?:from|between|From|Between)\s+{_YEAR}\s+(?:to|and|until)\s+(?P<until>(?:1[89]|20)[0-9]{{2}})\b"),
        _years,
        False,
    ),
    (_re(r"\b(?P<decade>(?:1[89]|20)[0-9]0)['’]?s\b"), _decade, False),
    (_re(rf"\b(?![Oo][fn]\s){_LEAD}\s+{_PART}?{_SEASON}?{_YEAR}\b(?![-,.][0-9]|%)"), _year, False),
    (_re(rf"\b(?:at\s+)?{_PART}{_YEAR}\b"), _year, False),
    (_re(rf"\b{_SEASON}{_YEAR}\b"), _year, False),
    (_re(rf"\b(?:[Aa]|[Tt]he)\s+{_YEAR}\b(?=\s+[a-z])"), _year, False),
    (_re(rf"\b(?:{_LEAD}\s+)?(?:the\s+)?{_DAY}\s+(?:of\s+)?{_MONTH}(?!\w)"), _yearless_day, True),
    (_re(rf"\b(?:{_LEAD}\s+)?{_MONTH}\s+{_DAY}\b(?![:.,]?[0-9])"), _yearless_day, True),
    (_re(rf"\b(?P<which>[Ll]ast|[Nn]ext)\s+{_MONTH}(?!\w)"), _yearless_month, True),
    (_re(rf"\b(?:{_LEAD}\s+)?(?:at\s+)?{_PART}{_MONTH}(?!\w)"), _yearless_month, True),
    (_re(rf"\b{_LEAD}\s+{_MONTH}(?!\w)"), _yearless_month, True),
    (_re(rf"\b(?:(?:[Oo]n\s+)?(?P<which>[Ll]ast|[Nn]ext|[Tt]his|[Pp]ast)\s+|[Oo]n\s+)?{_WEEKDAY}\b"), _weekday, True),
    (_re(r"\b(?P<near>(?i:yesterday|today|tomorrow|tonight|last\s+night))\b"), _near_day, True),
    (
        _re(r"\b(?P<part>(?i:earlier|later)\s+)?(?P<which>(?i:last|this|next))\s+(?P<unit>(?i:week|month|year))\b"),
        _unit,
        True,
    ),
    (
        _re(
            r"\b(?P<count>[0-9]{1,3}|(?i:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|"
            r"an?\s+couple\s+of|an?\s+few|several|some|many))\s+(?P<ago>(?i:day|week|month|year))s?\s+ago\b"
        ),
        _ago,
        True,
    ),
)
