"""The list of articles."""

from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from claims.article_words import with_words
from claims.filters import MAX_QUERY
from claims.keyset import page_of
from claims.models import Article, Outlet
from claims.permissions import check_can_see_desk
from claims.refusals import Invalid
from claims.review.progress import progress_in
from claims.web.person import person


@require_safe
def article_list(request: HttpRequest) -> HttpResponse:
    """Every article of the desk, newest first; `?outlet=` those of one outlet, `?q=` those that hold these words."""
    check_can_see_desk(request.user)
    viewer = person(request)
    articles = Article.objects.visible_to(viewer)
    outlet = None
    if asked := request.GET.get("outlet"):
        outlet = Outlet.objects.visible_to(viewer).select_related("status").filter(pk=_key(asked)).first()
        articles = articles.filter(outlet=outlet) if outlet else articles.none()
    found = with_words(articles, words := request.GET.get("q", ""))
    page = page_of(
        found.articles.select_related("status__story__status", "outlet"), "received_at", request.GET.get("after", "")
    )
    progress = progress_in(page.rows, viewer)
    context = {
        "articles": [(article, progress[article.pk]) for article in page.rows],
        "after": page.after,
        "query": urlencode({name: value for name, value in (("outlet", asked), ("q", words)) if value}),
        "words": words,
        "most": MAX_QUERY,
        "count": found.counted(),
        "outlet": outlet,
        "asked": asked,
    }
    return render(request, "articles/list.html", context)


def _key(asked: str) -> UUID:
    try:
        return UUID(asked)
    except ValueError as wrong:
        raise Invalid("This is not the key of an outlet. Choose one from the list of articles.") from wrong
