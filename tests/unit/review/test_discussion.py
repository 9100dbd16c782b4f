"""What is said about a claim: who may say it, who may read it, and what becomes of it."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.contrib.auth.models import AnonymousUser

from claims import audit
from claims.ingest.withdraw_article import withdraw_article
from claims.models import Claim, ClaimStatus, Comment, Notification, Receipt, User
from claims.refusals import Conflict, Gone, Invalid, NotAllowed
from claims.review.discussion import answers_elsewhere, first_comments, threads
from claims.review.resolve_thread import reopen_thread, resolve_thread
from claims.review.write_comment import MOST_ANSWERS, MOST_MENTIONS, write_comment
from claims.text.sanitise import MAX_NOTE
from claims.vocabulary import Aside, ClaimState, EventKind
from tests.cast import person, rule
from tests.unit.ledger import event_count, events


def say(claim: Claim, by: User, body: str = "Look at this.", thread: Comment | None = None) -> Comment:
    """`by` begins a thread, or answers in one."""
    return Comment.objects.get(pk=sent(claim, by, body, thread)["comment"])


def sent(claim: Claim, by: User, body: str, thread: Comment | None = None, key: UUID | None = None) -> dict[str, Any]:
    thread_id = thread.pk if thread else None
    return write_comment(by=by, claim_id=claim.pk, thread_id=thread_id, body=body, key=key or uuid4())


def resolve(thread: Comment, by: User, version: int = 1, key: UUID | None = None, do: Any = resolve_thread) -> Any:
    return do(by=by, claim_id=thread.claim_id, thread_id=thread.pk, expected_version=version, key=key or uuid4())


def read_by(viewer: User, claim: Claim) -> list[list[str]]:
    """The threads that the viewer reads, each with its answers."""
    claim = Claim.objects.select_related("status").get(pk=claim.pk)
    found = threads(first_comments(claim, viewer).order_by("created_at"), viewer)
    return [[thread.first.body, *(answer.body for answer in thread.answers)] for thread in found]


def put_aside(claim: Claim, aside: str) -> None:
    ClaimStatus.objects.filter(pk=claim.pk).update(set_aside=aside)


def open_again(claim: Claim) -> None:
    """As if a moderator had reopened the claim."""
    ClaimStatus.objects.filter(pk=claim.pk).update(
        state=ClaimState.OPEN, settled_label="", settled_strength=None, settled_reason="", settled_at=None
    )


def test_until_a_claim_is_settled_only_the_author_and_moderators_read_a_thread(
    ana: User, ben: User, max: User, claim: Claim
) -> None:
    thread = say(claim, ana, "Who says so?")
    say(claim, max, "The mayor.", thread)
    say(claim, ben, "Mine.")
    say(claim, max, "A moderator's own.")
    assert read_by(ana, claim) == [["Who says so?", "The mayor."]]
    assert read_by(ben, claim) == [["Mine."]]
    assert read_by(max, claim) == [["Who says so?", "The mayor."], ["Mine."], ["A moderator's own."]]


def test_once_it_is_settled_the_whole_desk_reads_and_answers_everything(
    ana: User, ben: User, max: User, claim: Claim
) -> None:
    thread = say(claim, ana, "Who says so?")
    rule(claim, max)
    say(claim, ben, "I wondered too.", thread)
    assert read_by(ana, claim) == read_by(ben, claim) == [["Who says so?", "I wondered too."]]


def test_who_has_no_role_or_is_blocked_neither_writes_nor_reads(ana: User, eve: User, max: User, claim: Claim) -> None:
    rule(claim, max)
    thread = say(claim, ana)
    blocked = person("bob", "reviewer")
    blocked.is_active = False
    blocked.save()
    for outsider in (eve, blocked):
        assert not Comment.objects.visible_to(outsider).exists()
        with pytest.raises(NotAllowed, match="only a reviewer may read the desk's"):
            say(claim, outsider)
        with pytest.raises(NotAllowed):
            resolve(thread, outsider)
    assert not Comment.objects.visible_to(AnonymousUser()).exists()
    assert Comment.objects.count() == 1


def test_a_thread_that_one_cannot_see_is_refused_like_one_that_is_not_there(
    ana: User, ben: User, max: User, claims: list[Claim]
) -> None:
    hidden, elsewhere = say(claims[0], ana), say(claims[1], ben)
    answer = say(claims[0], ben, "An answer is no thread.", say(claims[0], ben))
    refusals = set()
    for thread_id in (hidden.pk, elsewhere.pk, answer.pk, uuid4()):
        for attempt in (
            lambda thread_id=thread_id: write_comment(
                by=ben, claim_id=claims[0].pk, thread_id=thread_id, body="X", key=uuid4()
            ),
            lambda thread_id=thread_id: resolve_thread(
                by=ben, claim_id=claims[0].pk, thread_id=thread_id, expected_version=1, key=uuid4()
            ),
            lambda thread_id=thread_id: reopen_thread(
                by=ben, claim_id=claims[0].pk, thread_id=thread_id, expected_version=1, key=uuid4()
            ),
        ):
            with pytest.raises(Gone) as refusal:
                attempt()
            refusals.add(str(refusal.value))
    assert refusals == {"There is no such thread about this claim. Begin one of your own."}
    assert not Comment.objects.filter(body="X").exists()


@pytest.mark.parametrize(
    ("aside", "reviewers", "moderators"),
    [(Aside.HIDDEN, "no such claim", "has hidden this claim"), (Aside.RETIRED, "to its parts", "to its parts")],
)
def test_a_claim_that_is_set_aside_is_not_discussed(
    aside: Aside, reviewers: str, moderators: str, ana: User, max: User, claim: Claim
) -> None:
    thread, resolved = say(claim, ana), say(claim, ana)
    resolve(resolved, ana)
    put_aside(claim, aside)
    before = event_count()
    for by, why in ((ana, reviewers), (max, moderators)):
        with pytest.raises(Gone, match=why):
            say(claim, by, f"@{max.username}, why?")
        with pytest.raises(Gone, match=why):
            say(claim, by, "Why?", thread)
        with pytest.raises(Gone, match=why):
            resolve(thread, by)
        with pytest.raises(Gone, match=why):
            resolve(resolved, by, 2, do=reopen_thread)
    assert (Comment.objects.count(), Notification.objects.count(), event_count()) == (2, 0, before)


def test_a_form_that_was_stored_before_the_claim_was_retired_is_answered_as_it_was(ana: User, claim: Claim) -> None:
    said, settled = uuid4(), uuid4()
    first = sent(claim, ana, "Look.", key=said)
    thread = Comment.objects.get()
    resolution = resolve(thread, ana, key=settled)
    put_aside(claim, Aside.RETIRED)
    assert sent(claim, ana, "Look.", key=said) == first
    assert resolve(thread, ana, key=settled) == resolution


def test_answers_stand_in_the_order_of_their_writing(ana: User, claim: Claim) -> None:
    """Whatever their keys are, which are random: of twelve, one order in half a billion would pass by chance."""
    thread = say(claim, ana, "0")
    for number in range(1, 12):
        say(claim, ana, str(number), thread)
    assert read_by(ana, claim) == [[str(number) for number in range(12)]]


def test_a_key_tells_nothing_of_how_many_comments_there_are(ana: User, ben: User, claim: Claim) -> None:
    for by in (ana, ben, ana):
        say(claim, by)
    assert {UUID(str(comment.pk)).version for comment in Comment.objects.all()} == {4}


def test_nothing_is_said_about_a_withdrawn_article(ana: User, max: User, claim: Claim) -> None:
    thread = say(claim, ana)
    withdraw_article(by=max, article_id=claim.article_id, reason="Wrong.", expected_version=0)
    for by in (ana, max):
        with pytest.raises(Gone):
            say(claim, by)
        with pytest.raises(Gone):
            resolve(thread, by)
    with pytest.raises(Gone):
        write_comment(by=max, claim_id=uuid4(), thread_id=None, body="X", key=uuid4())


def test_a_comment_is_cleaned_and_capped_and_says_something(ana: User, claim: Claim) -> None:
    assert say(claim, ana, " <b>Bold</b><script>x</script> ").body == "<b>Bold</b>&lt;script&gt;x&lt;/script&gt;"
    with pytest.raises(Invalid, match="4,000"):
        say(claim, ana, "x" * (MAX_NOTE + 1))
    for nothing in ("", " \n ", "<p></p>", "<b> </b>", "\x00"):
        with pytest.raises(Invalid, match="Write something first"):
            say(claim, ana, nothing)
    assert Comment.objects.count() == 1


def test_who_is_mentioned_is_told_and_names_that_nobody_has_are_named(
    ana: User, ben: User, max: User, eve: User, operator: User, claim: Claim
) -> None:
    blocked = person("bob", "reviewer")
    blocked.is_active = False
    blocked.save()
    body = "@ben @max @ana: @bob, @eve, @operator, @nobody. Mail: x@ben.example"
    outcome = sent(claim, ana, body)
    assert outcome["unknown"] == ["bob", "eve", "operator", "nobody"]
    stored = Comment.objects.get()
    assert stored.body == body
    assert set(stored.mentions.all()) == {ana, ben, max}
    told = Notification.objects.all()
    assert {(one.to, one.kind, one.claim, one.comment, one.by) for one in told} == {
        (ben, "mentioned", claim, stored, ana),
        (max, "mentioned", claim, stored, ana),
    }


def test_too_many_names_are_refused(ana: User, claim: Claim) -> None:
    names = [f"@p{number}" for number in range(MOST_MENTIONS + 1)]
    with pytest.raises(Invalid, match="20 people, and this one has 21 names"):
        say(claim, ana, " ".join(names))
    assert len(sent(claim, ana, " ".join([*names[:-1], names[0]]))["unknown"]) == MOST_MENTIONS


def test_a_form_sent_twice_is_one_comment_and_one_answer(ana: User, ben: User, claim: Claim) -> None:
    key = uuid4()
    first, second = (sent(claim, ana, "@ben @who", key=key) for _ in range(2))
    assert first == second
    assert (Comment.objects.count(), Receipt.objects.count(), Notification.objects.count()) == (1, 1, 1)
    with pytest.raises(Conflict, match="used for another request"):
        sent(claim, ana, "Other words.", key=key)
    assert Comment.objects.count() == 1


def test_a_comment_is_an_event_of_the_claim(ana: User, ben: User, claim: Claim) -> None:
    thread = say(claim, ana, "@ben?")
    answer = say(claim, ana, "Well.", thread)
    (began, answered) = events(EventKind.COMMENT_WRITTEN)
    assert (began.by, began.target_id) == (ana, str(claim.pk))
    assert began.after == {"id": str(thread.pk), "body": "@ben?", "thread": None, "mentions": ["ben"]}
    assert answered.after == {"id": str(answer.pk), "body": "Well.", "thread": str(thread.pk), "mentions": []}
    assert audit.verify() is None


def test_a_claim_that_somebody_spoke_of_counts_as_touched(ana: User, claim: Claim) -> None:
    """Reading the article anew replaces claims of version 0, and what is said about a claim must keep its claim."""
    say(claim, ana)
    assert ClaimStatus.objects.get(pk=claim.pk).version == 1


def test_a_thread_takes_a_hundred_answers(ana: User, claim: Claim) -> None:
    thread = say(claim, ana)
    Comment.objects.bulk_create(Comment(claim=claim, thread=thread, by=ana, body="x") for _ in range(MOST_ANSWERS))
    with pytest.raises(Invalid, match="100 answers"):
        say(claim, ana, "One more.", thread)


def test_who_began_a_thread_resolves_and_reopens_it(ana: User, claim: Claim) -> None:
    thread = say(claim, ana)
    assert resolve(thread, ana) == {"thread": str(thread.pk), "resolved": True, "version": 2}
    thread.refresh_from_db()
    assert (thread.resolved_by, thread.resolved_at is not None) == (ana, True)
    with pytest.raises(Conflict, match="was resolved since"):
        say(claim, ana, "One more thing.", thread)
    assert resolve(thread, ana, 2, do=reopen_thread) == {"thread": str(thread.pk), "resolved": False, "version": 3}
    assert say(claim, ana, "One more thing.", thread)
    resolved, reopened = events(EventKind.THREAD_RESOLVED, EventKind.THREAD_REOPENED)
    assert resolved.before == {"thread": str(thread.pk), "resolved": False, "version": 1}
    assert resolved.after == reopened.before == {"thread": str(thread.pk), "resolved": True, "version": 2}
    assert {resolved.target_id, reopened.target_id} == {str(claim.pk)}


def test_of_others_threads_only_moderators_dispose(ana: User, ben: User, max: User, claim: Claim) -> None:
    rule(claim, max)
    thread = say(claim, ana)
    for do in (resolve_thread, reopen_thread):
        with pytest.raises(NotAllowed, match="only a moderator may resolve or reopen a thread that somebody else"):
            resolve(thread, ben, do=do)
    assert resolve(thread, max)["resolved"]


def test_of_two_who_saw_the_same_thread_the_second_is_shown_how_it_stands(ana: User, max: User, claim: Claim) -> None:
    thread = say(claim, ana)
    key = uuid4()
    first = resolve(thread, max, key=key)
    with pytest.raises(Conflict) as lost:
        resolve(thread, ana)
    assert lost.value.current == first
    assert resolve(thread, max, key=key) == first  # the same form sent again
    before = event_count()
    for do, version in ((resolve_thread, 2), (reopen_thread, 1)):
        with pytest.raises(Conflict):
            resolve(thread, ana, version, do=do)
    assert event_count() == before


def test_an_answer_stays_with_its_author_when_the_claim_is_opened_again(
    ana: User, ben: User, max: User, claim: Claim
) -> None:
    rule(claim, max)
    thread = say(claim, ana, "Is it?")
    say(claim, ben, "It is.", thread)
    open_again(claim)
    now = Claim.objects.select_related("status").get(pk=claim.pk)
    assert read_by(ben, claim) == []
    assert [answer.body for answer in answers_elsewhere(now, ben, 10)] == ["It is."]
    assert answers_elsewhere(now, ana, 10) == answers_elsewhere(now, max, 10) == []
    with pytest.raises(Gone):
        say(claim, ben, "Still.", thread)
