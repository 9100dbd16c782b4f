"""The forms of English verbs and nouns, made from their base by rule or read from the list of irregular ones."""

from collections.abc import Iterable
from typing import Final, NamedTuple

_VOWELS: Final = ("a", "e", "i", "o", "u")
_HISSING: Final = ("s", "sh", "ch", "x", "z", "o")


class VerbForms(NamedTuple):
    """Say, says, said, said, saying."""

    base: str
    third: str
    past: str
    participle: str
    ing: str


def irregular(lines: Iterable[str]) -> dict[str, VerbForms]:
    """Read lines of "base third past participle -ing"."""
    return {forms[0]: VerbForms(*forms) for forms in (line.split() for line in lines)}


def regular(base: str) -> VerbForms:
    """Make the forms by the rules of spelling; a doubled consonant is made only in words of one syllable."""
    if base.endswith("y") and base[-2:-1] not in _VOWELS:
        return VerbForms(base, base[:-1] + "ies", base[:-1] + "ied", base[:-1] + "ied", base + "ing")
    third = base + ("es" if base.endswith(_HISSING) else "s")
    if base.endswith("e"):
        ing = base + "ing" if base.endswith(("ee", "oe")) else base[:-1] + "ing"
        return VerbForms(base, third, base + "d", base + "d", ing)
    stem = base + base[-1] if _doubles(base) else base
    return VerbForms(base, third, stem + "ed", stem + "ed", stem + "ing")


def _doubles(base: str) -> bool:
    vowels = sum(letter in _VOWELS for letter in base)
    return vowels == 1 and len(base) > 2 and base[-2] in _VOWELS and base[-1] not in "aeiouwxy"


def plural(noun: str) -> str:
    """The plural of a noun by the rules of spelling, and of “-man”."""
    if noun.endswith("y") and noun[-2:-1] not in _VOWELS:
        return noun[:-1] + "ies"
    if noun.endswith("man") and noun != "human":
        return noun[:-3] + "men"
    return noun + ("es" if noun.endswith(("s", "sh", "ch", "x")) else "s")
