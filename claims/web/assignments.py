"""Assignments: a moderator gives articles to people, sees how far they are, and takes articles back."""

import re
from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid4, uuid5

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from claims.models import Article, User
from claims.permissions import check_can_moderate
from claims.refusals import Invalid, Refusal
from claims.review.assign_article import assign_article, end_assignment
from claims.review.assignments import PEOPLE_SHOWN, assignable, reviewers, workloads
from claims.web.judging import first_error
from claims.web.person import person

MOST_AT_ONCE = 50


class AssignForm(forms.Form):
    """Who is to label; the articles stand beside it."""

    reviewer = forms.IntegerField(
        min_value=1,
        max_value=2**31 - 1,
        error_messages=dict.fromkeys(("required", "invalid", "max_value", "min_value"), "Choose who is to label."),
    )
    key = forms.UUIDField()


class EndForm(forms.Form):
    """Which assignment ends."""

    assignment = forms.IntegerField(min_value=1, max_value=2**63 - 1)
    key = forms.UUIDField()


@require_http_methods(["GET", "HEAD", "POST"])
def assignments(request: HttpRequest) -> HttpResponse:
    """Who labels what; `?article=` ticks one article, `?reviewer=` shows one person's alone. A post assigns."""
    check_can_moderate(request.user, "assign articles")
    viewer = person(request)
    if request.method != "POST":
        return render(request, "assignments/assignments.html", _shown(viewer, request.GET))
    try:
        results = _assign(viewer, request.POST)
    except Refusal as refusal:
        context = _shown(viewer, request.POST, str(refusal))
        return render(request, "assignments/assignments.html", context, status=refusal.status)
    return render(request, "assignments/assignments.html", _shown(viewer, QueryDict()) | {"results": results})


@require_POST
def end(request: HttpRequest) -> HttpResponseBase:
    """Take an article back from somebody."""
    check_can_moderate(request.user, "take assignments back")
    form = EndForm(request.POST)
    if not form.is_valid():
        raise Invalid(first_error(form))
    sent = form.cleaned_data
    # One page has one key for all its rows.
    key = uuid5(sent["key"], str(sent["assignment"]))
    outcome = end_assignment(by=person(request), assignment_id=sent["assignment"], key=key)
    messages.success(request, f"Taken back from {outcome['reviewer']}. What they labelled stays.")
    return redirect("assignments")


def _assign(by: User, sent: QueryDict) -> list[tuple[str, str]]:
    """Assign each of the articles; (title, what came of it) for each. One that is refused keeps no other back."""
    form = AssignForm(sent)
    if not form.is_valid():
        raise Invalid(first_error(form).removeprefix("Reviewer: "))
    keys = _keys(sent.getlist("article"))
    if not keys:
        raise Invalid("Choose at least one article.")
    if len(keys) > MOST_AT_ONCE:
        raise Invalid(f"You chose {len(keys)} articles, and the most at once is {MOST_AT_ONCE}. Choose fewer.")
    reviewer_id, key = form.cleaned_data["reviewer"], form.cleaned_data["key"]
    found = Article.objects.visible_to(by).filter(pk__in=keys).select_related("status")
    titles = {article.pk: article.status.title for article in found}
    return [
        (titles.get(article_id, str(article_id)), _assigned(by, article_id, reviewer_id, uuid5(key, str(article_id))))
        for article_id in keys
    ]


def _assigned(by: User, article_id: UUID, reviewer_id: int, key: UUID) -> str:
    try:
        outcome = assign_article(by=by, article_id=article_id, reviewer_id=reviewer_id, key=key)
    except Refusal as refusal:
        return str(refusal)
    return f"assigned to {outcome['reviewer']}" if outcome["new"] else f"{outcome['reviewer']} has it already"


def _keys(asked: Iterable[str]) -> list[UUID]:
    try:
        return list(dict.fromkeys(UUID(key) for key in asked))
    except ValueError as wrong:
        raise Invalid("One of these is not the key of an article. Choose from the list.") from wrong


def _shown(viewer: User, asked: QueryDict, refusal: str = "") -> dict[str, Any]:
    """The page; what was `asked` by a link, or sent in vain, is ticked and chosen."""
    try:
        ticked = _keys(asked.getlist("article"))[:MOST_AT_ONCE]
    except Invalid as wrong:
        ticked, refusal = [], refusal or str(wrong)
    chosen = asked.get("reviewer", "")
    loads, more = workloads(viewer, int(chosen) if re.fullmatch(r"[0-9]{1,9}", chosen) else None)
    return {
        "people": reviewers()[:PEOPLE_SHOWN],
        "articles": assignable(viewer, ticked),
        "ticked": ticked,
        "chosen": chosen,
        "loads": loads,
        "more": more,
        "most": MOST_AT_ONCE,
        "refusal": refusal,
        "key": uuid4(),
    }
