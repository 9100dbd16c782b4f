"""Terms of what comes in and goes out: long work, documents of an import, published verdicts, tokens of programs."""

from enum import StrEnum
from typing import Final


class JobState(StrEnum):
    """How far a piece of long work is."""

    DRAFT = "draft"
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"


JOB_STATE_NAMES: Final = {
    JobState.DRAFT: "looked at before it begins",
    JobState.WAITING: "waiting",
    JobState.RUNNING: "running",
    JobState.DONE: "done",
    JobState.CANCELLED: "cancelled",
    JobState.FAILED: "failed",
}
JOBS_ENDED: Final = (JobState.DONE, JobState.CANCELLED, JobState.FAILED)


class ItemState(StrEnum):
    """What became of one document of an import."""

    READY = "ready"
    LEFT_OUT = "left_out"
    STORED = "stored"
    KNOWN = "known"
    REVISED = "revised"
    REFUSED = "refused"


ITEM_STATE_NAMES: Final = {
    ItemState.READY: "ready",
    ItemState.LEFT_OUT: "left out",
    ItemState.STORED: "stored",
    ItemState.KNOWN: "already here",
    ItemState.REVISED: "new revision",
    ItemState.REFUSED: "refused",
}


class PublicationState(StrEnum):
    """Where a verdict stands on its way to readers."""

    PROPOSED = "proposed"
    DECLINED = "declined"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


PUBLICATION_STATE_NAMES: Final = {
    PublicationState.PROPOSED: "waiting for a second moderator",
    PublicationState.DECLINED: "declined",
    PublicationState.PUBLISHED: "published",
    PublicationState.SUPERSEDED: "published before",
    PublicationState.WITHDRAWN: "withdrawn",
}
# What readers are told of: the verdict that is out, and what was out before it.
PUBLICATIONS_READ: Final = (PublicationState.PUBLISHED, PublicationState.SUPERSEDED, PublicationState.WITHDRAWN)


class Scope(StrEnum):
    """What a token may be used for, of what its person may do."""

    READ = "read"
    REVIEW = "review"
    IMPORT = "import"
    MODERATE = "moderate"


SCOPE_NAMES: Final = {
    Scope.READ: "read and export what you may see",
    Scope.REVIEW: "label claims, link them, add evidence, comment",
    Scope.IMPORT: "bring in articles",
    Scope.MODERATE: "rule, publish and settle, where you are a moderator",
}
