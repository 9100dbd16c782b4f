"""Tokens in the panel, for administrators: whose programs may do what, until when. Never a token, nor its hash."""

from django.contrib import admin
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.db.models.functions import Now
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode

from claims.accounts.known_tokens import working
from claims.admin.lists import choice
from claims.admin.panel import PanelAdmin
from claims.admin.words import named
from claims.models import ApiToken, User
from claims.permissions import can_administer
from claims.transfers import SCOPE_NAMES, Scope


class TokenAdmin(PanelAdmin):
    """Tokens, those of one person together, the newest first. They are revoked on their person's page of tokens."""

    list_display = ("name", "whose", "begins", "allowed", "stands", "expires_at", "last_used_at")
    list_select_related = ("user",)
    list_filter = (
        choice(
            "state",
            "state",
            {
                "working": ("works", Q(revoked_at=None, expires_at__gt=Now())),
                "over": ("ran out", Q(revoked_at=None, expires_at__lte=Now())),
                "revoked": ("revoked", Q(revoked_at__isnull=False)),
            },
        ),
    )
    ordering = ("user_id", "-created_at", "id")
    search_fields = ("user__username",)
    search_help_text = "The name of whose tokens they are, in full."
    fields = ("name", "whose", "begins", "may", "stands", "created_at", "expires_at", "last_used_at", "revoked_at")

    def may_look(self, viewer: User | AnonymousUser) -> bool:
        """Administrators: they end tokens, and moderators do not."""
        return can_administer(viewer)

    def visible_to(self, viewer: User) -> QuerySet[ApiToken]:
        """All of them, without what nobody needs to see."""
        return ApiToken.objects.defer("digest", "user__password", "user__email")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[ApiToken], search_term: str
    ) -> tuple[QuerySet[ApiToken], bool]:
        """The tokens of this person."""
        asked = search_term.strip()
        return (queryset.filter(user__username=asked) if asked else queryset), False

    @admin.display(description="whose")
    def whose(self, token: ApiToken) -> str:
        """Whose it is, with a link to where it can be revoked."""
        page = f"{reverse('tokens')}?{urlencode({'of': token.user.username})}"
        return format_html('<a href="{}">{}</a>', page, named(token.user))

    @admin.display(description="begins with")
    def begins(self, token: ApiToken) -> str:
        """By which its owner tells it from others."""
        return f"{token.prefix}…"

    @admin.display(description="may")
    def may(self, token: ApiToken) -> str:
        """What it may do of what its person may, in words."""
        return ", ".join(SCOPE_NAMES[Scope(scope)] for scope in token.scopes)

    @admin.display(description="scopes")
    def allowed(self, token: ApiToken) -> str:
        """What it may do, by the names of its scopes."""
        return ", ".join(token.scopes)

    @admin.display(description="state")
    def stands(self, token: ApiToken) -> str:
        """Whether it still opens anything. Blocking an account revokes its tokens."""
        if token.revoked_at is not None:
            return "revoked"
        return "works" if working(token) else "ran out"
