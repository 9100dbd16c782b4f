"""One trap at a time: what an outlet does to a text, and where a claim must be found, or must not."""

import pytest

from claims.text.anchors import SURE, reanchor

A = "The minister met four delegates from Riga on Monday."
B = "Nobody in the northern village had heard of the treaty."
C = "According to the agency, talks went on for twelve hours."
D = "A convoy of trucks left the harbour before dawn."
E = "Students painted the old bridge in bright colours."
TWIN = "Five people were hurt near the border crossing."


def text(*sentences: str) -> str:
    return " ".join(sentences)


def span_of(words: str, within: str, *, time: int = 1) -> tuple[int, int]:
    at = -1
    for _ in range(time):
        at = within.index(words, at + 1)
    return at, at + len(words)


def place(old: str, new: str, words: str, *, time: int = 1) -> str | None:
    """Where the span ends up when it is sure, as its new words; None otherwise."""
    (found,) = reanchor(old, new, [span_of(words, old, time=time)])
    return new[found[0] : found[1]] if found is not None and found[2] >= SURE else None


def start(old: str, new: str, words: str, *, time: int = 1) -> int | None:
    (found,) = reanchor(old, new, [span_of(words, old, time=time)])
    return found[0] if found is not None and found[2] >= SURE else None


def test_unchanged_text_keeps_every_span_with_certainty():
    old = text(A, B, TWIN, C, TWIN)
    spans = [(0, 5), (3, 3), (0, len(old)), span_of(TWIN, old, time=2)]
    assert reanchor(old, old, spans) == [(*span, 1.0) for span in spans]


@pytest.mark.parametrize("span", [(-1, 2), (3, 2), (0, 99)])
def test_span_outside_the_text_is_refused(span):
    with pytest.raises(ValueError, match="does not lie in a text of 5"):
        reanchor("short", "short", [span])


def test_no_spans_no_anchors():
    assert reanchor(A, B, []) == []


@pytest.mark.parametrize(("old", "new"), [("", ""), ("", A), (A, ""), ("   ", "\n"), ("…", "—")])
def test_texts_without_words_are_no_trouble(old, new):
    found = reanchor(old, new, [(0, len(old)), (0, 0)])
    assert len(found) == 2


def test_insertion_elsewhere_moves_a_span_by_its_length():
    old = text(A, B, C)
    assert start(old, text(A, D, B, C), B) == len(text(A, D)) + 1


def test_insertion_at_its_borders_stays_outside_the_span():
    old = text(A, B, C)
    new = old.replace(B, f"Sadly, {B[:-1]}, they say.")
    assert place(old, new, B[:-1]) == B[:-1]


def test_words_inserted_in_its_middle_become_part_of_it():
    old = text(A, B, C)
    new = old.replace("had heard", "had, as it seems, ever heard")
    assert place(old, new, B) == B.replace("had heard", "had, as it seems, ever heard")


def test_paragraph_inserted_between_its_sentences_does_not_lose_it():
    old = text(A, B, C, D)
    assert place(old, text(A, B, E, C, D), text(B, C)) == text(B, E, C)


@pytest.mark.parametrize(
    ("written", "rewritten"),
    [
        ("“Never,” he said", '"Never," he said'),
        ("Russia’s oldest port", "Russia's oldest port"),
        ("2019–2020 – two years", "2019-2020 — two years"),
        ("four million roubles", "four\u00a0million  roubles"),
        ("one line\r\nand another", "one line\nand another"),
        ("he said… nothing", "he said... nothing"),
        ("co\u00adoperation with Iran", "cooperation with Iran"),
        ("café in the centre", "cafe\u0301 in the centre"),
    ],
)
def test_glyphs_and_spaces_do_not_count(written, rewritten):
    old, new = text(A, written, B), text(A, rewritten, B)
    assert place(old, new, written) == rewritten
    assert place(new, old, rewritten) == written


@pytest.mark.parametrize(
    ("edit", "to"),
    [
        ("Five", "Seven"),
        ("were hurt", "were not hurt"),
        ("border", "boarder"),
        ("near the border crossing", "at the border"),
    ],
)
def test_edited_sentence_is_found_where_it_is_and_not_where_its_twin_is(edit, to):
    edited = TWIN.replace(edit, to)
    old, new = text(A, TWIN, B, C, TWIN, D), text(A, edited, B, C, TWIN, D)
    assert start(old, new, TWIN) == len(A) + 1
    assert place(old, new, TWIN) == edited
    assert place(old, new, TWIN, time=2) == TWIN


def test_deleted_span_is_not_found_in_its_twin():
    old = text(A, TWIN, B, C, TWIN, D)
    assert place(old, text(A, B, C, TWIN, D), TWIN) is None
    assert start(old, text(A, B, C, TWIN, D), TWIN, time=2) == len(text(A, B, C)) + 1
    assert start(old, text(A, TWIN, B, C, D), TWIN) == len(A) + 1
    assert place(old, text(A, TWIN, B, C, D), TWIN, time=2) is None


@pytest.mark.parametrize("near", ["Six people were hurt near the border crossing.", TWIN.replace("were", "were not")])
def test_deleted_span_is_not_found_in_what_is_nearly_the_same(near):
    for old, new in (
        (text(A, TWIN, B, C, near, D), text(A, B, C, near, D)),
        (text(A, TWIN, near, B), text(A, near, B)),
        (text(A, near, TWIN, B), text(A, near, B)),
        (text(A, TWIN, B, C, D), text(A, B, C, near, D)),
    ):
        assert place(old, new, TWIN) is None


@pytest.mark.parametrize("part", ["people were hurt", "near the border crossing", "hurt near"])
def test_part_of_a_deleted_sentence_is_not_found_in_another(part):
    old = text(A, TWIN, B, C, "Some say that six people were hurt near the border crossing.", D)
    assert place(old, old.replace(TWIN + " ", ""), part) is None


def test_one_of_equal_neighbours_deleted_leaves_all_of_them_in_doubt():
    old = text(A, TWIN, TWIN, TWIN, B)
    new = text(A, TWIN, TWIN, B)
    assert [place(old, new, TWIN, time=time) for time in (1, 2, 3)] == [None, None, None]
    assert place(old, new, A) == A
    assert place(old, new, B) == B


def test_repetition_right_beside_it_leaves_a_span_in_doubt():
    assert place(text(A, TWIN, B), text(A, TWIN, TWIN, B), TWIN) is None


def test_repetition_elsewhere_does_not():
    old, new = text(A, TWIN, B, C), text(A, TWIN, B, C, TWIN)
    assert start(old, new, TWIN) == len(A) + 1


def test_equal_sentences_that_change_places_with_their_paragraphs_go_with_them():
    first, second, third = text(A, TWIN, B), text(C, TWIN, D), E
    old, new = "\n".join([first, second, third]), "\n".join([second, first, third])
    assert start(old, new, TWIN) == new.index(TWIN, len(second))
    assert start(old, new, TWIN, time=2) == new.index(TWIN)


def test_moved_paragraph_takes_its_claims_along_edited_ones_too():
    paragraphs = [text(A, B), text(C, TWIN, D), E, "The end of it came soon after that."]
    moved = [paragraphs[0], paragraphs[2], paragraphs[3], paragraphs[1].replace("Five", "Fifty")]
    old, new = "\n\n".join(paragraphs), "\n\n".join(moved)
    assert place(old, new, C) == C
    assert place(old, new, TWIN) == TWIN.replace("Five", "Fifty")
    assert place(old, new, "talks went on") == "talks went on"


def test_sentence_that_was_edited_and_repeated_elsewhere_is_not_taken_for_the_repetition():
    old = text(A, TWIN, B, C, D, E)
    new = text(A, TWIN.replace("Five", "Six"), B, C, D, TWIN, E)
    assert place(old, new, TWIN) is None


def test_edited_twin_does_not_stand_for_the_one_that_moved_away():
    old = text(A, TWIN, B, C, TWIN, D, E)
    new = text(A, TWIN.replace("Five", "Six"), B, C, D, TWIN, E)
    assert place(old, new, TWIN) is None


def test_span_whose_sentences_were_torn_apart_is_left_to_people():
    old, new = text(A, B, C, D, E), text(B, A, D, C, E)
    assert place(old, new, text(B, C)) is None


def test_word_that_stands_twice_in_an_edited_sentence_is_the_right_one():
    old = text(A, "The mayor said that the war was the war of others.", B)
    new = old.replace("said that", "had said long ago that").replace("of others", "of some others")
    assert start(old, new, "the war", time=1) == new.index("the war")
    assert start(old, new, "the war", time=2) == new.index("the war", new.index("the war") + 1)


def test_overlapping_and_nested_spans_each_find_their_own_place():
    old, new = text(A, B, C), text(D, A, B, C)
    words = [text(A, B), B, text(B, C), "northern village", "northern"]
    assert [place(old, new, span) for span in words] == words


def test_spans_at_the_very_ends_are_found():
    old, new = text(A, B), text(D, A.replace("four", "five"), B, C)
    assert place(old, new, "The minister met") == "The minister met"
    assert place(old, new, "of the treaty.") == "of the treaty."


def test_border_inside_a_word_stays_inside_it():
    old = text(A, B, C)
    assert place(old, text(D, A, B, C), "orthern villag") == "orthern villag"


def test_space_at_the_ends_of_a_span_stays_with_it():
    old = text(A, B, C)
    assert place(old, text(D, A, B, C), f" {B} ") == f" {B} "


@pytest.mark.parametrize(
    "words", ["👩‍👩‍👧 danced", "𝐆𝐨𝐥𝐝 prices", "e\u0301te\u0301 report", "שָׁלוֹם לכם", "大家都知道这件事"]
)
def test_any_script_is_counted_in_code_points(words):
    old, new = text("🙂🙂", A, words, B), text("🙂", C, A, words, "🙂", B)
    assert place(old, new, words) == words


def test_rewritten_text_keeps_nothing():
    assert place(text(A, B), text(C, D, E), A) is None


def test_replaced_sentence_is_gone():
    assert place(text(A, B, C), text(A, D, C), B) is None
