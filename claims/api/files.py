"""The lists as files: every row that the filter lets through, written as it is sent, in the forms that go elsewhere."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar, Final

from django.contrib.auth.models import AnonymousUser
from django.http import StreamingHttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request

from claims.api.articles import ARTICLE_FILTERS, asked_articles
from claims.api.claims import asked_claims
from claims.api.filtering import asks_of
from claims.api.links import asked_links
from claims.api.schema import Method, refusals
from claims.api.sources import SOURCE_FILTERS, asked_sources
from claims.api.view import ApiView, person
from claims.exchange.chosen import Chosen
from claims.exchange.manifest import log_head
from claims.exchange.write_csv import Block, csv_blocks
from claims.exchange.write_desk_csv import article_blocks, source_blocks
from claims.exchange.write_json_lines import json_lines_blocks
from claims.exchange.write_links_csv import link_blocks
from claims.filters import ClaimFilter
from claims.link_filter import LinkFilter
from claims.models import User
from claims.permissions import can_moderate, check_can_see_desk

GROUP: Final = "Files"
CSV: Final = "text/csv"
_LINES: Final = "application/jsonl"
_HEAD: Final = (
    "claim_id,article_id,…\r\n0d3b9a52-4b7e-5f0e-9a44-3f6f1b1c2d10,9a1f7a34-0c52-5d7a-8a0f-2d5b5f1d6c01,…\r\n"
)
_FIRST: Final = '{"type":"file","format":1,"scheme_version":1,…}\n{"type":"claim","id":"0d3b9a52-…",…}\n'


class _CsvAsked(JSONRenderer):
    """Lets `Accept: text/csv` pass; what it renders are problems alone, for a file is sent as it is written."""

    media_type = CSV
    format = "csv"


class _LinesAsked(JSONRenderer):
    """The same of `Accept: application/jsonl`."""

    media_type = _LINES
    format = "jsonl"


class FileView(ApiView):
    """A list as a file. It has no ETag: what is written as it is sent has no hash before it is sent."""

    media_type: ClassVar[str]
    ending: ClassVar[str]

    def file(self, request: Request, name: str, blocks: Iterable[Block]) -> StreamingHttpResponse:
        """The blocks as a file of this name and day; moderators are told in a header where the event log stood."""
        return self.sent(request.user, f"{name}-{timezone.localdate():%Y-%m-%d}", blocks)

    def sent(self, viewer: User | AnonymousUser, name: str, blocks: Iterable[Block]) -> StreamingHttpResponse:
        """The same for this viewer, under this name alone."""
        answer = StreamingHttpResponse(
            (block.text for block in blocks), content_type=f"{self.media_type}; charset=utf-8"
        )
        answer.headers["Content-Disposition"] = f'attachment; filename="{name}.{self.ending}"'
        if can_moderate(viewer):
            head = log_head()
            answer.headers["X-Event-Log"] = f"{head['count']} {head['hash']}"
        return answer


class CsvView(FileView):
    """A list as CSV."""

    media_type = CSV
    ending = "csv"
    renderer_classes = (_CsvAsked, JSONRenderer)


class LinesView(FileView):
    """A list as JSON Lines."""

    media_type = _LINES
    ending = "jsonl"
    renderer_classes = (_LinesAsked, JSONRenderer)


def file_operation(
    summary: str,
    media_type: str,
    asks: Iterable[OpenApiParameter],
    *,
    shown: Any = "",
    shape: Mapping[str, Any] | None = None,
    group: str = GROUP,
    errors: Iterable[int] = (),
) -> Callable[[Method], Method]:
    """Describe a file: `shown` is how it may begin, `shape` what JSON is in it, `errors` are as of every operation."""
    begins = shown or (_HEAD if media_type == CSV else _FIRST)
    example = OpenApiExample("File", begins, response_only=True, status_codes=["200"])
    whole = OpenApiResponse(
        shape or OpenApiTypes.STR, description="The file, in UTF-8, as it is written.", examples=[example]
    )
    return extend_schema(
        summary=summary, tags=[group], parameters=list(asks), responses={(200, media_type): whole} | refusals(errors)
    )


class ClaimsAsCsv(CsvView):
    """Claims for a spreadsheet."""

    @file_operation("Claims as CSV, with the filter of their list", CSV, asks_of(ClaimFilter))
    def get(self, request: Request) -> StreamingHttpResponse:
        """A row for each claim and assessment that you may see. Formulas are made harmless, and can be undone."""
        check_can_see_desk(request.user)
        viewer = person(request)
        blocks = csv_blocks(asked_claims(request), viewer=viewer, base_url=request.build_absolute_uri("/"))
        return self.file(request, "claims", blocks)


class ClaimsAsLines(LinesView):
    """Claims with all that belongs to them."""

    @file_operation("Claims as JSON Lines, with the filter of their list", _LINES, asks_of(ClaimFilter))
    def get(self, request: Request) -> StreamingHttpResponse:
        """Claims with articles, assessments, evidence, sources and links, as far as you may know them: one a line."""
        check_can_see_desk(request.user)
        chosen = Chosen(person(request), claims=asked_claims(request))
        return self.file(request, "claims", json_lines_blocks(chosen))


class LinksAsCsv(CsvView):
    """Links for a spreadsheet."""

    @file_operation("Links as CSV, with the filter of their list", CSV, asks_of(LinkFilter))
    def get(self, request: Request) -> StreamingHttpResponse:
        """A row for each link and finding that you may see."""
        check_can_see_desk(request.user)
        viewer = person(request)
        blocks = link_blocks(asked_links(request), viewer=viewer, base_url=request.build_absolute_uri("/"))
        return self.file(request, "links", blocks)


class LinksAsLines(LinesView):
    """Links with their claims."""

    @file_operation("Links as JSON Lines, with the filter of their list", _LINES, asks_of(LinkFilter))
    def get(self, request: Request) -> StreamingHttpResponse:
        """Links with the claims that they join, and what belongs to those."""
        check_can_see_desk(request.user)
        chosen = Chosen(person(request), links=asked_links(request))
        return self.file(request, "links", json_lines_blocks(chosen))


class SourcesAsCsv(CsvView):
    """Sources for a spreadsheet."""

    @file_operation("Sources as CSV, with the filter of their list", CSV, SOURCE_FILTERS)
    def get(self, request: Request) -> StreamingHttpResponse:
        """The registry by name, without what was merged into another."""
        check_can_see_desk(request.user)
        blocks = source_blocks(asked_sources(request), base_url=request.build_absolute_uri("/"))
        return self.file(request, "sources", blocks)


class SourcesAsLines(LinesView):
    """Sources, one a line."""

    @file_operation("Sources as JSON Lines, with the filter of their list", _LINES, SOURCE_FILTERS)
    def get(self, request: Request) -> StreamingHttpResponse:
        """The registry, one source a line."""
        check_can_see_desk(request.user)
        chosen = Chosen(person(request), sources=asked_sources(request))
        return self.file(request, "sources", json_lines_blocks(chosen))


class ArticlesAsCsv(CsvView):
    """Articles for a spreadsheet."""

    @file_operation("Articles as CSV, with the filter of their list", CSV, ARTICLE_FILTERS)
    def get(self, request: Request) -> StreamingHttpResponse:
        """Articles, newest first, without their texts."""
        check_can_see_desk(request.user)
        blocks = article_blocks(asked_articles(request), base_url=request.build_absolute_uri("/"))
        return self.file(request, "articles", blocks)


class ArticlesAsLines(LinesView):
    """Articles with their texts, one a line."""

    @file_operation("Articles as JSON Lines, with the filter of their list", _LINES, ARTICLE_FILTERS)
    def get(self, request: Request) -> StreamingHttpResponse:
        """Articles with their texts and what is known of them."""
        check_can_see_desk(request.user)
        chosen = Chosen(person(request), articles=asked_articles(request))
        return self.file(request, "articles", json_lines_blocks(chosen))
