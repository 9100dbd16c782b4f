"""What the section “times” of a claim's details shows."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from claims.models import Claim, ClaimTime, User
from claims.particulars import TIME_KIND_NAMES, UNKNOWN_TIME, TimeKind
from claims.permissions import can_moderate
from claims.review.date_claim import MAX_WORDS, times_of
from claims.review.in_view import why_closed
from claims.text.edtf import MAX_TIME, words
from claims.text.times import Reference, TimeSuggestion, reference_of, suggest_times
from claims.vocabulary import BASIS_NAMES, SETTLED, Basis

FIELDS = ("value", "words", "against", "against_note", "basis")


@dataclass(frozen=True)
class TimeForm:
    """One of the two times: what is stored in words, and what its form holds; `is_typed` says that it was refused.

    `by` is who gave it, where the viewer may know, else None; `is_filled` says that a suggestion was taken over.
    """

    kind: TimeKind
    name: str
    stored: ClaimTime | None
    says: str
    against: str
    by: User | None
    fields: dict[str, str]
    is_typed: bool
    is_filled: bool
    key: UUID


def times_context(claim: Claim, viewer: User, typed: dict[str, Any] | None = None) -> dict[str, Any]:
    """What the section shows; `typed` is what a refused form held, with `which` for the time that it was about.

    `typed["take"]` is a suggestion to fill in and not to store: its number from 0 and the kind, as in "0-event".
    One query.
    """
    typed = typed or {}
    reference = reference_for(claim)
    suggestions = suggest_times(claim.exact, reference.day, reference.note)
    taken = _taken(typed.get("take", ""), suggestions)
    stored = times_of(claim)
    names_shown = can_moderate(viewer) or claim.status.state in SETTLED
    forms = [_form(kind, stored.get(kind), typed, taken.get(kind), viewer, names_shown) for kind in TimeKind]
    return {
        "forms": forms,
        "suggestions": [(one, words(one.value) if one.value else "") for one in suggestions],
        "reference": reference,
        "error": typed.get("error", ""),
        "closed": why_closed(claim),
        "bases": {basis.value: name for basis, name in BASIS_NAMES.items()},
        "kinds": TIME_KIND_NAMES,
        "most": {"value": MAX_TIME, "words": MAX_WORDS},
    }


def published_of(claim: Claim) -> tuple[str, str]:
    """The date that the article states for its publication, "" where it states none, and its basis in words.

    The date of a page that republished the text is another fact, and not asked.
    """
    basis = Basis(claim.article.bases.get("published", {}).get("basis", Basis.NOT_STATED))
    return ("" if basis == Basis.NOT_STATED else claim.article.published), BASIS_NAMES[basis]


def reference_for(claim: Claim) -> Reference:
    """The day that the claim's relative words are counted from."""
    return reference_of(*published_of(claim))


def _taken(take: str, suggestions: list[TimeSuggestion]) -> dict[str, dict[str, str]]:
    """The fields of the form that the suggestion is for; nothing for a number or a kind that there is not."""
    number, _, kind = take.partition("-")
    if kind not in set(TimeKind) or number not in {str(place) for place in range(len(suggestions))}:
        return {}
    one = suggestions[int(number)]
    rests_on = Basis.INFERRED if one.against else Basis.IN_TEXT if one.value else Basis.NOT_STATED
    fields = {"value": one.value or UNKNOWN_TIME, "words": one.words, "against": one.against}
    return {kind: fields | {"against_note": one.against_note, "basis": rests_on.value}}


def _form(
    kind: TimeKind,
    stored: ClaimTime | None,
    typed: dict[str, Any],
    taken: dict[str, str] | None,
    viewer: User,
    names_shown: bool,
) -> TimeForm:
    is_typed = typed.get("which") == kind
    in_force = {name: getattr(stored, name) if stored else "" for name in FIELDS}
    return TimeForm(
        kind=kind,
        name=TIME_KIND_NAMES[kind],
        stored=stored,
        says=words(stored.value) if stored else "",
        against=words(stored.against) if stored and stored.against else "",
        by=stored.by if stored and (names_shown or stored.by_id == viewer.pk) else None,
        fields={name: typed.get(name, "") for name in FIELDS} if is_typed else taken or in_force,
        is_typed=is_typed,
        is_filled=taken is not None,
        key=uuid4(),
    )
