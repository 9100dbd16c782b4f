"""Orphans: claims whose words are not found in the text in force; who may see which, and where each may have gone."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from claims.models import Assessment, Attribution, Claim, Evidence, Revision, User, Zone
from claims.models.claim import ClaimQuerySet
from claims.permissions import can_moderate
from claims.text.anchors import Candidate, candidates
from claims.text.standing import coverage_at
from claims.vocabulary import Aside

# How many places are offered for one orphan.
MOST_OFFERED = 3
# What a reviewer does with a claim, and who did it.
OWN_WORK = ((Assessment, "reviewer"), (Attribution, "reviewer"), (Evidence, "by"))


@dataclass(frozen=True)
class Offer:
    """A place of the text in force that an orphan may have gone to: its words, and how alike they are, in percent.

    `taken_by` is a claim that stands at exactly these words, so that no other can; None where the place is free.
    """

    start: int
    end: int
    words: str
    percent: int
    taken_by: Claim | None


def orphans_for(viewer: User, *, everything: bool = False) -> ClaimQuerySet:
    """The orphans that the viewer is shown.

    Moderators, who place them: those with work on them, or with `everything` all. Reviewers: those that they labelled,
    attributed or gave evidence for, whatever others did, so that the list tells nothing of that.
    """
    # Both conditions, because the index holds only what is set aside.
    lost = Claim.objects.visible_to(viewer).filter(~Q(status__set_aside=""), status__set_aside=Aside.ORPHANED)
    if can_moderate(viewer):
        return lost if everything else lost.filter(status__version__gt=0)
    own = Q()
    for model, who in OWN_WORK:
        own |= Q(Exists(model._default_manager.filter(claim=OuterRef("pk"), **{who: viewer})))
    return lost.filter(own)


def offers_for(claims: Iterable[Claim], viewer: User) -> dict[UUID, list[Offer]]:
    """The likeliest places of each of these orphans, by the claim's key; three queries, however many there are.

    The claims come with `article.status`.
    """
    listed = list(claims)
    in_force = {claim.article.status.revision_id for claim in listed}
    texts = dict(Revision.objects.filter(pk__in=in_force).values_list("pk", "text"))
    zones: dict[UUID, list[Zone]] = defaultdict(list)
    for zone in Zone.objects.filter(revision__in=in_force):
        zones[zone.revision_id].append(zone)
    found: dict[UUID, list[Candidate]] = {}
    for claim in listed:
        revision = claim.article.status.revision_id
        likely = candidates(claim.exact, claim.prefix, claim.suffix, texts[revision], MOST_OFFERED)
        found[claim.pk] = [one for one in likely if coverage_at(zones[revision], one.start, one.end)]
    taken = _standing_at(viewer, in_force, {one.start for likely in found.values() for one in likely})
    return {
        claim.pk: [
            _offer(one, texts[claim.article.status.revision_id], claim.article.status.revision_id, taken)
            for one in found[claim.pk]
        ]
        for claim in listed
    }


def _standing_at(viewer: User, revisions: set[UUID], starts: set[int]) -> dict[tuple[UUID, int, int], Claim]:
    there = Claim.objects.visible_to(viewer).in_work().filter(revision__in=revisions, start__in=starts)
    return {(claim.revision_id, claim.start, claim.end): claim for claim in there.select_related("status")}


def _offer(candidate: Candidate, text: str, revision: UUID, taken: dict[tuple[UUID, int, int], Claim]) -> Offer:
    start, end = candidate.start, candidate.end
    return Offer(start, end, text[start:end], round(100 * candidate.likeness), taken.get((revision, start, end)))
