"""A moderator settles how two claims relate."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from claims import audit, receipts
from claims.coverage.finding import Finding, checked, cleaned, put_into, ruling_state
from claims.coverage.link_in_hand import check_in_work, given_to, hold, restate, rule_of, touch
from claims.models import Link, LinkAssessment, LinkRuling, User
from claims.permissions import check_can_moderate, check_can_rule_on_link
from claims.refusals import Invalid, Outdated
from claims.relations import LINK_SETTLED, TIME_BOUND
from claims.vocabulary import SCHEME_VERSION, EventKind


@transaction.atomic
def rule_on_link(
    *,
    by: User,
    link_id: UUID,
    finding: Finding,
    explanation: str,
    expected_version: int,
    key: UUID,
    seen: str | None = None,
    because: str = "",
) -> receipts.Outcome:
    """Settle the link, whatever reviewers found, or rule on it anew.

    `expected_version` is the version of the ruling that the page showed, 0 for none; `seen` the mark of the findings
    that it showed (see `mark_of`), None where it showed none. Raises NotAllowed, Gone, Invalid (an explanation is
    needed to override; agreement and contradiction need times that overlap), and Conflict where another ruling was
    made since, a reviewer changed a finding, or an article is locked.
    """
    check_can_moderate(by, "rule on links")
    link, a, b = hold(link_id, by)
    explanation = cleaned(explanation)
    finding = checked(replace(finding, basis=finding.basis or explanation), a.pk, b.pk)
    request = {"verb": "rule on link", "link": link_id, "version": expected_version, "finding": finding}
    request["explanation"] = explanation
    ruling = LinkRuling.objects.filter(link=link).first()
    if (ruling.version if ruling else 0) != expected_version:
        if before := receipts.answered(by=by, key=key, request=request):
            return before
        raise Outdated(
            "Another ruling was made since this page was loaded. Compare the two.", ruling_state(ruling) or {}
        )
    check_in_work(a, b)
    check_can_rule_on_link(by, link)
    given = given_to(link)
    if seen is not None and seen != mark_of(link, given):
        raise Outdated(
            "A reviewer has changed a finding since this page was loaded. Look at it again.", ruling_state(ruling)
        )
    rule = rule_of(link)
    if finding.relation in TIME_BOUND and not rule.overlap:
        raise Invalid(rule.sentence)
    _check_explained(link, given, finding, explanation)
    old = ruling_state(ruling)
    ruling = _store(ruling or LinkRuling(link=link, version=0), link, finding, explanation, by)
    restate(link, given, ruling, rule)
    touch(a, b)
    why = " ".join(filter(None, [because, explanation]))
    after = ruling_state(ruling) or {}
    audit.record(EventKind.LINK_RULED, by=by, target=link, before=old, after=after, reason=why)
    return receipts.keep(by=by, key=key, request=request, outcome=after | {"state": link.state})


def _store(ruling: LinkRuling, link: Link, finding: Finding, explanation: str, by: User) -> LinkRuling:
    put_into(ruling, finding, link)
    ruling.explanation, ruling.by = explanation, by
    ruling.scheme_version = SCHEME_VERSION
    ruling.version = (ruling.version or _version_of_last(link)) + 1
    ruling.updated_at = timezone.now()
    ruling.save()
    return ruling


def _version_of_last(link: Link) -> int:
    """The version of the last ruling that a reopening took away: a version never comes twice."""
    last = audit.newest(link, EventKind.LINK_RULED)
    return int(last.after["version"]) if last and last.after else 0


def _check_explained(link: Link, given: Sequence[LinkAssessment], finding: Finding, explanation: str) -> None:
    if not explanation and overrides(link, given, finding):
        raise Invalid(
            "Say in a sentence why you rule so: this ruling is none of the reviewers' findings, or overturns what was "
            "settled."
        )


def overrides(link: Link, given: Sequence[LinkAssessment], finding: Finding) -> bool:
    """Whether the finding is nobody's, or other than what is settled."""
    forward = None if finding.origin is None else finding.origin == link.a_id
    if link.state in LINK_SETTLED and (link.relation, link.forward) != (finding.relation, forward):
        return True
    return all((found.relation, found.forward) != (finding.relation, forward) for found in given)


def mark_of(link: Link, given: Sequence[LinkAssessment]) -> str:
    """What a page shows of a link's findings, as one mark: another mark, another state."""
    return ".".join([str(link.reopenings), *(f"{found.reviewer_id}-{found.version}" for found in given)])
