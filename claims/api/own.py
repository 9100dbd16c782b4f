"""What is one's own: who one is here, the queue, notifications, imports."""

from typing import Any, Final
from uuid import UUID

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.articles import EXAMPLE as ARTICLE
from claims.api.articles import ArticleShape, articles_told
from claims.api.pages import paged
from claims.api.schema import operation, query
from claims.api.shape import Shape
from claims.api.view import ApiView, person, token_in
from claims.models import Article, Claim, Notification, User
from claims.permissions import check_can_assess
from claims.review.queue import assigned_to, begun_by, skipped_by, undone_by
from claims.vocabulary import NOTICE_NAMES

GROUP: Final = "Your own"


class MeShape(Shape):
    """Whose token this is, and what it may do."""

    username = serializers.CharField()
    role = serializers.CharField()
    scopes = serializers.ListField(child=serializers.CharField())
    expires_at = serializers.DateTimeField()


class SkipShape(Shape):
    """A claim that was passed."""

    claim = serializers.UUIDField()
    exact = serializers.CharField()
    reason = serializers.CharField()
    at = serializers.DateTimeField()


class QueueShape(Shape):
    """What waits for you; it tells nothing of what others did."""

    assigned = ArticleShape(many=True, help_text="Articles assigned to you that have a claim for you.")
    begun = ArticleShape(many=True, help_text="Articles that you have begun.")
    skipped = SkipShape(many=True, help_text="Claims that you passed and could still label.")


class NotificationShape(Shape):
    """One thing that you were told of."""

    id = serializers.UUIDField()
    kind = serializers.CharField(help_text=f"One of {', '.join(str(kind) for kind in NOTICE_NAMES)}.")
    by = serializers.CharField(allow_blank=True)
    claim = serializers.UUIDField(allow_null=True)
    article = serializers.UUIDField(allow_null=True)
    words = serializers.CharField(allow_blank=True, help_text="Of the claim or article; empty where it is gone.")
    comment = serializers.UUIDField(allow_null=True)
    at = serializers.DateTimeField()
    read_at = serializers.DateTimeField(allow_null=True)


class Me(ApiView):
    """Whose token this is."""

    @operation(
        "Whose token this is", group=GROUP, answers=MeShape,
        example={"username": "ana", "role": "reviewer", "scopes": ["read"], "expires_at": "2024-12-31T00:00:00Z"},
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """The account, its role, and what the token may do of what the account may."""
        viewer, token = person(request), token_in(request)
        told = {"username": viewer.username, "role": str(viewer.role)}
        return Response(told | {"scopes": token.scopes, "expires_at": token.expires_at})


class Queue(ApiView):
    """What waits."""

    @operation(
        "What waits for you", group=GROUP, answers=QueueShape,
        example={"assigned": [ARTICLE], "begun": [], "skipped": []},
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """Articles assigned to you and begun by you, and what you passed."""
        check_can_assess(request.user)
        viewer = person(request)
        undone = undone_by(viewer)
        assigned = assigned_to(viewer, undone)
        begun = [article for article in begun_by(viewer, undone) if article not in assigned]
        known = _with_outlets([*assigned, *begun], viewer)
        skips = [
            {"claim": one.claim_id, "exact": one.claim.exact, "reason": one.reason, "at": one.created_at}
            for one in skipped_by(viewer)
        ]
        told = {"assigned": [known[one.pk] for one in assigned], "begun": [known[one.pk] for one in begun]}
        return Response(told | {"skipped": skips})


class Notifications(ApiView):
    """What one was told."""

    @operation(
        "What you were told, newest first", group=GROUP, answers=NotificationShape, is_page=True,
        example={
            "id": "8f7e6d5c-4b3a-4291-8070-605040302010", "kind": "ruled", "by": "max",
            "claim": "0d3b9a52-4b7e-5f0e-9a44-3f6f1b1c2d10", "article": None, "words": "The bridge was closed.",
            "comment": None, "at": "2024-04-30T09:00:00Z", "read_at": None,
        },
        asks=[query("unread", "1: only those that you have not looked at.", {"type": "string", "enum": ["1"]})],
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """Your notifications; reading them here marks none as read."""
        viewer = person(request)
        rows = Notification.objects.visible_to(viewer).select_related("by")
        rows = rows.unread() if request.query_params.get("unread") else rows
        return paged(request, rows, "created_at", lambda found: _notices(found, viewer))


def _with_outlets(articles: list[Article], viewer: User) -> dict[UUID, dict[str, Any]]:
    """Each article in the form of ArticleShape, by its key; two queries."""
    full = Article.objects.select_related("status", "outlet").in_bulk([article.pk for article in articles])
    return {told["id"]: told for told in articles_told(list(full.values()), viewer)}


def _notices(rows: list[Notification], viewer: User) -> list[dict[str, Any]]:
    """Words of what the viewer may not see any more are not told; two queries."""
    claims = Claim.objects.visible_to(viewer).filter(pk__in={row.claim_id for row in rows})
    articles = Article.objects.visible_to(viewer).filter(pk__in={row.article_id for row in rows})
    words: dict[UUID | None, str] = dict(articles.values_list("pk", "status__title"))
    words |= dict(claims.values_list("pk", "exact"))
    return [
        {
            "id": row.pk,
            "kind": row.kind,
            "by": row.by.username if row.by else "",
            "claim": row.claim_id if row.claim_id in words else None,
            "article": row.article_id if row.article_id in words else None,
            "words": words.get(row.claim_id) or words.get(row.article_id) or "",
            "comment": row.comment_id,
            "at": row.created_at,
            "read_at": row.read_at,
        }
        for row in rows
    ]
