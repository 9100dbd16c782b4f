"""Very many documents brought in by a command: stored at once so that they can be read, the first pass after that.

The processor's work is done side by side; this process alone writes. Each part is one transaction with the place that
it ends at, so that a run that was killed goes on there.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction

from claims.ingest.article_keys import Identified, identified
from claims.ingest.bring_in_document import Came
from claims.ingest.drafted_text import DraftedText, drafted_texts, proposed_texts
from claims.ingest.propose_first import propose_first, unproposed
from claims.ingest.readers.document import Document
from claims.ingest.store_many import new_ones, store_many
from claims.long_work.keep_lease import count_step
from claims.management.found_files import Found
from claims.management.side_by_side import side_by_side
from claims.models import Job, Story, User
from claims.transfers import ItemState

# So many documents are stored together: more would hold the database longer, fewer would cost more statements.
AT_ONCE: Final = 200
READ_AT_ONCE: Final = 40

Part = tuple[list[Found], list[Identified]]


class Cancelled(Exception):
    """Somebody stopped the job."""


def store_found(found: Iterable[Found], *, by: User, job: Job, story: Story | None) -> Iterator[tuple[Found, Came]]:
    """Store what was found, and say of each what became of it. Raises Cancelled between two parts."""
    for part, drafted in side_by_side(drafted_texts, _parts(found)):
        files, documents, new = part
        drafts = {one.revision: draft for one, draft in zip(new, drafted, strict=True)}
        came = iter(_stored(files, documents, drafts, by, job, story))
        for one in files:
            if isinstance(one.what, Document):
                yield one, next(came)
            else:
                yield one, Came(one.what.name, ItemState.REFUSED, notes=(one.what.why,))


def propose_all(*, by: User) -> Iterator[int]:
    """Read to the end whatever is only stored; after each part, how many articles that were."""
    tasks = ((part, [(one.text, one.zones) for one in part]) for part in unproposed(READ_AT_ONCE))
    for part, proposed in side_by_side(proposed_texts, tasks):
        read = {one.revision: what for one, what in zip(part, proposed, strict=True)}
        yield len(propose_first(by=by, proposed=read))


def _parts(
    found: Iterable[Found],
) -> Iterator[tuple[tuple[list[Found], list[Identified], list[Identified]], list[str]]]:
    one_by_one = iter(found)
    while files := list(islice(one_by_one, AT_ONCE)):
        documents = [identified(one.what) for one in files if isinstance(one.what, Document)]
        new = list({one.revision: one for one in new_ones(documents)}.values())
        yield (files, documents, new), [one.document.text for one in new]


def _stored(
    files: list[Found],
    documents: list[Identified],
    drafts: dict[UUID, DraftedText],
    by: User,
    job: Job,
    story: Story | None,
) -> list[Came]:
    reached = {"file": files[-1].behind.file, "within": files[-1].behind.within}
    for tries_left in (2, 1, 0):
        try:
            with transaction.atomic():
                came = store_many(by=by, documents=documents, drafts=drafts, first_story=story)
                counts = Counter(str(one.state) for one in came)
                counts[ItemState.REFUSED] += len(files) - len(documents)
                now = count_step(by=by, job_id=job.pk, came=counts, done=len(files), reached=reached)
        except IntegrityError:
            # Somebody else stored one of them between the look and the deed.
            if not tries_left:
                raise
            continue
        if now.cancel_asked:
            raise Cancelled
        return came
    raise AssertionError("the last try returns or raises")
