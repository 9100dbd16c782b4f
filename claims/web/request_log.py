"""One line in the log for each request, and its figures: which address, how long, how many queries; never who."""

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import cast

from django.conf import settings
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase

from claims.telemetry import metrics
from claims.telemetry.query_watch import Watched, watched
from claims.telemetry.request_id import HEADER, id_of, named

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
# What has no address of ours: a page that is not there, or what was refused before anybody looked.
NOWHERE = "none"
_logger = logging.getLogger(__name__)


class RequestLogMiddleware:
    """Name each request, watch it, and tell of it when its last byte is handed on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, under an id that the answer tells as well."""
        handled = Handled(request)
        with handled.watched():
            answer = self.get_response(request)
        answer.headers[HEADER] = handled.id
        if isinstance(answer, StreamingHttpResponse) and _is_made_while_sent(answer):
            to_come = cast(Iterable[bytes], answer.streaming_content)
            answer.streaming_content = handled.sending(to_come, answer.status_code)
        else:
            handled.end(answer.status_code)
        return answer


class Handled:
    """One request from its first to its last moment here."""

    def __init__(self, request: HttpRequest) -> None:
        self.request, self.begun, self.asked = request, time.perf_counter(), Watched()
        self.id = id_of(request.headers.get(HEADER, ""), is_believed=settings.BEHIND_PROXY)

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Log under its id, and count its queries."""
        with named(self.id), watched(self.asked):
            yield

    def sending(self, content: Iterable[bytes], status: int) -> Iterator[bytes]:
        """The content of an answer that is made while it is sent; told of when it ends, or whoever asked goes away."""
        try:
            with self.watched():
                yield from content
        finally:
            self.end(status)

    def end(self, status: int) -> None:
        """Tell of it."""
        method = self.request.method if self.request.method in METHODS else "other"
        answered = metrics.Answered(
            route=route_of(self.request),
            method=method or "other",
            status=status,
            seconds=time.perf_counter() - self.begun,
            queries=self.asked.count,
            query_seconds=self.asked.seconds,
        )
        metrics.count_request(answered)
        fields = {
            "route": answered.route,
            "method": answered.method,
            "status": status,
            "ms": round(answered.seconds * 1_000, 1),
            "queries": answered.queries,
            "query_ms": round(answered.query_seconds * 1_000, 1),
        }
        with named(self.id):
            _logger.info("answered", extra={"fields": fields})


def route_of(request: HttpRequest) -> str:
    """The name of the address in the code: never the address itself, which may hold anything."""
    if request.resolver_match is not None:
        return request.resolver_match.view_name
    return "static" if request.path_info.startswith(settings.STATIC_URL) else NOWHERE


def _is_made_while_sent(answer: StreamingHttpResponse) -> bool:
    """Whether that is so, and in this thread; a file is not: a server may send it without us."""
    return not answer.is_async and getattr(answer, "file_to_stream", None) is None
