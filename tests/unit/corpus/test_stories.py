"""Generated texts: the same from the same seed, read by the reader as they were meant, and much unlike each other."""

from collections import Counter
from statistics import fmean

import pytest

from claims.corpus.chance import Chance
from claims.corpus.frames import frames, parts_of
from claims.corpus.learned import learned
from claims.corpus.stories import Article, happenings, laid_out
from claims.ingest.drafted_text import DraftedText, drafted_text
from claims.vocabulary import Label

SEED, ARTICLES = 11, 60


@pytest.fixture(scope="module")
def told() -> list[Article]:
    return [article for happening in happenings(SEED, ARTICLES, 25) for article in happening.articles]


@pytest.fixture(scope="module")
def read(told: list[Article]) -> list[DraftedText]:
    return [drafted_text(laid_out(article).text) for article in told]


def test_the_same_seed_tells_the_same_and_another_one_does_not(told: list[Article]) -> None:
    again = [article for happening in happenings(SEED, ARTICLES, 25) for article in happening.articles]
    other = [article for happening in happenings(SEED + 1, ARTICLES, 25) for article in happening.articles]
    assert told == again
    assert not {laid_out(one).text for one in told} & {laid_out(one).text for one in other}


def test_chance_rests_on_what_python_promises_to_keep() -> None:
    chance = Chance("a", 1)
    assert [chance.below(1_000) for _ in range(4)] == [331, 885, 783, 140]


def test_there_are_as_many_articles_as_asked_for_numbered_in_order(told: list[Article]) -> None:
    assert [article.number for article in told] == list(range(ARTICLES))


def test_an_article_has_about_as_many_claims_as_asked_for(told: list[Article]) -> None:
    assert 20 < fmean(len(laid_out(article).places) for article in told) < 30


def test_the_reader_finds_the_zones_that_were_meant(told: list[Article], read: list[DraftedText]) -> None:
    meant = [[(kind, start, end) for kind, start, end in laid_out(article).zones] for article in told]
    assert [[(zone.kind, zone.start, zone.end) for zone in one.zones] for one in read] == meant


def test_the_reader_finds_the_sentences_that_were_meant(told: list[Article], read: list[DraftedText]) -> None:
    meant = [[(one.kind, one.start, one.end) for one in laid_out(article).places] for article in told]
    assert [[(claim.zone, claim.start, claim.end) for claim in one.claims] for one in read] == meant


def test_the_reader_takes_them_for_english(read: list[DraftedText]) -> None:
    assert {one.language.code for one in read} == {"en"}


def test_what_is_proposed_for_a_frame_is_what_the_reader_proposes_in_its_article(
    told: list[Article], read: list[DraftedText]
) -> None:
    """Names that came before can tip the balance in an article: seldom, so that the rows are what a desk would have."""
    same = Counter[bool]()
    for article, found in zip(told, read, strict=True):
        for place, claim in zip(laid_out(article).places, found.claims, strict=True):
            kept = learned(place.sentence, place.kind)
            ours = (kept.label, kept.strength, kept.reason, kept.rule) if kept else None
            one = claim.proposed
            same[ours == ((one.label, one.strength, one.reason or "", one.rule) if one else None)] += 1
    assert same[True] / same.total() > 0.95


def test_spans_of_proposals_hold_the_words_that_they_are_of(told: list[Article]) -> None:
    for article in told[:20]:
        laid = laid_out(article)
        for place in laid.places:
            found = learned(place.sentence, place.kind)
            if found is None:
                continue
            spans = found.spans(place.sentence, place.start)
            for span in (spans.cue, spans.source, spans.content, *((first, last) for _, first, last in spans.chain)):
                assert span is None or place.start <= span[0] < span[1] <= place.end
            assert "{" not in found.why(place.sentence)


def test_a_proposal_names_who_is_named_in_the_sentence_and_not_in_the_sample() -> None:
    said = parts_of("{who}, {role}, said that {clause}.", frames().plain[0])
    for happening in happenings(SEED, ARTICLES, 25):
        for article in happening.articles:
            for place in laid_out(article).places:
                if place.sentence.parts == said and (found := learned(place.sentence, place.kind)):
                    source = found.spans(place.sentence, place.start).source
                    assert source
                    assert place.sentence.speaker
                    assert laid_out(article).text[slice(*source)].startswith(place.sentence.speaker.name)
                    return


def test_labels_strengths_and_kinds_of_articles_are_all_there(told: list[Article]) -> None:
    sentences = [place.sentence for article in told for place in laid_out(article).places]
    assert {one.label for one in sentences} == set(Label)
    assert {one.strength for one in sentences} == {None, 0, 1, 2, 3, 4}
    assert {article.genre for article in told} == {"report", "update", "comment"}
    assert any(article.copy_of is not None for article in told)


def test_a_copy_has_its_sentences_from_the_article_that_it_names(told: list[Article]) -> None:
    for copy in told:
        if copy.copy_of is not None:
            own = {place.sentence.words for place in laid_out(copy).places[1:]}
            assert own <= {place.sentence.words for place in laid_out(told[copy.copy_of]).places}


def test_most_sentences_stand_in_the_corpus_once_but_for_copies(told: list[Article]) -> None:
    own = [article for article in told if article.copy_of is None]
    words = Counter(place.sentence.words for article in own for place in laid_out(article).places)
    assert sum(count == 1 for count in words.values()) / len(words) > 0.9
