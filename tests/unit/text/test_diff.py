import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.text.diff import Kind, Piece, diff
from tests.unit.text.clock import grows_linearly
from tests.unit.text.corpus import NAMES, article

PARAGRAPHS = [f"Paragraph {number} tells of the {number} days of talks in a city." for number in range(12)]
OLD = "\n\n".join(PARAGRAPHS)


def kinds(pieces: list[Piece]) -> list[str]:
    return [piece.kind.value for piece in pieces]


def test_equal_texts_are_one_unchanged_piece():
    assert diff(OLD, OLD) == [Piece(Kind.SAME, (0, len(OLD)), (0, len(OLD)), collapsible=True)]


def test_short_unchanged_stretch_is_not_folded():
    assert diff("One.\nTwo.", "One.\nTwo.") == [Piece(Kind.SAME, (0, 9), (0, 9))]


def test_empty_texts_have_no_pieces():
    assert diff("", "") == [] == diff("\n\n", "  ")


def test_added_paragraph_stands_where_it_came():
    new = "\n\n".join([*PARAGRAPHS[:6], "Something else altogether.", *PARAGRAPHS[6:]])
    pieces = diff(OLD, new)
    assert kinds(pieces) == ["same", "same", "added", "same", "same"]
    assert [piece.collapsible for piece in pieces] == [True, False, False, False, True]
    assert pieces[2].old is None
    assert pieces[2].new is not None
    assert new[slice(*pieces[2].new)] == "Something else altogether."


def test_removed_paragraph_stands_where_it_was():
    pieces = diff("\n".join(PARAGRAPHS[:3]), "\n".join([PARAGRAPHS[0], PARAGRAPHS[2]]))
    assert kinds(pieces) == ["same", "removed", "same"]
    assert pieces[1].new is None


def test_changed_paragraph_shows_its_words():
    old, new = "Five people were hurt in Kyiv.", "Seven people were not hurt in Kyiv."
    (piece,) = diff(old, new)
    assert piece.kind is Kind.CHANGED
    shown = [f"{run.kind.value}: {old[slice(*run.old)] or new[slice(*run.new)]}" for run in piece.runs]
    assert shown == ["removed: Five ", "added: Seven ", "same: people were ", "added: not ", "same: hurt in Kyiv."]


def test_paragraph_that_shares_hardly_a_word_went_and_another_came():
    assert kinds(diff("All roads were closed.", "Who knows what happened then?")) == ["removed", "added"]


def test_moved_paragraph_is_told_at_both_places():
    moved = [*PARAGRAPHS[:2], *PARAGRAPHS[3:6], PARAGRAPHS[2], *PARAGRAPHS[6:8]]
    old, new = "\n".join(PARAGRAPHS[:8]), "\n".join(moved)
    there = [piece for piece in diff(old, new) if piece.kind is Kind.MOVED]
    assert [piece.left for piece in there] == [True, False]
    for piece in there:
        assert piece.old is not None
        assert piece.new is not None
        assert old[slice(*piece.old)] == PARAGRAPHS[2] == new[slice(*piece.new)]


def test_line_breaks_and_kinds_of_space_make_no_difference():
    new = OLD.replace("\n", "\r\n").replace("tells of", "tells\u00a0of")
    assert kinds(diff(OLD, new)) == ["same"]


def test_offsets_count_code_points():
    old, new = "🙂🙂 people danced in the street.", "🙂🙂 people 👩‍👩‍👧 danced in the street."
    (piece,) = diff(old, new)
    assert [new[slice(*run.new)] for run in piece.runs if run.kind is Kind.ADDED] == ["👩‍👩‍👧 "]


@pytest.mark.parametrize("line", ["Again and again the same.\n", "word ", "a. ", "Line.\n\n"])
def test_repetitive_texts_take_time_in_step_with_their_length(line):
    assert grows_linearly(lambda text: diff(text, text[len(line) * 3 :] + "something new " + text), line * 2_000)


def test_texts_without_anything_in_common_take_time_in_step_with_their_length():
    old = "".join(f"Line {number} of the old one.\n" for number in range(3_000))
    assert grows_linearly(lambda text: diff(text, text.replace("e", "o").replace("i", "u")), old)


LINES = ["One line.", "Another line, longer.", "A third 🙂 line!", "", "One line.", "é\u0301 ﬁ", "\u200b"]
TEXTS = st.lists(st.sampled_from(LINES), max_size=12).map("\n".join) | st.text(max_size=60)


@given(TEXTS, TEXTS)
def test_pieces_hold_all_words_of_both_texts_in_order(old, new):
    pieces = diff(old, new)
    for text, spans in (
        (old, [piece.old for piece in pieces if piece.old and (piece.kind is not Kind.MOVED or piece.left)]),
        (new, [piece.new for piece in pieces if piece.new and not piece.left]),
    ):
        assert spans == sorted(spans)
        assert "".join("".join(text[slice(*span)] for span in spans).split()) == "".join(text.split())


@given(TEXTS, TEXTS)
def test_runs_cover_a_changed_paragraph_on_both_sides(old, new):
    for piece in diff(old, new):
        if piece.kind is Kind.CHANGED:
            for text, span, runs in (
                (old, piece.old, [run.old for run in piece.runs]),
                (new, piece.new, [run.new for run in piece.runs]),
            ):
                assert "".join(text[slice(*run)] for run in runs) == text[slice(*span)]


@pytest.mark.parametrize("name", NAMES)
def test_edited_article_is_mostly_unchanged(name):
    old = article(name)
    pieces = diff(old, old.replace("Russia", "Rossiya", 1))
    assert [piece.kind for piece in pieces if piece.kind is not Kind.SAME] == [Kind.CHANGED]
