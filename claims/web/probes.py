"""What machines ask is answered before everything else.

A load balancer asks the process itself, by its address and in plain HTTP: the host names that people use, and the way
to HTTPS, are not for it. Nothing here looks at a cookie or a session, and nothing that is answered is of anybody.
"""

from collections.abc import Callable, Mapping
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from claims.web.health import healthz, readyz
from claims.web.metrics_page import metrics

# The same addresses stand in claims/web/urls.py, where the tables of who may do what look for them.
PROBES: Final[Mapping[str, Callable[[HttpRequest], HttpResponse]]] = {
    "/healthz": healthz,
    "/readyz": readyz,
    "/metrics": metrics,
}
HEADERS: Final = {
    "Cache-Control": "private, no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class ProbeMiddleware:
    """Answer probes, and pass everything else on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer to a probe, with the headers that others get from the middleware behind this."""
        probe = PROBES.get(request.path_info)
        if probe is None:
            return self.get_response(request)
        answer = probe(request)
        for name, value in HEADERS.items():
            answer.headers[name] = value
        answer.headers["Content-Length"] = str(len(answer.content))
        return answer
