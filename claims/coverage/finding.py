"""What somebody finds of two claims, checked, and as the link keeps it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from claims.models import LinkAssessment, LinkRuling
from claims.models.link import Found, Link, found_state
from claims.refusals import Invalid
from claims.relations import DIRECTED, TIME_BOUND, Independence, OriginSignKind, Relation, Subtype
from claims.text.sanitise import TooLong, sanitise


@dataclass(frozen=True)
class Finding:
    """How two claims relate, in somebody's finding.

    `origin` is the claim that a directed relation goes from: the newer of an update, the narrower of a qualification.
    `independence` is found of an agreement, by `signs` (claims.relations.OriginSignKind) or in words (`basis`).
    """

    relation: str
    subtype: str = ""
    origin: UUID | None = None
    independence: str = Independence.UNKNOWN
    signs: tuple[str, ...] = ()
    basis: str = ""
    reason: str = ""


def checked(finding: Finding, a: UUID, b: UUID) -> Finding:
    """The finding with its words cleaned. Raises Invalid with what to change where its parts do not fit each other."""
    if finding.relation not in set(Relation):
        raise Invalid("Choose how the two relate: one of the six relations.")
    _check_subtype(finding)
    if finding.relation in DIRECTED and finding.origin not in {a, b}:
        raise Invalid("Say which of the two it goes from: the newer one updates, the narrower one qualifies.")
    if finding.relation not in DIRECTED and finding.origin is not None:
        raise Invalid("Only updates and qualifications go from one claim to the other. Leave the direction empty.")
    _check_independence(finding)
    return Finding(
        relation=Relation(finding.relation),
        subtype=finding.subtype,
        origin=finding.origin,
        independence=Independence(finding.independence),
        signs=tuple(sorted(set(finding.signs))),
        basis=cleaned(finding.basis),
        reason=cleaned(finding.reason),
    )


def _check_subtype(finding: Finding) -> None:
    if not finding.subtype:
        return
    if finding.relation != Relation.CONTRADICTS:
        raise Invalid("Only a contradiction has a kind, such as number or date. Leave it empty here.")
    if finding.subtype not in set(Subtype):
        raise Invalid("Choose one of the kinds of contradiction that the form lists, or none.")


def _check_independence(finding: Finding) -> None:
    if finding.independence not in set(Independence):
        raise Invalid("Choose independent, shared origin or unknown.")
    if not set(finding.signs) <= set(OriginSignKind):
        raise Invalid("Choose signs of a shared origin from those that the form lists.")
    if finding.independence == Independence.UNKNOWN:
        return
    if finding.relation not in TIME_BOUND:
        raise Invalid(
            "Whether two claims rest on different origins is asked where they agree or contradict. Leave it unknown."
        )
    if finding.independence == Independence.INDEPENDENT and not finding.basis.strip():
        raise Invalid(
            "Independent needs evidence of its own: say which named persons, own documents or own reporters each has. "
            "That no sign of copying was found is unknown."
        )
    if finding.independence == Independence.SHARED and not (finding.signs or finding.basis.strip()):
        raise Invalid("A shared origin needs its evidence: tick the signs of it, or say in words what it is.")


def cleaned(words: str) -> str:
    """Words of a person as they are stored. Raises Invalid where they are too long."""
    try:
        return sanitise(words.strip())
    except TooLong as too_long:
        raise Invalid(str(too_long)) from too_long


def put_into(found: Found, finding: Finding, link: Link) -> None:
    """Give a row of `link` what was found."""
    found.relation, found.subtype = finding.relation, finding.subtype
    found.forward = None if finding.origin is None else finding.origin == link.a_id
    found.independence, found.signs = finding.independence, list(finding.signs)


def origin_of(found: Found, link: Link) -> UUID | None:
    """The claim that it goes from, None where it has no direction."""
    return None if found.forward is None else link.a_id if found.forward else link.b_id


def assessment_state(found: LinkAssessment | None) -> dict[str, Any] | None:
    """An assessment as the event log keeps it."""
    if found is None:
        return None
    return found_state(found) | {"reason": found.reason, "basis": found.basis, "version": found.version}


def ruling_state(found: LinkRuling | None) -> dict[str, Any] | None:
    """A ruling as the event log keeps it."""
    return found_state(found) | {"version": found.version} if found else None


def shared_signs(given: Sequence[Found]) -> list[str]:
    """Every sign that somebody names, once."""
    return sorted({sign for found in given for sign in found.signs})
