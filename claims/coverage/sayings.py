"""Claims as a story's matrix tells them: the settled label with strength, reason and root, and else that it is open."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.contrib.auth.models import AnonymousUser

from claims.coverage.roots import first_sources
from claims.models import Claim, User
from claims.text.hedges import hedge_in
from claims.vocabulary import LABEL_BY_VALUE, REASONS, SETTLED, STATE_NAMES, Label, Reason

# A reason in the few words that a cell has room for.
_SHORT: Final = {Reason.HEDGE: "hedge only"}
# What is read of a claim.
NEEDED: Final = (
    *("article", "start", "exact", "status__state"),
    *("status__settled_label", "status__settled_strength", "status__settled_reason"),
)


@dataclass(frozen=True)
class Saying:
    """A claim, and what is settled of it: `label` is empty until it is, `state` what the viewer may know before."""

    claim: Claim
    state: str
    label: str = ""
    strength: int | None = None
    reason: str = ""
    roots: tuple[str, ...] = ()

    @property
    def key(self) -> UUID:
        """The claim's key."""
        return self.claim.pk

    @property
    def letter(self) -> str:
        """The settled label's letter, "" where nothing is settled."""
        return LABEL_BY_VALUE[Label(self.label)].letter if self.label else ""

    @property
    def root(self) -> str:
        """Whom it is settled to come from: several where reviewers name several, "" where nobody is named."""
        return " / ".join(self.roots)

    @property
    def hedge(self) -> str:
        """The word with which the text keeps its distance ("reportedly"), "" where none stands in the claim."""
        return hedge_in(self.claim.exact)

    @property
    def short(self) -> str:
        """What stands beside the letter: "4 Pashinyan", "bare, “reportedly”"; before it is settled its state."""
        if not self.label:
            return STATE_NAMES[self.state]
        if self.label == Label.SOURCED:
            told = " ".join(filter(None, [_number(self.strength), self.root])) or "sourced"
        elif self.reason:
            told = _SHORT.get(Reason(self.reason), self.reason)
        else:
            told = LABEL_BY_VALUE[Label(self.label)].name.lower()
        return f"{told}, “{self.hedge}”" if self.hedge else told

    @property
    def words(self) -> str:
        """All that is settled, in words: "sourced, strength 4 of 5: Pashinyan"."""
        if not self.label:
            return f"not settled: {STATE_NAMES[self.state]}"
        strength = "" if self.strength is None else f", strength {self.strength} of 5"
        why = self.root or (REASONS[Reason(self.reason)].partition(":")[0] if self.reason else "")
        hedged = f"; hedged by “{self.hedge}”" if self.hedge else ""
        return LABEL_BY_VALUE[Label(self.label)].name.lower() + strength + (f": {why}" if why else "") + hedged


def _number(strength: int | None) -> str:
    return "" if strength is None else str(strength)


def sayings_of(keys: Iterable[UUID], viewer: User | AnonymousUser) -> dict[UUID, Saying]:
    """These claims as the viewer may know them, by key, those in work alone. Two queries, however many there are."""
    seen = Claim.objects.visible_to(viewer).in_work().filter(pk__in=list(keys))
    return told(seen.select_related("status").only(*NEEDED))


def told(claims: Iterable[Claim]) -> dict[UUID, Saying]:
    """Claims that were read with their statuses by `visible_to`, by key. One query for their roots."""
    listed = list(claims)
    roots = first_sources(claim.pk for claim in listed if claim.status.settled_label == Label.SOURCED)
    return {claim.pk: _saying(claim, tuple(root.name for root in roots.get(claim.pk, ()))) for claim in listed}


def _saying(claim: Claim, roots: tuple[str, ...]) -> Saying:
    status = claim.status
    if status.state not in SETTLED:
        return Saying(claim, claim.seen_state)  # type: ignore[attr-defined]  # annotated by visible_to
    return Saying(claim, status.state, status.settled_label, status.settled_strength, status.settled_reason, roots)
