"""Take the worked example away."""

from typing import Any

from django.core.management.base import BaseCommand

from claims.coverage.examples import Work
from claims.management.example_removal import remove_example
from claims.permissions import operator

_NAMES = {
    Work.FINDING: "findings about pairs",
    Work.ATTRIBUTION: "attributions",
    Work.ASSESSMENT: "labels",
    Work.TIME: "times",
    Work.CLAIM: "marked claims",
}


class Command(BaseCommand):
    """`manage.py remove_example`: what somebody changed since stays, and it says how much of each."""

    help = "Take away the worked example that `demo` loaded, and leave what somebody changed since."

    def handle(self, *args: Any, **options: Any) -> None:
        """One line for each kind of thing."""
        done = remove_example(by=operator())
        if done is None:
            self.stdout.write("There is no worked example here.")
            return
        for work, name in _NAMES.items():
            kept = f", {done.kept[work]} kept because somebody changed them" if done.kept[work] else ""
            self.stdout.write(f"{name}: {done.removed[work]} taken back{kept}")
        self.stdout.write(
            "The worked example is removed. Its history stays, and its sources stay in the registry; "
            "`manage.py demo --example` loads it again."
        )
