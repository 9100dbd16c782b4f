"""Opinions of a writer are told from facts and from opinions of others, and the words that show them are named."""

import json
import math
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.opinion import macro_f1
from benchmarks.training.opinion import fit, sentences
from claims.text import quotations
from claims.text.opinion import WEIGHTS_FILE, judgement_in, opinion
from claims.text.opinion_forms import of_adjective, of_noun, of_verb
from claims.text.opinion_signs import signs_in, tokens_of
from claims.text.opinion_words import why
from claims.text.words import Sentence
from tests.unit.text.clock import grows_linearly

MOST_BYTES = 300_000


def sentence(text: str, start: int = 0) -> Sentence:
    return Sentence(text, start, len(text), quotations.find(text, start, len(text)))


@pytest.mark.parametrize(
    "text",
    [
        "This is a disgraceful betrayal of everyone who trusted the party.",
        "We must not let these cowards wreck our schools.",
        "Who could possibly believe such nonsense?",
        "Unfortunately, the reform is nothing but a cheap gimmick.",
        "I think the council has lost its mind.",
        "What a wonderful evening it was!",
        "The regime's cronies have plundered the country for far too long.",
    ],
)
def test_a_writer_who_judges_is_found(text: str) -> None:
    assert opinion([text])[0] >= 0.5


@pytest.mark.parametrize(
    "text",
    [
        "The council approved the budget on Monday by seven votes to four.",
        "“This is a disgraceful betrayal of everyone who trusted the party,” said Jane Doe.",
        "The minister said the reform was a disgraceful and shameful betrayal.",
        "Police arrested three men near the station on Tuesday night.",
        "The company employs 340 people and was founded in 1921.",
        "According to the auditors, the accounts were chaotic.",
    ],
)
def test_facts_and_what_others_say_are_none(text: str) -> None:
    assert opinion([text])[0] < 0.5


@pytest.mark.parametrize(
    ("text", "words", "rule"),
    [
        ("I believe that he senses it.", "I believe", "first-person"),
        ("It was a disgraceful decision, and everybody knew it.", "disgraceful", "evaluation"),
        ("Is it possible that they changed their minds?", "", "question"),
        ("We must not let these cowards wreck our schools.", "We must", "first-person"),
        ("They shouldn’t have done that, since there are no more doubts.", "shouldn’t", "exhortation"),
        ("Perhaps that is all there ever was to it, and it is no mystery.", "Perhaps", "speculation"),
        ("My own mother never once said so to me.", "", "person"),
        ("It is what it is, and that is that.", "", "argument"),
    ],
)
def test_the_strongest_words_and_the_rule_are_named(text: str, words: str, rule: str) -> None:
    judgement = judgement_in(sentence(text))
    assert judgement is not None
    assert (text[slice(*judgement.words[0])] if judgement.words else "", judgement.rule) == (words, rule)
    assert text[judgement.start : judgement.end] == (words or ("?" if rule == "question" else text))


def test_function_words_and_marks_are_never_shown_and_no_word_twice() -> None:
    empty = {"that", "is", "isn’t", "?", "does", "no", "there", "it", "even", "so", "and", "this", "are", "has", "like"}
    for row in sentences("train")[::3] + sentences("test"):
        text = row["text"].replace("'", "’")
        judgement = judgement_in(sentence(text))
        words = [text[start:end].lower() for start, end in judgement.words] if judgement else []
        assert not set(words) & empty, text
        assert len(words) == len(set(words)), text


def test_a_reason_is_an_english_sentence_whatever_there_is_to_quote() -> None:
    assert why("evaluation", ["“awful”"]) == "“awful” is the writer’s own judgement."
    assert why("loaded", ["“thugs”", "“sham”"]) == "“thugs” and “sham” are loaded words of the writer’s own."
    assert why("loaded", ["“middle finger”"]) == "“middle finger” is a loaded phrase of the writer’s own."
    assert why("exhortation", ["“must”"]) == "“must” says what should be done."
    assert why("distance", ["“so-called”"]) == "“so-called” distances the writer from the term."
    assert why("first-person", ["“I believe”"]) == "“I believe” is the writer speaking."
    assert why("question", []) == "The writer asks a question here."
    assert why("argument", []) == why("evaluation", []) == "The sentence as a whole reads as the writer’s judgement."


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The column was moving forward along the coast road.", "moving"),
        ("They had kitchen knives and wooden sticks.", "wooden"),
        ("Shells were exploding near the border.", "exploding"),
        ("Measles is an infectious disease.", "infectious"),
    ],
)
def test_words_that_mean_what_they_say_are_no_signs_of_judgement(text: str, word: str) -> None:
    at = tokens_of(text).index(word)
    assert all(sign.startswith("ends-") for sign, first, _ in signs_in(text).hits if first == at)


def test_a_so_called_term_in_plain_news_is_no_opinion() -> None:
    assert judgement_in(sentence("The so-called border pact was signed in 1994 by both states.")) is None


def test_a_judgement_has_up_to_three_words_in_the_sentence_the_strongest_first() -> None:
    text = "Rain fell. Sadly, this pathetic and shameful farce is nothing but a disgrace."
    judgement = judgement_in(sentence(text, 11))
    assert judgement is not None
    assert len(judgement.words) == 3
    assert (judgement.start, judgement.end) == judgement.words[0]
    assert list(judgement.evidence) == sorted(judgement.evidence)
    assert min(start for start, _ in judgement.words) >= 11


def test_judgement_and_opinion_are_of_one_mind() -> None:
    rows = sentences("train")[::7]
    for row, likelihood in zip(rows, opinion([row["text"] for row in rows]), strict=True):
        judgement = judgement_in(sentence(row["text"]))
        if judgement is not None:
            assert judgement.confidence == pytest.approx(likelihood, abs=0.001)


def test_test_topics_are_read_as_well_as_promised() -> None:
    rows = sentences("test")
    wanted = [row["label"] == "opinion" for row in rows]
    found = [value >= 0.5 for value in opinion([row["text"] for row in rows])]
    assert macro_f1(wanted, found) >= 0.82


def test_no_topic_is_in_both_parts() -> None:
    assert not {row["topic"] for row in sentences("train")} & {row["topic"] for row in sentences("test")}


def test_the_classes_are_of_equal_size_and_length() -> None:
    rows = sentences("train") + sentences("test")
    lengths = {label: [len(row["text"]) for row in rows if row["label"] == label] for label in ("opinion", "fact")}
    means = {label: sum(each) / len(each) for label, each in lengths.items()}
    assert len(rows) >= 1_600
    assert 0.45 < len(lengths["opinion"]) / len(rows) < 0.55
    assert abs(means["opinion"] - means["fact"]) < 0.1 * means["fact"]


def test_the_weights_are_those_that_the_training_makes() -> None:
    kept = json.loads(WEIGHTS_FILE.read_text("utf-8"))
    model = fit(sentences("train"))
    assert WEIGHTS_FILE.stat().st_size < MOST_BYTES
    assert list(kept["weights"]) == model.signs
    scale = kept["bias"] / model.bias
    for weight, value in zip(model.weights, kept["weights"].values(), strict=True):
        assert math.isclose(weight * scale, value, abs_tol=0.01)


@pytest.mark.parametrize("piece", ["shameful ", "“I think” ", "not a but ", "?", "of course, as if ", "a’", "it is "])
def test_time_grows_with_length_alone(piece: str) -> None:
    assert grows_linearly(lambda text: opinion([text]), piece * 20_000)


def test_ten_thousand_sentences_take_seconds() -> None:
    texts = [row["text"] for row in sentences("train")]
    opinion(texts[:50])
    start = time.thread_time()
    opinion(texts)
    assert len(texts) / (time.thread_time() - start) > 3_000


@given(st.text(max_size=200))
def test_any_text_gets_a_likelihood(text: str) -> None:
    [likelihood] = opinion([text])
    assert 0 <= likelihood <= 1
    judgement = judgement_in(sentence(text))
    assert judgement is None or 0 <= judgement.start < judgement.end <= len(text)


def test_forms_of_words_follow_their_spelling() -> None:
    assert {"happily", "happier", "happiest"} < set(of_adjective("happy"))
    assert {"big", "bigger", "biggest"} < set(of_adjective("big"))
    assert {"carries", "carried", "carrying"} < set(of_verb("carry"))
    assert {"slam", "slammed", "slamming"} < set(of_verb("slam"))
    assert set(of_noun("lobby")) == {"lobby", "lobbies"}
