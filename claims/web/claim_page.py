"""The page of one claim: its words in context, what the viewer may know of it, its history and its discussion."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from claims.coverage.examples import is_example_claim
from claims.models import Assessment, Claim, Flag, Retirement, Ruling, User
from claims.permissions import can_moderate, check_can_assess, check_can_see_desk
from claims.refusals import Gone, Invalid
from claims.review.changed_words import note_changes
from claims.review.history import history_of
from claims.review.redrawings import redrawing_of
from claims.review.restore_judgement import number_of, restore_judgement
from claims.vocabulary import Aside
from claims.web.discussion import discussion_context
from claims.web.judging import first_error
from claims.web.person import person

FLAGS_SHOWN = 50


class RestoreForm(forms.Form):
    """Which version of one's assessment, or of the ruling, is put back, and the version that stands on the page."""

    restored = forms.IntegerField(min_value=1, max_value=2**63 - 1)
    ruling = forms.BooleanField(required=False)
    version = forms.IntegerField(min_value=0)
    key = forms.UUIDField()


@require_safe
def claim(request: HttpRequest, claim_id: UUID) -> HttpResponse:
    """One claim of the desk."""
    check_can_see_desk(request.user)
    viewer = person(request)
    return render(request, "claims/claim.html", _shown(claim_for(viewer, claim_id), viewer))


@require_POST
def restore(request: HttpRequest, claim_id: UUID) -> HttpResponseBase:
    """Put an earlier judgement back: one's own, or as a moderator a ruling."""
    check_can_assess(request.user)
    form = RestoreForm(request.POST)
    if not form.is_valid():
        raise Invalid(first_error(form))
    sent = form.cleaned_data
    by = person(request)
    number = number_of(by=by, claim_id=claim_id, version=sent["restored"], of_ruling=sent["ruling"])
    restore_judgement(by=by, claim_id=claim_id, number=number, expected_version=sent["version"], key=sent["key"])
    messages.success(request, "The earlier judgement stands again; the history keeps both.")
    return redirect("claim", claim_id=claim_id)


def claim_for(viewer: User, claim_id: UUID) -> Claim:
    """The claim with what every page of it shows. Raises Gone where the viewer cannot see it."""
    found = (
        Claim.objects.visible_to(viewer)
        .select_related("status", "article__status__story__status", "article__outlet", "proposal")
        .filter(pk=claim_id)
        .first()
    )
    if found is None:
        raise Gone("There is no such claim here: its article was withdrawn or read again without it, or it is hidden.")
    return found


def _shown(found: Claim, viewer: User) -> dict[str, Any]:
    note_changes([found], viewer)
    given = Assessment.objects.visible_to(viewer).filter(claim=found).select_related("reviewer").order_by("created_at")
    assessments = list(given)
    ruling = Ruling.objects.filter(claim=found).select_related("by").first()
    own = next((one for one in assessments if one.reviewer_id == viewer.pk), None)
    retired = found.status.set_aside == Aside.RETIRED
    return {
        "claim": found,
        "ruling": ruling,
        "assessments": assessments,
        "own_version": own.version if own else 0,
        "moderates": can_moderate(viewer),
        "is_example": is_example_claim(found.pk),
        "retirement": Retirement.objects.filter(claim=found).select_related("by").first() if retired else None,
        "parts": Claim.objects.visible_to(viewer).filter(wholes=found.pk).in_reading_order(),
        "wholes": Claim.objects.visible_to(viewer).filter(retirement__parts=found.pk),
        "redrawn": redrawing_of(found, viewer),
        "flags": Flag.objects.visible_to(viewer).filter(claim=found).select_related("by", "answered_by")[:FLAGS_SHOWN],
        "history": history_of(found, viewer, own, ruling),
        "discussion": discussion_context(found, viewer),
        "key": uuid4(),
    }
