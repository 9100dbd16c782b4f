"""Sentence ends in paragraphs written for this project, and the rules that they stand for."""

import time

import pytest

from claims.text.sentences import split
from tests.unit.text.clock import grows_linearly
from tests.unit.text.corpus import json_lines


def sentences(text):
    return [text[start:end] for start, end in split(text)]


def inner_ends_f1(paragraphs):
    """F1 of the ends inside paragraphs: where a paragraph ends is no question."""
    found = expected = both = 0
    for paragraph in paragraphs:
        mine = {end for _, end in split(paragraph["text"])[:-1]}
        theirs = {end for _, end in paragraph["offsets"][:-1]}
        found, expected, both = found + len(mine), expected + len(theirs), both + len(mine & theirs)
    return 2 * both / (found + expected)


@pytest.mark.parametrize("held_back", [False, True])
def test_sentence_ends_inside_paragraphs_reach_the_bar(held_back):
    own = [paragraph for paragraph in json_lines("own_sentences.jsonl") if paragraph["held_back"] is held_back]
    assert inner_ends_f1(own) >= 0.985


def test_sentence_ends_inside_paragraphs_of_edited_news_reach_the_bar():
    assert inner_ends_f1(json_lines("news_sentences.jsonl")) >= 0.975


@pytest.mark.parametrize(
    "parts",
    [
        ["The game was called at 9:47 p.m.", "Fans had left."],
        ["Polls open at 7 a.m. Eastern time.", "Voters wait."],
        ["They live in Bend, Ore.", "Neighbors say so."],
        ["HELENA, Mont. (AP) — A judge ruled on Friday.", "The state will appeal."],
        ["The company is Apex Capital Corp.", "Shares rose."],
        ["Apple Inc. Chief Executive Tim Cook said so.", "He smiled."],
        ["The car hit 12 Oak Ave.", "Smoke rose."],
        ["Police went to 400 Main St.", "Officers found it open."],
        ["They drove to St. Louis and Mount St. Helens.", "It rained."],
        ["It belongs to the U.S.", "Canada has no part in it."],
        ["A U.S. Power Squadrons boat sank.", "Nobody drowned."],
        ["He fell ill.", "Doctors were called."],
        ["He loves modern art.", "She does not."],
        ["Art. 5 and Sec. 3 apply.", "See Fig. 2."],
        ["She takes vitamin C.", "Zinc is next."],
        ["Booker T. Washington spoke.", "Nobody slept."],
        ["A non-U.S. Citizens group sued.", "It lost."],
        ["About 1 in 5 said no.", "17% were unsure."],
        ["Shares rose to 3.4.", "Analysts were glad."],
        ["Sgt. 1st Class Leo Marsh left.", "He is 40."],
        ["He was born c. 1950 (d. 2011) in Ghent.", "His wife (b. March 1955) is well."],
        ["The new phone sells well.", "iPhone sales rose."],
        ["It ended in 1971.[1] [2]", "Nobody knows why."],
        ["She tweeted: “Proud of us #GoHawks”", "The post was deleted."],
        ["“How dare you!” Ms. Fox of the Liberal Party replied.", "He sat down."],
        ["“Who did it?”", "Police said they did not know."],
        ["„Es dauert.“", "Her party was split."],
        ["He was very sorry.â€\x9d", "He took no questions."],
        ["He left (it was late).", "(the end)"],
        ["Ants cure themselves", "Tuesday, September 1, 2015"],
        ["They met on Tuesday, September 1, 2015"],
        ["Jane Doe of the Reds", "In the north of the town, voters chose her again."],
        ["He sang In the End to them, and they wept."],
    ],
)
def test_sentence_ends_where_a_reader_would_stop(parts):
    assert sentences(" ".join(parts)) == parts


@pytest.mark.parametrize(
    "parts",
    [
        ["They voted 5-4.", "Nobody cheered."],
        ["The army withdrew.", "”We had no choice,” he said."],
        ["“It is over,” he said.", "“We lost.”"],
        ["It needs innovation.23 ", "Most do not have it."],
    ],
)
def test_sentences_that_ran_together_are_cut(parts):
    assert sentences("".join(parts)) == [part.strip() for part in parts]


def test_quotation_with_its_speaker_behind_a_dash_stays_whole():
    text = "“It was late. We left.” – Jane Doe"
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    "unit", ["St. ", "400 Main St. A", "p.m. A", "Inc. As ", ".[1] ", '." ', "said.”A", "#a” The ", "1.1"]
)
def test_time_grows_with_length_and_no_faster(unit):
    assert grows_linearly(split, unit * (60_000 // len(unit)))


def test_a_megabyte_in_one_line_takes_two_seconds_at_most():
    news = " ".join(paragraph["text"].replace("\n", " ") for paragraph in json_lines("news_sentences.jsonl"))
    line = (news * 20)[:1_000_000]
    start = time.process_time()
    split(line)
    assert time.process_time() - start <= 2
