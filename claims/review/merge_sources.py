"""A moderator says that two sources are one, and takes that back.

The chains of attributions stay as they were entered: who reads them follows `merged_into`. That always names a source
in force, so that it is one step from any name to what it stands for.
"""

from collections.abc import Callable
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from claims import audit, receipts
from claims.models import Event, Source, User
from claims.permissions import check_can_moderate
from claims.refusals import Conflict, Invalid
from claims.review.describe_source import check_in_force, check_version, hold
from claims.review.register_source import state
from claims.text.plain import plain
from claims.vocabulary import EventKind

MAX_REASON = 1_000


@transaction.atomic
def merge_sources(
    *, by: User, source_id: UUID, into_id: UUID, reason: str, source_version: int, into_version: int, key: UUID
) -> receipts.Outcome:
    """Make the source another name of `into`, and with it all that were merged into the source before.

    The versions are those that the page showed. Raises NotAllowed, Gone, Invalid (no reason given, or one source
    twice), and Conflict where one of the two changed since or was merged already.
    """
    check_can_moderate(by, "merge sources")
    reason = _given(reason, "Say why the two are one: others will read it.")
    if source_id == into_id:
        raise Invalid("A source cannot be merged into itself. Choose the other one that it is the same as.")
    held = hold([source_id, into_id], with_merged=True)
    source, into = held[source_id], held[into_id]
    versions = [source_version, into_version]
    request = {"verb": "merge", "source": source_id, "into": into_id, "versions": versions, "reason": reason}

    def check() -> None:
        for one, version in ((source, source_version), (into, into_version)):
            check_in_force(one)
            check_version(one, version)

    if before := _answered(check, by=by, key=key, request=request):
        return before
    followed = [other for other in held.values() if other.merged_into_id == source.pk]
    for each in (source, *followed):
        _point(each, into)
    after = {"into": str(into.pk), "followed": [str(each.pk) for each in followed], "version": source.version}
    audit.record(EventKind.SOURCE_MERGED, by=by, target=source, before={"into": None}, after=after, reason=reason)
    audit.record(EventKind.SOURCE_MERGED, by=by, target=into, after={"took_in": str(source.pk)}, reason=reason)
    return receipts.keep(by=by, key=key, request=request, outcome={"into": str(into.pk), "version": source.version})


@transaction.atomic
def unmerge_source(*, by: User, source_id: UUID, reason: str, expected_version: int, key: UUID) -> receipts.Outcome:
    """Take a merge back: the source stands for itself again, and what had been merged into it comes with it.

    Raises NotAllowed, Gone, Invalid (no reason given), and Conflict where it changed since or is not merged.
    """
    check_can_moderate(by, "take the merge of sources back")
    reason = _given(reason, "Say why the two are not one: others will read it.")
    into_id = hold([source_id])[source_id].merged_into_id
    held = hold([source_id, into_id], with_merged=True) if into_id else hold([source_id])
    source = held[source_id]
    request = {"verb": "unmerge", "source": source_id, "version": expected_version, "reason": reason}

    def check() -> None:
        check_version(source, expected_version)
        if source.merged_into_id is None or source.merged_into_id != into_id:
            raise Conflict(f"“{source.name}” is not merged any more. Reload the page.", state(source))

    if before := _answered(check, by=by, key=key, request=request):
        return before
    followed = _behind(source, list(held.values()))
    into = held[source.merged_into_id]  # type: ignore[index]  # checked above
    _point(source, None)
    for each in followed:
        _point(each, source)
    after = {"into": None, "followed": [str(each.pk) for each in followed], "version": source.version}
    old = {"into": str(into.pk)}
    audit.record(EventKind.SOURCE_UNMERGED, by=by, target=source, before=old, after=after, reason=reason)
    audit.record(EventKind.SOURCE_UNMERGED, by=by, target=into, after={"let_go": str(source.pk)}, reason=reason)
    return receipts.keep(by=by, key=key, request=request, outcome={"into": None, "version": source.version})


def _given(reason: str, missing: str) -> str:
    if not (reason := plain("reason", reason, MAX_REASON)):
        raise Invalid(missing)
    return reason


def _answered(check: Callable[[], None], *, by: User, key: UUID, request: dict[str, object]) -> receipts.Outcome | None:
    """What the first copy of this request was answered; None where the write can go on. Raises what `check` raises."""
    try:
        check()
    except Conflict:
        if (before := receipts.answered(by=by, key=key, request=request)) is None:
            raise
        return before
    return None


def _point(source: Source, into: Source | None) -> None:
    source.merged_into = into
    source.updated_at = timezone.now()
    source.version += 1
    source.save(update_fields=["merged_into", "updated_at", "version"])


def _behind(source: Source, held: list[Source]) -> list[Source]:
    """Those that stand for the same as the source because they were merged into it, or into one that was.

    What each was merged into by somebody's decision stands in the log; `merged_into` has where that leads.
    """
    decided = _decisions([each.pk for each in held])
    behind = {source.pk}
    waiting = [each for each in held if each.merged_into_id == source.merged_into_id and each.pk != source.pk]
    while found := [each for each in waiting if decided.get(each.pk) in behind]:
        behind |= {each.pk for each in found}
        waiting = [each for each in waiting if each.pk not in behind]
    return [each for each in held if each.pk in behind and each.pk != source.pk]


def _decisions(keys: list[UUID]) -> dict[UUID, UUID]:
    """What each source was merged into last, as it was said."""
    merged = Event.objects.filter(
        target_type="source", target_id__in=[str(key) for key in keys], kind=EventKind.SOURCE_MERGED
    )
    said = merged.order_by("number").values_list("target_id", "after")
    return {UUID(target): UUID(after["into"]) for target, after in said if after and "into" in after}
