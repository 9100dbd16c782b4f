import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.text.zones import read
from claims.vocabulary import ZoneKind
from tests.unit.text.clock import grows_linearly
from tests.unit.text.corpus import NAMES, article, worked

PARAGRAPH = (
    "The council met on Tuesday and agreed that the border should be opened before the winter comes.\n\n"
    "Nobody in the room spoke against the plan, although several members had opposed it in the spring.\n\n"
)
page = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "Leave a Reply",
                "Read More",
                "A plain headline here",
                "He said so, and they all went home again.",
                "\n",
                "\r\n",
                "\n\n",
                "    indented comment here, and it is prose.\n",
                "Previous Story\n",
                "3 Comments\n",
                "🙂",
                "שלום עולם",
                "\u2028",
                "\x85",
            ]
        ),
        st.text(max_size=12),
    ),
    max_size=25,
).map("".join)


def kinds(text):
    return {text[zone.start : zone.end].strip(): zone.kind for zone in read(text)}


def kind_of(text, words):
    start = text.index(words)
    return next(zone.kind for zone in read(text) if zone.start <= start < zone.end)


@given(page)
def test_every_character_is_in_exactly_one_zone(text):
    zones = read(text)
    assert "".join(text[zone.start : zone.end] for zone in zones) == text
    assert all(zone.start < zone.end for zone in zones)


@given(page)
def test_no_zone_ends_inside_a_line(text):
    borders = {0}
    for line in text.splitlines(keepends=True):
        borders.add(max(borders) + len(line))
    assert all(zone.end in borders for zone in read(text))


@pytest.mark.parametrize("name", NAMES)
def test_zones_of_an_article_cover_it(name):
    text = article(name)
    assert "".join(text[zone.start : zone.end] for zone in read(text)) == text


@pytest.mark.parametrize("zone", worked()["zones"], ids=lambda zone: f"{zone['file'][:3]} at {zone['start']}")
def test_worked_zone_is_found_exactly(zone):
    assert kinds(article(zone["file"])).get(zone["exact"]) == zone["zone"]


@pytest.mark.parametrize("name", [NAMES[0], NAMES[4]])
def test_text_without_a_headline_gets_none(name):
    assert ZoneKind.HEADLINE not in kinds(article(name)).values()


def test_headline_that_stands_twice_is_headline_twice():
    text = article(NAMES[3])
    assert [text[zone.start : zone.end].strip() for zone in read(text) if zone.kind is ZoneKind.HEADLINE] == [
        "Putin's 'Mini-NATO' Is Breaking",
        "Putin’s ‘Mini-NATO’ Is Breaking",
    ]


def test_caption_and_quotation_in_one_block_are_told_apart():
    text = article(NAMES[3])
    assert kind_of(text, "Russian President Vladimir Putin, right, and") is ZoneKind.CAPTION
    assert kind_of(text, "“I cannot rule out") is ZoneKind.BODY


def test_end_of_a_republished_page_is_no_body():
    text = article(NAMES[3])
    assert kind_of(text, "Newsweek has reached out") is ZoneKind.REPLY_NOTE
    assert kind_of(text, "Update 05/23/23") is ZoneKind.UPDATE_NOTE
    assert kind_of(text, "Read More") is ZoneKind.SITE_CHROME
    assert kind_of(text, "0 I don't like it") is ZoneKind.SITE_CHROME


def test_indented_block_at_the_end_is_what_readers_wrote():
    text = article(NAMES[4])
    assert kind_of(text, "Very disappointed to see") is ZoneKind.READER_COMMENT
    assert kind_of(text, "Excellent analysis") is ZoneKind.READER_COMMENT
    assert kind_of(text, "P.S. Ironic") is ZoneKind.BODY


def test_only_boilerplate_has_neither_headline_nor_body():
    text = (
        "Home\nMenu\n\nLeave a Reply\n\n"
        "Your email address will not be published.\n\nPrevious Story\n\nOld news here\n\n© 2024 Site"
    )
    assert set(kinds(text).values()) == {ZoneKind.SITE_CHROME}


def test_blank_text_is_one_zone_without_body():
    assert [zone.kind for zone in read(" \n\t\n")] == [ZoneKind.SITE_CHROME]
    assert read("") == []


def test_single_line_is_body():
    assert kinds("Hello world") == {"Hello world": ZoneKind.BODY}


def test_readers_under_a_heading_are_no_body():
    text = PARAGRAPH + "2 Comments\n\nJohn says:\nThis is nonsense, and you know it very well.\n\nLeave a Reply\n"
    assert kind_of(text, "This is nonsense") is ZoneKind.READER_COMMENT
    assert kind_of(text, "Leave a Reply") is ZoneKind.SITE_CHROME


def test_comment_link_above_the_article_swallows_nothing():
    text = "Council agrees on border\n\nBy Jane Doe\n\n12 Comments\n\nLeave a comment\n\n" + PARAGRAPH
    assert kind_of(text, "The council met") is ZoneKind.BODY
    assert kind_of(text, "Council agrees") is ZoneKind.HEADLINE
    assert kind_of(text, "By Jane Doe") is ZoneKind.SITE_CHROME


def test_teaser_in_the_middle_is_no_body_and_the_text_goes_on():
    text = PARAGRAPH + "RELATED: Ten things about borders\n\n" + PARAGRAPH
    assert kind_of(text, "RELATED") is ZoneKind.SITE_CHROME
    assert [zone.kind for zone in read(text)] == [ZoneKind.BODY, ZoneKind.SITE_CHROME, ZoneKind.BODY]


@pytest.mark.parametrize(
    "line",
    [
        "Share on Facebook",
        "Tweet",
        "5 min read",
        "Advertisement",
        "Tags: Armenia, CSTO, Russia",
        "Subscribe to our newsletter",
        "Tuesday, September 13, 2022",
        "Home | World | Europe | Opinion",
        "© 2022 Example News. All rights reserved.",
        "We use cookies to give you the best experience on our site.",
        "Like this: Like Loading...",
        "https://example.org/story",
    ],
)
def test_furniture_is_no_body(line):
    assert kind_of(f"{PARAGRAPH}{line}\n\n{PARAGRAPH}", line) is ZoneKind.SITE_CHROME


@pytest.mark.parametrize(
    "line",
    [
        "A crowd gathers in Yerevan. Photo: Jane Doe/AFP via Getty Images",
        "Photo: Jane Doe",
        "FILE - President Jane Doe arrives at the summit in Brussels, Belgium, on March 3, 2022.",
        "Prime Minister Jane Doe, left, shakes hands with John Roe in Brussels.",
        "Jane Doe speaks to reporters in Brussels on March 3.",
    ],
)
def test_caption_is_no_body(line):
    assert kind_of(f"{PARAGRAPH}{line}\n\n{PARAGRAPH}", line) is ZoneKind.CAPTION


@pytest.mark.parametrize(
    "line",
    [
        "The documents were first seen by Reuters.",
        "Jane Doe said on March 3 that she would attend the summit in Brussels.",
        "More than 100,000 people were forced to leave their homes within a week.",
        "Read the letter again, she told the court, and you will see what he meant.",
        "He moved to the left, right and centre of politics in turn, as voters saw it.",
        "“Close the border,” he said.",
        "Kremlin spokesman Dmitry Peskov declined to comment on the report.",
        "Popular protests erupted in Yerevan on the same day, and the police stood by.",
        "Update your passport before the autumn, the ministry warned travellers.",
    ],
)
def test_body_is_not_lost(line):
    assert kind_of(f"{PARAGRAPH}{line}\n\n{PARAGRAPH}", line) is ZoneKind.BODY


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Correction: An earlier version gave the wrong date.", ZoneKind.UPDATE_NOTE),
        ("This article has been updated to include a statement.", ZoneKind.UPDATE_NOTE),
        ("Editor’s note: The names were changed.", ZoneKind.UPDATE_NOTE),
        ("The Daily has contacted the ministry for comment.", ZoneKind.REPLY_NOTE),
        ("The company did not immediately respond to a request for comment.", ZoneKind.REPLY_NOTE),
    ],
)
def test_notes_below_an_article_are_told_apart(line, kind):
    assert kind_of(PARAGRAPH + line, line) is kind


def test_body_whose_first_paragraph_alone_is_flush_is_body():
    indented = "".join(
        f"    Paragraph {number} of the story goes on like this, for a while.\n\n" for number in range(8)
    )
    assert kind_of("The story begins here, with a drop cap.\n\n" + indented, "Paragraph 7") is ZoneKind.BODY


@pytest.mark.parametrize(
    "unit", ["\n", "abc def ghi\n", "    word.\n", "Read More\n", ' "', "He said so, and left for good.\n", "Next\n"]
)
def test_time_grows_with_length_and_no_faster(unit):
    assert grows_linearly(read, unit * (60_000 // len(unit)))
