"""Undo: an earlier judgement of one's own is put back, as a new event."""

from uuid import UUID

from django.db.models import Q

from claims import audit, receipts
from claims.models import Claim, Event, User
from claims.permissions import can_moderate, check_can_assess
from claims.refusals import Gone
from claims.review.assess_claim import assess_claim
from claims.review.rule_on_claim import rule_on_claim
from claims.review.state import Judgement
from claims.text.sanitise import for_editing
from claims.vocabulary import EventKind, Label


def restore_judgement(*, by: User, claim_id: UUID, number: int, expected_version: int, key: UUID) -> receipts.Outcome:
    """Judge, or rule, again as event `number` of the claim says; `expected_version` as for these verbs.

    Raises NotAllowed, Gone where there is no such event of `by`'s own assessments or of a ruling, and whatever
    assessing and ruling raise.
    """
    check_can_assess(by)
    event = _event(by, claim_id, number)
    said = event.after or {}
    judgement = Judgement(Label(said["label"]), said["strength"], said["reason"])
    because = f"Restored from version {said['version']}."
    if event.kind == EventKind.CLAIM_RULED:
        explanation = for_editing(said["explanation"])
        return rule_on_claim(
            by=by,
            claim_id=claim_id,
            judgement=judgement,
            explanation=explanation or because,
            expected_version=expected_version,
            key=key,
            because=because if explanation else "",
        )
    return assess_claim(
        by=by,
        claim_id=claim_id,
        judgement=judgement,
        note=for_editing(said["note"]),
        expected_version=expected_version,
        key=key,
        because=because,
    )


def number_of(*, by: User, claim_id: UUID, version: int, of_ruling: bool) -> int:
    """The event in which `by`'s assessment of the claim, or its ruling, got this version.

    Pages name judgements so: the numbers of events count what everybody does, also what is blind. 0 for none.
    """
    kind = EventKind.CLAIM_RULED if of_ruling else EventKind.CLAIM_ASSESSED
    found = audit.events_of(Claim(pk=claim_id)).filter(kind=kind, after__version=version)
    event = (found if of_ruling else found.filter(by=by)).first()
    return event.number if event else 0


def _event(by: User, claim_id: UUID, number: int) -> Event:
    theirs = Q(kind=EventKind.CLAIM_ASSESSED, by=by)
    if can_moderate(by):
        theirs |= Q(kind=EventKind.CLAIM_RULED)
    event = audit.events_of(Claim(pk=claim_id)).filter(theirs, number=number).first()
    if event is None:
        raise Gone("There is no such judgement of yours in the history of this claim.")
    return event
