"""Do the long work that people asked for: imports, one document at a time."""

import signal
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections

from claims import jobs
from claims.models import Job
from claims.telemetry.query_watch import Watched, watched
from claims.transfers import JOB_STATE_NAMES, JobState


class Command(BaseCommand):
    """`manage.py work`: any number of these may run; each takes what nobody else has in hand."""

    help = "Take waiting jobs and do them, until it is stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whether it ends by itself."""
        parser.add_argument("--once", action="store_true", help="end when nothing waits")

    def handle(self, *args: Any, **options: Any) -> None:
        """A line whenever a job was worked on."""
        # A worker that is asked to end has nothing to lose: its step is rolled back, and another goes on.
        before = signal.signal(signal.SIGTERM, signal.default_int_handler)
        try:
            with watched(Watched()):
                jobs.work(once=options["once"], told=self._tell, rest=_rest)
        except KeyboardInterrupt:
            self.stdout.write("Stopped. What is done is kept, and what is not waits for the next worker.")
        finally:
            signal.signal(signal.SIGTERM, before)

    def _tell(self, job: Job) -> None:
        said = f"{job.kind} of {job.by.username}: {job.done}/{job.total}, {JOB_STATE_NAMES[JobState(job.state)]}"
        self.stdout.write(f"{said}. {job.error}".rstrip() if job.error else f"{said}.")
        self.stdout.flush()


def _rest(seconds: float) -> None:
    """Wait, and let go of a connection that is old or broken."""
    close_old_connections()
    time.sleep(seconds)
