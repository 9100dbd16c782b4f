"""Claims whose words changed after review: the moderators' list, and confirming that what was judged still holds."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from claims.keyset import counted, page_of
from claims.models import Anchor, Claim
from claims.permissions import check_can_moderate
from claims.refusals import Gone, Invalid, Refusal
from claims.review.changed_words import reworded
from claims.review.confirm_wording import MAX_REASON, confirm_wording
from claims.web.judging import first_error
from claims.web.person import person
from claims.web.text_changes import words_of


class ConfirmForm(forms.Form):
    """The state of the claim that the page showed, and why the judgements hold."""

    reason = forms.CharField(required=False, max_length=MAX_REASON)
    version = forms.IntegerField(min_value=0)
    key = forms.UUIDField()


@require_safe
def reworded_list(request: HttpRequest) -> HttpResponse:
    """The claims whose words changed after review, the newest change first, each with what it said before."""
    check_can_moderate(request.user, "see whose words changed")
    return render(request, "orphans/reworded.html", _listed(request))


@require_POST
def confirm(request: HttpRequest, claim_id: UUID) -> HttpResponseBase:
    """Take the mark off one claim."""
    check_can_moderate(request.user, "confirm changed words")
    form, by = ConfirmForm(request.POST), person(request)
    try:
        if not form.is_valid():
            raise Invalid(first_error(form))
        sent = form.cleaned_data
        confirm_wording(
            by=by, claim_id=claim_id, reason=sent["reason"], expected_version=sent["version"], key=sent["key"]
        )
    except Refusal as refusal:
        if isinstance(refusal, Gone):
            raise
        typed = {"claim": str(claim_id), "reason": request.POST.get("reason", "")}
        context = _listed(request) | {"refusal": refusal, "typed": typed}
        return render(request, "orphans/reworded.html", context, status=refusal.status)
    messages.success(request, "Confirmed: what was judged holds for the words that the article has now.")
    return redirect("claim", claim_id=claim_id) if request.POST.get("then") == "stay" else redirect("reworded-list")


def _listed(request: HttpRequest) -> dict[str, Any]:
    viewer = person(request)
    rows = reworded(viewer)
    # The last anchor with other words says what they were before the change.
    last = Anchor.objects.filter(claim=OuterRef("pk")).exclude(exact=OuterRef("exact")).order_by("-pk")
    shown = rows.select_related("status", "article__status", "article__outlet").annotate(
        words_before=Subquery(last.values("exact")[:1])
    )
    page = page_of(shown, "status__text_changed_at", request.GET.get("after", ""), key="status__claim")
    return {
        "lines": [(claim, words_of(_before(claim), claim.exact), uuid4()) for claim in page.rows],
        "count": counted(rows),
        "after": page.after,
        "max_reason": MAX_REASON,
    }


def _before(claim: Claim) -> str:
    before: str | None = claim.words_before  # type: ignore[attr-defined]  # annotated
    return claim.exact if before is None else before
