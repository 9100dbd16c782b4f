"""Why suggested pairs are worth comparing, as codes beside each: the words are worked out anew where they are shown."""

from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from claims.models import Suggestion, User
from claims.models.suggestion import SuggestionQuerySet
from claims.permissions import check_can_index
from claims.relations import SuggestionState
from claims.text.similarity import explain

AT_ONCE: Final = 500


def without_reasons() -> SuggestionQuerySet:
    """Open suggestions that no reasons were worked out for yet."""
    return Suggestion.objects.filter(state=SuggestionState.OPEN, signs=[])


@transaction.atomic
def explain_suggestions(*, by: User, after: int = 0, article: UUID | None = None) -> tuple[int, int]:
    """Work out the reasons of the next AT_ONCE suggestions without, of an article or all, beyond the key `after`.

    Gives how many that were, and the key of the last; 0 and `after` where there are no more. Raises NotAllowed.
    """
    check_can_index(by)
    here = without_reasons().filter(pk__gt=after)
    if article:
        here = here.filter(Q(a__article=article) | Q(b__article=article))
    waiting = list(here.select_related("a", "b").order_by("pk")[:AT_ONCE])
    for suggestion in waiting:
        suggestion.signs = signs_of(suggestion)
    Suggestion.objects.bulk_update(waiting, ["signs"], AT_ONCE)
    return len(waiting), waiting[-1].pk if waiting else after


def signs_of(suggestion: Suggestion) -> list[str]:
    """The codes of what the two claims share and dispute, each once, as claims.text.similarity gives them."""
    return list(dict.fromkeys(str(reason.code) for reason in explain(suggestion.a.exact, suggestion.b.exact)))
