"""Figures for Prometheus, for whoever has the operator's token."""

from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_safe

from claims.telemetry.metrics import MEDIA_TYPE, exposition
from claims.web.figures import figures_now

PLAIN = "text/plain; charset=utf-8"


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """The figures. There is no such page where METRICS_TOKEN is not set."""
    if not settings.METRICS_TOKEN:
        return HttpResponse("There is no such page.\n", content_type=PLAIN, status=HTTPStatus.NOT_FOUND)
    if not constant_time_compare(request.headers.get("Authorization", ""), f"Bearer {settings.METRICS_TOKEN}"):
        said = "This page takes the operator's token: Authorization: Bearer and METRICS_TOKEN.\n"
        refused = HttpResponse(said, content_type=PLAIN, status=HTTPStatus.UNAUTHORIZED)
        refused.headers["WWW-Authenticate"] = "Bearer"
        return refused
    return HttpResponse(exposition(figures_now()), content_type=MEDIA_TYPE)
