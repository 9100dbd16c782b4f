"""The desk's work as JSON Lines: UTF-8, an object a line, the same bytes for the same data; see docs/json-lines.md."""

import json
from collections.abc import Iterator
from typing import Final

from claims.exchange.chosen import Chosen
from claims.exchange.kinds import EVERYTHING, FORMAT, HEADER
from claims.exchange.lines_of import Line, lines_of
from claims.exchange.work_kinds import KINDS
from claims.exchange.write_csv import Block
from claims.models.one_moment import one_moment
from claims.vocabulary import SCHEME_VERSION

# A block ends with the line that makes it as long as this.
LINES_IN_BLOCK: Final = 500
CHARACTERS_IN_BLOCK: Final = 200_000
_encode: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode


def json_lines_blocks(chosen: Chosen, counts: dict[str, int] | None = None) -> Iterator[Block]:
    """Write what was chosen, in blocks to be sent one after the other; the first line says what the file is.

    `rows` of a block counts its lines, without that one; `counts`, a counter, is told how many there are of each type.
    Memory does not grow with the number of lines; everything is of one moment.
    """
    yield Block(_encode(header(chosen)) + "\n", 0)
    with one_moment():
        block: list[str] = []
        length = 0
        for line in _lines(chosen):
            if counts is not None:
                counts[line["type"]] += 1
            block.append(_encode(line) + "\n")
            length += len(block[-1])
            if len(block) == LINES_IN_BLOCK or length >= CHARACTERS_IN_BLOCK:
                yield Block("".join(block), len(block))
                block, length = [], 0
        if block:
            yield Block("".join(block), len(block))


def header(chosen: Chosen) -> Line:
    """The first line. No time stands in it: equal data makes equal files."""
    return {
        "type": HEADER,
        "format": FORMAT,
        "scheme_version": SCHEME_VERSION,
        "seen": chosen.seen,
        "whole": chosen.is_whole,
    }


def _lines(chosen: Chosen) -> Iterator[Line]:
    for kind in KINDS:
        yield from lines_of(kind, chosen.rows(kind), everything=chosen.seen == EVERYTHING)
