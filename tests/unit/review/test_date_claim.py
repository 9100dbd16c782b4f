"""A claim's two times: what is stored, what is refused, and what is kept of the words they were read from."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from claims.ingest.withdraw_article import withdraw_article
from claims.models import Claim, ClaimTime, Receipt, User
from claims.refusals import Conflict, Gone, Invalid, NotAllowed
from claims.review.date_claim import MAX_WORDS, date_claim
from claims.vocabulary import EventKind
from tests.cast import rule
from tests.deeds import hide, lock, status
from tests.unit.ledger import event_count, events

SAID = {
    "kind": "event",
    "value": "2024-02-23",
    "words": "on Friday",
    "against": "2024-02-24",
    "against_note": "the article's publication date (in the text)",
    "basis": "inferred",
}


def dated(claim: Claim, by: User, **parts: Any) -> ClaimTime:
    """`by` dates the claim, in the version that is in force unless told otherwise."""
    said = SAID | parts
    found = ClaimTime.objects.filter(claim=claim, kind=said["kind"]).first()
    said = {"expected_version": found.version if found else 0, "key": uuid4()} | said
    date_claim(by=by, claim_id=claim.pk, **said)
    return ClaimTime.objects.get(claim=claim, kind=said["kind"])


def test_a_time_is_stored_with_its_days_and_what_it_was_counted_from(ana: User, claim: Claim) -> None:
    time = dated(claim, ana)
    assert (time.value, time.earliest, time.latest) == ("2024-02-23", date(2024, 2, 23), date(2024, 2, 23))
    assert (time.words, time.against, time.basis) == ("on Friday", "2024-02-24", "inferred")
    assert time.against_note == "the article's publication date (in the text)"
    assert (time.by, time.version, status(claim).version) == (ana, 1, 1)


def test_the_two_times_are_apart(ana: User, ben: User, claim: Claim) -> None:
    dated(claim, ana)
    dated(claim, ben, kind="as_of", value="2024", words="", against="", against_note="", basis="in_text")
    assert {(time.kind, time.value, time.version) for time in ClaimTime.objects.all()} == {
        ("event", "2024-02-23", 1),
        ("as_of", "2024", 1),
    }


def test_an_emptied_time_is_nobodys_and_the_history_keeps_what_it_was(ana: User, claim: Claim) -> None:
    dated(claim, ana)
    emptied = dated(claim, ana, value=" ", words="", against="", against_note="", basis="")
    assert (emptied.value, emptied.basis, emptied.earliest, emptied.version) == ("", "not_stated", None, 2)
    _, taken_back = events(EventKind.CLAIM_DATED)
    assert (taken_back.before["value"], taken_back.after["value"]) == ("2024-02-23", "")


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        ({"value": "Friday"}, "Time: “Friday” is no time. Write a day"),
        ({"value": "2024-02-30"}, "no such day"),
        ({"value": "x" * 10_000}, "at most 60 characters"),
        ({"value": ""}, "Give a time first, or write unknown"),
        ({"kind": "end"}, "Say which time is meant"),
        ({"basis": ""}, "Say what the time rests on"),
        ({"basis": "not_stated"}, "Say what the time rests on"),
        ({"basis": "guess"}, "Say what the time rests on"),
        ({"value": "unknown", "basis": "guess"}, "Choose one of the bases"),
        ({"words": "x" * (MAX_WORDS + 1)}, "The wording has 201 characters"),
        ({"words": "\x00"}, "holds a character"),
        ({"against": "Saturday"}, "Counted from: “Saturday” is no time"),
        ({"against_note": ""}, "Say where the day that you counted from comes from"),
        ({"against_note": "x" * (MAX_WORDS + 1)}, "201 characters"),
    ],
)
def test_what_does_not_fit_is_refused_with_what_to_do(
    parts: dict[str, str], sentence: str, ana: User, claim: Claim
) -> None:
    with pytest.raises(Invalid, match=sentence):
        dated(claim, ana, **parts)
    assert not ClaimTime.objects.exists()


def test_two_people_who_date_a_claim_meet_each_others_time(ana: User, ben: User, claim: Claim) -> None:
    dated(claim, ana)
    with pytest.raises(Conflict) as conflict:
        dated(claim, ben, value="2024-02-16", expected_version=0)
    assert (conflict.value.current["value"], conflict.value.current["version"]) == ("2024-02-23", 1)
    assert conflict.value.current["words"] == "on Friday"
    assert dated(claim, ben, value="2024-02-16").version == 2


def test_a_time_sent_twice_is_stored_once(ana: User, claim: Claim) -> None:
    sent = {"by": ana, "claim_id": claim.pk, "expected_version": 0, "key": uuid4(), **SAID}
    once = date_claim(**sent)
    before = event_count()
    assert date_claim(**sent) == once
    assert (event_count(), once["version"]) == (before, 1)
    with pytest.raises(Conflict, match="key was used"):
        date_claim(**sent | {"value": "2024"})


def test_the_words_of_the_text_are_in_no_event_and_no_receipt_and_go_with_the_text(
    ana: User, max: User, claim: Claim
) -> None:
    dated(claim, ana, words="was closed on Friday")
    dated(claim, ana, words="closed on Friday", value="2024")
    kept = "".join(str((event.before, event.after)) for event in events())
    kept += "".join(str(receipt.outcome) for receipt in Receipt.objects.all())
    assert "closed on Friday" not in kept
    article = claim.article
    withdraw_article(by=max, article_id=article.pk, reason="Asked to.", expected_version=article.status.version)
    assert ClaimTime.objects.get().words == ""


def test_a_settled_claim_is_dated_and_a_locked_or_hidden_one_is_not(
    ana: User, max: User, eve: User, claims: list[Claim]
) -> None:
    rule(claims[0], max)
    assert dated(claims[0], ana).value == "2024-02-23"
    hide(claims[1], max)
    with pytest.raises(Gone):
        dated(claims[1], ana)
    with pytest.raises(NotAllowed):
        dated(claims[0], eve)
    lock(claims[0].article, max)
    with pytest.raises(Conflict, match="locked this article"):
        dated(claims[0], ana)
