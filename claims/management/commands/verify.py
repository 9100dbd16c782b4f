"""Read the event log from its start and say where it was tampered with, if it was."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims import audit
from claims.models import EventHead


class Command(BaseCommand):
    """`manage.py verify`: exit code 1 and the place, where something is wrong."""

    help = "Check the event log's hash chain."

    def handle(self, *args: Any, **options: Any) -> None:
        """One sentence either way."""
        fault = audit.verify()
        if fault is not None:
            raise CommandError(f"Event {fault.number}: {fault.what}.", returncode=1)
        head = EventHead.objects.get(pk=1)
        self.stdout.write(f"{head.count} events, unbroken; the last has hash {head.hash}.")
