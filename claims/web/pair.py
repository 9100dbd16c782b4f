"""Two claims side by side: where their relation is found, taken back, and their times are set."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from claims.coverage.link_claims import link_claims
from claims.coverage.retract_link import retract_link
from claims.models import Link
from claims.permissions import check_can_link, check_can_see_desk
from claims.refusals import Conflict, Refusal
from claims.text.sanitise import for_editing
from claims.web.link_form import LinkForm, RetractForm
from claims.web.pair_page import Asked, pair_context
from claims.web.pair_times import TimesRefused, store_times, typed_times
from claims.web.person import person
from claims.web.refusals import refused_as_json, wants_json
from claims.web.sent_form import sent


@require_safe
def pair(request: HttpRequest, claim_id: UUID, other_id: UUID) -> HttpResponse:
    """Both passages and the form; `?part=origin` only what may show one origin, for the page of candidates.

    `?relation=` chooses a relation in the form, `?take=` and `?of=` fill a time in from the words of a claim.
    """
    check_can_see_desk(request.user)
    asked = Asked(request.GET.get("relation", ""), request.GET.get("take", ""), request.GET.get("of", ""))
    context = pair_context(person(request), claim_id, other_id, asked)
    template = "links/_origin.html" if request.GET.get("part") == "origin" else "links/pair.html"
    return render(request, template, context)


@require_POST
def link(request: HttpRequest, claim_id: UUID, other_id: UUID) -> HttpResponseBase:
    """Store how two claims relate, as one finds."""
    check_can_link(request.user)
    form = LinkForm(request.POST)
    try:
        finding, said = form.finding(), form.cleaned_data
        outcome = link_claims(
            by=person(request), claim_id=claim_id, other_id=other_id, finding=finding,
            expected_version=said["version"], key=said["key"],
        )  # fmt: skip
    except Refusal as refusal:
        return _refused(request, claim_id, other_id, refusal)
    if wants_json(request):
        return JsonResponse(_for_editing(outcome))
    held = f" {outcome['time_rule']}" if outcome["time_rule"] else ""
    messages.success(request, f"Saved: {outcome['relation_name'].lower()}.{held}")
    return redirect("pair", claim_id=claim_id, other_id=other_id)


@require_POST
def retract(request: HttpRequest, link_id: UUID) -> HttpResponseBase:
    """Take one's own finding of a pair back."""
    check_can_link(request.user)
    form = RetractForm(request.POST)
    by = person(request)
    try:
        said = sent(form)
        outcome = retract_link(by=by, link_id=link_id, expected_version=said["version"], key=said["key"])
    except Refusal as refusal:
        if wants_json(request):
            return refused_as_json(refusal)
        raise
    if wants_json(request):
        return JsonResponse(_for_editing(outcome))
    messages.success(request, "Your finding is taken back; the history keeps it.")
    sides = Link.objects.visible_to(by).filter(pk=link_id).values_list("a", "b").get()
    return redirect("pair", *sides)


@require_POST
def date(request: HttpRequest, claim_id: UUID, other_id: UUID) -> HttpResponseBase:
    """Store the times of the two that were changed, all or none, and look at their links again."""
    check_can_link(request.user)
    by = person(request)
    at_any_time = "any_time" in request.POST
    try:
        changed = store_times(by, (claim_id, other_id), typed_times(request.POST), at_any_time=at_any_time)
    except TimesRefused as refused:
        refusal = refused.sent.refusal
        context = pair_context(by, claim_id, other_id, Asked(), refusal=refusal, times=refused.sent)
        return render(request, "links/pair.html", context, status=refusal.status)
    stored = "The time is stored." if changed == 1 else f"{changed} times are stored."
    messages.success(request, stored if changed else "Nothing was changed in the times.")
    return redirect(f"{reverse('pair', args=[claim_id, other_id])}#times")


def _refused(request: HttpRequest, claim_id: UUID, other_id: UUID, refusal: Refusal) -> HttpResponseBase:
    """Why not: as JSON for a script; else the page with what was typed. Raises the refusal where there is no page."""
    if isinstance(refusal, Conflict):
        refusal.current = _for_editing(refusal.current)
    if wants_json(request):
        return refused_as_json(refusal)
    by = person(request)
    context = pair_context(by, claim_id, other_id, Asked(), refusal=refusal, typed=request.POST)
    return render(request, "links/pair.html", context, status=refusal.status)


def _for_editing(outcome: dict[str, Any]) -> dict[str, Any]:
    """What people wrote as a text box shows it."""
    return outcome | {name: for_editing(str(outcome[name])) for name in ("reason", "basis") if name in outcome}
