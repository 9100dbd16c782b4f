"""The lists as files: every row that the filter lets through, written as it is sent, in the forms that go elsewhere."""

from collections.abc import Callable, Iterable
from typing import ClassVar, Final

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
from claims.permissions import can_moderate, check_can_see_desk

GROUP: Final = "Files"
_CSV: Final = "text/csv"
_LINES: Final = "application/jsonl"
_HEAD: Final = (
    "claim_id,article_id,…\r\n0d3b9a52-4b7e-5f0e-9a44-3f6f1b1c2d10,9a1f7a34-0c52-5d7a-8a0f-2d5b5f1d6c01,…\r\n"
)
_FIRST: Final = '{"type":"file","format":1,"scheme_version":1,…}\n{"type":"claim","id":"0d3b9a52-…",…}\n'


class _CsvAsked(JSONRenderer):
    """Lets `Accept: text/csv` pass; what it renders are problems alone, for a file is sent as it is written."""

    media_type = _CSV
    format = "csv"


class _LinesAsked(JSONRenderer):
    """The same of `Accept: application/jsonl`."""

    media_type = _LINES
    format = "jsonl"


class FileView(ApiView):
    """A list as a file. It has no ETag: what is written as it is sent has no hash before it is sent."""

    media_type: ClassVar[str]

    def file(self, request: Request, name: str, blocks: Iterable[Block]) -> StreamingHttpResponse:
        """The blocks as a file of this name and day; moderators are told in a header where the event log stood."""
        answer = StreamingHttpResponse(
            (block.text for block in blocks), content_type=f"{self.media_type}; charset=utf-8"
        )
        ending = "csv" if self.media_type == _CSV else "jsonl"
        told = f'attachment; filename="{name}-{timezone.localdate():%Y-%m-%d}.{ending}"'
        answer.headers["Content-Disposition"] = told
        if can_moderate(request.user):
            head = log_head()
            answer.headers["X-Event-Log"] = f"{head['count']} {head['hash']}"
        return answer


class CsvView(FileView):
    """A list as CSV."""

    media_type = _CSV
    renderer_classes = (_CsvAsked, JSONRenderer)


class LinesView(FileView):
    """A list as JSON Lines."""

    media_type = _LINES
    renderer_classes = (_LinesAsked, JSONRenderer)


def _file(summary: str, media_type: str, asks: Iterable[OpenApiParameter]) -> Callable[[Method], Method]:
    shown = OpenApiExample("File", _HEAD if media_type == _CSV else _FIRST, response_only=True, status_codes=["200"])
    whole = OpenApiResponse(OpenApiTypes.STR, description="The file, in UTF-8, as it is written.", examples=[shown])
    return extend_schema(
        summary=summary, tags=[GROUP], parameters=list(asks), responses={(200, media_type): whole} | refusals(())
    )


class ClaimsAsCsv(CsvView):
    """Claims for a spreadsheet."""

    @_file("Claims as CSV, with the filter of their list", _CSV, asks_of(ClaimFilter))
    def get(self, request: Request) -> StreamingHttpResponse:
        """A row for each claim and assessment that you may see. Formulas are made harmless, and can be undone."""
        check_can_see_desk(request.user)
        viewer = person(request)
        blocks = csv_blocks(asked_claims(request), viewer=viewer, base_url=request.build_absolute_uri("/"))
        return self.file(request, "claims", blocks)


class ClaimsAsLines(LinesView):
    """Claims with all that belongs to them."""

    @_file("Claims as JSON Lines, with the filter of their list", _LINES, asks_of(ClaimFilter))
    def get(self, request: Request) -> StreamingHttpResponse:
        """Claims with articles, assessments, evidence, sources and links, as far as you may know them: one a line."""
        check_can_see_desk(request.user)
        chosen = Chosen(person(request), claims=asked_claims(request))
        return self.file(request, "claims", json_lines_blocks(chosen))


class LinksAsCsv(CsvView):
    """Links for a spreadsheet."""

    @_file("Links as CSV, with the filter of their list", _CSV, asks_of(LinkFilter))
    def get(self, request: Request) -> StreamingHttpResponse:
        """A row for each link and finding that you may see."""
        check_can_see_desk(request.user)
        viewer = person(request)
        blocks = link_blocks(asked_links(request), viewer=viewer, base_url=request.build_absolute_uri("/"))
        return self.file(request, "links", blocks)


class LinksAsLines(LinesView):
    """Links with their claims."""

    @_file("Links as JSON Lines, with the filter of their list", _LINES, asks_of(LinkFilter))
    def get(self, request: Request) -> StreamingHttpResponse:
        """Links with the claims that they join, and what belongs to those."""
        check_can_see_desk(request.user)
        chosen = Chosen(person(request), links=asked_links(request))
        return self.file(request, "links", json_lines_blocks(chosen))


class SourcesAsCsv(CsvView):
    """Sources for a spreadsheet."""

    @_file("Sources as CSV, with the filter of their list", _CSV, SOURCE_FILTERS)
    def get(self, request: Request) -> StreamingHttpResponse:
        """The registry by name, without what was merged into another."""
        check_can_see_desk(request.user)
        blocks = source_blocks(asked_sources(request), base_url=request.build_absolute_uri("/"))
        return self.file(request, "sources", blocks)


class SourcesAsLines(LinesView):
    """Sources, one a line."""

    @_file("Sources as JSON Lines, with the filter of their list", _LINES, SOURCE_FILTERS)
    def get(self, request: Request) -> StreamingHttpResponse:
        """The registry, one source a line."""
        check_can_see_desk(request.user)
        chosen = Chosen(person(request), sources=asked_sources(request))
        return self.file(request, "sources", json_lines_blocks(chosen))


class ArticlesAsCsv(CsvView):
    """Articles for a spreadsheet."""

    @_file("Articles as CSV, with the filter of their list", _CSV, ARTICLE_FILTERS)
    def get(self, request: Request) -> StreamingHttpResponse:
        """Articles, newest first, without their texts."""
        check_can_see_desk(request.user)
        blocks = article_blocks(asked_articles(request), base_url=request.build_absolute_uri("/"))
        return self.file(request, "articles", blocks)


class ArticlesAsLines(LinesView):
    """Articles with their texts, one a line."""

    @_file("Articles as JSON Lines, with the filter of their list", _LINES, ARTICLE_FILTERS)
    def get(self, request: Request) -> StreamingHttpResponse:
        """Articles with their texts and what is known of them."""
        check_can_see_desk(request.user)
        chosen = Chosen(person(request), articles=asked_articles(request))
        return self.file(request, "articles", json_lines_blocks(chosen))
