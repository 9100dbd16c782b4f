"""Forms that name something in their body: who sends each, what it holds, and what it must not reach."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from claims.accounts.make_token import make_token
from claims.models import (
    Article,
    Assessment,
    Claim,
    Comment,
    CorrectionRequest,
    LinkAssessment,
    Notification,
    User,
)
from claims.relations import Relation
from claims.review.add_evidence import add_evidence
from claims.review.given_evidence import Given
from claims.review.write_comment import write_comment
from claims.transfers import Scope
from tests.importing import offered
from tests.linking import between, link
from tests.pages.admin_panel import DEEDS, World, ask_for_correction, one_row_of_each, page_of  # noqa: F401

# Beyond what a key can be, and what a database takes.
NO_NUMBER, NO_UUID = 9**15, "00000000-0000-8000-8000-000000000000"


@dataclass(frozen=True)
class Body:
    """One field of a form that names something: who sends it, where to, what else it holds, and what must not do.

    `foreign` are keys of what is there and not the sender's to touch; `nothing` is a key that nothing has; `known`
    are keys of what the sender may see and not do this to, refused in words of their own.
    """

    sender: str
    url: str
    named: str
    form: dict[str, Any]
    foreign: list[Any]
    nothing: Any
    known: list[Any] = field(default_factory=list)


@dataclass
class Desk:
    """The world of the panel, and around it what belongs to others."""

    world: World
    people: dict[str, User]
    other: Claim
    hidden: Claim
    unread_by_ana: Notification
    request_elsewhere: CorrectionRequest
    article_elsewhere: Article
    thread_of_ben: Comment
    thread_elsewhere: Comment


def said(claim: Claim, by: User) -> Comment:
    write_comment(by=by, claim_id=claim.pk, thread_id=None, body="Look at the last clause.", key=uuid4())
    return Comment.objects.get(claim=claim, by=by, thread=None)


Case = Callable[[Desk], Body]
JUDGED = {"label": "OPINION", "strength": "", "reason": "", "note": "Because."}


def placed(desk: Desk) -> Body:
    url = f"/stories/{desk.world['story'].pk}/place"
    return Body("max", url, "article", {"version": 0}, [], uuid4(), [desk.article_elsewhere.pk])


def placed_into(desk: Desk) -> Body:
    url = f"/stories/{desk.world['story'].pk}/place"
    return Body("max", url, "article", {"version": 0, "into": "on"}, [desk.world["story"].pk], uuid4())


def answered(desk: Desk) -> Body:
    url = f"/stories/{desk.world['story'].pk}/answer"
    form = {"line": "It was open.", "deed": "answer"}
    return Body("max", url, "request_id", form, [desk.request_elsewhere.pk], NO_NUMBER)


def declined(desk: Desk) -> Body:
    url = f"/stories/{desk.world['story'].pk}/answer"
    form = {"line": "It is right.", "deed": "decline"}
    return Body("max", url, "request_id", form, [desk.request_elsewhere.pk], NO_NUMBER)


def commented(desk: Desk) -> Body:
    threads = [desk.thread_of_ben.pk, desk.thread_elsewhere.pk]
    return Body("ana", f"/claims/{desk.world['claim'].pk}/comment", "thread", {"note": "Yes."}, threads, uuid4())


def resolved(desk: Desk) -> Body:
    threads = [desk.thread_of_ben.pk, desk.thread_elsewhere.pk]
    form = {"version": 1, "deed": "resolve"}
    return Body("ana", f"/claims/{desk.world['claim'].pk}/thread", "thread", form, threads, uuid4())


def accepted(desk: Desk) -> Body:
    elsewhere = [Assessment.objects.get(claim=desk.other).pk]
    return Body("max", f"/claims/{desk.world['claim'].pk}/rule", "accept", {"version": 0}, elsewhere, NO_NUMBER)


def restored(desk: Desk) -> Body:
    """A ruling that stands there, asked for by a reviewer."""
    form = {"version": 1, "ruling": "on"}
    return Body("ana", f"/claims/{desk.world['ruled'].pk}/restore", "restored", form, [1], NO_NUMBER)


def ruling_restored(desk: Desk) -> Body:
    """A version that a reviewer's label had, asked for by a moderator who gave none."""
    return Body("max", f"/claims/{desk.world['claim'].pk}/restore", "restored", {"version": 0}, [1], NO_NUMBER)


def noticed(desk: Desk) -> Body:
    return Body("ana", "/notifications/read", "notification", {}, [desk.unread_by_ana.pk], uuid4())


def skipped(desk: Desk) -> Body:
    return Body(
        "ana", "/queue/skip", "claim", {"reason": "unsure"}, [desk.hidden.pk, desk.article_elsewhere.pk], uuid4()
    )


def attributed(desk: Desk) -> Body:
    """The registry is the whole desk's: no source in it is somebody else's."""
    form = {"version": 0, "hop_name": "", "hop_kind": ""}
    return Body("ana", f"/claims/{desk.world['claim'].pk}/attribute", "hop_source", form, [], uuid4())


GIVEN = {"url": "https://example.org/", "stance": "context"}


def evidence_of(claim: Claim, by: User) -> str:
    return str(add_evidence(by=by, claim_id=claim.pk, given=Given(**GIVEN), key=uuid4())["evidence"])


def about_evidence(deed: str) -> Case:
    def about(desk: Desk) -> Body:
        foreign = [evidence_of(desk.world["claim"], desk.people["ben"]), evidence_of(desk.other, desk.people["ana"])]
        url = f"/claims/{desk.world['claim'].pk}/evidence/{deed}"
        return Body("ana", url, "evidence", {**GIVEN, "version": 1}, foreign, uuid4())

    about.__name__ = f"evidence_{deed}"
    return about


def verdict_given(desk: Desk) -> Body:
    foreign = [evidence_of(desk.other, desk.people["max"])]
    form = {"value": "refuted", "explanation": "So it is.", "version": 0}
    return Body("max", f"/claims/{desk.world['claim'].pk}/verdict", "evidence", form, foreign, uuid4())


def about_publication(deed: str) -> Case:
    """A publication by its number, which counts those of the claim that the address names."""

    def about(desk: Desk) -> Body:
        url = f"/claims/{desk.world['claim'].pk}/verdict/{deed}"
        return Body("max", url, "number", {"reason": "So."}, [], NO_NUMBER)

    about.__name__ = f"verdict_{deed}"
    return about


def merged(desk: Desk) -> Body:
    """The registry is the whole desk's: no source in it is somebody else's."""
    form = {"reason": "The same.", "version": 1, "into_version": 1}
    return Body("max", f"/sources/{desk.world['source'].pk}/merge", "into", form, [], uuid4())


def finding_accepted(desk: Desk) -> Body:
    """A finding of another link."""
    link(desk.other, desk.world["claim"], desk.people["ben"], Relation.UNRELATED)
    elsewhere = LinkAssessment.objects.get(link=between(desk.other, desk.world["claim"])).pk
    return Body("max", f"/links/{desk.world['link'].pk}/rule", "accept", {"version": 0}, [elsewhere], NO_NUMBER)


def token_revoked(desk: Desk) -> Body:
    """A token of somebody else's."""
    until = timezone.now() + timedelta(days=1)
    made = make_token(by=desk.people["ben"], name="Ben's own", scopes=[Scope.READ], expires_at=until)
    return Body("ana", "/tokens/revoke", "token", {}, [made.token.pk], uuid4())


def ended(desk: Desk) -> Body:
    return Body("max", "/assignments/end", "assignment", {}, [], NO_NUMBER)


def redrawn(desk: Desk) -> Body:
    """A claim of another article, one that is hidden, and one that is none."""
    article = desk.world["claim"].article
    form = {"revision": article.status.revision_id, "start": 0, "end": 10}
    return Body("ana", f"/articles/{article.pk}/redraw", "old", form, [desk.other.pk, desk.hidden.pk], uuid4())


def redrawn_in(desk: Desk) -> Body:
    """A text of another article."""
    url, elsewhere = f"/articles/{desk.world['claim'].article_id}/redraw", desk.article_elsewhere
    return Body("ana", url, "revision", {"start": 0, "end": 10}, [elsewhere.status.revision_id], uuid4())


def dated_beside(desk: Desk) -> Body:
    """A claim that is neither of the two on the page."""
    url = f"/pairs/{desk.world['claim'].pk}/{desk.world['ruled'].pk}/date"
    form = {"which": "event", "value": "2024", "basis": "in_text", "version": 0}
    return Body("ana", url, "dated", form, [desk.other.pk, desk.hidden.pk], uuid4())


def left_out(desk: Desk) -> Body:
    """A document of another import, of another's and of one's own."""
    url = f"/import/{desk.world['importitem'].job_id}/choose"
    elsewhere = [offered(desk.people[name], "The ferry sank on Friday.").pk for name in ("ben", "ana")]
    return Body("ana", url, "shown", {"deed": "keep", "version": 0}, elsewhere, uuid4())


CASES: dict[str, list[Case]] = {
    "pair-date": [dated_beside],
    "redraw": [redrawn, redrawn_in],
    "story-place": [placed, placed_into],
    "correction-answer": [answered, declined],
    "comment": [commented],
    "thread-resolve": [resolved],
    "rule": [accepted],
    "link-rule": [finding_accepted],
    "restore": [restored, ruling_restored],
    "notification-read": [noticed],
    "queue-skip": [skipped],
    "assignment-end": [ended],
    "token-revoke": [token_revoked],
    "import-choose": [left_out],
    "evidence-change": [about_evidence("change")],
    "evidence-remove": [about_evidence("remove")],
    "evidence-restore": [about_evidence("restore")],
    "verdict-give": [verdict_given],
    "verdict-publish": [about_publication("publish")],
    "verdict-decline": [about_publication("decline")],
    "verdict-withdraw": [about_publication("withdraw")],
    "attribute": [attributed],
    "source-merge": [merged],
}
