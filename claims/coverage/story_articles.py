"""The articles of a story, as its matrix and its drawings name them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from claims.models import Article, Story
from claims.text.edtf import SPANNING_DAYS, Time, parse, words
from claims.vocabulary import BASIS_NAMES, Basis

# A story's page is about so many of its articles, the first that came in; it says how many there are beyond.
MOST_ARTICLES: Final = 1_000
_MOST_VOICES_NAMED: Final = 3
_TIMES: Final = {2: "twice"}


@dataclass(frozen=True)
class Telling:
    """One article of a story. `published` is when it says, or is known, to have come out: None where nobody states it.

    A republisher's date of its page is no date of publication, and neither is a guess: what is not stated stays so.
    """

    key: UUID
    outlet: UUID | None
    host: str
    voice: str
    title: str
    genre: str
    published: Time | None
    basis: str

    @property
    def name(self) -> str:
        """Where it was found, in a word: the host without what all hosts begin with."""
        return self.host.removeprefix("www.") or "outlet not stated"

    @property
    def when(self) -> str:
        """When it was published, in words."""
        return words(self.published.value) if self.published else "date not stated"

    @property
    def day(self) -> date | None:
        """The middle of the days that it was published on, None where nobody states any."""
        first, last = (self.published.earliest, self.published.latest) if self.published else (None, None)
        return middle(first or last, last or first)


def articles_of(story: Story) -> dict[UUID, Telling]:
    """The articles of the story that were not withdrawn, by key, in the order of their dates. One query.

    Those without a date stand last, in the order of their outlets.
    """
    rows = (
        Article.objects.opened()
        .filter(status__story=story, status__withdrawn_at__isnull=True)
        .order_by("received_at", "pk")
        .values_list("pk", "outlet", "outlet__host", "voice", "status__title", "genre", "published", "bases")[
            :MOST_ARTICLES
        ]
    )
    told = [
        Telling(key, outlet, host or "", voice, title, genre, day_of(published), _basis(bases))
        for key, outlet, host, voice, title, genre, published, bases in rows
    ]
    return {telling.key: telling for telling in sorted(told, key=_in_time)}


def _in_time(telling: Telling) -> tuple[bool, str, str, UUID]:
    first = telling.published.earliest if telling.published else None
    return first is None, first.isoformat() if first else "", telling.name, telling.key


def _basis(bases: dict[str, dict[str, str]]) -> str:
    basis = bases.get("published", {}).get("basis", Basis.NOT_STATED)
    return BASIS_NAMES.get(Basis(basis), "") if basis in set(Basis) else ""


def day_of(stated: str) -> Time | None:
    """A stated date, also one with a clock time behind it; None where it is no date that spans days."""
    for written in (stated, stated[:10]):
        try:
            time = parse(written)
        except ValueError:
            continue
        if time.kind in SPANNING_DAYS:
            return time
    return None


def middle(first: date | None, last: date | None) -> date | None:
    """The day in the middle of two, None where there is none."""
    return date.fromordinal((first.toordinal() + last.toordinal()) // 2) if first and last else None


@dataclass(frozen=True)
class Coverage:
    """How many tell a story, and from when to when, in the words of its first line."""

    articles: str
    voices: str
    dates: str


def coverage_of(articles: Sequence[Telling]) -> Coverage:
    """The figures of the story's first line: only what is stated counts, and what is not is counted apart."""
    hosts = {telling.host for telling in articles if telling.host}
    unplaced = sum(not telling.host for telling in articles)
    where = f" at {_counted(len(hosts), 'outlet')}" if hosts else ""
    if unplaced:
        where += f", {unplaced} at no stated outlet" if hosts else " at no stated outlet"
    return Coverage(f"{_counted(len(articles), 'article')}{where}", _voices(articles), _dates(articles))


def _voices(articles: Sequence[Telling]) -> str:
    """As in "4 reporting voices (Newsweek twice), 2 not stated"."""
    named: dict[str, str] = {}
    times: Counter[str] = Counter()
    for telling in articles:
        if telling.voice:
            times[telling.voice.casefold()] += 1
            named.setdefault(telling.voice.casefold(), telling.voice)
    silent = sum(not telling.voice for telling in articles)
    if not times:
        return "no reporting voice stated" if articles else ""
    often = sorted((voice for voice in times if times[voice] > 1), key=lambda voice: (-times[voice], voice))
    told = [f"{named[voice]} {_TIMES.get(times[voice], f'{times[voice]} times')}" for voice in often]
    more = ", …" if len(told) > _MOST_VOICES_NAMED else ""
    repeated = f" ({', '.join(told[:_MOST_VOICES_NAMED])}{more})" if told else ""
    rest = f", of {_counted(silent, 'article')} not stated" if silent else ""
    return f"{_counted(len(times), 'reporting voice')}{repeated}{rest}"


def _dates(articles: Sequence[Telling]) -> str:
    """As in "October 2020 to April 2024, 2 not dated": by months, from stated dates alone."""
    dated = [time for telling in articles if (time := telling.published)]
    days = [day for time in dated for day in (time.earliest, time.latest) if day]
    if not days:
        return "no date of publication stated" if articles else ""
    first, last = (words(f"{day:%Y-%m}") for day in (min(days), max(days)))
    missing = len(articles) - len(dated)
    return (first if first == last else f"{first} to {last}") + (f", {missing} not dated" if missing else "")


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
