"""The documents of an import as pages show them: what each states and on what basis, its parts, what it would become.

Offsets are code points of the document's text.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from claims.ingest.preview_item import Alike, Preview
from claims.models import Article, ImportItem
from claims.refusals import Invalid
from claims.text.zones import Zone
from claims.transfers import ItemState
from claims.vocabulary import BASIS_NAMES, ZONE_NAMES, Basis, ZoneKind

FACT_NAMES: Final = {"headline": "Headline", "address": "Address"} | Article.FACTS
# Said of every document in the list, also where it is not stated; the others only where they are.
ALWAYS_SAID: Final = ("headline", "address", "author", "published")
WIDTH: Final = 1000
_NARROWEST: Final = 4.0
_LONGEST_POSITION: Final = 6
AMONG_PARTS: Final = "found among its parts"

WOULD_BE: Final = {
    ItemState.STORED: "A new article",
    ItemState.KNOWN: "Already here",
    ItemState.REVISED: "A new revision of an article that is here",
    ItemState.REFUSED: "It would be refused",
}


@dataclass(frozen=True)
class FactLine:
    """One thing that a document states: what, and what that rests on; `value` "" is not stated."""

    name: str
    title: str
    value: str
    basis: str
    note: str
    link: str


@dataclass(frozen=True)
class Bar:
    """A stretch of the strip that shows a text's zones, in thousandths of the text's length."""

    x: float
    width: float
    kind: ZoneKind


@dataclass(frozen=True)
class Share:
    """How much of a text is one kind of zone: "Body", "82 %"."""

    kind: ZoneKind
    name: str
    share: str


@dataclass(frozen=True)
class ItemLine:
    """One document in the list: what it is, and where it can be stored what it would become."""

    item: ImportItem
    title: str
    is_taken: bool
    facts: list[FactLine]
    preview: Preview | None
    would_be: str
    bars: list[Bar]
    shares: list[Share]
    alike: list[tuple[Alike, str]]


@dataclass(frozen=True)
class Listed:
    """One page of an import's documents, and what the addresses of its neighbours ask for; None where there is none."""

    items: list[ImportItem]
    after: str | None
    before: str | None


def listed(items: Any, after: str, size: int) -> Listed:
    """The documents behind this position, in the order in which they came. Raises Invalid for what is no position."""
    if after and not (after.isascii() and after.isdecimal() and len(after) <= _LONGEST_POSITION):
        raise Invalid("There is no such page of the list. Start again from its first page.")
    rest = items.filter(position__gt=int(after)) if after else items
    found = list(rest.order_by("position")[: size + 1])
    shown = found[:size]
    before = None
    if after and shown:
        back = items.filter(position__lt=shown[0].position).order_by("-position")
        places = list(back.values_list("position", flat=True)[: size + 1])
        # "" is the beginning of the list.
        before = str(places[size]) if len(places) > size else "" if places else None
    return Listed(shown, str(shown[-1].position) if len(found) > size else None, before)


def line_of(item: ImportItem, preview: Preview | None) -> ItemLine:
    """A document in the list; `preview` None where nothing can be seen of it any more, or ever could."""
    facts, text = facts_of(item.facts), preview.text if preview else ""
    found = _headline(preview) if preview else ""
    if found and not facts[0].value:
        facts[0] = FactLine("headline", FACT_NAMES["headline"], found, BASIS_NAMES[Basis.IN_TEXT], AMONG_PARTS, "")
    return ItemLine(
        item,
        facts[0].value or _first_line(text),
        item.state != ItemState.LEFT_OUT,
        [fact for fact in facts if fact.value or fact.name in ALWAYS_SAID],
        preview,
        WOULD_BE[preview.would_be] if preview else "",
        bars_of(len(text), preview.zones) if preview else [],
        shares_of(len(text), preview.zones) if preview else [],
        [(one, f"{one.share:.0%}") for one in preview.alike] if preview else [],
    )


def facts_of(facts: Mapping[str, Mapping[str, str]]) -> list[FactLine]:
    """Everything that can be stated, in a fixed order, with what is."""
    lines = []
    for name, title in FACT_NAMES.items():
        known = facts.get(name, {})
        basis = BASIS_NAMES[Basis(known.get("basis", Basis.NOT_STATED))]
        link = known.get("link", "")
        safe = link if link.startswith(("http://", "https://")) else ""
        lines.append(FactLine(name, title, known.get("value", ""), basis, known.get("note", ""), safe))
    return lines


def bars_of(length: int, zones: Iterable[Zone]) -> list[Bar]:
    """The strip, neighbours of one kind as one bar; none so narrow that it is not seen."""
    bars: list[Bar] = []
    scale = WIDTH / max(length, 1)
    for zone in zones:
        x, width = round(zone.start * scale, 1), round((zone.end - zone.start) * scale, 1)
        if bars and bars[-1].kind == zone.kind:
            x, width = bars[-1].x, round(zone.end * scale - bars.pop().x, 1)
        bars.append(Bar(x, max(width, _NARROWEST), zone.kind))
    return bars


def shares_of(length: int, zones: Sequence[Zone]) -> list[Share]:
    """How much of the text each kind of zone has, in the order of the kinds."""
    sizes: Counter[ZoneKind] = Counter()
    for zone in zones:
        sizes[zone.kind] += zone.end - zone.start
    return [
        Share(kind, ZONE_NAMES[kind].removesuffix(", not coverage"), _percent(sizes[kind] / max(length, 1)))
        for kind in ZoneKind
        if sizes[kind]
    ]


def _percent(share: float) -> str:
    whole = round(share * 100)
    return f"{whole} %" if whole else "under 1 %"


def _headline(preview: Preview) -> str:
    """What stands in the text as its headline; "" for none."""
    words = (preview.text[zone.start : zone.end] for zone in preview.zones if zone.kind == ZoneKind.HEADLINE)
    return " ".join(next(words, "").split())


def _first_line(text: str) -> str:
    return next((line.strip() for line in text[:2_000].splitlines() if line.strip()), "")[:200]
