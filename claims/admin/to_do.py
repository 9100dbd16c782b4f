"""What waits for a moderator, counted up to a cap."""

from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse

from claims.admin.lists import counted
from claims.models import ClaimStatus, CorrectionRequest, Flag, Link
from claims.relations import LinkState
from claims.vocabulary import Aside, ClaimState


@dataclass(frozen=True)
class Waiting:
    """One kind of work, how much of it there is, and the list that shows it."""

    name: str
    count: str
    url: str


def to_do() -> list[Waiting]:
    """Claims and links that reviewers differ about, flags and readers that wait, and what is hidden for now."""
    disputed = ClaimStatus.objects.filter(state=ClaimState.DISPUTED, set_aside="")
    links = Link.objects.in_work().filter(state=LinkState.DISPUTED)
    flags = Flag.objects.filter(answered_at=None)
    # Both conditions, because the index holds only what is set aside.
    hidden = ClaimStatus.objects.filter(~Q(set_aside=""), set_aside=Aside.HIDDEN)
    unanswered = CorrectionRequest.objects.filter(answered_at__isnull=True)
    return [
        Waiting("Disputed claims", counted(disputed), f"{_list('claim')}?state=disputed&aside=work"),
        Waiting("Disputed links", counted(links), f"{_list('link')}?state=disputed&aside=work"),
        Waiting("Flags without an answer", counted(flags), f"{_list('flag')}?answered=no"),
        Waiting("Hidden claims", counted(hidden), f"{_list('claim')}?aside=hidden"),
        Waiting(
            "Correction requests without an answer",
            counted(unanswered),
            f"{_list('correctionrequest')}?answered=no",
        ),
    ]


def _list(noun: str) -> str:
    return reverse(f"admin:claims_{noun}_changelist")
