"""One's tokens: what programs of one's own may do, made here, shown once, revoked."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from claims.accounts.known_tokens import shown_tokens, working
from claims.accounts.make_token import MAX_DAYS, MAX_NAME, Made, make_token
from claims.accounts.revoke_token import revoke_token
from claims.models import User
from claims.permissions import check_can_administer, check_has_account
from claims.refusals import Gone, Invalid, Refusal
from claims.transfers import SCOPE_NAMES, Scope
from claims.web.judging import first_error
from claims.web.person import person

OFFERED_DAYS = 90
_NO_SUCH = "Choose one of the things that a token may do."


class TokenForm(forms.Form):
    """What a token is for, what it may do, and until when."""

    name = forms.CharField(max_length=MAX_NAME, error_messages={"required": "Give the token a name."})
    scopes = forms.MultipleChoiceField(
        choices=[(scope.value, SCOPE_NAMES[scope]) for scope in Scope],
        error_messages={
            "required": "Choose at least one thing that the token may do.",
            "invalid_choice": _NO_SUCH,
            "invalid_list": _NO_SUCH,
        },
    )
    until = forms.DateField(
        error_messages={
            "required": "Say until which day the token works.",
            "invalid": "This is not a day. Write it as year, month and day: 2024-04-30.",
        }
    )


class RevokeForm(forms.Form):
    """Which token is ended."""

    token = forms.UUIDField()


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: HttpRequest) -> HttpResponseBase:
    """One's own tokens, and the form for a new one; `?of=` another person's, for administrators."""
    check_has_account(request.user, "make tokens")
    by = person(request)
    if request.method != "POST":
        return _page(request, whose(by, request.GET.get("of", "")), {})
    form = TokenForm(request.POST)
    try:
        made = _make(by, form)
    except Refusal as refusal:
        return _page(request, by, {"error": str(refusal)}, refusal.status)
    # Answered with the token, and no redirect: it is shown here once and stored nowhere.
    return _page(request, by, {"made": made}, 201)


@require_POST
def revoke(request: HttpRequest) -> HttpResponseBase:
    """End a token."""
    check_has_account(request.user, "revoke tokens")
    form = RevokeForm(request.POST)
    if not form.is_valid():
        raise Invalid("Send the form of a token in the list: it says which one is revoked.")
    ended = revoke_token(by=person(request), token_id=form.cleaned_data["token"])
    messages.success(request, f"“{ended.name}” is revoked: from now on nothing gets in with it.")
    return redirect("tokens")


def whose(by: User, name: str) -> User:
    """Whose tokens are asked for. Raises NotAllowed for another person's unless `by` administers, Gone for nobody's."""
    if not name or name == by.username:
        return by
    check_can_administer(by, "see other people's tokens")
    found = User.objects.filter(username=name).first() if "\x00" not in name else None
    if found is None:
        raise Gone("There is no such account here.")
    return found


def _make(by: User, form: TokenForm) -> Made:
    if not form.is_valid():
        raise Invalid(first_error(form).removeprefix("Scopes: ").removeprefix("Until: "))
    sent = form.cleaned_data
    # It works throughout the day that was chosen.
    until = datetime.combine(sent["until"], time.max, UTC)
    return make_token(by=by, name=sent["name"], scopes=[Scope(scope) for scope in sent["scopes"]], expires_at=until)


def _page(request: HttpRequest, of: User, more: dict[str, Any], status: int = 200) -> HttpResponse:
    is_typed = "error" in more
    today = timezone.now().date()
    chosen = request.POST.getlist("scopes") if is_typed else [Scope.READ.value]
    rows = shown_tokens(of)
    context = {
        "of": of,
        "is_own": of == request.user,
        "rows": [(token, [SCOPE_NAMES[Scope(scope)] for scope in token.scopes], working(token)) for token in rows],
        "name": request.POST.get("name", "") if is_typed else "",
        "scopes": [(scope.value, words, scope.value in chosen) for scope, words in SCOPE_NAMES.items()],
        "until": request.POST.get("until", "") if is_typed else f"{today + timedelta(days=OFFERED_DAYS):%Y-%m-%d}",
        "first_day": f"{today + timedelta(days=1):%Y-%m-%d}",
        "last_day": f"{today + timedelta(days=MAX_DAYS):%Y-%m-%d}",
        "max_name": MAX_NAME,
    }
    return render(request, "accounts/tokens.html", context | more, status=status)
