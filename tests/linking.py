"""What people do with two claims, each in the version that is in force unless told otherwise."""

from uuid import UUID, uuid4

from claims.coverage import link_claims as link_verb
from claims.coverage import reopen_link, retract_link, rule_on_link
from claims.coverage.finding import Finding
from claims.coverage.recheck_links import recheck_links
from claims.models import Claim, ClaimTime, Link, LinkAssessment, LinkRuling, User
from claims.models.link import link_key
from claims.receipts import Outcome
from claims.relations import Relation
from claims.review.attribute_claim import GivenAttribution, GivenHop, attribute_claim
from claims.review.date_claim import date_claim
from claims.vocabulary import Basis


def between(one: Claim, other: Claim) -> Link:
    """The link of the two as it is stored now."""
    return Link.objects.get(pk=link_key(one.pk, other.pk))


def finding(relation: str, **parts: object) -> Finding:
    return Finding(relation=relation, **parts)  # type: ignore[arg-type]


def link(one: Claim, other: Claim, by: User, relation: str = Relation.CORROBORATES, **parts: object) -> Outcome:
    """`by` finds how the two relate, or finds it anew."""
    own = LinkAssessment.objects.filter(link=link_key(one.pk, other.pk), reviewer=by).first()
    version = parts.pop("expected_version", own.version if own else 0)
    key = parts.pop("key", None) or uuid4()
    return link_verb.link_claims(
        by=by,
        claim_id=one.pk,
        other_id=other.pk,
        finding=finding(relation, **parts),
        expected_version=version,  # type: ignore[arg-type]
        key=key,  # type: ignore[arg-type]
    )


def unlink(one: Claim, other: Claim, by: User) -> Outcome:
    own = LinkAssessment.objects.get(link=link_key(one.pk, other.pk), reviewer=by)
    return retract_link.retract_link(by=by, link_id=own.link_id, expected_version=own.version, key=uuid4())


def rule_link(
    one: Claim, other: Claim, by: User, relation: str, explanation: str = "So it is.", **parts: object
) -> Outcome:
    key = link_key(one.pk, other.pk)
    old = LinkRuling.objects.filter(link=key).first()
    return rule_on_link.rule_on_link(
        by=by,
        link_id=key,
        finding=finding(relation, **parts),
        explanation=explanation,
        expected_version=old.version if old else 0,
        key=uuid4(),
    )


def reopen(one: Claim, other: Claim, by: User, reason: str = "A source came to light.") -> Outcome:
    now = between(one, other)
    return reopen_link.reopen_link(by=by, link_id=now.pk, reason=reason, expected_version=now.version, key=uuid4())


def dated(claim: Claim, by: User, value: str, kind: str = "event") -> int:
    """`by` dates the claim; how many links changed with it."""
    now = ClaimTime.objects.filter(claim=claim, kind=kind).first()
    date_claim(
        by=by,
        claim_id=claim.pk,
        kind=kind,
        value=value,
        words="",
        against="",
        against_note="",
        basis=Basis.FOUND_ELSEWHERE,
        expected_version=now.version if now else 0,
        key=uuid4(),
    )
    return recheck_links(by=by, claims=[claim.pk])


def confirmed(one: Claim, other: Claim, first: User, second: User, relation: str, **parts: object) -> UUID:
    """Two reviewers find the same of the two; both claims are timeless."""
    for claim in (one, other):
        if not ClaimTime.objects.filter(claim=claim, kind="event").exists():
            dated(claim, first, "timeless")
    for who in (first, second):
        link(one, other, who, relation, **parts)
    return link_key(one.pk, other.pk)


def attribute(claim: Claim, by: User, *route: str) -> None:
    """`by` finds that the claim comes from these named people, the first of them its root."""
    attribute_claim(
        by=by,
        claim_id=claim.pk,
        given=GivenAttribution(chain=tuple(GivenHop(name=name, kind="named_person") for name in route)),
        expected_version=0,
        key=uuid4(),
    )
