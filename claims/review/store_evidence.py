"""The step that adding and changing evidence share: the row is written."""

from dataclasses import asdict

from django.utils import timezone

from claims.models import Evidence
from claims.review.given_evidence import Given


def store(evidence: Evidence, given: Given) -> Evidence:
    """Write what was given, as the next version."""
    for name, value in asdict(given).items():
        setattr(evidence, name, value)
    if not evidence._state.adding:
        evidence.version += 1
    evidence.updated_at = timezone.now()
    evidence.save()
    return evidence
