"""Very many documents brought in by a command: stored at once so that they can be read, the first pass after that.

The processor's work is done side by side; this process alone writes. Each part is one transaction with the place that
it ends at, so that a run that was killed goes on there.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from django.db import IntegrityError, transaction

from claims.ingest.article_keys import identified
from claims.ingest.bring_in_document import Came
from claims.ingest.drafted_text import drafted_texts
from claims.ingest.read_article import Read, read_article
from claims.ingest.read_first import never_read, read_first, stored_only
from claims.ingest.readers.document import Document
from claims.ingest.store_many import store_many
from claims.long_work.keep_lease import count_step
from claims.management.found_files import Found
from claims.management.side_by_side import side_by_side
from claims.models import Article, Job, Story, User
from claims.transfers import ItemState

# So many documents are stored together: more would hold the database longer, fewer would cost more statements.
AT_ONCE: Final = 200
READ_AT_ONCE: Final = 40


class Cancelled(Exception):
    """Somebody stopped the job."""


def store_found(found: Iterable[Found], *, by: User, job: Job, story: Story | None) -> Iterator[tuple[Found, Came]]:
    """Store what was found, and say of each what became of it. Raises Cancelled between two parts."""
    one_by_one = iter(found)
    while files := list(islice(one_by_one, AT_ONCE)):
        came = iter(_stored(files, by, job, story))
        for one in files:
            if isinstance(one.what, Document):
                yield one, next(came)
            else:
                yield one, Came(one.what.name, ItemState.REFUSED, notes=(one.what.why,))


def read_all(*, by: User) -> Iterator[list[Read]]:
    """Read whatever is only stored; after each part, what was found in its articles."""
    texts = (never_read(articles) for articles in stored_only(READ_AT_ONCE))
    tasks = ((list(part), list(part.values())) for part in texts)
    for revisions, drafts in side_by_side(drafted_texts, tasks):
        yield read_first(by=by, drafts=dict(zip(revisions, drafts, strict=True)))
    # What somebody has begun to work on, or changed while it was read, takes the whole way.
    for articles in stored_only(READ_AT_ONCE):
        yield [read_article(by=by, article=article) for article in Article.objects.filter(pk__in=articles)]


def _stored(files: list[Found], by: User, job: Job, story: Story | None) -> list[Came]:
    documents = [identified(one.what) for one in files if isinstance(one.what, Document)]
    reached = {"file": files[-1].behind.file, "within": files[-1].behind.within}
    for tries_left in (2, 1, 0):
        try:
            with transaction.atomic():
                came = store_many(by=by, documents=documents, first_story=story)
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
