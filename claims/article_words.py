"""Articles by their words: those of which a headline or one sentence holds all that is asked for. See claims.search.

Every sentence of a headline or body is a claim, so an article is found once it was read, and its words stand in no
second index. An article whose words are all set aside is not found, and a withdrawn one has no words.
"""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from claims.filters import MAX_QUERY
from claims.keyset import counted
from claims.models import Claim
from claims.models.article import ArticleQuerySet
from claims.search import holds, newest_holders
from claims.text.plain import plain
from claims.text.search_words import terms


@dataclass(frozen=True)
class Found:
    """The articles that hold the words, and those that are counted: `are_more` where these are a part of them."""

    articles: ArticleQuerySet
    named: ArticleQuerySet
    are_more: bool = False

    def counted(self) -> str:
        """How many there are, up to a cap or to what the index named: "17", "80+"."""
        count = counted(self.named)
        return f"{count}+" if self.are_more and not count.endswith("+") else count


def with_words(articles: ArticleQuerySet, typed: str) -> Found:
    """Those of the articles that hold the words; all of them where nothing was typed. Raises Invalid for too much.

    Where few claims hold the words, their articles are named. Else the list is walked from the first article on that
    can hold them: that of a newest claim with them, or what came before any such claim was opened.
    """
    if not (typed := plain("search", typed, MAX_QUERY)):
        return Found(articles, articles)
    asked = terms(typed)
    found = newest_holders(asked)
    claims = Claim.objects.filter(holds(asked), status__set_aside="")
    named = claims.filter(pk__in=found.claims).order_by()
    here = articles.filter(pk__in=named.values("article"))
    if found.are_all:
        return Found(here, here)
    holders = articles.filter(Exists(claims.filter(article=OuterRef("pk"))))
    newest = named.order_by("-status__opened_at").values_list("status__opened_at", flat=True).first()
    if newest:
        holders = holders.filter(Q(received_at__lte=newest) | Q(pk__in=named.values("article")))
    return Found(holders, here, are_more=True)
