"""What is counted of an outlet: settled work alone, in its newest articles, with links to every other outlet."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.coverage import outlet_figures
from claims.coverage.outlet_figures import beside_others, near_copies, sample_of, shares_of
from claims.ingest.withdraw_article import withdraw_article
from claims.models import Article, ArticleStatus, Claim, Outlet, Shingle, User
from claims.relations import Independence, OriginSignKind, Relation
from claims.text.shingles import sketch
from claims.vocabulary import Label
from tests.cast import MakeArticle, assess, rule
from tests.deeds import hide
from tests.linking import dated, link

Corpus = dict[str, list[Claim]]


@pytest.fixture
def papers(make_article: MakeArticle) -> Corpus:
    """The claims of one article each of three outlets, and of one that no outlet is known of."""
    places = {"elm": "https://elm.example/1", "oak": "https://oak.example/1", "ash": "https://ash.example/1", "": ""}
    found = {}
    for number, (name, address) in enumerate(places.items()):
        text = "\n\n".join(f"On day {day} the bridge {number} was closed." for day in range(6))
        article = make_article(text, address)
        found[name] = list(Claim.objects.filter(article=article).in_reading_order())
    return found


def outlet(name: str) -> Outlet:
    return Outlet.objects.get(host=f"{name}.example")


def agree(
    one: Claim, other: Claim, ana: User, ben: User, relation: str = Relation.FRAMES_DIFFERENTLY, **parts: Any
) -> None:
    for who in (ana, ben):
        link(one, other, who, relation, **parts)


def test_only_settled_claims_count_with_the_strength_that_they_settled_with(
    ana: User, ben: User, max: User, papers: Corpus
) -> None:
    claims = papers["elm"]
    for who in (ana, ben):
        assess(claims[0], who, Label.SOURCED, strength=4)
    assess(claims[1], ana, Label.OPINION)
    rule(claims[2], max, Label.UNSOURCED, strength=0)
    rule(claims[3], max, Label.UNSOURCED)
    rule(claims[4], max, Label.OPINION)
    hide(claims[4], max)
    rule(papers["oak"][0], max, Label.OPINION)
    shares = shares_of(sample_of(outlet("elm")))
    assert shares.settled == 3
    assert shares.labels == {
        Label.SOURCED: 1, Label.UNSOURCED: 2, Label.OPINION: 0, Label.NOT_A_CLAIM: 0,
    }  # fmt: skip
    assert shares.strengths == {(Label.SOURCED, 4): 1, (Label.UNSOURCED, 0): 1, (Label.UNSOURCED, None): 1}


def test_links_are_counted_once_by_the_other_outlet_with_their_direction(ana: User, ben: User, papers: Corpus) -> None:
    elm, oak = papers["elm"], papers["oak"]
    for claim in (elm[0], oak[0]):
        dated(claim, ana, "2024-02-23")
    shared = {"independence": Independence.SHARED, "signs": (OriginSignKind.SAME_VOICE,)}
    agree(elm[0], oak[0], ana, ben, Relation.CORROBORATES, **shared)
    agree(elm[1], oak[1], ana, ben, Relation.UPDATES, origin=elm[1].pk)
    agree(oak[2], elm[2], ana, ben, Relation.UPDATES, origin=oak[2].pk)
    agree(elm[3], elm[4], ana, ben)
    agree(elm[5], papers[""][0], ana, ben)
    # Nobody's work in progress, and no pair that has nothing to do with each other.
    link(elm[4], papers["ash"][0], ana, Relation.FRAMES_DIFFERENTLY)
    agree(elm[4], papers["ash"][1], ana, ben, Relation.UNRELATED)

    of_oak, *rest = beside_others(sample_of(outlet("elm")))
    assert of_oak.outlet == outlet("oak").pk
    assert of_oak.relations == {Relation.CORROBORATES: 1, Relation.UPDATES: 2}
    assert of_oak.from_here == {Relation.UPDATES: 1}
    assert (of_oak.total, of_oak.shared) == (3, 1)
    assert {one.outlet: one.relations for one in rest} == {
        outlet("elm").pk: {Relation.FRAMES_DIFFERENTLY: 1}, None: {Relation.FRAMES_DIFFERENTLY: 1},
    }  # fmt: skip
    (back,) = beside_others(sample_of(outlet("oak")))
    assert (back.outlet, back.total, back.from_here) == (outlet("elm").pk, 3, {Relation.UPDATES: 1})
    assert beside_others(sample_of(outlet("ash"))) == []


def test_what_was_withdrawn_counts_no_more(ana: User, ben: User, max: User, papers: Corpus) -> None:
    rule(papers["elm"][0], max)
    agree(papers["elm"][1], papers["oak"][1], ana, ben)
    for name in ("elm", "oak"):
        article = papers[name][0].article_id
        version = ArticleStatus.objects.get(article=article).version
        withdraw_article(by=max, article_id=article, reason="Asked to.", expected_version=version)
        assert beside_others(sample_of(outlet("elm"))) == []
    assert sample_of(outlet("elm")) == outlet_figures.Sample((), 0, True)
    assert shares_of(sample_of(outlet("elm"))).settled == 0


def test_only_the_newest_articles_are_counted_where_there_are_too_many(
    make_article: MakeArticle, max: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    articles = [
        make_article(f"The bridge of {day} May is closed. It is.", f"https://elm.example/{day}") for day in "123"
    ]
    for article in articles:
        rule(Claim.objects.filter(article=article).in_reading_order()[0], max)
    monkeypatch.setattr(outlet_figures, "MOST_CLAIMS", 4)
    sample = sample_of(outlet("elm"))
    assert (sample.articles, sample.claims, sample.is_all) == ((articles[2].pk, articles[1].pk), 4, False)
    assert shares_of(sample).settled == 2
    monkeypatch.setattr(outlet_figures, "MOST_ARTICLES", 1)
    assert sample_of(outlet("elm")).articles == (articles[2].pk,)


def test_near_copies_of_other_outlets_are_found_by_their_sketches(make_article: MakeArticle) -> None:
    text = " ".join(f"On day {day} the old bridge of the town was closed again by the mayor." for day in range(20))
    texts = {"elm": text, "oak": f"{text} It is open.", "ash": "Something else happened in another town altogether."}
    articles = {name: make_article(words, f"https://{name}.example/1") for name, words in texts.items()}
    again = make_article(f"{text} It is shut.", "https://elm.example/2")
    for article, words in ((again, text), *((articles[name], words) for name, words in texts.items())):
        Shingle.objects.bulk_create(Shingle(article=article, hash=one) for one in sketch(words))
    found = near_copies(outlet("elm"), sample_of(outlet("elm")))
    assert {pair.article for pair in found} == {again.pk, articles["elm"].pk}
    assert {pair.other for pair in found} == {articles["oak"].pk}
    assert all(pair.share > 0.8 for pair in found)
    assert near_copies(outlet("ash"), sample_of(outlet("ash"))) == []


def test_the_figures_take_as_many_queries_for_much_as_for_little(
    ana: User, ben: User, max: User, papers: Corpus
) -> None:
    def queries() -> int:
        found = outlet("elm")
        with CaptureQueriesContext(connection) as done:
            sample = sample_of(found)
            shares_of(sample), beside_others(sample), near_copies(found, sample)
        return len(done)

    few = queries()
    rule(papers["elm"][0], max)
    agree(papers["elm"][1], papers["oak"][1], ana, ben)
    agree(papers["elm"][2], papers["ash"][1], ana, ben)
    article = Article.objects.get(pk=papers["oak"][0].article_id)
    Shingle.objects.create(article=article, hash=1)
    assert queries() == few <= 7
