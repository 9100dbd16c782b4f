"""A corpus is generated: told from its seed part by part, and stored, each part in a transaction of its own.

What a run that was stopped has stored is told again and not stored again, so that the truth and the digest are whole.
"""

import hashlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction

from claims.corpus.parts import Asked, Part, parts_of
from claims.corpus.store_corpus import begin_corpus, staff, store_corpus
from claims.corpus.truth import lines_of
from claims.long_work.end_job import end_job
from claims.long_work.keep_lease import count_step
from claims.models import Job, User
from claims.transfers import JobState


@dataclass(frozen=True)
class Generated:
    """How much there is of what, by word, and the SHA-256 of all that follows from the seed."""

    counts: dict[str, int]
    digest: str


class Cancelled(Exception):
    """Somebody stopped the job, or another run goes on with it."""


def generate(
    *,
    by: User,
    asked: Asked,
    beside: bool = False,
    among_people: bool = False,
    told: Callable[[int, int], object],
    truth: Callable[[str], object] | None = None,
) -> Generated:
    """Generate a corpus, or go on with it where a run was stopped.

    Tells `told` after each part how many articles and claims there are, and `truth` each line about them. Raises what
    `begin_corpus` raises, and Cancelled between two parts.
    """
    job = begin_corpus(by=by, asked=asked, beside=beside, among_people=among_people)
    digest = hashlib.sha256()
    counts: Counter[str] = Counter()
    for part in parts_of(asked, staff(), digest):
        if part.first >= job.done:
            _store(by, job, part)
        if truth:
            for line in (line for known in part.known for line in lines_of(known)):
                truth(line)
        counts.update(part.counts)
        told(counts["articles"], counts["claims"])
    end_job(by=by, job_id=job.pk, state=JobState.DONE)
    return Generated(dict(counts), digest.hexdigest())


def _store(by: User, job: Job, part: Part) -> None:
    with transaction.atomic():
        held = Job.objects.select_for_update(of=("self",)).get(pk=job.pk)
        # Another run of the same command may have come first: each part is stored once.
        if held.cancel_asked or held.state != JobState.RUNNING or held.done != part.first:
            raise Cancelled
        store_corpus(by=by, part=part)
        count_step(by=by, job_id=job.pk, came=part.counts, done=part.articles)
