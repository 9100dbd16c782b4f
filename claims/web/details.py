"""The details of a claim: who it comes from, when it holds, what speaks for or against it, and whether it holds."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from claims.models import User
from claims.permissions import can_moderate, check_can_see_desk
from claims.refusals import Conflict, Refusal
from claims.web.attribution_form import asked_of, attribution_context
from claims.web.claim_page import claim_for
from claims.web.evidence_list import evidence_context
from claims.web.person import person
from claims.web.publication_form import publication_context
from claims.web.times_form import times_context
from claims.web.verdict_form import verdict_context

Context = dict[str, Any]
SECTIONS: dict[str, Callable[..., Context]] = {
    "attribution": attribution_context,
    "times": times_context,
    "evidence": evidence_context,
    "verdict": verdict_context,
    "publication": publication_context,
}


@require_safe
def details(request: HttpRequest, claim_id: UUID) -> HttpResponse:
    """Every section of the claim; `?part=1` gives them alone, for the panel of the reading page."""
    check_can_see_desk(request.user)
    template = "claims/_details.html" if request.GET.get("part") else "claims/details.html"
    asked = {"attribution": asked_of(request.GET), "times": {"take": request.GET.get("take", "")}}
    return render(request, template, _shown(person(request), claim_id, asked))


def details_again(request: HttpRequest, claim_id: UUID, section: str, typed: Context, refusal: Refusal) -> HttpResponse:
    """The page again after a refused form: the sentence, what is stored where they differ, and all that was typed.

    Raises the refusal itself where there is no page to show it on.
    """
    typed = typed | {"error": str(refusal)}
    if isinstance(refusal, Conflict):
        typed["stored"] = refusal.current
    context = _shown(person(request), claim_id, {section: typed})
    return render(request, "claims/details.html", context, status=refusal.status)


def _shown(viewer: User, claim_id: UUID, typed: dict[str, Context] | None = None) -> Context:
    claim = claim_for(viewer, claim_id)
    sections = {name: context(claim, viewer, (typed or {}).get(name)) for name, context in SECTIONS.items()}
    return sections | {"claim": claim, "moderates": can_moderate(viewer)}
