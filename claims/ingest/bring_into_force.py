"""A text comes into force: a step of the verbs that read articles.

Its zones are stored, the claims of the text before move into it, each sentence that no claim covers gets an open one,
and each claim that nobody touched a proposal, where the first pass is sure enough to propose anything.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from claims.audit import Entry
from claims.ingest.carry_claims import carry, in_parts
from claims.ingest.plan_carrying import plan
from claims.ingest.sentence_rows import ClaimRow, ProposalRow, StatusRow, ZoneRow, claim_row, proposal_row
from claims.models import (
    Article,
    ArticleStatus,
    Claim,
    ClaimStatus,
    OutletStatus,
    Proposal,
    Revision,
    StoryStatus,
    Zone,
)
from claims.models.keys import named_key, span_key
from claims.models.stored_rows import store_rows
from claims.text import directions, reading, zones
from claims.text.context import clip
from claims.text.languages import Language, language_of
from claims.text.worth import worth_of
from claims.vocabulary import ASSESSMENTS_NEEDED, COVERAGE_ZONES, SETTLED, Aside, ClaimUnit, EventKind, ZoneKind

Span = tuple[int, int]


@dataclass(frozen=True)
class Read:
    """What one reading did: claims there are now, how many of them are new, how many untouched ones went.

    `moved` claims of the text before stand in this one, `reworded` of them with other words, `returned` ones had been
    lost; `orphaned` ones are not found in it any more. All four are 0 where the text is the one in force already.
    """

    claims: int
    opened: int
    dropped: int
    title: str
    moved: int = 0
    reworded: int = 0
    orphaned: int = 0
    returned: int = 0


@dataclass(frozen=True)
class Brought:
    """What was done, and what is to be recorded of it beside the reading itself."""

    done: Read
    entries: list[Entry]


@dataclass(frozen=True)
class Sentence:
    """A headline or body sentence as the reading finds it, and the zone it lies in."""

    found: reading.Proposal
    zone: ZoneKind

    @property
    def proposed(self) -> reading.Proposal | None:
        """What is proposed for it; None where the reading is not sure enough."""
        return self.found if self.found.proposed else None


def bring_into_force(article: Article, revision: Revision, found: Sequence[zones.Zone]) -> Brought:
    """Make this revision the article's text in force; `found` are the zones of its text.

    Idempotent for the text that is in force; a newer reader replaces only what nobody has touched. The statuses of the
    article's claims are locked, then the article.
    """
    before = ArticleStatus.objects.select_related("revision").defer("revision__text", "revision__raw")
    was = before.filter(article=article).first()
    language = language_of(revision.text)
    sentences = sentences_of(revision.text, found, language)
    course = plan(article.pk, revision.pk, revision.text, found, sentences)
    Zone.objects.filter(revision=revision).delete()
    store_rows(Zone, ZoneRow._fields, [ZoneRow(revision.pk, z.kind, z.start, z.end) for z in found])
    entries = carry(course, revision)
    is_same = was is None or was.revision_id == revision.pk
    # What moved here is not read away in the same breath: that would tell which claims somebody has touched.
    dropped = _drop_replaced(revision, sentences) if is_same else 0
    opened = _open(article, revision, sentences)
    _take_work(article, revision)
    status = _restate(article, revision, state_of(revision, found, language))
    counts = course.count() if course.found or course.lost else {}
    done = Read(status.claims_count, opened, dropped, status.title, **counts)
    if was is not None and not is_same:
        after = {"sha256": revision.sha256, **course.count(), "opened": opened}
        entries.insert(0, Entry(EventKind.ARTICLE_REVISED, article, {"sha256": was.revision.sha256}, after))
    return Brought(done, entries)


def as_read(done: Read, revision: Revision) -> dict[str, Any]:
    """What the log says of a reading."""
    return {
        "sha256": revision.sha256,
        "reader": reading.READER_VERSION,
        "claims": done.claims,
        "opened": done.opened,
        "dropped": done.dropped,
    }


def sentences_of(text: str, found: Sequence[zones.Zone], language: Language | None = None) -> dict[Span, Sentence]:
    """The headline and body sentences of a text, by their place; `found` are its zones, and `language` is known."""
    starts = [zone.start for zone in found]
    read = {}
    for proposal in reading.propose(text, found, language):
        zone = found[bisect_right(starts, proposal.start) - 1].kind
        if zone in COVERAGE_ZONES:
            read[proposal.start, proposal.end] = Sentence(proposal, zone)
    return read


def _drop_replaced(revision: Revision, sentences: dict[Span, Sentence]) -> int:
    """Remove the claims that this reading does not find any more, unless somebody has touched them."""
    untouched = ClaimStatus.objects.filter(claim__revision=revision, claim__unit=ClaimUnit.SENTENCE, version=0)
    gone = []
    for key, start, end, zone in untouched.values_list("pk", "claim__start", "claim__end", "claim__zone"):
        sentence = sentences.get((start, end))
        if sentence is None or sentence.zone != zone:
            gone.append(key)
    ClaimStatus.objects.filter(pk__in=gone).delete()
    Proposal.objects.filter(pk__in=gone).delete()
    Claim.objects.filter(pk__in=gone).delete()
    return len(gone)


def _open(article: Article, revision: Revision, sentences: dict[Span, Sentence]) -> int:
    """Open a claim for each sentence that none stands at yet; propose anew where nobody has touched the claim."""
    there = _there(revision)
    new = _free_keys(revision, [place for place in sentences if place not in there])
    rows = [claim_row(key, revision, place, sentences[place].zone) for key, place in new.items()]
    store_rows(Claim, ClaimRow._fields, rows)
    now, needed = timezone.now(), _needed(article)
    worth = {
        place: worth_of(revision.text[slice(*place)], sentence.proposed).points for place, sentence in sentences.items()
    }
    waiting = [StatusRow(key, now, needed, worth[place]) for key, place in new.items()]
    store_rows(ClaimStatus, StatusRow._fields, waiting)
    old = {key: place for place in sentences for key, version in there.get(place, ()) if version == 0}
    _weigh({key: worth[place] for key, place in old.items()})
    # By their keys: with a join PostgreSQL, where it has not counted the new rows yet, compares each with each.
    untouched = [key for claims in there.values() for key, version in claims if version == 0]
    for some in in_parts(untouched):
        Proposal.objects.filter(pk__in=some).delete()
    proposed = {key: sentences[place].proposed for key, place in (old | new).items()}
    found = [proposal_row(key, one) for key, one in proposed.items() if one is not None]
    store_rows(Proposal, ProposalRow._fields, found)
    return len(new)


def _there(revision: Revision) -> dict[Span, list[tuple[UUID, int]]]:
    """The claims at each place of the text, with their versions, where no other is to be opened.

    These are sentences, whatever became of them, and spans that are in work.
    """
    there: dict[Span, list[tuple[UUID, int]]] = defaultdict(list)
    covers = Q(unit=ClaimUnit.SENTENCE) | Q(status__set_aside="")
    rows = Claim.objects.filter(covers, revision=revision).exclude(status__set_aside=Aside.ORPHANED)
    for key, start, end, version in rows.values_list("pk", "start", "end", "status__version"):
        there[start, end].append((key, version))
    return there


def _free_keys(revision: Revision, places: list[Span]) -> dict[UUID, Span]:
    """A key for a new claim at each of these places: the computed one, unless a claim that moved away has it."""
    keys, attempt = {span_key(revision.pk, *place, ClaimUnit.SENTENCE): place for place in places}, 0
    free: dict[UUID, Span] = {}
    while keys:
        taken: set[UUID] = set()
        for some in in_parts(keys):
            taken.update(Claim.objects.filter(pk__in=some).values_list("pk", flat=True))
        free |= {key: place for key, place in keys.items() if key not in taken}
        attempt += 1
        keys = {
            named_key("claim", f"{revision.pk}\n{start}\n{end}\n{attempt}"): (start, end)
            for start, end in (keys[key] for key in taken)
        }
    return free


def _needed(article: Article) -> int:
    """How many assessments a new claim takes: what the story says that the article is in, or will be in."""
    placed = ArticleStatus.objects.filter(article=article).values_list("story", flat=True)
    story = placed[0] if placed else article.first_story_id
    said = StoryStatus.objects.filter(story=story).values_list("assessments_needed", flat=True)
    return said[0] if said else ASSESSMENTS_NEEDED


def _weigh(worth: dict[UUID, int]) -> None:
    """Give claims that are there and untouched the worth that this reading finds."""
    known = ClaimStatus.objects.filter(claim__in=list(worth)).only("claim", "worth")
    moved = [ClaimStatus(claim_id=old.pk, worth=worth[old.pk]) for old in known if old.worth != worth[old.pk]]
    ClaimStatus.objects.bulk_update(moved, ["worth"], 500)


def _take_work(article: Article, revision: Revision) -> None:
    """The claims of this revision take work, unless the article is locked; those of other revisions take none."""
    is_locked = ArticleStatus.objects.filter(article=article, locked_at__isnull=False).exists()
    of_article = Claim.objects.filter(article=article).order_by().values_list("pk", flat=True)
    for claims, takes_work in (
        (of_article.filter(revision=revision), not is_locked),
        (of_article.exclude(revision=revision), False),
    ):
        # By their keys: see _open.
        for some in in_parts(claims):
            ClaimStatus.objects.filter(pk__in=some, takes_work=not takes_work).update(takes_work=takes_work)


def state_of(revision: Revision, found: Sequence[zones.Zone], language: Language) -> dict[str, object]:
    """What an article's status says of its text in force, once it is read; `found` are the text's zones."""
    return {
        "revision": revision,
        "language": language.code,
        "language_basis": language.basis,
        "has_headline": any(zone.kind is ZoneKind.HEADLINE for zone in found),
        "reader_version": reading.READER_VERSION,
        "read_at": timezone.now(),
    }


def title_of(article: Article, first: str) -> str:
    """What an article is called: its headline, or the first words of its first claim.

    It stands among words of the page, so what turns directions is not in it.
    """
    name = article.headline or clip(" ".join(first.split()), 120)
    return directions.ONE.sub("", name).strip() or "Nothing to review in this text"


def _restate(article: Article, revision: Revision, state: dict[str, object]) -> ArticleStatus:
    """What use knows of the article; its story and everything that people decided stay as they are."""
    if article.outlet:
        OutletStatus.objects.get_or_create(outlet=article.outlet)
    story = article.first_story
    if story:
        StoryStatus.objects.get_or_create(
            story=story, defaults={"title": story.title, "description": story.description}
        )
    claims = Claim.objects.filter(revision=revision)
    first = claims.in_reading_order().first()
    state |= {
        "title": title_of(article, first.exact if first else ""),
        "claims_count": claims.in_work().count(),
        "settled_count": claims.in_work().filter(status__state__in=SETTLED).count(),
    }
    status, _ = ArticleStatus.objects.update_or_create(
        article=article, defaults=state, create_defaults=state | {"story": story}
    )
    return status
