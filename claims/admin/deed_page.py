"""The page of a deed: it shows each row as it stands, asks what has to be said, and gives a result for each row."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID, uuid5

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from claims.admin.deed import Deed, DeedForm, Order
from claims.admin.lists import row_key
from claims.admin.words import shortened
from claims.models import User
from claims.refusals import Gone, Invalid, Refusal

FROM_ROW = "row"
# More results than this are folded away under their number.
RESULTS_SAID = 10
# How many characters of what a row is called its result repeats.
RESULT_TITLE = 80
# How long the field of one row can be; a mark names each assessment of a claim.
MOST_SENT = 4_000


@dataclass(frozen=True)
class Seen:
    """The state of a row that the page showed."""

    version: int
    mark: str


@dataclass
class Line:
    """One row on the page. `sent` is what the form sends back: the row's key and the state that is shown."""

    key: str
    title: str
    stands: list[str]
    becomes: list[str]
    seen: Seen
    refusal: str = ""

    @property
    def sent(self) -> str:
        """The hidden field of this row."""
        return f"{self.key} {self.seen.version} {self.seen.mark}".rstrip()


class DeedPage:
    """One request for a deed."""

    def __init__(self, panel: "ModelAdmin[Any]", deed: Deed, request: HttpRequest) -> None:
        self.panel, self.deed, self.request = panel, deed, request

    def ask_about(self, queryset: QuerySet[Any]) -> HttpResponseBase | None:
        """The page for rows that were selected in a list; None, with a message, where they are too many."""
        rows = list(queryset.prefetch_related(*self.deed.prefetch)[: self.deed.most + 1])
        if len(rows) > self.deed.most:
            messages.error(
                self.request,
                f"“{self.deed.title}” takes {self.deed.most} rows at once, and more are selected. Nothing was changed: "
                "select fewer, or narrow the list by a filter.",
            )
            return None
        return self._ask(rows, back=self.request.GET.urlencode(), typed={})

    def ask_about_one(self, key: str) -> HttpResponseBase:
        """The page for the row that a link names."""
        rows = list(self._found([key]).values())
        if not rows:
            raise Http404
        return self._ask(rows, back=FROM_ROW, typed=self.deed.typed(rows[0]))

    def carry_out(self) -> HttpResponseBase:
        """Do the deed to each row that was sent. What was refused stays on the page, with the reason."""
        sent = self._sent()
        rows = self._found(sent)
        form = self.deed.form(self.request.POST)
        if not form.is_valid():
            return self._page(form, self._lines(rows, sent), [], status=400)
        refusals = {
            key: refusal for key, seen in sent.items() if (refusal := self._refused(form, rows.get(key), key, seen))
        }
        done = [rows[key] for key in sent if key not in refusals]
        self._say(done)
        if not refusals:
            return HttpResponseRedirect(self._way_back(form, done))
        # They are shown as they stand now, beside the reason, so what is sent next rests on that.
        current = self._found(refusals)
        lines = self._lines(current, self._now(current))
        gone = [(key, str(refusals[key])) for key in refusals if key not in current]
        for line in lines:
            line.refusal = str(refusals[line.key])
        return self._page(form, lines, gone, status=max(refusal.status for refusal in refusals.values()))

    def _ask(self, rows: list[Any], back: str, typed: dict[str, Any]) -> HttpResponseBase:
        unfit = self.deed.unfits(rows, cast(User, self.request.user))
        fit = {str(row.pk): row for row in rows if row.pk not in unfit}
        left_out = [(self.deed.called(row), unfit[row.pk]) for row in rows if row.pk in unfit]
        lines = self._lines(fit, self._now(fit))
        return self._page(self.deed.form(initial={"back": back, **typed}), lines, left_out)

    def _sent(self) -> dict[str, Seen]:
        """The rows of the form with the state of each that the page showed."""
        sent = {}
        for field in self.request.POST.getlist("row")[: self.deed.most + 1]:
            key, version, mark = (*field.split(" ", 2), "", "")[:3]
            if len(field) > MOST_SENT or not (version.isascii() and version.isdigit() and len(version) < 10):
                raise Invalid("The rows of this form could not be read. Open it again from the list.")
            sent[key] = Seen(int(version), mark)
        if not sent:
            raise Invalid("No rows were sent with this form. Select them in the list and begin again.")
        if len(sent) > self.deed.most:
            raise Invalid(f"“{self.deed.title}” takes {self.deed.most} rows at once. Nothing was changed.")
        return sent

    def _found(self, keys: Iterable[str]) -> dict[str, Any]:
        known = {key: found for key in keys if (found := row_key(self.panel.model, key)) is not None}
        rows = self.panel.get_queryset(self.request).filter(pk__in=known.values()).prefetch_related(*self.deed.prefetch)
        by_key = {str(row.pk): row for row in rows}
        return {key: by_key[str(found)] for key, found in known.items() if str(found) in by_key}

    def _now(self, rows: dict[str, Any]) -> dict[str, Seen]:
        return {key: Seen(self.deed.version(row), self.deed.mark(row)) for key, row in rows.items()}

    def _refused(self, form: DeedForm, row: Any, key: str, seen: Seen) -> Refusal | None:
        if row is None:
            return Gone("This is not here any more. Nothing was changed.")
        if (why := self.deed.unfit(row)) and not self.deed.knows_keys:
            return Invalid(why)
        page_key: UUID = form.cleaned_data["key"]
        try:
            self.deed.do(
                Order(
                    by=cast(User, self.request.user),
                    row=row,
                    version=seen.version,
                    mark=seen.mark,
                    key=uuid5(page_key, key),
                    said=form.cleaned_data,
                )
            )
        except Refusal as refusal:
            return refusal
        return None

    def _lines(self, rows: dict[str, Any], seen: dict[str, Seen]) -> list[Line]:
        deed = self.deed
        return [
            Line(key, deed.called(row), deed.stands(row), deed.becomes(row), seen[key]) for key, row in rows.items()
        ]

    def _say(self, done: list[Any]) -> None:
        """A result for each row; many are folded away under their number."""
        results = [f"{shortened(self.deed.called(row), RESULT_TITLE)}: {self.deed.done}." for row in done]
        if len(results) <= RESULTS_SAID:
            for result in results:
                messages.success(self.request, result)
            return
        # Lines, because Django's style makes a message of its own of every item of a list in here.
        each = format_html_join("", "<br>{}", [(result,) for result in results])
        summary = f"{len(done)} {self.panel.opts.verbose_name_plural}: {self.deed.done}."
        messages.success(self.request, format_html("<details><summary>{}</summary>{}</details>", summary, each))

    def _way_back(self, form: DeedForm, done: list[Any]) -> str:
        back = form.cleaned_data["back"]
        place = f"admin:{self.panel.opts.app_label}_{self.panel.opts.model_name}"
        if back == FROM_ROW and len(done) == 1:
            return reverse(f"{place}_change", args=[done[0].pk])
        filters = QueryDict(back if back != FROM_ROW else "").urlencode()
        return reverse(f"{place}_changelist") + (f"?{filters}" if filters else "")

    def _page(
        self, form: DeedForm, lines: list[Line], left_out: list[tuple[str, str]], status: int = 200
    ) -> HttpResponseBase:
        site = self.panel.admin_site
        self.request.current_app = site.name
        context = {
            **site.each_context(self.request),
            "title": self.deed.title,
            "subtitle": None,
            "opts": self.panel.opts,
            "deed": self.deed,
            "deed_url": reverse(f"admin:{self.deed.url_name(self.panel.model)}"),
            "form": form,
            "lines": lines,
            "left_out": left_out,
            "refused": any(line.refusal for line in lines),
            "becomes": any(line.becomes for line in lines),
        }
        return TemplateResponse(self.request, "admin/claims/deed.html", context, status=status)
