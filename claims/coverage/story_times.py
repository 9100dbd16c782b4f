"""When the claims of a story hold: the one reading of it, for its timeline."""

from collections.abc import Iterable
from datetime import date
from operator import attrgetter
from typing import Final, NamedTuple
from uuid import UUID

from claims.coverage.text_keys import Days, Keys, as_text
from claims.models import ClaimTime, Story
from claims.particulars import TIMELESS, TimeKind
from claims.vocabulary import SETTLED

# More times than these of one story are not drawn; the page says so.
MOST_TIMES: Final = 10_000


class Dated(NamedTuple):
    """A claim with its time, as somebody of the desk set it: when it happened, else as of when it was said to hold.

    `begin` and `end` are the first and last day that are known of it, None where it is timeless or known not to be
    known. `label` is the settled one, "" before.
    """

    claim: UUID
    article: UUID
    kind: str
    value: str
    begin: date | None
    end: date | None
    label: str = ""

    @property
    def is_timeless(self) -> bool:
        """Whether it holds at any time."""
        return self.value == TIMELESS

    @property
    def is_resolved(self) -> bool:
        """Whether it spans days."""
        return self.begin is not None


def dated_claims(story: Story) -> list[Dated]:
    """The claims in work of the story that have a time, oldest first; then those without days. One query.

    At most MOST_TIMES times are read. Times are the desk's and not blind; labels are given only where settled.
    """
    rows = (
        ClaimTime.objects.filter(
            claim__article__status__story=story,
            claim__article__status__withdrawn_at__isnull=True,
            claim__status__set_aside="",
        )
        .exclude(value="")
        .order_by("earliest", "claim", "kind")
        .values_list(
            *map(as_text, ("claim", "claim__article")),
            *("kind", "value"),
            *map(as_text, ("earliest", "latest")),
            *("claim__status__state", "claim__status__settled_label"),
        )[:MOST_TIMES]
    )
    keys, days = Keys(), Days()
    found = compared(
        Dated(
            keys[claim],
            keys[article],
            kind,
            value,
            days[first or last] if first or last else None,
            days[last or first] if first or last else None,
            label if state in SETTLED else "",
        )
        for claim, article, kind, value, first, last, state, label in rows
    )
    # Those of a day stay in the order of their claims, as they were read.
    resolved = sorted((one for one in found if one.begin), key=attrgetter("begin"))
    return resolved + [one for one in found if not one.begin]


def compared(times: Iterable[Dated]) -> list[Dated]:
    """One time for each claim, the one that it is compared by: as claims.coverage.claim_times has it."""
    found: dict[int, Dated] = {}
    for time in times:
        key = time.claim.int
        other = found.get(key)
        if other is None or _weight(time) > _weight(other):
            found[key] = time
    return list(found.values())


def _weight(time: Dated) -> tuple[bool, bool, bool]:
    return time.is_timeless, time.is_resolved, time.kind == TimeKind.EVENT
