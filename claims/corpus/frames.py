"""The sentence frames of `frames.toml`, made ready to be filled."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from claims.vocabulary import Label, Reason

# Words and the names of what is filled in, by turns: a frame begins and ends with words, which may be "".
Parts = tuple[str, ...]

_TABLE: Final = Path(__file__).with_name("frames.toml")
_SLOT: Final = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Attribution:
    """A way to say where a statement comes from: its frame, the label that is right for it, and who speaks."""

    frame: str
    label: Label
    strength: int | None
    reason: str
    speaker: str


@dataclass(frozen=True)
class Fact:
    """One thing that several articles tell, each in one of these clauses; `value` is what they may differ on."""

    value: str
    told: tuple[str, ...]
    low: int
    high: int
    grows: bool


@dataclass(frozen=True)
class Event:
    """A kind of event: what stands above and at the beginning of its articles, and what they tell."""

    title: str
    headlines: tuple[str, ...]
    leads: tuple[str, ...]
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class Frames:
    """All frames. `attributions` has each as often as it is to come."""

    attributions: tuple[Attribution, ...]
    events: tuple[Event, ...]
    facts: tuple[Fact, ...]
    background: tuple[str, ...]
    plain: tuple[str, ...]
    opinions: tuple[str, ...]
    empty: tuple[str, ...]
    captions: tuple[str, ...]
    updates: tuple[str, ...]
    closing: tuple[str, ...]


@cache
def frames() -> Frames:
    """The frames, read once."""
    table = tomllib.loads(_TABLE.read_text(encoding="utf-8"))
    attributions = [(_attribution(one), one["often"]) for one in table["attribution"]]
    return Frames(
        attributions=tuple(one for one, often in attributions for _ in range(often)),
        events=tuple(_event(one) for one in table["event"]),
        facts=tuple(_fact(one) for one in table["fact"]),
        background=tuple(table["background"]["clauses"]),
        plain=tuple(table["background"]["plain"]),
        opinions=tuple(table["opinion"]["sentences"]),
        empty=tuple(table["empty"]["sentences"]),
        captions=tuple(table["notes"]["captions"]),
        updates=tuple(table["notes"]["updates"]),
        closing=tuple(table["notes"]["closing"]),
    )


def _attribution(one: Mapping[str, Any]) -> Attribution:
    reason = Reason(one["reason"]).value if "reason" in one else ""
    return Attribution(one["frame"], Label(one["label"]), one.get("strength"), reason, one.get("speaker", ""))


def _event(one: Mapping[str, Any]) -> Event:
    facts = tuple(_fact(fact) for fact in one["facts"])
    return Event(one["title"], tuple(one["headlines"]), tuple(one["leads"]), facts)


def _fact(one: Mapping[str, Any]) -> Fact:
    return Fact(one["value"], tuple(one["told"]), one.get("low", 0), one.get("high", 0), one.get("grows", False))


@cache
def parts_of(frame: str, clause: str = "") -> Parts:
    """A frame in its parts, with this clause inside it."""
    whole = frame.replace("{clause}", clause).replace("{Clause}", _capital(clause))
    return tuple(_SLOT.split(whole))


def _capital(clause: str) -> str:
    """The clause as a sentence begins; of what is filled in, a name in capital letters says so."""
    at = 1 if clause.startswith("{") else 0
    return clause[:at] + clause[at : at + 1].upper() + clause[at + 1 :]


def fill(parts: Parts, names: Mapping[str, str]) -> list[str]:
    """What is filled into a frame, in order. Raises KeyError for a name that is not there."""
    return [names[slot] if slot[0].islower() else _begun(names[slot.lower()]) for slot in parts[1::2]]


def _begun(words: str) -> str:
    return words[:1].upper() + words[1:]


def joined(parts: Parts, filled: list[str]) -> str:
    """The words of a frame with what was filled in."""
    whole = list(parts)
    whole[1::2] = filled
    return "".join(whole)
