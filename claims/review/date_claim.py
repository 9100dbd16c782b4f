"""Somebody of the desk says when a claim's event was, or as of when the claim was said to hold."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from claims import audit, receipts
from claims.models import Claim, ClaimTime, User
from claims.particulars import UNKNOWN_TIME, TimeKind
from claims.permissions import check_can_assess
from claims.refusals import Invalid, Outdated
from claims.review.claim_in_hand import touch
from claims.review.in_view import check_takes_details, given_time, in_view
from claims.text.edtf import Time
from claims.text.plain import plain
from claims.vocabulary import Basis, EventKind

MAX_WORDS = 200


@transaction.atomic
def date_claim(
    *,
    by: User,
    claim_id: UUID,
    kind: str,
    value: str,
    words: str,
    against: str,
    against_note: str,
    basis: str,
    expected_version: int,
    key: UUID,
) -> receipts.Outcome:
    """Store one of the claim's two times (`kind`) as in claims.text.edtf; return it with its version and without words.

    `words` are the text's own, relative ones with the day that they were counted from (`against`) and where that day
    comes from (`against_note`); `basis` is what the time rests on. An empty `value` takes a time back: nobody has said
    then, and the history keeps what it was. `expected_version` is the one that the page showed, 0 for none.
    Raises NotAllowed, Invalid, Gone where `by` cannot see the claim or it is out of work, and Conflict where the time
    changed since or the article is locked.
    """
    check_can_assess(by)
    time, parts = _checked(kind, value, words, against, against_note, basis)
    claim = in_view(by, claim_id)
    request = {"verb": "date", "claim": claim_id, "kind": kind, "value": value, "version": expected_version} | parts
    if before := receipts.answered(by=by, key=key, request=request):
        return before
    check_takes_details(claim)
    found = ClaimTime.objects.filter(claim=claim, kind=kind).first()
    _check_version(found, expected_version)
    if found is None and not value.strip():
        raise Invalid("Give a time first, or write unknown: nothing is stored that could be taken back.")
    old = state(found) if found else None
    stored = _store(found or ClaimTime(claim=claim, kind=kind, version=0), by, time if value.strip() else None, parts)
    touch(claim)
    audit.record(EventKind.CLAIM_DATED, by=by, target=claim, before=old, after=state(stored))
    return receipts.keep(by=by, key=key, request=request, outcome=state(stored))


def _checked(
    kind: str, value: str, words: str, against: str, against_note: str, basis: str
) -> tuple[Time, dict[str, str]]:
    """The time and what goes with it, as they are stored. Raises Invalid with what to change."""
    if kind not in set(TimeKind):
        raise Invalid("Say which time is meant: when it happened, or as of when it was said to hold.")
    time = given_time("Time", value.strip() or UNKNOWN_TIME)
    if time.kind == UNKNOWN_TIME:
        basis = basis or Basis.NOT_STATED
    elif basis not in set(Basis) - {Basis.NOT_STATED}:
        raise Invalid("Say what the time rests on: it is in the text, found elsewhere, or inferred.")
    if basis not in set(Basis):
        raise Invalid("Choose one of the bases: not stated, in the text, found elsewhere, inferred.")
    parts = {
        "words": plain("wording", words, MAX_WORDS),
        "against": given_time("Counted from", against).value if against.strip() else "",
        "against_note": plain("note on where that day comes from", against_note, MAX_WORDS),
        "basis": str(basis),
    }
    if parts["against"] and not parts["against_note"]:
        raise Invalid("Say where the day that you counted from comes from: the text, its update note, another page.")
    return time, parts


def _check_version(found: ClaimTime | None, expected: int) -> None:
    if (found.version if found else 0) != expected:
        raise Outdated(
            "Somebody changed this time since this page was loaded. Compare the two and save again to keep this one.",
            said(found) if found else {"value": "", "version": 0},
        )


def _store(time: ClaimTime, by: User, given: Time | None, parts: dict[str, str]) -> ClaimTime:
    time.value, time.earliest, time.latest = (given.value, given.earliest, given.latest) if given else ("", None, None)
    time.words, time.against, time.against_note = parts["words"], parts["against"], parts["against_note"]
    time.basis, time.by = parts["basis"], by
    time.version += 1
    time.updated_at = timezone.now()
    time.save()
    return time


def said(time: ClaimTime) -> dict[str, Any]:
    """A time as a conflict shows it, with the words that it was read from and what they were counted from."""
    return state(time) | {"words": time.words, "against_note": time.against_note}


def state(time: ClaimTime) -> dict[str, Any]:
    """A time as the event log and a receipt keep it: without words and note, which are mostly the article's."""
    return {
        "kind": str(time.kind),
        "value": time.value,
        "against": time.against,
        "basis": str(time.basis),
        "version": time.version,
    }


def times_of(claim: Claim) -> dict[str, ClaimTime]:
    """The claim's times by their kind, each with who gave it; one query."""
    return {time.kind: time for time in ClaimTime.objects.filter(claim=claim).select_related("by")}
