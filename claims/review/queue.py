"""What waits for a person: what they may be told of it, and what the queue serves, most worth their time first.

The two are apart because of the blind rule. What a page shows rests on what the person did and on what is settled; only
the queue's choice knows how many assessments a claim has and where reviewers differ, and never says so.
"""

from collections.abc import Iterator
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from claims.models import Article, Assessment, Assignment, Claim, ClaimStatus, Lease, Skip, User
from claims.models.claim import ClaimQuerySet
from claims.text.worth import MOST
from claims.vocabulary import ClaimState

# How many of a person's newest assessments are looked at for articles that they have begun.
NEWEST_LOOKED_AT = 200
# How many of their oldest assignments that others have not settled meanwhile.
OLDEST_LOOKED_AT = 500
# How many articles and claims are looked up at a time.
ARTICLES_AT_ONCE = 20
CLAIMS_AT_ONCE = 50
SKIPS_SHOWN = 20
# Among claims of one worth those come first that lack an opinion most.
STATES = (ClaimState.DISPUTED, ClaimState.IN_REVIEW, ClaimState.OPEN)
# The same order within an article; the names of these states happen to sort so.
ORDER = ("-status__worth", "status__state", "status__opened_at", "status__claim")


def undone_by(viewer: User) -> ClaimQuerySet:
    """Claims that the viewer could label and has neither labelled nor skipped. It tells nothing of what others did."""
    return (
        Claim.objects.visible_to(viewer)
        .in_work()
        .filter(
            _is_new_to(viewer),
            # Not by the empty label: SQLite would begin with the index of labels, where half the desk stands under "".
            status__settled_at__isnull=True,
            revision=F("article__status__revision"),
            article__status__locked_at__isnull=True,
        )
    )


def waiting_for(viewer: User) -> ClaimQuerySet:
    """Of those, the claims that still need somebody and that nobody else holds now, in the queue's order."""
    return undone_by(viewer).filter(_needs_somebody("status__"), _is_free(viewer)).order_by(*ORDER)


def _needs_somebody(status: str) -> Q:
    """Fewer opinions than it takes; `status` is the way to the claim's status, with its underscores."""
    given, needed = f"{status}given", F(f"{status}needed")
    return (
        Q(**{f"{given}__lt": needed})
        | Q(**{f"{given}__lte": F(f"{status}reopened_with")})
        # Reviewers differ: one further opinion helps whoever rules.
        | Q(**{f"{status}state": ClaimState.DISPUTED, given: needed})
    )


def _is_free(viewer: User) -> Q:
    return Q(~Exists(Lease.objects.filter(~Q(holder=viewer), claim=OuterRef("pk"), until__gt=timezone.now())))


def _is_new_to(viewer: User) -> Q:
    labelled = Assessment.objects.filter(claim=OuterRef("pk"), reviewer=viewer)
    skipped = Skip.objects.filter(claim=OuterRef("pk"), reviewer=viewer)
    return Q(~Exists(labelled), ~Exists(skipped))


def candidates(viewer: User) -> Iterator[UUID]:
    """Keys of claims to serve, best first: of assigned articles, of articles begun, of the whole desk.

    Each part is looked up when it is asked for.
    """
    for articles in (assigned_to, begun_by):
        for article in articles(viewer, waiting_for(viewer)):
            yield from _keys(waiting_for(viewer).filter(article=article))
    for worth in range(MOST, -1, -1):
        for state in STATES:
            yield from _on_the_desk(viewer, worth, state, _needs_somebody(""))
    # What needs nobody comes last, and not never: else what is never served would be what reviewers differ about.
    for worth in range(MOST, -1, -1):
        yield from _on_the_desk(viewer, worth, ClaimState.DISPUTED, ~_needs_somebody(""))


def _on_the_desk(viewer: User, worth: int, state: ClaimState, need: Q) -> Iterator[UUID]:
    """Keys of claims of this worth, state and need anywhere, the oldest first, some at a time.

    In two steps, because with the articles in one query PostgreSQL misjudges how many rows there are and reads all
    claims: first along the index `claim_waiting`, then those of these that are of texts in force.
    """
    rows = ClaimStatus.objects.filter(
        need,
        _is_new_to(viewer),
        _is_free(viewer),
        worth=worth,
        state=state,
        settled_label="",
        set_aside="",
        takes_work=True,
    ).order_by("opened_at", "claim_id")
    place = Q()
    while found := list(rows.filter(place).values_list("opened_at", "claim_id")[:CLAIMS_AT_ONCE]):
        keys = [key for _, key in found]
        in_force = set(undone_by(viewer).filter(pk__in=keys).values_list("pk", flat=True))
        yield from (key for key in keys if key in in_force)
        at, key = found[-1]
        place = Q(opened_at__gte=at) & (Q(opened_at__gt=at) | Q(claim_id__gt=key))


def _keys(claims: ClaimQuerySet) -> list[UUID]:
    return list(claims.values_list("pk", flat=True)[:CLAIMS_AT_ONCE])


def assigned_to(viewer: User, claims: ClaimQuerySet) -> list[Article]:
    """Articles assigned to the viewer that have one of these claims, the oldest assignment first."""
    oldest_first = (
        Assignment.objects.filter(
            reviewer=viewer, article__status__settled_count__lt=F("article__status__claims_count")
        )
        .order_by("created_at", "pk")
        .values_list("article", flat=True)
    )
    return _with(claims, list(oldest_first[:OLDEST_LOOKED_AT]), viewer)


def begun_by(viewer: User, claims: ClaimQuerySet) -> list[Article]:
    """Articles that the viewer labelled lately and that have one of these claims, the latest first."""
    newest = Assessment.objects.filter(reviewer=viewer).order_by("-updated_at").values_list("article", flat=True)
    return _with(claims, list(dict.fromkeys(newest[:NEWEST_LOOKED_AT])), viewer)


def _with(claims: ClaimQuerySet, keys: list[UUID], viewer: User) -> list[Article]:
    """Those of the articles that have one of the claims, in the order of the keys."""
    if not keys:
        return []
    # The counters come first: what is settled throughout need not be looked into.
    found = Article.objects.visible_to(viewer).filter(
        Exists(claims.filter(article=OuterRef("pk"))),
        pk__in=keys,
        status__settled_count__lt=F("status__claims_count"),
    )
    by_key = {article.pk: article for article in found.select_related("status")}
    return [by_key[key] for key in keys if key in by_key][:ARTICLES_AT_ONCE]


def skipped_by(viewer: User) -> list[Skip]:
    """The viewer's newest skips of claims that they could still label."""
    labelled = Assessment.objects.filter(claim=OuterRef("claim"), reviewer=viewer)
    own = _skips(viewer).filter(~Exists(labelled), reviewer=viewer, claim__status__settled_label="")
    return list(own.order_by("-created_at")[:SKIPS_SHOWN])


def newest_skips(viewer: User) -> list[Skip]:
    """The newest skips of everybody, for moderators: where a sentence is cut wrongly, or a subject needs somebody."""
    return list(_skips(viewer).order_by("-pk")[:SKIPS_SHOWN])


def _skips(viewer: User) -> QuerySet[Skip]:
    in_force = Skip.objects.visible_to(viewer).filter(
        claim__status__set_aside="",
        claim__article__status__withdrawn_at__isnull=True,
        claim__revision=F("claim__article__status__revision"),
    )
    return in_force.select_related("claim__article__status", "reviewer")
