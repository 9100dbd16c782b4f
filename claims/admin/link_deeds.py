"""What moderators do to links in the panel: confirm what was proposed, reject, reopen."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms

from claims.admin.deed import Deed, DeedForm, Order, ReasonForm
from claims.admin.words import WITHDRAWN, named, note_in_words, shortened
from claims.coverage.claim_times import time_rule, times_of
from claims.coverage.finding import Finding, origin_of
from claims.coverage.link_words import in_words
from claims.coverage.reopen_link import reopen_link
from claims.coverage.rule_on_link import mark_of, rule_on_link
from claims.models import Link, LinkAssessment, LinkRuling, User
from claims.permissions import check_can_rule_on_link
from claims.receipts import Outcome
from claims.refusals import Invalid, NotAllowed
from claims.relations import LINK_SETTLED, LINK_STATE_NAMES, TIME_BOUND, Independence, LinkState, Relation
from claims.text.sanitise import MAX_NOTE
from claims.vocabulary import ASIDE_NAMES, Aside

# How many characters of each claim a link is called by.
CALLED = 70
DIFFER = "Its findings differ, or there are none: open its page and rule on it there."


class ConfirmForm(DeedForm):
    """Each link is settled as what its own findings say, so there is nothing to choose."""

    explanation = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 4, "cols": 60}),
        max_length=MAX_NOTE,
        required=False,
        help_text="Shown with each of the links; not needed, because the ruling is what was found.",
    )


class RejectForm(DeedForm):
    """Why the pairs are unrelated."""

    explanation = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 4, "cols": 60}),
        max_length=MAX_NOTE,
        help_text="Why they have nothing to do with each other. Reviewers are shown it with each of the links.",
    )


def given_to(link: Link) -> list[LinkAssessment]:
    """The link's findings, first given first."""
    return sorted(link.assessments.all(), key=lambda found: (found.created_at, found.pk))


def ruling_of(link: Link) -> LinkRuling | None:
    """The link's ruling, if there is one."""
    return getattr(link, "ruling", None)


def called(link: Link) -> str:
    """The first words of both claims."""
    first, second = (shortened(claim.exact, CALLED) or WITHDRAWN for claim in (link.a, link.b))
    return f"{first} | {second}"


def state_of(link: Link) -> str:
    """Where it stands, and whether the times alone hold it back."""
    state = LINK_STATE_NAMES[LinkState(link.state)]
    return f"{state}, held by the time rule" if link.held_by_time else state


def common(given: Sequence[LinkAssessment]) -> Finding | None:
    """What all findings have in common, None where relation or direction differ.

    As where equal findings settle a link: differing kinds are none, and differing findings of the origin unknown.
    """
    if len({(found.relation, found.forward) for found in given}) != 1:
        return None
    first, subtypes = given[0], {found.subtype for found in given if found.subtype}
    origins = {found.independence for found in given}
    origin = first.independence if len(origins) == 1 else Independence.UNKNOWN
    known = origin != Independence.UNKNOWN
    return Finding(
        relation=first.relation,
        subtype=subtypes.pop() if len(subtypes) == 1 else "",
        origin=origin_of(first, first.link),
        independence=origin,
        signs=tuple({sign for found in given for sign in found.signs}) if origin == Independence.SHARED else (),
        basis=next((found.basis for found in given if found.basis), "") if known else "",
    )


def _confirm(order: Order) -> Outcome:
    finding = common(given_to(order.row))
    if finding is None:
        raise Invalid(DIFFER)
    return _rule(order, finding)


def _rule(order: Order, finding: Finding) -> Outcome:
    return rule_on_link(
        by=order.by,
        link_id=order.row.pk,
        finding=finding,
        explanation=order.said["explanation"],
        expected_version=order.version,
        key=order.key,
        seen=order.mark,
    )


def _reopen(order: Order) -> Outcome:
    return reopen_link(
        by=order.by,
        link_id=order.row.pk,
        reason=order.said["reason"],
        expected_version=order.version,
        key=order.key,
    )


def _stands(link: Link) -> list[str]:
    ruling = ruling_of(link)
    return [
        state_of(link),
        *(f"{named(found.reviewer)}: {in_words(found)}. {note_in_words(found.reason)}" for found in given_to(link)),
        *([f"Ruling of {named(ruling.by)}: {in_words(ruling)}. {note_in_words(ruling.explanation)}"] if ruling else []),
    ]


def _is_confirmed(link: Link) -> list[str]:
    given = given_to(link)
    if (finding := common(given)) is None:
        return []
    told = {"relation": finding.relation, "subtype": finding.subtype, "independence": finding.independence}
    return [f"ruled: {in_words(told | {'forward': given[0].forward})}"]


def _is_open(link: Link) -> list[str]:
    return [f"open for findings again; takes {max(2, len(given_to(link)) + 1)} equal ones"]


def _out_of_work(link: Link) -> str:
    for claim in (link.a, link.b):
        if claim.article.status.withdrawn_at is not None:
            return "An article of it was withdrawn, so it takes no more work."
        if claim.status.set_aside:
            return f"One of its claims is {ASIDE_NAMES[Aside(claim.status.set_aside)]}. Restore that first."
    return ""


def _not_proposed(link: Link) -> str:
    if why := _out_of_work(link):
        return why
    if link.state in LINK_SETTLED:
        return "It is settled already."
    return "" if common(given_to(link)) else DIFFER


def _rejected(link: Link) -> str:
    return _out_of_work(link) or ("It is rejected already." if link.state == LinkState.REJECTED else "")


def _not_settled(link: Link) -> str:
    settled = link.state in LINK_SETTLED or ruling_of(link) is not None
    return _out_of_work(link) or ("" if settled else "It is not settled, so there is nothing to reopen.")


def _own(links: Sequence[Link], viewer: User) -> dict[UUID, str]:
    """The links that the viewer judged and so may not rule on. The rule is asked once: it is the same for all."""
    own = [link for link in links if any(found.reviewer_id == viewer.pk for found in link.assessments.all())]
    if not own:
        return {}
    try:
        check_can_rule_on_link(viewer, own[0])
    except NotAllowed as barred:
        return {link.pk: str(barred) for link in own}
    return {}


def _own_or_untimely(links: Sequence[Link], viewer: User) -> dict[UUID, str]:
    """Those, and the links whose proposed relation their times do not allow."""
    times = times_of({key for link in links for key in (link.a_id, link.b_id)})
    untimely = {}
    for link in links:
        finding, rule = common(given_to(link)), time_rule(times[link.a_id], times[link.b_id])
        if finding and finding.relation in TIME_BOUND and not rule.overlap:
            untimely[link.pk] = rule.sentence
    return untimely | _own(links, viewer)


def _deed(**parts: Any) -> Deed:
    """What the deeds on links have in common."""
    return Deed(stands=_stands, called=called, prefetch=("assessments__reviewer",), knows_keys=True, **parts)


def _ruling_version(link: Link) -> int:
    ruling = ruling_of(link)
    return ruling.version if ruling else 0


def _mark(link: Link) -> str:
    return mark_of(link, given_to(link))


DEEDS = (
    _deed(
        name="confirm",
        title="Confirm as proposed",
        words="rule on links",
        done="confirmed",
        do=_confirm,
        form=ConfirmForm,
        becomes=_is_confirmed,
        version=_ruling_version,
        mark=_mark,
        unfit=_not_proposed,
        barred=_own_or_untimely,
        caution="Each of these links is settled by your ruling as what its findings say, without a second reviewer.",
    ),
    _deed(
        name="reject",
        title="Reject as unrelated",
        words="rule on links",
        done="rejected",
        do=lambda order: _rule(order, Finding(relation=Relation.UNRELATED)),
        form=RejectForm,
        becomes=lambda link: ["rejected: the pair is remembered and never suggested again"],
        version=_ruling_version,
        mark=_mark,
        unfit=_rejected,
        barred=_own,
        caution="Each of these links is settled as unrelated, whatever its reviewers found.",
    ),
    _deed(
        name="reopen",
        title="Reopen",
        words="reopen links",
        done="reopened",
        do=_reopen,
        form=ReasonForm,
        becomes=_is_open,
        version=lambda link: link.version,
        unfit=_not_settled,
        barred=_own,
        caution="Their rulings are set aside, and readers see these links no longer. The history keeps both.",
    ),
)
