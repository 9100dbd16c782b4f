"""The history of a claim as a story: one sentence for each event, in the words of the desk."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db.models import Q

from claims import audit
from claims.models import Assessment, Claim, Event, Ruling, User
from claims.permissions import can_moderate, can_rule
from claims.review.assess_claim import is_closed_to
from claims.review.details_told import details_told
from claims.text.sanitise import for_editing
from claims.vocabulary import (
    LABEL_BY_VALUE,
    SETTLED,
    SKIP_REASONS,
    STATE_NAMES,
    ClaimState,
    EventKind,
    Label,
    SkipReason,
)

# The newest events of a claim that its page tells; the panel has the rest.
TOLD = 200
# What a reviewer may read of a claim that is not settled, beside what they did themselves.
ALWAYS_OPEN = (
    EventKind.CLAIM_REOPENED,
    EventKind.CLAIM_RETIRED,
    EventKind.CLAIM_HIDDEN,
    EventKind.CLAIM_RESTORED,
)
# Why a claim was hidden and brought back is what moderators tell each other.
FOR_MODERATORS = (EventKind.CLAIM_HIDDEN, EventKind.CLAIM_RESTORED)
# What moderators keep to themselves also when the claim is settled: known answers, and who asked or passed.
MODERATORS_OWN = (
    EventKind.CALIBRATION_SET,
    EventKind.CALIBRATION_ENDED,
    EventKind.CLAIM_FLAGGED,
    EventKind.FLAG_ANSWERED,
    EventKind.CLAIM_SKIPPED,
)


@dataclass(frozen=True)
class Entry:
    """One event, told. `restores` says that the viewer could put this judgement of theirs back."""

    version: int
    at: datetime
    by: str
    blocked: bool
    sentence: str
    why: str
    restores: bool
    of_ruling: bool
    # For the form that restores it: sending it twice has one effect.
    key: UUID


@dataclass(frozen=True)
class History:
    """The newest entries, oldest first, and whether there are more before them."""

    entries: list[Entry]
    has_older: bool


def history_of(claim: Claim, viewer: User, own: Assessment | None, ruling: Ruling | None) -> History:
    """What happened to the claim as far as the viewer may know: before it is settled, reviewers read their own part.

    `own` and `ruling` are the viewer's assessment and the ruling in force: what they say already is not offered to be
    restored, nor what the viewer could not judge or rule now.
    """
    of_claim = audit.events_of(claim).select_related("by")
    moderates, settled = can_moderate(viewer), claim.status.state in SETTLED
    if not moderates:
        others = ~Q(kind__in=MODERATORS_OWN) if settled else Q(kind__in=ALWAYS_OPEN)
        of_claim = of_claim.filter(Q(by=viewer) | others)
    newest = list(of_claim[: TOLD + 1])
    in_force = {
        EventKind.CLAIM_ASSESSED: None if is_closed_to(claim, own) else (own.version if own else 0),
        EventKind.CLAIM_RULED: (ruling.version if ruling else 0) if can_rule(viewer, claim) else None,
    }
    told = [
        _entry(event, viewer, in_force, in_full=moderates or (settled and event.kind not in FOR_MODERATORS))
        for event in newest[:TOLD]
    ]
    return History(told[::-1], len(newest) > TOLD)


def _entry(event: Event, viewer: User, in_force: dict[EventKind, int | None], *, in_full: bool) -> Entry:
    """`in_force` has the version of the judgement that stands for each kind that can be restored now."""
    kind = EventKind(event.kind)
    stands = in_force.get(kind)
    theirs = kind == EventKind.CLAIM_RULED or event.by_id == viewer.pk
    restores = theirs and stands is not None and (event.after or {}).get("version") != stands
    return Entry(
        version=int((event.after or {}).get("version") or 0),
        at=event.at,
        by=event.by.username if event.by else "a reader",
        blocked=bool(event.by and not event.by.is_active),
        sentence=_sentence(kind, event.before or {}, event.after or {}, in_full=in_full),
        why=_why(kind, event.reason) if in_full or event.by_id == viewer.pk else "",
        restores=restores,
        of_ruling=kind == EventKind.CLAIM_RULED,
        key=uuid4(),
    )


def _why(kind: EventKind, reason: str) -> str:
    """The reason as it was said; reviewers read it once the claim is settled, and of hiding and restoring never."""
    if kind == EventKind.CLAIM_SKIPPED and reason in set(SkipReason):
        return SKIP_REASONS[SkipReason(reason)]
    return for_editing(reason)


def _sentence(kind: EventKind, before: dict[str, Any], after: dict[str, Any], *, in_full: bool) -> str:
    if told := details_told(kind, before, after):
        return told
    match kind:
        case EventKind.CLAIM_ASSESSED:
            return _assessed(before, after) + (_brought(after) if in_full else "")
        case EventKind.ASSESSMENT_RETRACTED:
            return f"took back the label {_judged(before)}" + (_brought(after) if in_full else "")
        case EventKind.CLAIM_RULED if before:
            return f"ruled anew: {_judged(after)}, where the ruling was {_judged(before)}"
        case EventKind.CLAIM_RULED:
            return f"ruled: {_judged(after)}"
        case EventKind.CLAIM_REOPENED if in_full:
            return f"reopened the claim, which was {STATE_NAMES[before['state']]} as {_judged(before)}"
        case EventKind.CLAIM_RETIRED:
            return f"retired the claim in favour of {len(after['parts'])} part{'s' * (len(after['parts']) != 1)}"
        case EventKind.CLAIM_REDRAWN:
            return _redrawn(before, after)
        case EventKind.CLAIM_AGREED:
            return f"set how many labels settle it to {after['needed']}, so that it is agreed: {_judged(after)}"
        case EventKind.CLAIM_RESTATED:
            return _restated(before, after)
        case EventKind.CLAIM_MOVED:
            return "moved it along with the changed text" + ("; its words changed" if after.get("reworded") else "")
        case EventKind.CLAIM_PLACED:
            return "said where it went in the changed text" + ("; its words changed" if after.get("reworded") else "")
        case EventKind.CLAIM_HIDDEN if before.get("set_aside"):
            return "said that it is gone from the changed text"
        case EventKind.CLAIM_RESTORED:
            return f"brought the claim back, which was {before['set_aside']}"
    return _PLAIN.get(kind, str(kind))


_PLAIN = {
    EventKind.CLAIM_REOPENED: "reopened the claim",
    EventKind.CLAIM_HIDDEN: "hid the claim",
    EventKind.CLAIM_FLAGGED: "asked a moderator to look at it",
    EventKind.FLAG_ANSWERED: "answered a flag",
    EventKind.CLAIM_SKIPPED: "passed it in the queue",
    EventKind.CLAIM_ATTRIBUTED: "said who the text says it comes from",
    EventKind.CALIBRATION_SET: "set the known answer for calibration",
    EventKind.CALIBRATION_ENDED: "took the known answer for calibration away",
    EventKind.COMMENT_WRITTEN: "wrote a comment",
    EventKind.THREAD_RESOLVED: "marked a thread as resolved",
    EventKind.THREAD_REOPENED: "took a thread up again",
    EventKind.CLAIM_ORPHANED: "did not find its words in the changed text, so it waits for its place",
    EventKind.WORDING_CONFIRMED: "confirmed that the judgements hold for its changed words",
}


def _restated(before: dict[str, Any], after: dict[str, Any]) -> str:
    """Where judgements that came in from a file brought the claim."""
    now = f"it is {STATE_NAMES[after['state']]}"
    if after["settled_label"]:
        now += f" as {LABEL_BY_VALUE[Label(after['settled_label'])].name.lower()}"
    was = f", before {STATE_NAMES[before['state']]}" if before["state"] != after["state"] else ""
    return f"brought judgements of it in from a file: {now}{was}"


def _redrawn(before: dict[str, Any], after: dict[str, Any]) -> str:
    """Which claims took its place, or which ones it took the place of."""
    if after.get("kept"):
        return "asked to draw its words anew or to unmark it, and it stayed as it is"
    if after["set_aside"]:
        count = len(after["claims"])
        took = f"{count} claim{'s' * (count != 1)} took its place"
        return f"drew its words anew: {took}" if count else "unmarked it"
    count = len(after["in_place_of"])
    instead = f" in place of {count} claim{'s' * (count != 1)}" if count else ""
    return ("brought it back" if before else "marked these words") + instead


def _assessed(before: dict[str, Any], after: dict[str, Any]) -> str:
    """What an assessment changed: nothing is repeated that stayed as it was."""
    if not before:
        return f"labelled it {_judged(after)}" + (" and wrote a note" if after["note"] else "")
    changes = []
    if before["label"] != after["label"]:
        changes.append(f"changed the label from {_judged(before)} to {_judged(after)}")
    elif (before["strength"], before["reason"]) != (after["strength"], after["reason"]):
        changes.append(f"now says {_judged(after)}, before {_judged(before)}")
    if before["note"] != after["note"]:
        verb = "took the note away" if not after["note"] else "changed the note" if before["note"] else "wrote a note"
        changes.append(verb)
    return " and ".join(changes) or f"saved {_judged(after)} again"


def _judged(said: dict[str, Any]) -> str:
    """A judgement in a few words: “unsourced, strength 0, hedge”."""
    name = LABEL_BY_VALUE[Label(said["label"])].name.lower()
    strength = "" if said.get("strength") is None else f"strength {said['strength']}"
    return ", ".join(filter(None, [name, strength, said.get("reason") or ""]))


def _brought(after: dict[str, Any]) -> str:
    """Where the event brought the claim, where that is worth telling."""
    state = after.get("state")
    return f"; the claim is {STATE_NAMES[state]}" if state in {ClaimState.AGREED, ClaimState.DISPUTED} else ""
