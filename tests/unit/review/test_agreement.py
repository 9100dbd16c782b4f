"""The coefficients equal published worked examples, and hold what must hold for any labels."""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.review.agreement import (
    FEWEST_UNITS,
    MOST_PATTERNS,
    NO_UNITS,
    NO_VARIATION,
    TOO_MANY_PAIRS,
    Agreement,
    Figure,
    Ratings,
    agreement_of,
    one_against_rest,
)

# Fleiss (1971), "Measuring nominal scale agreement among many raters", Psychological Bulletin 76(5), 378-382, table 1:
# 30 patients, each diagnosed by 6 psychiatrists as depression, personality disorder, schizophrenia, neurosis or other.
THIRTY_PATIENTS = """
    00060 03003 01401 00006 03030 20400 00402 20310 20040 00006 10050 11040 03300 10050 02031
    00501 30012 51000 02040 10203 00006 01050 02013 20040 10041 05010 40002 02040 10500 00006
"""
# The example of 10 subjects, 14 raters and 5 categories that encyclopedias and program libraries hand on.
TEN_SUBJECTS = [
    (0, 0, 0, 0, 14), (0, 2, 6, 4, 2), (0, 0, 3, 5, 6), (0, 3, 9, 2, 0), (2, 2, 8, 1, 1),
    (7, 7, 0, 0, 0), (3, 2, 6, 3, 0), (2, 5, 3, 2, 2), (6, 5, 2, 1, 0), (0, 2, 2, 3, 7),
]  # fmt: skip
# Cohen (1968), "Weighted kappa", Psychological Bulletin 70(4), 213-220, table 1: 200 diagnoses by two judges.
COHEN = [[88, 10, 2], [14, 40, 6], [18, 10, 12]]
# Fleiss, Cohen and Everitt (1969), Psychological Bulletin 72(5), 323-327: another 200 diagnoses by two judges.
FLEISS_COHEN_EVERITT = [[106, 10, 4], [22, 28, 10], [2, 12, 6]]
# Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability", a word for each unit, "." where a value is missing:
BINARY = "01 11 01 00 00 01 00 00 10 00"  # A: binary data, two observers
NOMINAL = "ab aa bb bb db cc cc cc ee dd dd ad"  # B: nominal data, two observers
MISSING = "11.1 2232 3333 3333 2222 1234 4444 1121 2222 .555 ..11 ..3."  # C: nominal data, four observers, some missing


def patterns(units: Sequence[Sequence[int | None]]) -> Counter[Ratings]:
    """Units as what each rater gave, None where nothing; those with one value are no units."""
    ratings = (tuple((rater, label) for rater, label in enumerate(unit) if label is not None) for unit in units)
    return Counter(found for found in ratings if len(found) > 1)


def words(text: str) -> Counter[Ratings]:
    letters = sorted(set(text) - {" ", "."})
    return patterns([[None if c == "." else letters.index(c) for c in word] for word in text.split()])


def counts(rows: Sequence[Sequence[int]]) -> Counter[Ratings]:
    """Units as how often each label was given; who gave it makes no difference."""
    return patterns([[label for label, count in enumerate(row) for _ in range(count)] for row in rows])


def table(rows: Sequence[Sequence[int]]) -> Counter[Ratings]:
    return Counter({((0, row), (1, column)): n for row, cells in enumerate(rows) for column, n in enumerate(cells)})


def four_decimals(figure: Figure) -> float:
    assert figure.value is not None
    return round(figure.value, 4)


def test_fleiss_kappa_is_that_of_fleiss_thirty_patients() -> None:
    found = agreement_of(counts([[int(digit) for digit in word] for word in THIRTY_PATIENTS.split()]), 5)
    assert (found.units, found.ratings) == (30, 180)
    assert four_decimals(found.percent) == 0.5556
    assert four_decimals(found.fleiss) == 0.4302  # 0.430 in the paper


def test_fleiss_kappa_is_that_of_the_ten_subjects() -> None:
    found = agreement_of(counts(TEN_SUBJECTS), 5)
    assert (found.units, found.ratings) == (10, 140)
    assert four_decimals(found.percent) == 0.3780
    assert four_decimals(found.fleiss) == 0.2099


@pytest.mark.parametrize(
    ("cells", "kappa"),
    [
        (COHEN, 0.4915),  # .492 in the paper
        (FLEISS_COHEN_EVERITT, 0.4286),  # .429 in the paper
        ([[20, 5], [10, 15]], 0.4),  # the 50 proposals of the encyclopedias
    ],
)
def test_cohens_kappa_is_that_of_the_published_tables(cells: list[list[int]], kappa: float) -> None:
    assert four_decimals(agreement_of(table(cells), len(cells)).cohen) == kappa


@pytest.mark.parametrize(
    ("units", "ratings", "alpha"),
    [(BINARY, 20, 0.0952), (NOMINAL, 24, 0.6920), (MISSING, 40, 0.7434)],  # .095, .692 and .743 in the paper
)
def test_krippendorffs_alpha_is_that_of_his_examples(units: str, ratings: int, alpha: float) -> None:
    found = agreement_of(words(units), 5)
    assert found.ratings == ratings
    assert four_decimals(found.alpha) == alpha


def test_the_same_labels_give_the_same_interval_each_time_and_it_holds_the_figure() -> None:
    first, second = agreement_of(table(COHEN), 3), agreement_of(dict(reversed(table(COHEN).items())), 3)
    assert first == second
    for figure in (first.percent, first.cohen, first.fleiss, first.alpha):
        assert figure.low is not None
        assert figure.value is not None
        assert figure.high is not None
        assert figure.low < figure.value < figure.high
        # With 200 units the standard error of kappa is about 0.05: the interval is about four of these wide.
        assert 0.1 < figure.high - figure.low < 0.25


def test_more_units_give_a_narrower_interval() -> None:
    wide = agreement_of(table(COHEN), 3).alpha
    narrow = agreement_of(Counter({ratings: 100 * n for ratings, n in table(COHEN).items()}), 3).alpha
    assert narrow.value == pytest.approx(wide.value, abs=0.01)
    assert (narrow.high or 0) - (narrow.low or 0) < ((wide.high or 0) - (wide.low or 0)) / 5


def test_nothing_is_undefined_and_says_so() -> None:
    found = agreement_of({}, 4)
    assert (found.units, found.ratings) == (0, 0)
    assert {found.percent, found.cohen, found.fleiss, found.alpha} == {Figure(None, why=NO_UNITS)}


def test_one_label_for_everything_is_full_agreement_and_no_coefficient() -> None:
    found = agreement_of(patterns([[2, 2]] * 40), 4)
    assert found.percent == Figure(1, 1, 1)
    assert {found.cohen, found.fleiss, found.alpha} == {Figure(None, why=NO_VARIATION)}


def test_a_figure_that_few_resamples_have_has_no_interval() -> None:
    found = agreement_of(patterns([[0, 0]] * 39 + [[1, 1]]), 4)  # a third of all resamples have label 0 alone
    assert four_decimals(found.alpha) == 1
    assert found.alpha == Figure(1, why=NO_VARIATION)
    assert found.fleiss.low is found.cohen.low is None


def test_too_many_pairs_of_people_have_no_mean_and_all_other_figures() -> None:
    found = agreement_of(Counter({((n, 0), (n + 1, n % 3)): 1 for n in range(MOST_PATTERNS + 1)}), 3)
    assert found.cohen == Figure(None, why=TOO_MANY_PAIRS)
    assert found.alpha.value is not None


def test_few_units_are_few() -> None:
    assert agreement_of(patterns([[0, 1]] * (FEWEST_UNITS - 1)), 2).is_few
    assert not agreement_of(patterns([[0, 1]] * FEWEST_UNITS), 2).is_few


def test_cohens_kappa_of_several_pairs_is_their_mean_by_units() -> None:
    first, second = table(COHEN), table(FLEISS_COHEN_EVERITT)
    moved = Counter({((2, a), (3, b)): 3 * n for ((_, a), (_, b)), n in second.items()})
    both = agreement_of(first + moved, 3).cohen.value
    assert both == pytest.approx((200 * 0.29 / 0.59 + 600 * 3 / 7) / 800)


def test_one_label_against_the_rest_counts_the_same_units() -> None:
    narrowed = one_against_rest(words(NOMINAL), 0)
    assert narrowed.total() == 12
    assert narrowed == patterns([[1, 0], [1, 1], *[[0, 0]] * 9, [1, 0]])


# What must hold for whatever people do: two to four raters, some missing, up to four labels.
UNITS = st.lists(
    st.lists(st.sampled_from([None, 0, 1, 2, 3]), min_size=4, max_size=4).filter(
        lambda unit: sum(label is not None for label in unit) > 1
    ),
    min_size=1,
    max_size=12,
)
FEW = settings(max_examples=60, deadline=None)


def values(found: Agreement) -> list[float | None]:
    return [found.percent.value, found.cohen.value, found.fleiss.value, found.alpha.value]


def exact_alpha(units: Counter[Ratings]) -> Fraction | None:
    """Krippendorff's definition, pair by pair: one less observed by expected disagreement."""
    given_all = [label for ratings in units.elements() for _, label in ratings]
    n = len(given_all)
    observed = sum(
        Fraction(one[1] != other[1], len(ratings) - 1)
        for ratings in units.elements()
        for one, other in permutations(ratings, 2)
    )
    expected = Fraction(sum(one != other for one, other in permutations(given_all, 2)), n - 1)
    return 1 - observed / expected if expected else None


def exact_percent(units: Counter[Ratings]) -> Fraction:
    shares = [
        Fraction(sum(a[1] == b[1] for a, b in combinations(unit, 2)), len(unit) * (len(unit) - 1) // 2)
        for unit in units.elements()
    ]
    return sum(shares, Fraction(0)) / len(shares)


@FEW
@given(UNITS)
def test_any_labels_give_what_the_definitions_say(units: list[list[int | None]]) -> None:
    found, exact = agreement_of(patterns(units), 4), exact_alpha(patterns(units))
    assert found.percent.value == pytest.approx(float(exact_percent(patterns(units))))
    assert found.alpha.value == (None if exact is None else pytest.approx(float(exact)))


@FEW
@given(UNITS, st.permutations(range(4)))
def test_other_names_for_the_labels_change_no_figure(units: list[list[int | None]], names: list[int]) -> None:
    renamed = [[None if label is None else names[label] for label in unit] for unit in units]
    before, after = values(agreement_of(patterns(units), 4)), values(agreement_of(patterns(renamed), 4))
    assert after == [None if value is None else pytest.approx(value) for value in before]


@FEW
@given(UNITS, st.permutations(range(4)))
def test_other_numbers_for_the_raters_change_no_figure(units: list[list[int | None]], seats: list[int]) -> None:
    moved = [[unit[seat] for seat in seats] for unit in units]
    before, after = values(agreement_of(patterns(units), 4)), values(agreement_of(patterns(moved), 4))
    assert after == [None if value is None else pytest.approx(value) for value in before]


@FEW
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(2, 5)), min_size=2, max_size=12))
def test_full_agreement_is_one_wherever_it_is_defined(units: list[tuple[int, int]]) -> None:
    found = agreement_of(patterns([[label] * raters for label, raters in units]), 4)
    assert found.percent.value == 1
    assert all(value is None or value == pytest.approx(1) for value in values(found))
    assert (found.alpha.value is None) == (len({label for label, _ in units}) == 1)


@FEW
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=2, max_size=20))
def test_two_raters_and_complete_data_join_the_coefficients(units: list[tuple[int, int]]) -> None:
    """Fleiss' kappa of two raters is Scott's pi, and alpha is pi with its correction for small samples."""
    found = agreement_of(patterns(units), 4)
    n = 2 * len(units)
    if found.fleiss.value is None:
        assert found.alpha.value is None
        return
    assert found.alpha.value == pytest.approx(found.fleiss.value + (1 - found.fleiss.value) / n)


@FEW
@given(UNITS)
def test_no_figure_is_above_one_nor_outside_what_its_interval_can_be(units: list[list[int | None]]) -> None:
    found = agreement_of(patterns(units), 4)
    for figure in (found.percent, found.cohen, found.fleiss, found.alpha):
        for value in (figure.value, figure.low, figure.high):
            assert value is None or value <= 1 + 1e-9
        assert (figure.low is None) == (figure.high is None)
        assert figure.low is None or figure.high is None or figure.low <= figure.high
        assert figure.value is not None or figure.why
