"""Where labels and their taking back are sent: by the page's script or by plain forms."""

from typing import Any
from uuid import UUID

from django import forms
from django.db.models import F
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from claims.models import Claim, User
from claims.permissions import check_can_assess
from claims.refusals import Conflict, Invalid, Refusal
from claims.review.assess_claim import assess_claim
from claims.review.progress import next_claim
from claims.review.retract_assessment import retract_assessment
from claims.review.state import Judgement
from claims.text.sanitise import MAX_NOTE, for_editing
from claims.vocabulary import STRENGTHS, Label
from claims.web.accepting import judged
from claims.web.person import person
from claims.web.queue_bar import FROM_QUEUE
from claims.web.reading import reading_context
from claims.web.refusals import refused_as_json, wants_json

NOTE_TOO_LONG = "The note has %(show_value)d characters, and the most is %(limit_value)d: shorten it, please."


class JudgementForm(forms.Form):
    """The parts of a judgement, their sizes capped; the room checks that they fit each other."""

    label = forms.ChoiceField(
        choices=[(label.value, label.value) for label in Label],
        error_messages={"required": "Choose a label first.", "invalid_choice": "Choose one of the labels."},
    )
    strength = forms.IntegerField(required=False, min_value=0, max_value=5)
    reason = forms.CharField(required=False, max_length=12)
    note = forms.CharField(
        required=False,
        max_length=MAX_NOTE,
        error_messages={"max_length": NOTE_TOO_LONG},
    )
    version = forms.IntegerField(min_value=0)
    key = forms.UUIDField()
    revision = forms.UUIDField(required=False)

    def judgement(self) -> Judgement:
        """What was judged. Raises Invalid with the first thing that is wrong."""
        if not self.is_valid():
            raise Invalid(first_error(self))
        data = self.cleaned_data
        return Judgement(Label(data["label"]), data["strength"], data["reason"])


class RetractionForm(forms.Form):
    """Which version of one's assessment is taken back."""

    version = forms.IntegerField(min_value=0)
    key = forms.UUIDField()


def first_error(form: forms.Form) -> str:
    """The first thing that is wrong with a form, as one sentence that names the field."""
    for field, errors in form.errors.items():
        sentence = str(errors[0])
        return sentence if field in {"label", "note", "__all__"} else f"{field.capitalize()}: {sentence}"
    return ""


@require_POST
def assess(request: HttpRequest, claim_id: UUID) -> HttpResponseBase:
    """Store one's label of a claim."""
    check_can_assess(request.user)
    form = JudgementForm(judged(request.POST))

    def store(by: User) -> dict[str, Any]:
        judgement, sent = form.judgement(), form.cleaned_data
        return assess_claim(
            by=by,
            claim_id=claim_id,
            judgement=judgement,
            note=sent["note"],
            expected_version=sent["version"],
            key=sent["key"],
            revision_id=sent["revision"],
        )

    return _answer(request, claim_id, store)


@require_POST
def retract(request: HttpRequest, claim_id: UUID) -> HttpResponseBase:
    """Take one's label of a claim back."""
    check_can_assess(request.user)
    form = RetractionForm(request.POST)

    def store(by: User) -> dict[str, Any]:
        if not form.is_valid():
            raise Invalid(first_error(form))
        sent = form.cleaned_data
        return retract_assessment(by=by, claim_id=claim_id, expected_version=sent["version"], key=sent["key"])

    return _answer(request, claim_id, store)


def _answer(request: HttpRequest, claim_id: UUID, store: Any) -> HttpResponseBase:
    """JSON for the script; for a plain form the next claim, or the same page with what was typed and why not."""
    by = person(request)
    try:
        outcome = store(by)
    except Refusal as refusal:
        if isinstance(refusal, Conflict) and "note" in refusal.current:
            refusal.current["note"] = for_editing(str(refusal.current["note"]))
        if wants_json(request):
            return refused_as_json(refusal)
        return _typed_again(request, by, claim_id, refusal)
    if wants_json(request):
        return JsonResponse(outcome | {"note": for_editing(outcome["note"])})
    found = Claim.objects.visible_to(by).select_related("article__status").get(pk=claim_id)
    onward = next_claim(by, found.article) if request.POST.get("then") == "next" else found
    way = f"&from={FROM_QUEUE}" if request.POST.get("from") == FROM_QUEUE else ""
    return redirect(f"{reverse('article', args=[found.article_id])}?claim={(onward or found).pk}{way}#here")


def _typed_again(request: HttpRequest, by: User, claim_id: UUID, refusal: Refusal) -> HttpResponse:
    """The reading page again, with the form as it was sent; raises the refusal where there is no such page."""
    found = Claim.objects.visible_to(by).filter(pk=claim_id, revision=F("article__status__revision")).first()
    if found is None:
        raise refusal
    query = {"claim": str(claim_id), "from": request.POST.get("from", "")}
    context = reading_context(by, found.article_id, query, typed_judgement(request))
    context["refusal"] = str(refusal)
    context["stored"] = refusal.current if isinstance(refusal, Conflict) else None
    return render(request, "articles/reading.html", context, status=refusal.status)


def typed_judgement(request: HttpRequest) -> dict[str, Any]:
    """What the panel shows instead of what is stored: nothing, where the form had no fields to type in."""
    if "note" not in request.POST:
        return {}
    sent = judged(request.POST)
    chosen = {str(value): value for value in STRENGTHS}.get(sent.get("strength", ""))
    return {name: sent.get(name, "") for name in ("label", "reason", "note")} | {"strength": chosen}
