"""Links: how two claims relate, as reviewers find, each on their own first."""

from typing import Any, Self
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Case, F, FilteredRelation, Q, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Concat
from django.utils import timezone

from claims.models.claim import Claim
from claims.models.keys import named_key
from claims.models.story import Story
from claims.models.user import User, is_at_least
from claims.relations import (
    DIRECTED,
    INDEPENDENCE_NAMES,
    LINK_SETTLED,
    LINK_STATE_NAMES,
    RELATIONS,
    SUBTYPE_NAMES,
    Independence,
    LinkState,
    Relation,
    Subtype,
)
from claims.vocabulary import DONE_BY_YOU, SETTLED, Aside, Role

RELATION_CHOICES = [(definition.relation.value, definition.name) for definition in RELATIONS]
SUBTYPE_CHOICES = [(subtype.value, name) for subtype, name in SUBTYPE_NAMES.items()]
INDEPENDENCE_CHOICES = [(found.value, name) for found, name in INDEPENDENCE_NAMES.items()]
# Only a contradiction has a subtype, and only what goes from one claim to the other a direction.
_FITS = (Q(subtype="") | Q(relation=Relation.CONTRADICTS, subtype__in=list(Subtype))) & (
    Q(forward__isnull=True, relation__in=["", *(r for r in Relation if r not in DIRECTED)])
    | Q(forward__isnull=False, relation__in=[r for r in Relation if r in DIRECTED])
)


class Found(models.Model):
    """What every finding about two claims consists of, whoever makes it.

    `forward` says of what has a direction that it goes from `a` to `b` of the link. `signs` holds the kinds of signs of
    a shared origin (claims.relations.OriginSignKind) that the finding rests on, `basis` what else it rests on.
    """

    relation = models.CharField(max_length=18, choices=RELATION_CHOICES)
    subtype = models.CharField(max_length=10, choices=SUBTYPE_CHOICES, blank=True, default="")
    forward = models.BooleanField(null=True, blank=True)
    independence = models.CharField(max_length=14, choices=INDEPENDENCE_CHOICES, default=Independence.UNKNOWN)
    signs = models.JSONField(default=list, blank=True)

    class Meta:
        """No table of its own."""

        abstract = True


class LinkQuerySet(models.QuerySet["Link"]):
    """Links, in the terms of the domain."""

    def visible_to(self, viewer: User | AnonymousUser) -> Self:
        """The blind rule: that two claims were put side by side is the desk's, what others found waits until settled.

        `seen_state` is the state as this viewer may know it; `seen_relation` one's own, else the settled one; `own` the
        viewer's assessment. Readers see confirmed links between claims that they see.
        """
        here = self.filter(a__article__status__withdrawn_at__isnull=True, b__article__status__withdrawn_at__isnull=True)
        if not is_at_least(viewer, Role.MODERATOR):
            here = here.exclude(a__status__set_aside=Aside.HIDDEN).exclude(b__status__set_aside=Aside.HIDDEN)
        if not is_at_least(viewer, Role.REVIEWER):
            here = here.in_work().filter(state=LinkState.CONFIRMED)
            for side in ("a", "b"):
                here = here.filter(
                    **{
                        f"{side}__status__state__in": SETTLED,
                        f"{side}__status__text_changed_at__isnull": True,
                        f"{side}__article__status__story__status__published_at__isnull": False,
                    }
                )
        return here.annotate(
            own=FilteredRelation("assessments", condition=Q(assessments__reviewer=viewer.pk)),
        ).annotate(seen_state=_seen_state(viewer), seen_relation=Coalesce(F("own__relation"), F("relation")))

    def in_work(self) -> Self:
        """Those between claims that are neither hidden nor retired, redrawn or orphaned."""
        return self.filter(a__status__set_aside="", b__status__set_aside="")

    def of_claim(self, claim: UUID) -> Self:
        """Those that this claim is a side of."""
        return self.filter(Q(a=claim) | Q(b=claim))

    def of_story(self, story: Story) -> Self:
        """Those whose two claims both stand in articles of the story."""
        return self.filter(a__article__status__story=story, b__article__status__story=story)

    def confirmed_in(self, story: Story) -> Self:
        """The confirmed ones of the story.

        The state is hidden from SQLite's planner, which else walks through every confirmed link of the workbench
        instead of those of the story's claims.
        """
        hidden = self.of_story(story).alias(their_state=Concat(F("state"), Value("")))
        return hidden.filter(their_state=LinkState.CONFIRMED.value)

    def newest_first(self) -> Self:
        """By the time they were first put forward: the lists' keyset."""
        return self.order_by("-created_at", "id")


def _seen_state(viewer: User | AnonymousUser) -> Combinable:
    if is_at_least(viewer, Role.MODERATOR):
        return F("state")
    return Case(
        When(state__in=LINK_SETTLED, then=F("state")),
        When(own__isnull=False, then=Value(DONE_BY_YOU)),
        default=Value(LinkState.OPEN.value),
        output_field=models.CharField(),
    )


class Link(Found):
    """Two claims side by side, once for each pair whatever its order: `a` is the one with the lower key.

    The fields of Found hold what is settled; before that the relation is empty. `held_by_time` says that only the times
    keep it from being confirmed: they are not known to overlap.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    a = models.ForeignKey(Claim, models.PROTECT, related_name="links_as_a")
    b = models.ForeignKey(Claim, models.PROTECT, related_name="links_as_b")
    relation = models.CharField(max_length=18, choices=RELATION_CHOICES, blank=True, default="")
    state = models.CharField(
        max_length=10, choices=[(s.value, n) for s, n in LINK_STATE_NAMES.items()], default=LinkState.OPEN
    )
    settled_at = models.DateTimeField(null=True, blank=True)
    # Set for good when it is first settled: who finds anything from then on may have seen what others found.
    was_settled = models.BooleanField(default=False)
    held_by_time = models.BooleanField(default=False)
    given = models.PositiveSmallIntegerField(default=0)
    # As for claims: after a reopening it takes one more than the findings that there were.
    reopened_with = models.PositiveSmallIntegerField(null=True, blank=True)
    reopenings = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    # Counts every write about it; only moderators are shown it, because it would tell of blind work.
    version = models.PositiveIntegerField(default=0)

    objects = LinkQuerySet.as_manager()

    class Meta:
        """Once for each unordered pair, never of a claim with itself; settled exactly when the state says so."""

        constraints = (
            models.UniqueConstraint(fields=("a", "b"), name="link_once"),
            models.CheckConstraint(condition=Q(a__lt=F("b")), name="link_in_order"),
            models.CheckConstraint(
                condition=(Q(state__in=LINK_SETTLED) & ~Q(relation="") & Q(settled_at__isnull=False))
                | (~Q(state__in=LINK_SETTLED) & Q(relation="") & Q(settled_at__isnull=True)),
                name="link_settled",
            ),
            models.CheckConstraint(
                condition=~Q(state=LinkState.CONFIRMED, relation=Relation.UNRELATED)
                & (~Q(state=LinkState.REJECTED) | Q(relation=Relation.UNRELATED)),
                name="link_rejected_is_unrelated",
            ),
            models.CheckConstraint(condition=Q(relation__in=["", *Relation]), name="link_relation"),
            models.CheckConstraint(condition=_FITS, name="link_fits"),
            models.CheckConstraint(condition=Q(state__in=list(LinkState)), name="link_state"),
            models.CheckConstraint(condition=Q(independence__in=list(Independence)), name="link_independence"),
        )
        indexes = (
            models.Index(fields=("-created_at", "id"), name="link_newest"),
            models.Index(fields=("state", "-created_at", "id"), name="link_by_state"),
            models.Index(fields=("relation", "-created_at", "id"), name="link_by_relation"),
        )

    def __str__(self) -> str:
        return f"{self.relation or self.state}: {self.a_id} and {self.b_id}"

    def other(self, claim: UUID) -> UUID:
        """The key of the claim at the other side."""
        return self.b_id if self.a_id == claim else self.a_id


def in_order(one: UUID, other: UUID) -> tuple[UUID, UUID]:
    """Two claims' keys as `a` and `b` of a link."""
    return (one, other) if one < other else (other, one)


def link_key(one: UUID, other: UUID) -> UUID:
    """The key of the link between two claims, whatever their order."""
    a, b = in_order(one, other)
    return named_key("link", f"{a}\n{b}")


class LinkAssessmentQuerySet(models.QuerySet["LinkAssessment"]):
    """Assessments of links, in the terms of the domain."""

    def visible_to(self, viewer: User | AnonymousUser) -> Self:
        """The blind rule: all for moderators; one's own and those of settled links for reviewers; none for readers."""
        if is_at_least(viewer, Role.MODERATOR):
            return self.all()
        if is_at_least(viewer, Role.REVIEWER):
            return self.filter(Q(reviewer_id=viewer.pk) | Q(link__state__in=LINK_SETTLED))
        return self.none()


class LinkAssessment(Found):
    """What one reviewer found of two claims. `version` counts its changes and starts at 1."""

    link = models.ForeignKey(Link, models.PROTECT, related_name="assessments")
    reviewer = models.ForeignKey(User, models.PROTECT, related_name="+")
    # Why, and what independence or a shared origin rests on: sanitised HTML of a few tags.
    reason = models.TextField(blank=True, default="")
    basis = models.TextField(blank=True, default="")
    scheme_version = models.PositiveSmallIntegerField()
    # False where it was found when others' findings could be seen.
    blind = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)

    objects = LinkAssessmentQuerySet.as_manager()

    class Meta:
        """One for each reviewer and link."""

        constraints = (
            models.UniqueConstraint(fields=("link", "reviewer"), name="link_assessment_once"),
            models.CheckConstraint(condition=Q(relation__in=list(Relation)), name="link_assessment_relation"),
            models.CheckConstraint(condition=_FITS, name="link_assessment_fits"),
            models.CheckConstraint(condition=Q(independence__in=list(Independence)), name="link_assessment_origin"),
        )
        indexes = (models.Index(fields=("reviewer", "-updated_at"), name="link_assessment_newest"),)

    def __str__(self) -> str:
        return f"{self.relation} by {self.reviewer_id}"


class LinkRuling(Found):
    """A moderator's settled relation of two claims, with the reason for it. One for each link."""

    link = models.OneToOneField(Link, models.PROTECT, primary_key=True, related_name="ruling")
    explanation = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    scheme_version = models.PositiveSmallIntegerField()
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        """The same fits as for an assessment."""

        constraints = (
            models.CheckConstraint(condition=Q(relation__in=list(Relation)), name="link_ruling_relation"),
            models.CheckConstraint(condition=_FITS, name="link_ruling_fits"),
            models.CheckConstraint(condition=Q(independence__in=list(Independence)), name="link_ruling_origin"),
        )

    def __str__(self) -> str:
        return f"{self.relation} for {self.link_id}"


def found_state(found: Found) -> dict[str, Any]:
    """A finding as the event log keeps it."""
    return {
        "relation": str(found.relation),
        "subtype": str(found.subtype),
        "forward": found.forward,
        "independence": str(found.independence),
        "signs": list(found.signs),
    }
