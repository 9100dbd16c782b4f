"""English words for numbers, for what is counted and measured, and for what carries a number as its name."""

from decimal import Decimal
from typing import Final


def _words(words: str) -> frozenset[str]:
    return frozenset(words.split())


def _numbered(words: str, first: int = 0, step: int = 1) -> dict[str, int]:
    return {word: first + step * at for at, word in enumerate(words.split())}


ONES: Final = _numbered(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
TENS: Final = _numbered("twenty thirty forty fifty sixty seventy eighty ninety", 20, 10)
MAGNITUDES: Final = {
    "thousand": Decimal(10) ** 3,
    "million": Decimal(10) ** 6,
    "billion": Decimal(10) ** 9,
    "trillion": Decimal(10) ** 12,
    "mn": Decimal(10) ** 6,
    "mln": Decimal(10) ** 6,
    "bn": Decimal(10) ** 9,
    "bln": Decimal(10) ** 9,
    "tn": Decimal(10) ** 12,
    "k": Decimal(10) ** 3,
}
# Short for a magnitude only behind a sum of money: “5m” can be five metres.
MONEY_MAGNITUDES: Final = {"m": Decimal(10) ** 6, "b": Decimal(10) ** 9}
# “Dozens” are at least two dozen.
MANY: Final = {
    "tens": Decimal(20),
    "dozens": Decimal(24),
    "scores": Decimal(40),
    "hundreds": Decimal(200),
    "thousands": Decimal(2_000),
    "millions": Decimal(2_000_000),
    "billions": Decimal(2_000_000_000),
    "trillions": Decimal(2_000_000_000_000),
}
ORDINALS: Final = _numbered(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth",
    1,
)
# “First” and “second” are as often adverbs: they are ordinals behind one of these.
BEFORE_ORDINALS: Final = _words("the a an his her its their our my your this that for s")
FRACTIONS: Final = {
    "half": 2,
    "third": 3,
    "thirds": 3,
    "quarter": 4,
    "quarters": 4,
    "fifth": 5,
    "fifths": 5,
    "tenth": 10,
    "tenths": 10,
}
MONTHS: Final = {
    name: number
    for names in (
        "January February March April May June July August September October November December",
        "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
    )
    for name, number in _numbered(names, 1).items()
} | {"Sept": 9}
# Verbs and a helping verb as well: these are months only with a day, a year or one of the words below beside them.
ALSO_WORDS: Final = _words("May March Mar")
BEFORE_MONTHS: Final = _words(
    "in since until till by of during early late mid last next this before after from through to and"
)
WEEKDAYS: Final = _numbered("Monday Tuesday Wednesday Thursday Friday Saturday Sunday")
NEAR_DAYS: Final = _words("yesterday today tomorrow tonight")
RELATIVE: Final = _words("last next this past earlier later")
RELATIVE_UNITS: Final = _words("week month year weekend decade century spring summer autumn winter")

# What else a quantity can begin with.
LEADING_WORDS: Final = _words("hundred thousand million billion trillion dozen couple noon midnight")

# What is measured, by dimension, each in the smallest of its units.
_MEASURES: Final = {
    "duration": {
        "second": "1",
        "minute": "60",
        "hour": "3600",
        "day": "86400",
        "night": "86400",
        "week": "604800",
        "fortnight": "1209600",
        "month": "2629800",
        "year": "31557600",
        "decade": "315576000",
        "century": "3155760000",
    },
    "length": {
        "millimetre": "0.001",
        "mm": "0.001",
        "centimetre": "0.01",
        "cm": "0.01",
        "inch": "0.0254",
        "foot": "0.3048",
        "ft": "0.3048",
        "yard": "0.9144",
        "metre": "1",
        "kilometre": "1000",
        "km": "1000",
        "mile": "1609.344",
    },
    "mass": {"gram": "0.001", "kilogram": "1", "kg": "1", "kilo": "1", "tonne": "1000", "ton": "1000"},
    "area": {"hectare": "1", "acre": "0.40468564"},
}
MEASURES: Final = {
    unit: (dimension, Decimal(size)) for dimension, units in _MEASURES.items() for unit, size in units.items()
}
UNIT_SPELLINGS: Final = {
    "centuries": "century",
    "feet": "foot",
    "inches": "inch",
    "hrs": "hour",
    "hr": "hour",
    "mins": "minute",
    "min": "minute",
    "secs": "second",
    "yrs": "year",
    "meter": "metre",
    "meters": "metre",
    "kilometer": "kilometre",
    "kilometers": "kilometre",
    "centimeter": "centimetre",
    "centimeters": "centimetre",
    "millimeter": "millimetre",
    "millimeters": "millimetre",
    "kms": "km",
    "people": "person",
    "persons": "person",
    "men": "man",
    "women": "woman",
    "children": "child",
    "countries": "country",
    "bodies": "body",
    "cities": "city",
    "casualties": "casualty",
    "parties": "party",
}
# What is counted without an ending that tells: with “one” before it, it is a number.
COUNTED: Final = _words(
    "person man woman child soldier civilian officer policeman dead killed wounded injured missing peacekeeper vote "
    "country member missile drone tank aircraft plane ship death victim prisoner hostage seat case"
)
UNCHANGED: Final = _words("people men women children police troops personnel aircraft dead killed wounded injured")
# They end in s and are nothing that is counted.
NOT_COUNTED: Final = _words(
    "is was has does this its his us as yes perhaps unless thus always besides across plus minus less versus "
    "says times towards news afterwards years-old"
)
SIGNS: Final = {"$": "usd", "€": "eur", "£": "gbp", "¥": "yen", "₽": "rub", "₴": "uah", "₹": "inr", "₺": "try"}
CURRENCIES: Final = {
    **dict.fromkeys(("dollar", "dollars", "usd"), "usd"),
    **dict.fromkeys(("euro", "euros", "eur"), "eur"),
    **dict.fromkeys(("pounds", "gbp", "sterling"), "gbp"),
    **dict.fromkeys(("ruble", "rubles", "rouble", "roubles", "rub"), "rub"),
    **dict.fromkeys(("hryvnia", "hryvnias", "uah"), "uah"),
    **dict.fromkeys(("yen", "jpy"), "yen"),
    **dict.fromkeys(("yuan", "renminbi", "cny"), "cny"),
    **dict.fromkeys(("rupee", "rupees", "inr"), "inr"),
    **dict.fromkeys(("lira", "liras"), "try"),
    **dict.fromkeys(("dram", "drams"), "amd"),
    **dict.fromkeys(("manat", "manats"), "azn"),
}
CENTS: Final = _words("percent pct")

# What has a number as its name; with a capital, any of these, without one only the first group.
_OFTEN_NUMBERED: Final = (
    "article section clause paragraph chapter annex appendix amendment resolution regulation directive decree protocol "
    "page phase stage tier"
)
NUMBERED: Final = {
    spelled: noun for noun in _OFTEN_NUMBERED.split() for spelled in (noun, f"{noun}s", f"{noun[:-1]}ices")
}
NUMBERED_WITH_CAPITAL: Final = {
    spelled: noun
    for noun in (
        f"{_OFTEN_NUMBERED} rule law act bill order case flight route highway channel group category title question "
        "point item part volume round level room unit number no agenda war formula"
    ).split()
    for spelled in (noun, f"{noun}s")
}
ROMAN: Final = _numbered("I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX", 1)

# Words before a number that say how far it holds: "~" about, ">" or more, "<" or less.
BOUNDS: Final = {
    ("about",): "~",
    ("around",): "~",
    ("roughly",): "~",
    ("approximately",): "~",
    ("some",): "~",
    ("nearly",): "~",
    ("almost",): "~",
    ("circa",): "~",
    ("estimated",): "~",
    ("close", "to"): "~",
    ("over",): ">",
    ("above",): ">",
    ("exceeding",): ">",
    ("least",): ">",
    ("more", "than"): ">",
    ("greater", "than"): ">",
    ("higher", "than"): ">",
    ("fewer", "than"): "<",
    ("less", "than"): "<",
    ("lower", "than"): "<",
    ("under",): "<",
    ("below",): "<",
    ("most",): "<",
    ("maximum", "of"): "<",
    ("minimum", "of"): ">",
    ("up", "to"): "<",
    ("many", "as"): "<",
    ("much", "as"): "<",
    ("excess", "of"): ">",
    ("upwards", "of"): ">",
}
NEGATED_BOUNDS: Final = {">": "<", "<": ">"}
