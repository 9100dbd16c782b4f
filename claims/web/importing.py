"""Where articles are brought in: files, a pasted text or addresses become an import that is looked at first."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from claims.ingest.fetch_page import OFF, is_fetching_on
from claims.ingest.offer_documents import offer_documents
from claims.ingest.readers.document import Unread
from claims.permissions import check_can_import
from claims.refusals import Invalid, Refusal
from claims.text.plain import plain
from claims.web.import_found import Found, from_addresses, from_files, from_text
from claims.web.import_start import MOST_ADDRESSES, TEXT_FACTS, start_page
from claims.web.import_uploads import read_by, read_files, read_long_text
from claims.web.judging import first_error
from claims.web.person import person


class KeyForm(forms.Form):
    """Which sending of a form this is."""

    key = forms.UUIDField()


@require_safe
def start(request: HttpRequest) -> HttpResponseBase:
    """The ways in, and the imports so far."""
    check_can_import(request.user)
    return start_page(request)


@read_by(read_files, start_page)
def files(request: HttpRequest) -> HttpResponseBase:
    """Take the files that were sent."""
    sent = request.FILES.getlist("files")
    return _offered(request, lambda: from_files(sent))


@read_by(read_long_text, start_page)
def text(request: HttpRequest) -> HttpResponseBase:
    """Take the text that was pasted; one that cannot be read stays in its field."""

    def read() -> list[Found]:
        typed = {name: (title.lower(), most) for name, (title, _, most) in TEXT_FACTS.items()}
        facts = {name: plain(what, request.POST.get(name, ""), most) for name, (what, most) in typed.items()}
        found = from_text(
            request.POST.get("text", ""),
            {name: value for name, value in facts.items() if value},
            person(request).username,
        )
        if not found:
            raise Invalid("There is no text in what you pasted.")
        if isinstance(found[0], Unread):
            raise Invalid(found[0].why)
        return found

    return _offered(request, read)


@require_POST
def addresses(request: HttpRequest) -> HttpResponseBase:
    """Read the pages at the addresses that were given."""

    def read() -> list[Found]:
        if not is_fetching_on():
            raise Invalid(OFF)
        given = list(dict.fromkeys(filter(None, map(str.strip, request.POST.get("addresses", "").splitlines()))))
        if not given:
            raise Invalid("Give an address first, one a line.")
        if len(given) > MOST_ADDRESSES:
            raise Invalid(f"These are {len(given):,} addresses, and the most at one time is {MOST_ADDRESSES}.")
        return from_addresses(given)

    return _offered(request, read)


def _offered(request: HttpRequest, read: Callable[[], list[Found]]) -> HttpResponseBase:
    """The import to look at, or the page again with what was typed."""
    check_can_import(request.user)
    form: Any = KeyForm(request.POST)
    try:
        if not form.is_valid():
            raise Invalid(first_error(form))
        # Read to the end first: no write waits for a page to be read.
        job = offer_documents(by=person(request), found=read(), key=form.cleaned_data["key"])
    except Refusal as refusal:
        return start_page(request, refusal)
    return redirect("import-job", job_id=job.pk)
