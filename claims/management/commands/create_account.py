"""Make an account; the way in for a first administrator."""

from getpass import getpass
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.accounts.manage_account import create_account
from claims.permissions import operator
from claims.refusals import Refusal
from claims.vocabulary import Role


class Command(BaseCommand):
    """`manage.py create_account NAME ROLE`; asks for the password."""

    help = "Make an account in a role; the password is asked for."

    def add_arguments(self, parser: CommandParser) -> None:
        """Who, and in which role."""
        parser.add_argument("username")
        parser.add_argument("role", choices=[role.value for role in Role if role != Role.READER])

    def handle(self, *args: Any, **options: Any) -> None:
        """Ask for the password and make it."""
        try:
            user = create_account(
                by=operator(),
                username=options["username"],
                password=getpass("Password: "),
                role=Role(options["role"]),
            )
        except Refusal as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"Made {user.username}, {options['role']}.")
