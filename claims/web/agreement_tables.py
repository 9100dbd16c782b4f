"""The tables and the drawing of the agreement page, in the words that it shows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.http import QueryDict

from claims.models import Article, User
from claims.review.agreement import FEWEST_UNITS, RESAMPLES, Agreement, Figure
from claims.review.agreement_units import (
    ORDER,
    Groups,
    Unit,
    agreement_in,
    by_article,
    by_label,
    by_month,
    by_pair,
    confusion,
)
from claims.vocabulary import LABEL_BY_VALUE, LabelDefinition

# Groups that a page shows: the largest pairs and articles, the last months.
PAIRS: Final = 30
ARTICLES: Final = 20
MONTHS: Final = 24
# Where the drawing can end below: agreement can be less than what chance gives.
SCALE: Final = (0.0, -0.5, -1.0)
# Fewer are no course of time.
FEWEST_MONTHS: Final = 2


@dataclass(frozen=True)
class Cell:
    """A figure in digits, its interval, and why either is missing."""

    value: str
    interval: str
    why: str


@dataclass(frozen=True)
class Line:
    """One row of figures; `address` is what the page is asked for this row alone, "" where it cannot be asked."""

    name: str
    address: str
    units: str
    ratings: str
    is_few: bool
    percent: Cell
    cohen: Cell
    fleiss: Cell
    alpha: Cell


@dataclass(frozen=True)
class Mark:
    """One month of the drawing: where its figure stands, and between where its interval lies; all in units of it."""

    name: str
    x: float
    y: float
    top: float
    bottom: float


@dataclass(frozen=True)
class Drawing:
    """Alpha by month: marks from left to right, the lines of the scale, and the size of it all."""

    WIDTH = 720
    HEIGHT = 220
    LEFT = 44
    TOP = 12
    BOTTOM = 190

    marks: list[Mark]
    scale: list[tuple[str, float]]

    @property
    def view(self) -> str:
        """The drawing's own coordinates."""
        return f"0 0 {self.WIDTH} {self.HEIGHT}"


@dataclass(frozen=True)
class Confusion:
    """How often labels met: for each label of a row the count and the query of the claims behind each cell."""

    rows_of: str
    columns_of: str
    labels: list[LabelDefinition]
    rows: list[tuple[LabelDefinition, list[tuple[LabelDefinition, int, str]]]]


@dataclass(frozen=True)
class Figures:
    """All that the page shows of the claims asked for."""

    whole: Line
    labels: list[tuple[LabelDefinition, int, Line]]
    confusion: Confusion
    pairs: list[Line]
    more_pairs: int
    months: list[Line]
    more_months: int
    drawing: Drawing | None
    articles: list[Line]
    more_articles: int
    fewest: int = FEWEST_UNITS
    resamples: int = RESAMPLES


def figures_of(units: Sequence[Unit], people: Mapping[str, int], query: QueryDict) -> Figures:
    """Work out every table for these units; two queries, for the names of people and articles.

    `people` are the two reviewers who are asked for, by name, or nobody; `query` is what the page was asked.
    """
    pairs, months, articles = by_pair(units, PAIRS), by_month(units, MONTHS), by_article(units, ARTICLES)
    names = names_of(units)
    titles = dict(Article.objects.filter(pk__in=[key for key, _ in articles.shown]).values_list("pk", "status__title"))
    return Figures(
        whole=line_of("All of them", agreement_in(units)),
        labels=[
            (LABEL_BY_VALUE[label], given, line_of(LABEL_BY_VALUE[label].name, found))
            for label, given, found in by_label(units)
        ],
        confusion=_confusion(units, people, query),
        pairs=[
            line_of(f"{names[one]} and {names[other]}", found, narrowed(query, reviewer=names[one], other=names[other]))
            for (one, other), found in pairs.shown
        ],
        more_pairs=pairs.more,
        months=[line_of(month, found) for month, found in months.shown],
        more_months=months.more,
        drawing=_drawing(months),
        articles=[line_of(titles[key], found, narrowed(query, article=key)) for key, found in articles.shown],
        more_articles=articles.more,
    )


def names_of(units: Iterable[Unit]) -> dict[int, str]:
    """The account names of everybody who labelled one of these units."""
    numbers = {reviewer for unit in units for reviewer, _ in unit.ratings}
    return dict(User.objects.filter(pk__in=numbers).values_list("pk", "username"))


def line_of(name: str, found: Agreement, address: str = "") -> Line:
    """A row of figures in digits; `address` is the query of the page for this row alone."""
    return Line(
        name=name,
        address=address,
        units=f"{found.units:,}",
        ratings=f"{found.ratings:,}",
        is_few=found.is_few,
        percent=_cell(found.percent, 100, 1),
        cohen=_cell(found.cohen),
        fleiss=_cell(found.fleiss),
        alpha=_cell(found.alpha),
    )


def _cell(figure: Figure, times: int = 1, decimals: int = 3) -> Cell:
    def digits(value: float) -> str:
        # A figure that rounding leaves a little below zero is shown as zero, without a sign.
        return f"{round(times * value, decimals) + 0.0:.{decimals}f}".replace("-", "−")

    if figure.value is None:
        return Cell("", "", figure.why)
    if figure.low is None or figure.high is None:
        return Cell(digits(figure.value), "", figure.why)
    return Cell(digits(figure.value), f"{digits(figure.low)} to {digits(figure.high)}", "")


def _confusion(units: Sequence[Unit], people: Mapping[str, int], query: QueryDict) -> Confusion:
    table = confusion(units, list(people.values()))
    labels = [LABEL_BY_VALUE[label] for label in ORDER]
    rows_of, columns_of = list(people) or ("one", "another")
    rows = [
        (
            row,
            [
                (column, count, narrowed(query, row=row.label, column=column.label))
                for column, count in zip(labels, counts, strict=True)
            ],
        )
        for row, counts in zip(labels, table, strict=True)
    ]
    return Confusion(rows_of, columns_of, labels, rows)


def _drawing(months: Groups[str]) -> Drawing | None:
    """The months that have an alpha; None where fewer than two do, because there is nothing to compare."""
    drawn = [(month, found.alpha, found.alpha.value) for month, found in months.shown if found.alpha.value is not None]
    if len(drawn) < FEWEST_MONTHS:
        return None
    lowest = min(value if alpha.low is None else alpha.low for _, alpha, value in drawn)
    floor = next(line for line in SCALE if line <= max(lowest, SCALE[-1]))

    def height(value: float) -> float:
        share = (value - floor) / (1 - floor)
        return round(Drawing.BOTTOM - share * (Drawing.BOTTOM - Drawing.TOP), 1)

    step = (Drawing.WIDTH - Drawing.LEFT) / len(drawn)
    marks = []
    for number, (month, alpha, value) in enumerate(drawn):
        low, high = (value, value) if alpha.low is None or alpha.high is None else (alpha.low, alpha.high)
        x = round(Drawing.LEFT + (number + 0.5) * step, 1)
        marks.append(Mark(month, x, height(value), height(high), height(low)))
    scale = [(f"{value:.1f}".replace("-", "−"), height(value)) for value in (1.0, 0.5, *SCALE) if value >= floor]
    return Drawing(marks, scale)


def narrowed(query: QueryDict, **asked: object) -> str:
    """The query with these parts put in, or put in place of what it had."""
    full = query.copy()
    for name, value in asked.items():
        full[name] = str(value)
    return full.urlencode()
