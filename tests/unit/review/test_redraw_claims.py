"""Any words of headline and body become a claim; borders move, claims are split and merged, and all of it goes back."""

from collections.abc import Callable
from uuid import uuid4

import pytest

from claims import audit
from claims.ingest.read_article import read_article
from claims.models import Article, Assessment, Claim, ClaimStatus, Evidence, Proposal, Redrawing, User
from claims.models.keys import span_key
from claims.refusals import Conflict, Invalid
from claims.review.retract_assessment import retract_assessment
from claims.text import reading
from claims.text.search_words import searchable
from claims.text.worth import MOST
from claims.vocabulary import Aside, ClaimUnit, Label
from tests.cast import MakeArticle, assess, rule
from tests.deeds import counted, flag, restore, retire, status
from tests.drawing import FERRY, SHUT, TWO, WHOLE, article_of_two, drawn, first_of_two, in_work, redraw, take_back  # noqa: F401
from tests.unit.ledger import event_count, events

# Marking and unmarking


def test_marked_words_are_a_claim_of_their_own_beside_the_sentence(ana: User, article: Article, whole: Claim) -> None:
    outcome = redraw(article, ana, [], FERRY)
    (made,) = drawn(outcome)
    assert outcome["sentence"] == "Marked as a claim."
    assert outcome["claims"] == [{"id": str(made.pk), "start": made.start, "end": made.end, "is_new": True}]
    assert (outcome["set_aside"], outcome["kept"]) == ([], [])
    assert article.status.revision.text[made.start : made.end] == made.exact == FERRY
    assert (made.unit, made.zone, made.article, made.pk.version) == (ClaimUnit.SPAN, whole.zone, article, 8)
    assert made.pk == span_key(made.revision_id, made.start, made.end, ClaimUnit.SPAN)
    assert made.prefix.endswith("Friday and ")
    assert made.folded == searchable(FERRY)
    now = status(made)
    assert (now.state, now.set_aside, now.needed, now.given, now.marked_by) == ("open", "", 2, 0, ana)
    assert now.takes_work
    assert now.version > 0
    assert in_work(article) == [WHOLE, FERRY, "The toll is new."]
    assert counted(article) == (3, 0)


def test_the_log_has_keys_and_offsets_and_no_words(ana: User, article: Article, whole: Claim) -> None:
    outcome = redraw(article, ana, [whole], SHUT, FERRY)
    found = events("claim.redrawn")
    assert [event.target_id for event in found] == [str(whole.pk), *(one["id"] for one in outcome["claims"])]
    assert found[0].after["claims"] == [one["id"] for one in outcome["claims"]]
    assert found[0].after["spans"] == [[one["start"], one["end"]] for one in outcome["claims"]]
    assert found[1].after["in_place_of"] == [str(whole.pk)]
    assert {event.by for event in found} == {ana}
    said = str([(event.before, event.after, event.reason) for event in found])
    assert "ferry" not in said
    assert "bridge" not in said
    assert audit.verify() is None


def test_who_took_the_place_of_whom_is_kept(ana: User, article: Article, whole: Claim) -> None:
    parts = drawn(redraw(article, ana, [whole], SHUT, FERRY))
    redrawing = Redrawing.objects.get()
    assert (list(redrawing.before.all()), redrawing.by) == ([whole], ana)
    assert list(redrawing.after.in_reading_order()) == parts


def test_several_sentences_and_paragraphs_are_one_claim(ana: User, article: Article) -> None:
    (made,) = drawn(redraw(article, ana, [], TWO))
    assert made.exact == TWO
    assert in_work(article)[0] == TWO


def test_claims_overlap_and_nest(ana: User, article: Article) -> None:
    for words in (SHUT, "on Friday and the ferry", "Friday"):
        redraw(article, ana, [], words)
    assert counted(article) == (5, 0)


def test_words_that_are_a_claim_already_stay_that_claim(ana: User, ben: User, article: Article, whole: Claim) -> None:
    before = event_count(), status(whole).version
    outcome = redraw(article, ana, [], WHOLE)
    assert drawn(outcome) == [whole]
    assert not outcome["claims"][0]["is_new"]
    assert outcome["sentence"] == "These words are a claim already."
    assert outcome["undo"] == {"old": [], "spans": []}
    assert (event_count(), status(whole).version) == before
    (made,) = drawn(redraw(article, ana, [], FERRY))
    assert drawn(redraw(article, ben, [], FERRY)) == [made]
    assert status(made).marked_by == ana


def test_ones_own_mark_is_unmarked_and_comes_back_as_the_same_claim(ana: User, article: Article) -> None:
    marked = redraw(article, ana, [], FERRY)
    (made,) = drawn(marked)
    assess(made, ana, Label.OPINION, note="Who says so?")
    gone = redraw(article, ana, [made])
    assert (gone["claims"], gone["set_aside"], gone["sentence"]) == ([], [str(made.pk)], "Unmarked.")
    assert status(made).set_aside == Aside.REDRAWN
    assert counted(article) == (2, 0)
    again = take_back(article, ana, gone)
    assert drawn(again) == [made]
    assert again["restored"] == [str(made.pk)]
    assert not again["claims"][0]["is_new"]
    assert status(made).set_aside == ""
    assert Assessment.objects.get(claim=made).note == "Who says so?"
    assert counted(article) == (3, 0)


def test_a_sentence_and_anothers_mark_are_not_unmarked(ana: User, ben: User, article: Article, whole: Claim) -> None:
    (made,) = drawn(redraw(article, ana, [], FERRY))
    for claim in (made, whole):
        with pytest.raises(Invalid, match="Only a claim that you marked yourself"):
            redraw(article, ben, [claim])
    assert counted(article) == (3, 0)


def test_a_sentence_that_was_marked_beside_its_parts_is_unmarked_again(
    ana: User, ben: User, article: Article, whole: Claim
) -> None:
    redraw(article, ben, [whole], SHUT, FERRY)
    marked = redraw(article, ana, [], WHOLE)
    assert drawn(marked) == [whole]
    with pytest.raises(Invalid):
        redraw(article, ben, [whole])
    assert take_back(article, ana, marked)["set_aside"] == [str(whole.pk)]
    assert in_work(article) == [SHUT, FERRY, "The toll is new."]


def test_a_mark_that_another_has_labelled_stays_and_the_log_says_that_it_was_asked_for(
    ana: User, ben: User, article: Article
) -> None:
    (made,) = drawn(redraw(article, ana, [], FERRY))
    assess(made, ben)
    before = event_count(), status(made).version
    outcome = redraw(article, ana, [made])
    assert (outcome["kept"], outcome["claims"], outcome["set_aside"]) == ([str(made.pk)], [], [])
    assert outcome["sentence"].startswith("This claim stays marked.")
    assert outcome["undo"] == {"old": [], "spans": []}
    assert (event_count(), status(made).version) == (before[0] + 1, before[1] + 1)
    event = events("claim.redrawn")[-1]
    assert (event.by, event.target_id, event.after["kept"]) == (ana, str(made.pk), True)
    assert (status(made).set_aside, counted(article)) == ("", (3, 0))


def test_a_claim_that_stays_where_another_stands_already_leaves_a_trace_too(
    ana: User, ben: User, article: Article, whole: Claim
) -> None:
    redraw(article, ana, [], FERRY)
    assess(whole, ben)
    before = event_count()
    outcome = redraw(article, ana, [whole], FERRY)
    assert (outcome["kept"], outcome["set_aside"]) == ([str(whole.pk)], [])
    assert event_count() == before + 1


def test_a_refused_unmarking_does_not_tell_whether_others_worked_on_the_claim(
    ana: User, ben: User, article: Article, whole: Claim
) -> None:
    refused = []
    for _ in range(2):
        with pytest.raises(Invalid) as found:
            redraw(article, ana, [whole])
        refused.append(str(found.value))
        assess(whole, ben)
    assert refused[0] == refused[1]


# Moving, splitting, merging


def test_moved_borders_take_the_place_of_the_claim(ana: User, article: Article, whole: Claim) -> None:
    outcome = redraw(article, ana, [whole], SHUT)
    assert outcome["sentence"] == "The borders are drawn anew."
    assert outcome["set_aside"] == [str(whole.pk)]
    assert in_work(article) == [SHUT, "The toll is new."]
    assert status(whole).set_aside == Aside.REDRAWN
    assert counted(article) == (2, 0)


def test_undo_and_redo_bring_the_same_claims_back(ana: User, article: Article, whole: Claim) -> None:
    first = redraw(article, ana, [whole], SHUT, FERRY)
    assert first["sentence"] == "Drawn as 2 claims. Label each of them."
    parts = drawn(first)
    for _ in range(3):
        back = take_back(article, ana, first)
        assert drawn(back) == [whole]
        assert [status(claim).set_aside for claim in (whole, *parts)] == ["", "redrawn", "redrawn"]
        assert counted(article) == (2, 0)
        first = take_back(article, ana, back)
        assert drawn(first) == parts
        assert [status(claim).set_aside for claim in (whole, *parts)] == ["redrawn", "", ""]
        assert counted(article) == (3, 0)
    assert Claim.objects.filter(article=article).count() == 4


def test_a_redrawn_sentence_does_not_come_back_when_the_article_is_read_again(
    monkeypatch: pytest.MonkeyPatch, ana: User, operator: User, article: Article, whole: Claim
) -> None:
    parts = drawn(redraw(article, ana, [whole], SHUT, FERRY))
    proposal = Proposal.objects.get(claim=whole)
    monkeypatch.setattr(reading, "READER_VERSION", reading.READER_VERSION + 1)
    read_article(by=operator, article=article)
    assert in_work(article) == [SHUT, FERRY, "The toll is new."]
    assert counted(article) == (3, 0)
    assert [status(claim).set_aside for claim in (whole, *parts)] == ["redrawn", "", ""]
    assert Proposal.objects.get(claim=whole) == proposal


def test_two_sentences_are_merged_and_parted_again(ana: User, article: Article) -> None:
    both = list(article.claims.in_reading_order())
    merged = redraw(article, ana, both, TWO)
    assert merged["sentence"] == "Merged into one claim."
    assert in_work(article) == [TWO]
    assert counted(article) == (1, 0)
    assert drawn(take_back(article, ana, merged)) == both
    assert counted(article) == (2, 0)


def test_a_claim_is_merged_into_one_that_holds_it(ana: User, article: Article, whole: Claim) -> None:
    (part,) = drawn(redraw(article, ana, [], FERRY))
    outcome = redraw(article, ana, [whole, part], WHOLE)
    assert outcome["set_aside"] == [str(part.pk)]
    assert drawn(outcome) == [whole]
    assert in_work(article) == [WHOLE, "The toll is new."]


def test_the_same_borders_change_nothing(ana: User, article: Article, whole: Claim) -> None:
    before = event_count(), status(whole).version
    assert redraw(article, ana, [whole], WHOLE)["set_aside"] == []
    assert (event_count(), status(whole).version) == before


def test_a_part_that_is_the_retired_claims_is_found_again(ana: User, max: User, article: Article, whole: Claim) -> None:
    (part,) = drawn(redraw(article, ana, [], FERRY))
    retire(whole, max, SHUT, FERRY)
    assert in_work(article) == [SHUT, FERRY, "The toll is new."]
    assert status(part).marked_by == ana
    with pytest.raises(Conflict, match="A moderator has taken the claim with these borders out of work"):
        redraw(article, ana, [], WHOLE)


def test_a_key_that_a_claim_took_along_to_another_text_is_not_used_twice(ana: User, article: Article) -> None:
    (moved,) = drawn(redraw(article, ana, [], FERRY))
    Claim.objects.filter(pk=moved.pk).update(start=moved.start + 4, exact=FERRY[4:])
    (made,) = drawn(redraw(article, ana, [], FERRY))
    assert made.pk != moved.pk
    assert drawn(redraw(article, ana, [], FERRY)) == [made]
    assert drawn(redraw(article, ana, [], FERRY[4:])) == [moved]


def test_the_first_passs_proposal_goes_along_where_its_words_do(ana: User, make_article: MakeArticle) -> None:
    article = make_article()
    said = Claim.objects.get(article=article, exact__startswith="Mayor Ida Brook")
    inside, outside = drawn(
        redraw(article, ana, [said], "Mayor Ida Brook said on Monday that the bridge would open", "open again in May")
    )
    assert (inside.proposal.label, inside.proposal.cue) == (said.proposal.label, said.proposal.cue)
    assert not Proposal.objects.filter(claim=outside).exists()
    assert [0 <= status(claim).worth <= MOST for claim in (inside, outside)] == [True, True]


# What others have done


@pytest.fixture(params=["label", "settled", "once settled", "ruling", "flag", "comment", "evidence", "calibration"])
def of_others(request: pytest.FixtureRequest, ana: User, ben: User, max: User, whole: Claim) -> Claim:
    """The first claim, with one thing that others did about it."""
    deeds: dict[str, Callable[[], object]] = {
        "label": lambda: assess(whole, ben),
        "settled": lambda: [assess(whole, ana), assess(whole, ben)],
        "once settled": lambda: [
            assess(whole, ana),
            assess(whole, ben),
            retract_assessment(by=ben, claim_id=whole.pk, expected_version=1, key=uuid4()),
        ],
        "ruling": lambda: rule(whole, max),
        "flag": lambda: flag(whole, ben),
        "comment": lambda: whole.comments.create(by=ben, body="Look."),
        "evidence": lambda: Evidence.objects.create(claim=whole, by=ben, url="https://e.org/", stance="supports"),
        "calibration": lambda: ClaimStatus.objects.filter(claim=whole).update(calibrates=True),
    }
    deeds[request.param]()
    return whole


def test_what_others_worked_on_stays_and_the_new_claims_are_made_beside_it(
    ana: User, article: Article, of_others: Claim
) -> None:
    before = status(of_others)
    outcome = redraw(article, ana, [of_others], SHUT, FERRY)
    assert (outcome["kept"], outcome["set_aside"]) == ([str(of_others.pk)], [])
    assert outcome["sentence"] == "The claim that was there stays as it is; yours were made beside it."
    assert [claim.exact for claim in drawn(outcome)] == [SHUT, FERRY]
    after = status(of_others)
    assert (after.set_aside, after.state, after.version) == ("", before.state, before.version)
    assert counted(article)[0] == 4
    assert not Assessment.objects.filter(claim__in=drawn(outcome)).exists()
    assert outcome["undo"]["spans"] == []
    assert len(take_back(article, ana, outcome)["set_aside"]) == 2
    assert in_work(article) == [WHOLE, "The toll is new."]


def test_the_sentence_is_the_same_whatever_others_did(ana: User, article: Article, of_others: Claim) -> None:
    outcome = redraw(article, ana, [of_others], SHUT)
    assert outcome["sentence"] == "The claim that was there stays as it is; yours was made beside it."
    assert "ben" not in str(outcome)


def test_moderators_draw_by_the_same_rule(ben: User, max: User, article: Article, whole: Claim) -> None:
    assess(whole, ben)
    assert redraw(article, max, [whole], SHUT)["kept"] == [str(whole.pk)]


def test_of_several_claims_only_those_of_others_stay(ana: User, ben: User, article: Article) -> None:
    first, second = article.claims.in_reading_order()
    assess(second, ben)
    outcome = redraw(article, ana, [first, second], TWO)
    assert (outcome["set_aside"], outcome["kept"]) == ([str(first.pk)], [str(second.pk)])
    assert in_work(article) == [TWO, "The toll is new."]


def test_a_claim_that_was_restored_over_its_parts_counts_right(ana: User, max: User, article: Article) -> None:
    whole = article.claims.in_reading_order()[0]
    redraw(article, ana, [whole], SHUT)
    restore(whole, max)
    assert counted(article) == (3, 0)
