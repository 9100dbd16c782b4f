"""What became of a claim's verdict: since when it is out of date, and its history in sentences."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from claims import audit
from claims.models import Claim, User
from claims.particulars import VERDICT_NAMES, VerdictValue
from claims.review.give_verdict import may_give_verdict
from claims.text.edtf import words
from claims.text.sanitise import for_editing
from claims.vocabulary import EventKind

# The newest verdicts that the page tells of; the panel has all events.
TOLD = 20


@dataclass(frozen=True)
class Told:
    """One verdict of the history: when, by whom, and what, in words; `why` is the explanation as it was typed."""

    at: datetime
    by: str
    sentence: str
    why: str


def verdict_history(claim: Claim, viewer: User) -> list[Told]:
    """The verdicts on a claim, newest first, as far as the viewer may read them; one query, or none."""
    if not may_give_verdict(viewer, claim):
        return []
    kinds = (EventKind.VERDICT_GIVEN, EventKind.VERDICT_TAKEN_BACK)
    events = audit.events_of(claim).filter(kind__in=kinds).select_related("by")[:TOLD]
    return [
        Told(event.at, event.by.username if event.by else "", sentence_of(event.before, event.after), _why(event.after))
        for event in events
    ]


def sentence_of(before: dict[str, Any] | None, after: dict[str, Any] | None) -> str:
    """What an event did to the verdict: "gave the verdict refuted, as of May 2023", "took back the verdict refuted"."""
    was, now = _finding(before), _finding(after)
    if not now:
        return f"took back the verdict {was}"
    return f"changed the verdict from {was} to {now}" if was else f"gave the verdict {now}"


def _finding(said: dict[str, Any] | None) -> str:
    if not said or not said.get("value"):
        return ""
    parts = [VERDICT_NAMES[VerdictValue(said["value"])]]
    parts += [f"as of {words(said['as_of'])}"] if said["as_of"] else []
    parts += [f"until {words(said['valid_until'])}"] if said["valid_until"] else []
    count = len(said["evidence"])
    parts += [f"on {count} piece{'s' * (count != 1)} of evidence"] if count else []
    return ", ".join(parts)


def _why(after: dict[str, Any] | None) -> str:
    return for_editing((after or {}).get("explanation", ""))
