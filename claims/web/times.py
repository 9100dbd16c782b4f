"""Where a claim's times are sent."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_POST

from claims.across_rooms import date_and_recheck
from claims.models import User
from claims.permissions import check_can_assess
from claims.receipts import Outcome
from claims.review.date_claim import MAX_WORDS
from claims.text.edtf import MAX_TIME
from claims.web.sent_form import answer, sent, text_field, typed_in
from claims.web.times_form import FIELDS


class TimeForm(forms.Form):
    """One of a claim's two times, its sizes capped; the room checks what the words say. An empty one takes it back."""

    which = forms.CharField(max_length=8)
    value = text_field("time", MAX_TIME)
    words = text_field("wording", MAX_WORDS)
    against = text_field("day that you counted from", MAX_TIME)
    against_note = text_field("note on where that day comes from", MAX_WORDS)
    basis = text_field("basis", 16)
    version = forms.IntegerField(min_value=0)
    key = forms.UUIDField()


@require_POST
def date(request: HttpRequest, claim_id: UUID) -> HttpResponseBase:
    """Store one of a claim's two times."""
    check_can_assess(request.user)
    form = TimeForm(request.POST)

    def store(by: User) -> Outcome:
        return date_as_sent(by, claim_id, sent(form))

    return answer(request, claim_id, "times", typed_in(request, ("which", *FIELDS)), store)


def date_as_sent(by: User, claim_id: UUID, said: dict[str, Any]) -> Outcome:
    """Store a time as a form sent it."""
    return date_and_recheck(
        by=by,
        claim_id=claim_id,
        kind=said["which"],
        **{name: said[name] for name in FIELDS},
        expected_version=said["version"],
        key=said["key"],
    )
