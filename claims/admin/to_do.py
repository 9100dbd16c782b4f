"""What waits for a moderator, counted up to a cap."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from claims.models import ClaimStatus, CorrectionRequest
from claims.vocabulary import ClaimState

CAP = 1_000


@dataclass(frozen=True)
class Waiting:
    """One kind of work, how much of it there is, and the list that shows it."""

    name: str
    count: str
    url: str


def to_do() -> list[Waiting]:
    """Claims that reviewers differ about, and readers who wait for an answer."""
    disputed = ClaimStatus.objects.filter(state=ClaimState.DISPUTED)
    unanswered = CorrectionRequest.objects.filter(answered_at__isnull=True)
    return [
        Waiting("Disputed claims", _count(disputed), f"{reverse('admin:claims_claim_changelist')}?state=disputed"),
        Waiting(
            "Correction requests without an answer",
            _count(unanswered),
            f"{reverse('admin:claims_correctionrequest_changelist')}?answered=no",
        ),
    ]


def _count(rows: QuerySet[Any]) -> str:
    found = rows.values("pk")[: CAP + 1].count()
    return f"{CAP:,}+" if found > CAP else f"{found:,}"
