"""One import: looked at before it begins, done step by step, and what became of each document."""

from typing import Any, Final
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from claims.exchange.write_import_csv import report_blocks
from claims.ingest.begin_import import begin_import
from claims.ingest.correct_item import correct_item
from claims.ingest.offered_items import KIND
from claims.jobs import new_owner, run
from claims.long_work.cancel_job import cancel_job
from claims.models import ImportItem, Job
from claims.permissions import check_can_import
from claims.refusals import Conflict, Gone, Invalid, Refusal
from claims.transfers import JOBS_ENDED, ItemState, JobState
from claims.web.csv_answer import csv_answer
from claims.web.import_draft import choices_of, draft_page, store_words
from claims.web.import_report import progress_of, report_page
from claims.web.judging import first_error
from claims.web.person import person
from claims.web.refusals import wants_json

# How long one step lasts, in seconds: a script asks again at once, a person presses a button.
FOR_SCRIPT: Final = 1.0
FOR_PERSON: Final = 5.0


class BeginForm(forms.Form):
    """Which state of the import the page showed."""

    version = forms.IntegerField(min_value=0)
    key = forms.UUIDField()


class KeyForm(forms.Form):
    """Which sending of a form this is."""

    key = forms.UUIDField()


@require_safe
def job(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """The import as it stands: to be looked at, under way, or ended."""
    found = import_of(request, job_id)
    return draft_page(request, found) if found.state == JobState.DRAFT else report_page(request, found)


@require_POST
def choose(request: HttpRequest, job_id: UUID) -> HttpResponseBase:
    """Keep which of the documents shown are left out; then begin, where the button says so."""
    found = import_of(request, job_id)
    try:
        versions = _kept(request, found)
        if request.POST.get("deed") != "begin":
            return _choices_kept(request, found, versions)
        sent = _sent(BeginForm(request.POST))
        begin_import(by=person(request), job_id=job_id, expected_version=sent["version"], key=sent["key"])
    except Gone:
        raise
    except Refusal as refusal:
        found.refresh_from_db()
        if wants_json(request) or found.state != JobState.DRAFT:
            raise
        return draft_page(request, found, refusal)
    return redirect("import-job", job_id=job_id)


def _kept(request: HttpRequest, job: Job) -> dict[str, int]:
    """Keep the choices of the form, and give the version of each document in it."""
    versions = {}
    for choice in choices_of(request.POST):
        item = ImportItem.objects.filter(job=job, pk=choice.item).defer("raw", "text").first()
        if item is None:
            raise Gone("There is no such document in this import.")
        if choice.version is None:
            raise Invalid("This form is out of date. Load the page again and send it.")
        if item.state in (ItemState.READY, ItemState.LEFT_OUT) and choice.is_taken != (item.state == ItemState.READY):
            item = correct_item(
                by=person(request),
                item_id=item.pk,
                facts={},
                is_left_out=not choice.is_taken,
                expected_version=choice.version,
            )
        versions[str(item.pk)] = item.version
    return versions


def _choices_kept(request: HttpRequest, job: Job, versions: dict[str, int]) -> HttpResponseBase:
    if not versions:
        raise Invalid("There is nothing to keep: choose what is left out first.")
    if not wants_json(request):
        return redirect(f"{request.path.removesuffix('choose')}?after={request.POST.get('after', '')[:9]}")
    ready = ImportItem.objects.filter(job=job, state=ItemState.READY).count()
    return JsonResponse({"versions": versions, "version": job.version, "ready": ready, "store": store_words(ready)})


@require_POST
def step(request: HttpRequest, job_id: UUID) -> HttpResponseBase:
    """Do some of an import that has begun."""
    found = import_of(request, job_id)
    if found.state == JobState.DRAFT:
        raise Conflict("This import has not begun. Look at its documents first, then store them.")
    by_script = wants_json(request)
    now = run(found.pk, owner=new_owner(), seconds=FOR_SCRIPT if by_script else FOR_PERSON)
    if not by_script:
        return redirect("import-job", job_id=job_id)
    return JsonResponse(progress_of(now) | {"moved": now.done > found.done, "ended": now.state in JOBS_ENDED})


@require_POST
def cancel(request: HttpRequest, job_id: UUID) -> HttpResponseBase:
    """Stop an import: what is stored stays."""
    import_of(request, job_id)
    cancel_job(by=person(request), job_id=job_id, key=_sent(KeyForm(request.POST))["key"])
    return redirect("import-job", job_id=job_id)


@require_safe
def report(request: HttpRequest, job_id: UUID) -> HttpResponseBase:
    """What became of each document, as CSV."""
    found = import_of(request, job_id)
    base_url = request.build_absolute_uri("/")
    return csv_answer(report_blocks(found, base_url), f"import-{found.created_at:%Y-%m-%d-%H%M}", person(request))


def import_of(request: HttpRequest, job_id: UUID) -> Job:
    """The import. Raises NotAllowed, and Gone where there is none that this person may see."""
    check_can_import(request.user)
    found = Job.objects.visible_to(person(request)).select_related("by").filter(pk=job_id, kind=KIND).first()
    if found is None:
        raise Gone("There is no such import here.")
    return found


def _sent(form: forms.Form) -> dict[str, Any]:
    if not form.is_valid():
        raise Invalid(first_error(form))
    return form.cleaned_data
