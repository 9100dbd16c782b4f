"""What becomes of claims by how sure their places in the new text are; the places are given here."""

from collections.abc import Callable

import pytest

from claims.ingest import plan_carrying
from claims.models import Article, Claim, User
from claims.text.anchors import SURE
from claims.vocabulary import Aside
from tests.cast import TEXT, assess
from tests.deeds import status
from tests.unit.ingest.test_carry_claims import at, revise

CLOSED, MAYOR, TOLL, UGLY = TEXT.split("\n\n")
NEW = f"{CLOSED}\n\n{MAYOR}\n\n{TOLL}\n\n{UGLY}\n\nThe river was high."
Given = tuple[str, float]


@pytest.fixture
def places(monkeypatch: pytest.MonkeyPatch, claims: list[Claim]) -> Callable[..., None]:
    """`places((words, confidence), …)`: where the claims are found in the new text, in reading order."""

    def give(*found: Given) -> None:
        by_start = dict(zip([claim.start for claim in claims], found, strict=True))

        def reanchor(old: str, new: str, spans: list[tuple[int, int]]) -> list[tuple[int, int, float] | None]:
            given = [by_start[start] for start, _ in spans]
            return [(new.index(words), new.index(words) + len(words), sure) if words else None for words, sure in given]

        monkeypatch.setattr(plan_carrying, "reanchor", reanchor)

    return give


def test_a_claim_moves_from_the_sure_confidence_on_and_not_below(
    places: Callable[..., None], operator: User, article: Article, claims: list[Claim]
) -> None:
    places((CLOSED, SURE), (MAYOR, SURE - 0.01), (TOLL, 1.0), ("", 0.0))
    done = revise(operator, article, NEW)
    assert (done.moved, done.orphaned) == (2, 2)
    assert [status(claim).set_aside for claim in claims] == ["", Aside.ORPHANED, "", Aside.ORPHANED]
    assert at(claims[1]).anchors.get().confidence == SURE - 0.01


def test_one_place_is_one_claims_and_of_two_that_are_as_sure_the_one_with_work_has_it(
    places: Callable[..., None], operator: User, article: Article, claims: list[Claim], ana: User
) -> None:
    assess(claims[1], ana)
    places((MAYOR, 0.9), (MAYOR, 0.9), (UGLY, 0.85), (UGLY, 0.95))
    revise(operator, article, NEW)
    assert [status(claim).set_aside for claim in claims] == [Aside.ORPHANED, "", Aside.ORPHANED, ""]


def test_a_sentence_that_was_edited_becomes_the_whole_sentence_that_it_is_most_of(
    places: Callable[..., None], operator: User, article: Article, claims: list[Claim]
) -> None:
    most, part, same = UGLY[:30], MAYOR[:20], CLOSED[:-1]
    places((same, 0.9), (part, 0.9), (most, 0.9), ("", 0.0))
    revise(operator, article, NEW)
    assert [at(claim).exact for claim in claims[:3]] == [CLOSED, part, UGLY]


def test_a_sentence_whose_words_all_stand_there_stays_with_just_these(
    places: Callable[..., None], operator: User, article: Article, claims: list[Claim]
) -> None:
    places((CLOSED, 0.99), (MAYOR, 0.99), (TOLL, 0.99), (UGLY, 0.99))
    revise(operator, article, NEW.replace(UGLY, f"{UGLY[:-1]}.) for sure"))
    assert [at(claim).exact for claim in claims] == [CLOSED, MAYOR, TOLL, UGLY]
