"""Zones of whole pages as people paste them, from the publishing systems that are common."""

import time

import pytest

from claims.text.zones import read
from claims.vocabulary import ZoneKind
from tests.unit.text.clock import grows_linearly
from tests.unit.text.corpus import json_lines

ARTICLE = frozenset({ZoneKind.HEADLINE, ZoneKind.BODY})
PARAGRAPHS = (
    "The council met on Tuesday and agreed that the border should be opened before the winter comes.\n\n"
    "Nobody in the room spoke against the plan, although several members had opposed it in the spring.\n\n"
)


def pages(held_back):
    return [page for page in json_lines("own_pages.jsonl") if page["held_back"] is held_back]


def judged(page):
    """Each line of a page: its length, the kind that it has, the kind that was found."""
    zones = read(page["text"])
    for start, end, kind in page["lines"]:
        yield end - start, ZoneKind(kind), next(zone.kind for zone in zones if zone.start <= start < zone.end)


def kind_of(text, words):
    start = text.index(words)
    return next(zone.kind for zone in read(text) if zone.start <= start < zone.end)


@pytest.mark.parametrize("held_back", [False, True])
def test_zones_of_pages_are_right_for_nearly_all_characters(held_back):
    lines = [line for page in pages(held_back) for line in judged(page)]
    assert sum(size for size, kind, found in lines if kind is found) / sum(size for size, _, _ in lines) >= 0.95


@pytest.mark.parametrize("held_back", [False, True])
def test_what_is_set_aside_on_pages_is_no_part_of_the_article(held_back):
    aside = [(size, kind) for page in pages(held_back) for size, kind, found in judged(page) if found not in ARTICLE]
    assert sum(size for size, kind in aside if kind not in ARTICLE) / sum(size for size, _ in aside) >= 0.99


@pytest.mark.parametrize("held_back", [False, True])
def test_headlines_of_pages_are_found(held_back):
    headed = right = 0
    for page in pages(held_back):
        lines = list(judged(page))
        headed += any(kind is ZoneKind.HEADLINE for _, kind, _ in lines)
        right += all((kind is ZoneKind.HEADLINE) is (found is ZoneKind.HEADLINE) for _, kind, found in lines)
    assert right / headed >= 0.95


@pytest.mark.parametrize(
    "line",
    [
        "Share prices fell 3 percent.",
        "Comments by the minister drew anger in Baku.",
        "Search and rescue teams were sent from Tbilisi",
        "About 200 people hurt, 14 killed",
        "Published in 1998, the book sold a million copies.",
        "Video of the crash shows the car leaving the road.",
        "By Tuesday the water had reached the school.",
        "Privacy campaigners said the law went too far.",
        "Contact with the ship was lost at 3:15 a.m. on Sunday.",
        "The White House did not respond to a request for comment, but an official said the deal was dead.",
        "Copyright law does not apply, the judge ruled.",
        "More from the talks is expected on Monday.",
        "If you liked this winter, you will love the next.",
        "This story is part of a wider pattern, investigators say.",
        "Ms. Hale is a former reporter who covered the war.",
        "Jane Doe covers her face when she walks to work.",
        "May 3, 2022, was the day that everything changed.",
        "What happens next?",
        "A divided town",
        "• 3,000 homes have no power",
        "Ukraine’s army said it had shot down 14 drones (AFP).",
        "She said:",
    ],
)
def test_body_is_not_lost_in_the_middle_and_at_the_end(line):
    assert kind_of(f"{PARAGRAPHS}{line}\n\n{PARAGRAPHS}", line) is ZoneKind.BODY
    assert kind_of(f"{PARAGRAPHS}{line}", line) is ZoneKind.BODY


@pytest.mark.parametrize(
    "line",
    [
        "Tue, August 9th 2022 at 5:05 PM",
        "11:31, Fri, Sep 16, 2022 | UPDATED: 12:04, Fri, Sep 16, 2022",
        "By Nora Pell On 9/02/22 at 7:11 AM EDT",
        "Helena Brough Environment correspondent",
        "(Reporting by Lena Fisk in Bengaluru; Editing by Sam Roth)",
        "We use your sign-up to provide content in ways you've consented to.",
        "Home › Regions › Upper Valley",
        "News Opinion Sport Culture Lifestyle",
        "Contact Rae Simmons at rsimmons@paper.example. Follow her on X.",
        "214 notes",
        "0:04",
        "← Mayor opens new library",
        "Skip advertisement",
    ],
)
def test_furniture_of_many_systems_is_no_body(line):
    assert kind_of(f"{PARAGRAPHS}{line}\n\n{PARAGRAPHS}", line) is ZoneKind.SITE_CHROME


@pytest.mark.parametrize(
    "line",
    [
        "Marcus Lee holds a picture of his brother. (Paul Ortega / The Coast Times)",
        "Flowers stand at the site of the crash. Jo Hartman/Riverton Daily Press",
        "Trawlers at the mouth of the harbour. | Photo: Elin Strand",
        "Putin was absent as the pact met (Image: GETTY)",
        "Mandatory Credit: Rick Olsen-USA TODAY Sports",
    ],
)
def test_caption_with_its_credit_is_no_body(line):
    assert kind_of(f"{PARAGRAPHS}{line}\n\n{PARAGRAPHS}", line) is ZoneKind.CAPTION


def test_readers_without_a_heading_are_known_by_the_marks_of_their_comments():
    text = PARAGRAPHS + "Roadrunner55 • 4 years ago\nAnd my street still has its hole.\n12 • Reply • Share ›\n"
    text += "TaxedOut • 4 years ago\nYou voted for him, twice.\n3 • Reply • Share ›"
    assert kind_of(text, "And my street") is ZoneKind.READER_COMMENT
    assert kind_of(text, "You voted") is ZoneKind.READER_COMMENT


def test_section_and_paper_above_a_headline_are_no_headline():
    text = "The Valley Ledger\nCrime & Justice\nCouncil delays its vote on the quarry\nBy Jane Doe\n\n" + PARAGRAPHS
    assert kind_of(text, "Council delays") is ZoneKind.HEADLINE
    assert kind_of(text, "The Valley Ledger") is ZoneKind.SITE_CHROME
    assert kind_of(text, "Crime & Justice") is ZoneKind.SITE_CHROME


def test_score_below_a_headline_is_the_articles():
    text = "Rovers beaten in the cup by a late goal\n\nWexcombe Town 2-1 Blackmoor Rovers\n\n" + PARAGRAPHS
    assert kind_of(text, "Wexcombe Town 2-1") is ZoneKind.BODY


def test_question_can_be_a_headline():
    text = "Who turned off the street lights?\nMonday, March 3, 2014\n\n" + PARAGRAPHS
    assert kind_of(text, "Who turned off") is ZoneKind.HEADLINE


@pytest.mark.parametrize(
    "unit",
    [
        "Like · Like · Like · Like · Like · Like · Like · Like · Like · Like\n",
        "Reply • Reply • Reply • Reply • Reply • Reply • Reply • Reply • 1\n",
        "AaAaAaAaAaAaAaAaAaAaAaAaAaAaAaAaAaAaAaAaAaAaAaAaAaAaAaAaAaAaAaAaAaAaAa/\n",
        "By A A A A A A A A A A A A A A A A A A A A A A A A A A A A A A A A A a.b\n",
        "Jane says:\nIt is so.\n",
        "3 Comments\nRelated\nA title here\n",
        "#a a #a a #a a #a a #a a #a a #a a #a a #a a!\n",
    ],
)
def test_time_grows_with_length_and_no_faster(unit):
    assert grows_linearly(read, unit * (60_000 // len(unit)))


def test_a_megabyte_takes_two_seconds_at_most():
    text = "\n".join(page["text"] for page in json_lines("own_pages.jsonl"))
    start = time.process_time()
    read((text * 20)[:1_000_000])
    read((text * 20)[:1_000_000].replace("\n", " "))
    assert time.process_time() - start <= 2
