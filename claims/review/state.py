"""The state of a claim as a pure function of what was done with it."""

from collections.abc import Sequence
from dataclasses import dataclass

from claims.vocabulary import ASSESSMENTS_NEEDED, STATE_NAMES, TRANSITIONS, ClaimState, Label


@dataclass(frozen=True)
class Judgement:
    """A label with what belongs to it: strength (0 to 5, None where not given or not fitting) and reason ("" none)."""

    label: Label
    strength: int | None = None
    reason: str = ""


class IllegalMove(ValueError):
    """A claim was about to move between states that no transition joins."""


def state_of(
    judgements: Sequence[Judgement],
    ruling: Judgement | None,
    needed: int = ASSESSMENTS_NEEDED,
    reopened_with: int | None = None,
) -> ClaimState:
    """Ruled when there is a ruling; disputed once labels differ; agreed when enough are equal; else on its way.

    Enough is `needed`, and after a reopening at least one more than the `reopened_with` assessments that there were:
    what a moderator doubted is not settled again by the same opinions.
    """
    if ruling is not None:
        return ClaimState.RULED
    if not judgements:
        return ClaimState.OPEN
    if len({judgement.label for judgement in judgements}) > 1:
        return ClaimState.DISPUTED
    return ClaimState.AGREED if len(judgements) >= enough(needed, reopened_with) else ClaimState.IN_REVIEW


def enough(needed: int, reopened_with: int | None) -> int:
    """How many equal labels settle a claim."""
    return needed if reopened_with is None else max(needed, reopened_with + 1)


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


def diagram() -> str:
    """The table of transitions as a Mermaid state diagram: what docs/architecture.md shows."""
    names = [f"  state {STATE_NAMES[state]!r} as {state}".replace("'", '"') for state in ClaimState]
    moves = [f"  {before} --> {after}" for before in ClaimState for after in ClaimState if after in TRANSITIONS[before]]
    return "\n".join(["stateDiagram-v2", *names, f"  [*] --> {ClaimState.OPEN}", *moves]) + "\n"
