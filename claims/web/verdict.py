"""Where a verdict is sent, and its taking back."""

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_POST

from claims.models import User
from claims.particulars import VerdictValue
from claims.permissions import check_can_assess
from claims.receipts import Outcome
from claims.refusals import Invalid
from claims.review.give_verdict import MOST_PICKED, Finding, give_verdict, take_verdict_back
from claims.text.edtf import MAX_TIME
from claims.text.sanitise import MAX_NOTE
from claims.web.sent_form import answer, sent, text_field, typed_in
from claims.web.verdict_form import FIELDS


class VerdictForm(forms.Form):
    """A verdict, its sizes capped; the room checks what the words say. The evidence is read from the form's list."""

    value = forms.ChoiceField(
        choices=[(value.value, value.value) for value in VerdictValue],
        error_messages={"required": "Choose a verdict first.", "invalid_choice": "Choose one of the verdicts."},
    )
    explanation = text_field("explanation", MAX_NOTE, "Say in a sentence what the verdict rests on.")
    as_of = text_field("time as of which it is given", MAX_TIME)
    valid_until = text_field("time until which it is valid", MAX_TIME)
    version = forms.IntegerField(min_value=0)
    key = forms.UUIDField()


class TakeBackForm(forms.Form):
    """Which version of the verdict is taken back."""

    version = forms.IntegerField(min_value=0)
    key = forms.UUIDField()


@require_POST
def give(request: HttpRequest, claim_id: UUID) -> HttpResponseBase:
    """Store a verdict on a claim."""
    check_can_assess(request.user)
    form = VerdictForm(request.POST)
    chosen = request.POST.getlist("evidence")[: MOST_PICKED + 1]

    def store(by: User) -> Outcome:
        said = sent(form)
        return give_verdict(
            by=by,
            claim_id=claim_id,
            finding=Finding(**{name: said[name] for name in FIELDS}),
            evidence=_keys(chosen),
            expected_version=said["version"],
            key=said["key"],
        )

    return answer(request, claim_id, "verdict", typed_in(request, FIELDS) | {"evidence": chosen}, store)


@require_POST
def take_back(request: HttpRequest, claim_id: UUID) -> HttpResponseBase:
    """Leave a claim without a verdict."""
    check_can_assess(request.user)
    form = TakeBackForm(request.POST)

    def store(by: User) -> Outcome:
        said = sent(form)
        return take_verdict_back(by=by, claim_id=claim_id, expected_version=said["version"], key=said["key"])

    return answer(request, claim_id, "verdict", {}, store)


def _keys(chosen: list[str]) -> list[UUID]:
    try:
        return [UUID(one) for one in chosen]
    except ValueError as wrong:
        raise Invalid("Choose the evidence from the list.") from wrong
