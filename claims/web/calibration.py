"""Known answers: a moderator sets them, a reviewer sees how they did against those that they have answered."""

from collections import defaultdict
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from claims.models import Calibration, Claim, User
from claims.permissions import can_moderate, check_can_assess, check_can_moderate
from claims.refusals import Gone, Invalid, Refusal
from claims.review.calibrate import end_calibration, set_calibration
from claims.review.calibration_results import MOST_ITEMS, Answer, Verdict, all_answers, own_answers, score
from claims.text.sanitise import MAX_NOTE, for_editing
from claims.text.worked_examples import examples_for
from claims.vocabulary import LABEL_BY_VALUE, LABELS, REASONS, STRENGTHS, Label
from claims.web.judging import JudgementForm, RetractionForm, first_error, typed_judgement
from claims.web.person import person

END = "end"


@require_safe
def calibration(request: HttpRequest) -> HttpResponse:
    """Every known answer, and how each person does against them all."""
    check_can_moderate(request.user, "see all known answers")
    viewer = person(request)
    answers = all_answers(viewer)
    by_person, by_claim = defaultdict(list), defaultdict(list)
    for answer in answers:
        by_person[answer.first.reviewer].append(answer)
        by_claim[answer.first.claim].append(answer)
    names = dict(User.objects.filter(pk__in=by_person).values_list("pk", "username"))
    known = Calibration.objects.select_related("claim__article__status", "claim__status", "by")
    items = known.filter(claim__article__status__withdrawn_at__isnull=True).order_by("-created_at", "pk")[:MOST_ITEMS]
    context = {
        "people": sorted((names[who], score(given)) for who, given in by_person.items()),
        "items": [(item, score(by_claim[item.claim_id])) for item in items],
        "most": MOST_ITEMS,
    }
    return render(request, "calibration/list.html", context)


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """How one does against the known answers of claims that one has labelled, and of no others."""
    check_can_assess(request.user)
    answers = own_answers(person(request))
    context = {
        "score": score(answers),
        "lines": [_told(answer) for answer in answers],
        "moderates": can_moderate(request.user),
    }
    return render(request, "calibration/mine.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def calibrate(request: HttpRequest, claim_id: UUID) -> HttpResponseBase:
    """The form for a claim's known answer; a refused one comes back as it was sent."""
    check_can_moderate(request.user, "set known answers")
    found = _found(person(request), claim_id)
    if request.method != "POST":
        return render(request, "calibration/form.html", _shown(found))
    try:
        _store(request, claim_id)
    except Refusal as refusal:
        context = _shown(found) | {"refusal": str(refusal)}
        if typed := typed_judgement(request):
            context["given"] = typed
        return render(request, "calibration/form.html", context, status=refusal.status)
    messages.success(request, "The known answer is stored." if request.POST.get("deed") != END else "It is ended.")
    return redirect("calibration")


def _store(request: HttpRequest, claim_id: UUID) -> None:
    by = person(request)
    if request.POST.get("deed") == END:
        ending = RetractionForm(request.POST)
        if not ending.is_valid():
            raise Invalid(first_error(ending))
        sent = ending.cleaned_data
        end_calibration(by=by, claim_id=claim_id, expected_version=sent["version"], key=sent["key"])
        return
    form = JudgementForm(request.POST)
    judgement, sent = form.judgement(), form.cleaned_data
    set_calibration(
        by=by,
        claim_id=claim_id,
        judgement=judgement,
        explanation=sent["note"],
        expected_version=sent["version"],
        key=sent["key"],
    )


def _told(answer: Answer) -> dict[str, Any]:
    """One answer as the reviewer reads it; with a miss comes what the guide says of the right label."""
    known = answer.known
    missed = answer.verdict == Verdict.WRONG
    return {
        "answer": answer,
        "claim": known.claim,
        "said": LABEL_BY_VALUE[Label(answer.first.label)],
        "right": LABEL_BY_VALUE[Label(known.label)],
        "now": LABEL_BY_VALUE[Label(answer.now)] if answer.now else None,
        "missed": missed,
        "strength_off": answer.verdict == Verdict.STRENGTH_OFF,
        "examples": examples_for(known.label, known.reason) if missed else (),
    }


def _found(viewer: User, claim_id: UUID) -> Claim:
    found = Claim.objects.visible_to(viewer).select_related("status", "article__status").filter(pk=claim_id).first()
    if found is None:
        raise Gone("There is no such claim here: its article was withdrawn, or read again without it.")
    return found


def _shown(found: Claim) -> dict[str, Any]:
    known = Calibration.objects.filter(claim=found).select_related("by").first()
    given: dict[str, Any] = {"label": "", "strength": None, "reason": "", "note": ""}
    if known:
        note = for_editing(known.explanation)
        given = {"label": known.label, "strength": known.strength, "reason": known.reason, "note": note}
    return {
        "claim": found,
        "known": known,
        "given": given,
        "labels": LABELS,
        "strengths": sorted(STRENGTHS.items()),
        "reasons": REASONS,
        "max_note": MAX_NOTE,
        "key": uuid4(),
        "end_key": uuid4(),
    }
