"""Further forms of an English word, by spelling alone: a form that nobody uses does no harm in a word list."""

from collections.abc import Iterator
from typing import Final

_VOWELS: Final = frozenset("aeiou")
_LONGEST_WITH_DEGREES: Final = 7


def of_adjective(word: str) -> Iterator[str]:
    """The adjective, its adverb and its degrees: bold, boldly, bolder, boldest."""
    yield word
    if word.endswith("ic"):
        yield f"{word}ally"
    elif word.endswith("le"):
        yield f"{word[:-1]}y"
    elif word.endswith("y"):
        yield f"{word[:-1]}ily"
    elif not word.endswith("ly"):
        yield f"{word}ly"
    if len(word) > _LONGEST_WITH_DEGREES or "-" in word:
        return
    stem = word[:-1] + "i" if word.endswith("y") else word.removesuffix("e")
    yield from (f"{stem}er", f"{stem}est")
    if _doubles(word):
        yield from (f"{word}{word[-1]}er", f"{word}{word[-1]}est")


def of_verb(word: str) -> Iterator[str]:
    """The verb and its regular forms: carry, carries, carried, carrying."""
    yield word
    if word.endswith("y") and word[-2] not in _VOWELS:
        yield from (f"{word[:-1]}ies", f"{word[:-1]}ied", f"{word}ing")
        return
    yield f"{word}es" if word.endswith(("s", "sh", "ch", "x", "z")) else f"{word}s"
    stem = word.removesuffix("e")
    yield from (f"{stem}ed", f"{stem}ing")
    if _doubles(word):
        yield from (f"{word}{word[-1]}ed", f"{word}{word[-1]}ing")


def of_noun(word: str) -> Iterator[str]:
    """The noun and its plural: lie, lies."""
    yield word
    if word.endswith("y") and word[-2] not in _VOWELS:
        yield f"{word[:-1]}ies"
    else:
        yield f"{word}es" if word.endswith(("s", "sh", "ch", "x", "z")) else f"{word}s"


def _doubles(word: str) -> bool:
    """Whether a last consonant is written twice before an ending, as in bigger."""
    return len(word) > 2 and word[-1] not in _VOWELS | set("wxy") and word[-2] in _VOWELS and word[-3] not in _VOWELS
