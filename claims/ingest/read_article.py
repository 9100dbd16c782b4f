"""The first pass: zones, one open claim of each headline and body sentence, and a proposal for each."""

from bisect import bisect_right
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from claims import audit
from claims.models import (
    Article,
    ArticleStatus,
    Claim,
    ClaimStatus,
    OutletStatus,
    Proposal,
    Revision,
    StoryStatus,
    User,
    Zone,
)
from claims.models.keys import span_key
from claims.permissions import check_is_operator
from claims.refusals import Gone
from claims.text import reading, zones
from claims.text.context import around, clip
from claims.text.fold import fold
from claims.text.worth import worth_of
from claims.vocabulary import ASSESSMENTS_NEEDED, COVERAGE_ZONES, SETTLED, ClaimUnit, EventKind, ZoneKind


@dataclass(frozen=True)
class Read:
    """What one reading did: claims there are now, how many of them are new, how many untouched ones went."""

    claims: int
    opened: int
    dropped: int
    title: str


def unread() -> QuerySet[Article]:
    """Articles that nobody read, that an older reader read, or that have a newer revision; oldest first."""
    return (
        Article.objects.annotate(newest=Subquery(_newest_revisions().filter(article=OuterRef("pk")).values("pk")[:1]))
        .filter(newest__isnull=False)
        .filter(
            Q(status__isnull=True)
            | Q(status__withdrawn_at__isnull=True)
            & (Q(status__reader_version__lt=reading.READER_VERSION) | ~Q(status__revision=F("newest")))
        )
        .order_by("received_at", "pk")
    )


@transaction.atomic
def read_article(*, by: User, article: Article) -> Read:
    """Read the article's newest revision: store its zones, open its claims, propose a label for each.

    Reading again is idempotent, and a newer reader replaces only what nobody has touched. Raises NotAllowed,
    and Gone where there is no text to read: none came in, or the article was withdrawn.
    """
    check_is_operator(by, "have articles read")
    article = Article.objects.select_for_update(of=("self",)).select_related("outlet", "first_story").get(pk=article.pk)
    revision = _newest_revisions().filter(article=article).first()
    if revision is None or ArticleStatus.objects.filter(article=article, withdrawn_at__isnull=False).exists():
        raise Gone("This article has no text to read.")
    found = zones.read(revision.text)
    proposals = {
        span_key(revision.pk, proposal.start, proposal.end, ClaimUnit.SENTENCE): proposal
        for proposal in reading.propose(revision.text)
    }
    Zone.objects.filter(revision=revision).delete()
    Zone.objects.bulk_create(
        [Zone(revision=revision, kind=zone.kind, start=zone.start, end=zone.end) for zone in found], batch_size=500
    )
    kinds = _zone_of_each(proposals, found)
    dropped = _drop_replaced(revision, kinds)
    opened = _open(article, revision, proposals, kinds)
    _put_in_force(article, revision)
    status = _restate(article, revision)
    done = Read(status.claims_count, opened, dropped, status.title)
    audit.record(
        EventKind.ARTICLE_READ,
        by=by,
        target=article,
        after={
            "sha256": revision.sha256,
            "reader": reading.READER_VERSION,
            "claims": done.claims,
            "opened": opened,
            "dropped": dropped,
        },
    )
    return done


def _newest_revisions() -> QuerySet[Revision]:
    """What came in last comes first; withdrawn revisions have no text left to read."""
    return Revision.objects.exclude(text="").order_by("-received_at", "-pk")


def _zone_of_each(proposals: dict[UUID, reading.Proposal], found: list[zones.Zone]) -> dict[UUID, ZoneKind]:
    starts = [zone.start for zone in found]
    kinds = {key: found[bisect_right(starts, p.start) - 1].kind for key, p in proposals.items()}
    return {key: kind for key, kind in kinds.items() if kind in COVERAGE_ZONES}


def _drop_replaced(revision: Revision, kinds: dict[UUID, ZoneKind]) -> int:
    """Remove the claims that this reading does not find any more, unless somebody has touched them."""
    # Locked, so that nobody can judge one of them between this look and the removal.
    untouched = ClaimStatus.objects.select_for_update().filter(
        claim__revision=revision, claim__unit=ClaimUnit.SENTENCE, version=0
    )
    gone = [key for key, zone in untouched.values_list("pk", "claim__zone") if kinds.get(key) != zone]
    ClaimStatus.objects.filter(pk__in=gone).delete()
    Proposal.objects.filter(pk__in=gone).delete()
    Claim.objects.filter(pk__in=gone).delete()
    return len(gone)


def _open(
    article: Article, revision: Revision, proposals: dict[UUID, reading.Proposal], kinds: dict[UUID, ZoneKind]
) -> int:
    """Open a claim for each sentence that has none yet; propose anew where nobody has touched the claim."""
    there = dict(Claim.objects.filter(revision=revision).values_list("pk", "status__version"))
    new = [key for key in kinds if key not in there]
    now = timezone.now()
    Claim.objects.bulk_create([_claim(key, proposals[key], article, revision, kinds[key]) for key in new], 500)
    needed = _needed(article)
    worth = {key: worth_of(revision.text[p.start : p.end], p).points for key, p in proposals.items() if key in kinds}
    ClaimStatus.objects.bulk_create(
        [ClaimStatus(claim_id=key, opened_at=now, needed=needed, worth=worth[key]) for key in new], 500
    )
    untouched = [key for key in kinds if there.get(key, 0) == 0]
    _weigh([key for key in untouched if key in there], worth)
    Proposal.objects.filter(claim__revision=revision, claim__status__version=0).delete()
    Proposal.objects.bulk_create([_proposal(key, proposals[key]) for key in untouched], 500)
    return len(new)


def _needed(article: Article) -> int:
    """How many assessments a new claim takes: what the story says that the article is in, or will be in."""
    placed = ArticleStatus.objects.filter(article=article).values_list("story", flat=True)
    story = placed[0] if placed else article.first_story_id
    said = StoryStatus.objects.filter(story=story).values_list("assessments_needed", flat=True)
    return said[0] if said else ASSESSMENTS_NEEDED


def _weigh(keys: list[UUID], worth: dict[UUID, int]) -> None:
    """Give claims that are there and untouched the worth that this reading finds."""
    known = ClaimStatus.objects.filter(claim__in=keys).only("claim", "worth")
    moved = [ClaimStatus(claim_id=old.pk, worth=worth[old.pk]) for old in known if old.worth != worth[old.pk]]
    ClaimStatus.objects.bulk_update(moved, ["worth"], 500)


def _claim(key: UUID, found: reading.Proposal, article: Article, revision: Revision, zone: ZoneKind) -> Claim:
    exact = revision.text[found.start : found.end]
    prefix, suffix = around(revision.text, found.start, found.end)
    return Claim(
        pk=key,
        article=article,
        revision=revision,
        zone=zone,
        unit=ClaimUnit.SENTENCE,
        start=found.start,
        end=found.end,
        exact=exact,
        prefix=prefix,
        suffix=suffix,
        folded=fold(exact),
    )


def _proposal(key: UUID, found: reading.Proposal) -> Proposal:
    return Proposal(
        claim_id=key,
        label=found.label,
        strength=found.strength,
        reason=found.reason or "",
        rule=found.rule,
        why=found.why,
        confidence=found.confidence,
        cue=found.cue,
        source=found.source,
        content=found.content,
        reader_version=reading.READER_VERSION,
    )


def _put_in_force(article: Article, revision: Revision) -> None:
    """The claims of this revision take work, unless the article is locked; those of other revisions take none."""
    statuses = ClaimStatus.objects.of_articles([article.pk])
    statuses.lock()
    is_locked = ArticleStatus.objects.filter(article=article, locked_at__isnull=False).exists()
    statuses.filter(claim__revision=revision).exclude(takes_work=not is_locked).update(takes_work=not is_locked)
    statuses.exclude(claim__revision=revision).filter(takes_work=True).update(takes_work=False)


def _restate(article: Article, revision: Revision) -> ArticleStatus:
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
    opening = clip(" ".join(first.exact.split()), 120) if first else ""
    state = {
        "revision": revision,
        "title": article.headline or opening or "Nothing to review in this text",
        "has_headline": Zone.objects.filter(revision=revision, kind=ZoneKind.HEADLINE).exists(),
        "reader_version": reading.READER_VERSION,
        "read_at": timezone.now(),
        "claims_count": claims.in_work().count(),
        "settled_count": claims.in_work().filter(status__state__in=SETTLED).count(),
    }
    status, _ = ArticleStatus.objects.update_or_create(
        article=article, defaults=state, create_defaults=state | {"story": story}
    )
    return status
