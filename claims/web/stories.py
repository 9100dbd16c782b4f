"""Stories: the desk's list and pages, what readers see of a published one, and the forms of moderators."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from claims.across_rooms import place_in_story, take_out_of_story
from claims.coverage.describe_story import MAX_DESCRIPTION, MAX_TITLE, create_story, describe_story
from claims.coverage.examples import shows_example
from claims.coverage.publish_story import publish_story, unpublish_story
from claims.keyset import page_of
from claims.models import Article, CorrectionRequest, Story, User
from claims.permissions import can_moderate, can_see_desk, check_can_moderate
from claims.refusals import Gone, Invalid, Refusal
from claims.review.progress import Progress, done_in_stories, progress_in
from claims.review.require_assessments import require_assessments
from claims.vocabulary import MOST_ASSESSMENTS_NEEDED
from claims.web.judging import first_error
from claims.web.person import person
from claims.web.published import published_page
from claims.web.story_page import story_pictures

# Articles that a story's page offers for putting in: the newest that are in no story.
OFFERED = 100


class StoryForm(forms.Form):
    """What a story is called and about."""

    title = forms.CharField(max_length=MAX_TITLE)
    description = forms.CharField(required=False, max_length=MAX_DESCRIPTION, widget=forms.Textarea)
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    key = forms.UUIDField(widget=forms.HiddenInput)


class VersionForm(forms.Form):
    """Which state of the story or article the page showed."""

    version = forms.IntegerField(min_value=0)
    article = forms.UUIDField(required=False)
    into = forms.BooleanField(required=False)


class AssessmentsForm(forms.Form):
    """How many assessments a claim takes."""

    needed = forms.IntegerField(min_value=1, max_value=MOST_ASSESSMENTS_NEEDED)
    version = forms.IntegerField(min_value=0)
    key = forms.UUIDField()


def with_counts(stories: Iterable[Story], viewer: User) -> list[tuple[Story, Progress]]:
    """Each story with how far the viewer and the desk are in it."""
    listed = list(stories)
    done = done_in_stories(listed, viewer)
    return [(story, done[story.pk]) for story in listed]


@require_safe
def story_list(request: HttpRequest) -> HttpResponse:
    """Every story of the desk, or every published one."""
    found = page_of(Story.objects.visible_to(request.user), "created_at", request.GET.get("after", ""))
    if not can_see_desk(request.user):
        return render(request, "stories/list_readers.html", {"stories": found.rows, "after": found.after})
    context = {
        "stories": with_counts(found.rows, person(request)),
        "after": found.after,
        "moderates": can_moderate(request.user),
    }
    return render(request, "stories/list.html", context)


@require_safe
def story(request: HttpRequest, story_id: UUID) -> HttpResponse:
    """The desk's page of a story; for readers, and with `?as=reader`, what is published of it."""
    found = _story(request, story_id)
    if not can_see_desk(request.user) or request.GET.get("as") == "reader":
        return published_page(request, found)
    viewer = person(request)
    placed = Article.objects.visible_to(viewer).filter(status__story=found).select_related("status", "outlet")
    placed = placed.defer("bases", "credits", "quality")
    page = page_of(placed, "received_at", request.GET.get("after", ""))
    progress = progress_in(page.rows, viewer)
    context: dict[str, Any] = {
        "story": found,
        "articles": [(article, progress[article.pk]) for article in page.rows],
        "after": page.after,
        "progress": done_in_stories([found], viewer)[found.pk],
        "moderates": can_moderate(viewer),
        "is_example": shows_example(found),
        "key": uuid4(),
    }
    context |= story_pictures(request, found, viewer)
    if context["moderates"]:
        context |= _moderators_part(found, viewer)
    return render(request, "stories/story.html", context)


def _moderators_part(story: Story, viewer: User) -> dict[str, Any]:
    """What a moderator can do on a story's page: put articles in, answer readers, say how many assessments it takes."""
    unplaced = Article.objects.visible_to(viewer).filter(status__story=None, status__withdrawn_at=None)
    open_requests = CorrectionRequest.objects.filter(story=story, answered_at=None)
    return {
        "offered": unplaced.select_related("status", "outlet").newest_first()[:OFFERED],
        "requests": open_requests.order_by("-created_at")[:20],
        "most_needed": MOST_ASSESSMENTS_NEEDED,
    }


@require_http_methods(["GET", "HEAD", "POST"])
def new_story(request: HttpRequest) -> HttpResponseBase:
    """The form for a new story."""
    check_can_moderate(request.user, "make stories")
    form, code = StoryForm(_posted(request), initial={"version": 0, "key": uuid4()}), 200
    if request.method == "POST":
        try:
            sent = _sent(form)
            made = create_story(
                by=person(request), title=sent["title"], description=sent["description"], key=sent["key"]
            )
            return redirect("story", story_id=made.pk)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            code = refusal.status
    return render(request, "stories/form.html", {"form": form}, status=code)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_story(request: HttpRequest, story_id: UUID) -> HttpResponseBase:
    """The form for a story's title and description."""
    check_can_moderate(request.user, "change stories")
    found = _story(request, story_id)
    status = found.status
    stored = {"title": status.title, "description": status.description, "version": status.version, "key": uuid4()}
    form = StoryForm(_posted(request), initial=stored)
    code = 200
    if request.method == "POST":
        try:
            sent = _sent(form)
            describe_story(
                by=person(request),
                story_id=story_id,
                title=sent["title"],
                description=sent["description"],
                expected_version=sent["version"],
            )
            return redirect("story", story_id=story_id)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            code = refusal.status
    return render(request, "stories/form.html", {"form": form, "story": found, "stored": stored}, status=code)


@require_POST
def publish(request: HttpRequest, story_id: UUID) -> HttpResponseBase:
    """Publish the story, or take it back: what the button `deed` says."""
    check_can_moderate(request.user, "publish stories")
    sent = _sent(VersionForm(request.POST))
    deed = unpublish_story if request.POST.get("deed") == "unpublish" else publish_story
    status = deed(by=person(request), story_id=story_id, expected_version=sent["version"])
    messages.success(
        request, "Readers can see the settled claims now." if status.published_at else "Readers see it no longer."
    )
    return redirect("story", story_id=story_id)


@require_POST
def place(request: HttpRequest, story_id: UUID) -> HttpResponseBase:
    """Put an article into the story, or take it out."""
    check_can_moderate(request.user, "put articles into stories")
    sent = _sent(VersionForm(request.POST))
    if sent["article"] is None:
        raise Invalid("Choose an article.")
    deed = place_in_story if sent["into"] else take_out_of_story
    deed(by=person(request), article_id=sent["article"], story_id=story_id, expected_version=sent["version"])
    return redirect("story", story_id=story_id)


@require_POST
def assessments(request: HttpRequest, story_id: UUID) -> HttpResponseBase:
    """Say how many assessments each claim of the story takes."""
    check_can_moderate(request.user, "say how many assessments a story takes")
    sent = _sent(AssessmentsForm(request.POST))
    outcome = require_assessments(
        by=person(request),
        story_id=story_id,
        needed=sent["needed"],
        expected_version=sent["version"],
        key=sent["key"],
    )
    agreed = outcome["claims_agreed"]
    became = f" {agreed} claim{' is' if agreed == 1 else 's are'} agreed by that." if agreed else ""
    messages.success(request, f"Claims of this story that are not settled take {sent['needed']} now.{became}")
    return redirect("story", story_id=story_id)


def _story(request: HttpRequest, story_id: UUID) -> Story:
    found = Story.objects.visible_to(request.user).filter(pk=story_id).first()
    if found is None:
        raise Gone("There is no such story here, or it is not published.")
    return found


def _posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: also a body with nothing in it is something that was sent."""
    return request.POST if request.method == "POST" else None


def _sent(form: forms.Form) -> dict[str, Any]:
    if not form.is_valid():
        raise Invalid(first_error(form))
    return form.cleaned_data
