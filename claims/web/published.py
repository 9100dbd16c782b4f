"""What readers see of a published story, as a page and as a file."""

from uuid import UUID, uuid4

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from claims.coverage.examples import shows_example
from claims.coverage.published_claims import published_claims
from claims.exchange.write_csv import csv_blocks
from claims.models import Claim, CorrectionRequest, Story
from claims.refusals import Gone
from claims.web.csv_answer import csv_answer
from claims.web.published_coverage import published_coverage

CORRECTIONS_SHOWN = 50


def published_page(request: HttpRequest, story: Story) -> HttpResponse:
    """The story's quotes and corrections, or a preview of them for the desk."""
    articles = published_claims(story, request.user)
    context = {
        "story": story,
        "articles": articles,
        **published_coverage(story, articles, request.user),
        "corrections": story.corrections.order_by("-created_at")[:CORRECTIONS_SHOWN],
        "is_example": shows_example(story),
        "preview": story.status.published_at is None,
        "key": uuid4(),
        "max_message": CorrectionRequest.MAX_MESSAGE,
        "max_contact": CorrectionRequest.MAX_CONTACT,
    }
    return render(request, "stories/published.html", context)


@require_safe
def published_csv(request: HttpRequest, story_id: UUID) -> StreamingHttpResponse:
    """Exactly the quotes of the page as CSV, for everybody, as somebody sees them who is not logged in."""
    story = Story.objects.visible_to(AnonymousUser()).filter(pk=story_id).first()
    if story is None:
        raise Gone("There is no such story here, or it is not published.")
    quoted = [claim.pk for article in published_claims(story, AnonymousUser()) for claim in article.claims]
    claims = Claim.objects.visible_to(AnonymousUser()).filter(pk__in=quoted)
    blocks = csv_blocks(
        claims, viewer=AnonymousUser(), page=request.build_absolute_uri(reverse("story", args=[story_id]))
    )
    return csv_answer(blocks, "published-claims", AnonymousUser())
