"""A moderator says what kind of place an outlet is."""

from uuid import UUID

from django.db import transaction

from claims import audit, receipts
from claims.models import OutletStatus, User
from claims.permissions import check_can_moderate
from claims.refusals import Gone, Invalid, Outdated
from claims.text.plain import plain
from claims.vocabulary import EventKind, OutletKind

MAX_NOTE = 1_000


@transaction.atomic
def describe_outlet(
    *, by: User, outlet_id: UUID, kind: str, note: str, expected_version: int, key: UUID | None = None
) -> OutletStatus:
    """Set the outlet's kind and the note that says on what basis.

    Raises NotAllowed, Gone, Invalid (a kind of the scheme, a note of at most MAX_NOTE characters), and Conflict where
    somebody else described it since the page was loaded.
    """
    check_can_moderate(by, "describe outlets")
    if kind not in set(OutletKind):
        raise Invalid("Choose one of the kinds of outlet; unknown is one of them.")
    note = plain("note", note, MAX_NOTE)
    status = OutletStatus.objects.select_for_update(of=("self",)).filter(pk=outlet_id).first()
    if status is None:
        raise Gone("There is no such outlet here.")
    request = {"verb": "describe outlet", "outlet": outlet_id, "version": expected_version, "to": [kind, note]}
    if status.version != expected_version:
        if key and receipts.answered(by=by, key=key, request=request):
            return status
        now: dict[str, object] = {"kind": status.kind, "note": status.note, "version": status.version}
        raise Outdated("Somebody described this outlet since the page was loaded. Reload it and compare.", now)
    before = {"kind": status.kind, "note": status.note}
    status.kind, status.note = kind, note
    status.version += 1
    status.save()
    after = {"kind": status.kind, "note": status.note}
    audit.record(EventKind.OUTLET_DESCRIBED, by=by, target=status.outlet, before=before, after=after)
    if key:
        receipts.keep(by=by, key=key, request=request, outcome={"version": status.version})
    return status
