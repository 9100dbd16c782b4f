"""The open suggestions of the desk, best first, and how good they have been."""

from collections import Counter
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import Exists, F, OuterRef

from claims.models import LinkAssessment, Suggestion, User
from claims.models.suggestion import SuggestionQuerySet
from claims.relations import SuggestionState
from claims.text.similarity import Sign

# A list for one story looks through so many of the best; statistics are of so many that were decided last.
LOOKED_THROUGH: Final = 20_000
COUNTED: Final = 20_000
SIGN_NAMES: Final = {sign.value: sign.value.replace("_", " ") for sign in Sign}
_SHOWN: Final = ("status", "article__status", "article__outlet")


def open_suggestions(viewer: User, story: UUID | None = None) -> SuggestionQuerySet:
    """Pairs worth comparing that the viewer has not judged, best first, of claims in work of texts in force.

    In a story both claims stand in its articles.
    """
    here = Suggestion.objects.visible_to(viewer).filter(state=SuggestionState.OPEN)
    judged = LinkAssessment.objects.filter(reviewer=viewer, link__a=OuterRef("a"), link__b=OuterRef("b"))
    for side in ("a", "b"):
        here = here.filter(
            **{f"{side}__status__set_aside": "", f"{side}__revision": F(f"{side}__article__status__revision")}
        )
        if story:
            here = here.filter(**{f"{side}__article__status__story": story})
    if story:
        best = Suggestion.objects.filter(state=SuggestionState.OPEN).best_first().values_list("score", flat=True)
        if least := best[LOOKED_THROUGH : LOOKED_THROUGH + 1].first():
            here = here.filter(score__gte=least)
    shown = [f"{side}__{place}" for side in "ab" for place in _SHOWN]
    return here.exclude(Exists(judged)).select_related(*shown).best_first()


@dataclass(frozen=True)
class Figure:
    """How often what was suggested for one reason was related, and how often not."""

    name: str
    related: int
    rejected: int

    @property
    def decided(self) -> int:
        """How many were decided: the n of the share."""
        return self.related + self.rejected

    @property
    def share(self) -> str:
        """How many of the decided were related, in percent; "" where none was decided."""
        return f"{100 * self.related / self.decided:.0f} %" if self.decided else ""


def figures() -> list[Figure]:
    """For all suggestions and for each reason: how often the pair was found related, of the COUNTED decided last.

    A suggestion counts for each of its reasons. One query.
    """
    decided = Suggestion.objects.exclude(state=SuggestionState.OPEN).order_by("-pk")
    counts: Counter[tuple[str, str]] = Counter()
    for state, signs in decided.values_list("state", "signs")[:COUNTED]:
        counts.update((reason, state) for reason in ("", *signs))

    def figure(reason: str, name: str) -> Figure:
        related, rejected = SuggestionState.CONFIRMED.value, SuggestionState.REJECTED.value
        return Figure(name, counts[reason, related], counts[reason, rejected])

    return [figure("", "all"), *(figure(sign, name) for sign, name in SIGN_NAMES.items())]
