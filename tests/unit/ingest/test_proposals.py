"""What the first pass proposes is stored with its route; where it is not sure, or does not read, nothing is."""

from itertools import chain
from typing import Any

import pytest

from claims.ingest.drafted_text import drafted_text, drafted_texts
from claims.ingest.read_article import read_article, unread
from claims.ingest.read_first import never_read, read_first
from claims.ingest.store_article import store_article
from claims.models import Article, ArticleStatus, Claim, ClaimStatus, Event, Proposal, User, Zone
from claims.refusals import NotAllowed
from claims.text import reading
from claims.text.worth import worth_of
from claims.vocabulary import Label
from tests.cast import TEXT, MakeArticle, assess
from tests.unit.ingest.test_carry_claims import LONGER, in_force, revise

SPOKEN = (
    "Mayor Ida Brook told the council on Monday: “The bridge was never safe and never will be.”\n\n"
    "“We have no money to mend it. We will not get any from anybody.”\n"
)
GERMAN = "Die Stadt hat kein Geld für die Brücke, und sie ist seit Mai zu. Das ist nicht gut für uns und für alle."


def unsure(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that is never sure enough."""
    monkeypatch.setattr(reading, "THRESHOLD", 1.1)


def stored(model: Any, *, without: set[str]) -> list[dict[str, Any]]:
    rows = model.objects.order_by("pk").values()
    return [{name: value for name, value in row.items() if name not in without} for row in rows]


def test_mode_scope_and_route_are_stored(make_article: MakeArticle) -> None:
    text = in_force(make_article(SPOKEN)).text
    first, *later = Proposal.objects.order_by("claim__start")
    assert (first.label, first.scope) == (Label.SOURCED, "same")
    assert {(one.mode, one.scope, one.rule) for one in later} == {("direct", "adjacent", "running-quotation")}
    for one in (first, *later):
        assert one.chain[0]["kind"] == "source"
        assert "Ida Brook" in text[one.chain[0]["start"] : one.chain[0]["end"]]


def test_what_names_nobody_has_neither_mode_nor_scope_nor_route(article: Article) -> None:
    for one in Proposal.objects.exclude(label=Label.SOURCED):
        assert (one.mode, one.scope, one.chain) == ("", "", [])


def test_below_the_threshold_a_claim_is_opened_and_nothing_proposed(
    make_article: MakeArticle, monkeypatch: pytest.MonkeyPatch
) -> None:
    unsure(monkeypatch)
    make_article()
    assert {one.status.worth == worth_of(one.exact, None).points for one in Claim.objects.all()} == {True}
    assert Claim.objects.count() == 4
    assert not Proposal.objects.exists()
    assert ClaimStatus.objects.filter(worth__gt=0).exists()


def test_a_reading_that_is_less_sure_takes_an_untouched_proposal_away(
    article: Article, claims: list[Claim], ana: User, operator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    assess(claims[2], ana)
    unsure(monkeypatch)
    read_article(by=operator, article=article)
    assert list(Proposal.objects.values_list("claim", flat=True)) == [claims[2].pk]


def test_the_language_is_kept_with_what_it_was_told_by(make_article: MakeArticle) -> None:
    status = ArticleStatus.objects.get(article=make_article(GERMAN * 2))
    assert status.language == "de"
    assert status.language_basis
    assert not Proposal.objects.filter(label=Label.UNSOURCED, rule="bare").exists()
    assert Claim.objects.exists()


def test_the_proposed_route_moves_with_the_text_of_a_claim_that_somebody_touched(
    operator: User, article: Article, claims: list[Claim], ana: User
) -> None:
    assess(claims[1], ana, Label.SOURCED)
    before = Proposal.objects.get(claim=claims[1]).chain
    revise(operator, article, LONGER)
    after = Proposal.objects.get(claim=claims[1]).chain
    text = in_force(article).text
    assert [hop["kind"] for hop in after] == [hop["kind"] for hop in before]
    assert text[after[0]["start"] : after[0]["end"]] == TEXT[before[0]["start"] : before[0]["end"]]
    assert after != before


def test_many_articles_are_read_at_once_as_they_are_one_by_one(operator: User) -> None:
    texts = (TEXT, SPOKEN, GERMAN, "Leave a Reply\n")
    kept = []
    for together in (False, True):
        for number, text in enumerate(texts):
            store_article(by=operator, raw=text.encode(), address=f"https://example.org/{number}")
        waiting = list(unread())
        if together:
            texts = never_read([article.pk for article in waiting])
            drafts = dict(zip(texts, drafted_texts(list(texts.values())), strict=True))
            read_first(by=operator, drafts=drafts)
        else:
            for article in waiting:
                read_article(by=operator, article=article)
        moments = {"opened_at", "read_at", "id"}
        kept.append([stored(one, without=moments) for one in (Claim, ClaimStatus, Proposal, ArticleStatus, Zone)])
        kept[-1].append(
            list(Event.objects.filter(kind="article.read").values("target_id", "after").order_by("target_id"))
        )
        if not together:
            for model in (Proposal, ClaimStatus, Claim, ArticleStatus, Zone):
                model.objects.all().delete()
            read = kept[-1][-1]
            assert len(read) == len(texts)
    one_by_one, at_once = kept
    assert at_once[:4] == one_by_one[:4]
    assert sorted(map(str, at_once[4])) == sorted(map(str, one_by_one[4]))
    assert list(chain(*[[event] * 2 for event in one_by_one[5]])) == at_once[5]


def test_many_at_once_leave_what_was_read_already(operator: User, article: Article, eve: User) -> None:
    assert never_read([article.pk]) == {}
    drafts = {article.status.revision_id: drafted_text(TEXT)}
    assert read_first(by=operator, drafts=drafts) == []
    with pytest.raises(NotAllowed):
        read_first(by=eve, drafts=drafts)
