"""Stories as moderators make them: described, published, with the articles that are in them; and corrections."""

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims.across_rooms import place_in_story
from claims.api.desk import CorrectionRequests
from claims.api.schema import operation
from claims.api.stories import EXAMPLE, OneStory, Stories, StoryShape, story_for
from claims.api.view import plain_request, versioned
from claims.api.writing import Sent, WritingView, moderates
from claims.coverage.correct_story import decline_correction, post_correction, request_correction
from claims.coverage.describe_story import MAX_DESCRIPTION, MAX_TITLE, create_story, describe_story
from claims.coverage.publish_story import publish_story, unpublish_story
from claims.models import Correction, CorrectionRequest, Story, StoryStatus
from claims.network_address import address_of
from claims.review.require_assessments import require_assessments
from claims.transfers import Scope
from claims.vocabulary import MOST_ASSESSMENTS_NEEDED

GROUP: Final = "Stories"
SENT: Final = {"title": "The bridge over the Elm", "description": "Closed since the flood."}
PLACED: Final = {"article": "2b5c7e10-4f3d-5d6a-8b1e-0c9d8e7f6a5b", "story": EXAMPLE["id"], "version": 1}


class SentStory(Sent):
    """What a story is called and about."""

    title = serializers.CharField(max_length=MAX_TITLE)
    description = serializers.CharField(max_length=MAX_DESCRIPTION, allow_blank=True, default="")


class SentNeeded(Sent):
    """How many equal labels settle a claim."""

    needed = serializers.IntegerField(min_value=1, max_value=MOST_ASSESSMENTS_NEEDED)


class SentStoryChoice(Sent):
    """Which story an article is put into."""

    story = serializers.UUIDField(allow_null=True, help_text="Null takes it out.")


class SentCorrection(Sent):
    """A public line."""

    line = serializers.CharField(max_length=Correction.MAX_LINE)
    request = serializers.IntegerField(
        min_value=1, max_value=2**63 - 1, allow_null=True, default=None, help_text="The reader's request it answers."
    )


class SentDecline(Sent):
    """Why a reader's request gets no line."""

    request = serializers.IntegerField(min_value=1, max_value=2**63 - 1)
    reason = serializers.CharField(max_length=Correction.MAX_LINE)


class AgreedShape(serializers.Serializer[Any]):
    """How many claims became agreed by it."""

    claims_agreed = serializers.IntegerField()


class InStoryShape(serializers.Serializer[Any]):
    """Which story an article is in."""

    article = serializers.UUIDField()
    story = serializers.UUIDField(allow_null=True)
    version = serializers.IntegerField()


class CorrectionShape(serializers.Serializer[Any]):
    """A public correction."""

    correction = serializers.IntegerField()
    line = serializers.CharField()


class SentRequest(Sent):
    """What a reader wants put right."""

    message = serializers.CharField(max_length=CorrectionRequest.MAX_MESSAGE)
    contact = serializers.CharField(
        max_length=CorrectionRequest.MAX_CONTACT,
        allow_blank=True,
        default="",
        help_text="How to reach you.",
    )


class AskedShape(serializers.Serializer[Any]):
    """That it arrived."""

    asked = serializers.BooleanField()


class DeclinedShape(serializers.Serializer[Any]):
    """A request that was declined."""

    request = serializers.IntegerField()


class StoriesMade(WritingView, Stories):
    """The list of stories, and making one."""

    scopes = {"GET": Scope.READ, "POST": Scope.MODERATE}
    rules = {"POST": moderates("make stories")}

    @operation("Make a story", group=GROUP, answers=StoryShape, example=EXAMPLE, status=201, takes=SentStory,
               sent=SENT, keyed=True)  # fmt: skip
    def post(self, request: Request) -> Response:
        """It is not published."""
        made = create_story(by=self.by, **self.sent(SentStory), key=self.key)
        return _told(made, status=201)


class StoryDescribed(WritingView, OneStory):
    """One story, and what it is called."""

    scopes = {"GET": Scope.READ, "PUT": Scope.MODERATE}
    rules = {"PUT": moderates("change stories")}

    @operation("Describe a story", group=GROUP, answers=StoryShape, example=EXAMPLE | {"version": 1}, takes=SentStory,
               sent=SENT, changes=True, keyed=True, errors=(410,))  # fmt: skip
    def put(self, request: Request, story_id: UUID) -> Response:
        """Change its title and description."""
        status = describe_story(
            by=self.by, story_id=story_id, **self.sent(SentStory), expected_version=self.expected, key=self.key
        )
        return _told(status.story)


class _PublishingView(WritingView):
    scopes = {"POST": Scope.MODERATE}

    def done(self, deed: Callable[..., StoryStatus], story_id: UUID) -> Response:
        """Do it, in the version that was read."""
        return _told(deed(by=self.by, story_id=story_id, expected_version=self.expected, key=self.key).story)


class StoryPublished(_PublishingView):
    """A story that readers see."""

    rules = {"POST": moderates("publish stories")}

    @operation("Publish a story", group=GROUP, answers=StoryShape, changes=True, keyed=True, errors=(410,),
               example=EXAMPLE | {"published_at": "2024-05-02T12:00:00Z", "version": 2})  # fmt: skip
    def post(self, request: Request, story_id: UUID) -> Response:
        """Readers see its settled claims from now on."""
        return self.done(publish_story, story_id)


class StoryTakenBack(_PublishingView):
    """A story that readers see no longer."""

    rules = {"POST": moderates("take stories back from readers")}

    @operation("Take a story back from readers", group=GROUP, answers=StoryShape, example=EXAMPLE | {"version": 3},
               changes=True, keyed=True, errors=(410,))  # fmt: skip
    def post(self, request: Request, story_id: UUID) -> Response:
        """Readers see it no longer."""
        return self.done(unpublish_story, story_id)


class AssessmentsNeeded(WritingView):
    """How many equal labels settle a claim of a story."""

    scopes = {"PUT": Scope.MODERATE}
    rules = {"PUT": moderates("say how many assessments a story takes")}

    @operation("Say how many assessments a story takes", group=GROUP, answers=AgreedShape,
               example={"claims_agreed": 0}, takes=SentNeeded, sent={"needed": 3}, changes=True, keyed=True,
               errors=(410,))  # fmt: skip
    def put(self, request: Request, story_id: UUID) -> Response:
        """Claims that are settled stay so; those that have enough now become agreed. The version is the story's."""
        needed = self.sent(SentNeeded)["needed"]
        return Response(
            require_assessments(
                by=self.by, story_id=story_id, needed=needed, expected_version=self.expected, key=self.key
            )
        )


class StoryOfArticle(WritingView):
    """The story that an article is in."""

    scopes = {"PUT": Scope.MODERATE}
    rules = {"PUT": moderates("put articles into stories")}

    @operation("Put an article into a story", group=GROUP, answers=InStoryShape, example=PLACED, takes=SentStoryChoice,
               sent={"story": EXAMPLE["id"]}, changes=True, keyed=True, errors=(410,))  # fmt: skip
    def put(self, request: Request, article_id: UUID) -> Response:
        """Or take it out. The version is the article's; an article that is there already stays as it is."""
        story, _ = self.sent(SentStoryChoice)["story"], self.key
        status = place_in_story(by=self.by, article_id=article_id, story_id=story, expected_version=self.expected)
        return versioned({"article": article_id, "story": status.story_id, "version": status.version})


class CorrectionsOfStory(WritingView):
    """The corrections of a story."""

    scopes = {"POST": Scope.MODERATE}
    rules = {"POST": moderates("publish corrections")}

    @operation("Publish a correction", group=GROUP, answers=CorrectionShape, status=201, takes=SentCorrection,
               example={"correction": 4, "line": "The bridge was shut on Thursday."}, keyed=True, errors=(410,),
               sent={"line": "The bridge was shut on Thursday.", "request": None})  # fmt: skip
    def post(self, request: Request, story_id: UUID) -> Response:
        """A dated line on the story, in answer to a reader's request or without one."""
        story, sent = story_for(request, story_id), self.sent(SentCorrection)
        posted = post_correction(by=self.by, story=story, line=sent["line"], key=self.key, request_id=sent["request"])
        return Response({"correction": posted.pk, "line": posted.line}, status=201)


class CorrectionAsked(WritingView, CorrectionRequests):
    """What readers ask to be put right, and asking for it."""

    # Anybody may ask, as on the page; how often from one address is the room's to say.
    scopes = {"GET": Scope.READ}

    @operation("Ask for a correction", group=GROUP, answers=AskedShape, status=201, takes=SentRequest, keyed=True,
               errors=(410,), example={"asked": True}, sent={"message": "It was the other bank.", "contact": ""},
               )  # fmt: skip
    def post(self, request: Request, story_id: UUID) -> Response:
        """For anybody who can read the story, a few times an hour from one address. A moderator reads it."""
        story, sent, address = story_for(request, story_id), self.sent(SentRequest), address_of(plain_request(request))
        request_correction(story=story, message=sent["message"], contact=sent["contact"], address=address, key=self.key)
        return Response({"asked": True}, status=201)


class CorrectionDeclined(WritingView):
    """A reader's request that gets no line."""

    scopes = {"POST": Scope.MODERATE}
    rules = {"POST": moderates("answer readers' requests")}

    @operation("Decline a reader's request", group=GROUP, answers=DeclinedShape, example={"request": 9},
               takes=SentDecline, sent={"request": 9, "reason": "The text says so."},
               errors=(410, 413, 415))  # fmt: skip
    def post(self, request: Request, story_id: UUID) -> Response:
        """The reason stays in the log."""
        story, sent = story_for(request, story_id), self.sent(SentDecline)
        declined = decline_correction(by=self.by, story=story, request_id=sent["request"], reason=sent["reason"])
        return Response({"request": declined.pk})


def _told(story: Story, status: int = 200) -> Response:
    found = Story.objects.select_related("status").get(pk=story.pk)
    return versioned(StoryShape(found).data, status)
