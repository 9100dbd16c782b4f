"""The state of a claim, as a table and as a walk through it."""

from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.review.state import IllegalMove, Judgement, check_move, diagram, settled_by, state_of
from claims.vocabulary import SETTLED, STRENGTHS_OF, TRANSITIONS, ClaimState, Label, Reason

SOURCED, UNSOURCED, OPINION = Judgement(Label.SOURCED), Judgement(Label.UNSOURCED), Judgement(Label.OPINION)


@st.composite
def judgement(draw: st.DrawFn) -> Judgement:
    label = draw(st.sampled_from(Label))
    strength = draw(st.sampled_from([None, *STRENGTHS_OF[label]]))
    reason = draw(st.sampled_from(["", *Reason])) if label == Label.UNSOURCED else ""
    return Judgement(label, strength, reason)


# Every input that matters: assessments (equal or not), ruling, assessments needed, how many there were at a reopening.
TRUTH = [
    ([], None, 2, None, ClaimState.OPEN),
    ([SOURCED], None, 1, None, ClaimState.AGREED),
    ([SOURCED], None, 2, None, ClaimState.IN_REVIEW),
    ([SOURCED, SOURCED], None, 2, None, ClaimState.AGREED),
    ([SOURCED, SOURCED], None, 3, None, ClaimState.IN_REVIEW),
    ([SOURCED, SOURCED, SOURCED], None, 3, None, ClaimState.AGREED),
    ([SOURCED, SOURCED, SOURCED], None, 2, None, ClaimState.AGREED),
    ([SOURCED, OPINION], None, 1, None, ClaimState.DISPUTED),
    ([SOURCED, OPINION], None, 3, None, ClaimState.DISPUTED),
    ([SOURCED, SOURCED, OPINION], None, 2, None, ClaimState.DISPUTED),
    ([], None, 2, 0, ClaimState.OPEN),
    ([SOURCED], None, 1, 0, ClaimState.AGREED),
    ([SOURCED], None, 1, 1, ClaimState.IN_REVIEW),
    ([SOURCED, SOURCED], None, 2, 2, ClaimState.IN_REVIEW),
    ([SOURCED, SOURCED, SOURCED], None, 2, 2, ClaimState.AGREED),
    ([SOURCED, SOURCED], None, 3, 1, ClaimState.IN_REVIEW),
    ([SOURCED, OPINION], None, 2, 2, ClaimState.DISPUTED),
    *(
        (judgements, UNSOURCED, needed, reopened, ClaimState.RULED)
        for judgements in ([], [SOURCED], [SOURCED, SOURCED], [SOURCED, OPINION])
        for needed in (1, 3)
        for reopened in (None, 2)
    ),
]


@pytest.mark.parametrize(("judgements", "ruling", "needed", "reopened_with", "state"), TRUTH)
def test_the_state_follows_from_what_was_done(
    judgements: list[Judgement], ruling: Judgement | None, needed: int, reopened_with: int | None, state: ClaimState
) -> None:
    assert state_of(judgements, ruling, needed, reopened_with) == state


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


# A step of the walk: who judges (or rules), and how; None takes it back, and of a moderator reopens the claim.
steps = st.lists(st.tuples(st.sampled_from(["ana", "ben", "cleo", "moderator"]), st.none() | judgement()), max_size=30)


class Walk:
    """A claim as the rooms let it move, in a few lines."""

    def __init__(self, needed: int) -> None:
        self.needed = needed
        self.given_by: dict[str, Judgement] = {}
        self.ruling: Judgement | None = None
        self.reopened_with: int | None = None
        self.state = ClaimState.OPEN

    def step(self, who: str, judged: Judgement | None) -> tuple[ClaimState, ClaimState]:
        before = self.state
        if who == "moderator" and judged:
            self.ruling = judged
        elif who == "moderator":
            if before in SETTLED:
                self.ruling, self.reopened_with = None, len(self.given_by)
        elif before == ClaimState.RULED or (before in SETTLED and who not in self.given_by):
            pass  # closed: it was ruled on, or others settled it
        elif judged is None:
            self.given_by.pop(who, None)
        else:
            self.given_by[who] = judged
        self.state = state_of(list(self.given_by.values()), self.ruling, self.needed, self.reopened_with)
        return before, self.state


@given(steps, st.integers(1, 3))
def test_every_walk_that_the_rooms_allow_keeps_to_the_table(
    taken: list[tuple[str, Judgement | None]], needed: int
) -> None:
    walk = Walk(needed)
    for who, judged in taken:
        check_move(*walk.step(who, judged))  # raises for a move that is not in the table


def test_the_table_has_no_move_that_no_walk_makes() -> None:
    moves: set[tuple[ClaimState, ClaimState]] = set()
    choices = [(who, judged) for who in ("ana", "ben", "moderator") for judged in (None, SOURCED, OPINION)]
    for needed, taken in product((1, 2), product(choices, repeat=4)):
        walk = Walk(needed)
        moves |= {walk.step(who, judged) for who, judged in taken}
    table = {(before, after) for before in ClaimState for after in TRANSITIONS[before]}
    assert {(before, after) for before, after in moves if before != after} == table


def test_the_diagram_in_the_docs_is_drawn_from_the_table() -> None:
    architecture = (Path(__file__).parents[3] / "docs/architecture.md").read_text(encoding="utf-8")
    assert f"```mermaid\n{diagram()}```" in architecture


@pytest.mark.parametrize(("before", "after"), list(product(ClaimState, ClaimState)))
def test_a_move_is_legal_exactly_when_the_table_has_it(before: ClaimState, after: ClaimState) -> None:
    if before == after or after in TRANSITIONS[before]:
        check_move(before, after)
    else:
        with pytest.raises(IllegalMove, match=f"from {before} to {after}"):
            check_move(before, after)


def test_agreement_takes_the_lowest_strength_that_was_given() -> None:
    agreed = [Judgement(Label.SOURCED, 4), Judgement(Label.SOURCED, 2), Judgement(Label.SOURCED)]
    assert settled_by(agreed, None) == Judgement(Label.SOURCED, 2)


def test_agreement_without_a_strength_has_none() -> None:
    assert settled_by([SOURCED, SOURCED], None).strength is None


def test_a_reason_is_kept_only_where_all_who_gave_one_gave_the_same() -> None:
    hedge, vague, silent = (Judgement(Label.UNSOURCED, 0, reason) for reason in ("hedge", "vague", ""))
    assert settled_by([hedge, silent], None).reason == "hedge"
    assert settled_by([hedge, vague], None).reason == ""
