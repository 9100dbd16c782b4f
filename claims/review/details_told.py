"""The events about a claim's evidence, times and verdict as sentences of its history."""

from collections.abc import Callable
from typing import Any, Final

from claims.particulars import STANCE_NAMES, TIME_KIND_NAMES, Stance, TimeKind
from claims.review.verdicts import sentence_of
from claims.text.addresses import host_words
from claims.text.edtf import words
from claims.vocabulary import EventKind

Said = dict[str, Any]


def details_told(kind: EventKind, before: Said, after: Said) -> str:
    """What the event did, in the words of the desk; "" for an event about something else."""
    tell = _TOLD.get(kind)
    return tell(before, after) if tell else ""


def _evidence(deed: str) -> Callable[[Said, Said], str]:
    def tell(before: Said, after: Said) -> str:
        return f"{deed} evidence from {host_words(after['url'])}, which {STANCE_NAMES[Stance(after['stance'])]}"

    return tell


def _dated(before: Said, after: Said) -> str:
    which = TIME_KIND_NAMES[TimeKind(after["kind"])].lower()
    was = f", before {words(before['value']) or 'nobody said'}" if before and before["value"] != after["value"] else ""
    return f"dated the claim ({which}): {words(after['value']) or 'taken back'}{was}"


_TOLD: Final[dict[EventKind, Callable[[Said, Said], str]]] = {
    EventKind.EVIDENCE_ADDED: _evidence("added"),
    EventKind.EVIDENCE_CHANGED: _evidence("changed"),
    EventKind.EVIDENCE_REMOVED: _evidence("removed"),
    EventKind.EVIDENCE_RESTORED: _evidence("restored"),
    EventKind.CLAIM_DATED: _dated,
    EventKind.VERDICT_GIVEN: sentence_of,
    EventKind.VERDICT_TAKEN_BACK: sentence_of,
}
