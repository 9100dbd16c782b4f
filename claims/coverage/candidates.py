"""Claims to compare a claim with: ranked by the terms that they share, read live from the index.

What is listed and in which order tells nothing of what others found of a pair: that somebody put two claims forward to
compare is the desk's, and so is a pair that is settled.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from heapq import nlargest
from typing import Any, Final
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q

from claims.coverage.postings import Postings, held_in_story
from claims.coverage.term_hashes import Terms, from_stored, term_hashes
from claims.filters import MAX_QUERY
from claims.models import Article, Claim, ClaimTerms, Link, Suggestion, User
from claims.models.claim import ClaimQuerySet
from claims.relations import LINK_SETTLED, LinkState, Relation, SuggestionState
from claims.search import holding, newest_holders
from claims.text.plain import plain
from claims.text.search_words import terms
from claims.text.similarity import Reason, explain
from claims.text.terms import score

PUT_FORWARD: Final = "put_forward"
DONE: Final = "done"
# What one look costs at most, in a corpus of any size.
MOST_HOLDERS: Final = 1_000
MOST_OF_STORY: Final = 1_000
_COMPARED: Final = 80
_MOST_LINKS: Final = 200
# Where a claim outside the story is worth looking at, it gets a few of the places, below those of the story.
_OTHERS: Final = 5
# Less alike than this is no candidate, however few there are.
LEAST: Final = 0.04
# Another article of the same outlet is worth less than one of another.
_SAME_OUTLET: Final = 0.8
# A search for words reads the claims of the story, and so many of the newest claims beside.
SEARCHED: Final = 20_000


@dataclass(frozen=True)
class Candidate:
    """A claim worth comparing with another: how alike they are, 0 to 1, and why, in words of the two.

    `link_state` says that somebody put the pair forward to compare (PUT_FORWARD), or that the viewer is done with it,
    by judging it or because it is settled (DONE); "" for what the index alone brings up.
    """

    claim: Claim
    score: float
    reasons: list[Reason] = field(default_factory=list)
    link_state: str = ""
    link_id: UUID | None = None
    in_story: bool = False


def candidates_for(claim: Claim, viewer: User, most: int = 20) -> list[Candidate]:
    """The claims of other articles that are most worth comparing with this one, at most `most`. Six queries.

    First what was put forward to compare, then the story's, then others; last what the viewer is done with. A pair that
    is settled as unrelated, that a moderator rejected, or that the viewer found unrelated does not return. The claim
    need not be in the index.
    """
    asked = term_hashes(claim.exact)
    outlet, story = _where(claim)
    postings = Postings(MOST_HOLDERS)
    rare, numbers = _found(asked, story, postings)
    linked = _links_of(claim, viewer)
    found = []
    for other in _claims(claim, viewer, numbers, list(linked)):
        link = linked.get(other.pk)
        if link is not None and _is_unrelated(link):
            continue
        likeness = _likeness(asked, other, rare)
        if link is None and likeness < LEAST:
            continue
        found.append(_candidate(other, likeness, link, story, outlet))
    return [_explained(claim, one) for one in _best(found, most)]


def search_claims(words: str, claim: Claim, viewer: User, most: int = 20) -> list[Claim]:
    """Claims in work that hold every word and “quoted phrase”, whichever article they stand in: the story's first.

    Where very many do, reads the story and the newest SEARCHED claims beside it. Raises Invalid for a search that is
    too long. At most four queries and one for the story.
    """
    if not (words := plain("search", words, MAX_QUERY)):
        return []
    _, story = _where(claim)
    asked = terms(words)
    holders = newest_holders(asked)
    here = holding(_shown(viewer).exclude(pk=claim.pk), asked, holders)
    found = list(here.filter(article__status__story=story).newest_first()[:most]) if story else []
    if len(found) < most and not holders.are_all:
        opened = Claim.objects.order_by("-status__opened_at").values_list("status__opened_at", flat=True)
        if oldest := opened[SEARCHED : SEARCHED + 1].first():
            here = here.filter(status__opened_at__gte=oldest)
    if len(found) < most:
        found += here.exclude(pk__in=[one.pk for one in found]).newest_first()[: most - len(found)]
    return found


def _where(claim: Claim) -> tuple[UUID | None, UUID | None]:
    """The outlet and the story of the claim's article."""
    of_article = Article.objects.filter(pk=claim.article_id).values_list("outlet", "status__story").first()
    return of_article or (None, None)


def _found(asked: Terms, story: UUID | None, postings: Postings) -> tuple[dict[int, float], list[int]]:
    """How telling each of the terms is, and the numbers of the claims that share most with what is asked."""
    rare = postings.rarities(asked)
    shared: dict[int, float] = defaultdict(float)
    holders = postings.holders(asked)
    in_story = held_in_story(list(asked), story, MOST_OF_STORY) if story else {}
    for held in (holders, in_story):
        _count(shared, held, asked, rare)
    near: dict[int, float] = defaultdict(float)
    _count(near, in_story, asked, rare)
    best = {*_most(near), *_most(shared)}
    return rare, sorted(best)


def _count(shared: dict[int, float], held: Mapping[int, list[int]], asked: Terms, rare: Mapping[int, float]) -> None:
    for term, numbers in held.items():
        gain = (asked[term] * rare[term]) ** 2
        for number in numbers:
            shared[number] += gain


def _most(shared: Mapping[int, float]) -> list[int]:
    return nlargest(_COMPARED, shared, key=lambda number: (shared[number], number))


def _links_of(claim: Claim, viewer: User) -> dict[UUID, Any]:
    """The pairs that were put forward with this claim, by the key of the other, as the viewer may know them."""
    links = Link.objects.visible_to(viewer).of_claim(claim.pk).annotate(found=F("own__relation")).newest_first()
    return {link.other(claim.pk): link for link in links[:_MOST_LINKS]}


def _is_unrelated(link: Any) -> bool:
    return bool(link.state == LinkState.REJECTED or link.found == Relation.UNRELATED)


def _shown(viewer: User) -> ClaimQuerySet:
    """Claims that can be compared: in work and in force, and seen by the viewer; with what a page shows of each."""
    here = Claim.objects.visible_to(viewer).in_work().filter(revision=F("article__status__revision"))
    return here.select_related("status", "article__status", "article__outlet")


def _claims(claim: Claim, viewer: User, numbers: list[int], linked: list[UUID]) -> ClaimQuerySet:
    """The claims of these numbers in the index, and those that were put forward; never what was rejected."""
    rejected = Suggestion.objects.filter(state=SuggestionState.REJECTED).filter(
        Q(a=claim.pk, b=OuterRef("pk")) | Q(b=claim.pk, a=OuterRef("pk"))
    )
    indexed = ClaimTerms.objects.filter(number__in=numbers).values("claim")
    wanted = _shown(viewer).filter(Q(pk__in=indexed) & ~Q(article=claim.article_id) | Q(pk__in=linked))
    return wanted.exclude(pk=claim.pk).exclude(Exists(rejected)).select_related("terms")


def _likeness(asked: Terms, other: Claim, rare: Mapping[int, float]) -> float:
    indexed = getattr(other, "terms", None)
    terms = from_stored(indexed.terms) if indexed else term_hashes(other.exact)
    # A term that only the other has is as telling as the rarest of what is asked: it was not looked up.
    unknown = max(rare.values(), default=1.0)
    return score(asked, terms, lambda term: rare.get(term, unknown))


def _candidate(other: Claim, likeness: float, link: Any, story: UUID | None, outlet: UUID | None) -> Candidate:
    state = ""
    if link is not None:
        state = DONE if link.found or link.state in LINK_SETTLED else PUT_FORWARD
    if outlet and other.article.outlet_id == outlet:
        likeness *= _SAME_OUTLET
    in_story = story is not None and other.article.status.story_id == story
    return Candidate(other, round(likeness, 4), [], state, link.pk if link else None, in_story)


def _best(found: list[Candidate], most: int) -> list[Candidate]:
    """In the order of the list; what lies outside the story keeps a few places."""
    found.sort(key=lambda one: (-one.score, one.claim.pk))
    waiting = [one for one in found if one.link_state == PUT_FORWARD]
    near = [one for one in found if not one.link_state and one.in_story]
    far = [one for one in found if not one.link_state and not one.in_story]
    done = [one for one in found if one.link_state == DONE]
    room = max(0, most - len(waiting))
    kept = near[: max(0, room - min(_OTHERS, len(far)))]
    return [*waiting, *kept, *far[: room - len(kept)], *done][:most]


def _explained(claim: Claim, one: Candidate) -> Candidate:
    reasons = explain(claim.exact, one.claim.exact)
    return Candidate(one.claim, one.score, reasons, one.link_state, one.link_id, one.in_story)
