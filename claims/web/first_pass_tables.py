"""The tables and the drawing of the page on the first pass, in the words that it shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode
from uuid import UUID

from claims.models import Outlet
from claims.review.proposal_figures import FEWEST, Counted, Tally
from claims.web.agreement_tables import FEWEST_MONTHS, MONTHS, Drawing, Mark

# Outlets that the page lists: those with the most decisions.
OUTLETS: Final = 30
SCALE: Final = (1.0, 0.5, 0.0)
UNKNOWN_OUTLET: Final = "no outlet known"


@dataclass(frozen=True)
class Line:
    """One row of figures; `address` is what the page is asked for this row alone, "" where it cannot be asked."""

    name: str
    tally: Tally
    address: str = ""
    rule: str = ""

    @property
    def share(self) -> str:
        """The precision in percent."""
        return "" if self.tally.share is None else f"{100 * self.tally.share:.0f} %"

    @property
    def interval(self) -> str:
        """Its interval in percent."""
        found = self.tally.interval
        return f"{100 * found[0]:.0f} to {100 * found[1]:.0f} %" if found else ""


@dataclass(frozen=True)
class Figures:
    """All that the page shows of the decisions asked for."""

    whole: Line
    rules: list[Line]
    outlets: list[Line]
    more_outlets: int
    months: list[Line]
    more_months: int
    drawing: Drawing | None
    fewest: int = FEWEST


def figures_of(counted: Counted, rule: str, outlet: Outlet | None) -> Figures:
    """Put the counts into words; one query, for the names of outlets. `rule` and `outlet` are what was asked for."""
    outlets, months = counted.by_outlet, counted.by_month
    names = dict(Outlet.objects.filter(pk__in=[key for key, _ in outlets[:OUTLETS] if key]).values_list("pk", "host"))
    return Figures(
        whole=Line("All of them", counted.whole, rule=rule),
        rules=[
            Line(rule_name(one), tally, _address(one, outlet.pk if outlet else None), one)
            for one, tally in counted.by_rule
        ],
        outlets=[
            Line(names[key] if key else UNKNOWN_OUTLET, tally, _address(rule, key) if key else "")
            for key, tally in outlets[:OUTLETS]
        ],
        more_outlets=max(0, len(outlets) - OUTLETS),
        months=[Line(month, tally) for month, tally in months[-MONTHS:]],
        more_months=max(0, len(months) - MONTHS),
        drawing=_drawing(months[-MONTHS:]),
    )


def rule_name(rule: str) -> str:
    """A rule's name as people read it."""
    return rule.replace("_", " ").replace("-", " ")


def _address(rule: str, outlet: UUID | None) -> str:
    return urlencode({name: value for name, value in (("rule", rule), ("outlet", outlet)) if value})


def _drawing(months: Sequence[tuple[str, Tally]]) -> Drawing | None:
    """The precision by month; None where fewer than two have decisions, because there is nothing to compare."""
    if len(months) < FEWEST_MONTHS:
        return None
    step = (Drawing.WIDTH - Drawing.LEFT) / len(months)
    marks = []
    for number, (month, tally) in enumerate(months):
        low, high = tally.interval or (0.0, 0.0)
        x = round(Drawing.LEFT + (number + 0.5) * step, 1)
        marks.append(Mark(month, x, _height(tally.share or 0.0), _height(high), _height(low)))
    return Drawing(marks, [(f"{value:.1f}", _height(value)) for value in SCALE])


def _height(share: float) -> float:
    return round(Drawing.BOTTOM - share * (Drawing.BOTTOM - Drawing.TOP), 1)
