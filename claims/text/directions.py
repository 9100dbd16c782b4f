"""Characters that nobody sees and that turn the direction of what follows: kept in a text, and shown where they stand.

They belong to Arabic and Hebrew texts, and they can make a sentence read otherwise than it is written (CVE-2021-42574).
Names and kinds are those of Unicode Standard Annex 9, section 2.
"""

import re
from itertools import groupby
from typing import Final

NAMES: Final = {
    "\u061c": ("ALM", "Arabic letter mark"),
    "\u200e": ("LRM", "left-to-right mark"),
    "\u200f": ("RLM", "right-to-left mark"),
    "\u202a": ("LRE", "left-to-right embedding"),
    "\u202b": ("RLE", "right-to-left embedding"),
    "\u202c": ("PDF", "pop directional formatting"),
    "\u202d": ("LRO", "left-to-right override"),
    "\u202e": ("RLO", "right-to-left override"),
    "\u2066": ("LRI", "left-to-right isolate"),
    "\u2067": ("RLI", "right-to-left isolate"),
    "\u2068": ("FSI", "first strong isolate"),
    "\u2069": ("PDI", "pop directional isolate"),
}
ONE: Final = re.compile(f"[{''.join(NAMES)}]")
RUN: Final = re.compile(f"[{''.join(NAMES)}]+")
_MOST_NAMED: Final = 4


def badge_of(run: str) -> tuple[str, str]:
    """What stands for a run of them: the short names as a badge shows them, "RLO 3×PDF", and the long ones in words."""
    kinds = [(NAMES[kind], len(list(alike))) for kind, alike in groupby(run)]
    more = ["…"] if len(kinds) > _MOST_NAMED else []
    named = kinds[:_MOST_NAMED]
    short = [f"{count}×{names[0]}" if count > 1 else names[0] for names, count in named]
    long = [f"{count} times {names[1]}" if count > 1 else names[1] for names, count in named]
    return " ".join(short + more), ", ".join(long + more)
