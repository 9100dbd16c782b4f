"""Logging in, and changing one's password."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from claims.accounts.manage_account import change_password
from claims.receipts import forget_old
from claims.refusals import NotAllowed, Refusal
from claims.web.person import person


class LogIn(LoginView):
    """Django's login, throttled by account and address."""

    http_method_names = ("get", "head", "post")  # no PUT, which Django takes for POST
    template_name = "accounts/login.html"
    redirect_authenticated_user = False

    def form_valid(self, form: object) -> HttpResponse:
        """Log in, and drop what only earlier visits needed."""
        response = super().form_valid(form)  # type: ignore[arg-type]  # the stubs name one form
        forget_old(person(self.request))
        return response


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: HttpRequest) -> HttpResponseBase:
    """One's own password; other sessions of the account end."""
    if not request.user.is_authenticated:
        raise NotAllowed("Log in first; then you can change your password.")
    by = person(request)
    form = PasswordChangeForm(by, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            change_password(by=by, password=form.cleaned_data["new_password1"])
        except Refusal as refusal:
            form.add_error("new_password1", str(refusal))
        else:
            update_session_auth_hash(request, by)
            messages.success(request, "Your password is changed.")
            return redirect("front")
    return render(request, "accounts/password.html", {"form": form}, status=400 if form.errors else 200)
