"""An attribution as indexes of words, before it becomes spans of the text."""

from dataclasses import dataclass

from claims.text.phrase_bounds import Phrase


@dataclass(slots=True)
class Finding:
    """Who (`source`), by which words (`cue`), for what: `left` stands before the source, `right` begins behind the cue.

    All are indexes of words. `last` is the end of the content behind the cue.

    `manner`: how far that goes, "clause", "object" or "quotation". `inherits`: the source stands before an earlier
    verb (“he praised it and said …”). `relative`: the cue is in a relative clause. `apostrophe`: the cue begins with
    the “’s” of its source. `relays`: the source is an outlet, behind whom another may speak. `closes`: the content is
    part of a subject, so the next verb ends it. `opening`: the cue opens the sentence, so a comma ends the content.
    `speaks`: the verb is one of speech. `base`: the verb, in its base form.
    """

    source: Phrase | None
    cue: Phrase
    rule: str
    left: Phrase | None = None
    right: int | None = None
    last: int | None = None
    manner: str = "clause"
    inherits: bool = False
    relative: bool = False
    apostrophe: bool = False
    relays: bool = False
    closes: bool = False
    opening: bool = False
    speaks: bool = False
    base: str = ""

    @property
    def extent(self) -> int:
        """The index of its first word, source or cue."""
        return min(self.cue[0], self.source[0]) if self.source and not self.inherits else self.cue[0]

    def pieces(self) -> list[Phrase]:
        """What is attributed, in the order of the text."""
        found = [self.left] if self.left is not None else []
        if self.right is not None and self.last is not None and self.last >= self.right:
            found.append((self.right, self.last))
        return sorted(found)
