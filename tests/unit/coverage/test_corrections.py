"""Readers ask for corrections; moderators answer in public or decline with a reason."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from claims.coverage.correct_story import (
    REQUESTS_AN_HOUR,
    decline_correction,
    post_correction,
    request_correction,
)
from claims.coverage.describe_story import create_story
from claims.models import Correction, CorrectionRequest, Story, User
from claims.refusals import Conflict, Gone, Invalid, NotAllowed, TooMany
from tests.unit.ledger import event_count, events, stored_text


def ask(story: Story, message: str = "The mayor is called Brook.", key: UUID | None = None, **parts: str):
    given = {"contact": "", "address": "192.0.2.1"} | parts
    return request_correction(story=story, message=message, key=key or uuid4(), **given)


@pytest.fixture
def other(max: User) -> Story:
    return create_story(by=max, title="Other", description="", key=uuid4())


def test_a_request_is_stored_with_an_event_by_nobody(story: Story) -> None:
    request = ask(story, " The mayor is called Brook. ", contact=" ida@example.org ")
    assert (request.message, request.contact) == ("The mayor is called Brook.", "ida@example.org")
    (event,) = events("correction.requested")
    assert (event.by, event.after) == (None, {"story": str(story.pk)})


def test_the_senders_address_is_not_kept(story: Story) -> None:
    ask(story, address="203.0.113.77")
    assert "203.0.113.77" not in stored_text()
    assert len(CorrectionRequest.objects.get().sender) == 64


def test_sending_the_form_twice_stores_it_once(story: Story) -> None:
    key = uuid4()
    assert ask(story, key=key) == ask(story, key=key)
    assert (CorrectionRequest.objects.count(), len(events("correction.requested"))) == (1, 1)


def test_the_same_form_with_other_words_is_not_swallowed(story: Story, other: Story) -> None:
    key = uuid4()
    ask(story, key=key)
    for place, message in ((story, "Something else."), (other, "The mayor is called Brook.")):
        with pytest.raises(Conflict, match="sent before, with other words"):
            ask(place, message, key=key)
    assert CorrectionRequest.objects.count() == 1


def test_one_address_may_ask_so_often_an_hour_and_others_still_may(story: Story) -> None:
    for number in range(REQUESTS_AN_HOUR):
        ask(story, f"Request {number}.")
    before = event_count()
    with pytest.raises(TooMany, match="Wait an hour"):
        ask(story)
    assert event_count() == before
    ask(story, address="192.0.2.2")
    CorrectionRequest.objects.update(created_at=timezone.now() - timedelta(minutes=61))
    ask(story)
    assert CorrectionRequest.objects.count() == REQUESTS_AN_HOUR + 2


def test_a_repeated_form_is_answered_even_when_the_address_has_asked_too_often(story: Story) -> None:
    key = uuid4()
    first = ask(story, key=key)
    for number in range(REQUESTS_AN_HOUR - 1):
        ask(story, f"Request {number}.")
    assert ask(story, key=key) == first


@pytest.mark.parametrize(
    ("message", "contact", "sentence"),
    [
        ("", "", "Say what should be put right"),
        ("  \n", "", "Say what should be put right"),
        ("x" * 2_001, "", "The message has 2,001 characters; the most is 2,000"),
        ("a\x00b", "", "cannot be stored"),
        ("a\ud800b", "", "cannot be stored"),
        ("M", "x" * 201, "The contact has 201 characters"),
        ("M", "a\x00b", "cannot be stored"),
    ],
)
def test_what_cannot_be_stored_is_refused(story: Story, message: str, contact: str, sentence: str) -> None:
    before = event_count()
    with pytest.raises(Invalid, match=sentence):
        ask(story, message, contact=contact)
    assert not CorrectionRequest.objects.exists()
    assert event_count() == before


def test_a_request_is_answered_with_a_public_line_once(story: Story, max: User) -> None:
    request = ask(story)
    correction = post_correction(
        by=max, story=story, line=" The mayor is Ida Brook. ", request_id=request.pk, key=uuid4()
    )
    assert (correction.line, correction.request, correction.by) == ("The mayor is Ida Brook.", request, max)
    request.refresh_from_db()
    assert request.answered_at is not None
    (event,) = events("correction.answered")
    assert event.after == {"story": str(story.pk), "line": "The mayor is Ida Brook.", "request": request.pk}
    for again in (
        lambda: post_correction(by=max, story=story, line="Again.", request_id=request.pk, key=uuid4()),
        lambda: decline_correction(by=max, story=story, request_id=request.pk, reason="Again."),
    ):
        with pytest.raises(Gone, match="answered already"):
            again()
    assert Correction.objects.count() == 1


def test_a_correction_needs_no_request(story: Story, max: User) -> None:
    assert post_correction(by=max, story=story, line="It was May.", key=uuid4()).request is None


def test_declining_keeps_the_reason_in_the_log_and_shows_nothing(story: Story, max: User) -> None:
    request = ask(story)
    decline_correction(by=max, story=story, request_id=request.pk, reason="It says so.")
    assert not Correction.objects.exists()
    (event,) = events("correction.answered")
    assert (event.reason, event.after) == ("It says so.", {"declined": True})


def test_a_request_about_another_story_is_not_answered_here(story: Story, other: Story, max: User) -> None:
    request = ask(other)
    for deed in (
        lambda: post_correction(by=max, story=story, line="Here.", request_id=request.pk, key=uuid4()),
        lambda: decline_correction(by=max, story=story, request_id=request.pk, reason="Here."),
        lambda: post_correction(by=max, story=story, line="Here.", request_id=10**9, key=uuid4()),
    ):
        with pytest.raises(Gone, match="no such request for this story"):
            deed()
    request.refresh_from_db()
    assert request.answered_at is None


@pytest.mark.parametrize("line", ["", " ", "x" * 1_001, "a\x00b"])
def test_a_line_or_a_reason_that_says_nothing_is_refused(story: Story, max: User, line: str) -> None:
    request = ask(story)
    with pytest.raises(Invalid):
        post_correction(by=max, story=story, line=line, request_id=request.pk, key=uuid4())
    with pytest.raises(Invalid):
        decline_correction(by=max, story=story, request_id=request.pk, reason=line)
    request.refresh_from_db()
    assert request.answered_at is None


def test_only_moderators_answer(story: Story, ana: User, eve: User) -> None:
    request = ask(story)
    for by in (ana, eve):
        with pytest.raises(NotAllowed):
            post_correction(by=by, story=story, line="Here.", request_id=request.pk, key=uuid4())
        with pytest.raises(NotAllowed):
            decline_correction(by=by, story=story, request_id=request.pk, reason="No.")
    assert not Correction.objects.exists()
