"""The page of one claim: its words in context, what the viewer may know of it, and the ruling of moderators."""

from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from claims.models import Assessment, Claim, Event, Ruling, User
from claims.permissions import can_moderate, check_can_moderate, check_can_see_desk
from claims.refusals import Gone, Refusal
from claims.review.rule_on_claim import rule_on_claim
from claims.text.sanitise import MAX_NOTE
from claims.vocabulary import LABELS, REASONS, STRENGTHS
from claims.web.judging import JudgementForm, typed_judgement
from claims.web.person import person

# The newest events of a claim that its page shows to moderators.
EVENTS_SHOWN = 50


@require_safe
def claim(request: HttpRequest, claim_id: UUID) -> HttpResponse:
    """One claim of the desk."""
    check_can_see_desk(request.user)
    found = _found(person(request), claim_id)
    return render(request, "claims/claim.html", _shown(found, person(request)))


@require_POST
def rule(request: HttpRequest, claim_id: UUID) -> HttpResponseBase:
    """Settle a claim, as a moderator; a refused ruling stays on the page beside the one that stands."""
    check_can_moderate(request.user, "rule on claims")
    by = person(request)
    found = _found(by, claim_id)
    form = JudgementForm(request.POST)
    try:
        judgement, sent = form.judgement(), form.cleaned_data
        rule_on_claim(
            by=by,
            claim_id=claim_id,
            judgement=judgement,
            explanation=sent["note"],
            expected_version=sent["version"],
            key=sent["key"],
        )
    except Refusal as refusal:
        context = _shown(found, by) | {"given": typed_judgement(request), "refusal": str(refusal)}
        return render(request, "claims/claim.html", context, status=refusal.status)
    return redirect("claim", claim_id=claim_id)


def _found(viewer: User, claim_id: UUID) -> Claim:
    found = (
        Claim.objects.visible_to(viewer)
        .select_related("status", "article__status__story__status", "article__outlet", "proposal")
        .filter(pk=claim_id)
        .first()
    )
    if found is None:
        raise Gone("There is no such claim here: its article was withdrawn, or read again without it.")
    return found


def _shown(found: Claim, viewer: User) -> dict[str, Any]:
    ruling = Ruling.objects.filter(claim=found).select_related("by").first()
    context: dict[str, Any] = {
        "claim": found,
        "ruling": ruling,
        "given": ruling,
        "assessments": Assessment.objects.visible_to(viewer)
        .filter(claim=found)
        .select_related("reviewer")
        .order_by("created_at"),
        "moderates": can_moderate(viewer),
        "labels": LABELS,
        "strengths": sorted(STRENGTHS.items()),
        "reasons": REASONS,
        "max_note": MAX_NOTE,
        "key": uuid4(),
    }
    if context["moderates"]:
        events = Event.objects.filter(target_type="claim", target_id=str(found.pk)).select_related("by")
        context["events"] = events.order_by("-number")[:EVENTS_SHOWN]
    return context
