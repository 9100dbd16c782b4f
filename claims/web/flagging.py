"""Where anybody with an account asks a moderator to look at a claim."""

from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from claims.models import Claim, Flag
from claims.permissions import can_see_desk, check_can_flag
from claims.refusals import Gone, Invalid, Refusal
from claims.review.flag_claim import flag_claim
from claims.web.judging import first_error
from claims.web.person import person


class FlagForm(forms.Form):
    """What a moderator should look at."""

    reason = forms.CharField(
        label="What should a moderator look at?",
        max_length=Flag.MAX_REASON,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Moderators read it, with your name. You will find their answer on this page.",
        error_messages={"required": "Say what a moderator should look at."},
    )
    key = forms.UUIDField(widget=forms.HiddenInput)


@require_http_methods(["GET", "HEAD", "POST"])
def flag(request: HttpRequest, claim_id: UUID) -> HttpResponseBase:
    """The form, with one's own flags at this claim and their answers."""
    check_can_flag(request.user)
    by = person(request)
    found = Claim.objects.visible_to(by).select_related("article__status").filter(pk=claim_id).first()
    if found is None:
        raise Gone("There is no such claim here, or it is not published.")
    code, refusal = 200, ""
    form = FlagForm(request.POST if request.method == "POST" else None, initial={"key": uuid4()})
    if request.method == "POST":
        try:
            _store(request, form, claim_id)
            return redirect("flag", claim_id=claim_id)
        except Refusal as refused:
            code, refusal = refused.status, str(refused)
    own = Flag.objects.filter(claim=found, by=by).select_related("answered_by").order_by("-created_at")
    context = {"claim": found, "form": form, "refusal": refusal, "own": own, "of_desk": can_see_desk(by)}
    return render(request, "claims/flag.html", context, status=code)


def _store(request: HttpRequest, form: FlagForm, claim_id: UUID) -> None:
    if not form.is_valid():
        raise Invalid(first_error(form))
    sent = form.cleaned_data
    flag_claim(by=person(request), claim_id=claim_id, reason=sent["reason"], key=sent["key"])
    messages.success(request, "Thank you. A moderator will look at it.")
