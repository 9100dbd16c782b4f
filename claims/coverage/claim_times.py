"""When claims hold, as the desk knows it, and what that lets two of them say to each other."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from claims.models import ClaimTime
from claims.particulars import TIMELESS, UNKNOWN_TIME, TimeKind
from claims.text.edtf import Time, overlap, parse, words

UNKNOWN: Final = parse(UNKNOWN_TIME)


@dataclass(frozen=True)
class ClaimTimes:
    """A claim's two times; None where nobody gave one."""

    event: Time | None = None
    as_of: Time | None = None

    @property
    def compared(self) -> Time:
        """The time that the claim is compared by.

        Timeless where either of the two says so, else when it happened, else as of when it was said to hold.
        """
        given = [time for time in (self.event, self.as_of) if time]
        timeless = [time for time in given if time.kind == TIMELESS]
        known = timeless or [time for time in given if time.kind != UNKNOWN_TIME]
        return known[0] if known else UNKNOWN


@dataclass(frozen=True)
class TimeRule:
    """What the times of two claims, `a` and `b`, allow.

    `overlap` is None where it is not known; `sentence` says why neither agreement nor contradiction can be confirmed,
    and is empty where it can; `newer` is the side that is wholly later, "" where neither is.
    """

    overlap: bool | None
    sentence: str
    newer: str


def times_of(claims: Iterable[UUID]) -> dict[UUID, ClaimTimes]:
    """The times of these claims, one entry for each of them. One query."""
    keys = list(claims)
    given: dict[UUID, dict[str, Time]] = {key: {} for key in keys}
    for claim, kind, value in ClaimTime.objects.filter(claim__in=keys).values_list("claim", "kind", "value"):
        if time := _readable(value):
            given[claim][kind] = time
    return {key: ClaimTimes(times.get(TimeKind.EVENT), times.get(TimeKind.AS_OF)) for key, times in given.items()}


def _readable(value: str) -> Time | None:
    try:
        return parse(value)
    except ValueError:  # "" is a time that was taken back
        return None


def time_rule(a: ClaimTimes, b: ClaimTimes) -> TimeRule:
    """Whether the two may be found to agree or to contradict: only about one time."""
    ours, theirs = a.compared, b.compared
    shared = overlap(ours, theirs)
    if shared:
        return TimeRule(True, "", "")
    if shared is False:
        later = "a" if ours.earliest and theirs.latest and ours.earliest > theirs.latest else "b"
        return TimeRule(False, _apart(ours, theirs), later)
    return TimeRule(None, _not_known(ours, theirs), "")


def _apart(ours: Time, theirs: Time) -> str:
    return (
        f"Their times do not overlap ({words(ours.value)}; {words(theirs.value)}), so they neither agree nor "
        "contradict: each may have been right when it was written. If the state can change, the newer one updates the "
        "older one."
    )


def _not_known(ours: Time, theirs: Time) -> str:
    unknown = [name for name, time in (("first", ours), ("second", theirs)) if time.kind == UNKNOWN_TIME]
    if not unknown:
        why = f"one of their times is not sure ({words(ours.value)}; {words(theirs.value)})"
    elif len(unknown) == 1:
        why = f"the time of the {unknown[0]} is not known"
    else:
        why = "the times of both are not known"
    return (
        f"It stays proposed, because {why}: nobody can tell whether they speak of one time. Set the times, or mark "
        "the claims as timeless where they hold at any time."
    )
