"""The moderators' panel: Django's admin with our own rule for who may enter, and only our own pages in it."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite, ModelAdmin
from django.contrib.admin.models import LogEntry
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_http_methods, require_safe

from claims.admin.article import ArticleAdmin
from claims.admin.assessment import AssessmentAdmin
from claims.admin.assignment import AssignmentAdmin
from claims.admin.calibration import CalibrationAdmin
from claims.admin.claim import ClaimAdmin
from claims.admin.comment import CommentAdmin
from claims.admin.correction import CorrectionAdmin, CorrectionRequestAdmin
from claims.admin.event import EventAdmin
from claims.admin.flag import FlagAdmin
from claims.admin.history import newest_entries
from claims.admin.job import JobAdmin
from claims.admin.link import LinkAdmin
from claims.admin.outlet import OutletAdmin
from claims.admin.panel import PanelAdmin
from claims.admin.retirement import RetirementAdmin
from claims.admin.ruling import RulingAdmin
from claims.admin.story import StoryAdmin
from claims.admin.suggestion import SuggestionAdmin
from claims.admin.to_do import to_do
from claims.admin.token import TokenAdmin
from claims.admin.upkeep import upkeep_page
from claims.admin.user import UserAdmin
from claims.models import (
    ApiToken,
    Article,
    Assessment,
    Assignment,
    Calibration,
    Claim,
    Comment,
    Correction,
    CorrectionRequest,
    Event,
    Flag,
    Job,
    Link,
    Outlet,
    Retirement,
    Ruling,
    Story,
    Suggestion,
    User,
)
from claims.permissions import can_moderate, check_can_moderate
from claims.refusals import NotAllowed

PAGES: dict[type[Model], type[PanelAdmin]] = {
    Claim: ClaimAdmin,
    Flag: FlagAdmin,
    Assessment: AssessmentAdmin,
    Ruling: RulingAdmin,
    Retirement: RetirementAdmin,
    Link: LinkAdmin,
    Comment: CommentAdmin,
    Calibration: CalibrationAdmin,
    Assignment: AssignmentAdmin,
    Article: ArticleAdmin,
    Outlet: OutletAdmin,
    Story: StoryAdmin,
    Suggestion: SuggestionAdmin,
    CorrectionRequest: CorrectionRequestAdmin,
    Correction: CorrectionAdmin,
    Event: EventAdmin,
    Job: JobAdmin,
    User: UserAdmin,
    ApiToken: TokenAdmin,
}
NOT_OFFERED = (
    "The panel does not offer you this. Accounts and tokens are for administrators; nothing is added or deleted here, "
    "and rows are changed by what their list and their page offer."
)
# Addresses of Django's that no page here uses; both read what they are sent with less care than ours.
UNUSED = {"autocomplete", "view_on_site"}
# Django's own pages take any other for a GET.
METHODS = ["GET", "HEAD", "POST"]
View = Callable[..., HttpResponseBase]


class ModeratorsPanel(AdminSite):
    """The moderators' panel. Entering takes the role of moderator; Django's `is_staff` plays no part."""

    site_header = "Moderators’ panel"
    site_title = "Workbench"
    index_title = "What there is to moderate"
    index_template = "admin/claims/index.html"

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        for model, page in PAGES.items():
            super().register(model, page)

    def register(
        self,
        model_or_iterable: type[Model] | Iterable[type[Model]],
        admin_class: "type[ModelAdmin[Any]] | None" = None,
        **options: Any,
    ) -> None:
        """Take in nothing more: an app that registers itself, as Django's groups do, brings pages that write.

        What the panel holds is listed in PAGES.
        """

    def has_permission(self, request: HttpRequest) -> bool:
        """Moderators and administrators."""
        return can_moderate(request.user)

    def get_urls(self) -> list[URLResolver | URLPattern]:
        """Django's addresses without those that nothing here needs, and the page of what an operator looks at."""
        upkeep = path("upkeep/", self.admin_view(require_safe(upkeep_page)), name="upkeep")
        return [upkeep, *(url for url in super().get_urls() if getattr(url, "name", None) not in UNUSED)]

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Refuse with a sentence of ours. Who only has to log in is sent to do so by the answer to a refusal."""
        guarded: View = super().admin_view(view, cacheable)

        @require_http_methods(METHODS)
        @wraps(guarded)
        def refusing(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            check_can_moderate(request.user, "open the moderators' panel")
            try:
                return guarded(request, *args, **kwargs)
            except PermissionDenied as denied:
                raise NotAllowed(NOT_OFFERED) from denied

        return refusing

    @method_decorator(require_http_methods(METHODS))
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """There is one page to log in at, and it is not here: it counts failures and says so."""
        return redirect_to_login(request.GET.get(REDIRECT_FIELD_NAME) or reverse("admin:index"), settings.LOGIN_URL)

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """There is one page to change one's password at, and what it does is in the log."""
        return redirect("password-change")

    def password_change_done(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """See `password_change`."""
        return redirect("password-change")

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """What waits for a moderator, what happened last, and every list."""
        shown = {"to_do": to_do(), "recent": newest_entries()}
        return super().index(request, (extra_context or {}) | shown)

    def app_index(self, request: HttpRequest, app_label: str, extra_context: dict[str, Any] | None = None) -> Any:
        """There is one app, and the panel's first page lists all of it."""
        return redirect("admin:index")

    def get_log_entries(self, request: HttpRequest) -> QuerySet[LogEntry]:
        """Django's own log is not kept: the workbench has one history."""
        return LogEntry.objects.none()
