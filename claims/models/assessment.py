"""Assessments: one reviewer's judgement of one claim; and the rulings of moderators."""

from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils import timezone

from claims.models.article import Article
from claims.models.claim import Claim
from claims.models.user import User, is_at_least
from claims.vocabulary import LABELS, REASONS, SETTLED, STRENGTHS_OF, Label, Reason, Role

LABEL_CHOICES = [(definition.label.value, definition.name) for definition in LABELS]
REASON_CHOICES = [(reason.value, reason.value) for reason in REASONS]
# A label given by one key has no strength yet; when one is given, it is one that the label can have.
STRENGTH_FITS_LABEL = Q(strength__isnull=True)
for _label, _strengths in STRENGTHS_OF.items():
    if _strengths:
        STRENGTH_FITS_LABEL |= Q(label=_label, strength__in=_strengths)
REASON_FITS_LABEL = Q(reason="") | Q(label=Label.UNSOURCED, reason__in=list(Reason))


class Judged(models.Model):
    """What every judgement of a claim consists of, whoever gives it."""

    label = models.CharField(max_length=12, choices=LABEL_CHOICES)
    strength = models.PositiveSmallIntegerField(null=True, blank=True)
    reason = models.CharField(max_length=12, choices=REASON_CHOICES, blank=True, default="")
    scheme_version = models.PositiveSmallIntegerField()
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        """No table of its own."""

        abstract = True


class JudgedByModerator(Judged):
    """A judgement that a moderator gives, with the reason for it."""

    explanation = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        """No table of its own."""

        abstract = True


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    """Assessments, in the terms of the domain."""

    def visible_to(self, viewer: User | AnonymousUser) -> Self:
        """The blind rule: all for moderators; one's own and those of settled claims for reviewers; none for readers."""
        if is_at_least(viewer, Role.MODERATOR):
            return self.all()
        if is_at_least(viewer, Role.REVIEWER):
            return self.filter(Q(reviewer_id=viewer.pk) | Q(claim__status__state__in=SETTLED))
        return self.none()


class Assessment(Judged):
    """One reviewer's judgement of one claim. `version` counts its changes and starts at 1."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="assessments")
    article = models.ForeignKey(Article, models.PROTECT, related_name="+")
    reviewer = models.ForeignKey(User, models.PROTECT, related_name="assessments")
    # Sanitised HTML of a few tags; see claims.text.sanitise.
    note = models.TextField(blank=True, default="")
    # False where the label was chosen when others' could be seen.
    blind = models.BooleanField(default=True)
    updated_at = models.DateTimeField(default=timezone.now)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        """One assessment per reviewer and claim; label, strength and reason fit each other."""

        constraints = (
            models.UniqueConstraint(fields=("claim", "reviewer"), name="assessment_once"),
            models.CheckConstraint(condition=Q(label__in=list(Label)), name="assessment_label"),
            models.CheckConstraint(condition=STRENGTH_FITS_LABEL, name="assessment_strength"),
            models.CheckConstraint(condition=REASON_FITS_LABEL, name="assessment_reason"),
        )
        indexes = (
            models.Index(fields=("reviewer", "article"), name="assessment_by_article"),
            models.Index(fields=("reviewer", "-updated_at"), name="assessment_newest"),
            models.Index(fields=("reviewer", "label", "claim"), name="assessment_by_label"),
        )

    def __str__(self) -> str:
        return f"{self.label} by {self.reviewer_id}"


class Ruling(JudgedByModerator):
    """A moderator's settled label for a claim, with the reason for it. One for each claim."""

    claim = models.OneToOneField(Claim, models.PROTECT, primary_key=True, related_name="ruling")
    updated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        """The same fits as for an assessment."""

        constraints = (
            models.CheckConstraint(condition=Q(label__in=list(Label)), name="ruling_label"),
            models.CheckConstraint(condition=STRENGTH_FITS_LABEL, name="ruling_strength"),
            models.CheckConstraint(condition=REASON_FITS_LABEL, name="ruling_reason"),
        )

    def __str__(self) -> str:
        return f"{self.label} for {self.claim_id}"
