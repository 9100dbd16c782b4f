"""Verdicts that readers may see: put forward by one moderator, let out by a second one."""

from typing import Any, Final, Self
from uuid import uuid4

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from claims.models.claim import Claim
from claims.models.user import User, is_at_least
from claims.particulars import VERDICT_NAMES, Stance, VerdictValue
from claims.text.addresses import fault_of
from claims.transfers import PUBLICATION_STATE_NAMES, PUBLICATIONS_READ, PublicationState
from claims.vocabulary import Aside, Role

# What is kept of each piece of evidence, all of it text; the note is the desk's, the rest is for readers.
PIECE: Final = ("id", "url", "title", "quote", "date", "stance", "archived_url", "note")


class VerdictPublicationQuerySet(models.QuerySet["VerdictPublication"]):
    """Publications, in the terms of the domain."""

    def visible_to(self, viewer: User | AnonymousUser) -> Self:
        """All for moderators; for everybody else those that were let out, of claims that may be read."""
        if is_at_least(viewer, Role.MODERATOR):
            return self.all()
        readable = self.filter(claim__article__status__withdrawn_at__isnull=True, state__in=PUBLICATIONS_READ)
        return readable.exclude(claim__status__set_aside=Aside.HIDDEN)

    def out(self) -> Self:
        """Those that readers see now, of claims whose words are still those that the verdict was given on."""
        return self.filter(state=PublicationState.PUBLISHED, claim__status__text_changed_at__isnull=True)

    def newest_first(self) -> Self:
        """By the time of the decision, for those that were let out."""
        return self.order_by("-decided_at", "id")


class VerdictPublication(models.Model):
    """One state of a verdict as it was put forward for readers: what it said then is kept, whatever is changed later.

    `evidence` holds the pieces that it rests on as they were: a list of {"id", "url", "title", "quote", "date",
    "stance", "archived_url", "note"}.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    claim = models.ForeignKey(Claim, models.PROTECT, related_name="publications")
    # Counts the publications of a claim, from 1.
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=[(s.value, n) for s, n in PUBLICATION_STATE_NAMES.items()])
    verdict_version = models.PositiveIntegerField()
    value = models.CharField(max_length=12, choices=[(v.value, n) for v, n in VERDICT_NAMES.items()])
    # Sanitised HTML of a few tags.
    explanation = models.TextField()
    as_of = models.CharField(max_length=60, blank=True, default="")
    valid_until = models.CharField(max_length=60, blank=True, default="")
    evidence = models.JSONField(default=list, blank=True)
    # What readers are told of why it differs from the one before; needed from the second on.
    correction = models.TextField(blank=True, default="")
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=timezone.now)
    # Who let it out, or did not.
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True, default="")
    # When another took its place, or it was taken back, and why.
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    end_reason = models.TextField(blank=True, default="")
    version = models.PositiveIntegerField(default=1)

    objects = VerdictPublicationQuerySet.as_manager()

    class Meta:
        """One at a time is put forward, one at a time is out, and nobody lets out what they put forward."""

        constraints = (
            models.UniqueConstraint(fields=("claim", "number"), name="publication_number"),
            models.UniqueConstraint(
                fields=("claim",), condition=Q(state=PublicationState.PROPOSED), name="publication_proposed_once"
            ),
            models.UniqueConstraint(
                fields=("claim",), condition=Q(state=PublicationState.PUBLISHED), name="publication_published_once"
            ),
            models.CheckConstraint(condition=Q(state__in=list(PublicationState)), name="publication_state"),
            models.CheckConstraint(condition=Q(value__in=list(VerdictValue)), name="publication_value"),
            models.CheckConstraint(
                condition=Q(state=PublicationState.PROPOSED, decided_by__isnull=True)
                | Q(state=PublicationState.DECLINED, decided_by__isnull=False)
                | (
                    ~Q(state__in=[PublicationState.PROPOSED, PublicationState.DECLINED])
                    & Q(decided_by__isnull=False)
                    & ~Q(decided_by=F("proposed_by"))
                ),
                name="publication_second_moderator",
            ),
            models.CheckConstraint(
                condition=Q(state=PublicationState.PROPOSED, decided_at__isnull=True)
                | (~Q(state=PublicationState.PROPOSED) & Q(decided_at__isnull=False)),
                name="publication_decided",
            ),
        )
        indexes = (
            models.Index(fields=("state", "-decided_at", "id"), name="publication_newest"),
            models.Index(fields=("state", "proposed_at", "id"), name="publication_waiting"),
        )

    def __str__(self) -> str:
        return f"{self.value} ({self.state})"

    def pieces(self) -> list[dict[str, str]]:
        """The evidence that it rests on, each with every part of PIECE, "" where it has none.

        What came by another way than through a room and is no piece of evidence is passed over.
        """
        kept = self.evidence if isinstance(self.evidence, list) else []
        return [_piece(one) for one in kept if _is_piece(one)]


def _is_piece(kept: Any) -> bool:
    if not isinstance(kept, dict) or kept.get("stance") not in list(Stance):
        return False
    return isinstance(kept.get("url"), str) and not fault_of(kept["url"])


def _piece(kept: dict[str, Any]) -> dict[str, str]:
    found = {name: kept[name] if isinstance(kept.get(name), str) else "" for name in PIECE}
    return found | ({"archived_url": ""} if fault_of(found["archived_url"]) else {})
