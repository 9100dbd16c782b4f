"""Assignments in the panel: to read. Articles are given and taken back on the assignments' own page."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from claims.admin.history import Target
from claims.admin.panel import PanelAdmin
from claims.admin.words import article_link, named
from claims.models import Assignment, User


class AssignmentAdmin(PanelAdmin):
    """Assignments, newest first."""

    list_display = ("title", "reviewer_name", "given_by", "created_at")
    list_select_related = ("article__status", "reviewer", "by")
    ordering = ("-pk",)
    search_fields = ("reviewer__username",)
    search_help_text = "A reviewer's name, in full."
    fields = ("of_article", "reviewer_name", "given_by", "created_at")

    def visible_to(self, viewer: User) -> QuerySet[Assignment]:
        """All of them, for moderators."""
        return Assignment.objects.visible_to(viewer)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Assignment], search_term: str
    ) -> tuple[QuerySet[Assignment], bool]:
        """Those of one reviewer."""
        asked = search_term.strip()
        return (queryset.filter(reviewer__username=asked) if asked else queryset), False

    def history_targets(self, row: Assignment) -> list[Target]:
        """The log has an assignment at its article."""
        return [Target("article", str(row.article_id))]

    @admin.display(description="article")
    def title(self, assignment: Assignment) -> str:
        """What is to be labelled."""
        return assignment.article.status.title

    @admin.display(description="article")
    def of_article(self, assignment: Assignment) -> str:
        """What is to be labelled, with a link to its page in the panel."""
        return article_link(assignment.article_id, assignment.article.status.title)

    @admin.display(description="reviewer")
    def reviewer_name(self, assignment: Assignment) -> str:
        """Who is to label it."""
        return named(assignment.reviewer)

    @admin.display(description="by")
    def given_by(self, assignment: Assignment) -> str:
        """Which moderator gave it."""
        return named(assignment.by)
