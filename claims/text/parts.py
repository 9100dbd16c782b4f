"""Parts of a sentence, found by their words."""

import re

_SPACES = re.compile(r"\s+")


class NotThere(ValueError):
    """A part whose words do not stand in the sentence, after the part before it. `words` are those that were asked."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


def locate(sentence: str, parts: list[str]) -> list[tuple[int, int]]:
    """Where each part stands in the sentence, each after the one before: (start, end), code points, end exclusive.

    Kinds of space make no difference, everything else does. Raises NotThere for the first part that is not found.
    """
    found, position = [], 0
    for part in parts:
        words = [re.escape(word) for word in _SPACES.split(part.strip())]
        here = re.compile(r"\s+".join(words)).search(sentence, position) if part.strip() else None
        if here is None:
            raise NotThere(part)
        found.append(here.span())
        position = here.end()
    return found
