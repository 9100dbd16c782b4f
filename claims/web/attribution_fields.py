"""The fields of the form for an attribution: what stands in them, and what of them is sent to the room."""

from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from django import forms
from django.http import QueryDict

from claims.models import Attribution, Proposal
from claims.particulars import SourceKind
from claims.refusals import Invalid
from claims.review.attribute_claim import MAX_SPAN, GivenAttribution, GivenHop, GivenSpan
from claims.review.attributions import CHOICES, SPANS, TICKS, standing
from claims.web.judging import first_error

# The choice beside a row's words that makes them an occasion.
OCCASION: Final = "occasion"
# Far more rows than a route can have steps: empty ones are dropped.
_MOST_ROWS: Final = 40
# The kinds of steps that the first pass tells apart; of a source it does not say what it is.
_KINDS: Final = {"occasion": OCCASION, "outlet": SourceKind.OUTLET.value}
MOST_NAME: Final = 200
_OF_ROW: Final = ("source", "name", "kind", "role", "party")


@dataclass
class Row:
    """One step of the route as the form has it; `known` is the kind of a source of the registry, in words."""

    source: str = ""
    name: str = ""
    kind: str = ""
    role: str = ""
    party: str = ""
    known: str = ""


@dataclass
class Filled:
    """What stands in the form's fields, each as it is written there; spans as (first border, last border)."""

    spans: dict[str, tuple[str, str]] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    chosen: dict[str, str] = field(default_factory=lambda: dict.fromkeys(CHOICES, ""))
    ticks: dict[str, bool] = field(default_factory=lambda: dict.fromkeys(TICKS, False))


def from_stored(own: Attribution | None) -> Filled:
    """The form as the stored attribution fills it; empty where there is none."""
    if own is None:
        return Filled()
    return Filled(
        {name: (str(span[0]), str(span[1])) for name in SPANS if (span := getattr(own, name))},
        [_row_of(hop) for hop in own.hops.all()],
        {name: getattr(own, name) for name in CHOICES},
        {name: getattr(own, name) for name in TICKS},
    )


def _row_of(hop: Any) -> Row:
    if hop.source is None:
        return Row(name=hop.occasion, kind=OCCASION)
    source = standing(hop.source)
    return Row(source=str(source.pk), name=source.name, known=source.get_kind_display())


def from_proposal(proposal: Proposal, own: Attribution | None, text: str) -> Filled:
    """The form as it stands, with what the first pass found in place of its own; a route that is there stays."""
    filled = from_stored(own)
    found = {name: getattr(proposal, name) for name in SPANS}
    filled.spans |= {name: (str(span[0]), str(span[1])) for name, span in found.items() if span}
    filled.chosen |= {name: value for name in ("mode", "scope") if (value := getattr(proposal, name))}
    filled.rows = filled.rows or proposed_rows(proposal, text)
    return filled


def proposed_rows(proposal: Proposal, text: str) -> list[Row]:
    """The route that the first pass found; what kind of source a name is, the reviewer says, or the registry."""
    return [
        Row(name=" ".join(text[hop["start"] : hop["end"]].split())[:MOST_NAME], kind=_KINDS.get(hop["kind"], ""))
        for hop in proposal.chain
    ]


def typed_of(post: QueryDict) -> dict[str, Any]:
    """Everything that a form held, for showing it again as it was."""
    names = [f"{span}_{border}" for span in SPANS for border in ("start", "end")]
    return {
        **{name: post.get(name, "") for name in (*names, *CHOICES, "version")},
        **{name: bool(post.get(name)) for name in TICKS},
        "rows": [dict(zip(_OF_ROW, row, strict=True)) for row in _rows_of(post)],
    }


def from_typed(typed: dict[str, Any]) -> Filled:
    """The form as somebody sent it: see `typed_of`."""
    spans = {name: (typed[f"{name}_start"], typed[f"{name}_end"]) for name in SPANS}
    return Filled(
        {name: borders for name, borders in spans.items() if any(borders)},
        [Row(**row) for row in typed["rows"]],
        {name: typed[name] for name in CHOICES},
        {name: typed[name] for name in TICKS},
    )


def _rows_of(post: QueryDict) -> list[tuple[str, ...]]:
    """The rows that hold something; a field that a row lacks is empty."""
    columns = [post.getlist(f"hop_{name}")[:_MOST_ROWS] for name in _OF_ROW]
    number = max(map(len, columns))
    rows = list(zip(*([*column, *[""] * (number - len(column))] for column in columns), strict=True))
    return [row for row in rows if row[0] or row[1].strip()]


def _border() -> forms.IntegerField:
    wrong = "This border is no number. Choose the words again."
    return forms.IntegerField(
        required=False,
        min_value=0,
        max_value=2**31 - 1,
        error_messages={"invalid": wrong, "min_value": wrong, "max_value": wrong},
    )


def _words() -> forms.CharField:
    return forms.CharField(
        required=False,
        strip=False,
        # A line break may come as two characters.
        max_length=2 * MAX_SPAN,
        error_messages={"max_length": f"These words are too long; the most is {MAX_SPAN:,} characters. Mark fewer."},
    )


class AttributionForm(forms.Form):
    """The form but for its rows, which are lists of fields; the room checks that what is chosen can be chosen."""

    source_start, source_end, source_exact = _border(), _border(), _words()
    cue_start, cue_end, cue_exact = _border(), _border(), _words()
    content_start, content_end, content_exact = _border(), _border(), _words()
    mode = forms.CharField(required=False, max_length=20)
    scope = forms.CharField(required=False, max_length=20)
    quote = forms.CharField(required=False, max_length=20)
    needs_locator = forms.BooleanField(required=False)
    content_is_opinion = forms.BooleanField(required=False)
    is_dated = forms.BooleanField(required=False)
    is_openable = forms.BooleanField(required=False)
    is_witnessed = forms.BooleanField(required=False)
    version = forms.IntegerField(min_value=0, max_value=2**31 - 1)
    key = forms.UUIDField()

    def __init__(self, post: QueryDict) -> None:
        super().__init__(post)
        self.post = post

    def given(self) -> GivenAttribution:
        """What was sent. Raises Invalid with the first thing that is wrong."""
        if not self.is_valid():
            raise Invalid(first_error(self).replace("_", " "))
        sent = self.cleaned_data
        return GivenAttribution(
            source=self._span("source"),
            cue=self._span("cue"),
            content=self._span("content"),
            chain=tuple(_hop(dict(zip(_OF_ROW, row, strict=True))) for row in _rows_of(self.post)),
            **{name: sent[name] for name in (*CHOICES, *TICKS)},
        )

    def _span(self, name: str) -> GivenSpan | None:
        start, end = self.cleaned_data[f"{name}_start"], self.cleaned_data[f"{name}_end"]
        if start is None and end is None:
            return None
        if start is None or end is None:
            raise Invalid(f"Choose the first and the last word of the {name}, or neither of them.")
        if start >= end:
            raise Invalid(f"The last word of the {name} stands before its first word. Choose the two anew.")
        return GivenSpan(start, end, self.cleaned_data[f"{name}_exact"] or None)


def _hop(row: dict[str, str]) -> GivenHop:
    if row["kind"] == OCCASION:
        return GivenHop(occasion=row["name"])
    try:
        source = UUID(row["source"]) if row["source"] else None
    except ValueError as odd:
        raise Invalid("This is not the key of a source. Write its name again, or choose it from the list.") from odd
    return GivenHop(source, row["name"], row["kind"], row["role"], row["party"])
