"""Where evidence is sent: added, changed, removed and restored."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_POST

from claims.models import User
from claims.particulars import Stance
from claims.permissions import check_can_assess
from claims.receipts import Outcome
from claims.review.add_evidence import add_evidence
from claims.review.change_evidence import change_evidence
from claims.review.given_evidence import MAX_QUOTE, MAX_TITLE, Given
from claims.review.remove_evidence import remove_evidence, restore_evidence
from claims.text.addresses import MAX_ADDRESS
from claims.text.edtf import MAX_TIME
from claims.text.sanitise import MAX_NOTE
from claims.web.evidence_list import FIELDS
from claims.web.sent_form import answer, sent, text_field, typed_in


class EvidenceForm(forms.Form):
    """A piece of evidence, its sizes capped; the room checks what the words say."""

    url = text_field("address", MAX_ADDRESS, "Give the address of the evidence: it starts with http:// or https://.")
    title = text_field("title", MAX_TITLE)
    quote = text_field("quote", MAX_QUOTE)
    date = text_field("date", MAX_TIME)
    stance = forms.ChoiceField(
        choices=[(stance.value, stance.value) for stance in Stance],
        error_messages={
            "required": "Say how it bears on the claim: it supports, refutes or qualifies it, or gives context.",
            "invalid_choice": "Choose how it bears on the claim from the list.",
        },
    )
    archived_url = text_field("link to the archived copy", MAX_ADDRESS)
    note = text_field("note", MAX_NOTE)
    key = forms.UUIDField()

    def given(self) -> Given:
        """The evidence. Raises Invalid with the first thing that is wrong."""
        said = sent(self)
        return Given(**{name: said[name] for name in FIELDS})


class ChangeForm(EvidenceForm):
    """A piece of evidence as it is to be, and which one, in the version that the page showed."""

    evidence = forms.UUIDField()
    version = forms.IntegerField(min_value=0)


class WhichForm(forms.Form):
    """Which piece of evidence, in the version that the page showed."""

    evidence = forms.UUIDField()
    version = forms.IntegerField(min_value=0)
    key = forms.UUIDField()


@require_POST
def add(request: HttpRequest, claim_id: UUID) -> HttpResponseBase:
    """Add a piece of evidence to a claim."""
    check_can_assess(request.user)
    form = EvidenceForm(request.POST)

    def store(by: User) -> Outcome:
        return add_evidence(by=by, claim_id=claim_id, given=form.given(), key=form.cleaned_data["key"])

    return answer(request, claim_id, "evidence", typed_in(request, FIELDS), store)


@require_POST
def change(request: HttpRequest, claim_id: UUID) -> HttpResponseBase:
    """Change a piece of evidence."""
    check_can_assess(request.user)
    form = ChangeForm(request.POST)

    def store(by: User) -> Outcome:
        given, said = form.given(), form.cleaned_data
        return change_evidence(
            by=by,
            claim_id=claim_id,
            evidence_id=said["evidence"],
            given=given,
            expected_version=said["version"],
            key=said["key"],
        )

    return answer(request, claim_id, "evidence", typed_in(request, ("evidence", *FIELDS)), store)


@require_POST
def remove(request: HttpRequest, claim_id: UUID) -> HttpResponseBase:
    """Take a piece of evidence out of the list."""
    check_can_assess(request.user)
    return _about_one(request, claim_id, remove_evidence)


@require_POST
def restore(request: HttpRequest, claim_id: UUID) -> HttpResponseBase:
    """Put a removed piece of evidence back."""
    check_can_assess(request.user)
    return _about_one(request, claim_id, restore_evidence)


def _about_one(request: HttpRequest, claim_id: UUID, deed: Any) -> HttpResponseBase:
    form = WhichForm(request.POST)

    def store(by: User) -> Outcome:
        said = sent(form)
        return dict(
            deed(
                by=by,
                claim_id=claim_id,
                evidence_id=said["evidence"],
                expected_version=said["version"],
                key=said["key"],
            )
        )

    return answer(request, claim_id, "evidence", {}, store)
