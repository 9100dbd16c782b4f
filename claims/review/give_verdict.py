"""Somebody of the desk says whether a claim holds, and takes that back: apart from where the claim comes from."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from claims import audit, receipts
from claims.models import Claim, Evidence, User, Verdict
from claims.particulars import VerdictValue
from claims.permissions import can_moderate, check_can_assess
from claims.refusals import Conflict, Gone, Invalid, NotAllowed, Outdated
from claims.review.claim_in_hand import cleaned, touch
from claims.review.in_view import check_takes_details, given_time, in_view
from claims.vocabulary import SETTLED, EventKind

# Pieces of evidence that one verdict can rest on.
MOST_PICKED = 50
ENDS = ("day", "month", "year")


@dataclass(frozen=True)
class Finding:
    """What a verdict says. `as_of` and `valid_until` are times as in claims.text.edtf, "" where not stated."""

    value: str
    explanation: str
    as_of: str = ""
    valid_until: str = ""


@transaction.atomic
def give_verdict(
    *, by: User, claim_id: UUID, finding: Finding, evidence: Iterable[UUID], expected_version: int, key: UUID
) -> receipts.Outcome:
    """Store the verdict, or another in its place; `evidence` are the pieces at this claim that it rests on.

    Reviewers give verdicts on settled claims, moderators at any time. `expected_version` is the one that the page
    showed, 0 for none. Raises NotAllowed, Invalid (an explanation is needed), Gone where `by` cannot see the claim or a
    piece of evidence or the claim is out of work, and Conflict where the verdict changed since or the article is
    locked.
    """
    check_can_assess(by)
    finding, picked = _checked(finding), sorted(set(evidence))
    claim = in_view(by, claim_id)
    request = {"verb": "verdict", "claim": claim_id, "finding": finding, "on": picked, "version": expected_version}
    if before := receipts.answered(by=by, key=key, request=request):
        return before
    verdict = _in_hand(claim, by, expected_version)
    rests_on = _picked(claim, picked, by)
    old = state(verdict) if verdict else None
    verdict = _store(verdict or Verdict(claim=claim, version=0), by, finding, rests_on)
    touch(claim)
    audit.record(EventKind.VERDICT_GIVEN, by=by, target=claim, before=old, after=state(verdict))
    return receipts.keep(by=by, key=key, request=request, outcome=state(verdict))


@transaction.atomic
def take_verdict_back(*, by: User, claim_id: UUID, expected_version: int, key: UUID) -> receipts.Outcome:
    """Leave the claim without a verdict; the history keeps it. Who may, and the refusals, are as for `give_verdict`."""
    check_can_assess(by)
    claim = in_view(by, claim_id)
    request = {"verb": "take-back-verdict", "claim": claim_id, "version": expected_version}
    if before := receipts.answered(by=by, key=key, request=request):
        return before
    verdict = _in_hand(claim, by, expected_version)
    if verdict is None or not verdict.value:
        raise Conflict("There is no verdict on this claim that could be taken back.", said(verdict))
    old = state(verdict)
    _store(verdict, by, Finding("", ""), [])
    touch(claim)
    audit.record(EventKind.VERDICT_TAKEN_BACK, by=by, target=claim, before=old, after=state(verdict))
    return receipts.keep(by=by, key=key, request=request, outcome=state(verdict))


def may_give_verdict(viewer: User, claim: Claim) -> bool:
    """Whether the viewer may say whether this claim holds: a reviewer once it is settled, a moderator at any time."""
    return can_moderate(viewer) or claim.status.state in SETTLED


def _checked(finding: Finding) -> Finding:
    """The finding as it is stored. Raises Invalid with what to change."""
    if finding.value not in set(VerdictValue):
        raise Invalid("Choose one of the verdicts: supported, refuted, conflicting, not enough evidence, outdated.")
    explanation = cleaned(finding.explanation.strip())
    if not explanation:
        raise Invalid("Say in a sentence what the verdict rests on: readers see it beside the claim.")
    as_of = given_time("As of", finding.as_of) if finding.as_of.strip() else None
    until = given_time("Valid until", finding.valid_until) if finding.valid_until.strip() else None
    if until and (until.kind not in ENDS or until.uncertain):
        raise Invalid("Valid until: give a day, a month or a year without a mark behind it, or leave it empty.")
    if as_of and until and as_of.earliest and until.latest and until.latest <= as_of.earliest:
        raise Invalid("Valid until: that is not after the time as of which the verdict is given. Correct one of them.")
    return Finding(finding.value, explanation, as_of.value if as_of else "", until.value if until else "")


def _in_hand(claim: Claim, by: User, expected_version: int) -> Verdict | None:
    """The verdict there is, None for none. Raises NotAllowed, Gone and Conflict where `by` cannot change it now.

    Whether the claim is settled is looked at first: the version of a moderator's verdict on one that is not would tell
    that there is one.
    """
    check_takes_details(claim)
    if not may_give_verdict(by, claim):
        raise NotAllowed(
            "This claim is not settled yet, and until then only a moderator may say whether it holds. What you typed "
            "is still here; come back when it is settled."
        )
    verdict = Verdict.objects.filter(claim=claim).first()
    if (verdict.version if verdict else 0) != expected_version:
        raise Outdated(
            "Another verdict was given since this page was loaded. Compare the two and save again to keep this one.",
            said(verdict),
        )
    return verdict


def _picked(claim: Claim, ids: list[UUID], by: User) -> list[Evidence]:
    """These pieces of evidence. Raises Gone with the same words for one that is not there and one not to be seen."""
    if len(ids) > MOST_PICKED:
        raise Invalid(
            f"A verdict can rest on {MOST_PICKED} pieces of evidence, and you chose {len(ids)}: leave some out."
        )
    found = list(Evidence.objects.visible_to(by).in_force().filter(claim=claim, pk__in=ids))
    if len(found) != len(ids):
        raise Gone(
            "A piece of evidence that you chose is not at this claim any more. Look at the list and choose again."
        )
    return found


def _store(verdict: Verdict, by: User, finding: Finding, rests_on: list[Evidence]) -> Verdict:
    verdict.value, verdict.explanation = finding.value, finding.explanation
    verdict.as_of, verdict.valid_until = finding.as_of, finding.valid_until
    verdict.by, verdict.updated_at = by, timezone.now()
    verdict.version += 1
    verdict.save()
    verdict.evidence.set(rests_on)
    return verdict


def said(verdict: Verdict | None) -> dict[str, Any]:
    """A verdict as a conflict shows it; version 0 where there is none."""
    return state(verdict) if verdict else {"value": "", "explanation": "", "version": 0}


def state(verdict: Verdict) -> dict[str, Any]:
    """A verdict as the event log and a receipt keep it."""
    return {
        "value": str(verdict.value),
        "explanation": verdict.explanation,
        "as_of": verdict.as_of,
        "valid_until": verdict.valid_until,
        "evidence": sorted(str(one.pk) for one in verdict.evidence.all()),
        "version": verdict.version,
    }
