"""Invented names: people and their offices, towns, rivers, streets, companies, bodies, agencies, and outlets."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from claims.corpus.chance import Chance

_TABLE: Final[dict[str, Any]] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
# Words that are put together to names, and phrases that names are filled into.
_WORDS: Final = {name: tuple(words.split()) for name, words in _TABLE.items() if isinstance(words, str)}
_PHRASES: Final = {name: tuple(phrases) for name, phrases in _TABLE.items() if isinstance(phrases, list)}
AGENCIES: Final = ("Northern Wire", "Continental Press", "Allpress", "Interdesk", "Meridian News", "Coastline")
DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_OUTLETS: Final = 240


@dataclass(frozen=True)
class Speaker:
    """Somebody who is cited: what stands in the text, and the name and role in the registry of sources."""

    words: str
    name: str
    role: str


def town(chance: Chance) -> str:
    """The name of a town."""
    return chance.pick(_WORDS["town_heads"]) + chance.pick(_WORDS["town_tails"])


def person(chance: Chance) -> str:
    """A given name and a family name."""
    return f"{chance.pick(_WORDS['given'])} {chance.pick(_WORDS['family_heads'])}{chance.pick(_WORDS['family_tails'])}"


def surroundings(chance: Chance) -> dict[str, str]:
    """The names around one event, by the words that sentences have for them."""
    names = {
        "town": town(chance),
        "other": town(chance),
        "region": f"{chance.pick(_WORDS['regions'])} {town(chance)}",
        "river": chance.pick(_WORDS["town_heads"]),
        "street": f"{chance.pick(_WORDS['streets'])} Street",
    }
    firms = [f"{town(chance)} {one}" for one in chance.some(_WORDS["firms"], 3)]
    return names | {"firm": firms[0], "firm2": firms[1], "firm3": firms[2]}


def people(chance: Chance, names: dict[str, str]) -> list[Speaker]:
    """The named persons of one event, each with an office."""
    roles = [role.format_map(names) for role in chance.some(_PHRASES["roles"], 5)]
    return [Speaker(name, name, role) for role, name in zip(roles, (person(chance) for _ in roles), strict=True)]


def bodies(chance: Chance, names: dict[str, str]) -> list[Speaker]:
    """The bodies that speak about one event."""
    found = [body.format_map(names) for body in chance.some(_PHRASES["bodies"], 4)]
    return [Speaker(words, words.removeprefix("the "), "") for words in found]


def sites(chance: Chance, names: dict[str, str], count: int) -> list[str]:
    """So many different places of one event."""
    return [site.format_map(names) for site in chance.some(_PHRASES["sites"], count)]


def parties(chance: Chance, names: dict[str, str], count: int) -> list[str]:
    """So many different bodies that can have done one thing."""
    return [party.format_map(names) for party in chance.some(_PHRASES["parties"], count)]


def outlets() -> list[str]:
    """The hosts of all outlets there are, the agencies' own first."""
    wires = [f"{agency.lower().replace(' ', '-')}.example" for agency in AGENCIES]
    chance = Chance("outlets")
    found = dict.fromkeys(wires)
    while len(found) < _OUTLETS:
        found.setdefault(f"{town(chance).lower()}-{chance.pick(_WORDS['papers'])}.example")
    return list(found)
