"""Paragraphs that say by their form who speaks: transcripts, posts and signed quotations."""

import pytest

from claims.text.reading import Proposal, propose
from claims.vocabulary import Label
from tests.unit.text.clock import grows_linearly

TALK = (
    "DANA HOLT: The bridge was closed in May. Nobody told us.\n"
    "BEN OKRI: How long will it stay closed?\n"
    "DANA HOLT: A year at least.\n"
    "It may be two years.\n"
    "BEN OKRI: Thank you for coming in today.\n"
    "Rain fell on the town on Monday.\n"
)


def sources(text: str) -> list[str | None]:
    return [text[slice(*one.source)] if one.source else None for one in propose(text)]


def one_of(text: str, words: str) -> Proposal:
    return next(one for one in propose(text) if words in text[one.start : one.end])


def test_each_sentence_of_a_turn_is_its_speakers() -> None:
    holt, okri = "DANA HOLT", "BEN OKRI"
    assert sources(TALK) == [holt, holt, okri, holt, holt, okri, None]
    assert {one.rule for one in propose(TALK)} == {"transcript", "bare"}


def test_the_name_is_not_what_was_said() -> None:
    first = propose(TALK)[0]
    assert first.content
    assert TALK[slice(*first.content)] == "The bridge was closed in May."
    assert (first.strength, first.mode.value, first.scope and first.scope.value) == (3, "indirect", "same")


def test_questions_and_answers_have_a_source_without_a_name() -> None:
    text = "Q. When was it closed?\nA. It was closed in May.\nQ. And who told you?\nA. Nobody told us at all.\n"
    assert {(one.rule, one.strength) for one in propose(text)} == {("transcript", 2)}


@pytest.mark.parametrize(
    "text",
    [
        "Update: The bridge was closed in May.\nRain fell.\n",
        "NORTH AMERICA: THE HURON\n\nThe people lived by the lake.\n\nSOUTH AMERICA: THE INCA\n\nThey built roads.\n\n"
        "SOUTH AMERICA: THE MAYA\n\nThey grew maize.\n",
        "Note: It rained.\nNote: It rained more.\nPhoto: A bridge.\nNote: It stopped.\n",
    ],
)
def test_a_colon_alone_makes_no_transcript(text: str) -> None:
    assert "transcript" not in {one.rule for one in propose(text)}


def test_a_post_is_its_authors() -> None:
    text = (
        "The mayor spoke up at night.\n"
        "The bridge is closed. Nobody told us anything. — Dana Holt (@danaholt) March 3, 2020\n"
        "Rain fell on the town.\n"
    )
    assert (sources(text)[0], sources(text)[-1]) == (None, None)
    post = one_of(text, "Nobody told")
    assert (post.rule, post.strength, post.label) == ("post", 4, Label.SOURCED)
    assert [(hop.kind, text[hop.start : hop.end]) for hop in post.chain] == [
        ("source", "Dana Holt"),
        ("occasion", "@danaholt"),
    ]


def test_a_post_with_its_name_in_a_line_of_its_own() -> None:
    text = "The bridge is closed. Nobody told us.\n— Dana Holt (@danaholt) March 3, 2020\n\nRain fell on the town.\n"
    assert one_of(text, "Nobody told").rule == "post"
    assert one_of(text, "Rain").rule == "bare"


def test_a_pulled_quotation_is_signed() -> None:
    text = "Rain fell.\n“Nobody told us anything about the bridge at all.” — Dana Holt, mayor\nIt rained more.\n"
    signed = one_of(text, "Nobody told")
    assert signed.source
    assert (signed.rule, text[slice(*signed.source)]) == ("signed", "Dana Holt")


@pytest.mark.parametrize("unit", ["A B: c d.\nE F: g.\n", "a b. — A B (@c) ", "“a b c d” - Ab\n", "Q. a? A. b. ", "— "])
def test_time_grows_with_length_and_no_faster(unit: str) -> None:
    assert grows_linearly(propose, unit * (20_000 // len(unit)))
