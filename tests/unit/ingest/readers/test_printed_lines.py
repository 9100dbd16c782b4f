"""Paragraphs from printed lines."""

from claims.ingest.readers.printed_lines import paragraphs

LONG = "The council voted on Tuesday evening to close the bridge to all"


def test_lines_are_joined_and_a_short_last_line_ends_the_paragraph() -> None:
    assert paragraphs([f"{LONG}\ntraffic.\n{LONG}\ntraffic again."]) == [f"{LONG} traffic.", f"{LONG} traffic again."]


def test_a_blank_line_and_a_bullet_begin_a_paragraph() -> None:
    assert paragraphs([f"A title\n\n{LONG}\n• one thing\n• another"]) == ["A title", LONG, "• one thing", "• another"]


def test_a_hyphen_goes_only_where_the_whole_word_stands_elsewhere() -> None:
    assert paragraphs(["The govern-\nment and the government"]) == ["The government and the government"]
    assert paragraphs(["A well-\nknown man"]) == ["A well-known man"]
    assert paragraphs(["A soft\u00ad\nened one"]) == ["A softened one"]


def test_what_stands_on_every_page_is_left_out() -> None:
    pages = [f"The Courier, page {n}\n{LONG} {word}\n{n}" for n, word in enumerate(["one", "two", "three", "four"], 1)]
    assert paragraphs(pages) == [" ".join(f"{LONG} {word}" for word in ["one", "two", "three", "four"])]
