"""Invented events and the articles about them: what each sentence says, and what is true of it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from claims.corpus import names
from claims.corpus.chance import Chance
from claims.corpus.frames import Attribution, Event, Fact, Parts, fill, frames, joined, parts_of
from claims.corpus.names import Speaker
from claims.vocabulary import Label, Reason, ZoneKind

# How many articles tell of one event, each as often as it is to come.
_SIZES: Final = (1, 1, 2, 2, 3, 3, 3, 4, 4, 5, 5, 6, 6, 7, 8, 9, 10, 12)
# Events come in the order of their numbers, over so many days; each may lie so many days before its turn.
FIRST_DAY: Final = date(2022, 1, 3)
DAYS: Final = 1_000
_EARLIER: Final = 20
_GENERAL_FACTS: Final = 4
_COPIES, _UPDATES, _COMMENTS = 0.2, 0.2, 0.12
_WRONG: Final = 0.12
_BARE: Final = Attribution("{Clause}.", Label.UNSOURCED, 0, Reason.BARE.value, "")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence and its truth.

    `fact` numbers what it tells within its event, -1 for what nobody else tells. Two that tell one fact with one
    `value` agree; `stage` is 1 where the value is a later one.
    """

    words: str
    parts: Parts
    filled: tuple[str, ...]
    label: Label
    strength: int | None = None
    reason: str = ""
    speaker: Speaker | None = None
    speaker_kind: str = ""
    fact: int = -1
    value: str = ""
    stage: int = 0


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or another piece of a page that stands by itself."""

    kind: ZoneKind
    sentences: tuple[Sentence, ...] = ()
    words: str = ""


@dataclass(frozen=True)
class Article:
    """An article: `number` counts through the corpus, `copy_of` is the number of the one that it was copied from."""

    number: int
    genre: str
    host: str
    author: str
    voice: str
    day: date
    blocks: tuple[Block, ...]
    copy_of: int | None = None

    @property
    def headline(self) -> str:
        """What stands above it."""
        return self.blocks[0].sentences[0].words


@dataclass(frozen=True)
class Happening:
    """An event, the day that it happened and the one of its later figures, and its articles in order of number.

    `kinds` says of each fact what articles differ on: "n" a number, "site" a place, "party" who did it.
    """

    number: int
    title: str
    day: date
    later: date
    kinds: tuple[str, ...]
    articles: tuple[Article, ...]


@dataclass(frozen=True)
class Place:
    """A headline or body sentence in its article's text; offsets in code points."""

    start: int
    end: int
    kind: ZoneKind
    sentence: Sentence


@dataclass(frozen=True)
class Laid:
    """An article's text, the stretches of one kind that it consists of, and its sentences in reading order."""

    text: str
    zones: tuple[tuple[ZoneKind, int, int], ...]
    places: tuple[Place, ...]


def happenings(seed: int, articles: int, claims: int) -> Iterator[Happening]:
    """Events with so many articles in all, each of about so many headline and body sentences."""
    plan, number, first = Chance(seed, "plan"), 0, 0
    while first < articles:
        size = min(plan.pick(_SIZES), articles - first)
        turn = FIRST_DAY + timedelta(days=DAYS * first // articles)
        yield _Telling(seed, number, claims, turn).all(first, size)
        number, first = number + 1, first + size


def laid_out(article: Article) -> Laid:
    """The text of an article as it comes in: pieces with blank lines between them."""
    pieces: list[str] = []
    places: list[Place] = []
    zones: list[tuple[ZoneKind, int]] = []
    at = 0
    for block in article.blocks:
        if not zones or zones[-1][0] is not block.kind or block.kind is not ZoneKind.BODY:
            zones.append((block.kind, at))
        start = at
        for sentence in block.sentences:
            end = start + len(sentence.words)
            places.append(Place(start, end, block.kind, sentence))
            start = end + 1
        words = block.words or " ".join(sentence.words for sentence in block.sentences)
        pieces.append(words)
        at += len(words) + 2
    text = "\n\n".join(pieces) + "\n"
    ends = [start for _, start in zones[1:]] + [len(text)]
    stretches = ((kind, start, end) for (kind, start), end in zip(zones, ends, strict=True))
    return Laid(text, tuple(stretches), tuple(places))


@dataclass
class _Known:
    """A fact of one event, with its value at first and later, and the one that some get wrong."""

    fact: Fact
    values: tuple[str, str]
    wrong: str


@dataclass
class _Telling:
    """One event, told by its articles."""

    seed: int
    number: int
    claims: int
    turn: date
    chance: Chance = field(init=False)

    def __post_init__(self) -> None:
        self.chance = chance = Chance(self.seed, "event", self.number)
        self.event: Event = chance.pick(frames().events)
        self.day = self.turn - timedelta(days=chance.below(_EARLIER))
        self.later = self.day + timedelta(days=chance.between(3, 9))
        self.names = names.surroundings(chance) | _dated(self.day)
        self.names["agency"] = chance.pick(names.AGENCIES)
        self.people = names.people(chance, self.names)
        self.bodies = names.bodies(chance, self.names)
        chosen = (*self.event.facts, *chance.some(frames().facts, _GENERAL_FACTS))
        self.facts = [self._known(fact) for fact in chosen]
        self.outlets = names.outlets()

    def all(self, first: int, size: int) -> Happening:
        """The event with so many articles, the first of which has this number."""
        told: list[Article] = []
        hosts = self.chance.some(range(len(names.AGENCIES), len(self.outlets)), size)
        for at in range(size):
            told.append(self._article(first + at, self.outlets[hosts[at]], told))
        title = self.event.title.format_map(self.names)
        kinds = tuple(known.fact.value for known in self.facts)
        return Happening(self.number, title, self.day, self.later, kinds, tuple(told))

    def _article(self, number: int, host: str, before: list[Article]) -> Article:
        chance = self.chance
        share = chance.below(1_000) / 1_000
        reports = [one for one in before if one.genre in ("report", "update") and one.copy_of is None]
        if reports and share < _COPIES:
            return self._copy(number, host, chance.pick(reports))
        genre = "report"
        if before and share >= _COPIES:
            genre = "update" if share < _COPIES + _UPDATES else genre
            genre = "comment" if share > 1 - _COMMENTS else genre
        is_wire = not before and chance.happens(0.5)
        day = self.later if genre == "update" else self.day + timedelta(days=chance.between(0, 1))
        wire = self.names["agency"] if is_wire else ""
        host = self.outlets[names.AGENCIES.index(wire)] if wire else host
        author = "" if wire else names.person(chance)
        return Article(number, genre, host, author, wire, day, self._blocks(genre))

    def _copy(self, number: int, host: str, source: Article) -> Article:
        """Another headline above the same words, with the last paragraphs cut away."""
        body = [block for block in source.blocks[1:] if block.kind is ZoneKind.BODY]
        kept = body[: max(2, len(body) - self.chance.below(4))]
        day = source.day + timedelta(days=self.chance.below(2))
        voice = source.voice or (source.host if self.chance.happens(0.5) else "")
        blocks = (self._headline(), *kept)
        return Article(number, source.genre, host, "", voice, day, blocks, copy_of=source.number)

    def _blocks(self, genre: str) -> tuple[Block, ...]:
        chance, shown = self.chance, frames()
        length = max(5, chance.between(self.claims // 2, self.claims * 3 // 2) - 1)
        told = self._told(genre, length)
        blocks = [self._headline()]
        if chance.happens(0.15):
            blocks.append(Block(ZoneKind.CAPTION, words=self._words(chance.pick(shown.captions))))
        lead = self._plain(chance.pick(self.event.leads), Label.UNSOURCED, 0, Reason.BARE.value)
        blocks.append(Block(ZoneKind.BODY, (lead,)))
        while told:
            count = chance.between(1, 4)
            blocks.append(Block(ZoneKind.BODY, tuple(told[:count])))
            told = told[count:]
        if genre == "update" and chance.happens(0.5):
            blocks.append(Block(ZoneKind.UPDATE_NOTE, words=self._words(chance.pick(shown.updates))))
        if chance.happens(0.1):
            blocks.append(Block(ZoneKind.SITE_CHROME, words=chance.pick(shown.closing)))
        return tuple(blocks)

    def _told(self, genre: str, length: int) -> list[Sentence]:
        """So many sentences: facts of the event, and what this article alone has."""
        chance = self.chance
        opinions = 0.6 if genre == "comment" else 0.1
        facts = chance.some(range(len(self.facts)), min(length // 2, 4 if genre == "comment" else 9))
        told = [self._fact(at, genre) for at in facts]
        shown = frames()
        pools = {name: list[str]() for name in ("opinions", "empty", "background", "plain")}
        while len(told) < length:
            share = chance.below(1_000) / 1_000
            left = 1 - opinions
            name = (
                "opinions" if share < opinions
                else "empty" if share < opinions + 0.02 * left
                else "background" if share < opinions + 0.25 * left
                else "plain"
            )  # fmt: skip
            pool = pools[name] = pools[name] or chance.some(getattr(shown, name), len(getattr(shown, name)))
            told.append(self._alone(name, pool.pop()))
        return chance.some(told, len(told))

    def _fact(self, at: int, genre: str) -> Sentence:
        chance, known = self.chance, self.facts[at]
        stage = int(genre == "update" and known.fact.grows)
        value = known.values[stage]
        if not stage and chance.happens(_WRONG):
            value = known.wrong
        how = _BARE if genre == "comment" and chance.happens(0.7) else chance.pick(frames().attributions)
        return self._said(how, chance.pick(known.fact.told), {known.fact.value: value}, (at, value, stage))

    def _alone(self, pool: str, words: str) -> Sentence:
        if pool == "opinions":
            return self._plain(words, Label.OPINION, None, "")
        if pool == "empty":
            return self._plain(words, Label.NOT_A_CLAIM, None, "")
        how = self.chance.pick(frames().attributions)
        if pool == "background" and how.reason == Reason.BARE:
            how = Attribution(how.frame, how.label, how.strength, Reason.BACKGROUND.value, how.speaker)
        number = {"n": str(self.chance.between(2, 99))}
        site = {"site": names.sites(self.chance, self.names, 1)[0]} if "{site}" in words else {}
        return self._said(how, words, number | site, (-1, "", 0))

    def _said(self, how: Attribution, clause: str, value: dict[str, str], fact: tuple[int, str, int]) -> Sentence:
        speaker = {"who": self.people, "body": self.bodies}.get(how.speaker)
        voice = self.chance.pick(speaker) if speaker else None
        said = {how.speaker: voice.words, "role": voice.role} if voice else {}
        if how.speaker == "agency":
            voice = Speaker(self.names["agency"], self.names["agency"], "news agency")
        parts = parts_of(how.frame, clause)
        filled = fill(parts, self.names | value | said)
        words = joined(parts, filled)
        truth = (how.label, how.strength, how.reason)
        return Sentence(words, parts, tuple(filled), *truth, voice, how.speaker, *fact)

    def _plain(self, frame: str, label: Label, strength: int | None, reason: str) -> Sentence:
        parts = parts_of(frame)
        filled = fill(parts, self.names)
        return Sentence(joined(parts, filled), parts, tuple(filled), label, strength, reason)

    def _headline(self) -> Block:
        frame = self.chance.pick(self.event.headlines)
        return Block(ZoneKind.HEADLINE, (self._plain(frame, Label.UNSOURCED, 0, Reason.BARE.value),))

    def _words(self, frame: str) -> str:
        return frame.format_map(self.names)

    def _known(self, fact: Fact) -> _Known:
        chance = self.chance
        if fact.value != "n":
            choose = names.sites if fact.value == "site" else names.parties
            right, other = choose(chance, self.names, 2)
            return _Known(fact, (right, right), other)
        first = chance.between(fact.low, fact.high)
        later = first + 1 + first * chance.between(10, 80) // 100 if fact.grows else first
        wrong = first + (1 + first * chance.between(15, 60) // 100) * chance.pick((1, -1))
        wrong = wrong if wrong > 1 and wrong != later else first + later + 1
        return _Known(fact, (f"{first:,}", f"{later:,}"), f"{wrong:,}")


def _dated(day: date) -> dict[str, str]:
    month = names.MONTHS[day.month - 1]
    return {"day": names.DAYS[day.weekday()], "month": month, "date": f"{month} {day.day}"}
