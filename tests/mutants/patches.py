"""The patches as they lie here, and how one is put into a copy of the tree."""

import re
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent
HEADER = re.compile(r"^# (breaks|red): (.+)$", re.M)
# One file's part of a patch, and one place in it.
FILE = re.compile(r"^--- a/(?P<path>\S+)\n\+\+\+ b/(?P=path)\n(?P<hunks>(?:(?!--- a/)[@ +-].*\n)+)", re.M)
HUNK = re.compile(r"^@@.*\n((?:[ +-].*\n)+)", re.M)


class DoesNotApply(ValueError):
    """The lines that a patch changes do not stand in the file, or stand there more than once."""


@dataclass(frozen=True)
class Mutant:
    """One patch: what it breaks, which test files have to turn red, and (path, old lines, new lines) of each change."""

    name: str
    breaks: str
    red: tuple[str, ...]
    changes: tuple[tuple[str, str, str], ...]

    def applied(self, root: Path) -> dict[Path, str]:
        """The new text of each file that it changes, read below `root`. Raises DoesNotApply.

        Only the words of the lines count, not their numbers: what moves in a file needs no new patch.
        """
        texts: dict[Path, str] = {}
        for path, old, new in self.changes:
            file = root / path
            text = texts.get(file) or (file.read_text(encoding="utf-8") if file.is_file() else "")
            if (times := f"\n{text}".count(f"\n{old}")) != 1:
                raise DoesNotApply(f"{self.name}: these lines stand {times} times in {path}, not once:\n{old}")
            texts[file] = f"\n{text}".replace(f"\n{old}", f"\n{new}")[1:]
        return texts


def read(path: Path) -> Mutant:
    """The mutant that a file describes."""
    text = path.read_text(encoding="utf-8")
    headers = HEADER.findall(text)
    changes = [
        (found["path"], _side(hunk, "-"), _side(hunk, "+"))
        for found in FILE.finditer(text)
        for hunk in HUNK.findall(found["hunks"])
    ]
    breaks = " ".join(said for kind, said in headers if kind == "breaks")
    return Mutant(path.stem, breaks, tuple(said for kind, said in headers if kind == "red"), tuple(changes))


def _side(hunk: str, sign: str) -> str:
    """The lines of a hunk before (-) or after (+) the change."""
    return "".join(line[1:] for line in hunk.splitlines(keepends=True) if line[0] in f" {sign}")


def everything() -> list[Mutant]:
    """All mutants, by name."""
    return [read(path) for path in sorted(FOLDER.glob("*.patch"))]
