"""Claims: statements at a place in a text; and where each stands on its way to being settled."""

from collections.abc import Iterable
from typing import Self
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Case, F, FilteredRelation, Q, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.utils import timezone

from claims.models.article import Article
from claims.models.revision import Revision
from claims.models.user import User, is_at_least
from claims.text.context import whole_words
from claims.vocabulary import (
    ASIDE_NAMES,
    ASSESSMENTS_NEEDED,
    DONE_BY_YOU,
    SETTLED,
    STATE_NAMES,
    ZONE_NAMES,
    Aside,
    ClaimState,
    ClaimUnit,
    Role,
    ZoneKind,
)


class ClaimQuerySet(models.QuerySet["Claim"]):
    """Claims, in the terms of the domain."""

    def visible_to(self, viewer: User | AnonymousUser) -> Self:
        """The blind rule for rows and for what each row tells.

        The desk sees every claim of an article that was not withdrawn, but hidden ones are for moderators alone;
        readers see the settled ones of published stories.
        `seen_state` is the state as this viewer may know it, `seen_label` one's own label, else the settled one.
        """
        # Naming the time makes the join an inner one, so that the lists' index can give the order.
        here = self.filter(article__status__withdrawn_at__isnull=True, status__opened_at__isnull=False)
        if not is_at_least(viewer, Role.MODERATOR):
            here = here.exclude(status__set_aside=Aside.HIDDEN)
        if not is_at_least(viewer, Role.REVIEWER):
            # What was settled was said of other words where these changed since: readers wait for a moderator's word.
            here = here.in_work().filter(
                status__state__in=SETTLED,
                status__text_changed_at__isnull=True,
                article__status__story__status__published_at__isnull=False,
            )
        return here.annotate(
            own=FilteredRelation("assessments", condition=Q(assessments__reviewer=viewer.pk)),
        ).annotate(seen_state=_seen_state(viewer), seen_label=Coalesce(F("own__label"), F("status__settled_label")))

    def in_work(self) -> Self:
        """Neither hidden nor retired: what lists, pages, progress and exports are about."""
        return self.filter(status__set_aside="")

    def newest_first(self) -> Self:
        """By the time they were opened, within one reading in the order of the text: the lists' keyset."""
        return self.order_by("-status__opened_at", "status__claim")

    def in_reading_order(self) -> Self:
        """By place in the text; where one lies within another, the longer first."""
        return self.order_by("start", "-end", "pk")


def _seen_state(viewer: User | AnonymousUser) -> Combinable:
    if is_at_least(viewer, Role.MODERATOR):
        return F("status__state")
    return Case(
        When(status__state__in=SETTLED, then=F("status__state")),
        When(own__isnull=False, then=Value(DONE_BY_YOU)),
        default=Value(ClaimState.OPEN.value),
        output_field=models.CharField(),
    )


class Claim(models.Model):
    """One statement at one place: a span of a revision with its exact words. Offsets are code points, end exclusive.

    Rows say what the text says; what people did with them stands in their status. When a newer text comes into force
    a claim that is found in it again moves there with all that was said of it, and an Anchor keeps where it stood.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    article = models.ForeignKey(Article, models.PROTECT, related_name="claims")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="claims")
    zone = models.CharField(max_length=16, choices=ZONE_NAMES)
    unit = models.CharField(max_length=8, choices=[(unit.value, unit.value) for unit in ClaimUnit])
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    exact = models.TextField()
    prefix = models.CharField(max_length=64, blank=True, default="")
    suffix = models.CharField(max_length=64, blank=True, default="")
    # The words as a search sees them: see claims.text.search_words. The database's own index is made of it.
    folded = models.TextField(blank=True, default="")

    objects = ClaimQuerySet.as_manager()

    class Meta:
        """The claims of a revision are read by place."""

        constraints = (
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="claim_span"),
            models.CheckConstraint(condition=Q(zone__in=[ZoneKind.HEADLINE, ZoneKind.BODY]), name="claim_zone"),
        )
        indexes = (
            models.Index(fields=("revision", "start"), name="claim_of_revision"),
            models.Index(fields=("article", "start"), name="claim_of_article"),
        )

    def __str__(self) -> str:
        return self.exact[:80]

    @property
    def context(self) -> tuple[str, str]:
        """What stands before and after the claim, in whole words, for people to read."""
        return whole_words(self.prefix, self.suffix)


class ClaimStatusQuerySet(models.QuerySet["ClaimStatus"]):
    """Statuses, in the terms of the domain."""

    def of_articles(self, articles: Iterable[UUID]) -> Self:
        """Those of every claim of these articles, whatever its revision."""
        return self.filter(claim__in=Claim.objects.filter(article__in=list(articles)).values("pk"))

    def in_force(self) -> Self:
        """Those of claims of the texts that their articles have now."""
        return self.filter(claim__in=Claim.objects.filter(revision=F("article__status__revision")).values("pk"))

    def lock(self) -> None:
        """Lock these rows until the transaction ends, in one order: who writes about the same claims waits in turn.

        Every write that takes several locks takes them so: story, claims, article, event log.
        """
        list(self.select_for_update().order_by("pk").values_list("pk", flat=True))


class ClaimStatus(models.Model):
    """Where a claim stands. `settled_*` is filled when it is agreed or ruled, and empty before."""

    claim = models.OneToOneField(Claim, models.CASCADE, primary_key=True, related_name="status")
    state = models.CharField(
        max_length=12, choices=[(s.value, STATE_NAMES[s]) for s in ClaimState], default=ClaimState.OPEN
    )
    opened_at = models.DateTimeField(default=timezone.now)
    settled_label = models.CharField(max_length=12, blank=True, default="")
    settled_strength = models.PositiveSmallIntegerField(null=True, blank=True)
    settled_reason = models.CharField(max_length=12, blank=True, default="")
    settled_at = models.DateTimeField(null=True, blank=True)
    # Set for good when the claim is first settled: whoever labels it from then on may have seen what others think.
    was_settled = models.BooleanField(default=False)
    # How many assessments it takes before equal ones settle it, and how many there are.
    needed = models.PositiveSmallIntegerField(default=ASSESSMENTS_NEEDED)
    given = models.PositiveSmallIntegerField(default=0)
    # How many there were when a moderator last reopened it: agreement then takes one more than those.
    reopened_with = models.PositiveSmallIntegerField(null=True, blank=True)
    # How often it was reopened: a page from before must not settle it again.
    reopenings = models.PositiveSmallIntegerField(default=0)
    set_aside = models.CharField(max_length=8, choices=ASIDE_NAMES, blank=True, default="")
    # Whether its text is in force and its article neither locked nor withdrawn: what the queue looks through. The rule
    # itself stands in claims.review.queue; this keeps the queue from walking past thousands of claims that are not.
    takes_work = models.BooleanField(default=True)
    # How much checking it is worth, 0 to 9: see claims.text.worth. The queue serves by it.
    worth = models.PositiveSmallIntegerField(default=0)
    open_flags = models.PositiveSmallIntegerField(default=0)
    # When its words changed in the article after somebody had judged it; empty once they were judged anew or confirmed.
    text_changed_at = models.DateTimeField(null=True, blank=True)
    # Who drew its borders; empty for the sentences that a reading opened. Told to nobody while the claim is blind.
    marked_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    # A moderator knows the answer and looks how reviewers do; nobody else is told that it is such a claim.
    calibrates = models.BooleanField(default=False)
    # Counts every write about the claim; only moderators are shown it, because it would tell of blind work.
    version = models.PositiveIntegerField(default=0)

    objects = ClaimStatusQuerySet.as_manager()

    class Meta:
        """A label is settled exactly when the state says so. Each list filter has an index in the list's order."""

        verbose_name_plural = "claim statuses"
        constraints = (
            models.CheckConstraint(
                condition=(Q(state__in=SETTLED) & ~Q(settled_label="") & Q(settled_at__isnull=False))
                | (~Q(state__in=SETTLED) & Q(settled_label="") & Q(settled_at__isnull=True)),
                name="claim_settled",
            ),
            models.CheckConstraint(condition=Q(state__in=list(ClaimState)), name="claim_state"),
            models.CheckConstraint(condition=Q(set_aside__in=["", *Aside]), name="claim_set_aside"),
            models.CheckConstraint(condition=Q(needed__gte=1), name="claim_needed"),
        )
        indexes = (
            models.Index(fields=("-opened_at", "claim"), name="claim_newest"),
            models.Index(fields=("state", "-opened_at", "claim"), name="claim_by_state"),
            models.Index(fields=("settled_label", "-opened_at", "claim"), name="claim_by_label"),
            # The queue: what is worth most first; "disputed", "in_review", "open" happen to sort as it wants them.
            models.Index(
                fields=("-worth", "state", "opened_at", "claim"),
                condition=Q(settled_label="", set_aside="", takes_work=True),
                name="claim_waiting",
            ),
            models.Index(
                fields=("set_aside", "-opened_at", "claim"), condition=~Q(set_aside=""), name="claim_set_aside"
            ),
            models.Index(fields=("-opened_at", "claim"), condition=Q(open_flags__gt=0), name="claim_flagged"),
            models.Index(
                fields=("-text_changed_at", "claim"), condition=Q(text_changed_at__isnull=False), name="claim_reworded"
            ),
            models.Index(
                fields=("settled_at", "claim"), condition=Q(settled_at__isnull=False), name="claim_settled_at"
            ),
        )

    def __str__(self) -> str:
        return f"{self.state} {self.settled_label}".strip()
