"""What became of a text, as a page shows it: paragraph by paragraph, with the words that came and went."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from claims.text.diff import Kind, Piece, diff

Span = tuple[int, int]


@dataclass(frozen=True)
class Word:
    """A run of words that stayed, came (`added`) or went (`removed`)."""

    kind: Kind
    text: str


@dataclass(frozen=True)
class Change:
    """One paragraph and what became of it; a long stretch of unchanged ones is `collapsible`."""

    kind: Kind
    words: list[Word]
    collapsible: bool

    @property
    def is_change(self) -> bool:
        """Whether there is anything to see."""
        return self.kind != Kind.SAME


def changes_of(old: str, new: str) -> list[Change]:
    """Both texts in one reading order."""
    return [_change(piece, old, new) for piece in diff(old, new)]


def words_of(old: str, new: str) -> list[Word]:
    """Two versions of the same few words, in one line."""
    return list(_parted(word for change in changes_of(old, new) for word in change.words))


def _change(piece: Piece, old: str, new: str) -> Change:
    before, after = (text[slice(*span)] if span else "" for text, span in ((old, piece.old), (new, piece.new)))
    if piece.runs:
        words = list(_parted(_runs(piece, old, new)))
    elif piece.kind == Kind.REMOVED:
        words = [Word(Kind.REMOVED, before)]
    elif piece.kind == Kind.ADDED:
        words = [Word(Kind.ADDED, after)]
    else:
        words = [Word(Kind.SAME, after or before)]
    return Change(piece.kind, words, piece.collapsible)


def _runs(piece: Piece, old: str, new: str) -> Iterator[Word]:
    for run in piece.runs:
        if run.kind == Kind.CHANGED:
            yield Word(Kind.REMOVED, old[slice(*run.old)])
            yield Word(Kind.ADDED, new[slice(*run.new)])
        elif run.kind == Kind.REMOVED:
            yield Word(Kind.REMOVED, old[slice(*run.old)])
        else:
            before, after = old[slice(*run.old)], new[slice(*run.new)]
            # What parted these words from those that went stands in the old text alone.
            gap = before[len(before.rstrip()) :] if run.kind == Kind.SAME and after == after.rstrip() else ""
            yield Word(run.kind, after + gap)


def _parted(words: Iterable[Word]) -> Iterator[Word]:
    """A space where what went and what came would stand against each other as one word."""
    last = Word(Kind.SAME, " ")
    for word in words:
        if not word.text:
            continue
        if (
            last.kind == Kind.REMOVED
            and word.kind == Kind.ADDED
            and not (last.text[-1].isspace() or word.text[0].isspace())
        ):
            yield Word(Kind.SAME, " ")
        yield word
        last = word
