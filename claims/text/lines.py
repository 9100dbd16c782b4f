"""The lines of a text, and which of them are one paragraph that somebody broke by hand."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

_FIRST_WORD: Final = re.compile(r"\s*+(\S{1,120}+)")
_WRAP_WIDTHS: Final = range(40, 121)
_STOPS: Final = ".!?…:;\"'”’»)]"


class Line(NamedTuple):
    """One line: `text[start:end]` is its words without surrounding space, `text[begin:stop]` all of it.

    `stop` is after the line's own line break. A blank line has start == end.
    """

    begin: int
    start: int
    end: int
    stop: int

    @property
    def blank(self) -> bool:
        return self.start == self.end

    @property
    def indent(self) -> int:
        return self.start - self.begin


def lines_of(text: str) -> Iterator[Line]:
    """Yield every line of a text, in order, together covering it."""
    begin = 0
    for line in text.splitlines(keepends=True):
        words = line.rstrip()
        end, stop = begin + len(words), begin + len(line)
        yield Line(begin, end - len(words.lstrip()), end, stop)
        begin = stop


def paragraphs_of(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans that a sentence may not leave: each line with words, or several where they are hard-wrapped."""
    run: list[Line] = []
    for line in lines_of(text):
        if line.blank:
            yield from _joined(text, run)
            run = []
        else:
            run.append(line)
    yield from _joined(text, run)


def hard_wrapped(text: str, run: Sequence[Line]) -> bool:
    """Tell whether lines without a blank one between them are one paragraph broken at a column.

    Nobody writes lines that each stop just where the next word would not have fitted: that, and a line that ends
    inside a sentence, is what tells wrapping from a list of short paragraphs.
    """
    if len(run) < 2:
        return False
    width = max(line.end - line.start for line in run)
    if width not in _WRAP_WIDTHS:
        return False
    broken = False
    for line, following in pairwise(run):
        word = _FIRST_WORD.match(text, following.start)
        if word is None or line.end - line.start + 1 + len(word[1]) <= width:
            return False
        broken = broken or (text[line.end - 1] not in _STOPS and text[following.start].islower())
    return broken


def _joined(text: str, run: Sequence[Line]) -> Iterator[tuple[int, int]]:
    if hard_wrapped(text, run):
        yield run[0].start, run[-1].end
    else:
        yield from ((line.start, line.end) for line in run)
