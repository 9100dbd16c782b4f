"""A claim as it is shown beside another: in its paragraph, with what is known of its article, its label, its times."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db.models import F
from django.db.models.functions import Greatest, Least, Substr

from claims.coverage.claim_times import ClaimTimes, times_of
from claims.filters import SEEN_STRENGTH
from claims.models import Claim, User
from claims.text.edtf import Time, words
from claims.vocabulary import LABEL_BY_VALUE, Label, LabelDefinition
from claims.web.times_form import published_of

# So many code points on each side are looked at for the rest of the claim's paragraph.
REACH: Final = 360


@dataclass(frozen=True)
class Side:
    """One claim: the words before and after it in its paragraph, its label as the viewer may know it, its times."""

    claim: Claim
    before: str
    after: str
    label: LabelDefinition | None
    is_own: bool
    strength: int | None
    times: ClaimTimes

    @property
    def letter(self) -> str:
        """The classes of its tag."""
        return self.label.letter if self.label else "none"

    @property
    def published(self) -> str:
        """The day that its article states for its publication, in words; "" where it states none."""
        stated, _ = published_of(self.claim)
        return words(stated) if stated else ""

    @property
    def event(self) -> str:
        """When it happened, in words; "" where nobody has said."""
        return _in_words(self.times.event)

    @property
    def as_of(self) -> str:
        """As of when it was said to hold, in words; "" where nobody has said."""
        return _in_words(self.times.as_of)


def sides_of(keys: Iterable[UUID], viewer: User) -> dict[UUID, Side]:
    """Those of these claims that the viewer sees, each as it is shown beside another. Two queries."""
    found = {claim.pk: claim for claim in _in_context(list(keys), viewer)}
    times = times_of(found)
    return {key: _side(claim, times[key]) for key, claim in found.items()}


def _in_context(keys: list[UUID], viewer: User) -> Iterable[Any]:
    return (
        Claim.objects.visible_to(viewer)
        .filter(pk__in=keys)
        .select_related("status", "article__status__story__status", "article__outlet")
        .annotate(
            own_label=F("own__label"),
            seen_strength=SEEN_STRENGTH,
            # The database counts characters from 1.
            said_before=Substr("revision__text", Greatest(F("start") - REACH, 0) + 1, Least(F("start"), REACH)),
            said_after=Substr("revision__text", F("end") + 1, REACH),
        )
    )


def _side(claim: Any, times: ClaimTimes) -> Side:
    before, after = paragraph(claim.said_before, claim.said_after)
    label = LABEL_BY_VALUE[Label(claim.seen_label)] if claim.seen_label else None
    return Side(claim, before, after, label, bool(claim.own_label), claim.seen_strength, times)


def paragraph(before: str, after: str) -> tuple[str, str]:
    """What of the words around a claim belongs to its paragraph, in whole words, with "…" where it goes on."""
    line_before, line_after = before.rpartition("\n"), after.partition("\n")
    first, last = line_before[2], line_after[0]
    if not line_before[1] and len(before) == REACH:
        first = "…" + (first.partition(" ")[2] or first)
    if not line_after[1] and len(after) == REACH:
        last = (last.rpartition(" ")[0] or last) + "…"
    return first, last


def _in_words(time: Time | None) -> str:
    return words(time.value) if time else ""
