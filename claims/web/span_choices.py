"""What the page of parts and borders offers: the words around a claim, each to begin or end a span with."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from claims.models import Article, Claim, User
from claims.refusals import Gone
from claims.review.redrawings import redrawing_of
from claims.text.tokens import tokens
from claims.vocabulary import COVERAGE_ZONES, ClaimUnit

# How many sentences before and after a claim's own are offered, at first and at most.
NARROW, WIDEST = 1, 12
# A browser shows no longer list in comfort, and no claim needs more.
MOST_WORDS = 1_500
# No text is as long as a number of more digits.
MAX_NUMBER = 12


@dataclass(frozen=True)
class Word:
    """One word or mark, with its borders in code points; `number` counts within the page."""

    start: int
    end: int
    text: str
    number: int


@dataclass(frozen=True)
class Line:
    """The words of one line of the text; `text` is the line as far as it is offered."""

    name: str
    text: str
    words: list[Word]


def number_in(written: str) -> int | None:
    """The whole number that a form sent, None for what is none or too long to be a place in a text."""
    is_number = written.isascii() and written.isdecimal() and len(written) <= MAX_NUMBER
    return int(written) if is_number else None


def choices_for(
    viewer: User, article_id: UUID, query: Mapping[str, Any], typed: Mapping[str, list[Any]] | None = None
) -> dict[str, Any]:
    """Everything that the page shows. `typed` is what a refused form held, chosen again instead of the claim's borders.

    Raises Gone where there is no such article.
    """
    article = (
        Article.objects.visible_to(viewer)
        .select_related("status__revision")
        .defer("status__revision__raw")
        .filter(pk=article_id)
        .first()
    )
    if article is None:
        raise Gone("There is no such article here. It may never have been read, or its address is mistyped.")
    claims = _claims_of(viewer, article)
    found = {"article": article, "claim": None, "locked": article.status.locked_at is not None}
    if not claims:
        return found
    place = next((n for n, claim in enumerate(claims) if str(claim.pk) == query.get("claim")), 0)
    claim = claims[place]
    claim.article = article
    wide = _wide(query.get("wide"))
    lines = _lines(article, claim, wide)
    return found | {
        "claim": claim,
        "lines": lines,
        "inside": [word for line in lines for word in line.words if claim.start < word.start < claim.end],
        "chosen": _chosen(claim, lines, typed),
        "neighbours": _neighbours(claims, place),
        "is_own": claim.unit == ClaimUnit.SPAN and claim.status.marked_by_id == viewer.pk,
        "redrawn": redrawing_of(claim, viewer),
        "wide": wide,
        "wider": min(wide * 2, WIDEST) if wide < WIDEST else None,
        "keys": {name: uuid4() for name in ("borders", "split", "unmark")},
    }


def _claims_of(viewer: User, article: Article) -> list[Claim]:
    here = Claim.objects.visible_to(viewer).in_work().filter(revision=article.status.revision_id)
    return list(here.select_related("status").defer("folded").in_reading_order())


def _wide(asked: Any) -> int:
    return min(int(asked), WIDEST) if str(asked) in {str(n) for n in range(NARROW, WIDEST + 1)} else NARROW


def _lines(article: Article, claim: Claim, wide: int) -> list[Line]:
    """The words of the claim's sentences and of `wide` sentences before and after, line by line, coverage alone."""
    text, revision = article.status.revision.text, article.status.revision
    sentences = Claim.objects.filter(revision=revision, unit=ClaimUnit.SENTENCE)
    # One more before: the sentence that the claim lies in begins before it does.
    before = sentences.filter(start__lte=claim.start).order_by("-start").values_list("start", flat=True)[: wide + 1]
    after = sentences.filter(end__gte=claim.end).order_by("start").values_list("end", flat=True)[: wide + 1]
    start, end = min([*before, claim.start]), max([*after, claim.end])
    zones = [zone for zone in revision.zones.all() if zone.kind in COVERAGE_ZONES]
    spans = [span for zone in zones for span in tokens(text, max(start, zone.start), min(end, zone.end))]
    lines: list[list[Word]] = []
    for number, (first, last) in enumerate(spans[:MOST_WORDS], start=1):
        if not lines or "\n" in text[lines[-1][-1].end : first]:
            lines.append([])
        lines[-1].append(Word(first, last, text[first:last], number))
    return [
        Line(" ".join(word.text for word in words[:6]), text[words[0].start : words[-1].end], words) for words in lines
    ]


def _chosen(claim: Claim, lines: list[Line], typed: Mapping[str, list[Any]] | None) -> dict[str, Any]:
    """Which words are chosen: those that were sent, else the first and last of the claim."""
    words = [word for line in lines for word in line.words if word.start < claim.end and word.end > claim.start]
    start, end = (words[0].start, words[-1].end) if words else (claim.start, claim.end)
    sent = typed or {}
    cuts, starts, ends = ([number_in(str(one)) for one in sent.get(name, [])] for name in ("cut", "start", "end"))
    cuts = [cut for cut in cuts if cut is not None]
    # The split and merge forms send the claim's own borders along; the other form is then as it was.
    if not cuts and len(starts) == 1 and starts[0] is not None:
        start = starts[0]
    if not cuts and len(ends) == 1 and ends[0] is not None:
        end = ends[0]
    return {"start": start, "end": end, "second": cuts[0] if cuts else None, "third": cuts[1] if cuts[1:] else None}


def _neighbours(claims: list[Claim], place: int) -> list[dict[str, Any]]:
    """The claims before and after, and the borders that a merged one would have."""
    claim, found = claims[place], []
    for way, at in (("before", place - 1), ("after", place + 1)):
        if 0 <= at < len(claims):
            other = claims[at]
            start, end = min(claim.start, other.start), max(claim.end, other.end)
            found.append({"way": way, "claim": other, "start": start, "end": end, "key": uuid4()})
    return found
