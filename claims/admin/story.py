"""Stories in the panel: which of them readers see, and how many assessments their claims take."""

from django import forms
from django.contrib import admin
from django.db.models import Q, QuerySet
from django.urls import reverse

from claims.admin.deed import Deed, DeedForm, Order
from claims.admin.lists import choice
from claims.admin.panel import PanelAdmin
from claims.admin.words import NOTHING, moment
from claims.coverage.publish_story import publish_story, unpublish_story
from claims.models import Story, User
from claims.refusals import Invalid
from claims.review.require_assessments import require_assessments
from claims.vocabulary import MOST_ASSESSMENTS_NEEDED

# Each story brings the claims of all its articles in line.
MOST_STORIES = 10


class AssessmentsForm(DeedForm):
    """How many people label each claim."""

    needed = forms.IntegerField(
        label="Assessments needed",
        min_value=1,
        max_value=MOST_ASSESSMENTS_NEEDED,
        help_text=f"How many equal labels settle a claim of these stories, 1 to {MOST_ASSESSMENTS_NEEDED}.",
    )


def _publish(order: Order) -> object:
    return publish_story(by=order.by, story_id=order.row.pk, expected_version=order.version)


def _take_back(order: Order) -> object:
    return unpublish_story(by=order.by, story_id=order.row.pk, expected_version=order.version)


def _require(order: Order) -> object:
    if order.row.status.assessments_needed == order.said["needed"] and order.row.status.version == order.version:
        raise Invalid("This is the number already; nothing was changed.")
    return require_assessments(
        by=order.by,
        story_id=order.row.pk,
        needed=order.said["needed"],
        expected_version=order.version,
        key=order.key,
    )


def _stands(story: Story) -> list[str]:
    since = story.status.published_at
    return [
        f"published since {since:%Y-%m-%d}" if since else "not published",
        f"assessments needed: {story.status.assessments_needed}",
    ]


def _version(story: Story) -> int:
    return story.status.version


class StoryAdmin(PanelAdmin):
    """Stories, newest first. They are made and described on their own pages."""

    list_display = ("title_in_force", "published_at", "needed", "created_at")
    list_select_related = ("status",)
    list_filter = (
        choice(
            "for readers",
            "published",
            {
                "yes": ("published", Q(status__published_at__isnull=False)),
                "no": ("not published", Q(status__published_at__isnull=True)),
            },
        ),
    )
    ordering = ("-created_at", "pk")
    fields = ("title_in_force", "description_in_force", "published_at", "needed", "created_at")
    deeds = (
        Deed(
            name="publish",
            title="Publish",
            words="publish stories",
            done="published",
            do=_publish,
            stands=_stands,
            becomes=lambda story: ["published from today"],
            version=_version,
            called=lambda story: story.status.title,
            unfit=lambda story: "It is published already." if story.status.published_at else "",
            caution="Readers who are not logged in see the settled claims of these stories from now on.",
        ),
        Deed(
            name="take-back",
            title="Take back",
            words="take stories back from readers",
            done="taken back",
            do=_take_back,
            stands=_stands,
            becomes=lambda story: ["not published"],
            version=_version,
            called=lambda story: story.status.title,
            unfit=lambda story: "" if story.status.published_at else "It is not published.",
            caution="Readers who are not logged in see nothing of these stories any more.",
        ),
        Deed(
            name="require",
            title="Set assessments needed",
            words="say how many assessments a story takes",
            done="takes another number of assessments",
            do=_require,
            form=AssessmentsForm,
            stands=_stands,
            becomes=lambda story: ["the number below, for each claim that is not settled"],
            version=_version,
            typed=lambda story: {"needed": story.status.assessments_needed},
            called=lambda story: story.status.title,
            most=MOST_STORIES,
            knows_keys=True,
            caution="Claims that have so many equal labels are agreed at once. Claims that are settled stay so.",
        ),
    )

    def visible_to(self, viewer: User) -> QuerySet[Story]:
        """Those that were opened."""
        return Story.objects.visible_to(viewer)

    def view_on_site(self, obj: Story) -> str:
        """The story's own page."""
        return reverse("story", args=[obj.pk])

    @admin.display(description="title")
    def title_in_force(self, story: Story) -> str:
        """As moderators wrote it last."""
        return story.status.title

    @admin.display(description="description")
    def description_in_force(self, story: Story) -> str:
        """As moderators wrote it last."""
        return story.status.description or NOTHING

    @admin.display(description="assessments needed")
    def needed(self, story: Story) -> int:
        """For each of its claims."""
        return story.status.assessments_needed

    @admin.display(description="published")
    def published_at(self, story: Story) -> str:
        """Since when readers see it."""
        return moment(story.status.published_at)
