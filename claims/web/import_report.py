"""An import that has begun: how far it is, and what became of each document."""

from typing import Any, Final
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from claims.models import ImportItem, Job
from claims.transfers import ITEM_STATE_NAMES, JOBS_ENDED, ItemState, JobState
from claims.web.import_draft import counts_of
from claims.web.import_items import listed
from claims.web.import_start import became_of

SIZE: Final = 50
# In the order in which somebody wants to know of them.
BECAME: Final = (ItemState.STORED, ItemState.REVISED, ItemState.KNOWN, ItemState.REFUSED, ItemState.LEFT_OUT)


def report_page(request: HttpRequest, job: Job) -> HttpResponse:
    """The bar while it goes on, and the documents that are done; the whole report when it has ended."""
    items = ImportItem.objects.filter(job=job)
    counts = counts_of(items)
    asked = request.GET.get("state", "")
    has_ended = job.state in JOBS_ENDED
    seen = items.defer("raw", "text").select_related("article__status")
    # What waits is not listed: how much it is stands above.
    seen = seen if has_ended else seen.exclude(state=ItemState.READY)
    page = listed(seen.filter(state=asked) if asked in BECAME else seen, request.GET.get("after", ""), SIZE)
    context = {
        "job": job,
        "has_ended": has_ended,
        "was_draft": not job.total and job.state == JobState.CANCELLED,
        "progress": progress_of(job),
        "heading": HEADINGS[JobState(job.state)],
        "lines": [(item, ITEM_STATE_NAMES[ItemState(item.state)], _article_of(item)) for item in page.items],
        "page": page,
        "asked": asked if asked in BECAME else "",
        "tabs": [(state, ITEM_STATE_NAMES[state], counts[state]) for state in BECAME if counts.get(state)],
        "became": [(state, ITEM_STATE_NAMES[state], counts.get(state, 0)) for state in BECAME],
        "total": sum(counts.get(state, 0) for state in BECAME),
        "key": uuid4(),
    }
    return render(request, "imports/report.html", context)


HEADINGS: Final = {
    JobState.WAITING: "Storing articles",
    JobState.RUNNING: "Storing articles",
    JobState.DONE: "What became of the documents",
    JobState.CANCELLED: "Stopped: what became of the documents",
    JobState.FAILED: "Not finished: what became of the documents",
}


def progress_of(job: Job) -> dict[str, Any]:
    """How far a job is, in numbers and as one sentence."""
    # Others were refused or left out before it began, and are not among those that are done.
    became = became_of(job.counts, BECAME[:3])
    said = f"{job.done:,} of {job.total:,} done" + (f": {became}" if became else "")
    if job.cancel_asked and job.state not in JOBS_ENDED:
        said += ". It stops after the document in hand"
    return {
        "state": job.state,
        "done": job.done,
        "total": job.total,
        "said": f"{said}.",
        "became": {state.value: job.counts.get(state, 0) for state in BECAME},
    }


def _article_of(item: ImportItem) -> Any:
    """The article that the document became or is, where it can be opened."""
    article = item.article
    return article if article is not None and hasattr(article, "status") else None
