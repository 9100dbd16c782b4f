"""Somebody of the desk says something about a claim: in a thread of their own, or in answer to one."""

from collections.abc import Iterable
from uuid import UUID

from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from claims import audit, receipts
from claims.models import Claim, Comment, User
from claims.permissions import OPERATOR, check_can_see_desk
from claims.refusals import Conflict, Gone, Invalid
from claims.review.claim_in_hand import check_in_work, cleaned, take, touch
from claims.review.notify import notify
from claims.text.mentions import mentioned, words_of
from claims.vocabulary import EventKind, Notice, Role

MOST_MENTIONS = 20
# A page shows whole threads. One's own thread is never filled by somebody whom one cannot see, so that this tells
# nothing of others.
MOST_ANSWERS = 100


@transaction.atomic
def write_comment(*, by: User, claim_id: UUID, thread_id: UUID | None, body: str, key: UUID) -> receipts.Outcome:
    """Begin a thread about a claim, or answer in the thread `thread_id`; tell whom the words mention as @name.

    Returns the comment's id as text and the names that nobody of the desk has. Raises NotAllowed, Invalid (nothing
    said, too long, too many names), Gone where `by` cannot see the claim or the thread and where the claim is set
    aside, and Conflict for a resolved thread.
    """
    check_can_see_desk(by)
    body = cleaned(body.strip())
    if not words_of(body).strip():
        raise Invalid("Write something first: the comment is empty.")
    names = mentioned(body)
    if len(names) > MOST_MENTIONS:
        raise Invalid(
            f"A comment can mention {MOST_MENTIONS} people, and this one has {len(names)} names: take some out."
        )
    claim = discussed(claim_id, by)
    request = {"verb": "comment", "claim": claim_id, "thread": thread_id, "body": body}
    if before := receipts.answered(by=by, key=key, request=request):
        return before
    # A mention about a claim that is never settled would never be delivered.
    check_in_work(claim)
    thread = _open_thread(claim, thread_id, by) if thread_id is not None else None
    comment = Comment.objects.create(claim=claim, thread=thread, by=by, body=body)
    people = _called(names)
    comment.mentions.set(people)
    touch(claim)
    notify(people, Notice.MENTIONED, claim=claim, comment=comment, by=by)
    known = {person.username for person in people}
    answers = str(thread.pk) if thread else None
    after = {"id": str(comment.pk), "body": body, "thread": answers, "mentions": sorted(known)}
    audit.record(EventKind.COMMENT_WRITTEN, by=by, target=claim, after=after)
    outcome = {"comment": str(comment.pk), "unknown": [name for name in names if name not in known]}
    return receipts.keep(by=by, key=key, request=request, outcome=outcome)


def discussed(claim_id: UUID, by: User) -> Claim:
    """The claim, locked, that `by` can see; it may be set aside, and then only repeats are answered. Raises Gone."""
    if not Claim.objects.visible_to(by).filter(pk=claim_id).exists():
        raise Gone("There is no such claim here: its article was withdrawn, or a moderator has hidden it.")
    return take(claim_id, set_aside_too=True)


def thread_of(claim: Claim, thread_id: UUID, by: User) -> Comment:
    """The first comment of a thread about this claim.

    Raises Gone, with the same words for a thread that is not there, one about another claim and one that `by` cannot
    see: the answer must not tell that others have written.
    """
    found = Comment.objects.visible_to(by).filter(pk=thread_id, claim=claim, thread=None).first()
    if found is None:
        raise Gone("There is no such thread about this claim. Begin one of your own.")
    found.claim = claim
    return found


def _open_thread(claim: Claim, thread_id: UUID, by: User) -> Comment:
    thread = thread_of(claim, thread_id, by)
    if thread.resolved_at is not None:
        raise Conflict("This thread was resolved since. Begin a new one, or ask for it to be reopened.")
    if thread.answers.count() >= MOST_ANSWERS:
        raise Invalid(f"This thread has {MOST_ANSWERS} answers, and that is the most. Go on in a new one.")
    return thread


def _called(names: Iterable[str]) -> list[User]:
    """The active people of the desk who have one of these names."""
    desk = Group.objects.filter(user=OuterRef("pk"), name__in=[role for role in Role if role != Role.READER])
    found = User.objects.filter(Q(is_superuser=True) | Exists(desk), username__in=names, is_active=True)
    return list(found.exclude(username=OPERATOR))
