"""One shape for everything that goes wrong, RFC 9457: application/problem+json, and a sentence that says what to do."""

from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.urls import reverse
from django.views import defaults
from rest_framework import exceptions
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import set_rollback

from claims.api.limits import TooOften
from claims.refusals import BUSY_FOR, Busy, Conflict, Outdated, Refusal, busy
from claims.text.sanitise import for_editing

MEDIA_TYPE: Final = "application/problem+json"
BELOW: Final = "/api/"
NOWHERE: Final = "There is no such address in this API. /api/v1/docs/ lists what there is."
FAILED: Final = "Something went wrong here, and it is not your fault. Send it again later; nothing was half done."
BAD_FIELDS: Final = "What was sent does not fit: see “errors”, and send it again."
# {status: (its name in the docs, what it is)}
KINDS: Final[Mapping[int, tuple[str, str]]] = {
    400: ("invalid", "What was sent cannot be taken as it is"),
    401: ("no-token", "A token is needed that works"),
    403: ("not-allowed", "You may not do this"),
    404: ("not-found", "There is no such address"),
    405: ("method", "This address takes other methods"),
    406: ("not-acceptable", "This is answered in JSON only"),
    409: ("conflict", "What is here does not go with it"),
    410: ("gone", "What was asked for is not here"),
    412: ("changed", "It has changed since you read it"),
    413: ("too-large", "More than is taken at once"),
    415: ("media-type", "This is taken as JSON only"),
    428: ("version-needed", "Say which version your change rests on"),
    429: ("too-often", "Asked too often"),
    500: ("failed", "Something went wrong here"),
    503: ("busy", "Others are writing just now"),
}
# Kept as sanitised HTML, and told as the person typed it.
_NOTES: Final = {"note", "explanation"}

Problem = dict[str, Any]


def problem(status: int, detail: str, **more: object) -> Problem:
    """A problem of this status; `more` is what else it tells, left out where empty."""
    name, title = KINDS.get(status, KINDS[400])
    shown: Problem = {"type": f"{reverse('api-docs')}#problem-{name}", "title": title, "status": status}
    return shown | {"detail": detail} | {key: value for key, value in more.items() if value}


def answer_exception(exception: Exception, context: Mapping[str, Any]) -> Response | None:
    """Every refusal of a room, and every error of the framework, as a problem; the rest is left to `failed`."""
    request: Request | None = context.get("request")
    headers: dict[str, str] = {}
    if isinstance(exception, OperationalError):
        exception = busy(exception) or exception
    if isinstance(exception, Refusal):
        shown = _refused(exception, request)
        headers = {"Retry-After": str(BUSY_FOR)} if isinstance(exception, Busy) else {}
    elif isinstance(exception, Http404):
        shown = problem(404, NOWHERE)
    elif isinstance(exception, PermissionDenied):
        shown = problem(403, "You may not do this.")
    elif isinstance(exception, exceptions.APIException):
        shown, headers = _of_framework(exception)
    else:
        return None
    set_rollback()
    return Response(shown, status=shown["status"], headers=headers, content_type=MEDIA_TYPE)


def _refused(refusal: Refusal, request: Request | None) -> Problem:
    if isinstance(refusal, Outdated) and not refusal.current:
        refusal.current = {"version": 0}
    if not isinstance(refusal, Conflict) or not refusal.current:
        return problem(refusal.status, str(refusal))
    current = {key: for_editing(str(value)) if key in _NOTES else value for key, value in refusal.current.items()}
    if request is None or not isinstance(refusal, Outdated):
        return problem(refusal.status, str(refusal), current=current)
    # Both states, so that whoever asked can compare them and send theirs again on top of what stands.
    return problem(HTTPStatus.PRECONDITION_FAILED, str(refusal), current=current, yours=request.data)


def _of_framework(exception: exceptions.APIException) -> tuple[Problem, dict[str, str]]:
    headers: dict[str, str] = {}
    if login := getattr(exception, "auth_header", None):
        headers["WWW-Authenticate"] = login
    if isinstance(exception, TooOften):
        headers = exception.allowance.headers() | {"Retry-After": str(exception.allowance.reset)}
    if isinstance(exception.detail, list | dict):
        errors = list(_field_errors(exception.detail, ""))
        return problem(exception.status_code, BAD_FIELDS, errors=errors), headers
    return problem(exception.status_code, _sentence(exception)), headers


def _sentence(exception: exceptions.APIException) -> str:
    if isinstance(exception, exceptions.MethodNotAllowed):
        return f"{exception.detail} The header Allow says which it takes."
    if isinstance(exception, exceptions.UnsupportedMediaType):
        return "This address takes JSON: send the header “Content-Type: application/json”."
    if isinstance(exception, exceptions.NotAcceptable):
        return "This API answers in JSON: send the header “Accept: application/json”, or none."
    return str(exception.detail)


def _field_errors(detail: Any, pointer: str) -> Iterator[dict[str, str]]:
    """Each sentence with the place in the body that it is about, as a JSON pointer (RFC 6901)."""
    if isinstance(detail, dict):
        for name, below in detail.items():
            step = str(name).replace("~", "~0").replace("/", "~1")
            yield from _field_errors(below, pointer if name == "non_field_errors" else f"{pointer}/{step}")
    elif isinstance(detail, list):
        for number, below in enumerate(detail):
            yield from _field_errors(below, f"{pointer}/{number}" if isinstance(below, dict | list) else pointer)
    else:
        yield {"detail": str(detail), "pointer": pointer}


def not_found(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """Django's 404: a problem below /api/, a page elsewhere."""
    return _below(request, 404, NOWHERE) or defaults.page_not_found(request, exception)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """Django's 400: a problem below /api/, a page elsewhere."""
    said = "This request makes no sense. Look at its address, its headers and its size."
    return _below(request, 400, said) or defaults.bad_request(request, exception)


def failed(request: HttpRequest) -> HttpResponseBase:
    """Django's 500, when the log has the reason: a problem below /api/, a page elsewhere; never a stack."""
    return _below(request, 500, FAILED) or defaults.server_error(request)


def _below(request: HttpRequest, status: int, sentence: str) -> HttpResponse | None:
    if not request.path.startswith(BELOW):
        return None
    return JsonResponse(problem(status, sentence), status=status, content_type=MEDIA_TYPE)
