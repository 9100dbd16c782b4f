"""How far people agree: percent agreement, Cohen's kappa, Fleiss' kappa, Krippendorff's alpha, each with an interval.

Nothing here knows of a database. A unit (a claim) is its ratings: pairs of a rater and the number of a label, from 0.
Units with the same ratings are one pattern with a weight. So a thousand resamples of many units are a thousand rows of
weights, and each coefficient is worked out for all rows at once.

docs/agreement.md has the formulas and the published examples that the tests hold them to.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Final

import numpy as np
from numpy.typing import NDArray

Ratings = tuple[tuple[int, int], ...]
Patterns = Mapping[Ratings, int]
Floats = NDArray[np.float64]

RESAMPLES: Final = 1_000
# Where every resampling starts, so that the same labels give the same interval each time.
SEED: Final = 1960
# Below this many units one more of them moves the figure by more than three points in a hundred, and resampling so few
# gives intervals that are too narrow.
FEWEST_UNITS: Final = 30
# The interval is what the middle of the resamples spans. Where too many of them have no value it would mislead.
_MIDDLE: Final = (2.5, 97.5)
_MUST_BE_DEFINED: Final = 0.9
# Beyond this a mean over pairs takes more time and memory than it is worth: single pairs can still be looked at.
MOST_PATTERNS: Final = 1_000

NO_UNITS: Final = "no claims"
NO_VARIATION: Final = "no variation"
TOO_MANY_PAIRS: Final = "too many pairs"


@dataclass(frozen=True)
class Figure:
    """One coefficient with its 95 % interval; None where it is undefined, and `why` says why in two or three words.

    A value without an interval is one that too many resamples do not have.
    """

    value: float | None
    low: float | None = None
    high: float | None = None
    why: str = ""


@dataclass(frozen=True)
class Agreement:
    """Every figure for the same units. `percent` is a share, 0 to 1; the coefficients go from below 0 to 1."""

    units: int
    ratings: int
    percent: Figure
    cohen: Figure
    fleiss: Figure
    alpha: Figure

    @property
    def is_few(self) -> bool:
        """Whether there are too few units for the figures to be relied on."""
        return self.units < FEWEST_UNITS


def agreement_of(patterns: Patterns, labels: int) -> Agreement:
    """All figures for these units, each rated by two people or more with `labels` labels.

    `patterns` counts the units of each set of ratings; the order of what is in it makes no difference.
    """
    by_counts = _counted(patterns, labels)
    counts = np.array(list(by_counts), dtype=np.float64).reshape(len(by_counts), labels)
    weights = np.array(list(by_counts.values()), dtype=np.float64)
    samples = _resampled(weights)

    def figure(coefficient: Callable[[Floats, Floats], Floats]) -> Figure:
        return _figure(coefficient(counts, samples)) if weights.size else Figure(None, why=NO_UNITS)

    return Agreement(
        units=int(weights.sum()),
        ratings=int((weights @ counts).sum()),
        percent=figure(percent_agreement),
        cohen=_cohen_of(patterns, labels),
        fleiss=figure(fleiss_kappa),
        alpha=figure(krippendorff_alpha),
    )


def one_against_rest(patterns: Patterns, label: int) -> Counter[Ratings]:
    """The same units with two labels: 1 for this one, 0 for any other."""
    found: Counter[Ratings] = Counter()
    for ratings, weight in patterns.items():
        found[tuple((rater, int(given == label)) for rater, given in ratings)] += weight
    return found


def percent_agreement(counts: Floats, weights: Floats) -> Floats:
    """The share of pairs of ratings that are equal, averaged over units.

    `counts` has a row for each pattern: how often each label was given, twice or more in all. `weights` has a row for
    each sample: how many units have each pattern. The answer has a value for each sample, NaN where it is undefined.
    """
    return _ratio(weights @ _equal_pairs(counts), weights.sum(axis=1))


def fleiss_kappa(counts: Floats, weights: Floats) -> Floats:
    """Fleiss' kappa (Fleiss 1971), for samples as in `percent_agreement`.

    Where units have different numbers of ratings, each unit counts the same in what is expected by chance (Gwet 2014);
    with equal numbers this is Fleiss' own formula.
    """
    observed = percent_agreement(counts, weights)
    shares = counts / counts.sum(axis=1, keepdims=True)
    expected = _ratio(((weights @ shares) ** 2).sum(axis=1), weights.sum(axis=1) ** 2)
    return _ratio(observed - expected, 1 - expected)


def krippendorff_alpha(counts: Floats, weights: Floats) -> Floats:
    """Krippendorff's alpha for nominal data with missing values (Krippendorff 2011), for samples as above.

    Each unit adds its pairs of values to the coincidence matrix, weighted by one less than its number of values.
    """
    ratings = counts.sum(axis=1)
    coincidences = weights @ (_equal_pairs(counts) * ratings)
    of_label = weights @ counts
    n = of_label.sum(axis=1)
    return 1 - _ratio((n - 1) * (n - coincidences), n**2 - (of_label**2).sum(axis=1))


def cohen_kappa(tables: Floats) -> Floats:
    """Cohen's kappa (Cohen 1960) of each table in a stack: one rater's labels by rows, the other's by columns."""
    n = tables.sum(axis=(1, 2))
    by_chance = (tables.sum(axis=2) * tables.sum(axis=1)).sum(axis=1)
    return _ratio(n * np.trace(tables, axis1=1, axis2=2) - by_chance, n**2 - by_chance)


def _equal_pairs(counts: Floats) -> Floats:
    """The share of each pattern's pairs of ratings that are equal."""
    ratings = counts.sum(axis=1)
    shares: Floats = (counts * (counts - 1)).sum(axis=1) / (ratings * (ratings - 1))
    return shares


def _cohen_of(patterns: Patterns, labels: int) -> Figure:
    """Cohen's kappa of two raters; of more of them the mean over pairs, weighted by the units that both rated.

    (Light 1971 takes the mean over pairs who rated everything; here few have rated the same.)
    """
    if not patterns:
        return Figure(None, why=NO_UNITS)
    if len(patterns) > MOST_PATTERNS:
        return Figure(None, why=TOO_MANY_PAIRS)
    places = _places(patterns, labels)
    samples = _resampled(np.array([patterns[ratings] for ratings in sorted(patterns)], dtype=np.float64))
    total, units = np.zeros(len(samples)), np.zeros(len(samples))
    for of_pair in places.values():
        cells = np.zeros((len(samples), labels * labels))
        for pattern, cell in of_pair:
            cells[:, cell] += samples[:, pattern]
        kappa = cohen_kappa(cells.reshape(-1, labels, labels))
        both = np.where(np.isnan(kappa), 0, cells.sum(axis=1))
        total += both * np.nan_to_num(kappa)
        units += both
    return _figure(_ratio(total, units))


def _places(patterns: Patterns, labels: int) -> dict[tuple[int, int], list[tuple[int, int]]]:
    """For each pair of raters: the numbers of the patterns that both are in, and the cell of their table each adds to.

    Patterns are numbered in their sorted order, cells row by row.
    """
    places: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for number, ratings in enumerate(sorted(patterns)):
        for (one, its_label), (other, other_label) in combinations(sorted(ratings), 2):
            places.setdefault((one, other), []).append((number, its_label * labels + other_label))
    return places


def _counted(patterns: Patterns, labels: int) -> dict[tuple[int, ...], int]:
    """How many units have each count of labels, in the order of the counts."""
    found: Counter[tuple[int, ...]] = Counter()
    for ratings, weight in patterns.items():
        counts = [0] * labels
        for _, label in ratings:
            counts[label] += 1
        found[tuple(counts)] += weight
    return dict(sorted(found.items()))


def _resampled(weights: Floats) -> Floats:
    """The weights as they are in the first row, and in each of the others those of as many units drawn from them."""
    units = int(weights.sum())
    if not units:
        return weights.reshape(1, -1)
    drawn = np.random.default_rng(SEED).multinomial(units, weights / units, size=RESAMPLES)
    return np.vstack([weights, drawn.astype(np.float64)])


def _figure(values: Floats) -> Figure:
    """The first value, with what the middle of the others spans."""
    if np.isnan(values[0]):
        return Figure(None, why=NO_VARIATION)
    defined = values[1:][~np.isnan(values[1:])]
    if defined.size < _MUST_BE_DEFINED * RESAMPLES:
        return Figure(float(values[0]), why=NO_VARIATION)
    low, high = np.percentile(defined, _MIDDLE)
    return Figure(float(values[0]), float(low), float(high))


def _ratio(above: Floats, below: Floats) -> Floats:
    """A quotient, NaN where there is nothing to divide by. Rounding leaves less than 1e-12 where zero is meant."""
    nothing = np.full(above.shape, np.nan)
    quotient: Floats = np.divide(above, below, out=nothing, where=below > 1e-12)
    return quotient
