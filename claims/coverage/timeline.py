"""The drawing of a story's times in three lanes: when it happened, when it was reported, and what has no date.

Marks that fall close together become one with a number, so that it stays legible with thousands of them; the page's
table has the dates. Numbers and words only: the page draws them. Nothing here is read from the database.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeVar
from uuid import UUID

from claims.coverage.drawing import curve, fitted, text_width
from claims.coverage.story_articles import Telling
from claims.coverage.story_times import Dated
from claims.text.edtf import words
from claims.vocabulary import LABEL_BY_VALUE, Label

Item = TypeVar("Item")

WIDTH: Final = 1120
LEFT, RIGHT = 118, 1090
HAPPENED, REPORTED, YEARS, UNDATED, HEIGHT = 78, 146, 212, 246, 272
_TIERS: Final = (54, 36, 18)
_BELOW: Final = (170, 186)
_BIN: Final = 26
_RADIUS: Final = 8
_MOST_THREADS: Final = 80
_MOST_BARS: Final = 120
_MOST_TICKS: Final = 9
_STEPS: Final = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1_200, 6_000)
_MOST_UNDATED: Final = 30
_LABEL: Final = 230
_GAP: Final = 6
_MOST_NAMED: Final = 5
# Where so small a share of the days, the oldest, lies behind a gap of more than this share of the whole, they stand
# together at the left edge: one war of the last century does not press this year into a corner.
_FEW, _FAR = 0.34, 0.6


@dataclass(frozen=True)
class Mark:
    """One mark: `count` claims or articles, whose settled letter is `letter` ("" where they differ or none is settled).

    `key` is the claim or article of a mark for one, None for several; `title` names all in full, at most a few; `kind`
    is "claim" or "told", an article.
    """

    x: float
    y: float
    count: int
    letter: str
    key: UUID | None
    title: str
    kind: str = "claim"

    @property
    def radius(self) -> float:
        """The more it stands for, the larger, within bounds."""
        return min(_BIN / 2 - 0.5, _RADIUS + (self.count > 1) * 2 * len(str(self.count)))


@dataclass(frozen=True)
class Words:
    """Words of the drawing, already short enough for their place."""

    x: float
    y: float
    text: str
    anchor: str = "middle"


@dataclass(frozen=True)
class Bar:
    """A stretch of time that is longer than a mark."""

    x: float
    to_x: float
    y: float
    letter: str


@dataclass(frozen=True)
class Timeline:
    """Everything that is drawn. `earlier` is the year before which what stands at the left edge happened, "" for none.

    `undated_claims` and `undated_articles` are those in the lane without dates, also those beyond what is drawn.
    """

    happened: tuple[Mark, ...]
    reported: tuple[Mark, ...]
    undated: tuple[Mark, ...]
    bars: tuple[Bar, ...]
    threads: tuple[str, ...]
    words: tuple[Words, ...]
    ticks: tuple[Words, ...]
    earlier: str
    undated_claims: int
    undated_articles: int
    timeless: int

    width, left, right, height = WIDTH, LEFT, RIGHT, HEIGHT
    happened_y, reported_y, years_y, undated_y = HAPPENED, REPORTED, YEARS, UNDATED

    @property
    def marks(self) -> tuple[Mark, ...]:
        """All marks of the three lanes."""
        return (*self.happened, *self.reported, *self.undated)


class Scale:
    """Days on the line: from a first to a last one, what is long before the first at the left edge."""

    def __init__(self, days: Iterable[date]) -> None:
        """A scale that has room for these days."""
        ordered = sorted(days)
        cut = _cut(ordered)
        self.earlier = str(ordered[cut].year) if cut else ""
        kept = ordered[cut:]
        self.first, self.last = (kept[0].toordinal(), kept[-1].toordinal()) if kept else (0, 0)
        room = max(15, (self.last - self.first) // 40)
        self.first, self.last = self.first - room, self.last + room
        self.left = LEFT + (40 if cut else 0)
        # Thousands of claims fall on hundreds of days.
        self.known: dict[date, float] = {}

    def x(self, day: date) -> float:
        """Where a day stands."""
        x = self.known.get(day)
        if x is None:
            x = self.known[day] = self._x(day.toordinal())
        return x

    def _x(self, day: int) -> float:
        if self.earlier and day < self.first:
            return LEFT + 8
        share = (day - self.first) / (self.last - self.first)
        return round(self.left + min(1, max(0, share)) * (RIGHT - self.left), 1)

    def ticks(self) -> list[Words]:
        """Years, or months where the whole is short."""
        first, last = (date.fromordinal(max(1, min(day, date.max.toordinal()))) for day in (self.first, self.last))
        begin, end = first.year * 12 + first.month, last.year * 12 + last.month - 1
        step = next((step for step in _STEPS if (end - begin) // step < _MOST_TICKS), _STEPS[-1])
        months = range(-(-begin // step) * step, end + 1, step)
        return [Words(self.x(at), YEARS, _month(at, step)) for at in (date(m // 12, m % 12 + 1, 1) for m in months)]


def _month(day: date, step: int) -> str:
    return str(day.year) if step >= 12 else f"{day:%b} {day.year}"


def _cut(ordered: Sequence[date]) -> int:
    """How many of the oldest days stand apart at the edge."""
    for at in range(int(len(ordered) * _FEW), 0, -1):
        rest, gap = (ordered[-1] - ordered[at]).days, (ordered[at] - ordered[at - 1]).days
        if gap > _FAR * max(1, rest + gap) and gap > 730:
            return at
    return 0


def timeline_of(dated: Sequence[Dated], tellings: Mapping[UUID, Telling], said: Mapping[UUID, str]) -> Timeline:
    """The drawing of these claims' times and these articles' dates; `said` has the words of claims that get a label."""
    happened = [
        (begin, end, claim)
        for claim in dated
        if (begin := claim.begin) and (end := claim.end) and claim.article in tellings
    ]
    open_claims = [claim for claim in dated if not claim.is_resolved and not claim.is_timeless]
    published = [(telling.day, telling) for telling in tellings.values() if telling.day]
    silent = [telling for telling in tellings.values() if not telling.day]
    scale = Scale({day for begin, end, _ in happened for day in (begin, end)} | {day for day, _ in published})
    above = _binned(((scale.x(begin) + scale.x(end)) / 2, claim) for begin, end, claim in happened)
    below = _binned((scale.x(day), telling) for day, telling in published)
    marks = {place: _mark(_at(place), HAPPENED, group, said) for place, group in above.items()}
    told = {place: _article_mark(_at(place), REPORTED, group) for place, group in below.items()}
    labels = _labels(
        [(mark, said.get(above[place][0].claim, "")) for place, mark in marks.items() if mark.count == 1], _TIERS
    )
    names = _labels([(mark, mark.title) for mark in told.values() if mark.count == 1], _BELOW)
    return Timeline(
        happened=tuple(marks.values()),
        reported=tuple(told.values()),
        undated=tuple(_undated(open_claims, silent, said)),
        bars=tuple(_bars(happened, scale)),
        threads=tuple(_threads(above, marks, below, told)),
        words=(*labels, *names),
        ticks=tuple(scale.ticks()) if happened or published else (),
        earlier=scale.earlier,
        undated_claims=len(open_claims),
        undated_articles=len(silent),
        timeless=sum(claim.is_timeless for claim in dated),
    )


def _binned(items: Iterable[tuple[float, Item]]) -> dict[int, list[Item]]:
    """Those that would lie on each other, by their place on the line."""
    found: dict[int, list[Item]] = defaultdict(list)
    for x, item in items:
        found[int(x // _BIN)].append(item)
    return dict(sorted(found.items()))


def _at(place: int) -> float:
    return place * _BIN + _BIN / 2


def _letter(claims: Iterable[Dated]) -> str:
    labels = {claim.label for claim in claims}
    label = labels.pop() if len(labels) == 1 else ""
    return LABEL_BY_VALUE[Label(label)].letter if label else ""


def _mark(x: float, y: float, claims: Sequence[Dated], said: Mapping[UUID, str]) -> Mark:
    alone = claims[0] if len(claims) == 1 else None
    values = list(dict.fromkeys(claim.value for claim in claims))
    times = [words(value) for value in values[: _MOST_NAMED + 1]]
    title = f"{times[0]}: {said.get(alone.claim, 'a claim')}" if alone else _several(len(claims), "claims", times)
    return Mark(x, y, len(claims), _letter(claims), alone.claim if alone else None, title)


def _article_mark(x: float, y: float, told: Sequence[Telling]) -> Mark:
    names = [f"{telling.name}, {telling.when}" for telling in told[: _MOST_NAMED + 1]]
    title = names[0] if len(told) == 1 else _several(len(told), "articles", names)
    return Mark(x, y, len(told), "", told[0].key if len(told) == 1 else None, title, "told")


def _several(count: int, noun: str, names: Sequence[str]) -> str:
    more = "; …" if len(names) > _MOST_NAMED else ""
    return f"{count} {noun}: {'; '.join(names[:_MOST_NAMED])}{more}"


def _labels(marks: Iterable[tuple[Mark, str]], tiers: Sequence[int]) -> list[Words]:
    """A label for each mark, as far as there is room in one of the tiers; none lies over another or runs out."""
    ends = dict.fromkeys(tiers, float(0))
    found = []
    for mark, text in marks:
        short = fitted(text, _LABEL)
        half = text_width(short) / 2
        x = min(max(mark.x, half + _GAP), WIDTH - half - _GAP)
        tier = next((tier for tier in tiers if ends[tier] <= x - half), None)
        if short and tier is not None:
            ends[tier] = x + half + _GAP
            found.append(Words(x, tier, short))
    return found


def _bars(happened: Iterable[tuple[date, date, Dated]], scale: Scale) -> list[Bar]:
    """Claims that span more time than a mark shows, each stretch once."""
    found = {
        (x, to_x): Bar(x, to_x, HAPPENED, _letter([claim]))
        for begin, end, claim in happened
        if begin != end and (to_x := scale.x(end)) - (x := scale.x(begin)) > _BIN
    }
    return list(found.values())[:_MOST_BARS]


def _threads(
    above: Mapping[int, Sequence[Dated]], happened: Mapping[int, Mark], below: Mapping[int, Sequence[Telling]],
    reported: Mapping[int, Mark],
) -> list[str]:  # fmt: skip
    """Curves from what happened to the articles that tell it, each once; none where they would be a thicket."""
    place_of = {telling.key: place for place, group in below.items() for telling in group}
    pairs = dict.fromkeys(
        (place, place_of[claim.article])
        for place, group in above.items()
        for claim in group
        if claim.article in place_of
    )
    if len(pairs) > _MOST_THREADS:
        return []
    return [
        curve(one.x, HAPPENED + one.radius, other.x, REPORTED - other.radius, upright=True)
        for one, other in ((happened[a], reported[b]) for a, b in pairs)
    ]


def _undated(claims: Sequence[Dated], silent: Sequence[Telling], said: Mapping[UUID, str]) -> list[Mark]:
    """The lane without dates: a mark for each claim and each article, or one for all where they are many."""
    if len(claims) + len(silent) > _MOST_UNDATED:
        groups = [_mark(LEFT, UNDATED, claims, said)] if claims else []
        return groups + ([_article_mark(LEFT + 60, UNDATED, silent)] if silent else [])
    marks = [_mark(LEFT + 24 * place, UNDATED, [claim], said) for place, claim in enumerate(claims)]
    start = LEFT + 24 * len(claims) + (24 if claims else 0)
    return marks + [_article_mark(start + 24 * place, UNDATED, [telling]) for place, telling in enumerate(silent)]
