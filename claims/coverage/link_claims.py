"""A reviewer says how two claims relate, or says it anew."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from claims import audit, receipts
from claims.coverage.claim_times import TimeRule
from claims.coverage.finding import Finding, assessment_state, checked, origin_of, put_into
from claims.coverage.link_in_hand import (
    check_in_work,
    check_time,
    given_to,
    hold_claims,
    link_between,
    restate,
    rule_of,
    state_told,
    touch,
)
from claims.models import Link, LinkAssessment, LinkRuling, User
from claims.permissions import can_moderate, check_can_link
from claims.refusals import Conflict, Outdated
from claims.relations import LINK_SETTLED, RELATION_BY_VALUE, TIME_BOUND, Relation
from claims.vocabulary import SCHEME_VERSION, EventKind


@transaction.atomic
def link_claims(
    *, by: User, claim_id: UUID, other_id: UUID, finding: Finding, expected_version: int, key: UUID, because: str = ""
) -> receipts.Outcome:
    """Store what `by` finds of the two claims; return it as stored, with its version and what the times allow.

    `expected_version` is the version of one's own finding that the page showed, 0 for none; `because` goes into the
    event. Where the times are not known an agreement or contradiction is stored, and stays proposed. Raises NotAllowed,
    Gone, Invalid (also where the times are known to lie apart), and Conflict where one's finding changed since, the
    link was settled without it or an article is locked.
    """
    check_can_link(by)
    a, b = hold_claims(claim_id, other_id, by)
    finding = checked(finding, a.pk, b.pk)
    link = link_between(a, b)
    request = {"verb": "link", "link": link.pk, "version": expected_version, "finding": finding}
    given = given_to(link)
    own = next((found for found in given if found.reviewer_id == by.pk), None)
    rule = rule_of(link)
    if (own.version if own else 0) != expected_version:
        if before := receipts.answered(by=by, key=key, request=request):
            return before
        raise Outdated(
            "You changed this finding elsewhere since this page was loaded. Compare the two and save again to keep "
            "this one.",
            outcome(link, own, rule),
        )
    check_in_work(a, b)
    ruling = LinkRuling.objects.filter(link=link).first()
    _check_open(link, own, ruling, rule)
    check_time(finding.relation, rule)
    old = assessment_state(own)
    if link._state.adding:
        link.save(force_insert=True)
    own = _store(link, own, finding, given, by)
    restate(link, given if old else [*given, own], ruling, rule)
    touch(a, b)
    audit.record(EventKind.LINK_ASSESSED, by=by, target=link, before=old, after=_after(link, own), reason=because)
    return receipts.keep(by=by, key=key, request=request, outcome=outcome(link, own, rule))


def _check_open(link: Link, own: LinkAssessment | None, ruling: LinkRuling | None, rule: TimeRule) -> None:
    if ruling is not None and link.state not in LINK_SETTLED:
        raise Conflict(
            "A moderator has ruled on this pair, and the ruling waits until the times of the two claims are known to "
            "overlap. Set the times; if the ruling is wrong, tell a moderator.",
            outcome(link, own, rule),
        )
    if ruling is not None or (link.state in LINK_SETTLED and own is None):
        raise Conflict(
            "This pair is settled and takes no further findings. If that is wrong, tell a moderator, who can rule on "
            "it.",
            outcome(link, own, rule),
        )


def _store(link: Link, own: LinkAssessment | None, finding: Finding, given: list[LinkAssessment], by: User) -> Any:
    found = own or LinkAssessment(link=link, reviewer=by, version=_version_taken_back(link, by))
    others_seen = link.was_settled or (can_moderate(by) and any(one.reviewer_id != by.pk for one in given))
    found.blind = found.blind and (not others_seen or found.relation == finding.relation)
    put_into(found, finding, link)
    found.reason, found.basis = finding.reason, finding.basis
    found.scheme_version = SCHEME_VERSION
    found.version += 1
    found.updated_at = timezone.now()
    found.save()
    return found


def _version_taken_back(link: Link, by: User) -> int:
    """The version of the finding that `by` took back last, 0 for none: a version never comes twice."""
    taken_back = audit.newest(link, EventKind.LINK_RETRACTED, by=by)
    return int(taken_back.before["version"]) if taken_back and taken_back.before else 0


def _after(link: Link, own: LinkAssessment) -> dict[str, Any]:
    state = assessment_state(own) or {}
    return state | {"state": link.state, "a": str(link.a_id), "b": str(link.b_id)}


def outcome(link: Link, own: LinkAssessment | None, rule: TimeRule) -> receipts.Outcome:
    """What the page is told after a write: one's own finding, and of the link's state only what is not blind."""
    origin = origin_of(own, link) if own else None
    bound = own is not None and own.relation in TIME_BOUND
    return {
        "link": str(link.pk),
        "relation": own.relation if own else "",
        "relation_name": RELATION_BY_VALUE[Relation(own.relation)].name if own else "",
        "subtype": own.subtype if own else "",
        "origin": str(origin) if origin else "",
        "independence": own.independence if own else "",
        "signs": list(own.signs) if own else [],
        "basis": own.basis if own else "",
        "reason": own.reason if own else "",
        "version": own.version if own else 0,
        "settled": link.relation,
        "state": state_told(link, own),
        "time_rule": rule.sentence if bound else "",
        "offers": Relation.UPDATES if bound and rule.overlap is False else "",
    }
