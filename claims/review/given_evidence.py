"""Evidence as somebody gives it, checked, and as it is told. What adding, changing and removing it share."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

from claims import receipts
from claims.models import Claim, Evidence, User
from claims.particulars import Stance
from claims.permissions import check_can_moderate
from claims.refusals import Gone, Invalid, Outdated
from claims.review.claim_in_hand import cleaned
from claims.review.in_view import given_address, given_time
from claims.text.plain import plain

# Pieces of evidence of one person for one claim that nobody has removed.
MOST_EVIDENCE = 50
MAX_TITLE = 300
MAX_QUOTE = 4_000


@dataclass(frozen=True)
class Given:
    """Everything that one piece of evidence says; what may be left out is "" then."""

    url: str
    stance: str
    title: str = ""
    quote: str = ""
    date: str = ""
    archived_url: str = ""
    note: str = ""


def checked(given: Given) -> Given:
    """The same as it is stored. Raises Invalid with what to change."""
    if given.stance not in set(Stance):
        raise Invalid("Say how it bears on the claim: it supports, refutes or qualifies it, or gives context.")
    return Given(
        url=given_address("address", given.url),
        stance=given.stance,
        title=plain("title", given.title, MAX_TITLE),
        quote=plain("quote", given.quote, MAX_QUOTE),
        date=given_time("Date", given.date).value if given.date.strip() else "",
        archived_url=given_address("link to the archived copy", given.archived_url)
        if given.archived_url.strip()
        else "",
        note=cleaned(given.note.strip()),
    )


def check_room_for_more(claim: Claim, by: User) -> None:
    """Raise Invalid where `by` has as much evidence at this claim as one person can have."""
    if Evidence.objects.in_force().filter(claim=claim, by=by).count() >= MOST_EVIDENCE:
        raise Invalid(
            f"You have {MOST_EVIDENCE} pieces of evidence at this claim, and that is the most. Remove one that says "
            "least, or put several into one note."
        )


def evidence_of(claim: Claim, evidence_id: UUID, by: User, deed: str) -> Evidence:
    """A piece of evidence at this claim that `by` may do this to: their own, or any for a moderator.

    Raises Gone, with the same words for one that is not there, one at another claim and one that `by` cannot see, and
    NotAllowed for one that somebody else added.
    """
    found = Evidence.objects.visible_to(by).filter(pk=evidence_id, claim=claim).first()
    if found is None:
        raise Gone("There is no such evidence at this claim. Add a piece of your own.")
    if found.by_id != by.pk:
        check_can_moderate(by, f"{deed} evidence that somebody else added")
    found.claim = claim
    return found


def check_version(evidence: Evidence, expected: int) -> None:
    """Raise Conflict unless the evidence is still what the page showed."""
    if evidence.version != expected:
        raise Outdated(
            "This evidence was changed since this page was loaded. Compare the two and save again to keep this one.",
            said(evidence),
        )


def said(evidence: Evidence) -> dict[str, Any]:
    """The evidence as a conflict shows it, in full."""
    names = ("url", "title", "quote", "date", "stance", "archived_url", "note", "version")
    return {name: getattr(evidence, name) for name in names}


def state(evidence: Evidence) -> dict[str, Any]:
    """The evidence as the event log keeps it: of the quote, which is somebody else's text, its hash alone."""
    quote = sha256(evidence.quote.encode()).hexdigest() if evidence.quote else ""
    return said(evidence) | {"id": str(evidence.pk), "quote": quote, "removed": evidence.removed_at is not None}


def outcome(evidence: Evidence) -> receipts.Outcome:
    """What the page is told, and the receipt keeps: which evidence it is, and its version."""
    return {
        "evidence": str(evidence.pk),
        "version": evidence.version,
        "stance": str(evidence.stance),
        "removed": evidence.removed_at is not None,
    }
