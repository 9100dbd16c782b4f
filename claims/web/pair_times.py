"""The times of two claims as one form shows and sends them: up to four, stored together or not at all."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.http import QueryDict

from claims.coverage.hold_linked import hold_linked
from claims.models import User
from claims.particulars import TIMELESS, TimeKind
from claims.refusals import Conflict, Gone, Invalid, Refusal
from claims.vocabulary import Basis
from claims.web.claim_side import Side
from claims.web.sent_form import sent
from claims.web.times import TimeForm as OneTime
from claims.web.times import date_as_sent
from claims.web.times_form import FIELDS, TimeForm, times_context

# The form holds these once for each of its times, in one order.
NAMES: Final = ("dated", "which", "version", "key", "shown", *FIELDS)
MOST: Final = 2 * len(TimeKind)
_ANY_TIME: Final = {"value": TIMELESS, "words": "", "against": "", "against_note": "", "basis": Basis.INFERRED.value}

Typed = dict[str, str]


@dataclass(frozen=True)
class SentTimes:
    """What was sent and refused: each time as it was typed, and the place of the one that `refusal` is about."""

    typed: Sequence[Typed]
    at: int
    refusal: Refusal


@dataclass(frozen=True)
class Entry:
    """One time in the form; `error` says why it was refused, `now` what is stored where that has changed since."""

    form: TimeForm
    shown: str
    error: str = ""
    now: str = ""


class TimesRefused(Exception):
    """Nothing was stored, because of one of the times."""

    def __init__(self, sent_times: SentTimes) -> None:
        """Keep what was sent, for the page that brings it back."""
        super().__init__(str(sent_times.refusal))
        self.sent = sent_times


def typed_times(sent_form: QueryDict) -> list[Typed]:
    """The times that a form holds, as they were typed; what is missing of one is empty. At most MOST are read."""
    lists = {name: sent_form.getlist(name) for name in NAMES}
    longest = min(max(map(len, lists.values())), MOST)
    return [{name: (given[at : at + 1] or [""])[0] for name, given in lists.items()} for at in range(longest)]


def store_times(by: User, pair: tuple[UUID, UUID], typed: Sequence[Typed], *, at_any_time: bool) -> int:
    """Store those that were changed since they were shown, all or none; return how many.

    `at_any_time` marks both claims as holding at any time, whatever was typed as their event's. Raises TimesRefused.
    """
    at = 0
    try:
        with transaction.atomic():
            if not typed:
                raise Invalid("Say which of the two claims the time is about: use the form below them.")
            # In one order of locks, whichever of the two is dated first.
            hold_linked(pair)
            changed = 0
            for at, one in enumerate(typed):  # noqa: B007  # read where one is refused
                given = one | _ANY_TIME if at_any_time and one["which"] == TimeKind.EVENT else one
                if digest(given) != one["shown"]:
                    date_as_sent(by, _one_of(one["dated"], pair), sent(OneTime(given)))
                    changed += 1
    except Refusal as refusal:
        raise TimesRefused(SentTimes(typed, at, refusal)) from refusal
    return changed


def digest(fields: Mapping[str, str]) -> str:
    """What tells whether a time in the form is as it was shown."""
    held = "\n".join(" ".join(fields[name].split()) for name in FIELDS)
    return hashlib.sha256(held.encode("utf-8", "replace")).hexdigest()[:16]


def _one_of(typed: str, pair: tuple[UUID, UUID]) -> UUID:
    """The claim that a time is about. Raises Invalid for no key, Gone for any other claim's."""
    try:
        key = UUID(typed)
    except ValueError as wrong:
        raise Invalid("Say which of the two claims the time is about: use the form below them.") from wrong
    if key not in pair:
        raise Gone("This claim is neither of the two here. Load the page of the two again.")
    return key


def times_of_side(side: Side, viewer: User, take: str, refused: SentTimes | None) -> dict[str, Any]:
    """The times of one of the two for the form; `take` fills one in from the words of the claim. One query."""
    shown = times_context(side.claim, viewer, {"take": take})
    return shown | {"side": side, "entries": [_entry(form, side, refused) for form in shown["forms"]]}


def _entry(form: TimeForm, side: Side, refused: SentTimes | None) -> Entry:
    stored = {name: getattr(form.stored, name) if form.stored else "" for name in FIELDS}
    shown = digest(stored)
    for at, one in enumerate(refused.typed if refused else ()):
        if (one["dated"], one["which"]) == (str(side.claim.pk), form.kind):
            fields = {name: one[name] for name in FIELDS}
            form = replace(form, fields=fields, is_typed=digest(fields) != shown, is_filled=False)
            if refused and at == refused.at:
                error, is_old = str(refused.refusal), isinstance(refused.refusal, Conflict)
                now = (form.says or "nothing: it was taken back") if is_old and form.stored else ""
                return Entry(form, shown, error, now)
    return Entry(form, shown)


def strays(refused: SentTimes | None, sides: Sequence[Side]) -> list[str]:
    """What was typed for a time that the form has no place for, so that it is not lost."""
    keys = {str(side.claim.pk) for side in sides}
    lost = [
        one
        for one in (refused.typed if refused else ())
        if one["dated"] not in keys or one["which"] not in set(TimeKind)
    ]
    return [" · ".join(filter(None, (one[name] for name in FIELDS))) for one in lost]
