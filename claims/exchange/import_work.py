"""Somebody brings in work that was done elsewhere: an administrator, or a command."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import Count, F, Q
from django.utils import timezone

from claims import audit
from claims.exchange.read_json_lines import Numbered
from claims.exchange.take_in import TakeIn, Taken
from claims.models import ArticleStatus, Claim, ClaimStatus, Job, User
from claims.permissions import check_is_operator
from claims.text.plain import plain
from claims.transfers import JobState
from claims.vocabulary import SETTLED, EventKind

KIND: Final = "import_work"
MAX_ORIGIN: Final = 200
_AT_ONCE: Final = 500


@dataclass(frozen=True)
class File:
    """The file that the work comes in: what it is called, its SHA-256 in hex, the head of the log that it came from."""

    name: str
    sha256: str
    event_log: dict[str, Any] | None = None


@transaction.atomic
def import_work(*, by: User, lines: Iterable[Numbered], file: File, origin: str = "") -> Taken:
    """Take the lines of a file in: all that is new, nothing that differs from what is here.

    Who did the work stands by name; accounts that stand for these people are made, and nobody can log in to one. The
    states of the claims and links that are named in the answer are to be worked out anew by their rooms, in the same
    transaction. `origin` says where the people work. Raises NotAllowed, and Invalid with the line that cannot be taken;
    then nothing is stored.
    """
    check_is_operator(by, "bring in other people's work")
    origin = plain("name of the origin", origin, MAX_ORIGIN)
    take = TakeIn(origin)
    for numbered in lines:
        take.take(numbered)
    take.end()
    _count(take.done)
    said = {"sha256": file.sha256, "event_log": file.event_log, "origin": origin}
    counts = {"added": dict(take.done.added), "same": sum(take.done.same.values()), "differ": take.done.differ}
    now = timezone.now()
    job = Job.objects.create(
        kind=KIND,
        by=by,
        state=JobState.DONE,
        arguments=said | {"name": file.name[:400]},
        counts=counts | {"left_out": sum(take.done.left_out.values())},
        done=sum(take.done.added.values()),
        total=sum(take.done.added.values()),
        started_at=now,
        ended_at=now,
    )
    audit.record(EventKind.WORK_IMPORTED, by=by, target=job, after=said | counts)
    return take.done


def _count(done: Taken) -> None:
    """Bring the articles' counters in line with the claims that they have now, and keep claims that have work."""
    for articles in some(done.articles):
        in_force = Claim.objects.filter(article__in=articles, revision=F("article__status__revision")).in_work()
        counted = (
            in_force.order_by()
            .values("article")
            .annotate(claims=Count("pk"), settled=Count("pk", filter=Q(status__state__in=SETTLED)))
        )
        for row in counted:
            ArticleStatus.objects.filter(pk=row["article"]).update(
                claims_count=row["claims"], settled_count=row["settled"]
            )
    for claims in some(done.worked | done.claims):
        ClaimStatus.objects.filter(pk__in=claims, version=0).update(version=1)


def some(keys: Iterable[UUID]) -> Iterator[list[UUID]]:
    """Some of the keys at a time, in their order."""
    waiting = iter(sorted(keys))
    while chunk := list(islice(waiting, _AT_ONCE)):
        yield chunk
