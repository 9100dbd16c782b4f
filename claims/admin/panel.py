"""What every page of the panel has in common: who may look, that only rooms write, and the history."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar, cast

from django.contrib import admin, messages
from django.contrib.admin import ShowFacets
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.utils import unquote
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.forms import Media
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.text import capfirst
from django.views.decorators.http import require_http_methods

from claims.admin.deed import Deed
from claims.admin.deed_page import DeedPage
from claims.admin.history import Target, entries_of
from claims.admin.lists import CappedPaginator, PanelChangeList, parameters, row_key
from claims.admin.words import NOTHING
from claims.models import User
from claims.permissions import can_moderate


class PanelAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic in the stubs only
    """A list and read-only pages. What can be done to rows are deeds, and each deed is a verb of a room.

    Django never saves anything here: nobody has its permissions to add, change or delete.
    """

    deeds: ClassVar[tuple[Deed, ...]] = ()

    paginator = CappedPaginator
    list_per_page = 50
    list_max_show_all = 50
    show_full_result_count = False
    # Facets count every choice of every filter over the whole table.
    show_facets = ShowFacets.NEVER
    sortable_by = ()
    empty_value_display = NOTHING
    change_form_template = "admin/claims/row.html"
    object_history_template = "admin/claims/history.html"

    # Who may do what

    def may_look(self, viewer: User | AnonymousUser) -> bool:
        """Moderators; see also `deeds_of`."""
        return can_moderate(viewer)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Whether the list is shown on the panel's first page."""
        return self.may_look(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """By role, never by Django's table of permissions."""
        return self.may_look(request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody: rows are made by rooms."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody: rows are changed by deeds."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody: nothing is deleted here."""
        return False

    # Lists

    @property
    def media(self) -> Media:
        """Only what lists need: pages that are read need no script."""
        return Media(js=["admin/js/actions.js"])

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The list under the name of what it lists."""
        shown = {"title": capfirst(self.opts.verbose_name_plural), "subtitle": None}
        return super().changelist_view(request, (extra_context or {}) | shown)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[PanelChangeList]:
        """The list in its one order."""
        return PanelChangeList

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """What the viewer may see, with what each row shows of its neighbours."""
        rows: QuerySet[Any] = self.visible_to(cast(User, request.user))
        related = self.list_select_related
        return rows.select_related(*related) if isinstance(related, Sequence) and related else rows

    def visible_to(self, viewer: User) -> QuerySet[Any]:
        """The rows of this list."""
        rows: QuerySet[Any] = self.model._default_manager.all()
        return rows

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """The filters of the list and nothing else: Django lets any column be asked for, a password's hash too."""
        return lookup in parameters(self.list_filter)

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[Any, ...]:
        """All of them."""
        return tuple(self.get_fields(request, obj))

    # Deeds

    def deeds_of(self, request: HttpRequest) -> list[Deed]:
        """What the person who looks may do here."""
        return [deed for deed in self.deeds if deed.may(request.user)]

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """The deeds that can be done to several rows; Django's own, deleting, is not among them."""
        return {deed.name: (_asking(deed), deed.name, deed.title) for deed in self.deeds_of(request) if deed.most > 1}

    def response_action(self, request: HttpRequest, queryset: QuerySet[Any]) -> Any:
        """Begin a deed; a selection that no list has sent is answered, not an error of the server."""
        if any(row_key(self.model, key) is None for key in request.POST.getlist(ACTION_CHECKBOX_NAME)):
            messages.error(request, "The selection could not be read. Select the rows again.")
            return HttpResponseRedirect(request.get_full_path())
        return super().response_action(request, queryset)

    def get_urls(self) -> list[URLPattern]:
        """A page for each deed, before Django's own."""
        own = [path(f"{deed.name}/", self._page_of(deed), name=deed.url_name(self.model)) for deed in self.deeds]
        return own + super().get_urls()

    def _page_of(self, deed: Deed) -> Callable[..., HttpResponseBase]:
        def page(request: HttpRequest) -> HttpResponseBase:
            deed.check(request.user, deed.words)
            opened = DeedPage(self, deed, request)
            return opened.carry_out() if request.method == "POST" else opened.ask_about_one(request.GET.get("row", ""))

        guarded: Callable[..., HttpResponseBase] = self.admin_site.admin_view(
            require_http_methods(["GET", "HEAD", "POST"])(page)
        )
        return guarded

    # Pages of one row

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The row, read-only, with the deeds that fit it."""
        row = self.get_object(request, unquote(object_id))
        deeds = [
            (deed.title, f"{reverse(f'admin:{deed.url_name(self.model)}')}?row={row.pk}")
            for deed in self.deeds_of(request)
            if row is not None and not deed.unfits([row], cast(User, request.user))
        ]
        shown = {"deeds": deeds, "title": capfirst(self.opts.verbose_name), "subtitle": None}
        return super().change_view(request, object_id, form_url, (extra_context or {}) | shown)

    def history_targets(self, row: Any) -> list[Target]:
        """What the log calls the things whose events are this row's history."""
        return [Target(self.opts.model_name or "", str(row.pk))]

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The workbench's events about this row, in place of Django's log of its own forms."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        row = self.get_object(request, unquote(object_id))
        if row is None:
            raise Http404("There is no such thing here.")
        entries, has_older = entries_of(self.history_targets(row))
        context = {
            **self.admin_site.each_context(request),
            "title": "History",
            "subtitle": None,
            "object": row,
            "opts": self.opts,
            "entries": entries,
            "has_older": has_older,
            **(extra_context or {}),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, self.object_history_template, context)


def _asking(deed: Deed) -> Callable[[PanelAdmin, HttpRequest, QuerySet[Any]], HttpResponseBase | None]:
    """The deed as an action of Django's lists."""

    def ask(panel: PanelAdmin, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponseBase | None:
        deed.check(request.user, deed.words)
        return DeedPage(panel, deed, request).ask_about(queryset)

    return ask
