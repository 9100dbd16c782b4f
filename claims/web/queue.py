"""The queue: what waits for whoever looks, the next claim, and passing one with a reason."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from claims.permissions import can_moderate, check_can_assess
from claims.refusals import Invalid
from claims.review.progress import progress_in
from claims.review.queue import assigned_to, begun_by, newest_skips, skipped_by, undone_by
from claims.review.skip_claim import skip_claim
from claims.review.take_next import take_next
from claims.vocabulary import SKIP_REASONS
from claims.web.judging import first_error
from claims.web.person import person
from claims.web.queue_bar import FROM_QUEUE

NOTHING_LEFT = (
    "Nothing in the queue needs you now. What you have not labelled is with somebody else at the moment, or needs "
    "nobody more. Come back later, or go on in an article."
)
SAME_AGAIN = "This claim still waits for your label. Label it, or skip it with a reason; then the next one comes."


class SkipForm(forms.Form):
    """Which claim is passed, and why."""

    claim = forms.UUIDField()
    reason = forms.ChoiceField(
        choices=[(reason.value, words) for reason, words in SKIP_REASONS.items()],
        error_messages={
            "required": "Choose why you skip the claim, then send it again.",
            "invalid_choice": "Choose one of the reasons that the list offers.",
        },
    )
    key = forms.UUIDField()


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """What waits for the person: articles assigned and begun, what they skipped; for moderators, everybody's skips."""
    check_can_assess(request.user)
    viewer = person(request)
    undone = undone_by(viewer)
    assigned = assigned_to(viewer, undone)
    begun = [article for article in begun_by(viewer, undone) if article not in assigned]
    progress = progress_in([*assigned, *begun], viewer)
    context = {
        "assigned": [(article, progress[article.pk]) for article in assigned],
        "begun": [(article, progress[article.pk]) for article in begun],
        "skips": skipped_by(viewer),
        "everybodys": newest_skips(viewer) if can_moderate(viewer) else None,
    }
    return render(request, "queue/queue.html", context)


@require_POST
def next_claim(request: HttpRequest) -> HttpResponseBase:
    """Lead to the claim that is most worth the person's time; `claim` names the one that they come from."""
    check_can_assess(request.user)
    return _onward(request, come_from=request.POST.get("claim", ""))


@require_POST
def skip(request: HttpRequest) -> HttpResponseBase:
    """Pass a claim, and lead on to the next."""
    check_can_assess(request.user)
    form = SkipForm(request.POST)
    if not form.is_valid():
        raise Invalid(first_error(form))
    sent = form.cleaned_data
    skip_claim(by=person(request), claim_id=sent["claim"], reason=sent["reason"], key=sent["key"])
    return _onward(request)


def _onward(request: HttpRequest, come_from: str = "") -> HttpResponseBase:
    found = take_next(by=person(request))
    if found is None:
        messages.info(request, NOTHING_LEFT)
        return redirect("queue")
    if str(found.pk) == come_from:
        messages.info(request, SAME_AGAIN)
    return redirect(f"{reverse('article', args=[found.article_id])}?claim={found.pk}&from={FROM_QUEUE}#here")
