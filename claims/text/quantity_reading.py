"""How words and digits are read as quantities: by hand, token after token, in time linear in the text's length."""

import re
from dataclasses import replace
from decimal import Decimal
from typing import Final

from claims.text import number_words as known
from claims.text.lexicon import AUXILIARIES, BOUNDARIES, PREPOSITIONS
from claims.text.number_tokens import DASHES, HYPHENS, Cardinal, Tokens
from claims.text.quantity import Quantity, QuantityKind
from claims.text.quantity_dates import Taken, take_day, take_time

_STARTERS: Final = frozenset(
    {
        *known.ONES,
        *known.TENS,
        *known.MANY,
        *known.ORDINALS,
        *known.FRACTIONS,
        *(month.lower() for month in known.MONTHS),
        *(day.lower() for day in known.WEEKDAYS),
        *known.NEAR_DAYS,
        *known.RELATIVE,
        *known.NUMBERED,
        *known.NUMBERED_WITH_CAPITAL,
        *known.LEADING_WORDS,
    }
)
# What a text without digits has where it has any quantity: “this” alone begins none.
_TELLING: Final = (
    (_STARTERS - known.NUMBERED_WITH_CAPITAL.keys() - known.RELATIVE - {"may", "march", "mar"})
    | known.RELATIVE_UNITS
    | known.NUMBERED.keys()
    | {"war", *(roman.lower() for roman in known.ROMAN if roman != "I")}
)
_DIGIT: Final = re.compile(r"\d")
_LOWER: Final = re.compile(r"[a-z]+")
_DIGITS: Final = frozenset(("iso", "numeric", "clock", "digits"))
_NOUN_ENDS: Final = (AUXILIARIES | BOUNDARIES | PREPOSITIONS | {"of", "and", "the", "a", "an", "more", "s"}) - {"other"}
_NOUN_REACH: Final = 3
_FRACTION_ENDS: Final = frozenset(("of", "the", "its", "their", "his", "her", "all"))
_BEFORE_PREFIX: Final = frozenset(("mid", "pre", "post", "early", "late", "nearly", "some"))
_BEFORE_DIGITS: Final = _STARTERS | _BEFORE_PREFIX
_BEHIND_NAME: Final = frozenset(("", "and", "said", "reported", "that", "on"))
_ORDINAL_SUFFIXES: Final = frozenset(("st", "nd", "rd", "th"))
_PERCENT: Final = "%"


class Reader:
    """Reads the quantities of one text."""

    def __init__(self, text: str) -> None:
        """Cut the text into tokens, where there is anything that a quantity can begin with."""
        has_some = (
            _DIGIT.search(text) is not None
            or "May" in text
            or "March" in text
            or not _TELLING.isdisjoint(_LOWER.findall(text.lower()))
        )
        self._tokens = Tokens(text if has_some else "")

    def read(self) -> list[Quantity]:
        """Every quantity in order."""
        found: list[Quantity] = []
        at, tokens = 0, self._tokens
        starts = [
            index for index, token in enumerate(tokens.every) if token.sort in _DIGITS or token.lower in _STARTERS
        ]
        for start in starts:
            if start < at:
                continue
            taken = self._take(start)
            if taken is not None:
                found += taken[0]
                at = taken[1]
        return found

    def _take(self, at: int) -> Taken | None:
        tokens = self._tokens
        if self._belongs_to_word(at):
            return None
        reference = self._reference(at)
        if reference:
            return reference
        taken = take_day(tokens, at) or take_time(tokens, at)
        return taken or self._fraction(at) or self._ordinal(at) or self._count(at)

    def _belongs_to_word(self, at: int) -> bool:
        """Whether these digits are part of a name: WW3, F-16, Covid-19."""
        tokens = self._tokens
        if tokens[at].sort not in _DIGITS:
            return False
        if tokens.joined(at) and tokens[at - 1].sort == "word":
            return True
        if not (tokens[at - 1].raw in HYPHENS and tokens.joined(at) and tokens.joined(at - 1)):
            return False
        before = tokens[at - 2]
        return before.sort == "word" and before.lower not in _BEFORE_DIGITS

    def _reference(self, at: int) -> Taken | None:
        """Article 5, Resolution 1701, Articles 4 and 5, World War II, phase two, France 24."""
        tokens, token = self._tokens, self._tokens[at]
        if token.sort == "digits":
            return self._named_by_number(at)
        noun = known.NUMBERED.get(token.lower)
        if noun is None and token.raw[0].isupper():
            noun = known.NUMBERED_WITH_CAPITAL.get(token.lower)
        if noun is None:
            return None
        number = at + 1
        if tokens[number].lower in {"no", "number", "nos"} and noun not in {"no", "number"}:
            number += 1
        if tokens[number].raw in {".", "#", "№"}:
            number += 1
        elif noun == "no":
            return None
        found: list[Quantity] = []
        start = token.start
        while (value := self._reference_number(number, token.raw[0].isupper())) is not None:
            end = tokens[number].end
            found.append(Quantity(start, end, QuantityKind.REFERENCE, value, noun, value, value))
            number += 1
            if not token.lower.endswith("s") or tokens[number].lower not in {"and", ",", "or"}:
                break
            start = tokens[number + 1].start
            number += 1
        return (found, number) if found else None

    def _reference_number(self, at: int, capital: bool) -> Decimal | None:
        token = self._tokens[at]
        if token.sort == "digits":
            return Decimal(token.raw.replace(",", "").replace("\u202f", ""))
        value = known.ROMAN.get(token.raw) if capital else None
        value = known.ONES.get(token.lower) if value is None else value
        return None if value is None else Decimal(value)

    def _named_by_number(self, at: int) -> Taken | None:
        """France 24, Boeing 737: a name inside a sentence, and nothing behind the number that it could count."""
        tokens, before = self._tokens, self._tokens[at - 1]
        if not before.raw[:1].isupper() or before.sort != "word" or tokens[at - 2].sort != "word":
            return None
        follows = tokens[at + 1]
        if before.raw in known.MONTHS or before.raw in known.WEEKDAYS or len(tokens[at].raw) == 4:
            return None
        if follows.sort == "mark" and follows.raw in f"%{''.join(DASHES)}{''.join(known.SIGNS)}":
            return None
        if follows.sort == "digits" or (follows.sort == "word" and follows.lower not in _BEHIND_NAME):
            return None
        value = Decimal(tokens[at].raw.replace(",", ""))
        span = before.start, tokens[at].end
        return [Quantity(*span, QuantityKind.REFERENCE, value, before.lower, value, value)], at + 1

    def _fraction(self, at: int) -> Taken | None:
        """Half of, a third of, two-thirds, three quarters: parts of a hundred."""
        tokens, parts, first = self._tokens, 1, at
        if tokens[at].lower in known.ONES and 0 < known.ONES[tokens[at].lower] < 10:
            parts = known.ONES[tokens[at].lower]
            at += 1 + (tokens[at + 1].raw in HYPHENS)
        elif tokens[at - 1].lower in {"a", "an"}:
            first = at - 1
        elif tokens[at].lower != "half" or tokens[at - 1].lower in known.ORDINALS:
            return None
        whole = known.FRACTIONS.get(tokens[at].lower)
        plural = tokens[at].lower.endswith("s")
        if whole is None or parts >= whole or plural != (parts > 1):
            return None
        follows = tokens[at + 1].lower
        if follows != "of" and not (follows in _FRACTION_ENDS and (plural or whole == 2)) and not plural:
            return None
        value = round(Decimal(100 * parts) / whole, 4)
        span = tokens[first].start, tokens[at].end
        rough = whole not in {2, 4, 5, 10}
        return [Quantity(*span, QuantityKind.PERCENT, value, _PERCENT, value, value, approximate=rough)], at + 1

    def _ordinal(self, at: int) -> Taken | None:
        tokens, token = self._tokens, self._tokens[at]
        value, end = known.ORDINALS.get(token.lower), at
        if value is not None:
            if value <= 2 and tokens[at - 1].lower not in known.BEFORE_ORDINALS:
                return None
        elif token.raw.isdecimal() and tokens[at + 1].lower in _ORDINAL_SUFFIXES and tokens.joined(at + 1):
            value, end = int(token.raw), at + 1
        else:
            return None
        exact = Decimal(value)
        span = token.start, tokens[end].end
        return [Quantity(*span, QuantityKind.ORDINAL, exact, "", exact, exact)], end + 1

    def _count(self, at: int) -> Taken | None:
        """A number with its unit: counted, measured, of money or in percent."""
        tokens = self._tokens
        many = self._many(at)
        if many is not None:
            return many
        read = self._half_or_couple(at) or tokens.cardinal(at)
        if read is None:
            return None
        upper = self._upper(read)
        last = upper or read
        low = read.value
        if upper and upper.scaled and not read.scaled and read.value < 1_000:
            low *= _scale_of(upper)
        value = None if upper else low
        start, end = tokens[read.first].start, tokens[last.after - 1].end
        quantity = Quantity(start, end, QuantityKind.NUMBER, value, "", low, upper.value if upper else low)
        quantity, after = self._with_unit(quantity, read, last)
        if tokens[at].lower == "one" and read.after == at + 1 and not upper and not quantity.unit:
            return None
        return [self._bounded(quantity, read.first, after)], after

    def _half_or_couple(self, at: int) -> Cardinal | None:
        """Half a million; a couple of."""
        tokens = self._tokens
        word = tokens[at].lower
        if word == "half" and tokens[at + 1].lower == "a":
            whole = tokens.cardinal(at + 2)
            return None if whole is None else Cardinal(whole.value / 2, at, whole.after, True)
        if word == "couple" and tokens[at - 1].lower == "a":
            return Cardinal(Decimal(2), at - 1, at + 1 + (tokens[at + 1].lower == "of"), False)
        return None

    def _many(self, at: int) -> Taken | None:
        """Dozens of, hundreds, tens of thousands, several hundred."""
        tokens, word = self._tokens, self._tokens[at].lower
        first = at
        if word not in known.MANY:
            if tokens[at - 1].lower not in {"several", "few"} or f"{word}s" not in known.MANY:
                return None
            word, first = f"{word}s", at - 1
        low, after = known.MANY[word], at + 1
        further = tokens[after + 1].lower
        if tokens[after].lower == "of" and further in known.MANY:
            low, after = known.MANY[further] / 2 * low / (2 if word != "tens" else 1), after + 2
            low = low * 2 if word in {"hundreds", "thousands"} else low
        noun = self._noun(after + (tokens[after].lower == "of"))
        span = tokens[first].start, tokens[after - 1].end
        return [Quantity(*span, QuantityKind.NUMBER, None, noun, low, None, approximate=True)], after

    def _upper(self, read: Cardinal) -> Cardinal | None:
        """The other end of a range: 10–15, 10 to 15, two or three, between 10 and 15."""
        tokens, at = self._tokens, read.after
        before, link = tokens[read.first - 1].lower, tokens[at]
        dashed = link.raw in DASHES and tokens.joined(at) and tokens.joined(at + 1)
        linked = link.lower in {"to", "or"} and before != "from"
        if not (dashed or linked or (before == "between" and link.lower == "and")):
            return None
        upper = tokens.cardinal(at + 1)
        if upper is None or upper.first != at + 1:
            return None
        return upper if upper.value > read.value else None

    def _with_unit(self, quantity: Quantity, read: Cardinal, last: Cardinal) -> tuple[Quantity, int]:
        """The quantity with what follows or stands before it, and the token after it."""
        tokens, at = self._tokens, last.after
        sign = tokens[read.first - 1]
        if sign.raw in known.SIGNS or sign.lower in known.CURRENCIES:
            start = sign.start
            if tokens[read.first - 2].lower in {"us", "u.s"} and tokens.joined(read.first - 1):
                start = tokens[read.first - 2].start
            unit = known.SIGNS.get(sign.raw) or known.CURRENCIES[sign.lower]
            return replace(quantity, start=start, kind=QuantityKind.MONEY, unit=unit), at
        hyphen = tokens[at].raw in HYPHENS and tokens.joined(at) and tokens.joined(at + 1)
        unit_at = at + hyphen
        word = tokens[unit_at]
        if word.raw == "%" or word.lower in known.CENTS or (word.lower, tokens[unit_at + 1].lower) == ("per", "cent"):
            unit_at += word.lower == "per"
            point = tokens[unit_at + 1].lower in {"point", "points"}
            unit_at += point
            unit = "point" if point else _PERCENT
            return replace(quantity, end=tokens[unit_at].end, kind=QuantityKind.PERCENT, unit=unit), unit_at + 1
        if word.lower == "percentage" and tokens[unit_at + 1].lower in {"point", "points"}:
            end = tokens[unit_at + 1].end
            return replace(quantity, end=end, kind=QuantityKind.PERCENT, unit="point"), unit_at + 2
        for step in (0, 1):
            if tokens[unit_at + step].lower in known.CURRENCIES:
                unit_at += step
                unit = known.CURRENCIES[tokens[unit_at].lower]
                return replace(quantity, end=tokens[unit_at].end, kind=QuantityKind.MONEY, unit=unit), unit_at + 1
        unit = singular(word.lower)
        if unit in known.MEASURES and (word.lower != "second" or hyphen or quantity.value == 1):
            return replace(quantity, end=word.end, unit=unit), unit_at + 1
        return replace(quantity, unit=self._noun(unit_at, alone=quantity.value == 1)), at

    def _noun(self, at: int, alone: bool = False) -> str:
        """What is counted, as a singular: the first plural within reach; behind “one” a noun that is known."""
        tokens = self._tokens
        for index in range(at, at + _NOUN_REACH):
            token = tokens[index]
            if token.sort != "word" or token.lower in _NOUN_ENDS:
                break
            if alone:
                if token.lower in known.COUNTED:
                    return token.lower
            elif token.lower in known.UNCHANGED or _is_plural(token.lower):
                return singular(token.lower)
        return ""

    def _bounded(self, quantity: Quantity, first: int, after: int) -> Quantity:
        """The quantity with the words before and behind it that say how far it holds."""
        tokens = self._tokens
        before = first - 1
        if quantity.kind is QuantityKind.MONEY and (tokens[before].raw in known.SIGNS):
            before -= 1 + (tokens[before - 1].lower in {"us", "u.s"})
        while tokens[before].lower in {"a", "an", "the", "as"}:
            before -= 1
        bound = self._bound(before)
        if tokens[after].lower == "or" and tokens[after + 1].lower in {"more", "fewer", "less", "so"}:
            bound = {"more": ">", "so": "~"}.get(tokens[after + 1].lower, "<")
        if tokens[first].lower == "a" or tokens[after].raw == "+":
            bound = ">" if tokens[after].raw == "+" else bound
        if bound == ">":
            return replace(quantity, high=None)
        if bound == "<":
            return replace(quantity, low=None)
        return replace(quantity, approximate=True) if bound == "~" else quantity

    def _bound(self, at: int) -> str:
        tokens = self._tokens
        last = tokens[at].lower
        bound = known.BOUNDS.get((tokens[at - 1].lower, last))
        if bound:
            return known.NEGATED_BOUNDS[bound] if bound in "<>" and tokens[at - 2].lower in {"no", "not"} else bound
        return known.BOUNDS.get((last,), "")


def _scale_of(number: Cardinal) -> Decimal:
    """The magnitude of a number that was written with one."""
    for magnitude in sorted(known.MAGNITUDES.values(), reverse=True):
        if number.value >= magnitude:
            return magnitude
    return Decimal(100)


def _is_plural(word: str) -> bool:
    return len(word) > 3 and word.endswith("s") and not word.endswith("ss") and word not in known.NOT_COUNTED


def singular(word: str) -> str:
    """A noun of counting or measuring in the singular, in one spelling."""
    spelled = known.UNIT_SPELLINGS.get(word)
    if spelled is not None:
        return spelled
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    return word[:-1] if _is_plural(word) else word
