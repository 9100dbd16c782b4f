"""A story's coverage matrix as a file."""

from uuid import UUID

from django.http import HttpRequest, StreamingHttpResponse
from django.views.decorators.http import require_safe

from claims.exchange.write_matrix_csv import matrix_blocks
from claims.matrix_rows import matrix_rows
from claims.models import Story
from claims.permissions import check_can_see_desk
from claims.refusals import Gone
from claims.web.csv_answer import csv_answer
from claims.web.person import person


@require_safe
def matrix_export(request: HttpRequest, story_id: UUID) -> StreamingHttpResponse:
    """The matters of a story as CSV: a row for each matter and article, or more where it has several claims."""
    check_can_see_desk(request.user)
    story = Story.objects.visible_to(request.user).filter(pk=story_id).first()
    if story is None:
        raise Gone("There is no such story here.")
    viewer = person(request)
    rows = matrix_rows(story, viewer, request.build_absolute_uri("/").rstrip("/"))
    return csv_answer(matrix_blocks(rows), f"matrix-{story.pk}", viewer)
