"""What holds for any texts and spans, and for hostile ones."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.text.anchors import SURE, Candidate, candidates, reanchor
from claims.text.sentences import split
from tests.unit.text.corpus import NAMES, article

PIECES = st.sampled_from(
    [
        "One man came. ",
        "One man went. ",
        "One man came. ",
        "“No,” he said.\r\n",
        "\n\n",
        "x",
        " ",
        "\u200b",
        "é",
        "🙂",
        "大家",
    ]
)
TEXTS = st.lists(PIECES, max_size=25).map("".join) | st.text(max_size=80)


@st.composite
def texts_and_spans(draw):
    old = draw(TEXTS)
    borders = st.integers(0, len(old))
    spans = draw(st.lists(st.tuples(borders, borders).map(sorted).map(tuple), max_size=8))
    return old, draw(TEXTS), spans


@given(texts_and_spans())
def test_anchors_lie_in_the_new_text(case):
    old, new, spans = case
    found = reanchor(old, new, spans)
    assert len(found) == len(spans)
    for anchor in found:
        assert anchor is None or (0 <= anchor[0] <= anchor[1] <= len(new) and 0 <= anchor[2] <= 1)


@given(texts_and_spans())
def test_unchanged_text_keeps_every_span(case):
    old, _, spans = case
    assert reanchor(old, old, spans) == [(*span, 1.0) for span in spans]


@given(st.sampled_from(NAMES), st.data())
def test_pure_insertion_elsewhere_moves_spans_exactly(name, data):
    old = article(name)
    sentences = split(old)
    cut = data.draw(st.sampled_from(sentences))[0]
    added = "Nobody had expected this entirely new sentence here. "
    new = old[:cut] + added + old[cut:]
    spans = [span for span in sentences if old.count(old[slice(*span)]) == 1]
    assert [(start, end) for start, end, _ in filter(None, reanchor(old, new, spans))] == [
        (start + (start >= cut) * len(added), end + (start >= cut) * len(added)) for start, end in spans
    ]


@given(st.sampled_from(NAMES), st.data())
def test_sure_anchor_of_a_part_has_the_words_of_the_part_or_changed_ones(name, data):
    old = article(name)
    start, end = data.draw(st.sampled_from(split(old)))
    first = data.draw(st.integers(start, end - 1))
    last = data.draw(st.integers(first + 1, end))
    new = old[:start] + "7 " + old[start:]
    (found,) = reanchor(old, new, [(first, last)])
    if found and found[2] >= SURE:
        assert new[found[0] : found[1]].strip() == old[first:last].strip()


SAME = "The same sentence stands here. "
HOSTILE = {
    "one sentence over and over": (SAME * 20_000, SAME * 19_000),
    "two that are nearly the same": (SAME * 12_000, (SAME + SAME.replace("stands", "stood")) * 6_000),
    "one word over and over": ("a " * 200_000, "a " * 199_000 + "b"),
    "one word": ("a" * 900_000, "a" * 899_000 + "b"),
    "stops": (". " * 60_000, "a" + ". " * 60_000),
    "quotes": ('"' * 200_000, "a" + '"' * 200_000),
    "no stop": ("no stops in here at all " * 30_000, "x " + "no stops in here at all " * 30_000),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_ends_in_seconds(name):
    old, new = HOSTILE[name]
    spans = [(at, at + 30) for at in range(0, 15_000, 31)]
    begun = time.process_time()
    reanchor(old, new, spans)
    assert time.process_time() - begun < 10


def test_thousand_spans_of_a_long_text_are_quick():
    # Each copy has words of its own, as different articles have.
    old = "\n".join(article(name).replace(" the ", f" the{copy} ") for copy in range(8) for name in NAMES)
    new = old.replace("said", "told us", 300).replace(" was ", " is ", 100)
    spans = (split(old) * 4)[:1000]
    begun = time.process_time()
    found = reanchor(old, new, spans)
    assert time.process_time() - begun < 6
    assert sum(anchor is not None and anchor[2] >= SURE for anchor in found) > 950


TEXT = "The minister met four delegates from Riga. Nobody heard of it. Later the minister met nine delegates from Oslo."


def test_candidates_are_the_places_that_are_most_alike_the_likeliest_first():
    found = candidates("the minister met nine guests from Oslo", "it. Later ", ".", TEXT)
    assert [TEXT[one.start : one.end] for one in found] == [
        "the minister met nine delegates from Oslo",
        "The minister met four delegates from Riga",
    ]
    assert 1 > found[0].likeness > found[1].likeness > 0


def test_context_decides_between_equal_places():
    text = "First of all it rained. Then we left. Secondly it rained. Then they came."
    (best, *_) = candidates("it rained.", "Secondly ", " Then they came.", text)
    assert best.start == text.index("it rained", 30)


def test_whole_sentence_is_a_candidate_as_a_whole():
    (best, *_) = candidates("Nobody ever heard of it.", "", "", TEXT)
    assert TEXT[best.start : best.end] == "Nobody heard of it."


@pytest.mark.parametrize(("quote", "text"), [("", TEXT), ("…", "word"), ("word", ""), (" ", " "), ("Xylophone", TEXT)])
def test_nothing_alike_nothing_found(quote, text):
    assert candidates(quote, "", "", text) == []


@given(TEXTS, TEXTS, TEXTS, TEXTS, st.integers(0, 6))
def test_candidates_lie_in_the_text_and_apart(quote, prefix, suffix, text, most):
    found = candidates(quote, prefix, suffix, text, most)
    assert len(found) <= most
    assert all(0 <= one.start < one.end <= len(text) and 0 <= one.likeness <= 1 for one in found)
    ordered: list[Candidate] = sorted(found, key=lambda one: one.start)
    assert all(one.end <= other.start for one, other in pairwise(ordered))


def test_candidates_in_a_hostile_text_come_in_seconds():
    begun = time.process_time()
    assert candidates("The same sentence stood here.", "here. ", " The", SAME * 30_000)
    assert candidates("word " * 50_000, "", "", "word other " * 50_000) is not None
    assert time.process_time() - begun < 10
