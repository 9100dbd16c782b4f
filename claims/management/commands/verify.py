"""Read the event log from its start, and compare what is stored with what follows from it."""

from itertools import islice
from typing import Any, Final

from django.core.management.base import CommandError, CommandParser

from claims import audit
from claims.management.safekeeping_command import SafekeepingCommand
from claims.models import EventHead
from claims.safekeeping.recount import disagreements

# More say no more.
_MOST: Final = 20


class Command(SafekeepingCommand):
    """`manage.py verify`: exit code 1 and the place, where something is wrong."""

    help = "Check the event log's hash chain, and that texts, claims and counters agree."

    def add_arguments(self, parser: CommandParser) -> None:
        """How much is looked at."""
        parser.add_argument("--log-only", action="store_true", help="the event log alone")

    def handle(self, *args: Any, **options: Any) -> None:
        """One sentence where all is well, else one for each thing that is not."""
        fault = audit.verify()
        if fault is not None:
            raise CommandError(f"Event {fault.number}: {fault.what}.", returncode=1)
        head = EventHead.objects.get(pk=1)
        self.stdout.write(f"{head.count} events, unbroken; the last has hash {head.hash}.")
        if options["log_only"]:
            return
        found = list(islice(disagreements(self.tell), _MOST))
        if found:
            raise CommandError("\n".join(found), returncode=1)
        self.stdout.write("Texts, claims and counters agree.")
