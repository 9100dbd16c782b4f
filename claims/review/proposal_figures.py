"""How the first pass does, by the desk's own decisions: figures for each rule, outlet and month."""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from math import sqrt
from typing import Final
from uuid import UUID

from django.db.models import CharField
from django.db.models.functions import Cast
from django.utils import timezone

from claims.models import ProposalOutcome, User
from claims.models.proposal_outcome import ProposalOutcomeQuerySet

# A page counts so many decisions, the newest; the file has all.
MOST_COUNTED: Final = 20_000
# Where that leaves any out, so many of each of the last months, so that the course of time is told all the same.
MOST_OF_MONTH: Final = 2_000
MONTHS_SAMPLED: Final = 12
# Below this one decision more can move the share by more than three points in a hundred.
FEWEST: Final = 30
# The 97.5 % quantile of the normal distribution: intervals of 95 %.
_Z: Final = 1.959964
# (rule, outlet's key or "", month as in "2024-04")
Kind = tuple[str, str, str]


@dataclass(frozen=True)
class Tally:
    """How many proposals were accepted, and how many overruled."""

    accepted: int = 0
    overruled: int = 0

    @property
    def decided(self) -> int:
        """Both."""
        return self.accepted + self.overruled

    @property
    def share(self) -> float | None:
        """Which part of the decided were accepted, 0 to 1; None where nothing is decided."""
        return self.accepted / self.decided if self.decided else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Between what the share lies with 95 % confidence; None where nothing is decided. See `wilson`."""
        return wilson(self.accepted, self.decided) if self.decided else None

    @property
    def is_few(self) -> bool:
        """Whether too little is decided to rely on the share."""
        return self.decided < FEWEST

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.accepted + other.accepted, self.overruled + other.overruled)


@dataclass(frozen=True)
class Counted:
    """The decisions asked for, counted by rule, outlet and month; whether older ones were left out.

    Where they were, `months` counts a part of each of the last months, the oldest first.
    """

    tallies: dict[Kind, Tally]
    is_cut: bool
    months: tuple[tuple[str, Tally], ...] = ()

    @property
    def whole(self) -> Tally:
        """All of them."""
        return sum(self.tallies.values(), Tally())

    @property
    def by_rule(self) -> list[tuple[str, Tally]]:
        """Each rule, those with the most decisions first."""
        return self._by(0)

    @property
    def by_outlet(self) -> list[tuple[UUID | None, Tally]]:
        """Each outlet, by its key, None for texts of no known one; those with the most decisions first."""
        return [(UUID(key) if key else None, tally) for key, tally in self._by(1)]

    @property
    def by_month(self) -> list[tuple[str, Tally]]:
        """Each month, the oldest first."""
        return list(self.months) if self.is_cut else sorted(self._by(2))

    def _by(self, place: int) -> list[tuple[str, Tally]]:
        sums: dict[str, Tally] = {}
        for kind, tally in self.tallies.items():
            sums[kind[place]] = sums.get(kind[place], Tally()) + tally
        return sorted(sums.items(), key=lambda found: (-found[1].decided, found[0]))


def wilson(hits: int, tries: int) -> tuple[float, float]:
    """The 95 % score interval of a share, 0 to 1 (Wilson, J. Am. Stat. Assoc. 22, 1927, 209-212). `tries` is above 0.

    Unlike the usual formula it stays within 0 and 1, and says something where all or none hit.
    """
    share, square = hits / tries, _Z * _Z
    middle = share + square / (2 * tries)
    reach = _Z * sqrt(share * (1 - share) / tries + square / (4 * tries * tries))
    low, high = (middle - reach) / (1 + square / tries), (middle + reach) / (1 + square / tries)
    # What is exact on paper is not always so in binary.
    return (0.0 if hits == 0 else low), (1.0 if hits == tries else high)


def outcomes_of(viewer: User, rule: str = "", outlet: UUID | None = None) -> ProposalOutcomeQuerySet:
    """What the viewer may see of decided proposals, of one rule or outlet or of all, the newest decisions first.

    What the worked example labelled is no decision of the desk. At most two queries, to leave it out.
    """
    found = ProposalOutcome.objects.visible_to(viewer).without_example()
    if rule:
        found = found.filter(rule=rule)
    if outlet:
        found = found.filter(outlet=outlet)
    return found.newest_first()


def overruled_of(viewer: User, rule: str = "", outlet: UUID | None = None) -> ProposalOutcomeQuerySet:
    """Of those the overruled ones, with their claims; those of withdrawn articles have no words to show."""
    found = outcomes_of(viewer, rule, outlet).filter(accepted=False, claim__article__status__withdrawn_at__isnull=True)
    return found.select_related("claim__article__status", "claim__status", "claim__proposal")


def count(outcomes: ProposalOutcomeQuerySet) -> Counted:
    """Count these outcomes, the MOST_COUNTED newest of them. One query, which reads one index; more where it is cut."""
    # Making objects of fifty thousand keys and times takes longer than all the rest.
    rows = outcomes.values_list("rule", _as_text("outlet_id"), _as_text("decided_at"), "accepted")
    read = list(rows[: MOST_COUNTED + 1])
    found: Counter[Hashable] = Counter(
        (rule, outlet or "", moment[:7], bool(accepted)) for rule, outlet, moment, accepted in read[:MOST_COUNTED]
    )
    kinds: Iterable[Kind] = dict.fromkeys(kind[:3] for kind in found)  # type: ignore[index]  # tuples of four
    tallies = {kind: Tally(found[(*kind, True)], found[(*kind, False)]) for kind in kinds}
    is_cut = len(read) > MOST_COUNTED
    return Counted(tallies, is_cut, tuple(_months(outcomes)) if is_cut else ())


def _months(outcomes: ProposalOutcomeQuerySet) -> Iterator[tuple[str, Tally]]:
    """The MOST_OF_MONTH newest decisions of each of the last months that have any, the oldest month first."""
    now = timezone.now().astimezone(UTC)
    # One month more than are sampled: where the last one ends.
    numbers = range(12 * now.year + now.month - MONTHS_SAMPLED, 12 * now.year + now.month + 1)
    begins = [datetime(number // 12, number % 12 + 1, 1, tzinfo=UTC) for number in numbers]
    for begin, end in pairwise(begins):
        of_month = outcomes.filter(decided_at__gte=begin, decided_at__lt=end)
        found = Counter(of_month.values_list("accepted", flat=True)[:MOST_OF_MONTH])
        if found:
            yield f"{begin:%Y-%m}", Tally(found[True], found[False])


def _as_text(field: str) -> Cast:
    return Cast(field, CharField())
