"""Where moderators send a verdict on its way to readers: put forward, published, declined, withdrawn."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_POST

from claims.models import User
from claims.permissions import check_can_moderate
from claims.receipts import Outcome
from claims.review.decide_publication import MAX_REASON, decline_publication, publish_verdict
from claims.review.propose_publication import MAX_CORRECTION, propose_publication
from claims.review.withdraw_publication import withdraw_publication
from claims.web.publication_form import FIELDS
from claims.web.sent_form import answer, sent, text_field, typed_in

Verb = Callable[..., Outcome]


class ProposeForm(forms.Form):
    """Which version of the verdict is put forward, and what is put right by it."""

    correction = text_field("correction", MAX_CORRECTION)
    version = forms.IntegerField(min_value=0)
    key = forms.UUIDField()


class PublishForm(forms.Form):
    """Which publication of the claim."""

    number = forms.IntegerField(min_value=1, max_value=2**63 - 1)
    key = forms.UUIDField()


class ReasonForm(PublishForm):
    """Which publication, and why."""

    reason = text_field("reason", MAX_REASON, "Say in a sentence why.")


@require_POST
def propose(request: HttpRequest, claim_id: UUID) -> HttpResponseBase:
    """Put the verdict in force forward for readers."""
    check_can_moderate(request.user, "put verdicts forward for readers")
    form = ProposeForm(request.POST)

    def store(by: User) -> Outcome:
        said = sent(form)
        return propose_publication(
            by=by,
            claim_id=claim_id,
            correction=said["correction"],
            expected_version=said["version"],
            key=said["key"],
        )

    return _answer(request, claim_id, "propose", store)


@require_POST
def publish(request: HttpRequest, claim_id: UUID) -> HttpResponseBase:
    """Let out what another moderator put forward."""
    check_can_moderate(request.user, "publish verdicts")
    return _decided(request, claim_id, "publish", PublishForm(request.POST), publish_verdict)


@require_POST
def decline(request: HttpRequest, claim_id: UUID) -> HttpResponseBase:
    """Keep from readers what was put forward."""
    check_can_moderate(request.user, "decline verdicts that were put forward")
    return _decided(request, claim_id, "decline", ReasonForm(request.POST), decline_publication)


@require_POST
def withdraw(request: HttpRequest, claim_id: UUID) -> HttpResponseBase:
    """Take a published verdict back."""
    check_can_moderate(request.user, "withdraw published verdicts")
    return _decided(request, claim_id, "withdraw", ReasonForm(request.POST), withdraw_publication)


def _decided(request: HttpRequest, claim_id: UUID, name: str, form: forms.Form, verb: Verb) -> HttpResponseBase:
    def store(by: User) -> Outcome:
        said: dict[str, Any] = sent(form)
        return verb(by=by, claim_id=claim_id, **said)

    return _answer(request, claim_id, name, store)


def _answer(request: HttpRequest, claim_id: UUID, name: str, store: Callable[[User], Outcome]) -> HttpResponseBase:
    return answer(request, claim_id, "publication", typed_in(request, FIELDS) | {"form": name}, store)
