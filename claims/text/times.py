"""When things were: whether evidence is later than a claim, and what a claim's own words say of when it happened.

Suggestions are never applied by themselves, and relative words are resolved against the day that the article states for
itself and nothing else: not against the date of a page that republished it.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from claims.text import edtf
from claims.text.time_words import MOST_WORDS, found_in

NO_DAY: Final = "the article states no publication date"


@dataclass(frozen=True)
class TimeSuggestion:
    """Words of a claim that say when, and the time that they may mean; `value` is "" where that is not known.

    `start` and `end` are code points of the claim's words. `against` is the day that relative words were counted from,
    and `against_note` where that day comes from; both are "" for words that need none. `why` says how, in words.
    """

    words: str
    start: int
    end: int
    value: str
    against: str
    against_note: str
    why: str


@dataclass(frozen=True)
class Reference:
    """The day that relative words are counted from; the note says where it comes from, or why there is none."""

    day: date | None
    note: str


def reference_of(published: str, basis_name: str) -> Reference:
    """The day on which the article says that it was published; `published` is "" where that is not stated."""
    if not published:
        return Reference(None, NO_DAY)
    stated = stated_time(published)
    if stated is None or stated.kind != "day" or stated.uncertain:
        return Reference(None, f"the article's publication date is not known to the day: {published}")
    return Reference(stated.earliest, f"the article's publication date ({basis_name})")


def stated_time(published: str) -> edtf.Time | None:
    """A publication date as a time, the hour left out; None where it is not written as one."""
    try:
        return edtf.parse(published[:10] if published[10:11] in {"T", " "} else published)
    except ValueError:
        return None


def later_than(dated: str, as_of: str, published: str) -> str:
    """Why evidence of this date is later than a claim, in words; "" where it is not, or where that is not sure.

    It is compared with the time as of which the claim was said to hold, and where that gives no days with the article's
    stated publication date. Whatever is unknown, uncertain or overlaps flags nothing.
    """
    evidence = _days(dated)
    for against, what in ((as_of, "the claim's as-of"), (published, "the article's stated publication date")):
        known = _days(against)
        if known is None:
            continue
        if evidence is None or evidence.uncertain or known.uncertain:
            return ""
        if evidence.earliest and known.latest and evidence.earliest > known.latest:
            return f"dated {evidence.value}, later than {what} {known.value}"
        return ""
    return ""


def _days(value: str) -> edtf.Time | None:
    """The time, where it spans days; None for what is unknown, timeless, not stated or not written as a time."""
    time = stated_time(value)
    return time if time and time.kind in edtf.SPANNING_DAYS else None


def suggest_times(exact: str, reference: date | None, reference_note: str) -> list[TimeSuggestion]:
    """What the words of a claim say of when, in the order of the text; at most MOST_WORDS of them.

    `reference` is the day that the article states for its publication, and None leaves relative words unresolved;
    `reference_note` says where it comes from, or why there is none.
    """
    suggested = []
    for found in found_in(exact, reference)[:MOST_WORDS]:
        against = reference.isoformat() if reference and found.is_relative else ""
        why = found.why if reference or not found.is_relative else f"unresolved: {reference_note or NO_DAY}"
        suggested.append(
            TimeSuggestion(
                words=exact[found.start : found.end],
                start=found.start,
                end=found.end,
                value=found.value if reference or not found.is_relative else "",
                against=against,
                against_note=reference_note if against else "",
                why=why,
            )
        )
    return suggested


def outdated_since(valid_until: str, today: date) -> date | None:
    """The first day on which a verdict with this end no longer holds, where that day has come; None where it has not.

    A verdict whose end is not stated, or has a mark that says that it is not sure, does not run out.
    """
    end = _days(valid_until)
    if end is None or end.uncertain or end.latest is None or end.latest >= today:
        return None
    return edtf.day_after(end.latest)
