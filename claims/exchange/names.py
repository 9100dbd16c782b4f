"""The names that files write for people: of those whose work was brought in, the name that they have elsewhere."""

from collections.abc import Mapping
from typing import Final

from django.db.models.functions import Coalesce

from claims.models import User

# Who ruled, dated or gave a verdict, some forms of files do not say; where it is here already, that is no difference.
NOT_NAMED: Final = "not named in the file"
# What an export writes for the reviewer of a row, in the terms of the database; the same rule as `author_names`.
REVIEWER_NAME: Final = Coalesce("reviewer__imported__name", "reviewer__username")
RULED_BY: Final = Coalesce("ruling__by__imported__name", "ruling__by__username")


def author_names() -> Mapping[int, str]:
    """What exports write for each account, under its number; one query, so ask once a file."""
    named = User.objects.annotate(written=Coalesce("imported__name", "username"))
    return dict(named.values_list("pk", "written"))
