"""A reviewer judges a claim, or judges it anew."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from claims import audit, receipts
from claims.models import Assessment, Claim, User
from claims.permissions import can_moderate, check_can_assess, moderators
from claims.refusals import Conflict, Gone, Outdated
from claims.review.claim_in_hand import check_in_work, check_there, checked, cleaned, given_to, hold, restate
from claims.review.notify import notify
from claims.review.seen_words import check_seen
from claims.review.state import Judgement
from claims.vocabulary import SCHEME_VERSION, SETTLED, ClaimState, EventKind, Notice


@transaction.atomic
def assess_claim(
    *,
    by: User,
    claim_id: UUID,
    judgement: Judgement,
    note: str,
    expected_version: int,
    key: UUID,
    because: str = "",
    revision_id: UUID | None = None,
) -> receipts.Outcome:
    """Store `by`'s judgement of the claim; return it as stored, with its version.

    `expected_version` is the version of one's own assessment that the page showed, 0 for none; `because` goes into the
    event; `revision_id` is the text that the page showed. Raises NotAllowed, Gone (also where the words have changed),
    Invalid, and Conflict where the assessment changed since, the claim was settled or the article is locked.
    """
    check_can_assess(by)
    judgement = checked(judgement.label, judgement.strength, judgement.reason)
    note = cleaned(note)
    claim = hold(claim_id)
    request = {"verb": "assess", "claim": claim_id, "version": expected_version, "judgement": judgement, "note": note}
    given = given_to(claim)
    own = next((assessment for assessment in given if assessment.reviewer_id == by.pk), None)
    if before := answered_before(claim, own, expected_version, by=by, key=key, request=request):
        return before
    check_seen(claim, revision_id)
    old = state(own)
    assessment = own or _new(claim, by)
    assessment = _store(assessment, judgement, note, others_seen=_has_seen(claim, given, assessment, by))
    before_state = claim.status.state
    given = given if own else [*given, assessment]
    changed_at = claim.status.text_changed_at
    if changed_at and all(one.updated_at > changed_at for one in given):
        # Whoever judged the words before has judged those of now.
        claim.status.text_changed_at = None
    restate(claim, given)
    tell_of_dispute(claim, before_state)
    after = outcome_of(assessment) | moved(claim, before_state)
    audit.record(EventKind.CLAIM_ASSESSED, by=by, target=claim, before=old, after=after, reason=because)
    return receipts.keep(by=by, key=key, request=request, outcome=outcome(claim, assessment))


def _new(claim: Claim, by: User) -> Assessment:
    version = _version_taken_back(claim, by)
    return Assessment(claim=claim, article_id=claim.article_id, reviewer=by, version=version)


def _has_seen(claim: Claim, given: list[Assessment], own: Assessment, by: User) -> bool:
    """Whether `by` may know by now what others think, or what the right answer is."""
    if claim.status.was_settled:
        return True
    # Who has judged a claim is shown its known answer, also after taking the judgement back.
    if own.version and (claim.status.calibrates or audit.newest(claim, EventKind.CALIBRATION_SET)):
        return True
    others = [other for other in given if other.reviewer_id != by.pk]
    until = by.moderated_until
    return bool(others) and (can_moderate(by) or any(until and other.created_at <= until for other in others))


def moved(claim: Claim, before: str) -> dict[str, Any]:
    """Where an assessment brought the claim, for the log; nothing where it left the claim as it was."""
    return {"state": claim.status.state} if claim.status.state != before else {}


def tell_of_dispute(claim: Claim, before: str) -> None:
    """Tell the moderators when reviewers have come to differ. Reviewers are not told: they judge blind."""
    if claim.status.state == ClaimState.DISPUTED != before:
        notify(moderators(), Notice.DISPUTED, claim=claim)


def _store(assessment: Assessment, judgement: Judgement, note: str, *, others_seen: bool) -> Assessment:
    # Who gives or changes a label when others' were shown does not judge blind; agreement leaves such labels out.
    assessment.blind = assessment.blind and (not others_seen or assessment.label == judgement.label)
    assessment.label, assessment.strength = judgement.label, judgement.strength
    assessment.reason, assessment.note = judgement.reason, note
    assessment.scheme_version = SCHEME_VERSION
    assessment.version += 1
    assessment.updated_at = timezone.now()
    assessment.save()
    return assessment


def _version_taken_back(claim: Claim, by: User) -> int:
    """The version of the assessment that `by` took back last, 0 for none: versions go on from there.

    A version that came twice would let a page of the time before take one's new label for the old one.
    """
    taken_back = audit.newest(claim, EventKind.ASSESSMENT_RETRACTED, by=by)
    return int(taken_back.before["version"]) if taken_back and taken_back.before else 0


def answered_before(
    claim: Claim, own: Assessment | None, expected_version: int, *, by: User, key: UUID, request: dict[str, Any]
) -> receipts.Outcome | None:
    """What was answered to the first copy of a request that is sent again; None where the write can go on.

    Raises Gone where the claim takes no work any more, Conflict where it is closed to `by`, or their assessment is not
    the one that the page showed.
    """
    try:
        check_there(claim)
        check_in_work(claim)
        check_open_to(claim, own)
        check_version(own, expected_version)
    except (Conflict, Gone):
        # The first copy has moved the version on, and its answer is the answer.
        if (before := receipts.answered(by=by, key=key, request=request)) is None:
            raise
        return before
    return None


def is_closed_to(claim: Claim, own: Assessment | None) -> bool:
    """Whether this reviewer can no longer judge it: its article is locked, it was ruled on, or others settled it.

    Who is not among those who agreed has seen what they think, and would not judge blind.
    """
    if claim.article.status.locked_at is not None:
        return True
    return claim.status.state == ClaimState.RULED or (claim.status.state in SETTLED and own is None)


def check_open_to(claim: Claim, own: Assessment | None) -> None:
    """Raise Conflict for a claim that is closed to this reviewer."""
    if claim.article.status.locked_at is not None:
        raise Conflict(
            "A moderator has locked this article, so its claims take no assessments for now. What you chose is still "
            "here; ask a moderator, or come back when it is unlocked.",
            outcome(claim, own),
        )
    if is_closed_to(claim, own):
        raise Conflict(
            f"This claim is settled as {claim.status.settled_label.lower().replace('_', ' ')} and takes no further "
            "assessments. If that is wrong, tell a moderator, who can rule on it.",
            outcome(claim, own),
        )


def check_version(own: Assessment | None, expected: int) -> None:
    """Raise Conflict unless one's own assessment is still the one that the page showed."""
    if (own.version if own else 0) != expected:
        raise Outdated(
            "You changed this label elsewhere since this page was loaded. Compare the two and save again to keep this "
            "one.",
            outcome_of(own),
        )


def state(assessment: Assessment | None) -> dict[str, Any] | None:
    """An assessment as the event log keeps it."""
    if assessment is None:
        return None
    return {
        "label": str(assessment.label),
        "strength": assessment.strength,
        "reason": assessment.reason,
        "note": assessment.note,
        "version": assessment.version,
    }


def outcome_of(own: Assessment | None) -> receipts.Outcome:
    """One's own assessment as the page shows it; version 0 where there is none."""
    return state(own) or {"label": "", "strength": None, "reason": "", "note": "", "version": 0}


def outcome(claim: Claim, own: Assessment | None) -> receipts.Outcome:
    """What the page is told after a write: one's own assessment, and of the claim's state only what is not blind."""
    return outcome_of(own) | {"settled": claim.status.settled_label, "closed": is_closed_to(claim, own)}
