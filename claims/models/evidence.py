"""Evidence: outside material for or against a claim; and the verdict that may rest on it."""

from typing import Self
from uuid import uuid4

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils import timezone

from claims.models.claim import Claim
from claims.models.user import User, is_at_least
from claims.particulars import STANCE_NAMES, VERDICT_NAMES, Stance, VerdictValue
from claims.vocabulary import SETTLED, Role


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    """Evidence, in the terms of the domain."""

    def visible_to(self, viewer: User | AnonymousUser) -> Self:
        """The blind rule, as for assessments: what somebody gathers for a claim tells what they think of it."""
        if is_at_least(viewer, Role.MODERATOR):
            return self.all()
        if is_at_least(viewer, Role.REVIEWER):
            return self.filter(Q(by_id=viewer.pk) | Q(claim__status__state__in=SETTLED))
        return self.none()

    def in_force(self) -> Self:
        """Those that nobody has removed."""
        return self.filter(removed_at__isnull=True)


class Evidence(models.Model):
    """One piece of outside material. Addresses are http(s), checked on the way in, and never loaded by a page."""

    # Random: a number would tell how much there is that one may not see.
    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    claim = models.ForeignKey(Claim, models.PROTECT, related_name="evidence")
    url = models.URLField(max_length=2000)
    title = models.CharField(max_length=300, blank=True, default="")
    quote = models.TextField(blank=True, default="")
    # As in claims.text.edtf; "" is not stated.
    date = models.CharField(max_length=60, blank=True, default="")
    stance = models.CharField(max_length=10, choices=[(s.value, n) for s, n in STANCE_NAMES.items()])
    archived_url = models.URLField(max_length=2000, blank=True, default="")
    # Sanitised HTML of a few tags.
    note = models.TextField(blank=True, default="")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        """In the order in which it was added."""

        verbose_name_plural = "evidence"
        constraints = (models.CheckConstraint(condition=Q(stance__in=list(Stance)), name="evidence_stance"),)
        indexes = (models.Index(fields=("claim", "created_at", "id"), name="evidence_of_claim"),)

    def __str__(self) -> str:
        return self.title or self.url


class VerdictQuerySet(models.QuerySet["Verdict"]):
    """Verdicts, in the terms of the domain."""

    def visible_to(self, viewer: User | AnonymousUser) -> Self:
        """Those of settled claims for the desk, all for moderators."""
        if is_at_least(viewer, Role.MODERATOR):
            return self.all()
        return self.filter(claim__status__state__in=SETTLED) if is_at_least(viewer, Role.REVIEWER) else self.none()


class Verdict(models.Model):
    """Whether a claim holds: optional, and apart from where it comes from. An empty value: it was taken back."""

    claim = models.OneToOneField(Claim, models.PROTECT, primary_key=True, related_name="verdict")
    value = models.CharField(
        max_length=12, choices=[(v.value, n) for v, n in VERDICT_NAMES.items()], blank=True, default=""
    )
    # Sanitised HTML of a few tags.
    explanation = models.TextField()
    evidence = models.ManyToManyField(Evidence, related_name="verdicts", blank=True)
    as_of = models.CharField(max_length=60, blank=True, default="")
    valid_until = models.CharField(max_length=60, blank=True, default="")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)

    objects = VerdictQuerySet.as_manager()

    class Meta:
        """Only values of the scheme."""

        constraints = (models.CheckConstraint(condition=Q(value__in=["", *VerdictValue]), name="verdict_value"),)

    def __str__(self) -> str:
        return self.value or "no verdict"
