"""What goes with every file that leaves the workbench: what it holds, and where the event log stood."""

from typing import Any

from django.utils import timezone

from claims.models import EventHead
from claims.version import __version__
from claims.vocabulary import SCHEME_VERSION


def log_head() -> dict[str, Any]:
    """The event log's head: how many events there are, and the hash of the last, in hex.

    Ask before the export is read: what the file holds was written under these events or later ones.
    """
    head = EventHead.objects.get(pk=1)
    return {"count": head.count, "hash": head.hash}


def manifest(*, head: dict[str, Any], asked: dict[str, str], rows: int, sha256: str) -> dict[str, Any]:
    """The manifest of a file: its rows, its SHA-256 in hex, the filter that was asked, scheme and event log."""
    return {
        "made_at": timezone.now().isoformat(timespec="seconds"),
        "scheme_version": SCHEME_VERSION,
        "software_version": __version__,
        "filter": {name: value for name, value in asked.items() if value},
        "rows": rows,
        "sha256": sha256,
        "event_log": head,
    }
