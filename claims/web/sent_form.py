"""What the forms of a claim's details have in common: what they hold, and what answers them."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse

from claims.models import User
from claims.receipts import Outcome
from claims.refusals import Conflict, Invalid, Refusal
from claims.text.sanitise import for_editing
from claims.web.details import details_again
from claims.web.person import person
from claims.web.refusals import refused_as_json, wants_json

# Fields that nobody types: what is wrong with one says which.
UNTYPED = {"evidence", "which", "version", "key"}


def sent(form: forms.Form) -> dict[str, Any]:
    """What the form holds. Raises Invalid with the first thing that is wrong, as a sentence."""
    if form.is_valid():
        return form.cleaned_data
    field, errors = next(iter(form.errors.items()))
    raise Invalid(f"{field.capitalize()}: {errors[0]}" if field in UNTYPED else str(errors[0]))


def text_field(what: str, most: int, required: str = "") -> forms.CharField:
    """A field for words, with sentences for what can be wrong; `required` is the one for leaving it empty."""
    too_long = f"The {what} has %(show_value)d characters, and the most is %(limit_value)d: shorten it."
    return forms.CharField(
        required=bool(required),
        max_length=most,
        error_messages={
            "max_length": too_long,
            "required": required,
            "null_characters_not_allowed": f"The {what} holds a character that cannot be stored. Remove it.",
        },
    )


def answer(
    request: HttpRequest, claim_id: UUID, section: str, typed: dict[str, Any], store: Callable[[User], Outcome]
) -> HttpResponseBase:
    """JSON for a script; for a plain form the details again, with what was `typed` in this section where refused."""
    try:
        outcome = store(person(request))
    except Refusal as refusal:
        if isinstance(refusal, Conflict):
            for name in {"note", "explanation"} & refusal.current.keys():
                refusal.current[name] = for_editing(str(refusal.current[name]))
        if wants_json(request):
            return refused_as_json(refusal)
        return details_again(request, claim_id, section, typed, refusal)
    if wants_json(request):
        return JsonResponse(outcome)
    return redirect(f"{reverse('details', args=[claim_id])}#{section}")


def typed_in(request: HttpRequest, names: tuple[str, ...]) -> dict[str, Any]:
    """What was typed in these fields, as it came."""
    return {name: request.POST.get(name, "") for name in names}
