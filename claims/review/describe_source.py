"""A reviewer says anew what a source of the registry is called and what it is."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from claims import audit, receipts
from claims.models import Source, User
from claims.permissions import check_can_assess
from claims.refusals import Conflict, Gone, Outdated
from claims.review.register_source import Description, checked, state
from claims.review.source_words import keep_words
from claims.vocabulary import EventKind


@transaction.atomic
def describe_source(
    *,
    by: User,
    source_id: UUID,
    name: str,
    kind: str,
    role: str = "",
    party: str = "",
    note: str = "",
    expected_version: int,
    key: UUID,
) -> receipts.Outcome:
    """Change the description of a source; give it as it is stored, with its version.

    Raises NotAllowed, Invalid, Gone, and Conflict where it changed since, was merged, or another source in force has
    this name and kind.
    """
    check_can_assess(by)
    described = checked(name, kind, role, party, note)
    source = hold([source_id])[source_id]
    request = {"verb": "describe source", "source": source_id, "version": expected_version, "described": described}
    try:
        check_in_force(source)
        check_version(source, expected_version)
        _check_alone(source, described)
    except Conflict:
        # The first copy has moved the version on, and its answer is the answer.
        if (before := receipts.answered(by=by, key=key, request=request)) is None:
            raise
        return before
    old = state(source)
    source.name, source.folded, source.kind = described.name, described.folded, described.kind
    source.role, source.party, source.note = described.role, described.party, described.note
    source.updated_at = timezone.now()
    source.version += 1
    source.save()
    keep_words(source)
    audit.record(EventKind.SOURCE_DESCRIBED, by=by, target=source, before=old, after=state(source))
    return receipts.keep(by=by, key=key, request=request, outcome=state(source))


def hold(keys: list[UUID], *, with_merged: bool = False) -> dict[UUID, Source]:
    """These sources by key, locked until the transaction ends; `with_merged` also those that were merged into them.

    Raises Gone where one is not there.
    """
    wanted = Source.objects.filter(pk__in=keys)
    if with_merged:
        wanted |= Source.objects.filter(merged_into__in=keys)
    # No key changes here, and the lock must not wait for, or hold up, those who write that a route leads over a source:
    # they refer to it with the event log locked, which comes after sources in everything that merges or describes.
    held = {source.pk: source for source in wanted.select_for_update(of=("self",), no_key=True).order_by("pk")}
    if not held.keys() >= set(keys):
        raise Gone("There is no such source in the registry. Look for it by its name.")
    return held


def check_in_force(source: Source) -> None:
    """Raise Conflict for a source that was merged into another."""
    if source.merged_into is not None:
        raise Conflict(
            f"“{source.name}” was merged into “{source.merged_into.name}” since the page was loaded. Open that one, or "
            "ask a moderator to undo the merge.",
            state(source),
        )


def check_version(source: Source, expected: int) -> None:
    """Raise Conflict unless the source is still what the page showed."""
    if source.version != expected:
        raise Outdated(
            "Somebody changed this source since the page was loaded. Compare what is stored with what you typed, and "
            "send it again.",
            state(source),
        )


def _check_alone(source: Source, described: Description) -> None:
    named = Source.objects.in_force().filter(folded=described.folded, kind=described.kind)
    if named.exclude(pk=source.pk).exists():
        raise Conflict(
            f"Another source is called “{described.name}” already. If the two are one, ask a moderator to merge them; "
            "if not, add to the name what tells them apart.",
            state(source),
        )
