"""Readers ask for corrections of what was published; moderators answer in public."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from claims import audit
from claims.models import Correction, CorrectionRequest, Story, StoryStatus, User
from claims.permissions import check_can_moderate
from claims.refusals import Conflict, Gone, Invalid, TooMany
from claims.text.plain import plain
from claims.vocabulary import EventKind

REQUESTS_AN_HOUR = 5


@transaction.atomic
def request_correction(*, story: Story, message: str, contact: str, address: str, key: UUID) -> CorrectionRequest:
    """Store a reader's request; anybody may ask who can read the story. `address` is the sender's network address.

    Only a keyed hash of the address is kept. Raises Invalid, TooMany after REQUESTS_AN_HOUR from one address, and
    Conflict where the key came before with other words.
    """
    message = _checked("message", message, CorrectionRequest.MAX_MESSAGE)
    contact = plain("contact", contact, CorrectionRequest.MAX_CONTACT)
    known = CorrectionRequest.objects.filter(key=key).first()
    if known is not None:
        if (known.story_id, known.message, known.contact) != (story.pk, message, contact):
            raise Conflict("This form was sent before, with other words. Load the page again to send another request.")
        return known
    sender = salted_hmac("correction", address, algorithm="sha256").hexdigest()
    hour = timezone.now() - timedelta(hours=1)
    if CorrectionRequest.objects.filter(sender=sender, created_at__gte=hour).count() >= REQUESTS_AN_HOUR:
        raise TooMany("Several requests came from here in the last hour. Wait an hour and send it again.")
    request = CorrectionRequest.objects.create(key=key, story=story, message=message, contact=contact, sender=sender)
    audit.record(EventKind.CORRECTION_REQUESTED, by=None, target=request, after={"story": str(story.pk)})
    return request


@transaction.atomic
def post_correction(*, by: User, story: Story, line: str, key: UUID, request_id: int | None = None) -> Correction:
    """Publish a dated line on the story; it answers a reader's request where one is named.

    The same key again is the same correction. Raises Invalid, Gone, and Conflict for a key that came with other words.
    """
    check_can_moderate(by, "publish corrections")
    line = _checked("line", line, Correction.MAX_LINE)
    # Two copies of one form that arrive together wait here for each other.
    StoryStatus.objects.select_for_update().get(pk=story.pk)
    known = Correction.objects.filter(key=key).first()
    if known is not None:
        if (known.story_id, known.line, known.request_id) != (story.pk, line, request_id):
            raise Conflict("This form was sent before, with other words. Load the page again to publish another line.")
        return known
    answered = _closed(story, request_id) if request_id is not None else None
    correction = Correction.objects.create(key=key, story=story, request=answered, line=line, by=by)
    after = {"story": str(story.pk), "line": line, "request": request_id}
    audit.record(EventKind.CORRECTION_ANSWERED, by=by, target=correction, after=after)
    return correction


@transaction.atomic
def decline_correction(*, by: User, story: Story, request_id: int, reason: str) -> CorrectionRequest:
    """Close a reader's request without a line, with a reason that stays in the log. Raises Invalid and Gone."""
    check_can_moderate(by, "answer readers' requests")
    reason = _checked("reason", reason, Correction.MAX_LINE)
    request = _closed(story, request_id)
    audit.record(EventKind.CORRECTION_ANSWERED, by=by, target=request, after={"declined": True}, reason=reason)
    return request


def _closed(story: Story, request_id: int) -> CorrectionRequest:
    """The story's request, answered from now on. Raises Gone where there is none, or none that waits."""
    request = CorrectionRequest.objects.select_for_update().filter(pk=request_id, story=story).first()
    if request is None:
        raise Gone("There is no such request for this story.")
    if request.answered_at is not None:
        raise Gone("This request was answered already.")
    request.answered_at = timezone.now()
    request.save()
    return request


def _checked(what: str, typed: str, most: int) -> str:
    text = plain(what, typed, most)
    if not text:
        raise Invalid("Say what should be put right, in a sentence or two.")
    return text
