"""The earlier texts of an article, each with the claims as they stood in it."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from claims.models import Anchor, Article, Claim, Revision, User
from claims.permissions import can_moderate
from claims.text.fold import fold
from claims.vocabulary import SETTLED, Aside

# More claims than this a page of changes does not list; it counts all.
MOST_LISTED: Final = 200


@dataclass(frozen=True)
class Stood:
    """One claim at its place in a revision: code points, end exclusive, and its words there.

    `settled_label` is what it was settled as when the text changed, "" where it was not, or where it is open again and
    the viewer does not moderate: then what others thought of it is closed.
    """

    claim: Claim
    start: int
    end: int
    words: str
    settled_label: str


@dataclass(frozen=True)
class Changed:
    """A claim whose words are others in the later of two texts; `after` is "" where they are not found there."""

    claim: Claim
    before: str
    after: str


@dataclass(frozen=True)
class Comparison:
    """What came of the claims between two texts: how many stayed as they were and came new, and those that changed.

    `aside` were found in the later text and taken out of work there, mostly because they got other borders.
    """

    unchanged: int
    opened: int
    reworded: int
    lost: int
    aside: int
    changed: list[Changed]


def stood_in(revision: Revision, viewer: User) -> list[Stood]:
    """The claims that were in work in this text while it was in force, in reading order; two queries.

    Which of them somebody worked on makes no difference here.
    """
    visible = Claim.objects.visible_to(viewer).filter(article=revision.article_id)
    anchors = Anchor.objects.filter(revision=revision, set_aside="", claim__in=visible.values("pk"))
    here = visible.filter(revision=revision, status__set_aside__in=["", Aside.ORPHANED]).select_related("status")
    moderates = can_moderate(viewer)
    found = {claim.pk: _stood(claim, claim, claim.status.settled_label, moderates) for claim in here}
    # An orphan still stands here: its anchor knows what it was when the text changed.
    found |= {
        anchor.claim_id: _stood(anchor.claim, anchor, anchor.settled_label, moderates)
        for anchor in anchors.select_related("claim__status")
    }
    return sorted(found.values(), key=lambda one: (one.start, -one.end, one.claim.pk))


def _stood(claim: Claim, at: Claim | Anchor, label: str, moderates: bool) -> Stood:
    may_know = moderates or claim.status.state in SETTLED
    return Stood(claim, at.start, at.end, at.exact, label if may_know else "")


def compare(before: Revision, after: Revision, viewer: User) -> Comparison:
    """What came of the claims from one text to another, as far as the viewer may see them; six queries."""
    old = {one.claim.pk: one for one in stood_in(before, viewer)}
    new = {one.claim.pk: one for one in stood_in(after, viewer)}
    missing = old.keys() - new.keys()
    aside = missing & _aside_in(after, viewer) if missing else set()
    lost = [Changed(one.claim, one.words, "") for key, one in old.items() if key in missing - aside]
    reworded = [
        Changed(one.claim, one.words, new[key].words)
        for key, one in old.items()
        if key in new and fold(one.words).strip() != fold(new[key].words).strip()
    ]
    stayed = len(old) - len(missing) - len(reworded)
    in_order = sorted([*lost, *reworded], key=lambda one: old[one.claim.pk].start)
    return Comparison(
        stayed, len(new.keys() - old.keys()), len(reworded), len(lost), len(aside), in_order[:MOST_LISTED]
    )


def _aside_in(revision: Revision, viewer: User) -> set[UUID]:
    """The claims that stood in this text and were taken out of work there."""
    visible = Claim.objects.visible_to(viewer).filter(article=revision.article_id)
    here = visible.filter(revision=revision).exclude(status__set_aside__in=["", Aside.ORPHANED])
    anchors = Anchor.objects.filter(revision=revision, claim__in=visible.values("pk")).exclude(set_aside="")
    return {*here.values_list("pk", flat=True), *anchors.values_list("claim", flat=True)}


def one_before(revision: Revision) -> Revision | None:
    """The text that came in before this one; None for the first."""
    earlier = Revision.objects.filter(article=revision.article_id, received_at__lte=revision.received_at)
    earlier = earlier.exclude(received_at=revision.received_at, pk__gte=revision.pk)
    return earlier.defer("raw").order_by("-received_at", "-pk").first()


def revision_of(article: Article, revision_id: UUID) -> Revision | None:
    """This text of the article, without its bytes; None where it has no such text."""
    return Revision.objects.filter(article=article, pk=revision_id).defer("raw").first()
