"""People of other workbenches whose work was brought in: accounts that nobody can log in to."""

from django.db import models

from claims.models.user import User


class ImportedAuthor(models.Model):
    """An account that stands for somebody elsewhere: what it gave is marked as imported, under its first author's name.

    It is blocked, has no role and no password.
    """

    user = models.OneToOneField(User, models.CASCADE, primary_key=True, related_name="imported")
    # What they are called where they work; exports write this name.
    name = models.CharField(max_length=150)
    # Where that is: what the file said of itself, or "" where it said nothing.
    origin = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        """One account for each of them."""

        constraints = (models.UniqueConstraint(fields=("name", "origin"), name="imported_author_once"),)

    def __str__(self) -> str:
        return self.name
