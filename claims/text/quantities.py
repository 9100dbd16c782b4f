"""Numbers, dates and what is counted, as English news writes them, in a form in which they can be compared.

“Six weeks” and “a six-week war” are one duration, “1.5 billion” and “1,500 million” one number, “Sept. 12” and
“12 September” one day. Two quantities clash where both cannot hold of the same thing; whether it is the same thing is
for people.
"""

from decimal import Decimal
from typing import Final

from claims.text.number_words import MEASURES
from claims.text.quantity import Quantity, QuantityKind, When
from claims.text.quantity_reading import Reader

__all__ = ["MOST_TEXT", "Quantity", "QuantityKind", "When", "clash", "quantities", "same"]

# A claim is a sentence or a few; what is longer is looked at no further.
MOST_TEXT: Final = 20_000
# How far apart numbers may stand that are called about the same; converted into each other; rounded.
_ABOUT: Final = Decimal("0.1")
_CONVERTED: Final = Decimal("0.02")
_ROUNDED: Final = Decimal("0.05")
# Smaller whole numbers are counted, not rounded.
_COUNTED: Final = 1_000
_HALF_DAY: Final = 720


def clash(a: Quantity, b: Quantity) -> bool | None:
    """Whether the two cannot both hold of one thing; None where they cannot be compared: other sorts, other units.

    A range, a bound (“at least”) or “about” clashes only with what lies outside it, a rounded number not with the one
    that it was rounded from.
    """
    if a.kind is not b.kind:
        return None
    if a.kind is QuantityKind.DATE:
        return _dates_clash(a.when, b.when)
    if a.kind is QuantityKind.TIME:
        return _times_clash(a, b)
    sizes = _sizes(a.unit, b.unit)
    if sizes is None:
        return None
    ours, theirs = sizes
    slack = _slack(a, b) if a.kind not in {QuantityKind.REFERENCE, QuantityKind.ORDINAL} else Decimal(0)
    return _below(a.high, ours, b.low, theirs, slack) or _below(b.high, theirs, a.low, ours, slack)


def same(a: Quantity, b: Quantity) -> bool:
    """Whether the two say the same: no clash, and neither is only a bound or a range around the other."""
    if clash(a, b) is not False:
        return False
    if a.kind in {QuantityKind.DATE, QuantityKind.TIME}:
        return True
    if a.value is None or b.value is None:
        return (a.low, a.high) == (b.low, b.high)
    sizes = _sizes(a.unit, b.unit) or (Decimal(1), Decimal(1))
    least, most = sorted((a.value * sizes[0], b.value * sizes[1]))
    return most - least <= _slack(a, b) * abs(most)


def _sizes(ours: str, theirs: str) -> tuple[Decimal, Decimal] | None:
    """By what to multiply both to compare them; None where that cannot be."""
    if ours == theirs:
        return Decimal(1), Decimal(1)
    mine, yours = MEASURES.get(ours), MEASURES.get(theirs)
    if mine and yours and mine[0] == yours[0]:
        return mine[1], yours[1]
    # What is counted is left out as often: “12 were killed”, “12 soldiers died”.
    return None if mine or yours or (ours and theirs) else (Decimal(1), Decimal(1))


def _slack(a: Quantity, b: Quantity) -> Decimal:
    if a.approximate or b.approximate:
        return _ABOUT
    slack = _CONVERTED if a.unit != b.unit and a.unit in MEASURES and b.unit in MEASURES else Decimal(0)
    if a.value is None or b.value is None or a.unit != b.unit:
        return slack
    return max(slack, _ROUNDED) if _rounds_to(a.value, b.value) or _rounds_to(b.value, a.value) else slack


def _rounds_to(exact: Decimal, rounded: Decimal) -> bool:
    """Whether the second is the first with fewer digits: 1,480 million is 1.5 billion."""
    if abs(rounded) < _COUNTED and exact == exact.to_integral_value():
        return False
    try:
        place = rounded.normalize().as_tuple().exponent
        return exact.quantize(Decimal(1).scaleb(int(place))) == rounded
    except ArithmeticError:
        return False


def _below(high: Decimal | None, size: Decimal, low: Decimal | None, other_size: Decimal, slack: Decimal) -> bool:
    """Whether all of one lies below all of the other."""
    if high is None or low is None:
        return False
    return high * size + slack * abs(high * size) < low * other_size


def _dates_clash(a: When, b: When) -> bool | None:
    if a.relative or b.relative:
        return False if a.relative == b.relative else None
    compared = False
    if a.year is not None and b.year is not None:
        compared = True
        if a.year + a.years <= b.year or b.year + b.years <= a.year:
            return True
    for ours, theirs in ((a.month, b.month), (a.day, b.day), (a.weekday, b.weekday)):
        if ours is not None and theirs is not None:
            compared = True
            if ours != theirs:
                return True
    return False if compared else None


def _times_clash(a: Quantity, b: Quantity) -> bool | None:
    if a.value is None or b.value is None:
        return None
    return (a.value - b.value) % (_HALF_DAY if "12h" in {a.unit, b.unit} else 2 * _HALF_DAY) != 0


def quantities(text: str) -> list[Quantity]:
    """Every quantity of a text in its order, without overlap. Of a text, the first MOST_TEXT code points are read."""
    return Reader(text[:MOST_TEXT]).read()
