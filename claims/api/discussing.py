"""What people say to each other about a claim: comments, threads, flags and their answers."""

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.schema import Method, operation
from claims.api.writing import Sent, WritingView, moderates
from claims.models import Flag
from claims.permissions import check_can_flag, check_can_see_desk
from claims.review.flag_claim import answer_flag, flag_claim
from claims.review.resolve_thread import reopen_thread, resolve_thread
from claims.review.write_comment import write_comment
from claims.text.sanitise import MAX_NOTE
from claims.transfers import Scope

GROUP: Final = "Discussion"
COMMENT: Final = "7c8d9e0f-1a2b-4c3d-8e4f-5a6b7c8d9e0f"


class SentComment(Sent):
    """What is said, and in which thread."""

    body = serializers.CharField(max_length=MAX_NOTE)
    thread = serializers.UUIDField(allow_null=True, default=None, help_text="Null begins a thread.")


class SentFlag(Sent):
    """What a moderator should look at."""

    reason = serializers.CharField(max_length=Flag.MAX_REASON)


class SentFlagAnswer(Sent):
    """What came of a flag."""

    answer = serializers.CharField(max_length=Flag.MAX_REASON)


class WrittenShape(serializers.Serializer[Any]):
    """The comment that was written."""

    comment = serializers.UUIDField()
    unknown = serializers.ListField(
        child=serializers.CharField(), help_text="Names that it mentions and nobody of the desk has."
    )


class ThreadStateShape(serializers.Serializer[Any]):
    """Whether a thread is resolved."""

    thread = serializers.UUIDField()
    resolved = serializers.BooleanField()
    version = serializers.IntegerField()


class FlaggedShape(serializers.Serializer[Any]):
    """Which flag it is."""

    flag = serializers.IntegerField()


class CommentsOnClaim(WritingView):
    """What is said about a claim."""

    scopes = {"POST": Scope.REVIEW}
    rules = {"POST": check_can_see_desk}

    @operation("Write a comment", group=GROUP, answers=WrittenShape, example={"comment": COMMENT, "unknown": []},
               status=201, takes=SentComment, sent={"body": "Look at the last clause, @ben.", "thread": None},
               keyed=True, errors=(410,))  # fmt: skip
    def post(self, request: Request, claim_id: UUID) -> Response:
        """Begin a thread about a claim, or answer in one; who is mentioned is told."""
        sent = self.sent(SentComment)
        outcome = write_comment(
            by=self.by, claim_id=claim_id, thread_id=sent["thread"], body=sent["body"], key=self.key
        )
        return Response(outcome, status=201)


class _ThreadView(WritingView):
    scopes = {"POST": Scope.REVIEW}
    rules = {"POST": check_can_see_desk}


def _described(summary: str, *, resolved: bool, version: int) -> Callable[[Method], Method]:
    return operation(
        summary, group=GROUP, answers=ThreadStateShape, changes=True, keyed=True, errors=(410,),
        example={"thread": COMMENT, "resolved": resolved, "version": version},
    )  # fmt: skip


class ThreadResolved(_ThreadView):
    """A thread that is closed."""

    @_described("Resolve a thread", resolved=True, version=2)
    def post(self, request: Request, claim_id: UUID, thread_id: UUID) -> Response:
        """It takes no more answers. The version is that of its first comment."""
        return self.kept(resolve_thread, claim_id=claim_id, thread_id=thread_id)


class ThreadReopened(_ThreadView):
    """A thread that takes answers again."""

    @_described("Reopen a thread", resolved=False, version=3)
    def post(self, request: Request, claim_id: UUID, thread_id: UUID) -> Response:
        """It takes answers again."""
        return self.kept(reopen_thread, claim_id=claim_id, thread_id=thread_id)


class FlagsOfClaim(WritingView):
    """Requests that a moderator look at a claim."""

    scopes = {"POST": Scope.REVIEW}
    rules = {"POST": check_can_flag}

    @operation("Flag a claim", group=GROUP, answers=FlaggedShape, example={"flag": 17}, status=201, takes=SentFlag,
               sent={"reason": "The sentence is cut in two."}, keyed=True, errors=(410,))  # fmt: skip
    def post(self, request: Request, claim_id: UUID) -> Response:
        """Ask the moderators to look at it."""
        return Response(
            flag_claim(by=self.by, claim_id=claim_id, reason=self.sent(SentFlag)["reason"], key=self.key), status=201
        )


class FlagAnswered(WritingView):
    """The answer to a flag."""

    scopes = {"POST": Scope.MODERATE}
    rules = {"POST": moderates("answer flags")}

    @operation("Answer a flag", group=GROUP, answers=FlaggedShape, example={"flag": 17}, takes=SentFlagAnswer,
               sent={"answer": "It is whole."}, keyed=True, errors=(410,))  # fmt: skip
    def post(self, request: Request, flag_id: int) -> Response:
        """Close it with a sentence for the one who set it."""
        answer = self.sent(SentFlagAnswer)["answer"]
        return Response(answer_flag(by=self.by, flag_id=flag_id, answer=answer, key=self.key))
