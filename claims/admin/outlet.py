"""Outlets in the panel: what kind of place each is."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from claims.admin.deed import Deed, DeedForm, Order
from claims.admin.lists import choice_of_value
from claims.admin.panel import PanelAdmin
from claims.admin.words import NOTHING
from claims.ingest.describe_outlet import MAX_NOTE, describe_outlet
from claims.models import Outlet, OutletStatus, User
from claims.vocabulary import OUTLET_KIND_NAMES, OutletKind


class DescriptionForm(DeedForm):
    """What kind of place it is, and how that is known."""

    kind = forms.ChoiceField(choices=[(kind.value, name) for kind, name in OUTLET_KIND_NAMES.items()])
    note = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 4, "cols": 60}),
        required=False,
        max_length=MAX_NOTE,
        help_text="What that rests on.",
    )


def _status(outlet: Outlet) -> OutletStatus | None:
    return getattr(outlet, "status", None)


def _kind(outlet: Outlet) -> str:
    status = _status(outlet)
    return OUTLET_KIND_NAMES[OutletKind(status.kind) if status else OutletKind.UNKNOWN]


def _describe(order: Order) -> object:
    return describe_outlet(
        by=order.by,
        outlet_id=order.row.pk,
        kind=order.said["kind"],
        note=order.said["note"],
        expected_version=order.version,
    )


def _typed(outlet: Outlet) -> dict[str, Any]:
    status = _status(outlet)
    return {"kind": status.kind, "note": status.note} if status else {}


class OutletAdmin(PanelAdmin):
    """Outlets by host."""

    list_display = ("host", "kind", "note")
    list_select_related = ("status",)
    list_filter = (choice_of_value("kind", "kind", "status__kind", OUTLET_KIND_NAMES),)
    ordering = ("host", "pk")
    search_fields = ("host__startswith",)
    search_help_text = "The beginning of a host."
    fields = ("host", "kind", "note")
    deeds = (
        Deed(
            name="describe",
            title="Describe",
            words="describe outlets",
            done="described",
            do=_describe,
            form=DescriptionForm,
            stands=lambda outlet: [_kind(outlet), *([_typed(outlet)["note"]] if _typed(outlet).get("note") else [])],
            becomes=lambda outlet: ["as described below"],
            version=lambda outlet: status.version if (status := _status(outlet)) else 0,
            typed=_typed,
            most=1,
        ),
    )

    def visible_to(self, viewer: User) -> QuerySet[Outlet]:
        """All of them."""
        return Outlet.objects.visible_to(viewer)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Outlet], search_term: str
    ) -> tuple[QuerySet[Outlet], bool]:
        """Hosts that begin so."""
        asked = search_term.strip().lower()
        return (queryset.filter(host__startswith=asked) if asked else queryset), False

    @admin.display(description="kind")
    def kind(self, outlet: Outlet) -> str:
        """What the desk says it is."""
        return _kind(outlet)

    @admin.display(description="note")
    def note(self, outlet: Outlet) -> str:
        """What that rests on."""
        return _typed(outlet).get("note") or NOTHING
