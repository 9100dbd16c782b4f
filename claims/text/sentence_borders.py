"""Where sentences of other languages end, as far as the rules for English cannot know.

`claims.text.sentences` knows stops and brackets of many scripts. What is mended here hangs on the language: its
abbreviations and ordinals, its closing marks, and the stops that only its script has.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from claims.text.lexicons import Lexicon
from claims.text.sentences import LONGEST
from claims.text.speakers import SmallWords
from claims.text.words import Sentence

Span = tuple[int, int]

# The stops of Armenian, Ethiopic, Burmese, Khmer and the scripts of India need no space behind them.
_OWN_STOP: Final = re.compile(r"[։።။។॥।]++[\"'”’»›)\]]*+\s*+")
_OPENER_OF: Final = {
    "」": "「",
    "』": "『",
    "）": "（",
    "》": "《",
    "〉": "〈",
    "】": "【",
    "»": "«",
    "«": "»",
    "“": "„",
    "”": "“",
    "›": "‹",
}
_MOST_JOINED: Final = 5
_LINE_BREAK: Final = re.compile(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_LAST_WORD: Final = re.compile(r"(?P<word>[^\s.„“”«»\"(]{1,20}+)\.\Z")
_NEXT_WORD: Final = re.compile(r"[^\w\s]{0,3}(?P<word>[^\s.,;:!?]{1,20})")
# The longest ordinal that a sentence is not taken to end with: a day, or the number of a king or a congress.
_MOST_DIGITS: Final = 2


def joined(sentences: Sequence[Sentence], lexicon: Lexicon | None) -> list[Sentence]:
    """The sentences of a text, in order, with the borders that its language sets.

    What an abbreviation or an ordinal of the lexicon cut in two is one again (“z. | B.”, “Dra. | Ruiz”, “3. | Mai”);
    no sentence begins with a mark that closes a quotation of the one before; and a stop of the text's own script ends
    one. Nothing is joined over a line break.
    """
    small = None if lexicon is None else SmallWords(lexicon)
    done: list[Sentence] = []
    for sentence in (piece for each in sentences for piece in _cut(each)):
        current: Sentence | None = sentence
        if done and _may_join(done[-1], sentence):
            current = _behind_closer(done, sentence)
            if current is sentence and small is not None and _goes_on(done[-1], sentence, small):
                done[-1], current = _over(done[-1].start, sentence.end, (done[-1], sentence)), None
        if current is not None:
            done.append(current)
    return done


def _may_join(one: Sentence, later: Sentence) -> bool:
    """Both stand in one line, and no longer than the longest sentence is what they would make."""
    short = later.end - one.start <= LONGEST
    return short and not _LINE_BREAK.search(one.text, one.end, later.start)


def _cut(sentence: Sentence) -> Iterator[Sentence]:
    start = sentence.start
    for stop in _OWN_STOP.finditer(sentence.text, sentence.start, sentence.end):
        if stop.end() < sentence.end:
            yield _over(start, stop.start() + len(stop[0].rstrip()), (sentence,))
            start = stop.end()
    yield sentence if start == sentence.start else _over(start, sentence.end, (sentence,))


def _over(start: int, end: int, of: Sequence[Sentence]) -> Sentence:
    quotations = dict.fromkeys(quotation for sentence in of for quotation in sentence.quotations)
    return Sentence(of[0].text, start, end, [each for each in quotations if each.start < end and each.end > start])


def _behind_closer(done: list[Sentence], sentence: Sentence) -> Sentence | None:
    """The sentence without a closing mark at its head that goes to those before it; None where all of it does."""
    text = sentence.text
    closer = text[sentence.start]
    opener = _OPENER_OF.get(closer)
    if opener is None:
        return sentence
    opened = next((at for at in range(1, min(_MOST_JOINED, len(done)) + 1) if _is_open(done[-at], opener, closer)), 0)
    if not opened or not _may_join(done[-opened], sentence):
        return sentence
    rest = text[sentence.start + 1 : sentence.end].lstrip()
    begins_anew = rest[:1].isupper()
    end = sentence.start + 1 if begins_anew else sentence.end
    # What stands between the opening mark and this one is one quotation: it was cut inside.
    first = len(done) - (1 if begins_anew else opened)
    done[first:] = [_over(done[first].start, end, (*done[first:], sentence))]
    return _over(sentence.end - len(rest), sentence.end, (sentence,)) if begins_anew else None


def _is_open(sentence: Sentence, opener: str, closer: str) -> bool:
    words = sentence.text[sentence.start : sentence.end]
    return words.count(opener) > words.count(closer)


def _goes_on(sentence: Sentence, following: Sentence, small: SmallWords) -> bool:
    """Whether the stop at the end belongs to an abbreviation or an ordinal, and the next words do not begin anew."""
    text = sentence.text
    last = _LAST_WORD.search(text, max(sentence.start, sentence.end - 22), sentence.end)
    after = _NEXT_WORD.match(text, following.start)
    if last is None or after is None:
        return False
    word, opener = last["word"], after["word"].lower()
    if opener in small.determiners or opener in small.pronouns:
        return False
    if word.isdigit():
        return len(word) <= _MOST_DIGITS and small.lexicon.has("ordinals_have_stops")
    return word.lower() in small.abbreviations or (len(word) == 1 and word.isupper())
