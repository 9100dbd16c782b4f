"""How far what is attributed reaches: to the end of the clause, never over “but”, never into the next attribution."""

from collections.abc import Sequence
from typing import Final

from claims.text.cue_spans import OCCASIONS
from claims.text.findings import Finding
from claims.text.lexicon import OUTLET_NAMES
from claims.text.phrase_bounds import core_end
from claims.text.shallow_parse import AUXILIARY, FINITE, Parse

_REACH: Final = 14
_LOOSE: Final = ',;:-.c"b'
# Only before these may content end, or before a verb where the content is part of a subject.
_BREAKING: Final = ";b),cs:-i"
_BY_NOUNS: Final = frozenset(("noun", "noun-of", "noun-by", "noun-given"))
_CONTRASTS: Final = frozenset(("while", "whereas", "although", "though"))
_VENUE_PREPOSITIONS: Final = frozenset(("in", "on", "during", "at"))
# “said the army was ready | in a Reuters report”: where it was read, not what was said.
OUTLET_PIECES: Final = frozenset(("report", "article", "story", "interview"))
_OPENING_MARKS: Final = frozenset('“"')


def settle(parse: Parse, findings: Sequence[Finding]) -> list[Finding]:
    """Give each finding the end of its content, and leave out those that lie inside the content of another."""
    ordered = sorted(findings, key=lambda finding: (finding.extent, finding.cue))
    following: int | None = None
    for finding in reversed(ordered):
        if finding.right is not None and finding.last is None:
            finding.last = _end(parse, finding, following)
        if is_apart(parse, finding):
            following = finding.extent
    _lend_content(ordered)
    return _outermost(ordered)


def _lend_content(ordered: Sequence[Finding]) -> None:
    """“The Post, citing officials, reported that …”: what the outlet reports is what the officials said."""
    for finding in ordered:
        if finding.rule == "cited" and not finding.pieces():
            for other in ordered:
                if other is not finding and other.pieces() and other.relays:
                    finding.left, finding.right, finding.last = other.left, other.right, other.last
                    break


def is_apart(parse: Parse, finding: Finding) -> bool:
    """Whether a finding goes on beside the one before it rather than inside its content."""
    before = parse.tag(finding.extent - 1)
    if finding.inherits:
        return True
    if before == "," and parse.tags[0] in "svgi" and finding.manner == "quotation":
        return True
    if finding.left is not None:
        return before in (",", "Q", "-", ".")
    if finding.rule in ("according-to", "cited", "in-a-report"):
        return True
    if before == "c" or before == "b":
        return parse.tag(finding.extent - 2) in (",", "-", ";", "Q") or before == "b"
    if parse.lower(finding.extent - 1) == "with":
        return parse.tag(finding.extent - 2) == ","
    if before == "s":
        return parse.lower(finding.extent - 1) in ("while", "although", "though", "whereas", "as") and (
            parse.tag(finding.extent - 2) == ","
        )
    return before in (";", "Q")


def _end(parse: Parse, finding: Finding, following: int | None) -> int:
    """The index of the last word of what stands behind the cue."""
    tags = parse.tags
    start = finding.right or 0
    stop = len(tags)
    if following is not None and following > start:
        stop = min(stop, following)
    if finding.manner == "quotation" and tags[start : start + 1] == "Q":
        stop = min(stop, _quotation_end(parse, start))
    breaking = _BREAKING + "vehmx" if finding.closes else _BREAKING
    for at in range(start + 1, stop):
        if tags[at] in breaking and _breaks(parse, at, finding):
            stop = at
            break
    last = stop - 1
    while last > start and tags[last] in _LOOSE + ("s" if last + 1 == following else ""):
        last -= 1
    return _with_closing_mark(parse, start, last)


def _with_closing_mark(parse: Parse, start: int, last: int) -> int:
    """The mark that closes a quotation of few words belongs to the content that opens it."""
    if parse.sentence.vocabulary.isdisjoint(_OPENING_MARKS):
        return last
    opened = sum(parse.words[at].text in '“"' for at in range(start, last + 1))
    closed = sum(parse.words[at].text in "”" for at in range(start, last + 1))
    for at in range(last + 1, min(last + 3, len(parse.words))):
        if parse.words[at].text in '”"' and opened > closed:
            return at
    return last


def _quotation_end(parse: Parse, at: int) -> int:
    """The end of quotations that follow each other; words behind an unfinished one belong to it."""
    tags, text = parse.tags, parse.sentence.text
    while at + 1 < len(tags):
        closing = text[parse.words[at].end - 2 : parse.words[at].end - 1]
        after = tags[at + 1]
        if after == "Q":
            at += 1
        elif after in "c," and tags[at + 2 : at + 3] in ("Q", "t"):
            at += 2
        elif after in ",.;-" or closing in ",.?!" or (after == "c" and tags[at + 2 : at + 3] in ("v", "g")):
            return at + 1
        else:
            return len(tags)
    return at + 1


def _breaks(parse: Parse, at: int, finding: Finding) -> bool:
    tags = parse.tags
    tag = tags[at]
    if tag == ";":
        return True
    if tag == "i" and parse.lower(at) == "in" and parse.lower(at + 1) in ("a", "an"):
        piece = parse.words[at + 2 : at + 4]
        if len(piece) > 1 and piece[0].text in OUTLET_NAMES and piece[1].lower in OUTLET_PIECES:
            return parse.tag(at + 4) in (".", "", ",")
    if tag == "b":
        return _begins_clause(parse, at + 1)
    if tag == ")":
        return "(" not in tags[finding.cue[0] : at]
    after = tags[at + 1 : at + 2]
    if tag == "," and finding.relative and after in ("v", "e", "h", "m", "x"):
        return True
    if tag == "," and after == "s" and finding.manner == "clause" and parse.lower(at + 1) in _CONTRASTS:
        return _begins_clause(parse, at + 2)
    if (finding.opening or finding.closes) and tag == ",":
        return True
    if finding.closes and _is_second_verb(parse, at, finding.right or 0):
        return True
    return finding.manner == "object" and _ends_object(parse, at)


def _is_second_verb(parse: Parse, at: int, start: int) -> bool:
    """“Holt’s claim that the vote was rigged | drew criticism”: the verb of the sentence behind that of the clause."""
    tags = parse.tags
    if tags[at] not in "vehmx" or tags[at - 1] in AUXILIARY or tags[at - 1] in "wtpcT":
        return False
    behind = tags[start:at]
    verbs = sum(
        tag in "vehmxB" and (index == 0 or behind[index - 1] not in "ehmx!r") for index, tag in enumerate(behind)
    )
    clauses = 1 + sum(tag in "wsqc," for tag in behind) + behind[1:].count("t")
    return verbs >= clauses and not (tags[at - 1] == "r" and tags[at - 2] in "ehmx")


def _begins_clause(parse: Parse, at: int) -> bool:
    """A subject and its verb: “but neither side agreed”, as opposed to “bad but necessary”."""
    tags = parse.tags
    if parse.tag(at) not in ("p", "d", "u", "n", "P", "c"):
        return False
    return any(tag in FINITE for tag in tags[at + 1 : at + _REACH])


def _ends_object(parse: Parse, at: int) -> bool:
    tags = parse.tags
    tag, after = tags[at], tags[at + 1 : at + 2]
    if tag == ",":
        return after in ("g", "s", "i", "w", "r", "p", "v") or (
            after == "c" and tags[at + 2 : at + 3] in ("v", "p", "r", "g")
        )
    if tag == "c":
        return after == "v" and tags[at - 1] not in "v"
    if tag == "s":
        return parse.lower(at) in ("while", "when", "as", "although", "though", "whereas") and _begins_clause(
            parse, at + 1
        )
    if tag in ":-":
        return True
    if tag == "i" and parse.lower(at) in _VENUE_PREPOSITIONS:
        end = core_end(parse, at + 1)
        return end is not None and any(parse.words[index].lower in OCCASIONS for index in range(at + 1, end + 1))
    return False


def _outermost(ordered: Sequence[Finding]) -> list[Finding]:
    longest: dict[int, int] = {}
    for finding in ordered:
        longest[finding.cue[0]] = max(longest.get(finding.cue[0], -1), finding.cue[1])
    ordered = [
        finding
        for finding in ordered
        if longest[finding.cue[0]] == finding.cue[1]
        and not (finding.rule in _BY_NOUNS and any(_is_wider(other, finding) for other in ordered))
    ]
    return [
        one
        for at, one in enumerate(ordered)
        if not any(
            _holds(other, one) and (index < at or not _holds(one, other))
            for index, other in enumerate(ordered)
            if index != at
        )
    ]


def _is_wider(other: Finding, finding: Finding) -> bool:
    """“told jurors in her opening statement”: the noun is part of another cue."""
    return other.rule not in _BY_NOUNS and other.cue[0] < finding.cue[0] and finding.cue[1] <= other.cue[1]


def _holds(outer: Finding, inner: Finding) -> bool:
    """Whether the whole of one attribution lies in the content of another."""
    if outer.source is not None and outer.source[0] <= inner.cue[0] <= outer.source[1] and not outer.inherits:
        return True
    if outer.rule == "hedge":
        return False
    if outer.relays and inner.source is not None and inner.speaks:
        return False
    return any(first <= inner.extent and inner.cue[1] <= last for first, last in outer.pieces())
