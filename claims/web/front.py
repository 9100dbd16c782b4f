"""The front page: what is here, how far it is, and where to go on."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from claims.models import Article, Outlet, Story
from claims.permissions import can_moderate, can_see_desk
from claims.review.progress import done_at_outlets, next_article, progress_in
from claims.web.person import person
from claims.web.stories import with_counts

SHOWN = 10


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """The desk's stories, articles and outlets; for readers the published stories."""
    stories = Story.objects.visible_to(request.user).newest_first()[:SHOWN]
    if not can_see_desk(request.user):
        return render(request, "front_readers.html", {"stories": stories})
    viewer = person(request)
    articles = list(Article.objects.visible_to(viewer).select_related("status", "outlet").newest_first()[:SHOWN])
    progress = progress_in(articles, viewer)
    outlets = list(Outlet.objects.visible_to(viewer).select_related("status")[:SHOWN])
    at_outlets = done_at_outlets(outlets, viewer)
    context = {
        "stories": with_counts(stories, viewer),
        "articles": [(article, progress[article.pk]) for article in articles],
        "outlets": [(outlet, at_outlets[outlet.pk]) for outlet in outlets],
        "next_article": next_article(viewer),
        "moderates": can_moderate(viewer),
    }
    return render(request, "front.html", context)
