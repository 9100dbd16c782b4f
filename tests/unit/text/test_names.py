import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.particulars import SourceKind
from claims.text.names import LONGEST_WORD, MOST_WORDS, NEAR, likeness, telling_words, words_of

PERSON, BODY, UNNAMED = SourceKind.PERSON, SourceKind.BODY, SourceKind.UNNAMED
DOCUMENT, OUTLET, POST = SourceKind.DOCUMENT, SourceKind.OUTLET, SourceKind.POST

PESKOV = [
    "Kremlin spokesman Dmitry Peskov", "Peskov", "Kremlin press secretary Dmitry Peskov", "Dmitri Peskov", "D. Peskov",
    "Dmitry Peskov, Kremlin spokesman", "Peskov, Dmitry", "Putin’s spokesman Dmitry Peskov", "Mr. Peskov",
    "Dmitry Sergeyevich Peskov", "D.S. Peskov", "Dmitry Peskov, spokesman for President Putin",
    "Dmitry Peskov, the spokesman of the Russian president", "PESKOV Dmitry",
]  # fmt: skip
PASHINYAN = [
    "Nikol Pashinyan", "Armenian Prime Minister Nikol Pashinyan", "Armenia's PM Nikol Pashinian", "Pashinyan",
    "N. Pashinyan", "Prime Minister Pashinyan", "the Prime Minister of Armenia, Nikol Pashinyan",
]  # fmt: skip
DEFENCE = [
    "Armenian MoD", "Armenian Ministry of Defence", "Ministry of Defense of the Republic of Armenia",
    "Armenia’s defence ministry", "the Armenian Defense Ministry", "MOD of Armenia",
]  # fmt: skip


def pairs(names: list[str]) -> list[tuple[str, str]]:
    return [(one, other) for at, one in enumerate(names) for other in names[at + 1 :]]


@pytest.mark.parametrize(("one", "other"), [*pairs(PESKOV), *pairs(PASHINYAN)])
def test_one_person_under_many_names_is_seen(one: str, other: str) -> None:
    assert likeness(one, PERSON, other, PERSON).score >= NEAR


@pytest.mark.parametrize(("one", "other"), pairs(DEFENCE))
def test_one_body_under_many_names_is_seen(one: str, other: str) -> None:
    assert likeness(one, BODY, other, BODY).score >= NEAR


@pytest.mark.parametrize(
    ("one", "kind", "other", "other_kind"),
    [
        ("Volodymyr Zelensky", PERSON, "President Zelenskyy", PERSON),
        ("Volodymyr Zelensky", PERSON, "Volodimir Zelenskiy", PERSON),
        ("Ilham Aliyev", PERSON, "President Ilham Aliev", PERSON),
        ("Recep Tayyip Erdoğan", PERSON, "Turkish President Recep Tayyip Erdogan", PERSON),
        ("Bashar al-Assad", PERSON, "Assad", PERSON),
        ("Ursula von der Leyen", PERSON, "European Commission President Ursula von der Leyen", PERSON),
        ("Xi Jinping", PERSON, "Xi", PERSON),
        ("John Major", PERSON, "former British Prime Minister John Major", PERSON),
        ("Dan Smith", PERSON, "Daniel Smith", PERSON),
        ("Alen Simonyan", PERSON, "National Assembly Speaker Alen Simonyan", PERSON),
        ("Igor Sechin", PERSON, "Rosneft boss Igor Sechin", PERSON),
        ("Дмитрий Песков", PERSON, "пресс-секретарь Дмитрий Песков", PERSON),
        ("OSCE", BODY, "Organization for Security and Co-operation in Europe", BODY),
        ("CSTO", BODY, "Collective Security Treaty Organization", BODY),
        ("U.S. State Department", BODY, "State Department of the United States", BODY),
        ("State Department", BODY, "U.S. State Department", BODY),
        ("UN", BODY, "United Nations", BODY),
        ("Russian Foreign Ministry", BODY, "Ministry of Foreign Affairs of the Russian Federation", BODY),
        ("Russian MFA", BODY, "Russian foreign ministry", BODY),
        ("Interfax", OUTLET, "Interfax news agency", BODY),
        ("Interfax", OUTLET, "Intefax", OUTLET),
        ("a senior EU official who attended", UNNAMED, "senior EU official who attended the meeting", UNNAMED),
        ("Kremlin spokesman", UNNAMED, "the Kremlin's press secretary", UNNAMED),
        ("Freedom in the World 2023", DOCUMENT, "the report Freedom in the World 2023", DOCUMENT),
        ("Kremlin", BODY, "the Kremlin", UNNAMED),
    ],
)
def test_what_may_be_the_same_is_seen_with_a_reason(one: str, kind: str, other: str, other_kind: str) -> None:
    if (one, other) == ("Kremlin", "the Kremlin"):
        assert likeness(one, kind, other, other_kind).score == 0
        assert likeness(one, kind, one, other_kind).score >= NEAR
        return
    found = likeness(one, kind, other, other_kind)
    assert found.score >= NEAR, found
    assert found.why


@pytest.mark.parametrize(
    ("one", "kind", "other", "other_kind"),
    [
        ("Dmitry Medvedev", PERSON, "Dmitry Peskov", PERSON),
        ("Ilham Aliyev", PERSON, "Heydar Aliyev", PERSON),
        ("Jordan Peterson", PERSON, "Michael Peterson", PERSON),
        ("A. Peskov", PERSON, "D. Peskov", PERSON),
        ("Ivanov", PERSON, "Ivanova", PERSON),
        ("Suren Papikyan", PERSON, "Suren Papoyan", PERSON),
        ("Kremlin spokesman", PERSON, "Kremlin spokesman Dmitry Peskov", PERSON),
        ("President Putin", PERSON, "Dmitry Peskov, spokesman for President Putin", PERSON),
        ("Russian President Vladimir Putin", PERSON, "Ukrainian President Volodymyr Zelensky", PERSON),
        ("Russian foreign ministry", BODY, "Armenian foreign ministry", BODY),
        ("Austrian foreign ministry", BODY, "Australian foreign ministry", BODY),
        ("Armenian foreign ministry", BODY, "Armenian Ministry of Defence", BODY),
        ("Russia", BODY, "Russian foreign ministry", BODY),
        ("Kremlin", BODY, "Kremlin press service", BODY),
        ("Kremlin", BODY, "Kremlin spokesman Dmitry Peskov", PERSON),
        ("Nikol Pashinyan", PERSON, "Pashinyan's post on Facebook", POST),
        ("Human Rights Watch report 2022", DOCUMENT, "Human Rights Watch report 2023", DOCUMENT),
        ("a senior EU official", UNNAMED, "a local resident", UNNAMED),
        ("Armenian official", UNNAMED, "Azerbaijani official", UNNAMED),
        ("the", BODY, "of", BODY),
    ],
)
def test_what_is_not_the_same_is_not_suggested(one: str, kind: str, other: str, other_kind: str) -> None:
    assert likeness(one, kind, other, other_kind).score < NEAR
    assert likeness(other, other_kind, one, kind).score < NEAR


@given(st.text(max_size=60), st.text(max_size=60), st.sampled_from(SourceKind), st.sampled_from(SourceKind))
def test_any_two_texts_compare_in_any_order(one: str, other: str, kind: SourceKind, other_kind: SourceKind) -> None:
    found = likeness(one, kind, other, other_kind)
    assert 0 <= found.score <= 1
    assert bool(found.why) == (found.score > 0)
    assert likeness(other, other_kind, one, kind).score == found.score


def test_words_are_folded_counted_once_and_capped() -> None:
    assert words_of("Peskov, “Dmítry” PESKOV_x") == ["peskov", "dmitry", "x"]
    assert words_of("?! …") == []
    many = words_of(" ".join(f"w{number}" for number in range(50)) + "x" * 300)
    assert len(many) == MOST_WORDS
    assert words_of("x" * 300) == ["x" * LONGEST_WORD]


def test_the_telling_words_of_a_person_are_the_name_and_of_others_what_is_no_common_title() -> None:
    assert telling_words("Kremlin spokesman D. Peskov", PERSON) == ["peskov"]
    assert telling_words("Kremlin spokesman Dmitry Peskov", PERSON) == ["peskov", "dmitry"]
    assert telling_words("the ministry of Zarubia", BODY) == ["zarubia", "ministry"]
    assert telling_words("the", BODY) == ["the"]


def test_a_very_long_name_is_compared_in_good_time() -> None:
    long = " ".join(f"word{number}" for number in range(60))[:200]
    for kind in SourceKind:
        assert likeness(long, kind, long[::-1], kind).score < NEAR
