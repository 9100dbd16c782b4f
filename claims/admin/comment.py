"""Comments in the panel: to read. They are written and resolved on the claim's own page."""

from uuid import UUID

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from claims.admin.history import Target
from claims.admin.panel import PanelAdmin
from claims.admin.words import NOTHING, claim_link, claim_words, moment, named, note_in_words, shortened
from claims.models import Comment, User

# How many characters of a comment and of a claim a row shows.
LISTED, LISTED_CLAIM = 160, 60


class CommentAdmin(PanelAdmin):
    """Comments, newest first."""

    list_display = ("summary", "written_by", "at_claim", "created_at")
    list_select_related = ("claim", "by", "thread__resolved_by", "resolved_by")
    ordering = ("-created_at", "pk")
    search_fields = ("by__username",)
    search_help_text = "The name of who wrote it, in full, or a claim's key."
    fields = ("of_claim", "words", "written_by", "created_at", "in_answer_to", "resolved", "mentioned")

    def visible_to(self, viewer: User) -> QuerySet[Comment]:
        """By the blind rule, which lets moderators see all."""
        return Comment.objects.visible_to(viewer)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Comment], search_term: str
    ) -> tuple[QuerySet[Comment], bool]:
        """Those of one person, or about one claim."""
        asked = search_term.strip()
        if not asked:
            return queryset, False
        try:
            return queryset.filter(claim=UUID(asked)), False
        except ValueError:
            return queryset.filter(by__username=asked), False

    def history_targets(self, row: Comment) -> list[Target]:
        """The log has a comment at its claim."""
        return [Target("claim", str(row.claim_id))]

    @admin.display(description="comment")
    def summary(self, comment: Comment) -> str:
        """Its first words."""
        return shortened(note_in_words(comment.body), LISTED)

    @admin.display(description="comment")
    def words(self, comment: Comment) -> str:
        """All of it, as text."""
        return note_in_words(comment.body)

    @admin.display(description="by")
    def written_by(self, comment: Comment) -> str:
        """Whose it is."""
        return named(comment.by)

    @admin.display(description="claim")
    def at_claim(self, comment: Comment) -> str:
        """The claim's first words."""
        return claim_words(comment.claim, LISTED_CLAIM)

    @admin.display(description="claim")
    def of_claim(self, comment: Comment) -> str:
        """The claim, with a link to its page in the panel."""
        return claim_link(comment.claim)

    @admin.display(description="in answer to")
    def in_answer_to(self, comment: Comment) -> str:
        """The first comment of its thread."""
        return shortened(note_in_words(comment.thread.body), LISTED) if comment.thread else NOTHING

    @admin.display(description="thread resolved")
    def resolved(self, comment: Comment) -> str:
        """By whom and when."""
        first = comment.thread or comment
        return f"{named(first.resolved_by)}, {moment(first.resolved_at)}" if first.resolved_by else NOTHING

    @admin.display(description="mentions")
    def mentioned(self, comment: Comment) -> str:
        """Who was called."""
        return ", ".join(named(person) for person in comment.mentions.order_by("username")) or NOTHING
