"""Sources: the people, bodies and documents that claims are attributed to. One registry for all articles."""

from typing import Self
from uuid import uuid4

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from claims.models.user import User, is_at_least
from claims.particulars import PARTY_NAMES, SOURCE_KIND_NAMES, Party, SourceKind
from claims.vocabulary import Role


class SourceQuerySet(models.QuerySet["Source"]):
    """Sources, in the terms of the domain."""

    def visible_to(self, viewer: User | AnonymousUser) -> Self:
        """The registry is the desk's; what is attributed to a source has a blind rule of its own (Attribution)."""
        return self.all() if is_at_least(viewer, Role.REVIEWER) else self.none()

    def in_force(self) -> Self:
        """Those that were not merged into another."""
        return self.filter(merged_into__isnull=True)


class Source(models.Model):
    """Somebody or something that a text names, or describes without a name, as the origin of a statement.

    A source that was merged into another stays, and names it: its name is from then on another name of that one.
    """

    # Random: a number would tell how much is being attributed elsewhere.
    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    # The name, or the description of one who has none: "a senior EU official who attended".
    name = models.CharField(max_length=200)
    # The name as a search sees it: see claims.text.fold.
    folded = models.CharField(max_length=400)
    kind = models.CharField(max_length=20, choices=[(kind.value, name) for kind, name in SOURCE_KIND_NAMES.items()])
    role = models.CharField(max_length=200, blank=True, default="")
    party = models.CharField(
        max_length=10, choices=[(party.value, name) for party, name in PARTY_NAMES.items()], blank=True, default=""
    )
    note = models.TextField(blank=True, default="")
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)

    objects = SourceQuerySet.as_manager()

    class Meta:
        """Listed by name; found by any of its words (SourceWord)."""

        constraints = (
            models.CheckConstraint(condition=Q(kind__in=list(SourceKind)), name="source_kind"),
            models.CheckConstraint(condition=Q(party__in=list(Party)), name="source_party"),
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="source_merged_elsewhere"),
        )
        indexes = (
            models.Index(fields=("folded", "id"), name="source_by_name"),
            models.Index(fields=("-created_at", "id"), name="source_newest"),
        )

    def __str__(self) -> str:
        return self.name


class SourceWord(models.Model):
    """One folded word of a source's name, so that typing any word of it finds the source by an index."""

    source = models.ForeignKey(Source, models.CASCADE, related_name="words")
    word = models.CharField(max_length=60)

    class Meta:
        """Each word of a name once."""

        constraints = (models.UniqueConstraint(fields=("word", "source"), name="source_word_once"),)

    def __str__(self) -> str:
        return self.word
