"""An earlier text comes back: the outlet took its change back, and its claims stand where they stood."""

import pytest

from claims import audit
from claims.ingest import plan_carrying
from claims.ingest.read_article import read_article, unread
from claims.models import Anchor, Article, ArticleStatus, Attribution, Claim, ClaimStatus, User
from tests.cast import TEXT, assess
from tests.deeds import counted, status
from tests.unit.ingest.test_carry_claims import LONGER, REWORDED, SHORTER, TOLL, at, bring, in_force, revise
from tests.unit.ledger import dump, events, tables


def test_a_text_that_comes_back_brings_its_claims_home(
    operator: User, article: Article, claims: list[Claim], ana: User
) -> None:
    for claim in claims:
        assess(claim, ana)
    first = in_force(article)
    places = {claim.pk: (claim.start, claim.end, claim.exact) for claim in claims}
    revise(operator, article, REWORDED.replace(f"{TOLL}\n\n", ""))
    stored = bring(operator, TEXT)
    assert (stored.is_new, stored.came_back, stored.revision) == (False, True, first)
    assert list(unread()) == [article]
    done = read_article(by=operator, article=article)
    assert (done.moved, done.returned, done.orphaned, done.opened, done.claims) == (3, 1, 0, 0, 4)
    assert in_force(article) == first
    for claim in claims:
        home = at(claim)
        assert (home.start, home.end, home.exact) == places[claim.pk]
        assert (home.revision, home.status.set_aside) == (first, "")
        assert home.status.text_changed_at is None  # these are the words that ana judged
    assert not Anchor.objects.filter(revision=first).exists()
    assert not unread().exists()


def test_the_mark_stays_on_a_text_that_comes_back_where_somebody_worked_on_the_claim_meanwhile(
    operator: User, article: Article, claims: list[Claim], ana: User, ben: User
) -> None:
    assess(claims[1], ana)
    revise(operator, article, REWORDED)
    assess(claims[1], ben)
    revise(operator, article, TEXT)
    assert status(claims[1]).text_changed_at is not None


def test_back_and_forth_for_ever_leaves_as_many_claims_as_there_are_sentences(
    operator: User, article: Article, claims: list[Claim], ana: User
) -> None:
    assess(claims[2], ana)
    for _ in range(3):
        for text in (SHORTER, LONGER, REWORDED, TEXT):
            revise(operator, article, text)
            there = Claim.objects.filter(revision=in_force(article), status__set_aside="")
            sentences = text.split("\n\n")
            assert [claim.exact for claim in there.in_reading_order()] == sentences
            assert counted(article)[0] == len(sentences)
    assert at(claims[2]).exact == TOLL
    assert audit.verify() is None


def test_the_same_bytes_again_change_nothing(operator: User, article: Article) -> None:
    revise(operator, article, LONGER)
    before = dump(tables())
    again = bring(operator, LONGER)
    assert (again.is_new, again.came_back) == (False, False)
    assert not unread().exists()
    assert dump(tables()) == before


def test_reading_again_by_hand_moves_nothing(operator: User, article: Article, claims: list[Claim], ana: User) -> None:
    assess(claims[2], ana)
    revise(operator, article, SHORTER)
    before = dump([Claim, ClaimStatus, Anchor, Attribution])
    done = read_article(by=operator, article=article)
    assert (done.moved, done.orphaned, done.opened, done.dropped) == (0, 0, 0, 0)
    assert dump([Claim, ClaimStatus, Anchor, Attribution]) == before
    assert len(events("claim.orphaned")) == 1


def test_a_newer_text_takes_the_place_of_one_that_came_back(operator: User, article: Article) -> None:
    revise(operator, article, LONGER)
    revise(operator, article, TEXT)
    assert ArticleStatus.objects.get().came_back is not None
    revise(operator, article, SHORTER)
    assert ArticleStatus.objects.get().came_back is None
    assert in_force(article).text == SHORTER
    revise(operator, article, LONGER)
    assert in_force(article).text == LONGER


def test_a_page_that_changes_all_the_time_is_not_looked_through_whole(
    operator: User, article: Article, claims: list[Claim], ana: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    assess(claims[2], ana)
    revise(operator, article, SHORTER)
    looked_at: list[int] = []
    real = plan_carrying.reanchor

    def counted_reanchor(old: str, new: str, spans: list[tuple[int, int]]) -> list[tuple[int, int, float] | None]:
        looked_at.append(len(spans))
        return real(old, new, spans)

    monkeypatch.setattr(plan_carrying, "reanchor", counted_reanchor)
    monkeypatch.setattr(plan_carrying, "MOST_TEXTS", 3)
    for number in ("one", "two", "three", "four", "five", "six"):
        looked_at.clear()
        revise(
            operator, article, f"{SHORTER}\n\nThe {number} of its pillars {number * 4} at {number * 3} {number * 5}."
        )
        assert len(looked_at) <= 3
    revise(operator, article, LONGER)
    assert at(claims[2]).revision == in_force(article)
