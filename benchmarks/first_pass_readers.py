"""Two readers in one shape: the workbench's first pass, and a plain one of a few regular expressions as its peer."""

import re
from dataclasses import dataclass, field
from typing import Any

from claims.text.reading import annotate

Span = tuple[int, int]


@dataclass(frozen=True)
class Said:
    """What a reader says of one sentence: `opinion` and `confidence` are 0 to 1, `proposed` False if unsure."""

    start: int
    end: int
    label: str
    opinion: float
    strength: int | None
    reason: str | None
    rule: str
    confidence: float
    proposed: bool


@dataclass
class Read:
    """What a reader found in a text."""

    sentences: list[Said] = field(default_factory=list)
    sources: set[Span] = field(default_factory=set)
    cues: set[Span] = field(default_factory=set)
    contents: set[Span] = field(default_factory=set)


def first_pass(text: str, marked: list[Span]) -> Read:
    """The workbench's reading, with every attribution that it finds; it finds the sentences itself."""
    read = Read()
    for entry in annotate(text):
        read.sentences.append(_said(entry))
        for found in entry["attributions"]:
            _add(read, found)
            read.contents.update(found["contents"])
        # A quotation that runs on has no source and cue of its own.
        if not entry["attributions"]:
            read.contents.update([entry["content"]] if entry["content"] else [])
    return read


def proposals(text: str, marked: list[Span]) -> Read:
    """The same, with only the one attribution that a sentence's proposal shows to reviewers."""
    read = Read()
    for entry in annotate(text):
        read.sentences.append(_said(entry))
        _add(read, entry)
        read.contents.update([entry["content"]] if entry["content"] else [])
    return read


def _said(entry: dict[str, Any]) -> Said:
    keys = ("start", "end", "label", "opinion", "strength", "reason", "rule", "confidence", "proposed")
    return Said(**{key: entry[key] for key in keys})


def _add(read: Read, found: dict[str, Any]) -> None:
    read.sources.update([found["source"]] if found["source"] else [])
    read.cues.update([found["cue"]] if found["cue"] else [])


_NAME = r"(?P<source>(?:(?:[Tt]he|[A-Z][\w.'’-]{0,20}),? ){0,4}[A-Z][\w.'’-]{0,20}|[Hh]e|[Ss]he|[Tt]hey|officials)"
_SAY = (
    r"(?P<cue>(?:said|says|told|tells|added|argued|claimed|wrote|announced|warned|called|denied|accused|thinks|believes|"
    r"wants|hopes)\b(?: that)?)"
)
_PLAIN = [
    re.compile(rf"\b{_NAME},? {_SAY}(?P<content>.*)", re.DOTALL),
    re.compile(rf"(?P<content>.*),[”\"’]? {_SAY} {_NAME}", re.DOTALL),
    re.compile(r"(?P<cue>[Aa]ccording to) (?P<source>[^,.]+)(?P<content>)"),
]
_QUOTATION = re.compile(r"[“\"][^“”\"]{20,}(?:[”\"]|$)")
_OPINION = re.compile(
    r"\b(?:should|must|absurd|best|worst|sadly|clearly|of course|shame\w*|ridiculous|let's|we)\b|!$|\?$"
)


def baseline(text: str, marked: list[Span]) -> Read:
    """A name beside a word of saying, "according to", a long quotation, a short list of judging words; nothing else."""
    read = Read()
    for start, end in marked:
        found = next((match for one in _PLAIN if (match := one.search(text, start, end))), None)
        quoted = [match.span() for match in _QUOTATION.finditer(text, start, end)]
        label = "sourced" if found or quoted else "opinion" if _OPINION.search(text, start, end) else "unsourced"
        read.sentences.append(Said(start, end, label, float(label == "opinion"), None, None, "plain", 1.0, True))
        read.contents.update(quoted)
        if found:
            read.sources.add(found.span("source"))
            read.cues.add(found.span("cue"))
            whole = [(start, found.start()), (found.end(), end)] if not found["content"] else [found.span("content")]
            read.contents.update(whole)
    return read
