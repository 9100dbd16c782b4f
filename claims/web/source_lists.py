"""The list of sources: what its form asks, and its pages by name."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from django import forms
from django.db.models import Q
from django_filters import CharFilter, ChoiceFilter, FilterSet

from claims.keyset import SIZE, Page, page_of
from claims.models import Source, User
from claims.models.source import SourceQuerySet
from claims.particulars import SOURCE_KIND_NAMES
from claims.refusals import Invalid
from claims.review.sources import LONGEST_FOLDED, MAX_QUERY, with_words

NEWEST: Final = "newest"
_KINDS: Final = [(kind.value, name) for kind, name in SOURCE_KIND_NAMES.items()]
_NO_CHOICE: Final = {"invalid_choice": "There is no “%(value)s” to choose here. Take one from the list."}
_TOO_LONG: Final = {"max_length": "The search is %(show_value)d characters long. Shorten it to %(limit_value)d."}


class SourceFilter(FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """Sources in force, narrowed by what `data` asks. An empty value asks nothing."""

    q = CharFilter(
        method="with_words",
        label="Words of the name",
        max_length=MAX_QUERY,
        widget=forms.TextInput({"type": "search"}),
        error_messages=_TOO_LONG,
    )
    kind = ChoiceFilter(label="Kind", choices=_KINDS, empty_label="any", error_messages=_NO_CHOICE)
    order = ChoiceFilter(
        method="any_order",
        label="Order",
        choices=[(NEWEST, "newest first")],
        empty_label="by name",
        error_messages=_NO_CHOICE,
    )

    def __init__(self, data: Mapping[str, Any] | None, *, viewer: User) -> None:
        # Not `in_force()`: SQLite would take the index of what is merged, and sort all the rest for every page.
        super().__init__(data or {}, Source.objects.visible_to(viewer).exclude(merged_into__isnull=False))

    @property
    def sources(self) -> SourceQuerySet:
        """The sources asked for; none where a value makes no sense."""
        found: SourceQuerySet = self.qs if self.is_valid() else self.queryset.none()
        return found

    def faults(self) -> list[str]:
        """What is wrong with the values, a sentence each that names the field."""
        return [f"{self.form.fields[name].label}: {error}" for name, errors in self.errors.items() for error in errors]

    def with_words(self, sources: SourceQuerySet, name: str, value: str) -> SourceQuerySet:
        """Keep sources with a name, or another name of theirs, in which each of these words begins a word."""
        return sources.filter(pk__in=with_words(value))

    def any_order(self, sources: SourceQuerySet, name: str, value: str) -> SourceQuerySet:
        """Keep all: the order is the page's."""
        return sources

    def page(self, after: str, before: str) -> Page[Source]:
        """The sources after one place or up to another. Raises Invalid for a made-up place."""
        if self.data.get("order") == NEWEST:
            return page_of(self.sources, "created_at", after, before)
        return _by_name(self.sources, after, before)


def _by_name(rows: SourceQuerySet, after: str, before: str) -> Page[Source]:
    if before:
        found = list(rows.filter(_beyond(before, "lt")).order_by("-folded", "-pk")[: SIZE + 1])
        shown, more_before, more_after = found[:SIZE][::-1], len(found) > SIZE, True
    else:
        rest = rows.filter(_beyond(after, "gt")) if after else rows
        found = list(rest.order_by("folded", "pk")[: SIZE + 1])
        shown, more_before, more_after = found[:SIZE], bool(after), len(found) > SIZE
    return Page(
        shown,
        before=_place(shown[0]) if shown and more_before else "",
        after=_place(shown[-1]) if shown and more_after else "",
    )


def _beyond(place: str, way: str) -> Q:
    folded, _, key = place.rpartition("~")
    try:
        if len(folded) > LONGEST_FOLDED or "\x00" in folded:
            raise ValueError("no name of the registry")
        folded.encode()
        found = UUID(key)
    except ValueError as wrong:
        raise Invalid("This page of the list is not known. Start again from its first page.") from wrong
    # Not a plain OR: the first condition is what lets an index find the place.
    return Q(**{f"folded__{way}e": folded}) & (Q(**{f"folded__{way}": folded}) | Q(**{f"pk__{way}": found}))


def _place(source: Source) -> str:
    return f"{source.folded}~{source.pk}"
