"""In which mode, at which distance and by which route a text gives what a source said."""

import pytest

from claims.text.reading import annotate


def entry(text: str, at: int = -1) -> dict:
    return annotate(text)[at]


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("“The bridge is closed to all of us,” Dana Holt said.", "direct"),
        ("Dana Holt said that the bridge was closed.", "indirect"),
        ("Dana Holt said that the bridge was “closed to everybody in town” until May.", "mixed"),
        ("Dana Holt said that the bridge was “closed” until May.", "mixed"),
        ("The bridge was closed in May.", "none"),
        ("The bridge was reportedly closed.", "none"),
        ("Experts say the bridge is unsafe.", "none"),
    ],
)
def test_the_mode_says_whose_words_they_are(text: str, mode: str) -> None:
    assert entry(text)["mode"] == mode


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("Dana Holt said that the bridge was closed.", "same"),
        ("Dana Holt spoke to the council. She said that the bridge was closed.", "adjacent"),
        ("Mayor Dana Holt spoke.\nRain fell.\nIt was late.\nShe said that the bridge was closed.", "elsewhere"),
        ("The bridge was closed in May.", None),
    ],
)
def test_the_scope_says_where_the_source_is_named(text: str, scope: str | None) -> None:
    assert entry(text)["scope"] == scope


def test_the_route_begins_with_the_words_that_name_the_source() -> None:
    text = "Dana Holt spoke to the council. She said that the bridge was closed."
    [first, *_] = entry(text)["chain"]
    assert (first["kind"], text[first["start"] : first["end"]]) == ("source", "Dana Holt")


def test_what_nobody_said_has_no_route() -> None:
    assert entry("The bridge was closed in May.")["chain"] == []


def test_no_words_stand_in_a_route_twice() -> None:
    text = "“The bridge is closed to us,” Dana Holt said during a press conference, according to Interfax."
    spans = [(hop["start"], hop["end"]) for hop in entry(text)["chain"]]
    assert spans == sorted(set(spans), key=spans.index)
