"""Where moderators say that two sources are one, and take that back."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from claims.models import Source
from claims.permissions import check_can_moderate
from claims.refusals import Gone, Invalid, Refusal
from claims.review.merge_sources import MAX_REASON, merge_sources, unmerge_source
from claims.review.near_duplicates import RECENT, near_duplicates, suggested_pairs
from claims.review.sources import MAX_QUERY, other_names, suggest
from claims.text.names import likeness
from claims.web.judging import first_error
from claims.web.person import person
from claims.web.sources import source_for, source_page

_TOO_LONG = {"max_length": "It has %(show_value)d characters, and the most is %(limit_value)d: shorten it, please."}


class MergeForm(forms.Form):
    """What is merged into which, as the page showed both, and why."""

    into = forms.UUIDField(error_messages={"required": "Choose the source that it is the same as."})
    reason = forms.CharField(
        max_length=MAX_REASON, error_messages=_TOO_LONG | {"required": "Say why the two are one: others will read it."}
    )
    version = forms.IntegerField(min_value=0, max_value=2**31)
    into_version = forms.IntegerField(min_value=0, max_value=2**31)
    key = forms.UUIDField()


class UnmergeForm(forms.Form):
    """Which state of the merged source the page showed, and why it is taken out again."""

    reason = forms.CharField(
        max_length=MAX_REASON,
        error_messages=_TOO_LONG | {"required": "Say why the two are not one: others will read it."},
    )
    version = forms.IntegerField(min_value=0, max_value=2**31)
    key = forms.UUIDField()


@require_safe
def duplicates(request: HttpRequest) -> HttpResponse:
    """Pairs of sources that could be one."""
    check_can_moderate(request.user, "merge sources")
    return render(request, "sources/duplicates.html", {"pairs": suggested_pairs(), "recent": RECENT})


@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: HttpRequest, source_id: UUID) -> HttpResponseBase:
    """Both sources side by side with a form for the reason; without another one, a search for it."""
    check_can_moderate(request.user, "merge sources")
    found = source_for(person(request), source_id)
    if request.method != "POST":
        asked = request.GET.get("into", "")
        return _confirm(request, found, _other(request, asked)) if asked else _choose(request, found)
    form = MergeForm(request.POST)
    try:
        if not form.is_valid():
            raise Invalid(first_error(form))
        sent = form.cleaned_data
        merge_sources(
            by=person(request), source_id=source_id, into_id=sent["into"], reason=sent["reason"],
            source_version=sent["version"], into_version=sent["into_version"], key=sent["key"],
        )  # fmt: skip
    except Refusal as refusal:
        return _merge_again(request, found, refusal)
    messages.success(request, f"“{found.name}” is another name of this source now.")
    return redirect("source", source_id=sent["into"])


@require_POST
def unmerge(request: HttpRequest, source_id: UUID) -> HttpResponseBase:
    """Let a source stand for itself again."""
    check_can_moderate(request.user, "take the merge of sources back")
    found = source_for(person(request), source_id)
    form = UnmergeForm(request.POST)
    try:
        if not form.is_valid():
            raise Invalid(first_error(form))
        sent = form.cleaned_data
        unmerge_source(
            by=person(request), source_id=source_id, reason=sent["reason"],
            expected_version=sent["version"], key=sent["key"],
        )  # fmt: skip
    except Refusal as refusal:
        return source_page(request, source_for(person(request), source_id), refusal)
    messages.success(request, f"“{found.name}” stands for itself again.")
    return redirect("source", source_id=source_id)


def _other(request: HttpRequest, key: str) -> Source:
    """The source of this key. Raises Gone where it is none."""
    try:
        return source_for(person(request), UUID(key))
    except ValueError as wrong:
        raise Gone("There is no such source in the registry. Look for it by its name.") from wrong


def _merge_again(request: HttpRequest, found: Source, refusal: Refusal) -> HttpResponse:
    """The page again with the reason that was typed. Raises the refusal where there is no page to show it on."""
    try:
        into = _other(request, request.POST.get("into", ""))
    except Gone:
        raise refusal from None
    return _confirm(request, found, into, refusal)


def _choose(request: HttpRequest, found: Source) -> HttpResponse:
    query = request.GET.get("q", "")[:MAX_QUERY]
    context = {
        "source": found,
        "query": query,
        "fitting": [fitting for fitting in suggest(query) if fitting.source.pk != found.pk],
        "near": [] if query else near_duplicates(found),
    }
    return render(request, "sources/choose.html", context)


def _confirm(request: HttpRequest, found: Source, into: Source, refusal: Refusal | None = None) -> HttpResponse:
    others = other_names([found.pk, into.pk])
    context: dict[str, Any] = {
        "source": found,
        "into": into,
        "sides": [("Becomes another name", found, others[found.pk]), ("Stays", into, others[into.pk])],
        "likeness": likeness(found.name, found.kind, into.name, into.kind),
        "refusal": str(refusal) if refusal else "",
        "reason": request.POST.get("reason", ""),
        "max_reason": MAX_REASON,
        "key": uuid4(),
    }
    return render(request, "sources/merge.html", context, status=refusal.status if refusal else 200)
