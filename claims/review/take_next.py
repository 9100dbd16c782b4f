"""The queue serves a person the claim that is most worth their time, and holds it for them for a while."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from claims.models import Claim, Lease, User
from claims.permissions import check_can_assess
from claims.review.queue import candidates, undone_by

HELD_FOR = timedelta(minutes=10)


@transaction.atomic
def take_next(*, by: User) -> Claim | None:
    """Lease the next claim to `by` and let go of the one before; None where nothing waits for them.

    As long as the claim that they hold is undone it is served again, so that a second press has no second effect; its
    time begins anew. A lease keeps nobody from labelling the claim by hand. Raises NotAllowed.
    """
    check_can_assess(by)
    # Presses of one person take turns; what they write elsewhere meanwhile does not wait for this.
    User.objects.select_for_update(of=("self",), no_key=True).get(pk=by.pk)
    own = Lease.objects.select_for_update(of=("self",)).filter(holder=by).first()
    until = timezone.now() + HELD_FOR
    if own and (undone := undone_by(by).filter(pk=own.claim_id).first()):
        Lease.objects.filter(holder=by).update(until=until)
        return undone
    for key in candidates(by):
        # Between the look and the lease it may have been hidden, or read away.
        if _leased(by, key, until) and (found := undone_by(by).filter(pk=key).first()):
            return found
    Lease.objects.filter(holder=by).delete()
    return None


def _leased(by: User, key: UUID, until: datetime) -> bool:
    """Whether `by` got this claim: nobody else may have been quicker, which the constraint on claims decides."""
    try:
        with transaction.atomic():
            if not _is_free(by, key):
                return False
            if not Lease.objects.filter(holder=by).update(claim=key, until=until):
                Lease.objects.create(holder=by, claim_id=key, until=until)
    except IntegrityError:
        return False
    return True


def _is_free(by: User, key: UUID) -> bool:
    """Take away a lease on the claim that has run out; False where another stands, or is just being renewed."""
    others = Lease.objects.exclude(holder=by).filter(claim=key)
    # Nobody waits here for somebody else's lease: two who want each other's would wait for ever.
    ran_out = others.select_for_update(of=("self",), skip_locked=True).filter(until__lte=timezone.now()).first()
    if ran_out:
        ran_out.delete()
    return ran_out is not None or not others.exists()
