"""The registry of sources: its list, finding and adding one, and the page of each."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from claims.models import Source, User
from claims.particulars import PARTY_NAMES, SOURCE_KIND_NAMES
from claims.permissions import can_moderate, check_can_assess, check_can_see_desk
from claims.refusals import Conflict, Gone, Invalid, Refusal
from claims.review.describe_source import describe_source
from claims.review.merge_sources import MAX_REASON
from claims.review.near_duplicates import near_duplicates
from claims.review.register_source import MAX_NAME, MAX_NOTE, MAX_ROLE, register_source
from claims.review.said_by import Position, said_by
from claims.review.source_history import source_history
from claims.review.sources import other_names, suggest
from claims.web.person import person
from claims.web.source_lists import SourceFilter

# Other names that a page lists, each with its link.
NAMES_SHOWN = 50
_TOO_LONG = {"max_length": "It has %(show_value)d characters, and the most is %(limit_value)d: shorten it, please."}


class DescriptionForm(forms.Form):
    """What is known of a source; the room cleans it."""

    name = forms.CharField(
        max_length=MAX_NAME, error_messages=_TOO_LONG | {"required": "Give the source a name."}, label="Name"
    )
    kind = forms.ChoiceField(
        choices=[("", "choose one"), *((kind.value, name) for kind, name in SOURCE_KIND_NAMES.items())],
        label="Kind",
        error_messages={"required": "Choose what kind of source it is."},
    )
    role = forms.CharField(required=False, max_length=MAX_ROLE, error_messages=_TOO_LONG, label="Role")
    party = forms.ChoiceField(
        required=False,
        choices=[(party.value, name) for party, name in PARTY_NAMES.items()],
        label="Party to the conflict",
    )
    note = forms.CharField(
        required=False, max_length=MAX_NOTE, error_messages=_TOO_LONG, widget=forms.Textarea, label="Note"
    )
    version = forms.IntegerField(min_value=0, max_value=2**31, widget=forms.HiddenInput)
    key = forms.UUIDField(widget=forms.HiddenInput)

    def sent(self) -> dict[str, Any]:
        """What was sent. Raises Invalid: what is wrong stands beside each field."""
        if not self.is_valid():
            field, errors = next(iter(self.errors.items()))
            raise Invalid(f"{self.fields[field].label or field.capitalize()}: {errors[0]}")
        return {name: self.cleaned_data[name] for name in ("name", "kind", "role", "party", "note", "key")}


@require_safe
def source_list(request: HttpRequest) -> HttpResponse:
    """One page of the sources that the form in the address asks for."""
    check_can_see_desk(request.user)
    found = SourceFilter(request.GET, viewer=person(request))
    page = found.page(request.GET.get("after", ""), request.GET.get("before", ""))
    others = other_names(source.pk for source in page.rows)
    query = request.GET.copy()
    for place in ("after", "before"):
        query.pop(place, None)
    context = {
        "filter": found,
        "faults": found.faults(),
        "lines": [(source, others[source.pk][:5]) for source in page.rows],
        "asked": any(query.values()),
        "query": query.urlencode(),
        "page": page,
        "moderates": can_moderate(request.user),
    }
    return render(request, "sources/list.html", context)


@require_safe
def source_suggest(request: HttpRequest) -> JsonResponse:
    """A list of the sources whose names begin as the words of `q`, best first, for a field that somebody types into."""
    check_can_see_desk(request.user)
    found = suggest(request.GET.get("q", ""))
    return JsonResponse(
        [
            as_json(fitting.source) | {"known_as": fitting.known_as, "other_names": fitting.other_names}
            for fitting in found
        ],
        safe=False,
    )


def as_json(source: Source) -> dict[str, Any]:
    """What a script is told of a source."""
    return {
        "id": str(source.pk),
        "name": source.name,
        "kind": source.kind,
        "kind_name": source.get_kind_display(),
        "role": source.role,
        "party": source.party,
    }


@require_http_methods(["GET", "HEAD", "POST"])
def new_source(request: HttpRequest) -> HttpResponseBase:
    """The form for a source that the registry does not have yet."""
    check_can_assess(request.user)
    if request.method != "POST":
        name = request.GET.get("name", "")[:MAX_NAME]
        return _form(request, DescriptionForm(initial={"version": 0, "key": uuid4(), "name": name}))
    form = DescriptionForm(request.POST)
    try:
        sent = form.sent()
        stored = register_source(by=person(request), **sent)
    except Refusal as refusal:
        return _form(request, form, refusal=str(refusal), status=refusal.status)
    is_there = stored.pk != sent["key"]
    if is_there and any(sent[field] not in {"", getattr(stored, field)} for field in ("role", "party", "note")):
        return _form(request, form, there=stored, status=409)
    messages.success(request, "It was in the registry already." if is_there else "The source is in the registry.")
    return redirect("source", source_id=stored.pk)


def _form(request: HttpRequest, form: DescriptionForm, *, status: int = 200, **context: Any) -> HttpResponse:
    return render(request, "sources/form.html", {"form": form} | context, status=status)


@require_safe
def source(request: HttpRequest, source_id: UUID) -> HttpResponse:
    """One source: what is known of it, what it is said to have said, what it could be the same as, its history."""
    check_can_see_desk(request.user)
    return source_page(request, source_for(person(request), source_id))


@require_POST
def describe(request: HttpRequest, source_id: UUID) -> HttpResponseBase:
    """Say anew what a source is."""
    check_can_assess(request.user)
    by = person(request)
    found = source_for(by, source_id)
    form = DescriptionForm(request.POST)
    try:
        sent = form.sent()
        describe_source(by=by, source_id=source_id, expected_version=form.cleaned_data["version"], **sent)
    except Refusal as refusal:
        return source_page(request, found, refusal, form)
    messages.success(request, "Saved.")
    return redirect("source", source_id=source_id)


def source_for(viewer: User, source_id: UUID) -> Source:
    """The source with what it was merged into. Raises Gone."""
    found = Source.objects.visible_to(viewer).select_related("merged_into").filter(pk=source_id).first()
    if found is None:
        raise Gone("There is no such source in the registry. Look for it by its name.")
    return found


def source_page(
    request: HttpRequest, found: Source, refusal: Refusal | None = None, form: DescriptionForm | None = None
) -> HttpResponse:
    """The page of a source; after a refusal with its sentence and all that was typed."""
    viewer = person(request)
    stored = {name: getattr(found, name) for name in ("name", "kind", "role", "party", "note", "version")}
    history, has_older = source_history(found, viewer)
    context = {
        "source": found,
        "history": history,
        "has_older": has_older,
        "moderates": can_moderate(viewer),
        "form": form or DescriptionForm(initial=stored | {"key": uuid4()}),
        "stored": found if isinstance(refusal, Conflict) else None,
        "refusal": str(refusal) if refusal else "",
        "reason": request.POST.get("reason", ""),
        "max_reason": MAX_REASON,
        "key": uuid4(),
    }
    if found.merged_into is None:
        context |= _said_and_near(request, found, viewer)
    return render(request, "sources/source.html", context, status=refusal.status if refusal else 200)


def _said_and_near(request: HttpRequest, found: Source, viewer: User) -> dict[str, Any]:
    """What the page of a source in force shows beside its description. Raises Invalid for a made-up place."""
    asked = request.GET.get("position", "")
    position = Position(asked) if asked in set(Position) else None
    return {
        "names": found.merged.order_by("folded", "pk")[:NAMES_SHOWN],
        "said": said_by(found, viewer, position, request.GET.get("after", "")),
        "position": position or "",
        "is_first_page": not request.GET.get("after"),
        "near": near_duplicates(found),
    }
