"""What two passages have in common and where they differ, marked in both; which sentences stand opposite each other."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.text.comparing import MOST_TEXT, Comparison, MarkKind, align, compare
from claims.text.sentences import split
from tests.unit.text.clock import grows_linearly
from tests.unit.text.corpus import NAMES, article


def marked(a: str, b: str, side: int, kind: MarkKind, *, differs: bool) -> list[str]:
    """The words that a mark of this kind stands at, in one of the two."""
    text, marks = ((a, compare(a, b).a), (b, compare(a, b).b))[side]
    return [text[mark.start : mark.end] for mark in marks if mark.kind is kind and mark.differs is differs]


KILLED = "Four soldiers were killed on 12 September near Goris."
NOT_KILLED = "At least 5 soldiers were not killed on Sept. 12, Bloomberg said."


def test_differences_are_told_in_sentences() -> None:
    assert compare(KILLED, NOT_KILLED).differences == (
        "only the second is negated: “not”",
        "numbers differ: “Four” against “5”",
        "names only in the first: “Goris”",
        "names only in the second: “Bloomberg”",
    )


def test_differences_are_marked_where_they_stand() -> None:
    assert marked(KILLED, NOT_KILLED, 0, MarkKind.NUMBER, differs=True) == ["Four"]
    assert marked(KILLED, NOT_KILLED, 1, MarkKind.NUMBER, differs=True) == ["5"]
    assert marked(KILLED, NOT_KILLED, 0, MarkKind.TIME, differs=False) == ["12 September"]
    assert marked(KILLED, NOT_KILLED, 1, MarkKind.TIME, differs=False) == ["Sept. 12"]
    assert marked(KILLED, NOT_KILLED, 1, MarkKind.NEGATION, differs=True) == ["not"]
    assert marked(KILLED, NOT_KILLED, 0, MarkKind.NAME, differs=True) == ["Goris"]
    assert marked(KILLED, NOT_KILLED, 0, MarkKind.SHARED, differs=False) == ["soldiers", "killed"]


# Pairs of the five articles, with all that differs.
WORKED = [
    (
        "Article 4 states that any aggression against CSTO member states shall be considered",
        "Article 5 of Putin’s dear CSTO",
        ("numbers differ: “Article 4” against “Article 5”", "names only in the second: “Putin”"),
    ),
    (
        "Russia brokered a peace deal after six weeks of fighting.",
        "Armenia engaged in a six-week war with Azerbaijan in 2020.",
        (
            "times only in the second: “2020”",
            "names only in the first: “Russia”",
            "names only in the second: “Armenia”, “Azerbaijan”",
        ),
    ),
    (
        "Armenia has effectively suspended its membership of the Collective Security Treaty Organization (CSTO)",
        "Armenia suspended its participation in the CSTO",
        (),
    ),
    (
        "Armenia has not officially notified Moscow of its intention to suspend its membership of the CSTO",
        "Armenia suspended its participation in the CSTO",
        ("only the first is negated: “not”", "names only in the first: “Moscow”"),
    ),
    (
        "the latter not a member of CSTO",
        "Azerbaijan is not a member of the treaty organization",
        ("names only in the first: “CSTO”", "names only in the second: “Azerbaijan”"),
    ),
]


@pytest.mark.parametrize(("a", "b", "differences"), WORKED)
def test_worked_pairs_differ_in_what_they_differ(a: str, b: str, differences: tuple[str, ...]) -> None:
    assert compare(a, b).differences == differences


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("It cost 1.5 billion.", "It cost 1,500 million."),
        ("Armenian Prime Minister Nikol Pashinyan resigned.", "In Armenia, Pashinyan resigned."),
        ("The European Union warned Russia.", "Russian forces heard what the EU said."),
        ("Russia‘s army left.", "Russia’s army left."),
        ("The\u00a0CSTO met.", "The CSTO met."),
        ("The Ministry of Defence of Russia denied it.", "The Russian MoD denied it."),
        ("He can’t come.", "He cannot come."),
    ],
)
def test_the_same_said_in_another_way_is_no_difference(a: str, b: str) -> None:
    assert compare(a, b).differences == ()


def test_numbers_that_differ_and_can_both_hold_are_told_apart() -> None:
    (told,) = compare("At least 30 soldiers died.", "35 soldiers died.").differences
    assert told == "numbers differ, and both can hold: “30” against “35”"


def test_a_channel_called_by_a_number_is_a_name() -> None:
    differences = compare("He told this to France 24, a channel.", "He told this to CNN, a channel.").differences
    assert differences == ("names only in the first: “France 24”", "names only in the second: “CNN”")


def test_another_person_of_the_same_family_is_another() -> None:
    differences = compare("It was said by Anna Hakobyan.", "It was said by Nikol Pashinyan.").differences
    assert differences == ("names only in the first: “Anna Hakobyan”", "names only in the second: “Nikol Pashinyan”")
    assert len(compare("It was said by Anna Hakobyan.", "It was said by Artur Hakobyan.").differences) == 2


def test_neighbouring_words_of_one_negation_are_one_stretch() -> None:
    (told,) = compare("They cannot rule out a strike.", "They expect a strike.").differences
    assert told == "only the first is negated: “cannot rule out”"


TEXTS = st.one_of(
    st.text(max_size=300),
    st.lists(
        st.sampled_from(
            ["Russia", "not", "5", "Article 4", "Kremlin", "the", "said", ".", "“", "2020", "Peskov", "’s", "İ", "ﬁve"]
        ),
        max_size=40,
    ).map(" ".join),
)


def in_order(found: Comparison, a: str, b: str) -> bool:
    sides = ((found.a, len(a)), (found.b, len(b)))
    return all(
        all(0 <= mark.start < mark.end <= length for mark in marks)
        and all(one.end <= other.start for one, other in pairwise(marks))
        for marks, length in sides
    )


@given(TEXTS, TEXTS)
def test_marks_stand_in_order_and_apart(a: str, b: str) -> None:
    assert in_order(compare(a, b), a, b)


@given(TEXTS)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    same = compare(text, text)
    assert same.differences == ()
    assert same.a == same.b
    assert not any(mark.differs for mark in same.a)


@given(TEXTS, TEXTS)
def test_marks_are_the_same_whichever_text_stands_first(a: str, b: str) -> None:
    there, back = compare(a, b), compare(b, a)
    assert (there.a, there.b) == (back.b, back.a)


def test_long_texts_are_compared_up_to_a_limit() -> None:
    long = "Russia said 5 not. " * 3_000
    assert all(mark.end <= MOST_TEXT for mark in compare(long, long).a)
    assert grows_linearly(lambda text: compare(text, text), "Russia did not say 5 to Peskov. " * 40)


def test_sentences_are_opposite_those_that_say_the_same() -> None:
    a = [
        "Four soldiers were killed near Goris on Tuesday.",
        "The minister resigned in the evening.",
        "Trade between the two countries grew.",
    ]
    b = [
        "It had rained for a week.",
        "Near Goris, five soldiers were killed, the army said.",
        "Trade with neighbouring countries grew by a third.",
        "Nobody else was hurt.",
    ]
    assert align(a, b) == [(None, 0), (0, 1), (1, None), (2, 2), (None, 3)]


def test_without_anything_in_common_each_sentence_stands_alone() -> None:
    assert align(["One thing."], ["Another matter.", "More."]) == [(0, None), (None, 0), (None, 1)]
    assert align([], []) == []


@given(st.lists(TEXTS, max_size=8), st.lists(TEXTS, max_size=8))
def test_every_sentence_is_aligned_once_and_in_order(a: list[str], b: list[str]) -> None:
    pairs = align(a, b)
    assert [one for one, _ in pairs if one is not None] == list(range(len(a)))
    assert [other for _, other in pairs if other is not None] == list(range(len(b)))


@pytest.mark.parametrize("name", NAMES)
def test_an_article_is_aligned_with_itself(name: str) -> None:
    text = article(name)
    sentences = [text[start:end] for start, end in split(text)]
    assert align(sentences, sentences) == [(at, at) for at in range(len(sentences))]


def test_a_passage_with_a_sentence_more_is_aligned_around_it() -> None:
    text = article(NAMES[3])
    sentences = [text[start:end] for start, end in split(text)][:30]
    more = [*sentences[:10], "Wholly unlike whatever stood before.", *sentences[10:]]
    assert align(sentences, more) == [
        *((at, at) for at in range(10)),
        (None, 10),
        *((at, at + 1) for at in range(10, 30)),
    ]


def test_aligning_stands_many_sentences() -> None:
    def aligned(text: str) -> list[tuple[int | None, int | None]]:
        # Each number stands in two sentences, however many there are: a text beside itself would make them frequent.
        sentences = [f"The {at} soldiers met {at + 1} others at noon." for at in range(len(text))]
        return align(sentences, sentences)

    assert grows_linearly(aligned, "." * 600)
