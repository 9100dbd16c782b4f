"""Pairs of claims of different articles that are worth comparing, suggested for the claims of articles that came in.

A suggestion is a proposal to compare, and nothing more: nothing is ever linked by itself. What a moderator rejected and
what is settled as a link stays as it is, whatever is found again.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from heapq import nlargest
from math import sqrt
from operator import itemgetter
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from claims.coverage.entries import Entries, Entry
from claims.coverage.postings import Postings
from claims.coverage.term_hashes import SUGGESTER_VERSION
from claims.models import ArticleStatus, ClaimTerms, CoverageIndex, Link, Suggestion, User
from claims.models.link import in_order
from claims.models.stored_rows import store_rows
from claims.permissions import check_can_index
from claims.relations import LINK_SETTLED, SuggestionState
from claims.text.terms import said, score_of

# How many pairs a claim that comes in brings at most, and how alike two claims have to be.
MOST_PAIRS: Final = 10
ENOUGH: Final = 0.3
# A term of more claims than this finds none: what the cost of a claim hangs on, and not the size of the corpus.
MOST_HOLDERS: Final = 30
# In a story it finds others of the story still: of the newest so many claims, where not too many of these have it.
MOST_OF_STORY: Final = 2_000
MOST_IN_STORY: Final = 100
_COMPARED: Final = 12
_AT_ONCE: Final = 5_000
# What shares less than this of what a claim says, by how telling it is, is not worth a closer look.
_LEAST_SHARED: Final = 0.12
_PROMISING: Final = 0.26
_KEPT_AS: Final = """(a_id, b_id) DO UPDATE SET score = excluded.score, created_at = excluded.created_at,
suggester_version = excluded.suggester_version WHERE claims_suggestion.state = 'open'"""

Pair = tuple[UUID, UUID]
# Numbers of claims of the index by the terms that they have.
Held = Mapping[int, list[int]]
Rarities = Mapping[int, float]


class Run:
    """What a run over many articles learns of the index on its way."""

    def __init__(self) -> None:
        self.postings = Postings(MOST_HOLDERS)
        self.entries = Entries()


@transaction.atomic
def suggest_links(*, by: User, articles: Collection[UUID], run: Run | None = None) -> int:
    """Look for pairs with the claims of these articles, which are in the index; give how many are worth comparing.

    A run over many articles hands itself on. Raises NotAllowed.
    """
    check_can_index(by)
    pairs = _open(_pairs(articles, run or Run()))
    now = timezone.now()
    store_rows(
        Suggestion,
        ("a_id", "b_id", "score", "signs", "state", "suggester_version", "created_at", "version"),
        ((*pair, alike, [], SuggestionState.OPEN, SUGGESTER_VERSION, now, 0) for pair, alike in sorted(pairs.items())),
        _KEPT_AS,
    )
    CoverageIndex.objects.filter(article__in=articles).update(suggester_version=SUGGESTER_VERSION)
    return len(pairs)


def _pairs(articles: Collection[UUID], run: Run) -> dict[Pair, float]:
    """The best pairs of each claim of these articles with claims of other articles, and how alike they are."""
    asked = run.entries.of_articles(articles)
    rare = run.postings.rarities({term for entry in asked for term in entry.terms})
    near = _near(asked, rare, run.postings.holders(rare), _in_stories(asked, run))
    known = run.entries.of({number for shared in near.values() for number in shared})
    rare = run.postings.rarities({term for entry in (*asked, *known.values()) for term in entry.terms})
    says = {entry.number: said(entry.terms, rare.__getitem__) for entry in (*asked, *known.values())}
    found: dict[Pair, float] = {}
    for entry in asked:
        scored = nlargest(MOST_PAIRS, _scored(entry, near[entry.number], known, says, rare))
        found |= {pair: alike for alike, pair in scored}
    return found


def _scored(
    entry: Entry, shared: Mapping[int, float], known: Mapping[int, Entry], says: Mapping[int, float], rare: Rarities
) -> Iterator[tuple[float, Pair]]:
    """How alike the claim and each of those that share something with it are, where that is enough."""
    for number, both in shared.items():
        # Only what promises something is looked at in earnest.
        promised = both / sqrt(says[entry.number] * says[number]) if number in known else 0.0
        if promised < _PROMISING:
            continue
        other = known[number]
        found = round(score_of(entry.terms, says[entry.number], other.terms, says[number], rare.__getitem__), 4)
        if found >= ENOUGH:
            yield found, in_order(entry.claim, other.claim)


def _in_stories(asked: list[Entry], run: Run) -> dict[UUID, Held]:
    """For each article in a story the claims there that hold the terms which too many claims of the corpus hold."""
    articles = {entry.article for entry in asked}
    placed = ArticleStatus.objects.filter(pk__in=articles, story__isnull=False).values_list("article", "story")
    in_story = {story: _held_in(story, run) for story in {story for _, story in placed}}
    return {article: in_story[story] for article, story in placed}


def _held_in(story: UUID, run: Run) -> Held:
    numbers = (
        ClaimTerms.objects.filter(article__status__story=story).order_by("-number").values_list("number", flat=True)
    )
    entries = run.entries.of(list(numbers[:MOST_OF_STORY]))
    frequent = run.postings.frequent({term for entry in entries.values() for term in entry.terms})
    held = defaultdict(list)
    for entry in entries.values():
        for term in entry.terms.keys() & frequent:
            held[term].append(entry.number)
    return {term: numbers for term, numbers in held.items() if len(numbers) <= MOST_IN_STORY}


def _near(
    asked: list[Entry], rare: Rarities, everywhere: Held, in_stories: Mapping[UUID, Held]
) -> dict[int, dict[int, float]]:
    """For each of the claims, by its number, those that share most of what is telling in it, and how much that is."""
    own = defaultdict(set)
    for entry in asked:
        own[entry.article].add(entry.number)
    found = {}
    for entry in asked:
        shared: dict[int, float] = defaultdict(float)
        beside = in_stories.get(entry.article, {})
        for term, weight in entry.terms.items():
            gain = (weight * rare[term]) ** 2
            for number in everywhere.get(term) or beside.get(term) or ():
                shared[number] += gain
        least, siblings = said(entry.terms, rare.__getitem__) * _LEAST_SHARED, own[entry.article]
        enough = [one for one in shared.items() if one[1] >= least and one[0] not in siblings]
        found[entry.number] = dict(nlargest(_COMPARED, enough, key=itemgetter(1, 0)))
    return found


def _open(pairs: dict[Pair, float]) -> dict[Pair, float]:
    """Without the pairs that are settled as links, and those that somebody decided."""
    decided: set[Pair] = set()
    keys = list({a for a, _ in pairs})
    for first in range(0, len(keys), _AT_ONCE):
        some = keys[first : first + _AT_ONCE]
        settled = Link.objects.filter(a__in=some, state__in=LINK_SETTLED)
        closed = Suggestion.objects.filter(a__in=some).exclude(state=SuggestionState.OPEN)
        decided.update(settled.values_list("a", "b"), closed.values_list("a", "b"))
    return {pair: score for pair, score in pairs.items() if pair not in decided}
