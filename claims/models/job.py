"""Long work: what was asked for, how far it is, and who has it in hand now."""

from typing import Self
from uuid import uuid4

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils import timezone

from claims.models.article import Article
from claims.models.user import User, is_at_least
from claims.transfers import ITEM_STATE_NAMES, JOB_STATE_NAMES, ItemState, JobState
from claims.vocabulary import Role


class JobQuerySet(models.QuerySet["Job"]):
    """Jobs, in the terms of the domain."""

    def visible_to(self, viewer: User | AnonymousUser) -> Self:
        """One's own for the desk, all for moderators, none for readers."""
        if is_at_least(viewer, Role.MODERATOR):
            return self.all()
        return self.filter(by=viewer.pk) if is_at_least(viewer, Role.REVIEWER) else self.none()

    def newest_first(self) -> Self:
        """By the time they were asked for."""
        return self.order_by("-created_at", "id")


class Job(models.Model):
    """One piece of long work. Whoever does it holds a lease; when that runs out another may go on where it stopped."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    # The name under which claims.jobs knows how to do it.
    kind = models.CharField(max_length=40)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=10, choices=[(s.value, n) for s, n in JOB_STATE_NAMES.items()], default=JobState.WAITING
    )
    arguments = models.JSONField(default=dict, blank=True)
    # How many of how many steps are done; a total of 0 is not known yet. `counts` says what came of them, by word.
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict, blank=True)
    # Why it failed, in a sentence.
    error = models.TextField(blank=True, default="")
    attempts = models.PositiveSmallIntegerField(default=0)
    # Lower goes first.
    priority = models.SmallIntegerField(default=0)
    run_after = models.DateTimeField(default=timezone.now)
    lease_owner = models.CharField(max_length=64, blank=True, default="")
    lease_until = models.DateTimeField(null=True, blank=True)
    cancel_asked = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    objects = JobQuerySet.as_manager()

    class Meta:
        """What waits is found by priority and age."""

        constraints = (models.CheckConstraint(condition=Q(state__in=list(JobState)), name="job_state"),)
        indexes = (
            models.Index(fields=("-created_at", "id"), name="job_newest"),
            models.Index(fields=("by", "-created_at", "id"), name="job_of_person"),
            models.Index(
                fields=("priority", "run_after", "id"),
                condition=Q(state__in=[JobState.WAITING, JobState.RUNNING]),
                name="job_waiting",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind}: {self.state}"


class ImportItem(models.Model):
    """One document of an import: its bytes until it is stored, what was read of it, and what became of it.

    `facts` is what a page or file says of the article, {name: {"value": …, "basis": …, "note": …, "link": …}}, with the
    corrections of whoever looked at the preview.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    job = models.ForeignKey(Job, models.CASCADE, related_name="items")
    position = models.PositiveIntegerField()
    # The file that it came in, within an archive with its path: "pages.zip › monday/one.html".
    name = models.CharField(max_length=400)
    state = models.CharField(
        max_length=10, choices=[(s.value, n) for s, n in ITEM_STATE_NAMES.items()], default=ItemState.READY
    )
    # Why it was refused, or what is to be known of how it was read; a sentence.
    said = models.TextField(blank=True, default="")
    media_type = models.CharField(max_length=100, blank=True, default="")
    # Bytes and text are emptied once the document is stored, refused or left out.
    raw = models.BinaryField(default=bytes)
    size = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True, default="")
    text = models.TextField(blank=True, default="")
    encoding = models.CharField(max_length=32, blank=True, default="")
    replaced = models.JSONField(default=list, blank=True)
    # What made the text of the bytes, with its version: "trafilatura 2.3.1"; empty for plain text.
    extractor = models.CharField(max_length=60, blank=True, default="")
    facts = models.JSONField(default=dict, blank=True)
    # Where and when the workbench itself read the page.
    fetched_from = models.URLField(max_length=2000, blank=True, default="")
    fetched_at = models.DateTimeField(null=True, blank=True)
    article = models.ForeignKey(Article, models.SET_NULL, null=True, blank=True, related_name="+")
    claims_count = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        """In the order in which they came."""

        ordering = ("position",)
        constraints = (
            models.UniqueConstraint(fields=("job", "position"), name="import_item_once"),
            models.CheckConstraint(condition=Q(state__in=list(ItemState)), name="import_item_state"),
        )
        indexes = (models.Index(fields=("job", "state", "position"), name="import_item_by_state"),)

    def __str__(self) -> str:
        return f"{self.name}: {self.state}"


class Extraction(models.Model):
    """Where the text of a revision comes from, where that is not the bytes themselves; it never changes.

    A revision without one is plain text.
    """

    revision = models.OneToOneField("claims.Revision", models.CASCADE, primary_key=True, related_name="extraction")
    # The file or page that it came in.
    name = models.CharField(max_length=400, blank=True, default="")
    media_type = models.CharField(max_length=100)
    extractor = models.CharField(max_length=60, blank=True, default="")
    fetched_from = models.URLField(max_length=2000, blank=True, default="")
    fetched_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """What was fetched says when."""

        constraints = (
            models.CheckConstraint(
                condition=Q(fetched_from="", fetched_at__isnull=True)
                | (~Q(fetched_from="") & Q(fetched_at__isnull=False)),
                name="extraction_fetched",
            ),
        )

    def __str__(self) -> str:
        return f"{self.media_type} by {self.extractor or 'nothing'}"
