"""The workbench remembers that its worked example was taken away, so that it does not come back by itself."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from claims import audit
from claims.models import ExampleWork, Story, User
from claims.permissions import check_is_operator
from claims.vocabulary import EventKind


@transaction.atomic
def end_example(*, by: User, story: Story, removed: Mapping[str, int], kept: Mapping[str, int]) -> None:
    """Nothing is the example's any more: what was taken back is gone, what somebody changed is theirs.

    `removed` and `kept` count both by what they are. Raises NotAllowed.
    """
    check_is_operator(by, "remove the worked example")
    ExampleWork.objects.filter(removed_at=None).update(removed_at=timezone.now())
    after = {"removed": dict(removed), "kept": dict(kept)}
    audit.record(EventKind.EXAMPLE_REMOVED, by=by, target=story, after=after)
