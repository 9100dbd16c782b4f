"""How much checking a claim is worth: a few signs in its words and in what the first pass proposes, each with its name.

It orders the queue and nothing else: it is no judgement, and nobody is shown it as one.
"""

import re
from dataclasses import dataclass
from typing import Final

from claims.text.reading import Proposal
from claims.vocabulary import Label, Reason

MOST: Final = 9
# What nothing can settle, or everybody knows, comes last whatever its words.
MOST_FOR_OPINION: Final = 1
MOST_FOR_BACKGROUND: Final = 2
UNSURE_BELOW: Final = 0.7

_WORD: Final = re.compile(r"\w+")


def _words(words: str) -> frozenset[str]:
    return frozenset(words.split())


FIGURES: Final = _words(
    "hundred hundreds thousand thousands million millions billion billions trillion percent dozen dozens "
    "half quarter double doubled triple tripled majority"
)
DATES: Final = _words(
    "monday tuesday wednesday thursday friday saturday sunday january february march april june july august "
    "september october november december yesterday today tomorrow"
)
HARM: Final = _words(
    "accused accuses accusing alleged allegedly attack attacks attacked attacking blamed bombed bribe bribed bribery "
    "casualties conspired corrupt corruption crime crimes criminal dead death deaths destroyed died drone drones "
    "embezzled explosion fraud fraudulent genocide guilty harassed illegal illegally injured invade invaded invading "
    "invasion kidnapped kill killed killing killings looted massacre missile missiles murder murdered poisoned raped "
    "sabotage shelled shot smuggled spy spying steal stole stolen terrorism terrorist terrorists torture tortured "
    "violated violation violations war wounded"
)
PREDICTIONS: Final = _words(
    "will shall forecast forecasts predict predicts predicted expected expects likely unlikely plans planning "
    "planned poised prepares preparing set intends threatens threatening soon imminent"
)
ACTS: Final = _words(
    "agreed annexed announced approved arrested banned bought charged closed convicted cut deployed dismissed elected "
    "expelled fined fired froze imposed jailed joined launched left moved ordered ousted passed paid quit ratified "
    "refused rejected resigned sanctioned sent sentenced signed sold sued suspended voted vetoed withdrew won"
)


@dataclass(frozen=True)
class Worth:
    """How much checking a claim is worth, 0 to 9, and why, in words."""

    points: int
    reasons: tuple[str, ...]


def worth_of(exact: str, proposal: Proposal) -> Worth:
    """Weigh one claim's words and its proposal; the time grows with the words' number and no faster."""
    words = _WORD.findall(exact)
    lower = {word.lower() for word in words}
    unsourced = proposal.label == Label.UNSOURCED
    signs = (
        (2, any(word[0].isdecimal() for word in words) or lower & FIGURES, "it gives figures"),
        (1, lower & DATES, "it says when"),
        (2, lower & HARM, "it speaks of harm or guilt"),
        (1, lower & PREDICTIONS, "it says what will happen"),
        (1, lower & ACTS and any(word[0].isupper() for word in words[1:]), "it says what somebody named did"),
        (2, unsourced, "the first pass found no source"),
        (1, proposal.confidence < UNSURE_BELOW, "the first pass was not sure"),
    )
    found = [(points, why) for points, is_there, why in signs if is_there]
    most, why_low = _most(proposal)
    points = sum(points for points, _ in found)
    reasons = [why for _, why in found] + [why_low] * (points > most and bool(why_low))
    return Worth(min(points, most), tuple(reasons))


def _most(proposal: Proposal) -> tuple[int, str]:
    if proposal.label == Label.OPINION:
        return MOST_FOR_OPINION, "but it reads as opinion"
    if proposal.label == Label.NOT_A_CLAIM:
        return MOST_FOR_OPINION, "but it states nothing"
    if proposal.reason == Reason.BACKGROUND:
        return MOST_FOR_BACKGROUND, "but it reads as background"
    return MOST, ""
