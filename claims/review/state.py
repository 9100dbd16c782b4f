"""The state of a claim as a pure function of what was done with it."""

from collections.abc import Sequence
from dataclasses import dataclass

from claims.vocabulary import ASSESSMENTS_NEEDED, TRANSITIONS, ClaimState, Label


@dataclass(frozen=True)
class Judgement:
    """A label with what belongs to it: strength (0 to 5, None where not given or not fitting) and reason ("" none)."""

    label: Label
    strength: int | None = None
    reason: str = ""


class IllegalMove(ValueError):
    """A claim was about to move between states that no transition joins."""


def state_of(judgements: Sequence[Judgement], ruling: Judgement | None, needed: int = ASSESSMENTS_NEEDED) -> ClaimState:
    """Ruled when there is a ruling; disputed once labels differ; agreed when enough are equal; else on its way."""
    if ruling is not None:
        return ClaimState.RULED
    if not judgements:
        return ClaimState.OPEN
    if len({judgement.label for judgement in judgements}) > 1:
        return ClaimState.DISPUTED
    return ClaimState.AGREED if len(judgements) >= needed else ClaimState.IN_REVIEW


def settled_by(judgements: Sequence[Judgement], ruling: Judgement | None) -> Judgement:
    """What a settled claim is settled as: the ruling, else the agreed label with the lowest strength given.

    The reason is kept where all who gave one gave the same.
    """
    if ruling is not None:
        return ruling
    strengths = [judgement.strength for judgement in judgements if judgement.strength is not None]
    reasons = {judgement.reason for judgement in judgements if judgement.reason}
    return Judgement(judgements[0].label, min(strengths, default=None), reasons.pop() if len(reasons) == 1 else "")


def check_move(before: ClaimState, after: ClaimState) -> None:
    """Raise IllegalMove unless the table of transitions has this move; staying is always legal."""
    if before != after and after not in TRANSITIONS[before]:
        raise IllegalMove(f"A claim cannot go from {before} to {after}.")
