"""Which claims others have worked on: their borders stay as they are."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from claims.models import Assessment, Attribution, Claim, Comment, Evidence, Flag, Ruling, User, Verdict
from claims.vocabulary import SETTLED

_WORK = (
    (Assessment, "reviewer"),
    (Attribution, "reviewer"),
    (Evidence, "by"),
    (Comment, "by"),
    (Flag, "by"),
    (Verdict, "by"),
    (Ruling, "by"),
)


def worked_on_by_others(claims: Collection[UUID], by: User) -> set[UUID]:
    """Those of the claims that somebody else than `by` has worked on, or that are settled; one query.

    Which of the two it is, and who it was, is told to nobody. What the desk knows together, a claim's times, is not
    work on it in this sense, and who drew a claim and did nothing more has not judged it.
    """
    work = Q(status__state__in=SETTLED) | Q(status__reopenings__gt=0) | Q(status__calibrates=True)
    for model, who in _WORK:
        work |= Q(Exists(model._default_manager.filter(claim=OuterRef("pk")).exclude(**{who: by})))
    return set(Claim.objects.filter(work, pk__in=claims).values_list("pk", flat=True))
