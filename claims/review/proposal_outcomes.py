"""What becomes of proposals is kept with the claims' states: a step of the verbs that judge and draw claims.

A proposal is never an assessment. Here it is the other way round: what people decided is held against it.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Final
from uuid import UUID

from claims.models import Assessment, Claim, ClaimStatus, Proposal, ProposalOutcome
from claims.vocabulary import Aside

# The judgement of a claim that was given other borders went on with what took its place; a hidden one is no work.
NOT_COUNTED: Final = frozenset({Aside.HIDDEN.value, Aside.REDRAWN.value})
_KEPT: Final = ("rule", "outlet", "proposed", "decided", "accepted", "decided_at")


def note_outcome(claim: Claim, given: Iterable[Assessment]) -> None:
    """Keep whether the claim's proposal was accepted, as its status and its assessments stand now. Two queries."""
    _keep([claim.status], {claim.pk: list(given)})


def note_outcomes(claims: Iterable[UUID]) -> None:
    """The same for several claims, by what is stored of them. Four queries, one of them where nothing is decided."""
    statuses = list(ClaimStatus.objects.filter(pk__in=list(claims)).order_by("pk"))
    given: dict[UUID, list[Assessment]] = defaultdict(list)
    for assessment in Assessment.objects.filter(claim__in=[status.pk for status in statuses]).order_by("pk"):
        given[assessment.claim_id].append(assessment)
    _keep(statuses, given)


def _keep(statuses: Sequence[ClaimStatus], given: dict[UUID, list[Assessment]]) -> None:
    decisions = {status.pk: _decision(status, given.get(status.pk, [])) for status in statuses}
    decided = {key: decision for key, decision in decisions.items() if decision}
    if len(decided) < len(decisions):
        ProposalOutcome.objects.filter(pk__in=decisions.keys() - decided.keys()).delete()
    if not decided:
        return
    proposals = Proposal.objects.filter(pk__in=list(decided))
    rows = [
        ProposalOutcome(claim_id=key, rule=rule, outlet_id=outlet, proposed=label, accepted=label == decided[key][0])
        for key, rule, label, outlet in proposals.values_list("pk", "rule", "label", "claim__article__outlet")
    ]
    for row in rows:
        row.decided, row.decided_at = decided[row.pk]
    ProposalOutcome.objects.bulk_create(rows, update_conflicts=True, unique_fields=["claim"], update_fields=_KEPT)


def _decision(status: ClaimStatus, given: Sequence[Assessment]) -> tuple[str, Any] | None:
    """The desk's label and since when; None where there is none yet, or where blind labels differ.

    Who saw others' labels first tells nothing of their own about the proposal, unless that settled the claim.
    """
    if status.set_aside in NOT_COUNTED:
        return None
    if status.settled_label:
        return str(status.settled_label), status.settled_at
    blind = [assessment for assessment in given if assessment.blind]
    labels = {str(assessment.label) for assessment in blind}
    return (labels.pop(), max(one.updated_at for one in blind)) if len(labels) == 1 else None
