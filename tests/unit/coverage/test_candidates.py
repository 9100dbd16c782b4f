"""Candidates: which claims are offered beside one, in which order, and what is never offered again."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.coverage.candidates import DONE, PUT_FORWARD, Candidate, candidates_for, search_claims
from claims.coverage.index_articles import index_articles, index_claims
from claims.models import Article, Claim, ClaimTerms, Story, User
from claims.refusals import Invalid
from claims.relations import Relation, SuggestionState
from claims.review.attribute_claim import GivenSpan
from claims.review.redraw_claims import redraw_claims
from tests.cast import MakeArticle
from tests.deeds import hide
from tests.linking import link
from tests.pages.admin_panel import suggested
from tests.unit.text.test_similarity import TEXTS, WORKED

RACE = "Ana Ruiz won the regatta at Norham on Sunday."


@pytest.fixture
def race(make_article: MakeArticle, operator: User, story: Story) -> list[Claim]:
    """One race told by three outlets, the first two of them in a story; then another claim of each."""
    texts = (
        ("https://one.example/", f"{RACE}\n\nThe council raised the price of bread.", story),
        ("https://two.example/", "The Norham regatta was won by Ana Ruiz.\n\nA storm is expected.", story),
        ("https://three.example/", "At Norham on Sunday Ana Ruiz won the regatta.\n\nTrains were late.", None),
    )
    articles = [make_article(text, address, into) for address, text, into in texts]
    index_articles(by=operator, articles=[article.pk for article in articles])
    told = [Claim.objects.get(article=article, exact__contains="regatta") for article in articles]
    return [*told, *Claim.objects.filter(article__in=articles).exclude(pk__in=[one.pk for one in told])]


def keys(found: list[Candidate]) -> list[Any]:
    return [one.claim.pk for one in found]


def test_the_same_event_in_other_articles_is_offered_the_story_first_with_reasons(race: list[Claim], ana: User) -> None:
    found = candidates_for(race[0], ana)
    assert keys(found) == [race[1].pk, race[2].pk]
    assert [one.in_story for one in found] == [True, False]
    assert found[0].reasons[0].sentence.startswith("both name")
    assert {one.link_state for one in found} == {""}


def test_a_claim_that_is_not_in_the_index_finds_others_all_the_same(race: list[Claim], ana: User) -> None:
    ClaimTerms.objects.filter(claim=race[0]).delete()
    assert keys(candidates_for(race[0], ana)) == [race[1].pk, race[2].pk]


def test_hidden_claims_are_offered_to_nobody_as_they_take_no_work(race: list[Claim], ana: User, max: User) -> None:
    hide(race[1], max)
    for viewer in (ana, max):
        assert keys(candidates_for(race[0], viewer)) == [race[2].pk]


def test_what_was_put_forward_comes_first_and_what_one_judged_last(race: list[Claim], ana: User, ben: User) -> None:
    link(race[0], race[2], ben, Relation.FRAMES_DIFFERENTLY)
    found = candidates_for(race[0], ana)
    assert [(one.claim.pk, one.link_state) for one in found] == [(race[2].pk, PUT_FORWARD), (race[1].pk, "")]
    link(race[0], race[2], ana, Relation.QUALIFIES, origin=race[0].pk)
    found = candidates_for(race[0], ana)
    assert [(one.claim.pk, one.link_state) for one in found] == [(race[1].pk, ""), (race[2].pk, DONE)]


def test_what_was_put_forward_looks_the_same_whatever_was_found_and_by_whomever(
    race: list[Claim], ana: User, ben: User, max: User
) -> None:
    """Even a pair that shares no word is offered, and that ben found it unrelated is not told."""
    seen = []
    for by, relation in ((ben, Relation.UNRELATED), (ben, Relation.CORROBORATES)):
        link(race[0], race[3], by, relation)
        seen.append([(one.claim.pk, one.link_state, one.score) for one in candidates_for(race[0], ana)])
    assert seen[0] == seen[1]
    assert seen[0][0][:2] == (race[3].pk, PUT_FORWARD)


def test_what_is_settled_or_found_by_oneself_as_unrelated_or_rejected_never_returns(
    race: list[Claim], ana: User, ben: User
) -> None:
    link(race[0], race[1], ana, Relation.UNRELATED)
    assert keys(candidates_for(race[0], ana)) == [race[2].pk]
    link(race[0], race[1], ben, Relation.UNRELATED)
    suggested(race[0], race[2], state=SuggestionState.REJECTED)
    for viewer in (ana, ben):
        assert candidates_for(race[0], viewer) == []
    assert keys(candidates_for(race[1], ana)) == [race[2].pk]


def test_the_number_of_queries_is_the_same_for_few_and_for_many(
    race: list[Claim], make_article: MakeArticle, operator: User, ana: User, ben: User
) -> None:
    counts = []
    candidates_for(race[0], ana)  # who looks is asked once
    for number in range(3):
        with CaptureQueriesContext(connection) as asked:
            candidates_for(Claim.objects.get(pk=race[0].pk), ana)
        counts.append(len(asked) - 1)
        made = [make_article(f"{RACE}\n\nStorm {number}{n}.", f"https://{number}{n}.example/") for n in range(3)]
        index_articles(by=operator, articles=[article.pk for article in made])
        link(race[0], Claim.objects.get(article=made[0], exact=RACE), ben, Relation.UNRELATED)
    assert set(counts) == {6}


def test_any_claim_is_found_by_its_words_the_storys_first(race: list[Claim], ana: User, max: User) -> None:
    found = search_claims("NORHAM “Ana Ruiz”", race[0], ana)
    assert [one.pk for one in found] == [race[1].pk, race[2].pk]
    hide(race[1], max)
    assert [one.pk for one in search_claims("regatta", race[0], ana)] == [race[2].pk]
    assert search_claims("  ", race[0], ana) == search_claims("no such word", race[0], ana) == []
    for wrong in ("x" * 201, "a\x00b"):
        with pytest.raises(Invalid):
            search_claims(wrong, race[0], ana)


def drawn(passage: tuple[str, str], by: User) -> Claim:
    """The claim at these words of an article of the corpus, drawn where there is none."""
    name, words = passage
    article = Article.objects.get(revisions__text=TEXTS[name])
    start = TEXTS[name].index(words)
    done = redraw_claims(
        by=by,
        article_id=article.pk,
        revision_id=article.status.revision_id,
        old=[],
        spans=[GivenSpan(start, start + len(words), words)],
        key=uuid4(),
    )
    index_claims(by=by, claims=[UUID(claim["id"]) for claim in done["claims"]])
    return Claim.objects.get(pk=done["claims"][0]["id"])


def test_the_partner_of_each_worked_link_is_offered_near_the_top_from_one_side_or_the_other(
    corpus: list[Article], ana: User
) -> None:
    pairs = [(drawn(worked.a, ana), drawn(worked.b, ana), worked.within) for worked in WORKED]
    missed = []
    for one, other, within in pairs:
        there, back = ([*keys(candidates_for(claim, ana))] for claim in (one, other))
        place = min(keys.index(key) if key in keys else 999 for keys, key in ((there, other.pk), (back, one.pk)))
        if place >= within:
            missed.append((one.exact, other.exact, place))
    assert not missed
