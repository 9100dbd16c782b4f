"""The page of one link: both claims, what was found of them as far as the viewer may know, and the ruling."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from claims.coverage.claim_times import TimeRule, time_rule, times_of
from claims.coverage.examples import is_example_link
from claims.coverage.finding import Finding, origin_of
from claims.coverage.link_comparison import compare
from claims.coverage.link_history import history_of
from claims.coverage.link_words import in_words, signs_in_words
from claims.coverage.reopen_link import reopen_link
from claims.coverage.rule_on_link import rule_on_link
from claims.link_filter import STATE_WORDS
from claims.models import Link, LinkAssessment, LinkRuling, User
from claims.permissions import can_moderate, can_rule_on_link, check_can_moderate, check_can_see_desk
from claims.refusals import Gone, Invalid, Refusal
from claims.relations import (
    INDEPENDENCE_NAMES,
    LINK_SETTLED,
    ORIGIN_SIGN_NAMES,
    RELATIONS,
    SUBTYPE_NAMES,
    TIME_BOUND,
    Independence,
    OriginSignKind,
    Relation,
    Subtype,
)
from claims.review.reopen_claim import MAX_REASON
from claims.text.sanitise import MAX_NOTE
from claims.web.adjudication import ReasonForm
from claims.web.judging import NOTE_TOO_LONG, first_error
from claims.web.link_list import Side
from claims.web.person import person

GONE = (
    "There is no such link here, or one of its claims is not: its article was withdrawn, or it is hidden. Look for it "
    "in the list of links."
)
_PLACE = ("status", "article__outlet", "article__status")


class LinkRulingForm(forms.Form):
    """A ruling: a finding accepted by its key, the update that the times offer, or a finding of the moderator's own."""

    accept = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1)
    offered = forms.BooleanField(required=False)
    relation = forms.ChoiceField(
        required=False,
        choices=[(relation.value, relation.value) for relation in Relation],
        error_messages={"invalid_choice": "Choose one of the relations."},
    )
    subtype = forms.ChoiceField(required=False, choices=[(subtype.value, subtype.value) for subtype in Subtype])
    origin = forms.UUIDField(required=False)
    independence = forms.ChoiceField(required=False, choices=[(found.value, found.value) for found in Independence])
    signs = forms.MultipleChoiceField(required=False, choices=[(sign.value, sign.value) for sign in OriginSignKind])
    explanation = forms.CharField(
        required=False,
        max_length=MAX_NOTE,
        error_messages={"max_length": NOTE_TOO_LONG.replace("note", "explanation")},
    )
    version = forms.IntegerField(min_value=0)
    seen = forms.CharField(required=False, max_length=4_000)
    key = forms.UUIDField()

    def finding(self, link_id: UUID) -> Finding:
        """What is ruled. Raises Invalid with the first thing that is wrong, Gone for no finding of this link."""
        if not self.is_valid():
            raise Invalid(first_error(self))
        data = self.cleaned_data
        if data["accept"] is not None:
            return _accepted(link_id, data["accept"])
        if data["offered"]:
            return _offered(link_id)
        if not data["relation"]:
            raise Invalid("Accept one of the findings, or choose a relation of your own.")
        return Finding(
            relation=data["relation"],
            subtype=data["subtype"],
            origin=data["origin"],
            independence=data["independence"] or Independence.UNKNOWN,
            signs=tuple(data["signs"]),
        )


def _accepted(link_id: UUID, number: int) -> Finding:
    found = LinkAssessment.objects.filter(link=link_id, pk=number).select_related("link").first()
    if found is None:
        raise Gone("The finding that you accept is not there any more. Look at the link again.")
    return Finding(
        relation=found.relation,
        subtype=found.subtype,
        origin=origin_of(found, found.link),
        independence=found.independence,
        signs=tuple(found.signs),
        basis=found.basis,
    )


def _offered(link_id: UUID) -> Finding:
    """That the newer claim updates the older one."""
    link = Link.objects.filter(pk=link_id).first()
    if link is None:
        raise Gone(GONE)
    times = times_of([link.a_id, link.b_id])
    newer = time_rule(times[link.a_id], times[link.b_id]).newer
    if not newer:
        raise Invalid("The times of the two claims have changed: neither is wholly later now. Look at them again.")
    return Finding(relation=Relation.UPDATES, origin=link.a_id if newer == "a" else link.b_id)


@require_safe
def link(request: HttpRequest, link_id: UUID) -> HttpResponse:
    """One link of the desk."""
    check_can_see_desk(request.user)
    return render(request, "links/link.html", _shown(person(request), link_id))


@require_POST
def rule(request: HttpRequest, link_id: UUID) -> HttpResponseBase:
    """Settle the link."""
    check_can_moderate(request.user, "rule on links")
    by, form = person(request), LinkRulingForm(request.POST)
    try:
        finding, sent = form.finding(link_id), form.cleaned_data
        rule_on_link(
            by=by,
            link_id=link_id,
            finding=finding,
            explanation=sent["explanation"],
            expected_version=sent["version"],
            key=sent["key"],
            seen=sent["seen"] if "seen" in request.POST else None,
        )
    except Refusal as refusal:
        return _refused(request, by, link_id, refusal, "given")
    messages.success(request, "The link is settled by your ruling.")
    return redirect("link-page", link_id=link_id)


@require_POST
def reopen(request: HttpRequest, link_id: UUID) -> HttpResponseBase:
    """Put a settled link back into work."""
    check_can_moderate(request.user, "reopen links")
    by, form = person(request), ReasonForm(request.POST)
    try:
        sent = form.said()
        reopen_link(by=by, link_id=link_id, reason=sent["reason"], expected_version=sent["version"], key=sent["key"])
    except Refusal as refusal:
        return _refused(request, by, link_id, refusal, "reopened")
    messages.success(request, "The link is open again; the history keeps what it was settled as.")
    return redirect("link-page", link_id=link_id)


def _refused(request: HttpRequest, by: User, link_id: UUID, refusal: Refusal, form: str) -> HttpResponse:
    """The page again, with what was typed in this form; the refusal alone where the link is not there."""
    try:
        context = _shown(by, link_id)
    except Gone:
        raise refusal from None
    typed: dict[str, Any] = {name: request.POST.get(name, "") for name in request.POST}
    context[form] = typed | {"signs": request.POST.getlist("signs")}
    return render(request, "links/link.html", context | {"refusal": str(refusal)}, status=refusal.status)


def _link_for(viewer: User, link_id: UUID) -> Link:
    """The link with what its page shows of its claims. Raises Gone where the viewer cannot see it."""
    sides = [f"{side}__{place}" for side in "ab" for place in _PLACE]
    found = Link.objects.visible_to(viewer).select_related(*sides).filter(pk=link_id).first()
    if found is None:
        raise Gone(GONE)
    return found


def _shown(viewer: User, link_id: UUID) -> dict[str, Any]:
    found: Any = _link_for(viewer, link_id)
    times = times_of([found.a_id, found.b_id])
    moderates, settled = can_moderate(viewer), found.state in LINK_SETTLED
    comparison = compare(found, viewer)
    own = next((one for one in comparison.findings if one.reviewer_id == viewer.pk), None)
    rulings = LinkRuling.objects.filter(link=found).select_related("by") if moderates or settled else []
    in_work = not (found.a.status.set_aside or found.b.status.set_aside)
    rule = time_rule(times[found.a_id], times[found.b_id])
    return {
        "link": found,
        "sides": [("A", Side(found.a, times[found.a_id])), ("B", Side(found.b, times[found.b_id]))],
        "state": STATE_WORDS[found.seen_state],
        "is_example": is_example_link(found.pk),
        "settled": in_words(found) if settled else "",
        "signs": signs_in_words(found.signs),
        "ruling": (ruling := next(iter(rulings), None)),
        "ruled": in_words(ruling) if ruling else "",
        "comparison": comparison,
        "own": own,
        "moderates": moderates,
        "in_work": in_work,
        "may_rule": in_work and can_rule_on_link(viewer, found),
        "may_reopen": in_work and moderates and (settled or ruling is not None),
        "history": history_of(found, viewer),
        "key": uuid4(),
        **_about_time(rule, moderates or (own is not None and own.relation in TIME_BOUND)),
        **_choices(),
    }


def _about_time(rule: TimeRule, told: bool) -> dict[str, Any]:
    """What the times allow, for who has found or may rule what they bind, and the update that they offer."""
    return {"time_rule": rule.sentence if told else "", "newer": rule.newer.upper() if told else ""}


def _choices() -> dict[str, Any]:
    """What a ruling is chosen from."""
    return {
        "relations": RELATIONS,
        "subtypes": SUBTYPE_NAMES.items(),
        "independences": INDEPENDENCE_NAMES.items(),
        "origin_signs": ORIGIN_SIGN_NAMES.items(),
        "max_explanation": MAX_NOTE,
        "max_reason": MAX_REASON,
    }
