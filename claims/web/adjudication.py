"""Where moderators settle claims: the assessments side by side, the ruling, reopening, retiring in favour of parts."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from claims.coverage.index_articles import index_claims
from claims.keyset import counted
from claims.models import Assessment, Ruling, User
from claims.permissions import can_rule, check_can_moderate
from claims.refusals import Gone, Invalid, Refusal
from claims.review.adjudication import compare, waiting_for_ruling
from claims.review.reopen_claim import MAX_REASON, reopen_claim
from claims.review.retire_claim import retire_claim
from claims.review.rule_on_claim import overrides, rule_on_claim
from claims.review.state import Judgement
from claims.text.sanitise import MAX_NOTE
from claims.vocabulary import LABELS, REASONS, SETTLED, STRENGTHS, Label
from claims.web.claim_page import claim_for
from claims.web.judging import NOTE_TOO_LONG, first_error, typed_judgement
from claims.web.person import person

MAX_PARTS_TEXT = 12_000


class RulingForm(forms.Form):
    """A ruling: one of the assessments accepted by its key, or a judgement of the moderator's own."""

    accept = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1)
    label = forms.ChoiceField(
        required=False,
        choices=[(label.value, label.value) for label in Label],
        error_messages={"invalid_choice": "Choose one of the labels."},
    )
    strength = forms.IntegerField(required=False, min_value=0, max_value=5)
    reason = forms.CharField(required=False, max_length=12)
    note = forms.CharField(required=False, max_length=MAX_NOTE, error_messages={"max_length": NOTE_TOO_LONG})
    version = forms.IntegerField(min_value=0)
    seen = forms.CharField(required=False, max_length=2_000)
    key = forms.UUIDField()

    def judgement(self, claim_id: UUID) -> Judgement:
        """What is ruled. Raises Invalid with the first thing that is wrong, Gone for no assessment of this claim."""
        if not self.is_valid():
            raise Invalid(first_error(self))
        data = self.cleaned_data
        if data["accept"] is None:
            if not data["label"]:
                raise Invalid("Accept one of the assessments, or choose a label of your own.")
            return Judgement(Label(data["label"]), data["strength"], data["reason"])
        accepted = Assessment.objects.filter(claim=claim_id, pk=data["accept"]).first()
        if accepted is None:
            raise Gone("The assessment that you accept is not there any more. Look at the claim again.")
        return Judgement(Label(accepted.label), accepted.strength, accepted.reason)


class ReasonForm(forms.Form):
    """Why something is done to the claim, in the state that the page showed."""

    reason = forms.CharField(
        max_length=MAX_REASON,
        error_messages={"max_length": NOTE_TOO_LONG.replace("note", "reason"), "required": "Say why."},
    )
    parts = forms.CharField(required=False, max_length=MAX_PARTS_TEXT)
    version = forms.IntegerField(min_value=0)
    key = forms.UUIDField()

    def said(self) -> dict[str, Any]:
        """What was sent. Raises Invalid with the first thing that is wrong."""
        if not self.is_valid():
            raise Invalid(first_error(self))
        return self.cleaned_data


@require_safe
def adjudicate_next(request: HttpRequest) -> HttpResponseBase:
    """On to the disputed claim that has waited longest for this moderator; `?after=` is the one to leave for now."""
    check_can_moderate(request.user, "rule on claims")
    waiting = waiting_for_ruling(person(request))
    found = _next(waiting, request.GET.get("after", ""))
    if found is None:
        return render(request, "adjudication/none.html", {"left": waiting.exists()})
    return redirect("adjudicate", claim_id=found.pk)


@require_safe
def adjudicate(request: HttpRequest, claim_id: UUID) -> HttpResponse:
    """One claim with its assessments side by side."""
    check_can_moderate(request.user, "rule on claims")
    return render(request, "adjudication/claim.html", _shown(person(request), claim_id))


@require_POST
def rule(request: HttpRequest, claim_id: UUID) -> HttpResponseBase:
    """Settle the claim, and go on to the next one that waits."""
    check_can_moderate(request.user, "rule on claims")
    by = person(request)
    form, judgement = RulingForm(request.POST), None
    try:
        judgement, sent = form.judgement(claim_id), form.cleaned_data
        rule_on_claim(
            by=by,
            claim_id=claim_id,
            judgement=judgement,
            explanation=sent["note"],
            expected_version=sent["version"],
            key=sent["key"],
            seen=sent["seen"] if "seen" in request.POST else None,
        )
    except Refusal as refusal:
        return _refused(request, by, claim_id, refusal, "rule", judgement)
    return _onward(request, claim_id, "ruled")


@require_POST
def reopen(request: HttpRequest, claim_id: UUID) -> HttpResponseBase:
    """Put a settled claim back into work."""
    check_can_moderate(request.user, "reopen claims")
    by, form = person(request), ReasonForm(request.POST)
    try:
        sent = form.said()
        reopen_claim(by=by, claim_id=claim_id, reason=sent["reason"], expected_version=sent["version"], key=sent["key"])
    except Refusal as refusal:
        return _refused(request, by, claim_id, refusal, "reopen")
    messages.success(request, "The claim is open again; the history keeps what it was settled as.")
    return redirect("adjudicate", claim_id=claim_id)


@require_POST
def retire(request: HttpRequest, claim_id: UUID) -> HttpResponseBase:
    """Retire the claim in favour of the parts that were written, one on each line."""
    check_can_moderate(request.user, "retire claims")
    by, form = person(request), ReasonForm(request.POST)
    try:
        sent = form.said()
        done = retire_claim(
            by=by,
            claim_id=claim_id,
            parts=sent["parts"].splitlines(),
            reason=sent["reason"],
            expected_version=sent["version"],
            key=sent["key"],
        )
    except Refusal as refusal:
        return _refused(request, by, claim_id, refusal, "retire")
    index_claims(by=by, claims=[claim_id, *map(UUID, done["parts"])])
    return _onward(request, claim_id, "retired; its parts are open now")


def _onward(request: HttpRequest, claim_id: UUID, done: str) -> HttpResponseBase:
    messages.success(request, f"The claim before is {done}.")
    if request.POST.get("then") == "stay":
        return redirect("claim", claim_id=claim_id)
    return redirect("adjudicate-next")


def _next(waiting: Any, after: str) -> Any:
    """The first claim that waits, or the one behind the claim with this key; None where there is no further one."""
    if not after:
        return waiting.first()
    try:
        left = waiting.filter(pk=UUID(after)).select_related("status").first()
    except ValueError:
        return waiting.first()
    if left is None:
        return waiting.first()
    return (
        waiting.filter(status__opened_at__gte=left.status.opened_at)
        .exclude(status__opened_at=left.status.opened_at, status__claim__gte=left.pk)
        .first()
    )


def _refused(
    request: HttpRequest, by: User, claim_id: UUID, refusal: Refusal, deed: str, judgement: Judgement | None = None
) -> HttpResponse:
    """The page again, with what was typed in the form of this deed; the refusal alone where the claim is not there.

    A ruling that lacks its explanation (`judgement` is what it would have been) is shown where to write it.
    """
    try:
        context = _shown(by, claim_id)
    except Gone:
        raise refusal from None
    if deed == "rule":
        given = context["comparison"].assessments
        unexplained = judgement and overrides(judgement, given, context["claim"].status.state)
        context["given"] = typed_judgement(request)
        context["unexplained"] = unexplained and not request.POST.get("note", "").strip()
    else:
        context[deed] = {name: request.POST.get(name, "") for name in ("reason", "parts")}
    return render(request, "adjudication/claim.html", context | {"refusal": str(refusal)}, status=refusal.status)


def _shown(viewer: User, claim_id: UUID) -> dict[str, Any]:
    found = claim_for(viewer, claim_id)
    ruling = Ruling.objects.filter(claim=found).select_related("by").first()
    return {
        "claim": found,
        "ruling": ruling,
        "comparison": compare(found),
        "settled": found.status.state in SETTLED,
        "may_rule": can_rule(viewer, found) and not found.status.set_aside,
        "waiting": counted(waiting_for_ruling(viewer)),
        "labels": LABELS,
        "strengths": sorted(STRENGTHS.items()),
        "reasons": REASONS,
        "max_note": MAX_NOTE,
        "max_reason": MAX_REASON,
        "max_parts": MAX_PARTS_TEXT,
        "key": uuid4(),
    }
