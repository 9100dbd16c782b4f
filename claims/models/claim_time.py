"""Times of a claim: when what it says happened, and as of when it was said to hold."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from claims.models.claim import Claim
from claims.models.user import User
from claims.particulars import TIME_KIND_NAMES, TimeKind
from claims.vocabulary import BASIS_NAMES, Basis


class ClaimTime(models.Model):
    """One of a claim's two times, as the desk knows it. It says nothing of the label, so the whole desk sees it.

    `value` is a day, month, year or interval as in claims.text.edtf, "unknown" or "timeless"; "" is one that was taken
    back: nobody says. `earliest` and `latest`
    are the days that it spans, for comparing. Relative words keep what they were resolved against, and why that.
    """

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="times")
    kind = models.CharField(max_length=8, choices=[(k.value, n) for k, n in TIME_KIND_NAMES.items()])
    value = models.CharField(max_length=60)
    earliest = models.DateField(null=True, blank=True)
    latest = models.DateField(null=True, blank=True)
    words = models.CharField(max_length=200, blank=True, default="")
    # The day that relative words were counted from, as in claims.text.edtf, and where that day comes from.
    against = models.CharField(max_length=60, blank=True, default="")
    against_note = models.CharField(max_length=200, blank=True, default="")
    basis = models.CharField(max_length=16, choices=[(b.value, n) for b, n in BASIS_NAMES.items()])
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """Each kind once for a claim; what spans days says which."""

        constraints = (
            models.UniqueConstraint(fields=("claim", "kind"), name="claim_time_once"),
            models.CheckConstraint(condition=Q(kind__in=list(TimeKind)), name="claim_time_kind"),
            models.CheckConstraint(condition=Q(basis__in=list(Basis)), name="claim_time_basis"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.value}"
