"""The rows of generated articles: exactly what storing and reading them would have made."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from hashlib import sha256
from typing import Any, Final
from uuid import UUID

from django.db.models import Model

from claims.corpus.learned import Learned, learned
from claims.corpus.stories import DAYS, FIRST_DAY, Article, Happening, Laid, Place, laid_out
from claims.ingest.sentence_rows import ClaimRow, ProposalRow, ZoneRow
from claims.models import Article as StoredArticle
from claims.models import (
    ArticleStatus,
    Claim,
    Outlet,
    OutletStatus,
    Proposal,
    Revision,
    Story,
    StoryStatus,
    Zone,
)
from claims.models.keys import named_key, revision_key, span_key
from claims.text import directions
from claims.text.languages import language_of
from claims.text.reading import READER_VERSION
from claims.text.standing import words_at
from claims.text.worth import worth_of
from claims.vocabulary import Basis, ClaimUnit

# An article comes in so many days after its event's turn at most, the later ones of an event included.
_COMES_IN: Final = datetime.combine(FIRST_DAY, time(6), UTC) + timedelta(days=12)

COLUMNS: Final[dict[type[Model], tuple[str, ...]]] = {
    Outlet: ("id", "host"),
    OutletStatus: ("outlet_id",),
    Story: ("id", "title", "created_at"),
    StoryStatus: ("story_id", "title", "published_at", "assessments_needed", "version"),
    StoredArticle: (
        *("id", "address", "outlet_id", "headline", "voice", "author", "published", "bases", "received_at"),
    ),
    Revision: ("id", "article_id", "sha256", "raw", "text", "encoding", "received_at"),
    Zone: ZoneRow._fields,
    ArticleStatus: (
        *("article_id", "story_id", "revision_id", "title", "has_headline", "reader_version", "read_at", "language"),
        *("language_basis", "claims_count", "settled_count", "version"),
    ),
    Claim: ClaimRow._fields,
    Proposal: ProposalRow._fields,
}


@dataclass
class Rows:
    """Rows that wait to be stored, by model, each model before those that name it."""

    waiting: dict[type[Model], list[Sequence[Any]]] = field(default_factory=lambda: defaultdict(list))

    def add(self, model: type[Model], *rows: Sequence[Any]) -> None:
        """Keep rows of this model."""
        self.waiting[model] += rows


@dataclass(frozen=True)
class Opened:
    """A claim as reading opened it: its key, its place and text, what is proposed, and how much it is worth."""

    key: UUID
    place: Place
    text: str
    proposed: Learned | None
    worth: int


@dataclass(frozen=True)
class Brought:
    """An article that came in, with its claims in reading order."""

    key: UUID
    address: str
    outlet: UUID
    revision: UUID
    title: str
    article: Article
    sha256: str
    at: datetime
    laid: Laid
    claims: tuple[Opened, ...]


def bring_in(article: Article, *, seed: int, articles: int) -> Brought:
    """An article as it comes in, one of so many, each later than the one before."""
    laid = laid_out(article)
    at = _COMES_IN + article.number * timedelta(days=DAYS) / articles
    address = f"https://{article.host}/{article.day:%Y/%m}/{seed}-{article.number}"
    key, digest = named_key("article", address), sha256(laid.text.encode()).hexdigest()
    revision = revision_key(key, digest)
    claims = tuple(_opened(revision, place, laid.text) for place in laid.places)
    title = directions.ONE.sub("", article.headline).strip()
    outlet = named_key("outlet", article.host)
    return Brought(key, address, outlet, revision, title, article, digest, at, laid, claims)


def _opened(revision: UUID, place: Place, text: str) -> Opened:
    key = span_key(revision, place.start, place.end, ClaimUnit.SENTENCE)
    proposed = learned(place.sentence, place.kind)
    return Opened(key, place, text, proposed, worth_of(place.sentence.words, proposed).points)


def story_key(seed: int, happening: Happening) -> UUID:
    """The key of the story of an event."""
    return named_key("story", f"generated/{seed}/{happening.number}")


def add_story(rows: Rows, key: UUID, happening: Happening, at: datetime, *, needed: int, published: bool) -> None:
    """The story of an event."""
    rows.add(Story, (key, happening.title, at))
    shown = at + timedelta(days=20) if published else None
    rows.add(StoryStatus, (key, happening.title, shown, needed, int(published)))


def add_article(rows: Rows, brought: Brought, story: UUID, *, settled: int) -> None:
    """An article with its text, as it is once it was read and placed in its story."""
    article, laid, address = brought.article, brought.laid, brought.address
    rows.add(Outlet, (brought.outlet, article.host))
    rows.add(OutletStatus, (brought.outlet,))
    facts = (article.headline, article.voice, article.author, article.day.isoformat())
    bases = {
        name: {"basis": Basis.IN_TEXT.value, "note": "", "link": link}
        for name, value, link in (
            *zip(("headline", "voice", "author", "published"), facts, [""] * 4, strict=True),
            ("outlet", article.host, address),
        )
        if value
    }
    rows.add(StoredArticle, (brought.key, address, brought.outlet, *facts, bases, brought.at))
    raw = laid.text.encode()
    rows.add(Revision, (brought.revision, brought.key, brought.sha256, raw, laid.text, "utf-8", brought.at))
    rows.add(Zone, *(ZoneRow(brought.revision, *zone) for zone in laid.zones))
    language = language_of(laid.text)
    read = (True, READER_VERSION, brought.at, language.code, language.basis)
    counts = (len(brought.claims), settled, 1)
    rows.add(ArticleStatus, (brought.key, story, brought.revision, brought.title, *read, *counts))


def add_claims(rows: Rows, brought: Brought) -> None:
    """The claims of an article and what is proposed for them."""
    for opened in brought.claims:
        place = opened.place
        words = words_at(opened.text, place.start, place.end)
        where = (opened.key, brought.key, brought.revision, place.kind, ClaimUnit.SENTENCE, place.start, place.end)
        rows.add(Claim, (*where, words.exact, words.prefix, words.suffix, words.folded))
        if opened.proposed is not None:
            rows.add(Proposal, _proposal(opened, opened.proposed))


def _proposal(opened: Opened, found: Learned) -> ProposalRow:
    sentence, start = opened.place.sentence, opened.place.start
    spans = found.spans(sentence, start)
    return ProposalRow(
        opened.key,
        found.label,
        found.strength,
        found.reason,
        found.rule,
        found.why(sentence),
        found.confidence,
        spans.cue,
        spans.source,
        spans.content,
        found.mode,
        found.scope,
        [{"kind": kind, "start": first, "end": last} for kind, first, last in spans.chain],
        READER_VERSION,
    )
