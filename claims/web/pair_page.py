"""What the page of two claims shows: passages, differences, signs of one origin, times, and the form."""

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID, uuid4

from django.http import QueryDict

from claims.models import Revision, User
from claims.models.link import link_key
from claims.origin_evidence import evidence_between
from claims.permissions import can_moderate
from claims.refusals import Conflict, Gone, Invalid, Refusal
from claims.relations import Relation
from claims.text.comparing import MarkKind
from claims.text.similarity import Sign, explain
from claims.web.claim_side import Side, sides_of
from claims.web.link_form import (
    CHOICES,
    Pair,
    chosen,
    is_time_bound,
    links_seen,
    pair_of,
    typed_fields,
    updates_instead,
)
from claims.web.linking import sentences
from claims.web.pair_times import SentTimes, strays, times_of_side
from claims.web.passages import compared, passage_of

GONE = "One of the two claims is not here: its article was withdrawn or read again without it, or it is hidden."

# What differs between the two is told once: these reasons are, where the comparison tells of that kind.
_TOLD_AS: Final = {
    Sign.NUMBER_MISMATCH: MarkKind.NUMBER,
    Sign.REFERENCE_MISMATCH: MarkKind.NUMBER,
    Sign.DATE_MISMATCH: MarkKind.TIME,
    Sign.NEGATION: MarkKind.NEGATION,
}


@dataclass(frozen=True)
class Asked:
    """What the address of the page asks: a relation to choose in the form, a time to fill in, for which claim."""

    relation: str = ""
    take: str = ""
    of: str = ""


def pair_context(
    viewer: User,
    claim_id: UUID,
    other_id: UUID,
    asked: Asked,
    *,
    refusal: Refusal | None = None,
    typed: QueryDict | None = None,
    times: SentTimes | None = None,
) -> dict[str, Any]:
    """Everything the template shows; `typed` is what a refused finding held, `times` what refused times held.

    Raises Gone where the viewer cannot see one of the two, Invalid where they are one and the same.
    """
    here, other = _two(viewer, claim_id, other_id)
    link = links_seen(viewer).filter(pk=link_key(claim_id, other_id)).first()
    reasons = explain(here.claim.exact, other.claim.exact)
    stored = pair_of(here, other, link, reasons)
    pair = _filled(stored, asked, typed)
    texts = dict(Revision.objects.filter(pk__in=_revisions(here, other)).values_list("pk", "text"))
    ours, theirs = (
        passage_of(texts[side.claim.revision_id], side.claim.start, side.claim.end) for side in (here, other)
    )
    origin = evidence_between(here.claim, other.claim, ours.text, theirs.text, viewer)
    rows = compared(ours, theirs, origin.spans)
    return {
        "pair": pair,
        "here": here,
        "other": other,
        "reasons": sentences([reason for reason in reasons if _TOLD_AS.get(reason.code) not in rows.told]),
        "compared": rows,
        "origin": origin,
        "choices": CHOICES,
        "refusal": str(refusal) if refusal else "",
        "is_typed": typed is not None,
        "stored": stored if isinstance(refusal, Conflict) and stored.own and typed is not None else None,
        "offers": typed is not None and is_time_bound(pair) and pair.rule.overlap is False,
        "held": stored.time_words,
        "sides": (here, other),
        "script_data": {"user": viewer.pk, "claim": str(claim_id), "pairs": [pair.for_script()]},
        "retract_key": uuid4(),
        "both_times": [
            times_of_side(side, viewer, asked.take if asked.of == str(side.claim.pk) else "", times)
            for side in (here, other)
        ],
        "strays": strays(times, (here, other)),
        "moderates": can_moderate(viewer),
    }


def _two(viewer: User, claim_id: UUID, other_id: UUID) -> tuple[Side, Side]:
    sides = sides_of([claim_id, other_id], viewer)
    if {claim_id, other_id} - sides.keys():
        raise Gone(GONE)
    if claim_id == other_id:
        raise Invalid("A claim is not compared with itself. Choose another one.")
    return sides[claim_id], sides[other_id]


def _revisions(here: Side, other: Side) -> set[UUID]:
    return {here.claim.revision_id, other.claim.revision_id}


def _filled(pair: Pair, asked: Asked, typed: QueryDict | None) -> Pair:
    """The pair with what was typed in its form, or with the relation that the address chooses."""
    if typed is not None:
        pair = typed_fields(pair, typed)
    if asked.relation == Relation.UPDATES:
        return updates_instead(pair)
    return chosen(pair, asked.relation) if asked.relation in set(Relation) else pair
