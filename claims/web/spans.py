"""Where the borders of claims are drawn: by the reading page's script, and by the forms of a page of their own."""

import json
from collections.abc import Mapping
from itertools import pairwise
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from claims.across_rooms import redraw_and_carry
from claims.models import Revision
from claims.permissions import check_can_redraw, check_can_see_desk
from claims.refusals import Gone, Invalid, Refusal
from claims.review.attribute_claim import GivenSpan
from claims.review.redraw_claims import MOST_CLAIMS
from claims.web.judging import first_error
from claims.web.person import person
from claims.web.refusals import refused_as_json, wants_json
from claims.web.span_choices import choices_for, number_in

# Twenty claims of the longest kind, as a script writes them down.
MAX_SPANS = 250_000
UNREADABLE = "The chosen words did not arrive as they were sent. Reload the page and choose them again."


class RedrawForm(forms.Form):
    """Which text is drawn in; the claims and places beside it are read on their own, because there may be several."""

    revision = forms.UUIDField(error_messages={"invalid": UNREADABLE})
    key = forms.UUIDField()
    spans = forms.CharField(required=False, max_length=MAX_SPANS, error_messages={"max_length": UNREADABLE})


@require_safe
def spans(request: HttpRequest, article_id: UUID) -> HttpResponse:
    """The words around a claim, and forms to mark, move, split, merge and unmark; `?claim=`, `?wide=`."""
    check_can_see_desk(request.user)
    return render(request, "spans/spans.html", choices_for(person(request), article_id, request.GET))


@require_POST
def redraw(request: HttpRequest, article_id: UUID) -> HttpResponseBase:
    """Draw claims anew; what was sent comes back where it is refused."""
    check_can_redraw(request.user)
    by = person(request)
    try:
        sent = _sent(request)
        outcome = redraw_and_carry(by=by, article_id=article_id, **sent)
    except Refusal as refusal:
        if wants_json(request):
            return refused_as_json(refusal)
        return _again(request, article_id, refusal)
    if wants_json(request):
        return JsonResponse(outcome)
    messages.success(request, f"{outcome['sentence']} {_way_back(outcome)}".strip())
    return redirect(_onward(article_id, outcome, sent["old"]))


def _sent(request: HttpRequest) -> dict[str, Any]:
    """What the room takes. Raises Invalid for what nobody can read."""
    form = RedrawForm(request.POST)
    if not form.is_valid():
        raise Invalid(first_error(form))
    old = request.POST.getlist("old")
    if len(old) > MOST_CLAIMS:
        raise Invalid(f"At most {MOST_CLAIMS} claims can be drawn at once. Do it in several steps.")
    written = form.cleaned_data["spans"]
    given = _from_script(written) if written else _from_form(request, form.cleaned_data["revision"])
    try:
        keys = [UUID(one) for one in old]
    except ValueError as wrong:
        raise Invalid("This is not the key of a claim. Reload the page and try it again.") from wrong
    return {"old": keys, "spans": given, "revision_id": form.cleaned_data["revision"], "key": form.cleaned_data["key"]}


def _from_script(written: str) -> list[GivenSpan]:
    try:
        found = json.loads(written)
    except (ValueError, RecursionError) as wrong:
        raise Invalid(UNREADABLE) from wrong
    if not isinstance(found, list):
        raise Invalid(UNREADABLE)
    return [_given(one) for one in found]


def _given(one: Any) -> GivenSpan:
    if not isinstance(one, Mapping):
        raise Invalid(UNREADABLE)
    start, end, exact = one.get("start"), one.get("end"), one.get("exact")
    # True and False are whole numbers to Python.
    if type(start) is not int or type(end) is not int or not isinstance(exact, str | None):
        raise Invalid(UNREADABLE)
    return GivenSpan(start, end, exact)


def _from_form(request: HttpRequest, revision_id: UUID) -> list[GivenSpan]:
    starts, ends, cuts = (
        [_number(one) for one in request.POST.getlist(name) if one] for name in ("start", "end", "cut")
    )
    if len(starts) != len(ends):
        raise Invalid("Choose both the first word and the last.")
    if any(start >= end for start, end in zip(starts, ends, strict=True)):
        raise Invalid("The last word stands before the first. Choose a later last word, or an earlier first.")
    if not cuts:
        return [GivenSpan(*span) for span in zip(starts, ends, strict=True)]
    if len(starts) != 1:
        raise Invalid("Choose the word with which the second part begins.")
    return _parts(starts[0], ends[0], cuts, revision_id)


def _parts(start: int, end: int, cuts: list[int], revision_id: UUID) -> list[GivenSpan]:
    """The parts of `start` to `end`, a new one at each cut, without the space between them."""
    borders = [start, *sorted(set(cuts)), end]
    if not all(before < after for before, after in pairwise(borders)):
        raise Invalid("A part begins outside the claim. Choose words within it.")
    text = Revision.objects.filter(pk=revision_id).values_list("text", flat=True).first()
    if text is None:
        raise Gone("There is no such text here. Reload the article.")
    parts = pairwise(borders)
    return [GivenSpan(first, first + len(text[first:last].rstrip())) for first, last in parts]


def _number(written: str) -> int:
    if (number := number_in(written)) is None:
        raise Invalid(UNREADABLE)
    return number


def _again(request: HttpRequest, article_id: UUID, refusal: Refusal) -> HttpResponse:
    """The page of forms as it was sent, with the sentence; raises the refusal where there is no such article."""
    query = {"claim": request.POST.get("at", ""), "wide": request.POST.get("wide", "")}
    try:
        context = choices_for(person(request), article_id, query, dict(request.POST.lists()))
    except Gone:
        raise refusal from None
    return render(request, "spans/spans.html", context | {"refusal": str(refusal)}, status=refusal.status)


def _way_back(outcome: Mapping[str, Any]) -> str:
    undo = outcome["undo"]
    return "To take it back, open “Parts and borders”." if undo["old"] else ""


def _onward(article_id: UUID, outcome: Mapping[str, Any], old: list[UUID]) -> str:
    """The claim in the article; the page of one that was unmarked, which tells how to take that back."""
    if outcome["claims"]:
        return f"{reverse('article', args=[article_id])}?claim={outcome['claims'][0]['id']}#here"
    return reverse("claim", args=[old[0]])
