"""Contradictions as a story tells them, and the links that are none: both sides' words, and who disagrees with whom."""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from claims.coverage.claim_times import ClaimTimes, time_rule
from claims.coverage.sayings import Saying
from claims.coverage.story_articles import Telling
from claims.models import Link
from claims.particulars import TIMELESS
from claims.relations import RELATION_BY_VALUE, SUBTYPE_NAMES, Relation, Subtype
from claims.text.comparing import Mark, compare
from claims.text.edtf import words
from claims.vocabulary import Label

# Of a claim that is longer than this, so much is shown here; the pair's page shows it whole.
MOST_WORDS: Final = 1_200


@dataclass(frozen=True)
class Piece:
    """A stretch of a claim's words; `differs` where the other claim has nothing that equals it."""

    text: str
    differs: bool


@dataclass(frozen=True)
class Side:
    """One claim of a pair: its words in pieces, the article that tells it, and when it holds, in words."""

    saying: Saying
    telling: Telling
    time: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Clash:
    """A confirmed contradiction: both sides, in what they contradict each other, and who disagrees."""

    link: Link
    a: Side
    b: Side
    who: str
    time: str
    is_ruled: bool = False

    @property
    def subtype_words(self) -> str:
        """The subtype in words, "" where none is given."""
        return SUBTYPE_NAMES[Subtype(self.link.subtype)] if self.link.subtype else ""

    @property
    def how_confirmed(self) -> str:
        """As in "confirmed by 2"; a ruling says so."""
        return "a moderator ruled" if self.is_ruled else f"confirmed by {self.link.given}"


@dataclass(frozen=True)
class Nearby:
    """Another confirmed link: `a` is where it goes from, `verb` what stands between the two."""

    link: Link
    a: Side
    b: Side
    verb: str


Known = Mapping[UUID, Saying]
Tellings = Mapping[UUID, Telling]
Times = Mapping[UUID, ClaimTimes]


def clashes_of(
    links: Sequence[Link],
    known: Known,
    tellings: Tellings,
    times: Times,
    ruled: Container[UUID] = (),
    *,
    names_sources: bool = True,
) -> list[Clash]:
    """These contradictions in their order, those of which both claims and articles are known.

    Whom claims are attributed to is named only to the desk.
    """
    found = []
    for link, a, b, told in _sides(links, known, tellings):
        ours, theirs = marked(a.claim.exact, b.claim.exact)
        first, second = _side(a, told[0], times, ours), _side(b, told[1], times, theirs)
        found.append(
            Clash(
                link,
                first,
                second,
                _who(a, b, *told, names_sources=names_sources),
                _common(first, second, times),
                link.pk in ruled,
            )
        )
    return found


def nearby_of(links: Sequence[Link], known: Known, tellings: Tellings, times: Times) -> list[Nearby]:
    """These links that are no contradictions, from the newer or narrower side to the other."""
    found = []
    for link, a, b, told in _sides(links, known, tellings):
        sides = [_side(one, at, times, (Piece(_short(one), False),)) for one, at in zip((a, b), told, strict=True)]
        start, end = sides if link.forward is not False else reversed(sides)
        found.append(Nearby(link, start, end, RELATION_BY_VALUE[Relation(link.relation)].verb))
    return found


def _sides(
    links: Sequence[Link], known: Known, tellings: Tellings
) -> Iterator[tuple[Link, Saying, Saying, tuple[Telling, Telling]]]:
    for link in links:
        a, b = known.get(link.a_id), known.get(link.b_id)
        told = [tellings.get(one.claim.article_id) for one in (a, b) if one]
        if a and b and told[0] and told[1]:
            yield link, a, b, (told[0], told[1])


def _side(saying: Saying, telling: Telling, times: Times, pieces: tuple[Piece, ...]) -> Side:
    return Side(saying, telling, time_of(saying.key, times), pieces)


def time_of(claim: UUID, times: Times) -> str:
    """When a claim holds, in words; "timeless" where it says so, "" where nobody gave a time."""
    given = times.get(claim, ClaimTimes()).compared
    if given.kind == TIMELESS:
        return TIMELESS
    return words(given.value) if given.earliest or given.latest else ""


def _short(saying: Saying) -> str:
    text = " ".join(saying.claim.exact.split())
    return text if len(text) <= MOST_WORDS else f"{text[:MOST_WORDS]}…"


def _who(a: Saying, b: Saying, one: Telling, other: Telling, *, names_sources: bool) -> str:
    """Who disagrees: the sources where both claims are settled as sourced and come from different roots."""
    if not (a.label and b.label):
        return "whether the outlets or their sources disagree is open until both claims are settled"
    if a.label == b.label == Label.SOURCED and a.roots and b.roots:
        if not {*a.roots} & {*b.roots}:
            return "the sources disagree" + (f": {a.root} against {b.root}" if names_sources else "")
        origin = a.root if names_sources else "one source"
        return f"both go back to {origin}: it is the outlets that give it differently"
    if one.outlet and one.outlet == other.outlet:
        return f"one outlet disagrees with itself: {one.name}"
    return "the outlets disagree"


def _common(a: Side, b: Side, times: Times) -> str:
    """What makes it one time: "timeless" or the time in words, "" where it is not known any more."""
    first, second = (times.get(side.saying.key, ClaimTimes()) for side in (a, b))
    return (a.time or b.time) if time_rule(first, second).overlap else ""


def marked(a: str, b: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both texts in pieces, what differs set apart; of a long one its first MOST_WORDS characters."""
    found = compare(a[:MOST_WORDS], b[:MOST_WORDS])
    return _pieces(a, found.a), _pieces(b, found.b)


def _pieces(text: str, marks: Sequence[Mark]) -> tuple[Piece, ...]:
    shown, pieces, end = text[:MOST_WORDS], [], 0
    for mark in marks:
        if mark.differs:
            pieces += [Piece(shown[end : mark.start], False), Piece(shown[mark.start : mark.end], True)]
            end = mark.end
    pieces.append(Piece(shown[end:] + ("…" if len(text) > MOST_WORDS else ""), False))
    return tuple(piece for piece in pieces if piece.text)
