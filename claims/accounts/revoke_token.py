"""A token stops working: its owner revokes it, or an administrator does."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from claims import audit
from claims.models import ApiToken, User
from claims.permissions import can_administer, check_has_account
from claims.refusals import Gone
from claims.vocabulary import EventKind


@transaction.atomic
def revoke_token(*, by: User, token_id: UUID) -> ApiToken:
    """End a token for good; revoking it again changes nothing. Administrators may end anybody's.

    Raises NotAllowed for an account that is blocked, and Gone for a token that `by` may not know of.
    """
    check_has_account(by, "revoke tokens")
    of_whom = ApiToken.objects.all() if can_administer(by) else ApiToken.objects.filter(user=by)
    token = of_whom.select_for_update(of=("self",), no_key=True).filter(pk=token_id).first()
    if token is None:
        raise Gone("There is no such token of yours. Look at the list of your tokens again.")
    if token.revoked_at is None:
        token.revoked_at = timezone.now()
        token.save(update_fields=["revoked_at"])
        audit.record(EventKind.TOKEN_REVOKED, by=by, target=token, before={"name": token.name, "of": token.user_id})
    return token
