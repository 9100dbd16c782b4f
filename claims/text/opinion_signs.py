"""Signs of judgement and of plain reporting in a sentence: what the model of `opinion.py` weighs.

A sign belongs to no topic: kinds of words and phrases, marks, how the sentence begins, what it quotes and counts. Words
inside quotations are hidden before, and what is attributed to others counts as that alone.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from claims.text import opinion_forms
from claims.text.lexicons import lexicon
from claims.text.words import QUOTED

Hit = tuple[str, int, int]

_LISTS: Final = lexicon("en_opinion")
_PREFIX: Final = "sign_"
_TOKEN: Final = re.compile(rf"{QUOTED}++|[^\W\d_]++(?:[’&.-][^\W\d_]++)*+|\d[\d.,:]*+|[^\w\s]")
_PAST: Final = re.compile(r"[a-z]{3}ed\b")
# Longer ones are no sentences of prose, and signs of them would mean nothing.
_LONGEST: Final = 1_200
_MOST: Final = 3.0
_TITLE: Final = 0.6
_SHORT: Final = 15
_LONG: Final = 30
# Longer sentences hold more of everything: a sign weighs less in them, but not as much less as they are longer.
_USUAL: Final = 22
_LEAST: Final = 10
_DAMPING: Final = 0.4
_FORMS: Final[dict[str, Callable[[str], Iterable[str]]]] = {
    "adjectives": opinion_forms.of_adjective,
    "verbs": opinion_forms.of_verb,
    "nouns": opinion_forms.of_noun,
}
_ENDINGS: Final = {
    **dict.fromkeys(("ous", "ful", "ish"), "ends-ous-ful-ish"),
    "ess": "ends-less-ness",
    **dict.fromkeys(("ism", "ist"), "ends-ism-ist"),
    "ble": "ends-ble",
    "est": "ends-est",
}
_ENDED: Final = 6
_JUDGING: Final = frozenset(
    ("adjectives_praise", "adjectives_blame", "nouns_loaded", "verbs_loaded", "phrases_images", "attitudes", "manners")
)
_COLOURED: Final = frozenset(("adjectives_coloured", "nouns_coloured", "verbs_coloured"))
_NOT_OF_NAMES: Final = _JUDGING | _COLOURED | {"adjectives_mild", "adjectives_stance", "nouns_stance", "nouns_values"}
_PREDICATES: Final = frozenset(
    (
        "adjectives_praise",
        "adjectives_blame",
        "adjectives_mild",
        "adjectives_stance",
        "adjectives_coloured",
        "nouns_loaded",
        "nouns_stance",
    )
)
_STARTS: Final = frozenset(
    (
        "turns",
        "conditional",
        "wondering",
        "demanding",
        "attitudes",
        "pronouns_of_talk",
        "generic",
        "reader",
        "negations",
    )
)
_WRITER: Final = frozenset(("i", "we", "you", "i’d", "i’ll", "we’d", "we’ll", "one"))
_TURNS: Final = frozenset((";", "but"))
_BE: Final = frozenset(
    (
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "being",
        "isn’t",
        "aren’t",
        "wasn’t",
        "seems",
        "looks",
        "feels",
        "remains",
    )
)
_MARKS: Final = {
    ":": "colon",
    ";": "semicolon",
    "—": "dash",
    "–": "dash",
    "(": "brackets",
    "…": "ellipsis",
    "$": "money",
}
_PAIRS: Final = (
    ("not-but", "not", "but"),
    ("less-than", "less", "than"),
    ("more-than", "more", "than"),
    ("too-to", "too", "to"),
    ("so-that", "so", "that"),
    ("as-as", "as", "as"),
    ("neither-nor", "neither", "nor"),
)
_REACH: Final = 12


# Where these words mean what they say: “moving forward”, “wooden sticks”, “shells exploded”.
_MOTION: Final = frozenset(
    (
        *(
            "forward",
            "ahead",
            "to",
            "toward",
            "towards",
            "from",
            "into",
            "in",
            "out",
            "on",
            "up",
            "down",
            "back",
            "away",
        ),
        *("through", "across", "along", "around", "the", "its", "his", "her", "their", "closer", "north", "south"),
    )
)
_PERFORMED: Final = frozenset(
    (
        "acting",
        "cast",
        "delivery",
        "dialogue",
        "lead",
        "lines",
        "performance",
        "performances",
        "prose",
        "script",
        "style",
    )
)
_AMMUNITION: Final = frozenset(
    (
        *("ammunition", "bomb", "bombs", "device", "devices", "drone", "drones", "explosives", "gas", "grenade"),
        *("grenades", "mine", "mines", "missile", "missiles", "rocket", "rockets", "shell", "shells", "tank", "tanks"),
    )
)


def _words() -> dict[str, tuple[str, ...]]:
    """Each word of the lists with the signs that it is."""
    found: dict[str, set[str]] = {}
    for key, value in _LISTS.lists.items():
        name = key.removeprefix(_PREFIX)
        if isinstance(value, str):
            forms = _FORMS.get(name.split("_")[0])
            for word in value.split():
                for form in forms(word) if forms else (word,):
                    found.setdefault(form.replace("'", "’"), set()).add(name)
    # What others are said to think is no argument of the writer's.
    for signs in found.values():
        if "saying" in signs:
            signs.discard("verbs_arguing")
    return {word: tuple(sorted(signs)) for word, signs in found.items()}


def _phrases() -> dict[str, dict[str, list[tuple[list[str], str]]]]:
    """The phrases of the lists by their first and second words: what follows these, and the sign."""
    found: dict[str, dict[str, list[tuple[list[str], str]]]] = {}
    for key, value in _LISTS.lists.items():
        if not isinstance(value, str):
            for phrase in value:
                first, *rest = phrase.replace("'", "’").split()
                at = found.setdefault(first, {}).setdefault(rest[0] if rest else "", [])
                at.append((rest[1:], key.removeprefix(_PREFIX)))
    return found


_SIGNS: Final = _words()
_PHRASES: Final = _phrases()
_SAYING: Final = frozenset(word for word, signs in _SIGNS.items() if "saying" in signs)
_PREDICATED: Final = frozenset(word for word, signs in _SIGNS.items() if not _PREDICATES.isdisjoint(signs))


@dataclass(frozen=True, slots=True)
class Signs:
    """How strong each sign is in a sentence, by its name, and the tokens (sign, first, after the last) that show it."""

    values: dict[str, float]
    hits: list[Hit]


def signs_in(masked: str) -> Signs:
    """Find the signs in a sentence whose quotations are hidden, as `Sentence.masked` gives it."""
    tokens = _TOKEN.findall(masked[:_LONGEST])
    lower = [token.lower() for token in tokens]
    capitals = sum(map(str.istitle, tokens)) + sum(map(str.isupper, tokens))
    title = capitals > _TITLE * len(tokens)
    first, last = _attributed(lower)
    values: dict[str, float] = {}
    hits: list[Hit] = []
    judging = 0
    for hit in _hits(tokens, lower, title):
        sign, start, _ = hit
        if first <= start < last:
            continue
        hits.append(hit)
        judging += sign in _JUDGING
        values[sign] = min(_MOST, values.get(sign, 0.0) + 1)
    length = max(1, len(tokens))
    damped = (_USUAL / max(_LEAST, length)) ** _DAMPING
    values = {sign: value * damped for sign, value in values.items()}
    if judging:
        values["judging-at-all"] = 1.0
        values["judging-share"] = min(0.5, judging / length)
    if capitals and not title:
        values["named"] = min(1.0, (capitals - 1) / length)
    values["attributed"] = (last - first) / length
    _add_form(values, masked, lower, length)
    return Signs(values, hits)


def tokens_of(masked: str) -> list[str]:
    """The tokens of the sentence in small letters: the signs' hits count by these."""
    return [token.lower() for token in _TOKEN.findall(masked[:_LONGEST])]


def span_of(masked: str, first: int, last: int) -> tuple[int, int]:
    """Where the tokens `first` to `last` (exclusive) stand in the sentence, in code points of it."""
    places = [match.span() for match in _TOKEN.finditer(masked[:_LONGEST])]
    return places[first][0], places[last - 1][1]


def _hits(tokens: list[str], lower: list[str], title: bool) -> Iterator[Hit]:
    for at, word in enumerate(lower):
        signs = _SIGNS.get(word)
        if signs is not None and not _is_literal(lower, at):
            if at and not title and tokens[at] != word:
                signs = tuple(sign for sign in signs if sign not in _NOT_OF_NAMES)
            for sign in signs:
                yield sign, at, at + 1
        elif len(word) >= _ENDED and tokens[at] == word:
            ending = _ENDINGS.get(word[-3:]) or ("ends-ly" if word.endswith("ly") else None)
            if ending is not None:
                yield ending, at, at + 1
        following = _PHRASES.get(word)
        if following is not None and at + 1 < len(lower):
            for rest, sign in following.get(lower[at + 1], ()):
                after = at + 2 + len(rest)
                if lower[at + 2 : after] == rest:
                    yield sign, at, after


def _is_literal(lower: list[str], at: int) -> bool:
    """Whether a word that may judge means here only what it says."""
    word = lower[at]
    following = lower[at + 1] if at + 1 < len(lower) else ""
    if word == "moving":
        return following in _MOTION
    if word == "wooden":
        return following.isalpha() and following not in _PERFORMED
    return word.startswith("explod") and not _AMMUNITION.isdisjoint(lower)


def _attributed(lower: list[str]) -> tuple[int, int]:
    """The tokens that somebody else is said to hold: after "he said", or before ", he said" at the end."""
    if _SAYING.isdisjoint(lower):
        return 0, 0
    for at, word in enumerate(lower):
        if word not in _SAYING or not at:
            continue
        if word == "according":
            return 0, at
        if not _WRITER.isdisjoint(lower[max(0, at - 3) : at]):
            continue
        before = lower[max(0, at - 7) : at]
        if at > len(lower) / 2 and "," in before and "that" not in before:
            return 0, at - before[::-1].index(",")
        return at + 1, next((far for far in range(at + 1, len(lower)) if lower[far] in _TURNS), len(lower))
    return 0, 0


def _add_form(values: dict[str, float], masked: str, lower: list[str], length: int) -> None:
    """Marks, figures, tenses, length, how the sentence begins and ends, and turns of several words."""
    values["quoted"] = masked.count(QUOTED) / max(1, len(masked))
    values["digits"] = min(_MOST, sum(map(str.isdigit, lower)))
    values["past"] = min(_MOST, len(_PAST.findall(masked)))
    if length < _SHORT:
        values["short"] = 1 - length / _SHORT
    elif length > _LONG:
        values["long"] = min(1.0, (length - _LONG) / _LONG)
    for mark in _MARKS.keys() & set(lower):
        values[_MARKS[mark]] = 1.0
    if "?" in lower[-3:]:
        values["question"] = 1.0
    elif "!" in lower[-3:]:
        values["exclamation"] = 1.0
    if ("“" in masked or '"' in masked) and QUOTED not in masked:
        values["scare-quotes"] = 1.0
    for sign in _SIGNS.get(lower[0], ()) if lower else ():
        if sign in _STARTS:
            values[f"starts-{sign}"] = 1.0
    if not _BE.isdisjoint(lower) and not _PREDICATED.isdisjoint(lower):
        beings = (at for at, word in enumerate(lower) if word in _BE)
        if any(not _PREDICATED.isdisjoint(lower[at + 1 : at + 5]) for at in beings):
            values["is-judged"] = 1.0
    for name, one, other in _PAIRS:
        if one in lower:
            at = lower.index(one)
            if other in lower[at + 2 : at + _REACH]:
                values[name] = 1.0
    if ("first_singular" in values or "first_plural" in values) and "phrases_own" not in values:
        values["writer-tells"] = 1.0
