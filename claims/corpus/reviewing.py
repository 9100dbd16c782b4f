"""What generated reviewers find of generated claims, and where that brings each claim."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from claims.corpus.chance import Chance
from claims.corpus.stories import Sentence
from claims.review.state import Judgement, settled_by, state_of
from claims.vocabulary import SETTLED, STRENGTHS_OF, ClaimState, Label, Reason

# How often a reviewer finds what is true, and what they take for it otherwise.
_RIGHT: Final = 0.88
_TAKEN_FOR: Final = {
    Label.SOURCED: (Label.UNSOURCED,),
    Label.UNSOURCED: (Label.SOURCED, Label.OPINION, Label.SOURCED),
    Label.OPINION: (Label.UNSOURCED,),
    Label.NOT_A_CLAIM: (Label.UNSOURCED, Label.OPINION),
}
_LEFT_OPEN: Final = 0.12
_GOES_ON: Final = 0.85
_DISPUTE_RULED: Final = 0.5
_AGREED_RULED: Final = 0.02
_STRENGTH_GIVEN: Final = 0.7
_REASON_GIVEN: Final = 0.6
_ATTRIBUTED: Final = 0.25


@dataclass(frozen=True, slots=True)
class Given:
    """A judgement of one reviewer, who is numbered, and when it was given."""

    reviewer: int
    judgement: Judgement
    at: datetime


@dataclass(slots=True)
class Work:
    """All that was done with one claim, and where that brought it; `ruled` names the moderator by number.

    `writes` counts the deeds, as the claim's version does; `attributed` is a reviewer who said where it comes from.
    """

    given: tuple[Given, ...] = ()
    ruling: Given | None = None
    attributed: int | None = None
    state: ClaimState = ClaimState.OPEN
    settled: Judgement | None = None
    settled_at: datetime | None = None
    writes: int = 0

    @property
    def decided(self) -> tuple[Label, datetime] | None:
        """The desk's label and since when; None where there is none, or those who judged differ."""
        if self.settled is not None and self.settled_at is not None:
            return self.settled.label, self.settled_at
        labels = {one.judgement.label for one in self.given}
        return (labels.pop(), max(one.at for one in self.given)) if len(labels) == 1 else None


NO_WORK: Final = Work()


def work_on(
    sentence: Sentence, chance: Chance, reviewers: Sequence[int], moderator: int, needed: int, begun: datetime
) -> Work:
    """What these reviewers find of one sentence, each on their own, until `needed` equal labels settle it."""
    if chance.happens(_LEFT_OPEN):
        return NO_WORK
    given: list[Given] = []
    for reviewer in reviewers[:needed]:
        if given and not chance.happens(_GOES_ON):
            break
        at = begun + timedelta(hours=30 * len(given), seconds=chance.below(80_000))
        given.append(Given(reviewer, _found(sentence, chance), at))
    judgements = [one.judgement for one in given]
    state = state_of(judgements, None, needed)
    work = Work(tuple(given), state=state, writes=len(given))
    if state in SETTLED:
        work.settled, work.settled_at = settled_by(judgements, None), given[-1].at
    share = {ClaimState.DISPUTED: _DISPUTE_RULED, ClaimState.AGREED: _AGREED_RULED}.get(state, 0)
    if share and chance.happens(share):
        _rule(work, sentence, moderator, given[-1].at + timedelta(hours=chance.between(20, 400)))
    if given[0].judgement.label is Label.SOURCED and sentence.speaker and chance.happens(_ATTRIBUTED):
        work.attributed, work.writes = given[0].reviewer, work.writes + 1
    return work


def _found(sentence: Sentence, chance: Chance) -> Judgement:
    label = sentence.label if chance.happens(_RIGHT) else chance.pick(_TAKEN_FOR[sentence.label])
    fitting = STRENGTHS_OF[label]
    strength = sentence.strength if sentence.strength in fitting else next(iter(fitting), None)
    if not chance.happens(_STRENGTH_GIVEN):
        strength = None
    reason = ""
    if label is Label.UNSOURCED and chance.happens(_REASON_GIVEN):
        reason = sentence.reason or Reason.BARE.value
    return Judgement(label, strength, reason)


def _rule(work: Work, sentence: Sentence, moderator: int, at: datetime) -> None:
    """The moderator knows what is true. A claim that was settled before keeps the time of that, as the room does it."""
    strength = sentence.strength if sentence.strength in STRENGTHS_OF[sentence.label] else None
    judgement = Judgement(sentence.label, strength, sentence.reason)
    work.ruling = Given(moderator, judgement, at)
    work.state = state_of([one.judgement for one in work.given], judgement)
    was = work.settled
    work.settled = settled_by([], judgement)
    if was is None or was.label == Label.NOT_A_CLAIM:
        work.settled_at = at
    work.writes += 1
