"""What the first pass proposes for a claim. Never an assessment, never counted as one."""

from django.db import models

from claims.models.claim import Claim
from claims.vocabulary import LABEL_BY_VALUE, Label


class Proposal(models.Model):
    """A proposed label with the words that led to it; spans are code-point offsets into the claim's revision."""

    claim = models.OneToOneField(Claim, models.CASCADE, primary_key=True, related_name="proposal")
    label = models.CharField(max_length=12, choices=[(d.label.value, d.name) for d in LABEL_BY_VALUE.values()])
    strength = models.PositiveSmallIntegerField(null=True)
    reason = models.CharField(max_length=12, blank=True, default="")
    rule = models.CharField(max_length=40)
    why = models.TextField()
    confidence = models.FloatField()
    # [start, end] or null each
    cue = models.JSONField(null=True)
    source = models.JSONField(null=True)
    content = models.JSONField(null=True)
    # How the text gives it and where it names the source, in the terms of claims.particulars; "" where nobody is named.
    mode = models.CharField(max_length=12, blank=True, default="")
    scope = models.CharField(max_length=12, blank=True, default="")
    # The route of what was said, first source first: [{"kind": "source" or "occasion", "start": …, "end": …}, …]
    chain = models.JSONField(default=list)
    reader_version = models.PositiveIntegerField()

    class Meta:
        """Only labels of the scheme."""

        constraints = (models.CheckConstraint(condition=models.Q(label__in=list(Label)), name="proposal_label"),)

    def __str__(self) -> str:
        return f"{self.label} ({self.rule})"
