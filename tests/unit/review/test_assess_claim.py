"""A reviewer judges a claim, judges it anew, and is refused with a reason."""

from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser

from claims.ingest.withdraw_article import withdraw_article
from claims.models import Assessment, Claim, ClaimStatus, Receipt, User
from claims.refusals import Conflict, Gone, Invalid, NotAllowed, Refusal
from claims.review.assess_claim import assess_claim
from claims.review.state import Judgement
from claims.text.sanitise import MAX_NOTE, for_editing
from claims.vocabulary import SCHEME_VERSION, ClaimState, Label
from tests.cast import MakeArticle, assess, rule
from tests.unit.ledger import event_count, events

UNSOURCED = Judgement(Label.UNSOURCED, 0, "hedge")


def send(claim: Claim, by: User, judgement: Judgement = UNSOURCED, version: int = 0, **parts: object) -> dict:
    given = {"note": "", "key": uuid4()} | parts
    return assess_claim(by=by, claim_id=claim.pk, judgement=judgement, expected_version=version, **given)


def test_a_judgement_is_stored_with_its_parts_and_the_scheme_it_was_made_under(ana: User, claim: Claim) -> None:
    outcome = send(claim, ana, note="Nobody is named.")
    stored = Assessment.objects.get()
    assert (stored.claim, stored.article, stored.reviewer) == (claim, claim.article, ana)
    assert (stored.label, stored.strength, stored.reason, stored.note) == ("UNSOURCED", 0, "hedge", "Nobody is named.")
    assert (stored.version, stored.scheme_version) == (1, SCHEME_VERSION)
    assert outcome == {
        "label": "UNSOURCED", "strength": 0, "reason": "hedge", "note": "Nobody is named.", "version": 1, "settled": "",
        "closed": False,
    }  # fmt: skip
    assert ClaimStatus.objects.get(claim=claim).state == ClaimState.IN_REVIEW


def test_one_judgement_is_one_event_that_says_who_what_before_and_after(ana: User, claim: Claim) -> None:
    send(claim, ana)
    send(claim, ana, Judgement(Label.OPINION), version=1)
    first, second = events("claim.assessed")
    assert (first.by, first.target_type, first.target_id) == (ana, "claim", str(claim.pk))
    assert first.before is None
    assert first.after["label"] == "UNSOURCED"
    assert (second.before["label"], second.after["label"]) == ("UNSOURCED", "OPINION")


def test_judging_anew_replaces_and_counts_the_version(ana: User, claim: Claim) -> None:
    send(claim, ana, note="First thought.")
    outcome = send(claim, ana, Judgement(Label.SOURCED, 3), version=1)
    assert (outcome["version"], outcome["label"], outcome["reason"], outcome["note"]) == (2, "SOURCED", "", "")
    assert Assessment.objects.count() == 1


def test_an_old_version_is_a_conflict_that_carries_what_stands_now(ana: User, claim: Claim) -> None:
    send(claim, ana, note="Mine.")
    before = event_count()
    with pytest.raises(Conflict, match="changed this label elsewhere") as refused:
        send(claim, ana, Judgement(Label.OPINION), version=0)
    assert refused.value.current == {
        "label": "UNSOURCED", "strength": 0, "reason": "hedge", "note": "Mine.", "version": 1,
    }  # fmt: skip
    assert Assessment.objects.get().label == "UNSOURCED"
    assert (event_count(), Receipt.objects.count()) == (before, 1)


def test_a_version_from_the_future_is_a_conflict(ana: User, claim: Claim) -> None:
    with pytest.raises(Conflict) as refused:
        send(claim, ana, version=7)
    assert refused.value.current["version"] == 0
    assert not Assessment.objects.exists()


def test_the_same_key_with_the_same_request_has_one_effect_and_one_answer(ana: User, claim: Claim) -> None:
    key = uuid4()
    first = send(claim, ana, note="Once.", key=key)
    before = event_count()
    assert send(claim, ana, note="Once.", key=key) == first
    assert Assessment.objects.get().version == 1
    assert event_count() == before


def test_a_repeated_request_is_answered_as_before_even_after_the_claim_moved_on(
    ana: User, ben: User, claim: Claim
) -> None:
    key = uuid4()
    first = send(claim, ana, key=key)
    send(claim, ben)
    assert send(claim, ana, key=key) == first


def test_the_same_key_with_another_request_is_a_conflict(ana: User, claims: list[Claim]) -> None:
    key = uuid4()
    send(claims[0], ana, key=key)
    for claim, judgement, note in [
        (claims[0], Judgement(Label.OPINION), ""),
        (claims[0], UNSOURCED, "More."),
        (claims[1], UNSOURCED, ""),
    ]:
        with pytest.raises(Conflict, match="key was used for another request"):
            send(claim, ana, judgement, note=note, key=key)
    assert Assessment.objects.count() == 1


def test_two_people_can_use_the_same_key(ana: User, ben: User, claim: Claim) -> None:
    key = uuid4()
    send(claim, ana, key=key)
    send(claim, ben, Judgement(Label.OPINION), key=key)
    assert Assessment.objects.count() == 2


@pytest.mark.parametrize(
    ("label", "strength", "reason", "sentence"),
    [
        ("SOURCED", 1, "", "Fitting strengths: 2, 3, 4, 5"),
        ("SOURCED", 6, "", "does not fit"),
        ("UNSOURCED", 2, "", "Fitting strengths: 0, 1"),
        ("UNSOURCED", -1, "", "does not fit"),
        ("OPINION", 0, "", "Fitting strengths: none"),
        ("NOT_A_CLAIM", 3, "", "Fitting strengths: none"),
        ("SOURCED", 3, "hedge", "reason goes with the label unsourced only"),
        ("OPINION", None, "bare", "reason goes with the label unsourced only"),
        ("UNSOURCED", 0, "because", "one of its six reasons"),
        ("TRUE", None, "", "Choose one of the labels"),
        ("", None, "", "Choose one of the labels"),
    ],
)
def test_parts_that_do_not_fit_each_other_are_refused_with_what_to_change(
    ana: User, claim: Claim, label: str, strength: int | None, reason: str, sentence: str
) -> None:
    before = event_count()
    with pytest.raises(Invalid, match=sentence):
        send(claim, ana, Judgement(label, strength, reason))  # type: ignore[arg-type]
    assert not Assessment.objects.exists()
    assert event_count() == before


def test_a_note_that_is_too_long_is_refused_and_nothing_is_stored(ana: User, claim: Claim) -> None:
    with pytest.raises(Invalid, match=f"{MAX_NOTE:,} characters"):
        send(claim, ana, note="x" * (MAX_NOTE + 1))
    assert not Assessment.objects.exists()
    assert send(claim, ana, note="x" * MAX_NOTE)["version"] == 1


def test_a_note_is_cleaned_once_on_the_way_in(ana: User, claim: Claim) -> None:
    send(claim, ana, note='<script>alert(1)</script><b>Bold</b> <img src=x onerror="alert(1)">')
    note = Assessment.objects.get().note
    assert "<b>Bold</b>" in note
    assert "<script" not in note
    assert "<img" not in note


@pytest.mark.parametrize("typed", ["AT&T", "a < b", "x &amp; y", "“q” \u00a0—", "two\nlines", "1 > 0 & 2 < 3"])
def test_plain_words_survive_being_stored_and_edited_again(ana: User, claim: Claim, typed: str) -> None:
    version = 0
    stored = set()
    shown = typed
    for _ in range(3):
        version = send(claim, ana, note=shown, version=version)["version"]
        note = Assessment.objects.get().note
        stored.add(note)
        shown = for_editing(note)
    assert len(stored) == 1
    if "&amp;" not in typed:
        assert shown == typed


def test_nul_and_lone_surrogates_do_not_reach_the_database(ana: User, claim: Claim) -> None:
    send(claim, ana, note="be\x00fore\ud800after")
    assert Assessment.objects.get().note == "beforeafter"


def test_a_reader_and_somebody_not_logged_in_are_refused_with_a_sentence(eve: User, claim: Claim) -> None:
    before = event_count()
    with pytest.raises(NotAllowed, match="Your role is reader, and only a reviewer may label claims"):
        send(claim, eve)
    with pytest.raises(NotAllowed, match="not logged in"):
        send(claim, AnonymousUser())  # type: ignore[arg-type]
    assert not Assessment.objects.exists()
    assert event_count() == before


def test_a_reviewer_whose_role_was_taken_away_is_refused_from_the_next_request_on(ana: User, claim: Claim) -> None:
    send(claim, ana)
    ana.groups.clear()
    again = User.objects.get(pk=ana.pk)
    with pytest.raises(NotAllowed, match="An administrator can give you that role"):
        send(claim, again, Judgement(Label.OPINION), version=1)
    assert Assessment.objects.get().label == "UNSOURCED"


def test_moderators_and_administrators_may_label_too(max: User, ada: User, claim: Claim) -> None:
    send(claim, max)
    send(claim, ada)
    assert ClaimStatus.objects.get(claim=claim).state == ClaimState.AGREED


def test_a_claim_that_never_was_is_gone(ana: User) -> None:
    with pytest.raises(Gone, match="claim is gone"):
        assess_claim(by=ana, claim_id=uuid4(), judgement=UNSOURCED, note="", expected_version=0, key=uuid4())


def test_a_claim_of_a_withdrawn_article_is_gone(ana: User, max: User, claim: Claim) -> None:
    withdraw_article(by=max, article_id=claim.article_id, reason="Asked for.", expected_version=0)
    with pytest.raises(Gone, match="withdrawn"):
        send(claim, ana)
    assert not Assessment.objects.exists()


def test_a_sentence_whose_text_has_changed_since_is_gone(ana: User, make_article: MakeArticle) -> None:
    address = "https://example.org/changing"
    old = Claim.objects.filter(article=make_article("It rains in Oslo.", address)).get()
    make_article("The ferry to Moss sank.", address)
    with pytest.raises(Gone, match="text of this sentence has changed"):
        send(old, ana)
    assert not Assessment.objects.exists()


def test_a_claim_that_others_settled_takes_no_further_assessments(
    ana: User, ben: User, max: User, claim: Claim
) -> None:
    assess(claim, ana)
    assess(claim, ben)
    before = event_count()
    with pytest.raises(Conflict, match="settled as unsourced and takes no further assessments") as refused:
        send(claim, max, Judgement(Label.OPINION))
    assert refused.value.current["settled"] == "UNSOURCED"
    assert Assessment.objects.count() == 2
    assert event_count() == before


def test_a_claim_that_was_ruled_on_takes_no_further_assessments_from_anybody(
    ana: User, max: User, claim: Claim
) -> None:
    assess(claim, ana, Label.SOURCED)
    rule(claim, max, Label.OPINION)
    before = event_count()
    for label in (Label.SOURCED, Label.OPINION):
        with pytest.raises(Conflict, match="settled as opinion and takes no further assessments"):
            send(claim, ana, Judgement(label), version=1)
    assert event_count() == before


def test_who_agreed_may_finish_strength_reason_and_note(ana: User, ben: User, claim: Claim) -> None:
    assess(claim, ana)
    assess(claim, ben)
    outcome = send(claim, ben, Judgement(Label.UNSOURCED, 1, "vague"), version=1, note="Only a crowd.")
    assert (outcome["settled"], outcome["closed"], outcome["version"]) == ("UNSOURCED", False, 2)
    status = ClaimStatus.objects.get(claim=claim)
    assert (status.state, status.settled_strength, status.settled_reason) == (ClaimState.AGREED, 1, "vague")
    assert Assessment.objects.get(reviewer=ben).blind


def test_who_changes_a_label_after_the_others_are_shown_is_no_longer_blind(ana: User, ben: User, claim: Claim) -> None:
    assess(claim, ana)
    assess(claim, ben)
    assess(claim, ben, Label.OPINION)
    assert ClaimStatus.objects.get(claim=claim).state == ClaimState.DISPUTED
    assert not Assessment.objects.get(reviewer=ben).blind
    assert Assessment.objects.get(reviewer=ana).blind
    assess(claim, ben, Label.UNSOURCED)
    assert not Assessment.objects.get(reviewer=ben).blind


def test_every_refusal_is_a_sentence(ana: User, claim: Claim) -> None:
    for broken in ({"judgement": Judgement(Label.OPINION, 3)}, {"version": 9}, {"note": "x" * 5_000}):
        with pytest.raises(Refusal) as refused:
            send(claim, ana, **broken)  # type: ignore[arg-type]
        assert str(refused.value)[0].isupper()
        assert str(refused.value).endswith((".", "please."))
