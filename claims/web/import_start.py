"""What the page shows that articles are brought in on: the ways in, their limits, what was typed, and past imports."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import uuid4

from django.conf import settings
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from claims.ingest.fetch_page import is_fetching_on
from claims.ingest.offered_items import KIND
from claims.ingest.readers.limits import MAX_DOCUMENT, MAX_MEMBERS, MAX_UPLOAD
from claims.ingest.stated_facts import LIMITS, MAX_ADDRESS
from claims.keyset import page_of
from claims.models import ImportItem, Job
from claims.permissions import can_moderate
from claims.refusals import Refusal
from claims.transfers import ITEM_STATE_NAMES, JOB_STATE_NAMES, ItemState, JobState
from claims.web.person import person

FORMATS: Final = "Plain text, HTML, Markdown, JSON Lines, CSV, DOCX, text PDF, or a ZIP of these"
ENDINGS: Final = ".txt,.html,.htm,.xhtml,.md,.markdown,.jsonl,.ndjson,.csv,.docx,.pdf,.zip,text/plain,text/html"
MOST_ADDRESSES: Final = 20
LISTED: Final = 10
# What somebody who pastes a text can say of it: {name: (title, help, most characters)}.
TEXT_FACTS: Final = {
    "address": ("Address", "Where it stands: a text at the same address is the same article.", MAX_ADDRESS),
    "headline": ("Headline", "", LIMITS["headline"]),
    "author": ("Author", "", LIMITS["author"]),
    "published": ("Published", "As in 2024-04-02.", LIMITS["published"]),
}


@dataclass(frozen=True)
class TextField:
    """A field for one thing that is known of a pasted text, as it stands in the form."""

    name: str
    title: str
    help: str
    most: int
    typed: str


@dataclass(frozen=True)
class Line:
    """One import in the list."""

    pk: object
    created_at: object
    by: object
    said: str
    documents: int
    became: str


def start_page(request: HttpRequest, refusal: Refusal | None = None) -> HttpResponse:
    """The page, after a refusal with what was typed, so that it is not lost."""
    viewer = person(request)
    last = ImportItem.objects.filter(job=OuterRef("pk")).order_by("-position").values("position")[:1]
    jobs = Job.objects.visible_to(viewer).filter(kind=KIND).select_related("by").annotate(last=Subquery(last))
    page = page_of(jobs, "created_at", request.GET.get("after", ""), size=LISTED)
    context = {
        "refusal": refusal,
        "typed": request.POST,
        "text_fields": _text_fields(request.POST),
        "limits": _limits(),
        "fetches": is_fetching_on(),
        "key": uuid4(),
        "jobs": [_line(job) for job in page.rows],
        "after": page.after,
        "moderates": can_moderate(viewer),
    }
    return render(request, "imports/start.html", context, status=refusal.status if refusal else 200)


def became_of(counts: Mapping[str, int], states: Iterable[ItemState] = ItemState) -> str:
    """What became of documents, in words: "3 stored, 1 refused"; "" where nothing did yet."""
    return ", ".join(f"{counts[state]:,} {ITEM_STATE_NAMES[state]}" for state in states if counts.get(state))


def _line(job: Any) -> Line:
    documents = 0 if job.last is None else job.last + 1
    said = JOB_STATE_NAMES[JobState(job.state)]
    return Line(job.pk, job.created_at, job.by, said, documents, became_of(job.counts))


def _text_fields(typed: Mapping[str, str]) -> list[TextField]:
    return [TextField(name, title, told, most, typed.get(name, "")) for name, (title, told, most) in TEXT_FACTS.items()]


def _limits() -> dict[str, object]:
    return {
        "formats": FORMATS,
        "endings": ENDINGS,
        "document_words": f"{MAX_DOCUMENT / 1_000_000:.0f} MB",
        "upload": MAX_UPLOAD,
        "upload_words": f"{MAX_UPLOAD / 1_000_000:.0f} MB",
        "files": settings.DATA_UPLOAD_MAX_NUMBER_FILES,
        "members": MAX_MEMBERS,
        "addresses": MOST_ADDRESSES,
    }
