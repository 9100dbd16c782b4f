"""The first pass over articles that an import of many stored: what it proposes for their claims, many at once."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from claims import audit
from claims.audit import Entry
from claims.ingest.bring_into_force import Read, as_read
from claims.ingest.carry_claims import in_parts
from claims.ingest.drafted_text import ProposedText
from claims.ingest.sentence_rows import ProposalRow, proposal_row
from claims.ingest.store_many import NOT_READ
from claims.models import Article, ArticleStatus, Claim, ClaimStatus, Proposal, Revision, User, Zone
from claims.models.stored_rows import store_rows
from claims.permissions import check_can_import
from claims.text import reading, zones
from claims.vocabulary import ClaimUnit, EventKind, ZoneKind


@dataclass(frozen=True)
class Unproposed:
    """A text that is stored as far as its sentences, with its zones."""

    revision: UUID
    text: str
    zones: list[zones.Zone]


def unproposed(at_once: int) -> Iterator[list[Unproposed]]:
    """The texts in force of which nobody proposed anything yet, so many at once, oldest first.

    Each comes once, whether or not it is read meanwhile.
    """
    last = None
    while True:
        waiting = ArticleStatus.objects.filter(reader_version=NOT_READ, withdrawn_at=None).order_by("article")
        found = list((waiting if last is None else waiting.filter(article__gt=last))[:at_once])
        if not found:
            return
        last = found[-1].pk
        keys = [one.revision_id for one in found]
        kept: dict[UUID, list[zones.Zone]] = {key: [] for key in keys}
        for zone in Zone.objects.filter(revision__in=keys).order_by("start"):
            kept[zone.revision_id].append(zones.Zone(zone.start, zone.end, ZoneKind(zone.kind)))
        texts = Revision.objects.filter(pk__in=keys).values_list("pk", "text")
        yield [Unproposed(key, text, kept[key]) for key, text in texts]


@transaction.atomic
def propose_first(*, by: User, proposed: Mapping[UUID, ProposedText]) -> list[Read]:
    """Store what is proposed for the claims of these texts, by the keys of their revisions.

    Articles that were read, revised or withdrawn meanwhile are left, and so are those whose claims are not the
    sentences that were read. What is stored is what `read_article` would store. Raises NotAllowed.
    """
    check_can_import(by)
    waiting = _locked(list(proposed))
    claims = _claims_of([status.revision_id for status in waiting])
    rows: list[ProposalRow] = []
    worth: dict[int, list[UUID]] = defaultdict(list)
    done: list[ArticleStatus] = []
    for status in waiting:
        text, own = proposed[status.revision_id], claims[status.revision_id]
        if {place for place, _, _ in own} != set(text.sentences):
            continue
        done.append(status)
        for place, key, version in own:
            found, points = text.sentences[place]
            if version == 0:
                rows += [proposal_row(key, found)] if found is not None else []
                worth[points].append(key)
        status.reader_version, status.read_at = reading.READER_VERSION, timezone.now()
        status.language, status.language_basis = text.language.code, text.language.basis
    store_rows(Proposal, ProposalRow._fields, rows)
    for points, keys in worth.items():
        for some in in_parts(keys if points else ()):
            ClaimStatus.objects.filter(pk__in=some).update(worth=points)
    ArticleStatus.objects.bulk_update(done, ["reader_version", "read_at", "language", "language_basis"], 200)
    reads = [Read(status.claims_count, status.claims_count, 0, status.title) for status in done]
    audit.record_all([_entry(status, read) for status, read in zip(done, reads, strict=True)], by=by)
    return reads


def _locked(revisions: Sequence[UUID]) -> list[ArticleStatus]:
    """The statuses of those that still wait; their claims and articles are locked, in the order of all writes."""
    waiting = ArticleStatus.objects.filter(revision__in=revisions, reader_version=NOT_READ, withdrawn_at=None)
    articles = list(waiting.values_list("pk", flat=True))
    ClaimStatus.objects.of_articles(articles).lock()
    list(Article.objects.select_for_update(no_key=True).filter(pk__in=articles).order_by("pk").values_list("pk"))
    still = ArticleStatus.objects.select_for_update(of=("self",)).filter(pk__in=articles, reader_version=NOT_READ)
    here = still.filter(revision__in=revisions, withdrawn_at=None).select_related("article", "revision")
    return list(here.defer("revision__text", "revision__raw"))


def _claims_of(revisions: Sequence[UUID]) -> dict[UUID, list[tuple[tuple[int, int], UUID, int]]]:
    """The place, key and version of each claim of these texts that is a sentence."""
    found: dict[UUID, list[tuple[tuple[int, int], UUID, int]]] = {key: [] for key in revisions}
    rows = Claim.objects.filter(revision__in=revisions, unit=ClaimUnit.SENTENCE).order_by("pk")
    for revision, start, end, key, version in rows.values_list("revision", "start", "end", "pk", "status__version"):
        found[revision].append(((start, end), key, version))
    return found


def _entry(status: ArticleStatus, done: Read) -> Entry:
    return Entry(EventKind.ARTICLE_READ, status.article, after=as_read(done, status.revision))
