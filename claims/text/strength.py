"""What strength of sourcing follows from what was entered about an attribution, and why. Never applied by itself.

The table is that of the scheme: see claims.vocabulary.STRENGTHS.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from claims.particulars import SourceKind
from claims.vocabulary import Label, Reason

# A step of the chain: what kind of source it is, or None for an occasion, such as a press conference.
Step = SourceKind | None
# The lowest strength of a source that could be looked up.
_LOWEST_SOURCED: Final = 2
# What can be opened, and where somebody can be looked up who spoke in it.
_WRITTEN: Final = frozenset((SourceKind.DOCUMENT, SourceKind.POST))
_NAMED: Final = {
    SourceKind.BODY: "a named body",
    SourceKind.OUTLET: "another outlet, named as a body is",
    SourceKind.DOCUMENT: "a document that is named, and not cited so that it can be opened",
    SourceKind.POST: "a post that is named, and not cited so that it can be opened",
}


@dataclass(frozen=True)
class Entered:
    """What a reviewer entered: the chain's steps from the root on, and what of the text was marked or ticked.

    `reason` is why they find the claim unsourced, where they have said so: see claims.vocabulary.Reason.
    """

    chain: Sequence[Step] = ()
    marks_source: bool = False
    marks_cue: bool = False
    is_dated: bool = False
    is_openable: bool = False
    is_witnessed: bool = False
    reason: str = ""


@dataclass(frozen=True)
class Suggestion:
    """A strength, the label that it goes with, and why in a sentence. None and "" where nothing was entered yet."""

    strength: int | None
    label: str
    why: str


def suggest_strength(entered: Entered | None) -> Suggestion:
    """The strength that the scheme's table gives for what was entered; None where there is nothing to go by yet."""
    if entered is None:
        return Suggestion(None, "", "Nothing is stored about where it comes from yet, so no strength is suggested.")
    strength, found = _found(entered)
    label = Label.SOURCED if strength >= _LOWEST_SOURCED else Label.UNSOURCED
    return Suggestion(strength, label, f"{found[0].upper()}{found[1:]}: strength {strength}.")


def _found(entered: Entered) -> tuple[int, str]:
    """The strength and what it rests on, in words."""
    if entered.is_witnessed:
        return 5, "the writer witnessed it"
    if entered.is_openable and (written := next((step for step in entered.chain if step in _WRITTEN), None)):
        what = "a document" if written == SourceKind.DOCUMENT else "a post"
        return 5, f"{what} cited so that it can be opened"
    # The first source is the root; an occasion before it says where it was said, and by nobody.
    root = next((step for step in entered.chain if step), None)
    if root == SourceKind.PERSON:
        return _of_person(entered)
    if root == SourceKind.UNNAMED:
        return 2, "a source without a name, but described"
    if root is not None:
        return 3, _NAMED[root]
    return _of_nobody(entered)


def _of_person(entered: Entered) -> tuple[int, str]:
    if None in entered.chain:
        return 4, "a named person, with the occasion" + " and the day" * entered.is_dated
    if entered.is_dated:
        return 4, "a named person, with the day"
    if any(step in _WRITTEN for step in entered.chain):
        return 4, "a named person, with the document or post where they said it"
    relayed = ", relayed by an outlet," if SourceKind.OUTLET in entered.chain else ""
    return 3, f"a named person{relayed} with neither venue, occasion nor day"


def _of_nobody(entered: Entered) -> tuple[int, str]:
    if entered.chain:
        return 1, "an occasion, and nobody who is said to have spoken there"
    if entered.reason == Reason.PASSIVE:
        return 1, "a passive, which names nobody"
    if entered.marks_source:
        return 1, "words that stand for a source, and nobody in the route who could be looked up"
    if entered.marks_cue:
        return 0, "only a hedge or a cue, and no source behind it"
    return 0, "no source at all"
