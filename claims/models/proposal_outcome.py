"""What became of the first pass's proposals: whether the desk came to the same label. It settles nothing."""

from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models

from claims.models.assessment import Assessment
from claims.models.claim import Claim
from claims.models.example_work import ExampleWork
from claims.models.outlet import Outlet
from claims.models.user import User, is_at_least
from claims.vocabulary import LABEL_BY_VALUE, Label, Role

_CHOICES = [(definition.label.value, definition.name) for definition in LABEL_BY_VALUE.values()]


class ProposalOutcomeQuerySet(models.QuerySet["ProposalOutcome"]):
    """Outcomes, in the terms of the domain."""

    def visible_to(self, viewer: User | AnonymousUser) -> Self:
        """All for moderators, none for anybody else: an outcome tells of labels that are blind."""
        return self.all() if is_at_least(viewer, Role.MODERATOR) else self.none()

    def without_example(self) -> Self:
        """Those of claims that the worked example did not label: the desk decided nothing there. At most two queries.

        A label that somebody changed since has another version, and is the desk's.
        """
        kept = ExampleWork.objects.filter(target_type=Assessment._meta.model_name, removed_at=None)
        made = set(kept.values_list("target_id", "version"))
        if not made:
            return self
        labels = Assessment.objects.filter(pk__in=[key for key, _ in made]).values_list("pk", "version", "claim")
        return self.exclude(pk__in=[claim for key, version, claim in labels if (str(key), version) in made])

    def newest_first(self) -> Self:
        """By the time of the decision."""
        return self.order_by("-decided_at", "claim")


class ProposalOutcome(models.Model):
    """The proposal of one claim that the desk has decided about, kept with the claim's state: see claims.review.

    `decided` is the desk's label: the settled one, else the one that all blind assessments give. `rule` and `outlet`
    are copied here, so that counting reads one index and nothing else.
    """

    claim = models.OneToOneField(Claim, models.CASCADE, primary_key=True, related_name="proposal_outcome")
    rule = models.CharField(max_length=40)
    outlet = models.ForeignKey(Outlet, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    proposed = models.CharField(max_length=12, choices=_CHOICES)
    decided = models.CharField(max_length=12, choices=_CHOICES)
    accepted = models.BooleanField()
    decided_at = models.DateTimeField()

    objects = ProposalOutcomeQuerySet.as_manager()

    class Meta:
        """Accepted exactly where the labels are equal. Each count reads an index of its own, the newest first."""

        constraints = (
            models.CheckConstraint(condition=models.Q(proposed__in=list(Label)), name="outcome_proposed"),
            models.CheckConstraint(condition=models.Q(decided__in=list(Label)), name="outcome_decided"),
            models.CheckConstraint(
                condition=models.Q(accepted=True, proposed=models.F("decided"))
                | (models.Q(accepted=False) & ~models.Q(proposed=models.F("decided"))),
                name="outcome_accepted",
            ),
        )
        indexes = (
            models.Index(fields=("-decided_at", "claim", "rule", "outlet", "accepted"), name="outcome_newest"),
            models.Index(fields=("rule", "-decided_at", "claim", "outlet", "accepted"), name="outcome_by_rule"),
            models.Index(fields=("outlet", "-decided_at", "claim", "rule", "accepted"), name="outcome_by_outlet"),
            models.Index(
                fields=("rule", "-decided_at", "claim"),
                condition=models.Q(accepted=False),
                name="outcome_overruled",
            ),
        )

    def __str__(self) -> str:
        return f"{self.rule}: {self.proposed} proposed, {self.decided} decided"
