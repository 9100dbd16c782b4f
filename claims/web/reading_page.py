"""What the reading page shows: an article's text in blocks and paragraphs, cut at the borders of its claims.

Pure: rows in, dataclasses out. Offsets are code points of the revision's text.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any, Final

from claims.models import Claim, Proposal, Zone
from claims.text.languages import language_of
from claims.text.reading import MOST_READ
from claims.text.sanitise import for_editing
from claims.vocabulary import COVERAGE_ZONES, LABEL_BY_VALUE, ZONE_NAMES, ClaimState, ClaimUnit, Label, ZoneKind

# The label's letter where there is neither an own nor a settled label nor a proposal.
NO_LETTER = "·"


@dataclass(frozen=True)
class Mark:
    """A claim as it is marked in the text: the letter, and whether a person gave it or only the first pass."""

    claim: Claim
    number: int
    letter: str
    draft: bool
    said: str

    @property
    def style(self) -> str:
        """The classes of its highlight and tag."""
        return " ".join(filter(None, [self.letter if self.letter != NO_LETTER else "none", "draft" * self.draft]))


@dataclass(frozen=True)
class Piece:
    """A stretch of text within a paragraph, and the claims that it lies in, the innermost first; none between claims.

    `tags` are the claims that begin with it: each claim has its tag once, though several may begin at one place, and
    though a claim whose words all lie in others' has no piece of its own.
    """

    text: str
    marks: tuple[Mark, ...]
    tags: tuple[Mark, ...] = ()
    # Whether a sentence begins here: its tag has room in the line, and keeps it when other claims take its place.
    is_seat: bool = False

    @property
    def within(self) -> str:
        """The numbers of the claims around the innermost."""
        return " ".join(str(mark.number) for mark in self.marks[1:])


@dataclass(frozen=True)
class Paragraph:
    """One paragraph: where it starts in the text, its pieces, and what parts it from the paragraph before.

    `gap` is empty where that is nothing but line feeds, or other words: the page's script counts from `start`.
    """

    start: int
    pieces: list[Piece]
    gap: str = ""


@dataclass(frozen=True)
class Block:
    """A zone with its paragraphs."""

    kind: ZoneKind
    name: str
    is_coverage: bool
    paragraphs: list[Paragraph]


def marks_of(claims: Iterable[Claim]) -> list[Mark]:
    """The claims, numbered in reading order, each with what is known of it to this viewer."""
    return [_mark(claim, number) for number, claim in enumerate(claims, start=1)]


def _mark(claim: Claim, number: int) -> Mark:
    seen: str = claim.seen_label  # type: ignore[attr-defined]  # annotated by visible_to
    proposal = proposal_of(claim)
    if seen:
        definition = LABEL_BY_VALUE[Label(seen)]
        yours = claim.own_label == seen  # type: ignore[attr-defined]  # annotated by the view
        settled = "settled" if claim.status.settled_label == seen else ""
        said = " and ".join(filter(None, ["your label" if yours else "", settled]))
        return Mark(claim, number, definition.letter, False, f"{definition.name}, {said}")
    if proposal:
        definition = LABEL_BY_VALUE[Label(proposal.label)]
        return Mark(claim, number, definition.letter, True, f"proposed: {definition.name.lower()}")
    return Mark(claim, number, NO_LETTER, True, "no label yet")


def proposal_of(claim: Claim) -> Proposal | None:
    """The first pass's proposal, where there is one."""
    return getattr(claim, "proposal", None)


def blocks_of(
    text: str, zones: Sequence[Zone], marks: Sequence[Mark], sentences: Iterable[tuple[int, int]] = ()
) -> list[Block]:
    """The text zone by zone; blank lines only part paragraphs, and nothing else of the text is left out.

    `sentences` are those that no longer are claims of their own: a line break within one parts no paragraph, so that
    new borders never move the text.
    """
    whole = [(mark.claim.start, mark.claim.end) for mark in marks if mark.claim.unit == ClaimUnit.SENTENCE]
    whole += sentences
    inside = {position for start, end in whole for position in range(start, end - 1)}
    seats = sorted({start for start, _ in whole})
    blocks = []
    waiting = list(marks)
    last = 0
    for zone in zones:
        here = [mark for mark in waiting if mark.claim.start < zone.end]
        waiting = [mark for mark in waiting if mark.claim.end > zone.end]
        kind = ZoneKind(zone.kind)
        paragraphs = []
        for start, end in _paragraphs(text, zone.start, zone.end, inside):
            paragraphs.append(Paragraph(start, _pieces(text, start, end, here, seats), _gap(text[last:start])))
            last = end
        blocks.append(Block(kind, ZONE_NAMES[kind], kind in COVERAGE_ZONES, paragraphs))
    return blocks


def _gap(between: str) -> str:
    return between if between.strip("\n") and not between.strip() else ""


def _paragraphs(text: str, start: int, end: int, inside: Container[int]) -> Iterable[tuple[int, int]]:
    """The lines of a zone that are not blank; a line break at a place that is `inside` a sentence parts none."""
    begin = start
    for position in range(start, end + 1):
        at_end = position == end
        if at_end or (text[position] == "\n" and position not in inside):
            if text[begin:position].strip():
                yield begin, position
            begin = position + 1


def _pieces(text: str, start: int, end: int, marks: Sequence[Mark], seats: Sequence[int]) -> list[Piece]:
    """One paragraph cut at the borders of its claims: where they overlap, the words are the shortest one's."""
    begin: dict[int, list[Mark]] = defaultdict(list)
    here = set(seats[bisect_left(seats, start) : bisect_left(seats, end)])
    borders = {start, end} | here
    for mark in marks:
        if mark.claim.start < end and mark.claim.end > start:
            begin[max(mark.claim.start, start)].append(mark)
            borders |= {max(mark.claim.start, start), min(mark.claim.end, end)}
    pieces, over = [], list[Mark]()
    for first, last in pairwise(sorted(borders)):
        over = sorted([mark for mark in over if mark.claim.end > first] + begin[first], key=_inner_first)
        tags = tuple(mark for mark in begin[first] if mark.claim.start == first)
        pieces.append(Piece(text[first:last], tuple(over), tags, first in here))
    return pieces


def _inner_first(mark: Mark) -> tuple[int, int]:
    return mark.claim.end - mark.claim.start, -mark.number


Told = tuple[str, str, str, str]
# Label, strength, reason, and the first words of `told`; and the place of these in their list, with the other words.
Head = tuple[str, int | None, str, str]
Parts = tuple[int, str, str, str]
NOTHING_PROPOSED: Final = "The first pass proposes nothing here"
# A sentence ends with one of these: a text with fewer than the first pass reads was read to its end.
_ENDS: Final = re.compile(r"[.!?…。！？।։።။\n]")
# The plain rules for other languages than English begin with the language's code: “de-hedge”.
_BY_WORD_LIST = re.compile(r"[a-z]{2,3}-")
# Fewer hops are the source alone, which the explanation names.
FEWEST_HOPS = 2


def told(proposal: Proposal | None, text: str) -> Told:
    """What is proposed and how sure the first pass is, then why: before the cue's words, these words, after them."""
    if proposal is None:
        return _nothing_proposed(text)
    name = LABEL_BY_VALUE[Label(proposal.label)].name.lower()
    strength = "" if proposal.strength is None else f"strength {proposal.strength}"
    parts = ", ".join(filter(None, [name, strength, proposal.reason]))
    cue = text[slice(*proposal.cue)] if proposal.cue else ""
    before, found, after = proposal.why.partition(cue) if cue else (proposal.why, "", "")
    head = "; ".join(filter(None, [f"Proposed {parts}", how_sure(proposal)]))
    return f"{head}:", f" {before}", found, after + _route(proposal, text)


def how_sure(proposal: Proposal) -> str:
    """The confidence as pages say it, "0.83 sure"; "" where nobody measured how often such a proposal is right."""
    return "" if _BY_WORD_LIST.match(proposal.rule) else f"{proposal.confidence:.2f} sure"


@lru_cache(maxsize=8)
def _nothing_proposed(text: str) -> Told:
    """Why nothing is proposed for a sentence of this text, as far as one reason holds for all of them."""
    language = language_of(text)
    if not language.read_as_english:
        lists = "its word lists show nothing here" if language.lexicon else "there are no word lists for it"
        named = language.name or "another language than English"
        return f"{NOTHING_PROPOSED}:", f" the text reads as {named}, and {lists}.", "", ""
    if len(_ENDS.findall(text)) >= MOST_READ:
        # Where the sentence stands is not asked here: it may have been weighed or not been read.
        return f"{NOTHING_PROPOSED}.", f" Only the first {MOST_READ:,} sentences of a text are read.", "", ""
    return f"{NOTHING_PROPOSED}:", " it was not sure enough.", "", ""


def _route(proposal: Proposal, text: str) -> str:
    """The way that the words went, from the first source on, where there is more than that."""
    hops = [" ".join(text[hop["start"] : hop["end"]].split()) for hop in proposal.chain]
    return f" Route: {' → '.join(hops)}." if len(hops) >= FEWEST_HOPS else ""


def script_data(text: str, marks: Iterable[Mark]) -> dict[str, Any]:
    """What the page's script needs of each claim beyond the text that is on the page, and the proposals they point to.

    Many proposals of an article are alike, and more begin alike, so each `heads` and each of the `proposals` that
    points to one is sent once. Where nothing is proposed the label is "".
    """
    heads: dict[Head, int] = {}
    proposals: dict[Parts, int] = {}
    claims = []
    for mark in marks:
        data = _of_claim(mark.claim)
        found = proposal_of(mark.claim)
        judged = (found.label, found.strength, found.reason) if found else ("", None, "")
        head, before, cue, after = told(found, text)
        number = heads.setdefault((*judged, head), len(heads))
        data["proposed"] = proposals.setdefault((number, before, cue, after), len(proposals))
        claims.append(data)
    return {"claims": claims, "proposals": list(proposals), "heads": list(heads)}


def _of_claim(claim: Claim) -> dict[str, Any]:
    data: dict[str, Any] = {}
    if claim.own_label:  # type: ignore[attr-defined]  # annotated by the view
        data |= own_assessment(claim)
    if claim.status.settled_label:
        data["settled"] = claim.status.settled_label
    if is_closed(claim):
        data["closed"] = True
    if claim.words_changed:  # type: ignore[attr-defined]  # set by the view
        data["changed"] = True
    return data


def own_assessment(claim: Claim) -> dict[str, Any]:
    """The viewer's own assessment as the panel edits it; version 0 where there is none."""
    own: Any = claim  # annotated by the view
    return {
        "label": own.own_label or "",
        "strength": own.own_strength,
        "reason": own.own_reason or "",
        "note": for_editing(own.own_note or ""),
        "version": own.own_version or 0,
    }


def is_closed(claim: Claim) -> bool:
    """Whether the viewer can no longer judge the claim: see claims.review.assess_claim.is_closed_to."""
    own: Any = claim
    if claim.article.status.locked_at is not None:
        return True
    return claim.status.state == ClaimState.RULED or (bool(claim.status.settled_label) and not own.own_label)


def map_of(length: int, marks: Iterable[Mark]) -> list[dict[str, Any]]:
    """Where the claims lie in the text, in thousandths of its length: the bars of the map beside it."""
    scale = 1000 / max(length, 1)
    return [
        {
            "y": round(mark.claim.start * scale, 1),
            "height": max(round((mark.claim.end - mark.claim.start) * scale, 1), 2),
            "style": mark.style,
        }
        for mark in marks
    ]
