"""The method page, generated from the scheme."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from claims.relations import (
    INDEPENDENCE_NAMES,
    INDEPENDENCE_TESTS,
    LINK_ASSESSMENTS_NEEDED,
    ORIGIN_SIGN_NAMES,
    RELATIONS,
    SUBTYPE_NAMES,
)
from claims.text.worked_examples import WORKED_EXAMPLES
from claims.vocabulary import ASSESSMENTS_NEEDED, LABELS, REASONS, SCHEME_VERSION, STEPS, STRENGTHS, ZONE_NAMES


@require_safe
def method(request: HttpRequest) -> HttpResponse:
    """How claims are labelled, for everybody."""
    context = {
        "version": SCHEME_VERSION,
        "labels": [(one, [worked for worked in WORKED_EXAMPLES if worked.label == one.label]) for one in LABELS],
        "steps": STEPS,
        "strengths": sorted(STRENGTHS.items(), reverse=True),
        "reasons": REASONS,
        "zones": ZONE_NAMES,
        "examples": WORKED_EXAMPLES,
        "needed": ASSESSMENTS_NEEDED,
        "relations": RELATIONS,
        "subtypes": SUBTYPE_NAMES,
        "findings": [(INDEPENDENCE_NAMES[found], test) for found, test in INDEPENDENCE_TESTS.items()],
        "signs": ORIGIN_SIGN_NAMES,
        "links_needed": LINK_ASSESSMENTS_NEEDED,
    }
    return render(request, "method.html", context)
