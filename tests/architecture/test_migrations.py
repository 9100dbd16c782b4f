"""The migrations say what the models say."""

from django.core.management import call_command


def test_no_model_changed_without_a_migration(db: None) -> None:
    # Exits with 1 where something is missing. A list in a constraint that was made of a set would be in another order
    # in most runs, and so be a change.
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)
