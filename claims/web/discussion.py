"""What the desk says about a claim: threads, answers, and their resolving."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from claims.keyset import page_of
from claims.models import Claim, User
from claims.permissions import can_moderate, check_can_see_desk
from claims.refusals import Gone, Invalid, Refusal
from claims.review.discussion import Thread, answers_elsewhere, first_comments, is_open_to_all, threads
from claims.review.resolve_thread import reopen_thread, resolve_thread
from claims.review.write_comment import MOST_ANSWERS, write_comment
from claims.text.mentions import words_of
from claims.text.sanitise import MAX_NOTE
from claims.web.person import person
from claims.web.refusals import wants_json

THREADS_SHOWN = 20
DEEDS = {"resolve": resolve_thread, "reopen": reopen_thread}


class CommentForm(forms.Form):
    """What is said, and in answer to which thread."""

    note = forms.CharField(
        max_length=MAX_NOTE,
        error_messages={
            "required": "Write something first: the comment is empty.",
            "max_length": "The comment has %(show_value)d characters, and the most is %(limit_value)d: shorten it.",
        },
    )
    thread = forms.UUIDField(required=False)
    key = forms.UUIDField()


class ThreadForm(forms.Form):
    """Which thread is resolved or reopened, as the page showed it."""

    thread = forms.UUIDField()
    version = forms.IntegerField(min_value=0)
    deed = forms.ChoiceField(choices=[(deed, deed) for deed in DEEDS])
    key = forms.UUIDField()


@dataclass(frozen=True)
class Shown:
    """A thread with what its forms need; `typed` is the answer of a form that was refused, `says` its plain words."""

    thread: Thread
    says: str
    may_resolve: bool
    typed: str
    key: UUID
    settle_key: UUID


@require_safe
def discussion(request: HttpRequest, claim_id: UUID) -> HttpResponse:
    """Everything that was said about a claim, page by page; `?after=` is the place where older threads begin."""
    check_can_see_desk(request.user)
    viewer = person(request)
    found = _found(viewer, claim_id)
    context = discussion_context(found, viewer, after=request.GET.get("after", ""))
    return render(request, "discussion/page.html", {"claim": found, "discussion": context})


@require_POST
def comment(request: HttpRequest, claim_id: UUID) -> HttpResponseBase:
    """Begin a thread about a claim, or answer in one."""
    check_can_see_desk(request.user)
    by = person(request)
    found = _found(by, claim_id)
    try:
        sent = _sent(CommentForm(request.POST))
        outcome = write_comment(by=by, claim_id=claim_id, thread_id=sent["thread"], body=sent["note"], key=sent["key"])
    except Refusal as refusal:
        return _refused(request, found, refusal)
    if unknown := outcome["unknown"]:
        names = ", ".join(f"@{name}" for name in unknown)
        messages.warning(request, f"Your comment is stored. Nobody of the desk is called {names}, so nobody was told.")
    return redirect(f"{reverse('claim', args=[claim_id])}#comment-{outcome['comment']}")


@require_POST
def settle_thread(request: HttpRequest, claim_id: UUID) -> HttpResponseBase:
    """Resolve a thread about a claim, or reopen it."""
    check_can_see_desk(request.user)
    by = person(request)
    found = _found(by, claim_id)
    try:
        sent = _sent(ThreadForm(request.POST))
        DEEDS[sent["deed"]](
            by=by, claim_id=claim_id, thread_id=sent["thread"], expected_version=sent["version"], key=sent["key"]
        )
    except Refusal as refusal:
        return _refused(request, found, refusal)
    return redirect(f"{reverse('claim', args=[claim_id])}#comment-{sent['thread']}")


def discussion_context(
    claim: Claim, viewer: User, *, after: str = "", typed: str = "", answering: UUID | None = None
) -> dict[str, Any]:
    """What `_partials/discussion.html` shows, under the name `discussion`: the newest threads, or those after a place.

    `typed` is put back into the form that answers the thread `answering`, or, where that takes no answers, into the
    one for a new thread; beside a claim that is set aside it is only shown, as there are no forms. Three queries at
    most for a page, however many threads there are; one more for a form that comes back. Raises Invalid for a made-up
    place.
    """
    first = first_comments(claim, viewer)
    page = page_of(first, "created_at", after, size=THREADS_SHOWN)
    rows = page.rows[::-1]
    if answering and answering not in {row.pk for row in rows}:
        rows = [*first.filter(pk=answering), *rows]
    moderates, closed = can_moderate(viewer), bool(claim.status.set_aside)
    shown = [
        Shown(
            thread,
            says=" ".join(words_of(thread.first.body).split()),
            may_resolve=not closed and (moderates or thread.first.by_id == viewer.pk),
            typed=typed if thread.first.pk == answering and not thread.first.resolved_at and not closed else "",
            key=uuid4(),
            settle_key=uuid4(),
        )
        for thread in threads(rows, viewer)
    ]
    return {
        "claim": claim,
        "viewer": viewer,
        "shown": shown,
        "elsewhere": answers_elsewhere(claim, viewer, MOST_ANSWERS),
        "older": page.after,
        "open_to_all": is_open_to_all(claim),
        "moderates": moderates,
        "typed": "" if any(one.typed for one in shown) else typed,
        "key": uuid4(),
        "max_length": MAX_NOTE,
    }


def _found(viewer: User, claim_id: UUID) -> Claim:
    found = Claim.objects.visible_to(viewer).select_related("status", "article__status").filter(pk=claim_id).first()
    if found is None:
        raise Gone("There is no such claim here: its article was withdrawn, or a moderator has hidden it.")
    return found


def _sent(form: forms.Form) -> dict[str, Any]:
    """What the form holds. Raises Invalid with the first thing that is wrong."""
    if form.is_valid():
        return form.cleaned_data
    field, errors = next(iter(form.errors.items()))
    raise Invalid(str(errors[0]) if field == "note" else f"{field.capitalize()}: {errors[0]}")


def _refused(request: HttpRequest, found: Claim, refusal: Refusal) -> HttpResponse:
    """The discussion as it stands now, with why not, and with what was typed in the form that it was typed in."""
    if wants_json(request):
        raise refusal
    context = discussion_context(
        found,
        person(request),
        typed=request.POST.get("note", ""),
        answering=_thread_sent(request),
    )
    page = {"claim": found, "discussion": context, "refusal": str(refusal)}
    return render(request, "discussion/page.html", page, status=refusal.status)


def _thread_sent(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.POST.get("thread", ""))
    except ValueError:
        return None
