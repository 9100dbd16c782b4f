"""Files of figures, of a story and of an import, and the two in JSON-LD: claims as annotations, verdicts as a feed."""

from typing import Final
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.http import StreamingHttpResponse
from django.urls import reverse
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request

from claims.agreement_filter import AgreementFilter
from claims.api.agreement import asked_agreement
from claims.api.claims import asked_claims
from claims.api.files import CSV, CsvView, FileView, file_operation
from claims.api.filtering import asks_of
from claims.api.first_pass import FIRST_PASS_FILTERS, asked_outcomes
from claims.api.jobs import job_for
from claims.api.stories import readers_story, story_for
from claims.api.view import person
from claims.coverage.published_claims import published_claims
from claims.exchange.claim_review import claim_review_blocks
from claims.exchange.web_annotation import annotation_blocks
from claims.exchange.write_agreement_csv import agreement_blocks
from claims.exchange.write_csv import csv_blocks
from claims.exchange.write_first_pass_csv import first_pass_blocks
from claims.exchange.write_import_csv import report_blocks
from claims.exchange.write_link_agreement_csv import link_agreement_blocks
from claims.exchange.write_matrix_csv import matrix_blocks
from claims.filters import ClaimFilter
from claims.matrix_rows import matrix_rows
from claims.models import Claim, VerdictPublication
from claims.permissions import check_can_import, check_can_see_desk

_LINKED: Final = "application/ld+json"


class _LinkedAsked(JSONRenderer):
    """Lets `Accept: application/ld+json` pass; what it renders are problems alone."""

    media_type = _LINKED
    format = "jsonld"


class LinkedView(FileView):
    """A list as JSON-LD."""

    media_type = _LINKED
    ending = "json"
    renderer_classes = (_LinkedAsked, JSONRenderer)


class AgreementAsCsv(CsvView):
    """What agreement rests on."""

    @file_operation(
        "What agreement on labels rests on, as CSV", CSV, asks_of(AgreementFilter), shown="unit,claim_id,…\r\n"
    )
    def get(self, request: Request) -> StreamingHttpResponse:
        """A row for each label of the claims that two people labelled, for moderators: docs/agreement.md."""
        return self.file(request, "agreement", agreement_blocks(asked_agreement(request)))


class LinkAgreementAsCsv(CsvView):
    """What agreement on links rests on."""

    @file_operation(
        "What agreement on links rests on, as CSV", CSV, asks_of(AgreementFilter), shown="unit,link_id,…\r\n"
    )
    def get(self, request: Request) -> StreamingHttpResponse:
        """A row for each finding of the links that two people judged, for moderators: docs/agreement.md."""
        return self.file(request, "agreement-links", link_agreement_blocks(asked_agreement(request)))


class FirstPassAsCsv(CsvView):
    """What became of proposals."""

    @file_operation(
        "What became of the first pass's proposals, as CSV", CSV, FIRST_PASS_FILTERS, errors=(410,),
        shown="claim_id,article_id,…\r\n",
    )  # fmt: skip
    def get(self, request: Request) -> StreamingHttpResponse:
        """A row for each claim that the desk has decided about, for moderators."""
        return self.file(request, "first-pass", first_pass_blocks(asked_outcomes(request)))


class MatrixAsCsv(CsvView):
    """The coverage matrix of a story."""

    @file_operation("The coverage matrix of a story as CSV", CSV, (), errors=(410,), shown="matter_id,matter,…\r\n")
    def get(self, request: Request, story_id: UUID) -> StreamingHttpResponse:
        """A row for each matter and article, or more where it says several things of it."""
        check_can_see_desk(request.user)
        story = story_for(request, story_id)
        rows = matrix_rows(story, person(request), request.build_absolute_uri("/").rstrip("/"))
        return self.sent(request.user, f"matrix-{story.pk}", matrix_blocks(rows))


class PublishedAsCsv(CsvView):
    """The published claims of a story."""

    is_open = True

    @file_operation("What readers see of a story, as CSV", CSV, (), errors=(410,))
    def get(self, request: Request, story_id: UUID) -> StreamingHttpResponse:
        """Exactly the quotes of its page, the same for everybody; only where it is published."""
        reader = AnonymousUser()
        story = readers_story(reader, story_id)
        quoted = [claim.pk for article in published_claims(story, reader) for claim in article.claims]
        page = request.build_absolute_uri(reverse("story", args=[story_id]))
        blocks = csv_blocks(Claim.objects.visible_to(reader).filter(pk__in=quoted), viewer=reader, page=page)
        return self.sent(reader, "published-claims", blocks)


class ImportAsCsv(CsvView):
    """The report of an import."""

    @file_operation(
        "What became of the documents of an import, as CSV", CSV, (), errors=(410,), group="Imports",
        shown="file,became,article,claims,said\r\n",
    )  # fmt: skip
    def get(self, request: Request, job_id: UUID) -> StreamingHttpResponse:
        """A row for each: stored, here already, a new text, refused and why."""
        check_can_import(request.user)
        job = job_for(person(request), job_id)
        blocks = report_blocks(job, request.build_absolute_uri("/"))
        return self.sent(request.user, f"import-{job.created_at:%Y-%m-%d-%H%M}", blocks)


class ClaimsAsAnnotations(LinkedView):
    """Claims and links as W3C Web Annotations."""

    @file_operation(
        "Claims as W3C Web Annotations, with the filter of their list", _LINKED, asks_of(ClaimFilter),
        shape={"type": "array", "items": {"type": "object"}},
        shown=[{"type": "AnnotationPage", "items": []}, {"type": "AnnotationCollection", "total": 0}],
    )  # fmt: skip
    def get(self, request: Request) -> StreamingHttpResponse:
        """The pages of one collection, whole, with the links between these claims: docs/web-annotation.md."""
        check_can_see_desk(request.user)
        base = request.build_absolute_uri("/")
        return self.file(
            request, "claims", annotation_blocks(asked_claims(request), viewer=person(request), base_url=base)
        )


class VerdictFeed(LinkedView):
    """The verdicts that are out as ClaimReview."""

    is_open = True

    @file_operation(
        "Published verdicts as schema.org's ClaimReview", _LINKED, (), group="Verdicts",
        shape={"type": "object"}, shown={"@type": "DataFeed", "dataFeedElement": []},
    )  # fmt: skip
    def get(self, request: Request) -> StreamingHttpResponse:
        """A feed of every verdict that is out, newest first, the same for everybody: docs/claim-review.md."""
        reader = AnonymousUser()
        out = VerdictPublication.objects.visible_to(reader)
        return self.sent(reader, "verdicts", claim_review_blocks(out, base_url=request.build_absolute_uri("/")))
