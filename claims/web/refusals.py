"""How a refusal of a room becomes an answer: a sentence, the right status, and what was typed, so it is not lost."""

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render

from claims.refusals import BUSY_FOR, Busy, Conflict, NotAllowed, Refusal, busy

# Never shown back: they are secrets, or mean nothing to the person who typed.
NOT_SHOWN = {
    *("csrfmiddlewaretoken", "password", "old_password", "new_password1", "new_password2", "key", "version"),
    *("then", "from", "deed", "into", "article", "row", "request_id", "thread", "notification", "upto"),
    *("restored", "claim", "assignment", "accept", "seen", "evidence", "which", "into_version"),
    *("old", "revision", "at", "wide", "cut", "token", "shown", "take", "after"),
}


ONLY_FORMS = "This address only takes what a form sends. Go back to the page with the form."


class RefusalMiddleware:
    """Answer every Refusal that a view lets through."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass on; an address that was asked for in a way that it does not take answers in words."""
        answer = self.get_response(request)
        if answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED and request.method == "GET" and not wants_json(request):
            said = _page(request, ONLY_FORMS, answer.status_code)
            said.headers["Allow"] = answer.headers["Allow"]
            return said
        return answer

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        """Answer a Refusal, and a database that could not be had in time; leave everything else to Django."""
        refusal = busy(exception) if isinstance(exception, OperationalError) else exception
        if not isinstance(refusal, Refusal):
            return None
        answer = respond(request, refusal)
        if isinstance(refusal, Busy):
            answer.headers["Retry-After"] = str(BUSY_FOR)
        return answer


def respond(request: HttpRequest, refusal: Refusal) -> HttpResponseBase:
    """JSON for scripts, the login page for somebody who only has to log in, a page with what was typed for the rest."""
    if wants_json(request):
        return refused_as_json(refusal)
    if isinstance(refusal, NotAllowed) and not request.user.is_authenticated and request.method in {"GET", "HEAD"}:
        return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
    return _page(request, str(refusal), refusal.status)


def refused_as_json(refusal: Refusal) -> JsonResponse:
    """The sentence, and for a conflict the state that stands now."""
    current = refusal.current if isinstance(refusal, Conflict) else None
    return JsonResponse({"error": str(refusal), "current": current}, status=refusal.status)


def wants_json(request: HttpRequest) -> bool:
    """Whether a script asks."""
    return request.headers.get("Accept", "").startswith("application/json")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page for a form whose token is missing or old, for example because one logged in again in another tab."""
    sentence = "This form is out of date: you logged in or out since it was loaded. Load the page again and send it."
    if wants_json(request):
        return JsonResponse({"error": sentence, "current": None}, status=403)
    return _page(request, sentence, 403)


def _page(request: HttpRequest, sentence: str, status: int) -> HttpResponse:
    typed = {name: value for name, value in request.POST.items() if name.partition("-")[0] not in NOT_SHOWN and value}
    return render(request, "refusal.html", {"sentence": sentence, "typed": typed}, status=status)
