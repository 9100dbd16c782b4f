"""The workbench remembers what its worked example made, so that it can be marked and taken away again."""

from collections import Counter
from collections.abc import Sequence

from django.db import transaction

from claims import audit
from claims.coverage.examples import Made
from claims.models import ExampleWork, Story, User
from claims.permissions import check_is_operator
from claims.vocabulary import EventKind


@transaction.atomic
def keep_example(*, by: User, story: Story, made: Sequence[Made]) -> None:
    """Keep that the example made these things, in these versions; what was taken away before stands again.

    Raises NotAllowed.
    """
    check_is_operator(by, "load the worked example")
    ExampleWork.objects.bulk_create(
        [ExampleWork(target_type=one.work, target_id=one.key, version=one.version, removed_at=None) for one in made],
        batch_size=500,
        update_conflicts=True,
        unique_fields=["target_type", "target_id"],
        update_fields=["version", "removed_at"],
    )
    after = dict(Counter(str(one.work) for one in made))
    audit.record(EventKind.EXAMPLE_LOADED, by=by, target=story, after=after)
