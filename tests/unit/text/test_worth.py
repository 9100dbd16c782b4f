"""How much checking a claim is worth: few signs, each said in words."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.text.reading import Proposal, propose
from claims.text.worth import MOST, worth_of
from claims.vocabulary import Label, Reason
from tests.unit.text.clock import grows_linearly
from tests.unit.text.corpus import NAMES, article

PLAIN = Proposal(0, 1, Label.SOURCED, None, None, None, 3, None, 0.9, "said", "")
UNSOURCED = replace(PLAIN, label=Label.UNSOURCED, strength=0, reason=Reason.BARE)


@pytest.mark.parametrize(
    ("words", "points", "reason"),
    [
        ("The bridge is long.", 0, None),
        ("It cost 26 crowns.", 2, "it gives figures"),
        ("It cost a million crowns.", 2, "it gives figures"),
        ("It fell on Friday.", 1, "it says when"),
        ("The mayor took a bribe.", 2, "it speaks of harm or guilt"),
        ("The bridge will fall.", 1, "it says what will happen"),
        ("The mayor, Ida Brook, resigned.", 1, "it says what somebody named did"),
    ],
)
def test_each_sign_adds_its_points_and_says_why(words: str, points: int, reason: str | None) -> None:
    found = worth_of(words, PLAIN)
    assert found.points == points
    assert found.reasons == ((reason,) if reason else ())


def test_a_deed_without_a_name_is_no_named_act() -> None:
    assert worth_of("Resigned.", PLAIN).points == 0
    assert worth_of("The mayor resigned.", PLAIN).points == 0


def test_what_has_no_source_and_what_the_first_pass_was_not_sure_of_is_worth_more() -> None:
    assert worth_of("The bridge is long.", UNSOURCED).reasons == ("the first pass found no source",)
    unsure = worth_of("The bridge is long.", replace(UNSOURCED, confidence=0.6))
    assert (unsure.points, unsure.reasons[-1]) == (3, "the first pass was not sure")


@pytest.mark.parametrize(
    ("proposal", "most", "why"),
    [
        (replace(PLAIN, label=Label.OPINION), 1, "but it reads as opinion"),
        (replace(PLAIN, label=Label.NOT_A_CLAIM), 1, "but it states nothing"),
        (replace(UNSOURCED, reason=Reason.BACKGROUND), 2, "but it reads as background"),
    ],
)
def test_opinion_fragments_and_background_come_last_whatever_their_words(
    proposal: Proposal, most: int, why: str
) -> None:
    found = worth_of("Putin killed 300 people on Friday.", proposal)
    assert (found.points, found.reasons[-1]) == (most, why)


def test_all_signs_at_once_make_no_more_than_nine() -> None:
    words = "On Friday 300 people were killed, Ida Brook signed it, and more will die."
    assert worth_of(words, replace(UNSOURCED, confidence=0.5)).points == MOST


@pytest.mark.parametrize("name", NAMES)
def test_in_each_article_opinions_are_worth_less_than_the_best_claims(name: str) -> None:
    text = article(name)
    found = [(one.label, worth_of(text[one.start : one.end], one).points) for one in propose(text)]
    best = sorted((points for _, points in found), reverse=True)[:3]
    assert min(best) >= 4
    assert all(points <= 1 for label, points in found if label == Label.OPINION)


@given(st.text(max_size=300), st.sampled_from([PLAIN, UNSOURCED, replace(PLAIN, label=Label.OPINION)]))
def test_any_words_have_a_worth_from_nought_to_nine(words: str, proposal: Proposal) -> None:
    assert 0 <= worth_of(words, proposal).points <= MOST


@pytest.mark.parametrize("words", ["Killed ", "9", "a", "_", "Ünï ", "1,"])
def test_the_time_grows_with_the_length_and_no_faster(words: str) -> None:
    assert grows_linearly(lambda text: worth_of(text, PLAIN), words * 100_000)
