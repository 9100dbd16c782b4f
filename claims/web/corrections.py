"""Readers ask for corrections; moderators answer."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from claims.coverage.correct_story import decline_correction, post_correction, request_correction
from claims.models import Correction, CorrectionRequest, Story
from claims.network_address import address_of
from claims.permissions import check_can_moderate
from claims.refusals import Gone, Invalid
from claims.web.judging import first_error
from claims.web.person import person


class RequestForm(forms.Form):
    """What a reader wants put right."""

    message = forms.CharField(max_length=CorrectionRequest.MAX_MESSAGE)
    contact = forms.CharField(required=False, max_length=CorrectionRequest.MAX_CONTACT)
    key = forms.UUIDField()


class AnswerForm(forms.Form):
    """The public line, or the reason for giving none."""

    line = forms.CharField(max_length=Correction.MAX_LINE)
    request_id = forms.IntegerField(required=False, min_value=1)
    deed = forms.ChoiceField(choices=[("answer", "answer"), ("decline", "decline")])
    key = forms.UUIDField()


@require_POST
def ask(request: HttpRequest, story_id: UUID) -> HttpResponseBase:
    """A reader asks for a correction of a published story."""
    found = _story(request, story_id)
    form = RequestForm(request.POST)
    if not form.is_valid():
        raise Invalid(first_error(form))
    sent = form.cleaned_data
    request_correction(
        story=found,
        message=sent["message"],
        contact=sent["contact"],
        address=address_of(request),
        key=sent["key"],
    )
    messages.success(request, "Thank you. A moderator will read it; what is put right is listed under Corrections.")
    return redirect("story", story_id=story_id)


@require_POST
def answer(request: HttpRequest, story_id: UUID) -> HttpResponseBase:
    """A moderator publishes a correction, in answer to a request or without one, or declines a request."""
    check_can_moderate(request.user, "publish corrections")
    found = _story(request, story_id)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        raise Invalid(first_error(form))
    sent = form.cleaned_data
    if sent["deed"] == "decline":
        if sent["request_id"] is None:
            raise Invalid("Say which request you decline: send the form that stands below it.")
        decline_correction(by=person(request), story=found, request_id=sent["request_id"], reason=sent["line"])
        messages.success(request, "Declined; the reason is in the log.")
    else:
        post_correction(
            by=person(request), story=found, line=sent["line"], key=sent["key"], request_id=sent["request_id"]
        )
        messages.success(request, "The correction is on the story's page.")
    return redirect("story", story_id=story_id)


def _story(request: HttpRequest, story_id: UUID) -> Story:
    found = Story.objects.visible_to(request.user).filter(pk=story_id).first()
    if found is None:
        raise Gone("There is no such story here, or it is not published.")
    return found
