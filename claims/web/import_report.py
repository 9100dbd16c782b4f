"""An import that has begun: how far it is, and what became of each document."""

import csv
import io
from collections.abc import Iterator
from itertools import islice
from typing import Any, Final
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from claims.exchange.csv_cells import encode
from claims.exchange.write_csv import ROWS_IN_BLOCK, Block
from claims.models import ImportItem, Job
from claims.transfers import ITEM_STATE_NAMES, JOBS_ENDED, ItemState, JobState
from claims.web.import_draft import counts_of
from claims.web.import_items import listed
from claims.web.import_start import became_of

SIZE: Final = 50
# In the order in which somebody wants to know of them.
BECAME: Final = (ItemState.STORED, ItemState.REVISED, ItemState.KNOWN, ItemState.REFUSED, ItemState.LEFT_OUT)
HEADER: Final = ("file", "became", "article", "claims", "said")


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


def report_blocks(job: Job, base_url: str) -> Iterator[Block]:
    """The report as CSV, a line for each document, in blocks to be sent one after the other."""
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(HEADER)
    yield Block(written.getvalue(), 0)
    fields = ("name", "state", "article", "claims_count", "said")
    rows = ImportItem.objects.filter(job=job).order_by("position").values_list(*fields).iterator(ROWS_IN_BLOCK)
    while batch := list(islice(rows, ROWS_IN_BLOCK)):
        written.seek(0)
        written.truncate()
        for name, state, article, claims, said in batch:
            address = f"{base_url.rstrip('/')}{reverse('article', args=[article])}" if article else ""
            writer.writerow([encode(name), ITEM_STATE_NAMES[state], address, claims, encode(said)])
        yield Block(written.getvalue(), len(batch))


def _article_of(item: ImportItem) -> Any:
    """The article that the document became or is, where it can be opened."""
    article = item.article
    return article if article is not None and hasattr(article, "status") else None
