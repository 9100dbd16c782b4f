"""Worked links of the five articles, made-up pairs that contradict or only look so, and what must not break it."""

import time
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.text.sentences import split
from claims.text.similarity import Sign, explain, rank, relate
from claims.text.word_shares import share
from tests.unit.text.corpus import NAMES, article, json_lines

TEXTS = {name[:3]: article(name) for name in NAMES}
PAIRS = json_lines("contradiction_pairs.jsonl")


class Worked(NamedTuple):
    """Two passages of different articles, each as (article, exact words), and within how many the partner is found."""

    a: tuple[str, str]
    b: tuple[str, str]
    within: int


RULED_OUT = (
    "003",
    "“I cannot rule out the possibility of Armenia’s de jure withdrawal from the CSTO or a freeze on its membership,” "
    "Pashinyan said during a Monday press conference, according to Interfax news agency.",
)
FROZEN = (
    "001",
    "Speaking to France 24, he added: “This couldn’t have gone without consequences. And the consequence is that in "
    "practice we have basically frozen our participation in the CSTO.”",
)
SUSPENDED = (
    "001",
    "Armenia has effectively suspended its membership of the Collective Security Treaty Organization (CSTO)",
)
SUSPENDED_ITS_PART = ("000", "Armenia suspended its participation in the CSTO")
NOT_NOTIFIED = (
    "001",
    "Armenia has not officially notified Moscow of its intention to suspend its membership of the CSTO",
)
ARTICLE_4 = (
    "002",
    "Article 4 states that any “aggression against CSTO member states shall be considered by other participants as "
    "aggression against everyone else,” according to GlobalSecurity.org.",
)
ARTICLE_5 = ("004", "Article 5 of Putin’s dear CSTO")
SIX_WEEKS = ("001", "Russia brokered a peace deal after six weeks of fighting.")
SIX_WEEK_WAR = ("003", "Armenia engaged in a six-week war with Azerbaijan in 2020.")
NO_MEMBER = ("001", "the latter not a member of CSTO")
NO_MEMBER_EITHER = ("002", "Azerbaijan is not a member of the treaty organization")
PEACEKEEPERS = (
    "002",
    "Earlier this year, Russia was quick to deploy peacekeepers to CSTO member Kazakhstan to quell violent protests.",
)
PLANS = (
    "000",
    "The Kremlin is also reportedly drawing up plans to invade Kazakhstan, as it seeks to flex its muscles in the "
    "post-Soviet space.",
)
WORKED = [
    Worked(SUSPENDED, SUSPENDED_ITS_PART, 5),
    Worked(NOT_NOTIFIED, SUSPENDED_ITS_PART, 5),
    Worked(ARTICLE_4, ARTICLE_5, 5),
    Worked(SIX_WEEKS, SIX_WEEK_WAR, 5),
    Worked(NO_MEMBER, NO_MEMBER_EITHER, 5),
    Worked(RULED_OUT, FROZEN, 20),
]
PASSAGES = [passage for worked in WORKED for passage in (worked.a, worked.b)] + [PEACEKEEPERS, PLANS]


def place(asked: tuple[str, str], partner: tuple[str, str]) -> int:
    """Give the place of a passage among all sentences and passages of the other articles, 1 the first."""
    assert asked[1] in TEXTS[asked[0]]
    candidates = [text[start:end] for name, text in TEXTS.items() if name != asked[0] for start, end in split(text)]
    candidates += [words for name, words in PASSAGES if name != asked[0] and words not in candidates]
    scores = rank(asked[1], candidates)
    return 1 + sum(score > scores[candidates.index(partner[1])] for score in scores)


@pytest.mark.parametrize("worked", WORKED, ids=["P03", "P04", "P05", "P07", "P09", "P01"])
def test_a_worked_link_is_found_from_one_side_or_the_other(worked: Worked) -> None:
    assert min(place(worked.a, worked.b), place(worked.b, worked.a)) <= worked.within


def test_the_same_two_countries_are_not_the_same_event() -> None:
    same, other = rank(
        PEACEKEEPERS[1], ["Moscow sent peacekeepers to Kazakhstan, where protests had turned violent.", PLANS[1]]
    )
    assert same > 2 * other


def test_a_common_word_among_few_candidates_tells_little() -> None:
    asked = "The city will also build two new schools this year, the mayor of Bergen said on Tuesday."
    event, common = rank(
        asked, ["Bergen builds schools", "The mayor said on Tuesday the roads will be safe this year."]
    )
    assert event > common


def test_a_word_of_all_news_has_a_greater_share_than_a_word_of_one_event() -> None:
    assert 1.0 > share("the") > share("year") > share("quak") == share("no such word") == 0.0


def test_the_score_of_a_sentence_with_itself_is_the_greatest() -> None:
    same, part, other = rank(
        "Police freed 12 hostages in Bern.", ["Police freed 12 hostages in Bern.", "Bern", "Rain."]
    )
    assert same == pytest.approx(1.0)
    assert same > part > other == 0.0


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("As of Tuesday, 118 cases were confirmed in the camp.", "As of Friday, 164 cases were confirmed in the camp."),
        ("Two firefighters were hurt in the blaze.", "Sixty firefighters fought the blaze."),
        ("The company's sales fell last year.", "The company's sales will rise this year."),
        ("Police arrested 12 people in Lyon on Saturday.", "Police arrested 19 people in Marseille on Saturday."),
        ("A bomb exploded in Quetta.", "A bomb exploded in Peshawar."),
    ],
)
def test_what_can_both_be_so_is_no_contradiction(a: str, b: str) -> None:
    assert relate([(a, b)]) != ["contradict"]


def found(pairs: list[dict[str, Any]]) -> tuple[float, float]:
    """Precision and recall of "contradict"."""
    said = relate([(pair["a"], pair["b"]) for pair in pairs])
    called = [pair["relation"] for pair, relation in zip(pairs, said, strict=True) if relation == "contradict"]
    true = called.count("contradict")
    return true / len(called), true / sum(pair["relation"] == "contradict" for pair in pairs)


@pytest.mark.parametrize(
    ("batches", "held_back", "precision", "recall"),
    # The second batch is harder: it was written to be.
    [({1}, False, 0.95, 0.85), ({1}, True, 0.9, 0.75), ({1, 2}, False, 0.95, 0.85), ({1, 2}, True, 0.85, 0.75)],
    ids=["tuned on", "held back", "all tuned on", "all held back"],
)
def test_contradictions_are_called_where_they_are_and_seldom_elsewhere(
    batches: set[int], held_back: bool, precision: float, recall: float
) -> None:
    measured = found([pair for pair in PAIRS if pair["batch"] in batches and pair["held_back"] == held_back])
    assert measured[0] >= precision
    assert measured[1] >= recall


def test_no_kind_of_contradiction_goes_unseen() -> None:
    for kinds in (
        {"number", "ordinal"},
        {"reference"},
        {"date"},
        {"negation"},
        {"antonym"},
        {"agent"},
        {"place"},
        {"cause"},
    ):
        true = [pair for pair in PAIRS if pair["kind"] in kinds and pair["relation"] == "contradict"]
        assert found(true)[1] >= 0.6, kinds


def test_it_does_not_matter_which_of_the_two_stands_first() -> None:
    forwards = relate([(pair["a"], pair["b"]) for pair in PAIRS])
    backwards = relate([(pair["b"], pair["a"]) for pair in PAIRS])
    differ = [pair["a"] for pair, one, other in zip(PAIRS, forwards, backwards, strict=True) if one != other]
    assert len(differ) <= len(PAIRS) // 50, differ


@pytest.mark.parametrize(
    ("a", "b", "sentence"),
    [
        (ARTICLE_4[1], ARTICLE_5[1], "what they refer to differs: Article 4 against Article 5"),
        (SIX_WEEKS[1], SIX_WEEK_WAR[1], "both give six weeks (six-week)"),
        (SIX_WEEKS[1], SIX_WEEK_WAR[1], "both tell of the same sort of event: fighting (war)"),
        (NO_MEMBER[1], NO_MEMBER_EITHER[1], "both name CSTO (treaty organization)"),
        ("Police freed 4 men.", "Police freed 5 men.", "numbers differ: 4 against 5"),
        ("Oslo signed.", "Oslo never signed.", "one is negated: “signed” against “never signed”"),
        ("Rates rose in May.", "Rates fell in May.", "opposites: rose against fell"),
        ("Nokia bought Alcatel.", "Alcatel bought Nokia.", "who did it differs: Nokia against Alcatel"),
        ("It opens on 3 May.", "It opens on 4 May.", "dates differ: 3 May against 4 May"),
        ("Ada was born in Bern.", "Ada was born in Lyon.", "what they refer to differs: Bern against Lyon"),
        (
            "The singer died of a stroke.",
            "The singer died of cancer.",
            "what they refer to differs: stroke against cancer",
        ),
        ("The firm turned down the bid.", "The firm accepted the bid.", "opposites: turned against accepted"),
        ("The judge cleared the banker.", "The banker was found guilty.", "opposites: cleared against guilty"),
        ("Fire in Lyon.", "A fire in Bern.", "only one has Lyon, only the other Bern"),
    ],
)
def test_every_sign_is_said_in_words(a: str, b: str, sentence: str) -> None:
    assert sentence in [reason.sentence for reason in explain(a, b)]


def test_a_reason_points_at_its_words_in_both_texts() -> None:
    a, b = "On Monday 12 miners died in Komi.", "In Komi, 15 miners were killed on Monday."
    reasons = {reason.code: reason for reason in explain(a, b)}
    number = reasons[Sign.NUMBER_MISMATCH]
    assert [a[start:end] for start, end in number.words_a] == ["12"]
    assert [b[start:end] for start, end in number.words_b] == ["15"]
    assert {Sign.SHARED_NAMES, Sign.SHARED_NUMBERS, Sign.SHARED_EVENT_WORDS} <= reasons.keys()


def test_nothing_is_made_of_nothing() -> None:
    assert rank("", ["", "a"]) == [0.0, 0.0]
    assert rank("Armenia", []) == []
    assert relate([("", ""), ("a", ""), ("…", "!"), ("not", "no")]) == ["other"] * 4
    assert relate([]) == []
    assert explain("", "Armenia left.") == []


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_text_is_read_and_spans_lie_within_it(a: str, b: str) -> None:
    assert relate([(a, b)])[0] in {"corroborate", "contradict", "other"}
    for reason in explain(a, b):
        assert reason.sentence
        assert all(0 <= start < end <= len(a) for start, end in reason.words_a)
        assert all(0 <= start < end <= len(b) for start, end in reason.words_b)


@given(st.text(max_size=100), st.lists(st.text(max_size=100), max_size=4))
def test_any_text_is_ranked_between_nothing_and_one(query: str, candidates: list[str]) -> None:
    scores = rank(query, candidates)
    assert len(scores) == len(candidates)
    assert all(0.0 <= score <= 1.0 for score in scores)


HOSTILE = {
    "numbers": "1 " * 50_000,
    "denials": "not killed " * 20_000,
    "names": "Ab " * 50_000,
    "parts": "of the 12 " * 20_000,
    "commas": "," * 100_000,
    "unspaced": "ア" * 100_000,
    "accents": "e\u0301" * 50_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_text_costs_little(text: str) -> None:
    begun = time.process_time()
    relate([(text, text[1:])])
    explain(text, text[2:])
    rank(text, [text, text[3:]])
    assert time.process_time() - begun < 3.0
