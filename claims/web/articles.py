"""The list of articles."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from claims.keyset import counted, page_of
from claims.models import Article, Outlet
from claims.permissions import check_can_see_desk
from claims.refusals import Invalid
from claims.review.progress import progress_in
from claims.web.person import person


@require_safe
def article_list(request: HttpRequest) -> HttpResponse:
    """Every article of the desk, newest first; `?outlet=` those of one outlet."""
    check_can_see_desk(request.user)
    viewer = person(request)
    articles = Article.objects.visible_to(viewer)
    outlet = None
    if asked := request.GET.get("outlet"):
        outlet = Outlet.objects.visible_to(viewer).select_related("status").filter(pk=_key(asked)).first()
        articles = articles.filter(outlet=outlet) if outlet else articles.none()
    page = page_of(
        articles.select_related("status__story__status", "outlet"), "received_at", request.GET.get("after", "")
    )
    progress = progress_in(page.rows, viewer)
    context = {
        "articles": [(article, progress[article.pk]) for article in page.rows],
        "after": page.after,
        "count": counted(articles),
        "outlet": outlet,
        "asked": asked,
    }
    return render(request, "articles/list.html", context)


def _key(asked: str) -> UUID:
    try:
        return UUID(asked)
    except ValueError as wrong:
        raise Invalid("This is not the key of an outlet. Choose one from the list of articles.") from wrong
