"""What a load balancer asks: whether this process answers, and whether it can serve people."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from claims.upkeep.readiness import lacks

PLAIN = "text/plain; charset=utf-8"


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers. It asks nobody else, so a database that is away does not get it restarted."""
    return HttpResponse("ok\n", content_type=PLAIN)


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Whether people can be sent here. What is missing is one word each; the log says more."""
    if missing := lacks():
        said = f"not ready: {', '.join(missing)}\n"
        return HttpResponse(said, content_type=PLAIN, status=HTTPStatus.SERVICE_UNAVAILABLE)
    return HttpResponse("ready\n", content_type=PLAIN)
