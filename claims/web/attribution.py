"""Where an attribution is sent: by the page's script or by a plain form."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from claims.models import Source
from claims.permissions import check_can_assess
from claims.refusals import Conflict, Refusal
from claims.review.attribute_claim import attribute_claim
from claims.web.attribution_fields import AttributionForm, typed_of
from claims.web.details import details_again
from claims.web.person import person
from claims.web.refusals import refused_as_json, wants_json


@require_POST
def attribute(request: HttpRequest, claim_id: UUID) -> HttpResponseBase:
    """Store one's attribution of a claim."""
    check_can_assess(request.user)
    form = AttributionForm(request.POST)
    try:
        given, sent = form.given(), form.cleaned_data
        outcome = attribute_claim(
            by=person(request), claim_id=claim_id, given=given, expected_version=sent["version"], key=sent["key"]
        )
    except Refusal as refusal:
        if not wants_json(request):
            return details_again(request, claim_id, "attribution", typed_of(request.POST), refusal)
        if isinstance(refusal, Conflict) and refusal.current:
            refusal.current = _named(refusal.current)
        return refused_as_json(refusal)
    if wants_json(request):
        return JsonResponse(_named(outcome))
    return redirect(reverse("details", args=[claim_id]) + "#attribution")


def _named(outcome: dict[str, Any]) -> dict[str, Any]:
    """The outcome with the names and kinds of the sources of its route."""
    keys = [step["source"] for step in outcome["chain"] if "source" in step]
    names = {
        str(key): {"name": name, "kind": kind}
        for key, name, kind in Source.objects.filter(pk__in=keys).values_list("pk", "name", "kind")
    }
    chain = [step | names.get(step.get("source", ""), {}) for step in outcome["chain"]]
    return outcome | {"chain": chain}
