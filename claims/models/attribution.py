"""Attributions: who one reviewer finds that the text says a claim comes from, and by which route."""

from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils import timezone

from claims.models.claim import Claim
from claims.models.source import Source
from claims.models.user import User, is_at_least
from claims.particulars import MODE_NAMES, QUOTE_NAMES, SCOPE_NAMES, Mode, Quote, Scope
from claims.vocabulary import SETTLED, Role


class AttributionQuerySet(models.QuerySet["Attribution"]):
    """Attributions, in the terms of the domain."""

    def visible_to(self, viewer: User | AnonymousUser) -> Self:
        """The blind rule, as for assessments: all for moderators; one's own and those of settled claims; none."""
        if is_at_least(viewer, Role.MODERATOR):
            return self.all()
        if is_at_least(viewer, Role.REVIEWER):
            return self.filter(Q(reviewer_id=viewer.pk) | Q(claim__status__state__in=SETTLED))
        return self.none()


class Attribution(models.Model):
    """Part of one reviewer's judgement of one claim, kept apart so that it outlives a label that is taken back.

    `source`, `cue` and `content` are [start, end] in code points of the claim's revision, or null; `words` holds the
    exact words of each, so that they can be shown where a changed text no longer has them.
    """

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="attributions")
    reviewer = models.ForeignKey(User, models.PROTECT, related_name="+")
    source = models.JSONField(null=True, blank=True)
    cue = models.JSONField(null=True, blank=True)
    content = models.JSONField(null=True, blank=True)
    # {"source": …, "cue": …, "content": …}
    words = models.JSONField(default=dict, blank=True)
    mode = models.CharField(max_length=8, choices=[(m.value, n) for m, n in MODE_NAMES.items()], blank=True, default="")
    scope = models.CharField(
        max_length=10, choices=[(s.value, n) for s, n in SCOPE_NAMES.items()], blank=True, default=""
    )
    quote = models.CharField(
        max_length=10, choices=[(q.value, n) for q, n in QUOTE_NAMES.items()], blank=True, default=""
    )
    # Named, but nothing says where to look it up.
    needs_locator = models.BooleanField(default=False)
    # Somebody else's opinion: sourced, and no fact.
    content_is_opinion = models.BooleanField(default=False)
    # What the strength that is suggested rests on, beside the chain: a date to the day, a document that can be opened,
    # the writer as the witness.
    is_dated = models.BooleanField(default=False)
    is_openable = models.BooleanField(default=False)
    is_witnessed = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)

    objects = AttributionQuerySet.as_manager()

    class Meta:
        """One for each reviewer and claim."""

        constraints = (
            models.UniqueConstraint(fields=("claim", "reviewer"), name="attribution_once"),
            models.CheckConstraint(condition=Q(mode__in=["", *Mode]), name="attribution_mode"),
            models.CheckConstraint(condition=Q(scope__in=["", *Scope]), name="attribution_scope"),
            models.CheckConstraint(condition=Q(quote__in=["", *Quote]), name="attribution_quote"),
        )

    def __str__(self) -> str:
        return f"{self.mode or 'no mode'} by {self.reviewer_id}"


class Hop(models.Model):
    """One step of the route by which a statement reached the article: a source or an occasion.

    The first one is the root.
    """

    attribution = models.ForeignKey(Attribution, models.CASCADE, related_name="hops")
    position = models.PositiveSmallIntegerField()
    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True, related_name="hops")
    occasion = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        """In their order; each is one of the two."""

        ordering = ("position",)
        constraints = (
            models.UniqueConstraint(fields=("attribution", "position"), name="hop_once"),
            models.CheckConstraint(
                condition=Q(source__isnull=True) & ~Q(occasion="") | Q(source__isnull=False) & Q(occasion=""),
                name="hop_is_one",
            ),
        )
        indexes = (models.Index(fields=("source", "-id"), name="hop_of_source"),)

    def __str__(self) -> str:
        return self.occasion or str(self.source)
