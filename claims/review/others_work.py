"""Which claims others have worked on: their borders stay as they are."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from claims.models import (
    Assessment,
    Attribution,
    Claim,
    Comment,
    Event,
    Evidence,
    Flag,
    Link,
    LinkAssessment,
    Ruling,
    User,
    Verdict,
)
from claims.vocabulary import EventKind

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
    """Those of the claims that somebody else than `by` has worked on, or that were ever settled; two queries.

    A claim that others have linked, or one of whose links was ever settled, is among them: drawing it anew would take
    the link away with it.

    A claim that was settled once has shown what others think of it, and one that served calibration its known answer:
    who goes on with it does not judge blind, and drawing it anew must not make that forgotten.
    Which of the two it is, and who it was, is told to nobody. What the desk knows together, a claim's times, is not
    work on it in this sense, and who drew a claim and did nothing more has not judged it.
    """
    work = Q(status__was_settled=True) | Q(status__calibrates=True)
    for model, who in _WORK:
        work |= Q(Exists(model._default_manager.filter(claim=OuterRef("pk")).exclude(**{who: by})))
    for side in ("a", "b"):
        found_by_others = LinkAssessment.objects.filter(**{f"link__{side}": OuterRef("pk")}).exclude(reviewer=by)
        settled = Link.objects.filter(Q(was_settled=True) | Q(ruling__isnull=False), **{side: OuterRef("pk")})
        work |= Q(Exists(found_by_others)) | Q(Exists(settled))
    found = set(Claim.objects.filter(work, pk__in=claims).values_list("pk", flat=True))
    calibrated = Event.objects.filter(
        target_type="claim", target_id__in=[str(key) for key in claims], kind=EventKind.CALIBRATION_SET
    )
    return found | {UUID(key) for key in calibrated.values_list("target_id", flat=True)}
