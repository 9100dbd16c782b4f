"""Make the demo accounts, print how to log in with them, and load the worked example. Development only."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.accounts.demo_accounts import create_demo_accounts
from claims.coverage.examples import standing_work, was_ever_loaded
from claims.coverage.suggest_run import run
from claims.management.example_loading import load_example
from claims.permissions import operator
from claims.refusals import NotAllowed


class Command(BaseCommand):
    """`manage.py demo`, which `make run` calls."""

    help = "Make the demo accounts (with DEBUG=1 only), print their passwords, and load the worked example once."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take what `make run EXAMPLE=no` says."""
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--no-example", action="store_true", help="make the accounts only, and no worked examples")
        which.add_argument("--example", action="store_true", help="load the worked example again after it was removed")

    def handle(self, *args: Any, **options: Any) -> None:
        """One line for each account, and one for the example."""
        try:
            accounts = create_demo_accounts(by=operator())
        except NotAllowed as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write("Demo accounts (development only):")
        for name, (role, password) in accounts.items():
            self.stdout.write(f"  {role:<14} {name:<4} password: {password}")
        if not options["no_example"]:
            self.stdout.write(self._example(again=options["example"]))

    def _example(self, *, again: bool) -> str:
        """Load the worked example where it never was, or `again`; say what was done in a sentence."""
        if standing_work():
            return "The worked example is loaded; `manage.py remove_example` removes it."
        if was_ever_loaded() and not again:
            return "The worked example was removed; `manage.py demo --example` loads it again."
        done = load_example(by=operator())
        if done is None:
            return "No worked example: it needs the fixture's articles in a story, and the demo's own accounts."
        run(by=operator())  # what the example marks is looked for pairs as any other claim
        left_out = f" {done.left_out} things were left out, because others had worked there." if done.left_out else ""
        return (
            f"Loaded a worked example: {done.claims} claims labelled and {done.links} pairs compared by ana and ben."
            f"{left_out} `manage.py remove_example` removes it."
        )
