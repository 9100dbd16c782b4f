"""What stands before its source: “The bill would fail,” Holt said; The bill, Holt said, would fail."""

from claims.text.cue_verbs import CueVerb
from claims.text.findings import Finding
from claims.text.phrase_bounds import Phrase
from claims.text.shallow_parse import FINITE, Parse


def content_before(parse: Parse, source: Phrase, verb: CueVerb) -> Phrase | None:
    """What stands before a source, as in “The bill would fail, Holt said”."""
    before = parse.tag(source[0] - 1)
    if not verb.parenthetical and not (verb.quotation and "Q" in parse.tags[max(0, source[0] - 2) : source[0]]):
        return None
    if before in (",", "-"):
        return clause_before(parse, source[0] - 1)
    return clause_before(parse, source[0]) if before in ("Q", ".") else None


def clause_before(parse: Parse, mark: int) -> Phrase | None:
    """The clause or quotation that ends before the index `mark`."""
    tags = parse.tags
    if mark <= 0:
        return None
    if tags[mark - 1] == "," and parse.words[mark].text in '”"’':
        found = clause_before(parse, mark - 1)
        return None if found is None else (found[0], mark)
    begin = tags.rfind(";", 0, mark) + 1
    if tags[mark - 1] == "Q":
        first = mark - 1
        while first > begin and (tags[first - 1] == "Q" or (tags[first - 1] in ",c" and tags[first - 2] == "Q")):
            first -= 1
        if first == begin or not any(tag in FINITE for tag in tags[begin:first]):
            return first, mark - 1
    while begin < mark - 1 and tags[begin] in "cb,":
        begin += 1
    return (begin, mark - 1) if begin <= mark - 1 else None


def was_said(parse: Parse, phrase: Phrase) -> bool:
    """A quotation, or a clause of its own: “They left, she said, “for good””, not “On Monday, she said, “…””."""
    return is_quoted(parse, phrase) or (parse.tags[phrase[0]] in "pdun" and _is_clause(parse, phrase))


def is_quoted(parse: Parse, phrase: Phrase) -> bool:
    """Whether a quotation lies in these words."""
    return "Q" in parse.tags[phrase[0] : phrase[1] + 1]


def continue_behind(parse: Parse, finding: Finding, end: int) -> None:
    """Add what goes on behind a clause in the middle: The bill, Holt said, would fail."""
    left = finding.left
    at = end + 1
    while parse.tag(at) in ("k", "r"):
        at += 1
    mark = parse.tag(at)
    if left is None or mark not in (",", "-", ":", "Q", "."):
        finding.left = left if left is not None and _is_clause(parse, left) else None
        return
    begin = at if mark == "Q" else at + 1
    after = parse.tag(begin)
    if after == "Q":
        finding.right, finding.manner = begin, "quotation"
    elif (
        mark in ",-"
        and after
        and not is_quoted(parse, left)
        and (after not in "gc.s" or parse.lower(begin) in ("if", "unless"))
    ):
        finding.right = begin
    if finding.right is None and not _is_clause(parse, left):
        finding.left = None


def _is_clause(parse: Parse, phrase: Phrase) -> bool:
    tags = parse.tags[phrase[0] : phrase[1] + 1]
    return "Q" in tags or any(tag in FINITE for tag in tags) or (len(tags) > 4 and tags[0] in "pdunaP#")
