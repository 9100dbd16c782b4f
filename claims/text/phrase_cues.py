"""Attributions without a verb of their own: according to, per, a colon, hedges, and feelings as adjectives."""

from collections.abc import Iterator
from itertools import islice
from typing import Final

from claims.text import lexicon
from claims.text.complements import has_own_verb
from claims.text.findings import Finding
from claims.text.lexicon import PEOPLE
from claims.text.lexicons import lexicon as read_lexicon
from claims.text.phrase_bounds import Phrase, core_end, phrase_end, subject_before, verb_group_start
from claims.text.shallow_parse import FINITE, Parse, is_title_case

_EN: Final = read_lexicon("en")
_ADJECTIVES: Final = _EN.words("cue_adjectives")
_FOLLOWERS: Final = _EN.words("cue_adjective_followers")
_LABELS: Final = _EN.words("colon_labels")
_SPEAKING_NOUNS: Final = _EN.words("poll_nouns")
_LINKING: Final = frozenset(
    (
        "feel",
        "feels",
        "felt",
        "feeling",
        "remain",
        "remains",
        "remained",
        "seem",
        "seems",
        "seemed",
        "grew",
        "became",
        "appear",
        "appears",
        "appeared",
        "sound",
        "sounds",
        "sounded",
        "looked",
    )
)
# “according to reports from Bloomberg”: the outlet is the source.
_PASSED_ON: Final = frozenset(("report", "article", "data", "figure", "information"))
_MOST: Final = 8
_HEADLINE: Final = 7
_CITED: Final = frozenset(
    ("per", "cited", "reported", "quoted", "outlined", "described", "stated", "noted", "detailed", "explained")
)
_VIEW: Final = frozenset(("view", "opinion", "words", "mind", "estimation", "telling", "judgment", "judgement", "eyes"))
TRIGGERS: Final = _ADJECTIVES | _CITED | _VIEW | {"according"}


def by_phrases(parse: Parse) -> Iterator[Finding]:
    """Every attribution by a phrase, in the order of the text."""
    vocabulary = parse.sentence.vocabulary
    if "according" in vocabulary:
        yield from islice(_according(parse), _MOST)
    if vocabulary & _CITED:
        yield from islice(_cited(parse), _MOST)
    if vocabulary & _ADJECTIVES:
        yield from islice(_adjectives(parse), _MOST)
    if vocabulary & _VIEW:
        yield from islice(_views(parse), _MOST)
    if ":" in parse.tags:
        yield from _colon(parse)


def _according(parse: Parse) -> Iterator[Finding]:
    for at, word in enumerate(parse.words[:-2]):
        if word.lower == "according" and parse.words[at + 1].lower == "to":
            passed_on = parse.lower(at + 2).removesuffix("s") in _PASSED_ON and parse.lower(at + 3) in (
                "from",
                "by",
                "in",
            )
            yield from _named_behind(parse, at, at + (4 if passed_on else 2), "according-to")


def _cited(parse: Parse) -> Iterator[Finding]:
    for at, word in enumerate(parse.words[:-1]):
        if word.lower == "per" and parse.tag(at + 1) in ("u", "d") and parse.tag(at - 1) in (",", "Q", "", "("):
            yield from _named_behind(parse, at, at + 1, "cited")
        elif word.lower in _CITED and parse.lower(at + 1) in ("by", "in") and parse.lower(at - 1) == "as":
            yield from _named_behind(parse, at - 1, at + 2, "cited")


def _named_behind(parse: Parse, cue: int, begin: int, rule: str) -> Iterator[Finding]:
    """A source behind its cue; the content stands before them, or behind them where they begin the sentence."""
    tags = parse.tags
    behind = (
        cue == 0 or tags[cue - 1] in "tsb" or (tags[cue - 1] == "," and tags[cue - 2 : cue - 1] in ("w", "t", "b", "c"))
    )
    end = phrase_end(parse, begin, opens=behind)
    if end is None:
        return
    finding = Finding((begin, end), (cue, begin - 1), rule)
    start = cue
    while start and tags[start - 1] in ",-(":
        start -= 1
    opens = max(tags.rfind(";", 0, start), tags.rfind("b", 0, start) if _starts_clause(parse, start) else -1) + 1
    while opens < start and (tags[opens] in "cb," or (tags[opens] == "r" and tags[opens + 1] == ",")):
        opens += 1
    if start - opens > 2 and not behind:
        finding.left = (opens, start - 1)
        closed = parse.tag(end + 1)
        if closed == "," and tags[start - 1] not in ".Q" and not any(tag in FINITE for tag in tags[opens:start]):
            finding.right = end + 2
    elif end + 2 < len(tags):
        finding.right = end + 2 if tags[end + 1] in ",:" else end + 1
    if finding.left is not None or finding.right is not None:
        yield finding


def _starts_clause(parse: Parse, stop: int) -> bool:
    at = parse.tags.rfind("b", 0, stop)
    return (
        at >= 0
        and parse.tag(at + 1) in ("p", "d", "u", "n")
        and any(tag in FINITE for tag in parse.tags[at + 1 : stop])
    )


def _adjectives(parse: Parse) -> Iterator[Finding]:
    """“is confident that”, “was worried about”, “remains opposed to”."""
    tags = parse.tags
    for at, word in enumerate(parse.words):
        if word.lower not in _ADJECTIVES or not at:
            continue
        group = verb_group_start(parse, at)
        linked = "e" in tags[group:at] or (group and parse.words[group - 1].lower in _LINKING)
        follows = parse.lower(at + 1)
        if not linked or (
            follows not in _FOLLOWERS and not (parse.tag(at + 1) in ("p", "d") and has_own_verb(parse, at + 1))
        ):
            continue
        if "e" not in tags[group:at]:
            group = verb_group_start(parse, group - 1)
        source = subject_before(parse, group)
        if source is None and group and tags[group - 1] in "wt":
            continue
        if source is not None:
            clause = follows == "that" or parse.tag(at + 1) in ("p", "d") or parse.tag(at + 2) == "B"
            behind = at + 1 if clause else at + 2
            if behind < len(parse.words):
                manner = "clause" if clause else "object"
                yield Finding(source, (group, behind - 1), "feeling", right=behind, manner=manner)


def _views(parse: Parse) -> Iterator[Finding]:
    """“in the words of Holt”, “in Holt’s view”."""
    for at, word in enumerate(parse.words[:-1]):
        if word.lower != "in":
            continue
        if parse.lower(at + 1) == "the" and parse.lower(at + 2) in _VIEW and parse.lower(at + 3) == "of":
            yield from _named_behind(parse, at, at + 4, "according-to")
        elif parse.tag(at + 1) in ("P", "u", "d"):
            view = next((index for index in range(at + 2, min(at + 7, len(parse.words)))
                         if parse.lower(index) in _VIEW), None)  # fmt: skip
            if view is not None and parse.tag(view - 1) in ("P", "d") and parse.lower(at + 1) not in lexicon.SELVES:
                yield from _view_of(parse, at, view)


def _view_of(parse: Parse, at: int, view: int) -> Iterator[Finding]:
    source = (at + 1, view - 1)
    if parse.lower(at + 1) in ("the", "a", "this", "that") and parse.tag(view - 1) == "d":
        return
    right = view + 2 if parse.tag(view + 1) == "," else view + 1
    if at == 0 and right < len(parse.words):
        yield Finding(source, (view, view), "according-to", right=right)
    elif at > 3 and parse.tag(at - 1) == ",":
        yield Finding(source, (view, view), "according-to", left=(0, at - 2))


def _colon(parse: Parse) -> Iterator[Finding]:
    """“Mayor: Budget is fine”, “Poll: Most oppose the tax”, “HOLT: We will win”."""
    tags = parse.tags
    at = tags.index(":")
    words = parse.words
    if not 0 < at <= _HEADLINE or at + 2 >= len(words) or words[at].end == words[at + 1].start:
        return
    if any(word.lower in _LABELS for word in words[:at]) or any(tag in "vehmxgiwstq" for tag in tags[:at]):
        return
    if words[0].named and (core_end(parse, 0) or 0) >= at - 2 and _can_speak(parse, at):
        yield Finding((0, at - 1), (at, at), "colon", right=at + 1)


def _can_speak(parse: Parse, colon: int) -> bool:
    last = parse.words[colon - 1]
    if last.lower in PEOPLE or last.lower in _SPEAKING_NOUNS or last.lower.endswith("ers"):
        return True
    rest = parse.words[colon + 1 :]
    known = last.text in parse.memory.names or last.text in lexicon.BODIES or last.text.isupper()
    return known or (last.named and not is_title_case(rest)) or parse.tag(colon + 1) == "Q"


def hedges(parse: Parse) -> Iterator[Finding]:
    """“reportedly”, “allegedly”: a cue with nobody behind it, for the clause around it."""
    if parse.sentence.vocabulary.isdisjoint(lexicon.HEDGES):
        return
    for at, word in enumerate(parse.words):
        if word.lower in lexicon.HEDGES:
            left, right = _clause_around(parse, at)
            yield Finding(None, (at, at), "hedge", left=left, right=right)


def _clause_around(parse: Parse, at: int) -> tuple[Phrase | None, int | None]:
    tags = parse.tags
    start = max(tags.rfind(mark, 0, at) for mark in ";b") + 1
    while start < at and tags[start] in "cb,":
        start += 1
    left = (start, at - 1) if start < at and tags[at - 1] != "," else None
    right = at + 1 if at + 1 < len(tags) and tags[at + 1] != "." else None
    return left, right
