"""What every write about a claim's details begins with: the claim as `by` may see it, locked, and open to such work."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from claims.models import Claim, User
from claims.refusals import Conflict, Gone, Invalid, Refusal
from claims.review.claim_in_hand import check_in_work, check_there, hold
from claims.text.addresses import MAX_ADDRESS, fault_of
from claims.text.edtf import Time, parse
from claims.text.plain import plain

LOCKED = (
    "A moderator has locked this article, so nothing is added to its claims for now. What you typed is still here; ask "
    "a moderator, or come back when it is unlocked."
)
_is_address = URLValidator(schemes=("http", "https"))


def in_view(by: User, claim_id: UUID) -> Claim:
    """The claim with its status, locked until the transaction ends.

    Raises Gone with the same words where there is no such claim and where `by` cannot see it.
    """
    if not Claim.objects.visible_to(by).filter(pk=claim_id).exists():
        raise Gone("There is no such claim here: its article was withdrawn, or a moderator has hidden it.")
    return hold(claim_id)


def check_takes_details(claim: Claim) -> None:
    """Raise Gone for a claim that is out of work, Conflict where its article is locked. A settled one takes details."""
    check_there(claim)
    check_in_work(claim)
    if claim.article.status.locked_at is not None:
        raise Conflict(LOCKED)


def why_closed(claim: Claim) -> str:
    """Why the claim takes no details now, as a sentence; "" where it does."""
    try:
        check_takes_details(claim)
    except Refusal as refusal:
        return str(refusal)
    return ""


def given_time(what: str, typed: str) -> Time:
    """The time that was typed; `what` names the field in a sentence. Raises Invalid with how times are written."""
    try:
        return parse(typed)
    except ValueError as wrong:
        raise Invalid(f"{what}: {wrong}") from wrong


def given_address(what: str, typed: str) -> str:
    """An http(s) address as it is stored. It is never loaded. Raises Invalid with what is wrong with it."""
    address = plain(what, typed, MAX_ADDRESS)
    if fault := fault_of(address):
        raise Invalid(f"The {what} {fault}.")
    try:
        _is_address(address)
    except ValidationError as wrong:
        raise Invalid(f"The {what} is none that a browser could open. Copy it again from the browser.") from wrong
    return address
