"""The page of what an operator looks at: long work, sizes, migrations, versions, last backup, end of the event log."""

import platform
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

import django
from django.contrib import admin
from django.db import connection
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from claims.admin.job import called, progress, state_of
from claims.models import Event, EventHead, Job
from claims.safekeeping.last_backup import last_backup
from claims.transfers import JobState
from claims.upkeep.jobs_now import NEWEST, KindOfJob, begun, jobs_by_kind
from claims.upkeep.readiness import unapplied
from claims.upkeep.sizes import sizes
from claims.version import __version__

TEMPLATE: Final = "admin/claims/upkeep.html"
# Jobs that are shown one by one; the list shows the others.
SHOWN: Final = 20


@dataclass(frozen=True)
class Line:
    """One job; `stop` is the address of the page that asks whether to stop it."""

    name: str
    url: str
    state: str
    done: str
    error: str
    stop: str


def upkeep_page(request: HttpRequest) -> TemplateResponse:
    """How the workbench itself does, for moderators."""
    request.current_app = admin.site.name
    return TemplateResponse(request, TEMPLATE, admin.site.each_context(request) | _shown())


def _shown() -> dict[str, Any]:
    now = timezone.now()
    head, found = EventHead.objects.get(pk=1), sizes()
    failed = Job.objects.filter(pk__in=Job.objects.newest_first().values("pk")[:NEWEST], state=JobState.FAILED)
    return {
        "title": "Upkeep",
        "subtitle": None,
        "now": now,
        "kinds": [(kind.kind, _how_much(kind)) for kind in jobs_by_kind(now)],
        "newest": f"{NEWEST:,}",
        "begun": [_line(job) for job in begun().select_related("by").order_by("priority", "run_after", "id")[:SHOWN]],
        "failed": [_line(job) for job in failed.select_related("by").newest_first()[:SHOWN]],
        "sizes": found,
        "tables": [(table.name, _rows(table.rows), table.bytes) for table in found.tables if table.rows != 0],
        "has_bytes": any(table.bytes is not None for table in found.tables),
        "backup": last_backup(),
        "unapplied": unapplied(),
        "versions": _versions(),
        "head": head,
        "last_event": Event.objects.filter(number=head.count).first(),
    }


def _line(job: Job) -> Line:
    stop = f"{reverse('admin:claims_job_cancel')}?row={job.pk}" if not job.ended_at else ""
    page = reverse("admin:claims_job_change", args=[job.pk])
    return Line(called(job), page, state_of(job), progress(job), job.error, stop)


def _how_much(kind: KindOfJob) -> list[str]:
    counts = {
        "waiting": kind.waiting,
        "running": kind.running,
        "resting before another try": kind.resting,
        "begun and left, or done by a command": kind.paused,
        "left by a worker that died": kind.stalled,
        "failed": kind.failed,
    }
    words = [f"{count:,} {state}" for state, count in counts.items() if count]
    oldest = timedelta(seconds=int(kind.oldest))
    return [*words, f"the oldest that waits has done so for {oldest} (h:mm:ss)"] if oldest else words


def _rows(count: int | None) -> str:
    return "not known" if count is None else f"{count:,}"


def _versions() -> list[tuple[str, str]]:
    return [
        ("Workbench", __version__),
        ("Python", platform.python_version()),
        ("Django", django.get_version()),
        (connection.display_name, ".".join(str(part) for part in connection.get_database_version())),
    ]
