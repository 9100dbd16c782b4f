"""How people do against known answers. What counts is the first label that they gave, from the event log.

Who looks an answer up can change their label, and that is shown; what they said first it cannot change.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from uuid import UUID

from django.db.models import Exists, OuterRef

from claims.models import Assessment, Calibration, Claim, Event, User
from claims.vocabulary import EventKind, Label

# A page looks at the newest known answers.
MOST_ITEMS: Final = 200
_OF_LABELS: Final = (EventKind.CLAIM_ASSESSED, EventKind.ASSESSMENT_RETRACTED)


class Verdict(StrEnum):
    """How a first label stands to the known answer."""

    RIGHT = "right"
    STRENGTH_OFF = "strength_off"
    WRONG = "wrong"


@dataclass(frozen=True)
class First:
    """What somebody said of a claim first. `strength` is the first that they gave with that label, None for none yet.

    `number` is that of the event of the label.
    """

    claim: UUID
    reviewer: int
    number: int
    label: str
    strength: int | None
    reason: str


@dataclass(frozen=True)
class Answer:
    """One person's first label of a calibration item, with the claim, the known answer, and what they say now.

    `now` is "" where they took their label back.
    """

    first: First
    known: Calibration
    now: str

    @property
    def verdict(self) -> Verdict:
        """Right, right but for the strength, or wrong. A strength that was not given is not wrong."""
        if self.first.label != self.known.label:
            return Verdict.WRONG
        given, right = self.first.strength, self.known.strength
        return Verdict.RIGHT if given is None or right is None or given == right else Verdict.STRENGTH_OFF

    @property
    def changed(self) -> bool:
        """Whether they say something else by now."""
        return self.now != self.first.label

    @property
    def is_strength_open(self) -> bool:
        """Whether they can still give a strength that counts: until then they are not shown the right one."""
        return self.first.label == self.known.label and self.first.strength is None and self.known.strength is not None


@dataclass(frozen=True)
class Score:
    """How many answers were right, right but for the strength, and wrong."""

    right: int
    strength_off: int
    wrong: int

    @property
    def answered(self) -> int:
        """All of them."""
        return self.right + self.strength_off + self.wrong


def own_answers(viewer: User) -> list[Answer]:
    """The viewer's answers to the items that they have answered, the newest first; three queries.

    Nothing here depends on the items that they have not answered, so that nobody learns which those are.
    """
    items = _items(viewer)
    firsts = _firsts(items, [viewer.pk])
    return sorted(_answers(items, firsts), key=lambda answer: -answer.first.number)


def all_answers(viewer: User) -> list[Answer]:
    """Everybody's answers to the newest items, for moderators; none by who set the answer themselves."""
    items = _items(viewer)
    by_setter = {(item.claim_id, item.by_id) for item in items}
    firsts = [first for first in _firsts(items) if (first.claim, first.reviewer) not in by_setter]
    return _answers(items, firsts)


def score(answers: Iterable[Answer]) -> Score:
    """How these answers stand to the known ones."""
    found = Counter(answer.verdict for answer in answers)
    return Score(found[Verdict.RIGHT], found[Verdict.STRENGTH_OFF], found[Verdict.WRONG])


def _items(viewer: User) -> list[Calibration]:
    """The newest known answers of claims that the viewer may see, with their claims."""
    # One claim after the other is asked for: as `claim__in` a database would first list every claim of the desk.
    seen = Claim.objects.visible_to(viewer).filter(pk=OuterRef("claim"))
    known = Calibration.objects.filter(Exists(seen)).select_related("claim__article__status", "by")
    return list(known.order_by("-created_at", "pk")[:MOST_ITEMS])


def _answers(items: Sequence[Calibration], firsts: Sequence[First]) -> list[Answer]:
    given = Assessment.objects.filter(claim__in=[first.claim for first in firsts])
    now = {(claim, who): label for claim, who, label in given.values_list("claim", "reviewer", "label")}
    known = {item.claim_id: item for item in items}
    return [Answer(first, known[first.claim], now.get((first.claim, first.reviewer), "")) for first in firsts]


def _firsts(items: Sequence[Calibration], reviewers: Sequence[int] = ()) -> list[First]:
    """What these people, or all, said first of each item; one query."""
    events = Event.objects.filter(
        target_type="claim", target_id__in=[str(item.claim_id) for item in items], kind__in=_OF_LABELS
    )
    if reviewers:
        events = events.filter(by__in=reviewers)
    by_person: dict[tuple[str, int], list[Event]] = defaultdict(list)
    for event in events.order_by("number").only("number", "target_id", "by_id", "kind", "after"):
        if event.by_id is not None:
            by_person[event.target_id, event.by_id].append(event)
    return [_first(UUID(claim), who, told) for (claim, who), told in by_person.items()]


def _first(claim: UUID, reviewer: int, told: Sequence[Event]) -> First:
    """What the first of these events says; its strength may come with a later one, as long as the label stays."""
    said = told[0].after or {}
    strength, reason = said.get("strength"), said.get("reason", "")
    for event in told[1:]:
        later = event.after or {}
        if later.get("label") != said.get("label"):
            break
        strength = later.get("strength") if strength is None else strength
        reason = reason or later.get("reason", "")
    return First(claim, reviewer, told[0].number, str(Label(said["label"])), strength, reason)
