"""Who a sentence says its statement comes from, by which words, and for what."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from claims.text import lexicon
from claims.text.sources import STRENGTH_OF, Memory, Source, SourceKind, Span, identify, leading_name, occasion_in
from claims.text.words import Sentence, Word

_REACH: Final = 14
# No sentence that somebody wrote has more; a line of nothing but “said” must not cost the square of its length.
_MOST: Final = 8
_ACCORDING: Final = re.compile(
    r"\b[Aa]ccording to(?: (?:reports?|a report|an article|data|figures|information) (?:from|by|in))?\s+"
)
_IN_REPORT: Final = re.compile(
    rf"\bin (?:an?|the|its|their) (?P<name>(?:[A-Z][\w’.-]{{0,30}} ){{1,5}})(?:{lexicon.OUTLET_NOUNS})\b"
)
_CITED: Final = re.compile(r"\b(?:citing|quoted by|as reported by|reported by|per|cited by|told by)\s+(?=[A-Z])")
# Words that ran together at the seam of two clauses: “Bloombergbut neither …”.
_GLUED_BUT: Final = re.compile(r"([A-Z][a-z]{2,30})but$")
_SPEAKING: Final = lexicon.SAYING | lexicon.CLAUSAL
_CLAUSE_END: Final = re.compile(r"(?:,? but |; |,? according to |,? as reported by )")


_Found = tuple[Source, Span, Span | None, str]


@dataclass(frozen=True)
class Attribution:
    """A source, the words that make it one, and what is attributed to it; spans are offsets in the text."""

    source: Source
    cue: Span
    content: Span | None
    rule: str
    strength: int


def attributions(sentence: Sentence, memory: Memory) -> list[Attribution]:
    """Find every attribution that the sentence itself makes, the likeliest first. The writer's own “I say” is none."""
    occasion = occasion_in(sentence)
    found = [
        Attribution(
            source, cue, content, rule, STRENGTH_OF[source.kind] + (occasion and source.kind is SourceKind.PERSON)
        )
        for find in (_by_verb, _by_phrase)
        for source, cue, content, rule in islice(find(sentence, memory), _MOST)
        if source.kind is not SourceKind.SELF
    ]
    # A person speaks first; who passed it on (“according to Interfax”) comes behind.
    return sorted(found, key=lambda attribution: -attribution.strength)


def _by_phrase(sentence: Sentence, memory: Memory) -> Iterator[_Found]:
    for pattern, rule in ((_ACCORDING, "according-to"), (_CITED, "cited")):
        for match in pattern.finditer(sentence.masked):
            source = _name_after(sentence, sentence.start + match.end(), memory)
            if source is not None:
                cue = sentence.start + match.start(), sentence.start + len(sentence.masked[: match.end()].rstrip())
                yield (source, cue, _rest(sentence, cue, source), rule)
    report = _IN_REPORT.search(sentence.masked)
    if report is not None:
        start, end = report.span("name")
        span = sentence.start + start, sentence.start + len(sentence.masked[:end].rstrip())
        cue = sentence.start + report.start(), sentence.start + report.end()
        source = Source(*span, SourceKind.BODY, span)
        yield (source, cue, _rest(sentence, cue, source), "in-a-report")


def _by_verb(sentence: Sentence, memory: Memory) -> Iterator[_Found]:
    words = sentence.words
    latest: Source | None = None
    for at, word in enumerate(words):
        if word.lower not in lexicon.CUE_VERBS or not word.text[0].islower() or _is_not_reporting(words, at):
            continue
        inverted = _inverted(sentence, at, memory)
        if inverted is not None:
            yield inverted
            continue
        source = subject_before(sentence, at, memory, latest)
        if source is None or source.kind is SourceKind.SELF:
            continue
        certain = (word.lower in lexicon.SAYING or word.lower in lexicon.ACTS) and word.lower not in lexicon.ALSO_NOUNS
        if certain or _has_report(words, at) or _needs_no_report(words, at, source):
            latest = source
            yield (source, (word.start, word.end), _content_after(sentence, at), "said")


def _is_not_reporting(words: Sequence[Word], at: int) -> bool:
    """A passive (“was told”), an infinitive (“to say”), a noun (“the reports”) or a denial (“did not say”)."""
    if at == 0:
        return False
    before = words[at - 1].lower
    if before in lexicon.BE or before == "to" or before in lexicon.NEGATIONS:
        return True
    if words[at].lower in lexicon.BASE_FORMS and (
        before in lexicon.AUXILIARIES or before in ("let", "help", "and", "or", "not")
    ):
        return True
    if words[at].lower not in lexicon.ALSO_NOUNS:
        return False
    return (
        before.endswith("’s")
        or before in lexicon.DETERMINERS
        or before in ("of", "from", "by", "in", "media", "news", "such", "on")
    )


def _needs_no_report(words: Sequence[Word], at: int, source: Source) -> bool:
    if at + 2 >= len(words) or not (words[at + 1].plain or words[at + 1].quoted):
        return False
    if words[at].lower in lexicon.SHOWING and any(
        word.lower in lexicon.DOCUMENTS for word in words[max(0, at - _REACH) : at]
    ):
        return True
    return words[at].lower in lexicon.CLAUSAL and source.kind in (
        SourceKind.PERSON,
        SourceKind.BODY,
        SourceKind.DESCRIBED,
    )


def _has_report(words: Sequence[Word], at: int) -> bool:
    """Whether something reported follows: “that …”, “: …”, a quotation, or a clause with its own subject."""
    following = words[at + 1 : at + 3]
    if not following:
        return at > 0 and (words[at - 1].quoted or any(word.quoted for word in words[max(0, at - 4) : at]))
    first = following[0]
    if first.quoted or first.lower in (
        "that",
        "how",
        "why",
        "whether",
        ":",
        "there",
        "it",
        "he",
        "she",
        "they",
        "what",
    ):
        return True
    if any(word.lower == "that" for word in words[at + 2 : at + 6]):
        return True
    if first.text in ",:" and len(following) > 1 and following[1].quoted:
        return True
    if any(word.quoted for word in words[max(0, at - 3) : at]) or any(word.quoted for word in words[at : at + 12]):
        return True
    if words[at].lower in (
        "describes",
        "described",
        "characterizes",
        "characterized",
        "characterises",
        "calls",
        "called",
    ):
        return any(word.lower in ("as", "what") for word in words[max(0, at - 4) : at + 8])
    return (first.named or first.lower in lexicon.DETERMINERS) and any(
        word.lower in lexicon.AUXILIARIES for word in words[at + 2 : at + 12]
    )


def _inverted(sentence: Sentence, at: int, memory: Memory) -> _Found | None:
    """“…,” said Smith: the source stands behind the verb, the quotation or clause before it."""
    words = sentence.words
    if at == 0 or words[at].lower not in lexicon.INVERTIBLE:
        return None
    before = words[at - 1]
    if not before.quoted and words[at].lower in ("asked", "asks", "wrote", "writes"):
        return None
    if not (before.quoted or (before.text == "," and at > 1)) or at + 1 >= len(words):
        return None
    source = _name_after(sentence, words[at + 1].start, memory)
    if source is None or words[at + 1].lower in ("that", "it"):
        return None
    if (
        not before.quoted
        and not words[at - 2].quoted
        and words[at + 1].lower not in lexicon.DETERMINERS
        and not words[at + 1].named
    ):
        return None
    cue = words[at].start, words[at].end
    return (source, cue, (sentence.start, before.end if before.quoted else before.start), "said-inverted")


def subject_before(sentence: Sentence, at: int, memory: Memory, latest: Source | None = None) -> Source | None:
    """Find whom the verb at index `at` has as its subject; `latest` is the source of the verb before it, if any."""
    words = sentence.words
    last = _before_adverbs(words, at - 1)
    if last < 0:
        return leading_name(sentence, memory) if words[at].lower in lexicon.PARTICIPLES else None
    word = words[last]
    if word.lower in ("and", "but", "or", "by", "without", "before", "after", "when", "while", "whilst", "then") or (
        words[at].lower in lexicon.PARTICIPLES and word.text == ","
    ):
        return latest or leading_name(sentence, memory)
    if word.lower in ("who", "which", "that"):
        last -= 2 if last > 1 and words[last - 1].text == "," else 1
        return _name_before(words, last, memory)
    if word.text in ",)–—":
        return _name_before(words, _before_apposition(words, last), memory)
    if not word.plain:
        return None
    source = _name_before(words, last, memory, speaks=words[at].lower in _SPEAKING)
    if source is None:
        # “An official who attended said”: the clause between is the source's, not the subject.
        who = next((index for index in range(last, max(0, last - _REACH), -1) if words[index].lower == "who"), None)
        source = None if who is None else _name_before(words, who - 1, memory, speaks=True)
    return source


def _before_adverbs(words: Sequence[Word], at: int) -> int:
    """Skip “has officially”, “on Monday”, “also”, “later this week” between a subject and its verb."""
    while at >= 0:
        lower = words[at].lower
        if lower in lexicon.BETWEEN or (lower.endswith("ly") and not words[at].named and len(lower) > 4):
            at -= 1
        elif lower in lexicon.TIME_WORDS or (lower.isdigit() and at > 0 and words[at - 1].lower in lexicon.TIME_WORDS):
            at -= 1
            while at >= 0 and words[at].lower in (
                "on",
                "in",
                "at",
                "last",
                "this",
                "earlier",
                "late",
                "early",
                "the",
                "during",
                "next",
            ):
                at -= 1
        else:
            return at
    return at


def _before_apposition(words: Sequence[Word], close: int) -> int:
    """“Aydos Sarym, member of the committee, told”: the index of the last word before the opening comma."""
    opening = {")": "("}.get(words[close].text, words[close].text)
    for at in range(close - 1, max(-1, close - 30), -1):
        if words[at].text == opening:
            return at - 1
    return close - 1


def _name_before(words: Sequence[Word], last: int, memory: Memory, *, speaks: bool = False) -> Source | None:
    """The name that ends at index `last`, with the titles before it."""
    if last < 0 or not words[last].plain:
        return None
    if words[last].lower in lexicon.PRONOUNS or words[last].lower in lexicon.SELVES:
        return identify(words[last : last + 1], memory)
    first = last
    while first > 0 and last - first < _REACH and _belongs(words[first - 1], words[first]):
        if first > 1 and words[first - 2].named and _verb_like(words[first - 1]):
            break
        first -= 1
    for index in range(first, last):
        if words[index].lower in lexicon.TIME_WORDS and words[index].lower != "may":
            first = index + 1
    while first < last and (words[first].lower in lexicon.PREPOSITIONS or words[first].lower in lexicon.LEADING):
        first += 1
    return identify(words[first : last + 1], memory, begins=first == 0, speaks=speaks)


def _belongs(word: Word, following: Word) -> bool:
    if (
        following.lower in ("the", "a", "an")
        and word.lower not in lexicon.PARTICLES
        and word.lower not in ("at", "in", "to", "from")
    ):
        return False
    if word.text in ("-", "&", "/"):
        return True
    if not word.plain or (word.lower in lexicon.BOUNDARIES and not (word.named and word.lower == "may")):
        return False
    return word.named or word.lower not in lexicon.CUE_VERBS


def _verb_like(word: Word) -> bool:
    """“Putin loses member …”: without a grammar, an ending behind a name is what there is to go by."""
    noun = word.lower in lexicon.DESCRIBED or word.lower in lexicon.VAGUE or word.lower in lexicon.BODY_NOUNS
    return not word.named and not noun and word.lower.endswith(("s", "ed", "ing")) and "’" not in word.text


def _name_after(sentence: Sentence, position: int, memory: Memory) -> Source | None:
    """The name that begins at `position`: up to a mark, a verb or a word that opens a clause."""
    index = bisect_left(sentence.words, position, key=lambda word: word.start)
    taken: list[Word] = []
    for word in sentence.words[index : index + 2 * _REACH]:
        glued = _GLUED_BUT.match(word.text)
        if glued is not None and word.text not in lexicon.BODIES:
            name = glued[1]
            taken.append(Word(name, name.lower(), word.start, word.start + len(name)))
            break
        if not (word.plain or word.text in "&-") or (word.lower in lexicon.BOUNDARIES and not (word.named and taken)):
            break
        if (
            taken
            and not word.named
            and (word.lower in lexicon.CUE_VERBS or (word.lower in lexicon.DETERMINERS and taken[-1].named))
        ):
            break
        taken.append(word)
    while taken and (
        taken[-1].lower in lexicon.TIME_WORDS or taken[-1].lower in ("on", "in", "at", "last", "and", "to")
    ):
        taken.pop()
    return identify(taken, memory, speaks=True)


def _content_after(sentence: Sentence, at: int) -> Span | None:
    """What stands behind a verb of saying: from “that”, a colon or the quotation, to the end of the clause."""
    words = sentence.words
    quoted = sentence.quoted_span()
    if quoted is not None and (
        quoted[0] < words[at].start
        or words[at + 1 : at + 2] == []
        or any(word.quoted for word in words[at + 1 : at + 4])
    ):
        return quoted
    begin = at + 1
    for index in range(at + 1, min(at + _REACH, len(words))):
        if words[index].lower in ("that", ":", "how", "whether"):
            begin = index + 1
            break
    if begin >= len(words):
        return quoted
    end = _CLAUSE_END.search(sentence.masked, words[begin].start - sentence.start)
    stop = sentence.start + (end.start() if end else len(sentence.masked.rstrip(".!? ")))
    return (words[begin].start, stop) if stop > words[begin].start else quoted


def _rest(sentence: Sentence, cue: Span, source: Source) -> Span | None:
    """What “according to …” speaks of: the words before it, or those behind it where it begins the sentence."""
    before = sentence.text[sentence.start : cue[0]].rstrip(" \u00a0,–—-(")
    if len(before.split()) > 2:
        return sentence.start, sentence.start + len(before)
    behind = sentence.masked[source.end - sentence.start :]
    clause = _CLAUSE_END.search(behind, 2)
    words = behind[: clause.start() if clause else len(behind)]
    start = source.end + len(words) - len(words.lstrip(" \u00a0,:)"))
    end = source.end + len(words.rstrip(" \u00a0.!?"))
    return (start, end) if end > start else None
