"""An import before it begins: what was read of each document, what it would become, and what is left out."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID, uuid4

from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from claims.ingest.preview_item import preview_item
from claims.models import ImportItem, Job
from claims.refusals import Invalid, Refusal
from claims.transfers import ITEM_STATE_NAMES, ItemState
from claims.web.import_items import ItemLine, line_of, listed

SIZE: Final = 20
# So many code points are divided into their parts for one page of the list; what is beyond has them on its own page.
MOST_READ: Final = 400_000
# What the list can be narrowed to.
SHOWN: Final = (ItemState.READY, ItemState.LEFT_OUT, ItemState.REFUSED)


@dataclass(frozen=True)
class Choice:
    """Whether a document of the list is taken; `version` None where the form does not say which one it showed."""

    item: UUID
    version: int | None
    is_taken: bool


def draft_page(request: HttpRequest, job: Job, refusal: Refusal | None = None) -> HttpResponse:
    """The list, from the place that the address asks for; after a refusal with why."""
    items = ImportItem.objects.filter(job=job)
    counts = counts_of(items)
    asked = request.GET.get("state", "")
    page = listed(items.filter(state=asked) if asked in SHOWN else items, request.GET.get("after", ""), SIZE)
    context = {
        "job": job,
        "refusal": refusal,
        "lines": _lines(page.items, job),
        "page": page,
        "asked": asked if asked in SHOWN else "",
        "tabs": [(state, ITEM_STATE_NAMES[state], counts[state]) for state in SHOWN if counts.get(state)],
        "total": sum(counts.values()),
        "ready": counts.get(ItemState.READY, 0),
        "store": store_words(counts.get(ItemState.READY, 0)),
        "key": uuid4(),
        "cancel_key": uuid4(),
    }
    return render(request, "imports/draft.html", context, status=refusal.status if refusal else 200)


def counts_of(items: QuerySet[ImportItem]) -> dict[str, int]:
    """How many of them are in which state."""
    return dict(items.order_by().values_list("state").annotate(count=Count("pk")))


def store_words(ready: int) -> str:
    """What the button says that begins the import."""
    return f"Store {ready:,} article{'' if ready == 1 else 's'}"


def choices_of(sent: QueryDict) -> list[Choice]:
    """Each document that the form showed. Raises Invalid for what is no form of ours."""
    shown, taken = sent.getlist("shown"), set(sent.getlist("take"))
    if len(shown) > SIZE:
        raise Invalid("This form is out of date. Load the page again and send it.")
    return [Choice(_key(one), _version(sent.get(f"version-{one}", "")), one in taken) for one in shown]


def _key(said: str) -> UUID:
    try:
        return UUID(said)
    except ValueError as wrong:
        raise Invalid("This form is out of date. Load the page again and send it.") from wrong


def _version(said: str) -> int | None:
    return int(said) if said.isascii() and said.isdecimal() and len(said) < len("1000000000") else None


def _lines(items: list[ImportItem], job: Job) -> list[ItemLine]:
    """Each with what it would become, seen as whoever brings it in; the longest only by what they state."""
    lines, left = [], MOST_READ
    for item in items:
        left -= len(item.text)
        is_seen = item.state != ItemState.REFUSED and left > 0
        lines.append(line_of(item, preview_item(item, job.by) if is_seen else None))
    return lines
