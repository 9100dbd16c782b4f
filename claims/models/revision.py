"""Revisions: the states of an article's text, byte for byte as they came, and the zones of each."""

from django.db import models
from django.utils import timezone

from claims.models.article import Article
from claims.text import zones
from claims.vocabulary import ZONE_NAMES, ZoneKind


class Revision(models.Model):
    """One state of an article's text. Bytes, text and hash never change; triggers in the database hold that.

    The one change that they let pass is a withdrawal: bytes and text become empty, the hash stays.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    article = models.ForeignKey(Article, models.PROTECT, related_name="revisions")
    sha256 = models.CharField(max_length=64)
    raw = models.BinaryField()
    text = models.TextField()
    encoding = models.CharField(max_length=32)
    # Code-point offsets where a NUL or a lone surrogate became U+FFFD.
    replaced = models.JSONField(default=list)
    received_at = models.DateTimeField(default=timezone.now)

    class Meta:
        """The same bytes come into an article once."""

        constraints = (models.UniqueConstraint(fields=("article", "sha256"), name="revision_once"),)
        indexes = (models.Index(fields=("article", "-received_at"), name="revision_newest"),)

    def __str__(self) -> str:
        return f"{self.sha256[:12]} of {self.article_id}"

    def zones_found(self) -> "list[Zone]":
        """The zones that are stored; of a text that nobody read, those that a reading finds, which are not stored."""
        stored = list(self.zones.all())
        return stored or [Zone(kind=one.kind, start=one.start, end=one.end) for one in zones.read(self.text)]


class Zone(models.Model):
    """A stretch of a revision of one kind; the zones of a revision tile it. Offsets are code points, end exclusive."""

    revision = models.ForeignKey(Revision, models.CASCADE, related_name="zones")
    kind = models.CharField(max_length=16, choices=ZONE_NAMES)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    class Meta:
        """In reading order; one zone starts at a place."""

        ordering = ("start",)
        constraints = (
            models.UniqueConstraint(fields=("revision", "start"), name="zone_once"),
            models.CheckConstraint(condition=models.Q(start__lt=models.F("end")), name="zone_span"),
            models.CheckConstraint(condition=models.Q(kind__in=list(ZoneKind)), name="zone_kind"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.start}–{self.end}"
