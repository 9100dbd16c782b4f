"""When the last backup was made, for those who look after the workbench."""

from dataclasses import dataclass
from datetime import datetime

from claims.models import Event
from claims.vocabulary import EventKind


@dataclass(frozen=True)
class LastBackup:
    """One backup: its file's name, size in bytes and SHA-256 in hex, and how many events it holds."""

    at: datetime
    name: str
    size: int
    sha256: str
    canonical_hash: str
    events: int


def last_backup() -> LastBackup | None:
    """The newest one that this database knows of; one query. None where none was made, or it was made elsewhere."""
    made = Event.objects.filter(kind=EventKind.BACKUP_MADE).order_by("-number").first()
    if made is None or made.after is None:
        return None
    told = made.after
    return LastBackup(made.at, told["name"], told["size"], told["sha256"], told["canonical_hash"], told["events"])
