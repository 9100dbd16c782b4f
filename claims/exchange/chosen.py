"""What goes into a JSON Lines file: the claims that were asked for, and of everything else what belongs to them.

All of it goes through `visible_to`: whoever exports gets what they may see.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from claims.exchange.kinds import DESK, EVERYTHING, Kind
from claims.models import (
    Article,
    Assessment,
    Attribution,
    Claim,
    Comment,
    Evidence,
    Extraction,
    Hop,
    Link,
    LinkAssessment,
    LinkRuling,
    Outlet,
    Redrawing,
    Retirement,
    Revision,
    Ruling,
    Source,
    Story,
    User,
    Verdict,
    VerdictPublication,
    Zone,
    is_at_least,
)
from claims.models.article import ArticleQuerySet
from claims.models.claim import ClaimQuerySet
from claims.models.link import LinkQuerySet
from claims.models.source import SourceQuerySet
from claims.relations import LINK_SETTLED
from claims.vocabulary import SETTLED, Aside, Role

Rows = QuerySet[Any]
# Those that have a blind rule of their own.
_BLIND: Final[dict[str, Any]] = {
    "assessment": Assessment,
    "attribution": Attribution,
    "evidence": Evidence,
    "verdict": Verdict,
    "publication": VerdictPublication,
    "comment": Comment,
}


@dataclass(frozen=True)
class Chosen:
    """What is written for this viewer: everything that they may see, or what belongs to these rows.

    `claims` bring along their articles, with texts, their sources and the links between them; `links` the same of the
    claims that they join. `articles` and `sources` come by themselves.
    """

    viewer: User
    claims: ClaimQuerySet | None = None
    links: LinkQuerySet | None = None
    articles: ArticleQuerySet | None = None
    sources: SourceQuerySet | None = None

    @property
    def seen(self) -> str:
        """Whether the viewer is told everything, or what somebody of the desk may know."""
        return EVERYTHING if is_at_least(self.viewer, Role.MODERATOR) else DESK

    @property
    def is_whole(self) -> bool:
        """Whether it is everything that the viewer may see."""
        return self.claims is None and self.links is None and self.articles is None and self.sources is None

    def rows(self, kind: Kind) -> Rows:
        """The rows of a kind, in no order yet."""
        if kind.of_everything and self.seen != EVERYTHING:
            return kind.model._default_manager.none()
        if kind.name in _FIND:
            return _FIND[kind.name](self).order_by()
        if kind.name in _BLIND:
            seen: Rows = _BLIND[kind.name].objects.visible_to(self.viewer)
            return seen.filter(self.beside("claim")).order_by()
        return kind.model._default_manager.filter(self.beside("claim")).order_by()

    def beside(self, claim: str) -> Q:
        """What lets those rows through whose relation of this name leads to a claim of the file."""
        if not self.is_whole:
            return Q(**{f"{claim}__in": _claims(self).order_by().values("pk")})
        # An inner join: a list of all keys would have to be held.
        here = Q(
            **{f"{claim}__article__status__withdrawn_at__isnull": True, f"{claim}__status__opened_at__isnull": False}
        )
        return here if self.seen == EVERYTHING else here & ~Q(**{f"{claim}__status__set_aside": Aside.HIDDEN})


def _claims(chosen: Chosen) -> Rows:
    if chosen.claims is not None:
        return chosen.claims
    seen = Claim.objects.visible_to(chosen.viewer)
    if chosen.links is not None:
        links = chosen.links.order_by()
        return seen.filter(Q(pk__in=links.values("a")) | Q(pk__in=links.values("b")))
    # Those of withdrawn articles have no words left, and nobody sees them.
    return seen if chosen.is_whole else seen.none()


def _articles(chosen: Chosen) -> Rows:
    seen = Article.objects.visible_to(chosen.viewer)
    if chosen.is_whole:
        return seen
    if chosen.articles is not None:
        return seen.filter(pk__in=chosen.articles.order_by().values("pk"))
    return seen.filter(pk__in=_claims(chosen).order_by().values("article"))


def _outlets(chosen: Chosen) -> Rows:
    seen = Outlet.objects.visible_to(chosen.viewer)
    return seen if chosen.is_whole else seen.filter(pk__in=_articles(chosen).order_by().values("outlet"))


def _stories(chosen: Chosen) -> Rows:
    seen = Story.objects.visible_to(chosen.viewer)
    if chosen.is_whole:
        return seen
    of = _articles(chosen).order_by()
    return seen.filter(Q(pk__in=of.values("status__story")) | Q(pk__in=of.values("first_story")))


def _sources(chosen: Chosen) -> Rows:
    seen = Source.objects.visible_to(chosen.viewer)
    if chosen.is_whole:
        return seen
    if chosen.sources is not None:
        named: Rows = chosen.sources.order_by().values("pk")
    else:
        said = Attribution.objects.visible_to(chosen.viewer).filter(chosen.beside("claim")).values("pk")
        named = Hop.objects.filter(attribution__in=said, source__isnull=False).order_by().values("source")
    # What was merged leads straight to what it was merged into in the end.
    return seen.filter(Q(pk__in=named) | Q(pk__in=Source.objects.filter(pk__in=named).values("merged_into")))


def _of_articles(model: Any, article: str) -> Callable[[Chosen], Rows]:
    def find(chosen: Chosen) -> Rows:
        of = _articles(chosen).order_by()
        # Of everything, row after row asks for its article: a list of all would have SQLite sort all texts by itself.
        here = Exists(of.filter(pk=OuterRef(article))) if chosen.is_whole else Q(**{f"{article}__in": of.values("pk")})
        rows: Rows = model.objects.filter(here)
        return rows

    return find


def _links(chosen: Chosen) -> Rows:
    seen = Link.objects.visible_to(chosen.viewer)
    if chosen.links is not None:
        return seen.filter(pk__in=chosen.links.order_by().values("pk"))
    return seen.filter(chosen.beside("a") & chosen.beside("b"))


def _link_findings(chosen: Chosen) -> Rows:
    return LinkAssessment.objects.visible_to(chosen.viewer).filter(link__in=_links(chosen).order_by().values("pk"))


def _link_rulings(chosen: Chosen) -> Rows:
    found = LinkRuling.objects.filter(link__in=_links(chosen).order_by().values("pk"))
    return found if chosen.seen == EVERYTHING else found.filter(link__state__in=LINK_SETTLED)


def _rulings(chosen: Chosen) -> Rows:
    found = Ruling.objects.filter(chosen.beside("claim"))
    return found if chosen.seen == EVERYTHING else found.filter(claim__status__state__in=SETTLED)


def _of_whole_files(model: Any, claim: str) -> Callable[[Chosen], Rows]:
    """Rows that name other claims of their article, which are out of work: a part of the claims has no use for them."""

    def find(chosen: Chosen) -> Rows:
        found = model.objects.filter(chosen.beside(claim)).values("pk")
        rows: Rows = model.objects.filter(pk__in=found) if chosen.is_whole else model.objects.none()
        return rows

    return find


_FIND: Final[dict[str, Callable[[Chosen], Rows]]] = {
    "outlet": _outlets,
    "story": _stories,
    "source": _sources,
    "article": _articles,
    "revision": _of_articles(Revision, "article"),
    "extraction": _of_articles(Extraction, "revision__article"),
    "zone": _of_articles(Zone, "revision__article"),
    "claim": _claims,
    "retirement": _of_whole_files(Retirement, "claim"),
    "redrawing": _of_whole_files(Redrawing, "before"),
    "ruling": _rulings,
    "link": _links,
    "link_assessment": _link_findings,
    "link_ruling": _link_rulings,
}
