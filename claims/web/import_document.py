"""One document of an import: its text by its parts, what it states, and the form that corrects that."""

from typing import Any, Final, cast
from uuid import UUID

from django import forms
from django.core.validators import URLValidator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from claims.ingest.correct_item import correct_item
from claims.ingest.preview_item import Preview, preview_item
from claims.ingest.readers.document import Fact
from claims.ingest.stated_facts import LIMITS, MAX_ADDRESS
from claims.models import ImportItem, Job
from claims.models import Zone as StoredZone
from claims.refusals import Gone, Refusal
from claims.text.zones import Zone
from claims.transfers import ITEM_STATE_NAMES, ItemState, JobState
from claims.vocabulary import Basis
from claims.web.import_items import facts_of, line_of
from claims.web.import_jobs import import_of
from claims.web.person import person
from claims.web.reading_page import Block, blocks_of
from claims.web.sent_form import sent, text_field

# What somebody who knows better can say of a document.
CORRECTED: Final = ("headline", "address", "author", "published", "updated", "voice", "genre")
# More of a text than this is not shown: it is a book.
MOST_SHOWN: Final = 300_000
MAX_NOTE: Final = 300
_HELP: Final = {
    "address": "Where it stands: a text at the same address is the same article.",
    "published": "As in 2024-04-02.",
    "voice": "Whose reporting it is: an agency, a writer.",
    "genre": "News, opinion, analysis …",
}
_LINK: Final = "The link has to be an address that starts with http:// or https://."


class CorrectionForm(forms.Form):
    """What a document states, as somebody corrected it, and on whose word."""

    headline = text_field("headline", LIMITS["headline"])
    address = text_field("address", MAX_ADDRESS)
    author = text_field("author", LIMITS["author"])
    published = text_field("published", LIMITS["published"])
    updated = text_field("updated", LIMITS["updated"])
    voice = text_field("voice", LIMITS["voice"])
    genre = text_field("genre", LIMITS["genre"])
    note = text_field("note", MAX_NOTE)
    link = forms.CharField(
        required=False,
        max_length=MAX_ADDRESS,
        validators=[URLValidator(schemes=("http", "https"), message=_LINK)],
        error_messages={"max_length": _LINK},
    )
    out = forms.BooleanField(required=False)
    version = forms.IntegerField(min_value=0)


@require_http_methods(["GET", "HEAD", "POST"])
def document(request: HttpRequest, job_id: UUID, item_id: UUID) -> HttpResponseBase:
    """The document; sent, its corrections."""
    job = import_of(request, job_id)
    item = _item(job, item_id)
    if request.method != "POST":
        return _page(request, job, item)
    try:
        form = sent(CorrectionForm(request.POST))
        correct_item(
            by=person(request),
            item_id=item_id,
            facts=_changed(item, form, person(request).username),
            is_left_out=form["out"],
            expected_version=form["version"],
        )
    except Refusal as refusal:
        return _page(request, job, _item(job, item_id), refusal)
    onward = _next(job, item) if request.POST.get("then") == "next" else None
    if onward is None:
        return redirect("import-job", job_id=job_id)
    return redirect("import-document", job_id=job_id, item_id=onward)


def _changed(item: ImportItem, form: dict[str, Any], by: str) -> dict[str, Fact]:
    """The facts that were corrected; what was left as it is keeps its basis."""
    note = form["note"] or f"as {by} says"
    return {
        name: Fact(form[name], Basis.FOUND_ELSEWHERE, note, form["link"])
        for name in CORRECTED
        if form[name] != item.facts.get(name, {}).get("value", "")
    }


def _page(request: HttpRequest, job: Job, item: ImportItem, refusal: Refusal | None = None) -> HttpResponse:
    can_correct = job.state == JobState.DRAFT and item.state in (ItemState.READY, ItemState.LEFT_OUT)
    preview = preview_item(item, job.by) if item.text else None
    line = line_of(item, preview)
    context = {
        "job": job,
        "line": line,
        "facts": [fact for fact in line.facts if not (can_correct and fact.name in CORRECTED)],
        "state": ITEM_STATE_NAMES[ItemState(item.state)],
        "refusal": refusal,
        "can_correct": can_correct,
        "fields": _fields(item, request.POST if refusal else {}),
        "typed": request.POST if refusal else {},
        "is_out": bool(request.POST.get("out")) if refusal else item.state == ItemState.LEFT_OUT,
        "onward": _next(job, item),
        "max_note": MAX_NOTE,
        "max_address": MAX_ADDRESS,
    }
    context |= _text_of(preview)
    return render(request, "imports/document.html", context, status=refusal.status if refusal else 200)


def _text_of(preview: Preview | None) -> dict[str, Any]:
    if preview is None:
        return {"blocks": []}
    zones = [
        Zone(zone.start, min(zone.end, MOST_SHOWN), zone.kind) for zone in preview.zones if zone.start < MOST_SHOWN
    ]
    blocks: list[Block] = blocks_of(preview.text[:MOST_SHOWN], cast("list[StoredZone]", zones), [])
    return {
        "blocks": blocks,
        "cut": f"{MOST_SHOWN:,}" if len(preview.text) > MOST_SHOWN else "",
        "length": f"{len(preview.text):,}",
        "bidi": len(preview.bidi),
    }


def _fields(item: ImportItem, typed: Any) -> list[dict[str, Any]]:
    """The fields that correct, each with what it holds and what that rests on."""
    most = {"address": MAX_ADDRESS} | LIMITS
    return [
        {
            "fact": fact,
            "value": typed.get(fact.name, fact.value),
            "most": most[fact.name],
            "help": _HELP.get(fact.name, ""),
        }
        for fact in facts_of(item.facts)
        if fact.name in CORRECTED
    ]


def _item(job: Job, item_id: UUID) -> ImportItem:
    found = ImportItem.objects.select_related("article__status").filter(job=job, pk=item_id).first()
    if found is None:
        raise Gone("There is no such document in this import.")
    return found


def _next(job: Job, item: ImportItem) -> UUID | None:
    """The document after this one that can be looked at."""
    can_be_seen = ImportItem.objects.filter(job=job, position__gt=item.position, state__in=["ready", "left_out"])
    return can_be_seen.order_by("position").values_list("pk", flat=True).first()
