"""Word lists for reading, a file for each language: `en.toml` beside this module is English."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

FOLDER: Final = Path(__file__).parent


@dataclass(frozen=True)
class Lexicon:
    """The lists of one language, by their names in its file."""

    code: str
    name: str
    lists: Mapping[str, Any]

    def words(self, name: str) -> frozenset[str]:
        """The words of a list that is written as one text; none where the file has no such list."""
        return frozenset(str(self.lists.get(name, "")).split())

    def phrases(self, name: str) -> tuple[str, ...]:
        """The phrases of a list, in their order; none where the file has no such list."""
        return tuple(self.lists.get(name, ()))


@cache
def lexicon(code: str) -> Lexicon:
    """Read the lexicon of a language by its code, as in "en". Raises FileNotFoundError where there is none."""
    found = tomllib.loads((FOLDER / f"{code}.toml").read_text(encoding="utf-8"))
    return Lexicon(found.pop("code"), found.pop("name"), found)
