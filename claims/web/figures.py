"""The figures of this moment that Prometheus gets beside what was counted; a handful of queries."""

from django.db import Error

from claims.models import EventHead
from claims.safekeeping.last_backup import last_backup
from claims.telemetry.metrics import Gauge
from claims.upkeep.jobs_now import jobs_by_kind
from claims.upkeep.sizes import database_bytes
from claims.version import __version__


def figures_now() -> list[Gauge]:
    """Jobs, events, bytes; where the database is away, that it is."""
    version = Gauge("version", "The software that answers.", ("version",), [((__version__,), 1)])
    try:
        return [version, _alone("database_up", "1 where the database answers.", 1), *_of_database()]
    except Error:
        return [version, _alone("database_up", "1 where the database answers.", 0)]


def _of_database() -> list[Gauge]:
    kinds = jobs_by_kind()
    states = ("waiting", "running", "resting", "paused", "stalled", "failed")
    counts = [((one.kind, state), one.counts[state]) for one in kinds for state in states]
    oldest = [((one.kind,), one.oldest) for one in kinds]
    backup = last_backup()
    backed_up = backup.at.timestamp() if backup else 0
    return [
        Gauge("jobs", "Long work by kind and state; failed: of the 1,000 newest.", ("kind", "state"), counts),
        Gauge("job_oldest_waiting_seconds", "How long the oldest that waits has.", ("kind",), oldest),
        _alone("event_log_length", "Events in the log.", EventHead.objects.get(pk=1).count),
        _alone("database_bytes", "Bytes of the database.", database_bytes()),
        _alone("last_backup_timestamp_seconds", "When the last backup was made; 0 for never.", backed_up),
    ]


def _alone(name: str, says: str, value: float) -> Gauge:
    return Gauge(name, says, (), [((), value)])
