"""The state of a claim, as a table and as a walk through it."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.review.state import IllegalMove, Judgement, check_move, settled_by, state_of
from claims.vocabulary import SETTLED, STRENGTHS_OF, TRANSITIONS, ClaimState, Label, Reason

SOURCED, UNSOURCED, OPINION = Judgement(Label.SOURCED), Judgement(Label.UNSOURCED), Judgement(Label.OPINION)


@st.composite
def judgement(draw: st.DrawFn) -> Judgement:
    label = draw(st.sampled_from(Label))
    strength = draw(st.sampled_from([None, *STRENGTHS_OF[label]]))
    reason = draw(st.sampled_from(["", *Reason])) if label == Label.UNSOURCED else ""
    return Judgement(label, strength, reason)


@pytest.mark.parametrize(
    ("judgements", "ruling", "state"),
    [
        ([], None, ClaimState.OPEN),
        ([SOURCED], None, ClaimState.IN_REVIEW),
        ([SOURCED, SOURCED], None, ClaimState.AGREED),
        ([SOURCED, OPINION], None, ClaimState.DISPUTED),
        ([SOURCED, SOURCED, OPINION], None, ClaimState.DISPUTED),
        ([SOURCED, SOURCED, SOURCED], None, ClaimState.AGREED),
        ([], UNSOURCED, ClaimState.RULED),
        ([SOURCED], UNSOURCED, ClaimState.RULED),
        ([SOURCED, SOURCED], UNSOURCED, ClaimState.RULED),
        ([SOURCED, OPINION], OPINION, ClaimState.RULED),
    ],
)
def test_the_state_follows_from_what_was_done(
    judgements: list[Judgement], ruling: Judgement | None, state: ClaimState
) -> None:
    assert state_of(judgements, ruling) == state


def test_strength_and_reason_do_not_make_a_dispute() -> None:
    assert state_of([Judgement(Label.SOURCED, 5), Judgement(Label.SOURCED, 2)], None) == ClaimState.AGREED


@given(st.lists(judgement(), max_size=5), st.none() | judgement())
def test_a_ruling_settles_whatever_reviewers_said(judgements: list[Judgement], ruling: Judgement | None) -> None:
    state = state_of(judgements, ruling)
    assert (state == ClaimState.RULED) == (ruling is not None)
    if state in SETTLED:
        settled = settled_by(judgements, ruling)
        assert settled.strength is None or settled.strength in STRENGTHS_OF[settled.label]
        assert settled.reason == "" or settled.label == Label.UNSOURCED


# A step of the walk: who judges (or rules), and how; None takes it back.
steps = st.lists(st.tuples(st.sampled_from(["ana", "ben", "cleo", "moderator"]), st.none() | judgement()), max_size=30)


@given(steps)
def test_every_walk_that_the_rooms_allow_keeps_to_the_table(walk: list[tuple[str, Judgement | None]]) -> None:
    given_by: dict[str, Judgement] = {}
    ruling: Judgement | None = None
    state = ClaimState.OPEN
    for who, judged in walk:
        if who == "moderator":
            ruling = judged or ruling  # a ruling can be replaced and never taken back
        elif state == ClaimState.RULED or (state in SETTLED and who not in given_by):
            continue  # closed: it was ruled on, or others settled it
        elif judged is None:
            given_by.pop(who, None)
        else:
            given_by[who] = judged
        after = state_of(list(given_by.values()), ruling)
        check_move(state, after)  # raises for a move that is not in the table
        state = after


@pytest.mark.parametrize(("before", "after"), list(product(ClaimState, ClaimState)))
def test_a_move_is_legal_exactly_when_the_table_has_it(before: ClaimState, after: ClaimState) -> None:
    if before == after or after in TRANSITIONS[before]:
        check_move(before, after)
    else:
        with pytest.raises(IllegalMove, match=f"from {before} to {after}"):
            check_move(before, after)


def test_what_was_ruled_on_only_moves_by_another_ruling() -> None:
    assert TRANSITIONS[ClaimState.RULED] == {ClaimState.RULED}


def test_agreement_takes_the_lowest_strength_that_was_given() -> None:
    agreed = [Judgement(Label.SOURCED, 4), Judgement(Label.SOURCED, 2), Judgement(Label.SOURCED)]
    assert settled_by(agreed, None) == Judgement(Label.SOURCED, 2)


def test_agreement_without_a_strength_has_none() -> None:
    assert settled_by([SOURCED, SOURCED], None).strength is None


def test_a_reason_is_kept_only_where_all_who_gave_one_gave_the_same() -> None:
    hedge, vague, silent = (Judgement(Label.UNSOURCED, 0, reason) for reason in ("hedge", "vague", ""))
    assert settled_by([hedge, silent], None).reason == "hedge"
    assert settled_by([hedge, vague], None).reason == ""
