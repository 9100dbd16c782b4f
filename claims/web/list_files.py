"""The lists of the desk as files: of each the rows that its filter lets through, in the forms that go elsewhere."""

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from django.http import HttpRequest, StreamingHttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from claims.article_words import with_words
from claims.exchange.chosen import Chosen
from claims.exchange.write_desk_csv import article_blocks, source_blocks
from claims.exchange.write_json_lines import json_lines_blocks
from claims.filters import ClaimFilter
from claims.link_filter import LinkFilter
from claims.models import Article
from claims.models.article import ArticleQuerySet
from claims.models.source import SourceQuerySet
from claims.permissions import check_can_see_desk
from claims.refusals import Invalid
from claims.web.csv_answer import CSV, JSON_LINES, file_answer
from claims.web.person import person
from claims.web.source_lists import SourceFilter

_Filter = TypeVar("_Filter", ClaimFilter, LinkFilter, SourceFilter)


@require_safe
def claims_as_json_lines(request: HttpRequest) -> StreamingHttpResponse:
    """The claims of the list with all that belongs to them. Raises Invalid where the filter makes no sense."""
    chosen = Chosen(person(request), claims=_let_through(ClaimFilter, request).claims)
    return file_answer(json_lines_blocks(chosen), _named("claims"), chosen.viewer, JSON_LINES)


@require_safe
def links_as_json_lines(request: HttpRequest) -> StreamingHttpResponse:
    """The links of the list with their claims. Raises Invalid where the filter makes no sense."""
    chosen = Chosen(person(request), links=_let_through(LinkFilter, request).links)
    return file_answer(json_lines_blocks(chosen), _named("links"), chosen.viewer, JSON_LINES)


@require_safe
def sources_as_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The sources of the list. Raises Invalid where the filter makes no sense."""
    blocks = source_blocks(_sources(request), base_url=request.build_absolute_uri("/"))
    return file_answer(blocks, _named("sources"), person(request), CSV)


@require_safe
def sources_as_json_lines(request: HttpRequest) -> StreamingHttpResponse:
    """The sources of the list. Raises Invalid where the filter makes no sense."""
    chosen = Chosen(person(request), sources=_sources(request))
    return file_answer(json_lines_blocks(chosen), _named("sources"), chosen.viewer, JSON_LINES)


@require_safe
def articles_as_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The articles of the list, without their texts. Raises Invalid for what is no key of an outlet."""
    blocks = article_blocks(_articles(request), base_url=request.build_absolute_uri("/"))
    return file_answer(blocks, _named("articles"), person(request), CSV)


@require_safe
def articles_as_json_lines(request: HttpRequest) -> StreamingHttpResponse:
    """The articles of the list with their texts. Raises Invalid for what is no key of an outlet."""
    chosen = Chosen(person(request), articles=_articles(request))
    return file_answer(json_lines_blocks(chosen), _named("articles"), chosen.viewer, JSON_LINES)


def _sources(request: HttpRequest) -> SourceQuerySet:
    return _let_through(SourceFilter, request).sources


def _let_through(made: Callable[..., _Filter], request: HttpRequest) -> _Filter:
    """The list's filter with what it lets through. Raises Invalid where it makes no sense."""
    check_can_see_desk(request.user)
    found = made(request.GET, viewer=person(request))
    if not found.is_valid():
        raise Invalid(" ".join(found.faults()))
    return found


def _articles(request: HttpRequest) -> ArticleQuerySet:
    check_can_see_desk(request.user)
    here = with_words(Article.objects.visible_to(person(request)), request.GET.get("q", "")).articles
    if not (asked := request.GET.get("outlet")):
        return here
    try:
        return here.filter(outlet=UUID(asked))
    except ValueError as wrong:
        raise Invalid("This is not the key of an outlet. Choose one from the list of articles.") from wrong


def _named(what: str) -> str:
    return f"{what}-{timezone.localdate():%Y-%m-%d}"
