"""Assignments: an article that a moderator gave to a reviewer."""

from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils import timezone

from claims.models.article import Article
from claims.models.user import User, is_at_least
from claims.vocabulary import Role


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    """Assignments, in the terms of the domain."""

    def visible_to(self, viewer: User | AnonymousUser) -> Self:
        """All for moderators, their own for reviewers: who works on what would tell whose labels stand there."""
        if is_at_least(viewer, Role.MODERATOR):
            return self.all()
        return self.filter(reviewer_id=viewer.pk) if is_at_least(viewer, Role.REVIEWER) else self.none()


class Assignment(models.Model):
    """An article that a reviewer is to label. It ends when a moderator takes it back; how far it is, is counted."""

    article = models.ForeignKey(Article, models.PROTECT, related_name="assignments")
    reviewer = models.ForeignKey(User, models.PROTECT, related_name="assignments")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        """Once for each article and reviewer; the oldest is worked on first."""

        constraints = (models.UniqueConstraint(fields=("article", "reviewer"), name="assignment_once"),)
        indexes = (models.Index(fields=("reviewer", "created_at", "id"), name="assignment_of_reviewer"),)

    def __str__(self) -> str:
        return f"{self.article_id} to {self.reviewer_id}"
