"""Paragraphs that say by their form who speaks: the turns of a transcript, and posts with their author's name."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from claims.text.article_sentences import Placed
from claims.text.attribution import Attribution, Hop
from claims.text.sources import Source, SourceKind
from claims.text.words import Sentence

_TURN: Final = re.compile(
    r"(?P<who>Q|A|(?:[A-Z][\w.'’-]{0,20} ){0,3}[A-Z][\w.'’-]{0,20})(?: \([^()\n]{1,40}\))?(?P<mark>:|(?<=\b[QA])\.)\s"
)
_FEWEST_TURNS: Final = 3
_POST: Final = re.compile(
    r"[—–-] ?(?P<who>[^\n@()—–]{2,60}?) \((?P<handle>@\w{1,20})\)(?P<day>,? ?[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4})?"
)
# The words after the author's name in an embedded post: a day, a time, a link.
_AFTER_POST: Final = 60
# A pulled quotation: “…” — Jane Doe, mayor
_SIGNED: Final = re.compile(r"[\"“”'’] ?[—–-] ?(?P<who>[A-Z][^\n@()—–,.:;!?\"“”]{2,50})(?:, [^\n\"“”.]{2,60})?[.]?\Z")
_SENTENCE_END: Final = ".?!…\"”'’)—–-"
# Words that stand before a colon at the head of many paragraphs and are nobody's name.
_NO_NAMES: Final = frozenset(
    ("Caption", "Correction", "Image", "Note", "Photo", "Read", "Related", "Source", "Update", "Updated", "Video")
)
# So many paragraphs on, what nobody else has begun is still the same turn.
_LONGEST_TURN: Final = 8


def turns_in(placed: Sequence[Placed]) -> dict[int, Attribution]:
    """Who speaks in each sentence of a transcript's turns, by the sentence's place in the list.

    A turn begins with a name and a colon (“SMITH: …”, “Q: …”) and goes on until the next. One such line is none: a text
    has at least three, and one of the names comes back.
    """
    heads = {at: match for at in _firsts(placed) if (match := _head(placed[at].sentence))}
    names = Counter(match["who"] for match in heads.values())
    if len(heads) < _FEWEST_TURNS or len(names) < 2 or max(names.values()) < 2:
        return {}
    spoken: dict[int, Attribution] = {}
    turn: Attribution | None = None
    until, last = -1, max(heads)
    for at, one in enumerate(placed):
        if at in heads:
            turn = _turn(heads[at], one.sentence)
            # Behind the last turn the article may go on in its own voice.
            until = one.paragraph + (_LONGEST_TURN if at < last else 0)
        if turn is not None and one.paragraph <= until:
            spoken[at] = turn
    return spoken


def posts_in(placed: Sequence[Placed]) -> dict[int, Attribution]:
    """Whose post each sentence is, where “— Name (@handle) day” stands behind it, by the sentence's place."""
    spoken: dict[int, Attribution] = {}
    for at, one in enumerate(placed):
        match = _POST.search(one.sentence.text, one.sentence.start, one.sentence.end) if _at_sign(one) else None
        if match is None or one.sentence.end - match.end() > _AFTER_POST:
            continue
        post = _post(match)
        # The name may stand in a line of its own: then the paragraph before is the post.
        alone = match.start() - one.sentence.start < 2 and (at == 0 or placed[at - 1].paragraph < one.paragraph)
        first = at
        paragraph = placed[at - 1].paragraph if alone and at else one.paragraph
        while first > 0 and first - 1 not in spoken and placed[first - 1].paragraph == paragraph:
            first -= 1
        spoken.update(dict.fromkeys(range(first, at + 1), post))
    return spoken


def signed_in(placed: Sequence[Placed]) -> dict[int, Attribution]:
    """Whose words a pulled quotation is, where “— Name” stands behind its closing mark, by the sentence's place."""
    spoken = {}
    for at, one in enumerate(placed):
        sentence = one.sentence
        tail = max(sentence.start, sentence.end - 120)
        match = _SIGNED.search(sentence.text[tail : sentence.end]) if sentence.quotations else None
        if match is not None:
            who = tail + match.start("who"), tail + match.end("who")
            dash = tail + match.start() + 1, who[0]
            source = Source(*who, SourceKind.PERSON, who)
            spoken[at] = Attribution(source, dash, sentence.quoted_span(), "signed", 3)
    return spoken


def _firsts(placed: Sequence[Placed]) -> list[int]:
    """The places of the sentences that begin a paragraph."""
    return [at for at, one in enumerate(placed) if at == 0 or placed[at - 1].paragraph < one.paragraph]


def _at_sign(one: Placed) -> bool:
    return "@" in one.sentence.masked or "(@" in one.sentence.text[one.sentence.start : one.sentence.end]


def _head(sentence: Sentence) -> re.Match[str] | None:
    """The name and colon that a turn begins with; a heading (“THE AMERICAS: THE MAYA”) ends in no mark."""
    match = _TURN.match(sentence.text, sentence.start, min(sentence.end + 1, sentence.start + 120))
    if match is None or match["who"].split()[0].capitalize() in _NO_NAMES:
        return None
    return match if sentence.text[sentence.end - 1] in _SENTENCE_END else None


def _turn(match: re.Match[str], sentence: Sentence) -> Attribution:
    who = match.span("who")
    named = len(match["who"]) > 1
    source = Source(*who, SourceKind.PERSON if named else SourceKind.DESCRIBED, who)
    content = (match.end(), sentence.end) if match.end() < sentence.end else None
    return Attribution(source, match.span("mark"), content, "transcript", 3 if named else 2)


def _post(match: re.Match[str]) -> Attribution:
    who, handle = match.span("who"), match.span("handle")
    source = Source(*who, SourceKind.PERSON, who)
    return Attribution(source, handle, None, "post", 4, (), (Hop("occasion", *handle),))
