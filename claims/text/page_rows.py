"""The lines of a page while it is being judged which part of it each of them is."""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from claims.text.lines import Line
from claims.vocabulary import ZoneKind

BULLETS: Final = frozenset("•-–*")
PROSE_END: Final = re.compile(r"[.!?…。！？]['\"’”»)\]]*$")


@dataclass
class Row:
    """A line with words: `kind` is None until a rule speaks, `ends` marks headings after which no article goes on."""

    line: Line
    words: str
    kind: ZoneKind | None = None
    ends: bool = False

    @cached_property
    def prose(self) -> bool:
        """More than four words, and a sentence's end."""
        return len(self.words.split(maxsplit=5)) > 4 and PROSE_END.search(self.words[-8:]) is not None

    @property
    def asks(self) -> bool:
        """A short line that ends in a question mark: as often a headline as a sentence."""
        return self.words[-1] in "?!" and len(self.words) < 120

    @property
    def undecided(self) -> bool:
        return self.kind is None
