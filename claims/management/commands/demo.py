"""Make the demo accounts and print how to log in with them. Development only."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims.accounts.demo_accounts import create_demo_accounts
from claims.permissions import operator
from claims.refusals import NotAllowed


class Command(BaseCommand):
    """`manage.py demo`, which `make run` calls."""

    help = "Make the demo accounts (with DEBUG=1 only) and print their passwords."

    def handle(self, *args: Any, **options: Any) -> None:
        """One line for each account."""
        try:
            accounts = create_demo_accounts(by=operator())
        except NotAllowed as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write("Demo accounts (development only):")
        for name, (role, password) in accounts.items():
            self.stdout.write(f"  {role:<14} {name:<4} password: {password}")
