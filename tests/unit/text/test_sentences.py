from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.text.sentences import split
from tests.unit.text.clock import grows_linearly
from tests.unit.text.corpus import NAMES, article, json_lines, worked

LINES = "\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029"
written = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "He said. ",
                "U.S. ",
                "Mr. ",
                "“Yes,” ",
                "...",
                "…",
                "? ",
                "!”",
                "\n\n",
                "\r\n",
                "\u00a0",
                "a.b",
                "1) ",
                "• ",
                "שלום. ",
                "مرحبا؟ ",
                "你好。",
                "🙂 ",
                "e\u0301. ",
                "(",
                ")",
                "6:o0 p.m. ",
                "https://x.org/a.html ",
                "[...] ",
            ]
        ),
        st.text(max_size=6),
    ),
    max_size=30,
).map("".join)


def sentences(text):
    return [text[start:end] for start, end in split(text)]


@given(written)
def test_sentences_hold_every_character_that_is_no_space(text):
    spans = split(text)
    assert "".join("".join(text[start:end].split()) for start, end in spans) == "".join(text.split())
    assert all(start < end for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


@given(written)
def test_no_sentence_begins_or_ends_with_space(text):
    assert all(sentence == sentence.strip() for sentence in sentences(text))


@pytest.mark.parametrize("name", NAMES)
def test_no_sentence_of_an_article_leaves_its_line(name):
    assert not any(set(sentence) & set(LINES) for sentence in sentences(article(name)))


def test_worked_claims_that_are_whole_sentences_come_out_exactly():
    # Of these one is part of a sentence, the others are quotations of two sentences each.
    several = {"S14", "S34", "S42b", "S42c"}
    whole = [
        claim
        for claim in worked()["claims"]
        if claim["id"] not in several
        and claim["exact"][-1] in ".”"
        and claim["exact"][0].isupper() | (claim["exact"][0] == "“")
    ]
    assert len(whole) >= 14
    for claim in whole:
        assert (claim["start"], claim["end"]) in split(article(claim["file"]))


@pytest.mark.parametrize("rule", json_lines("golden_rules.jsonl"), ids=lambda rule: f"rule {rule['id']}")
def test_golden_rule_holds(rule):
    assert sentences(rule["text"]) == rule["sentences"]


def test_sentence_ends_in_edited_news_reach_the_bar():
    found = expected = both = 0
    for paragraph in json_lines("news_sentences.jsonl"):
        mine = {end for _, end in split(paragraph["text"])}
        theirs = {end for _, end in paragraph["offsets"]}
        found, expected, both = found + len(mine), expected + len(theirs), both + len(mine & theirs)
    assert 2 * both / (found + expected) >= 0.98


@pytest.mark.parametrize(
    "parts",
    [
        ["Update 05/23/23 6:o0 p.m. ET: This story was updated.", "It grew."],
        ["It fell 3.5 percent to $1.2 billion.", "No. 10 was silent."],
        ["He saw Gen. Mark A. Milley at 10 a.m. in Washington, D.C.", "They talked."],
        ["“Is it true?” Peskov asked.", "“No.”", "He left."],
        ["“Stop!” he said.", "“Now!”"],
        ["See https://example.org/a.b/index.html?x=1.2 for more.", "Thanks."],
        ["The refinery is in Tartarstan.", "Putin knows."],
        ["He was blunt: “We are done.”", "”We never were,” she said."],
        ["It was ”other parts of the space.”", "And more."],
        ["He paused… then spoke.", "She left…", "Nobody cared."],
        ["One U.S. official said so.", "The U.S. The EU? Never."],
    ],
)
def test_edited_news_is_cut_where_a_reader_would(parts):
    text = " ".join(parts)
    if parts[0].startswith("One U.S."):
        parts = ["One U.S. official said so.", "The U.S.", "The EU?", "Never."]
    assert sentences(text) == parts


def test_words_that_ran_together_over_a_stop_are_two_sentences():
    assert sentences("It burned in Tartarstan.Putin was furious.") == ["It burned in Tartarstan.", "Putin was furious."]


@pytest.mark.parametrize("name", ["GlobalSecurity.org", "Amazon.Com", "Node.js", "J.R.R. Tolkien", "info@Example.Com"])
def test_names_with_a_stop_inside_are_not_cut(name):
    assert sentences(f"They asked {name} for it.") == [f"They asked {name} for it."]


def test_lower_case_after_a_stray_stop_makes_no_fragment():
    text = "It may help with peacekeeping initiatives. maintain the peace."
    assert sentences(text) == [text]


def test_sentence_spaced_with_no_break_spaces_is_one():
    assert sentences("It\u00a0looks\u00a0like\u00a0rain. So\u00a0be\u00a0it.") == [
        "It\u00a0looks\u00a0like\u00a0rain.",
        "So\u00a0be\u00a0it.",
    ]


def test_hard_wrapped_lines_are_one_paragraph():
    text = (
        "The council met for the third time this year and agreed\n"
        "that the border should be opened again before the first\n"
        "snow falls. Nobody spoke against it."
    )
    assert len(sentences(text)) == 2


def test_short_lines_without_stops_stay_apart():
    assert sentences("Leave a Reply\nPrevious Story\nnext story") == ["Leave a Reply", "Previous Story", "next story"]


def test_offsets_count_code_points():
    assert split("🙂 Ja. Né\u0301e. שלום.") == [(0, 5), (6, 11), (12, 17)]


@pytest.mark.parametrize(
    "unit", ['"', "“", ".", " ", "a.", "A. ", "U.S. ", "”a ", "(", "1. ", "• a ", "\n", "word. ", "[1]", "'"]
)
def test_time_grows_with_length_and_no_faster(unit):
    assert grows_linearly(split, unit * (60_000 // len(unit)))


def test_line_of_a_megabyte_is_no_trouble():
    assert grows_linearly(split, (article(NAMES[2]).replace("\n", " ") * 90)[:500_000])
