"""Signs that two texts rest on one origin, with their evidence in both; whether they do is for people to find.

That no sign is found says nothing: agreement without a sign of copying is not independent, but not known.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from claims.relations import OriginSignKind
from claims.text import sentences
from claims.text.credit_lines import Credit, credited, credits_in, same_outlet
from claims.text.shared_runs import MOST_TEXT, Coded, kept, quoted_in, read_words, runs, shared_runs, unquoted
from claims.text.shingles import resemblance, sketch
from claims.text.wording import Vocabulary
from claims.vocabulary import COVERAGE_ZONES, ZoneKind

__all__ = ["OriginSign", "Passage", "origin_signs", "repeats_within", "resemblance", "shared_runs", "sketch"]

Span = tuple[int, int]

SHARED_WORDS: Final = 8
QUOTED_WORDS: Final = 4
# Of a run or a quotation, so many words begin small: a row of names and titles is nobody's wording.
_OWN_WORDS: Final = 3
# Of the shorter text, so much is in the other; or so much of both by their sketches.
_COPIED: Final = 0.5
_MOST_SPANS: Final = 100
# A caption repeats a sentence that has so many words, and so many of them the same.
_CAPTION_WORDS: Final = 8
_REPEATED: Final = 0.7
_MOST_CAPTIONS: Final = 300
# Sentences are looked for in so many code points of each part of a page.
_MOST_TOLD: Final = 300_000
_COMMON: Final = 100
# “Newsweek contacted …”, “The Times has reached out to …”.
_ASKED: Final = re.compile(
    r"(?P<who>(?:The )?[A-Z][\w’'.&-]{0,30}(?:[ \u00a0][A-Z0-9][\w’'.&-]{0,30}){0,4})[ \u00a0](?:(?:has|have|had|also)"
    r"[ \u00a0]){0,2}(?:contacted|reached out|approached|asked|emailed|written|requested|sought)\b"
)
_OF_THE_PAGE: Final = frozenset({*COVERAGE_ZONES, ZoneKind.CAPTION})


@dataclass(frozen=True)
class Passage:
    """The text of an article and what is known of it; "" or () where that is not.

    `zones` are (kind, start, end) as claims.text.zones has them; without zones, all is body. `voice` is as whom the
    text speaks, `credits` whom it is known to credit, `outlet` where it was published.
    """

    text: str
    zones: tuple[tuple[str, int, int], ...] = ()
    voice: str = ""
    credits: tuple[str, ...] = ()
    outlet: str = ""

    def of(self, kinds: Iterable[str]) -> list[Span]:
        """The stretches of these kinds of zones, within the part that is read."""
        wanted = frozenset(kinds)
        if not self.zones:
            return [(0, min(len(self.text), MOST_TEXT))] if ZoneKind.BODY in wanted else []
        return [(start, min(end, MOST_TEXT)) for kind, start, end in self.zones if kind in wanted and start < MOST_TEXT]


@dataclass(frozen=True)
class OriginSign:
    """One sign, with the spans of its evidence in each text, in code points, and a sentence for reviewers.

    The sentence names outlets, and quotes nothing of the texts.
    """

    kind: OriginSignKind
    a: tuple[Span, ...]
    b: tuple[Span, ...]
    why: str


def origin_signs(a: Passage, b: Passage) -> list[OriginSign]:
    """Every sign that two articles rest on one origin; of each text, the first MOST_TEXT code points are read.

    Time is near-linear in the length of both. Comments of readers and page furniture are nobody's reporting; of them
    only teasers are looked at, for sentences that they repeat.
    """
    vocabulary = Vocabulary()
    ours, theirs = _Page.of(a, vocabulary), _Page.of(b, vocabulary)
    found = [*_copied(ours, theirs), *_quoted(ours, theirs), *_credited(a, b), *_voices(a, b)]
    captions = [*_repeats(ours, theirs), *((mine, yours) for yours, mine in _repeats(theirs, ours))]
    if captions:
        spans = tuple(one for one, _ in captions), tuple(other for _, other in captions)
        why = "A caption or teaser of one page repeats a sentence of the other, nearly word for word."
        found.append(OriginSign(OriginSignKind.CAPTION_REPEAT, *spans, why))
    return found


def repeats_within(passage: Passage) -> list[OriginSign]:
    """Captions and teasers of a page that repeat a sentence of it, one sign for each; `a` is in the body or headline.

    Two machine renderings of one sentence count as one: who counted both would count twice.
    """
    why = "A caption or teaser repeats a sentence of the same page, nearly word for word: it counts once."
    page = _Page.of(passage, Vocabulary())
    return [
        OriginSign(OriginSignKind.CAPTION_REPEAT, (body,), (caption,), why) for caption, body in _repeats(page, page)
    ]


@dataclass(frozen=True)
class _Page:
    """An article with its words."""

    passage: Passage
    words: Coded
    quoted: list[Span]

    @classmethod
    def of(cls, passage: Passage, vocabulary: Vocabulary) -> "_Page":
        quoted = quoted_in(passage.text, passage.of(_OF_THE_PAGE))
        return cls(passage, read_words(passage.text, vocabulary), quoted)

    @property
    def text(self) -> str:
        return self.passage.text


def _own(text: str, words: Coded, run: Span) -> bool:
    """Whether a run has words of its own beside names and titles."""
    small = 0
    for at in range(*run):
        small += text[words.starts[at]].islower()
        if small >= _OWN_WORDS:
            return True
    return False


def _copied(a: _Page, b: _Page) -> Iterable[OriginSign]:
    """Runs that both have outside quotations, and whether the one as a whole is in the other."""
    told = [page.passage.of(COVERAGE_ZONES) for page in (a, b)]
    ours = kept(a.words, unquoted(told[0], a.quoted), 0)
    theirs = kept(b.words, unquoted(told[1], b.quoted), 1)
    found = [run for run in runs(ours, theirs, SHARED_WORDS) if _own(a.text, ours, run[0])]
    if found:
        longest = max(mine[1] - mine[0] for mine, _ in found)
        count = "a run" if len(found) == 1 else f"{len(found)} runs"
        size = f"of {longest} words" if len(found) == 1 else f"of up to {longest} words"
        why = f"Both texts have {count} {size} in the same wording outside quotations."
        yield OriginSign(OriginSignKind.SHARED_PASSAGE, *_spans(ours, theirs, found), why)
    ours, theirs = kept(a.words, told[0], 0), kept(b.words, told[1], 1)
    whole = runs(ours, theirs, SHARED_WORDS)
    shorter = min(len(ours.code), len(theirs.code))
    share = sum(mine[1] - mine[0] for mine, _ in whole) / shorter if shorter else 0.0
    if share >= _COPIED and shorter > 2 * SHARED_WORDS:
        percent = min(100, round(100 * share))
        why = f"{percent} percent of the words of the shorter text stand in the other in the same order."
        yield OriginSign(OriginSignKind.NEAR_COPY, *_spans(ours, theirs, whole), why)


def _spans(ours: Coded, theirs: Coded, found: Sequence[tuple[Span, Span]]) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Where runs of words stand in both texts; the longest where they are many."""
    kept = sorted(sorted(found, key=lambda run: run[0][0] - run[0][1])[:_MOST_SPANS])
    return tuple(ours.span(*mine) for mine, _ in kept), tuple(theirs.span(*yours) for _, yours in kept)


def _quoted(a: _Page, b: _Page) -> Iterable[OriginSign]:
    """Quotations in the same wording: all of the shorter one, or as long a run as tells outside of them."""
    ours, theirs = kept(a.words, a.quoted, 0), kept(b.words, b.quoted, 1)
    found = [
        run
        for run in runs(ours, theirs, QUOTED_WORDS)
        if _own(a.text, ours, run[0])
        and (run[0][1] - run[0][0] >= SHARED_WORDS or _is_whole(ours, run[0]) or _is_whole(theirs, run[1]))
    ]
    if found:
        why = (
            "Both texts quote in the same words. Where they were not said in English, one translation stands behind "
            "both; where they were, two reporters may have heard them."
        )
        yield OriginSign(OriginSignKind.SAME_QUOTATION, *_spans(ours, theirs, found), why)


def _is_whole(words: Coded, run: Span) -> bool:
    """Whether a run of words is all of a quotation: gaps stand on both sides of it."""
    return (run[0] == 0 or words.code[run[0] - 1] < " ") and (run[1] == len(words.code) or words.code[run[1]] < " ")


def _credited(a: Passage, b: Passage) -> Iterable[OriginSign]:
    """One text credits the other's outlet or voice, or both credit the same agency or outlet."""
    also = [name for page in (a, b) for name in (page.voice, page.outlet, *page.credits) if name]
    ours, theirs = (credits_in(page.text, page.of(COVERAGE_ZONES), also) for page in (a, b))
    for page, credits, other, is_first in ((a, ours, b, True), (b, theirs, a, False)):
        named = [name for name in (other.voice, other.outlet) if name and not _is_own(page, name)]
        for name in named:
            spans = tuple((one.start, one.end) for one in credits if same_outlet(one.name, name))[:_MOST_SPANS]
            if spans or any(same_outlet(credit, name) for credit in page.credits):
                which, to = ("first", "second") if is_first else ("second", "first")
                why = f"The {which} text credits {credited(name)}, as which the {to} one was published or speaks."
                yield OriginSign(OriginSignKind.CREDIT_LINE, spans if is_first else (), () if is_first else spans, why)
    mine, yours = _by_name(a, ours), _by_name(b, theirs)
    for name in sorted(mine.keys() & yours.keys()):
        if not any(_is_own(page, name) for page in (a, b)):
            why = f"Both texts credit {name}: see whether it is for the same statement."
            yield OriginSign(OriginSignKind.CREDIT_LINE, mine[name], yours[name], why)


def _is_own(page: Passage, name: str) -> bool:
    return any(own and same_outlet(own, name) for own in (page.voice, page.outlet))


def _by_name(page: Passage, credits: Sequence[Credit]) -> dict[str, tuple[Span, ...]]:
    """The credits of a text by name, those too that are known of it and were not found in its words."""
    found: dict[str, list[Span]] = {credited(name): [] for name in page.credits if credited(name)}
    for credit in credits:
        found.setdefault(credit.name, []).append((credit.start, credit.end))
    return {name: tuple(spans[:_MOST_SPANS]) for name, spans in found.items()}


def _voices(a: Passage, b: Passage) -> Iterable[OriginSign]:
    """The same voice, as it is known or as reply notes show it; the same publisher."""
    ours, theirs = _asking(a), _asking(b)
    said = [(name, other) for name in ours for other in theirs if same_outlet(name, other)]
    stated = bool(a.voice and b.voice) and same_outlet(a.voice, b.voice)
    if said or stated:
        name = credited(a.voice if stated else said[0][0])
        spans = [tuple(span for who, span in found.items() if same_outlet(who, name)) for found in (ours, theirs)]
        notes = " Notes that somebody was asked for comment show it." if all(spans) else ""
        why = f"Both texts speak as {name}: agreement between them is one outlet agreeing with itself.{notes}"
        yield OriginSign(OriginSignKind.SAME_VOICE, spans[0], spans[1], why)
    elif a.outlet and b.outlet and same_outlet(a.outlet, b.outlet):
        why = f"Both texts were published by {credited(a.outlet)}."
        yield OriginSign(OriginSignKind.SAME_VOICE, (), (), why)


def _asking(page: Passage) -> dict[str, Span]:
    """Who says in a text that somebody was asked for comment, with where that stands."""
    found: dict[str, Span] = {}
    for start, end in page.of({ZoneKind.REPLY_NOTE, ZoneKind.UPDATE_NOTE}):
        note = page.text[start:end]
        named = _ASKED.match(note.lstrip())
        if named:
            begin = start + len(note) - len(note.lstrip())
            found.setdefault(named["who"], (begin, begin + len(note.strip())))
    return found


def _repeats(of: _Page, within: _Page) -> list[tuple[Span, Span]]:
    """Sentences of captions and teasers of one page, each with the sentence of the other that it repeats."""
    told = _sentences(of, {ZoneKind.CAPTION, ZoneKind.SITE_CHROME})[:_MOST_CAPTIONS]
    body = _sentences(within, COVERAGE_ZONES) if told else []
    where: dict[str, list[int]] = defaultdict(list)
    for at, (_, words) in enumerate(body):
        for pair in {words[i : i + 2] for i in range(len(words) - 1)}:
            where[pair].append(at)
    found: list[tuple[Span, Span]] = []
    for span, words in told:
        near = Counter(
            at
            for first, second in pairwise(words)
            if len(where.get(first + second, ())) <= _COMMON
            for at in where.get(first + second, ())
        )
        for at, _ in near.most_common(3):
            other = body[at][1]
            both = sum((Counter(words) & Counter(other)).values())
            if 2 * both >= _REPEATED * (len(words) + len(other)):
                found.append((span, body[at][0]))
                break
    return found


def _sentences(page: _Page, kinds: Iterable[str]) -> list[tuple[Span, str]]:
    """The sentences of these zones that are long enough to be told again, each with its words as characters."""
    found: list[tuple[Span, str]] = []
    for start, end in page.passage.of(kinds):
        for first, after in sentences.split(page.text[start : min(end, start + _MOST_TOLD)]):
            span = start + first, start + after
            code = kept(page.words, [span]).code[:-1]
            if len(code) >= _CAPTION_WORDS:
                found.append((span, code))
    return found
