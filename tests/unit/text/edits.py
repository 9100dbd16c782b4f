"""Articles that an outlet edits, with the knowledge of what became of each character."""

import random
import re
from collections.abc import Callable
from dataclasses import dataclass

from claims.text.fold import fold
from claims.text.sentences import split
from tests.unit.text.corpus import NAMES, article

Span = tuple[int, int]
# A character and where it stood in the old text; None for one that is new.
Letters = list[tuple[str, int | None]]

PLACES = "Kyiv Moscow Yerevan Baku Astana Minsk Tbilisi Riga Warsaw Ankara Kazan Sochi Lviv Odesa Bakhmut"
PEOPLE = "Peskov|Lavrov|the mayor|the governor|a spokesman|Ms Orlova|the ministry|two officials|Reuters"
DEEDS = (
    "said that {n} people were hurt near {p}|announced {n} new contracts with {p}|denied that troops had left {p}|"
    "told journalists in {p} that talks would go on for {n} days|met {n} delegates from {p}|"
    "promised aid worth {n} million dollars to {p}|did not answer questions about {p}"
)
FILLED = "yesterday|on Monday|according to the agency|as before|without giving reasons|in a letter|again"
WORDS = "however very probably nearly old quickly several late grey border winter official report fuel bridge"
GLYPHS = [
    ("“", '"'),
    ("”", '"'),
    ("’", "'"),
    ("'", "’"),
    ('"', "“"),
    (" ", "\u00a0"),
    ("–", "—"),
    ("-", "–"),
    ("\n", "\r\n"),
    ("\r\n", "\n"),
    ("‘", "'"),
    (" ", "  "),
    ("…", "..."),
]


def made_up(chance: random.Random) -> str:
    """A sentence that nobody wrote; others like it come out again and again."""
    deed = chance.choice(DEEDS.split("|")).format(n=chance.randint(2, 99), p=chance.choice(PLACES.split()))
    end = " " + chance.choice(FILLED.split("|")) if chance.random() < 0.6 else ""
    who = chance.choice(PEOPLE.split("|"))
    return f"{who[0].upper()}{who[1:]} {deed}{end}."


def generated(chance: random.Random) -> str:
    """An article of such sentences, some of which occur several times or nearly so."""
    sentences = [made_up(chance) for _ in range(chance.randint(12, 60))]
    for _ in range(chance.randint(2, 8)):
        again = chance.choice(sentences)
        if chance.random() < 0.5:
            again = re.sub(r"\d+", lambda _: str(chance.randint(2, 99)), again)
        sentences.insert(chance.randint(0, len(sentences)), again)
    text = sentences[0]
    for sentence in sentences[1:]:
        text += chance.choice([" ", " ", " ", "\n", "\n\n"]) + sentence
    return text


def an_article(chance: random.Random) -> str:
    """One of the five, sometimes with sentences that it has twice."""
    text = article(chance.choice(NAMES))
    for _ in range(chance.choice([0, 0, 2, 5])):
        spans = split(text)
        start, end = chance.choice(spans)
        at = chance.choice(spans)[1]
        text = f"{text[:at]} {text[start:end]}{text[at:]}"
    return text


def spans_of(text: str, chance: random.Random, count: int) -> list[Span]:
    """Claims as reviewers mark them: sentences, parts of them, one in another, several in a row."""
    sentences = split(text)
    spans: list[Span] = []
    while len(spans) < count:
        at = chance.randrange(len(sentences))
        start, end = sentences[at]
        kind = chance.random()
        if kind < 0.2:
            end = sentences[min(len(sentences) - 1, at + chance.randint(1, 2))][1]
        elif kind < 0.6:
            words = [found.span() for found in re.finditer(r"\w[\w’'-]*", text[start:end])]
            if len(words) >= 4:
                first = chance.randrange(len(words) - 3)
                last = chance.randrange(first + 3, len(words))
                start, end = start + words[first][0], start + words[last][1]
        spans.append((start, end))
    return spans


class Editor:
    """A text under edit."""

    def __init__(self, text: str, chance: random.Random) -> None:
        self.letters: Letters = [(letter, at) for at, letter in enumerate(text)]
        self.chance = chance

    @property
    def text(self) -> str:
        return "".join(letter for letter, _ in self.letters)

    def sentence(self) -> Span:
        return self.chance.choice(split(self.text) or [(0, 0)])

    def put(self, at: int, words: str) -> None:
        self.letters[at:at] = [(letter, None) for letter in words]

    def insert_sentence(self) -> None:
        start, end = self.sentence()
        self.put(
            *((end, " " + made_up(self.chance)) if self.chance.random() < 0.5 else (start, made_up(self.chance) + " "))
        )

    def insert_paragraph(self) -> None:
        self.put(
            self.sentence()[1], "\n" + " ".join(made_up(self.chance) for _ in range(self.chance.randint(1, 4))) + "\n"
        )

    def delete_sentence(self) -> None:
        start, end = self.sentence()
        del self.letters[start : end + 1]

    def repeat_sentence(self) -> None:
        start, end = self.sentence()
        words = self.text[start:end]
        at = self.sentence()[1]
        self.put(at, " " + words)

    def nearly_repeat_sentence(self) -> None:
        start, end = self.sentence()
        words = self.text[start:end].split()
        words[self.chance.randrange(len(words))] = self.chance.choice(["not", "7", "Kyiv", "never", "412"])
        self.put(self.sentence()[1], " " + " ".join(words))

    def delete_and_leave_near_twin(self) -> None:
        start, end = self.sentence()
        words = self.text[start:end]
        del self.letters[start : end + 1]
        # The very same words put elsewhere would be a move.
        words = re.sub(r"\w+", self.chance.choice(["Another", "Not", "7"]), words, count=1)
        at = self.sentence()[1]
        # In the same place it would be an edit.
        if abs(at - start) > 600:
            self.put(at, " " + words)

    def move_paragraph(self) -> None:
        lines = [found.span() for found in re.finditer(r"[^\n]+\n*", self.text)]
        start, end = self.chance.choice(lines)
        moved = self.letters[start:end]
        del self.letters[start:end]
        if moved[-1][0] != "\n":
            moved.append(("\n", None))
        borders = [0, *(found.end() for found in re.finditer(r"\n+", self.text))]
        at = self.chance.choice(borders)
        self.letters[at:at] = moved

    def swap_sentences(self) -> None:
        one, two = sorted([self.sentence(), self.sentence()])
        if one[1] <= two[0]:
            first, second = self.letters[slice(*one)], self.letters[slice(*two)]
            self.letters[slice(*two)] = first
            self.letters[slice(*one)] = second

    def glyphs(self) -> None:
        old, new = self.chance.choice(GLYPHS)
        share = self.chance.choice([0.1, 1.0])
        text = self.text
        for found in reversed(list(re.finditer(re.escape(old), text))):
            if self.chance.random() < share:
                at = self.letters[found.start()][1]
                self.letters[slice(*found.span())] = [(letter, at) for letter in new]

    def word(self, start: int, end: int) -> Span:
        words = [found.span() for found in re.finditer(r"\w+", self.text[start:end])]
        first, last = self.chance.choice(words or [(0, 0)])
        return start + first, start + last

    def typos(self) -> None:
        for _ in range(self.chance.randint(1, 4)):
            start, end = self.word(*self.sentence())
            if end - start > 3:
                at = self.chance.randrange(start, end - 1)
                self.letters[at : at + 2] = self.letters[at : at + 2][::-1]
                self.letters[at] = (self.letters[at][0], None)

    def reword(self) -> None:
        sentence = self.sentence()
        for _ in range(self.chance.randint(1, 3)):
            start, end = self.word(sentence[0], min(sentence[1], len(self.letters)))
            self.letters[start:end] = [(letter, None) for letter in self.chance.choice(WORDS.split())]

    def drop_words(self) -> None:
        start, end = self.sentence()
        words = [(start + found.start(), start + found.end()) for found in re.finditer(r"\w+ ", self.text[start:end])]
        if len(words) > 3:
            first = self.chance.randrange(len(words) - 2)
            del self.letters[
                words[first][0] : words[min(len(words) - 1, first + self.chance.randint(0, len(words) // 3))][1]
            ]

    def insert_words(self) -> None:
        at = self.word(*self.sentence())[1]
        self.put(at, " " + " ".join(self.chance.choice(WORDS.split()) for _ in range(self.chance.randint(1, 5))))

    def change_figure(self) -> None:
        figures = [found.span() for found in re.finditer(r"\d+", self.text)]
        if figures:
            start, end = self.chance.choice(figures)
            self.letters[start:end] = [(letter, None) for letter in str(self.chance.randint(2, 9999))]

    def negate(self) -> None:
        found = self.chance.choice([*re.finditer(r" (?:was|were|is|has|had|will|would|did)\b", self.text), None])
        if found:
            self.put(found.end(), " not")

    def hammer(self) -> None:
        """Characters at random, all over one sentence."""
        start, end = self.sentence()
        for at in range(start, end):
            if self.chance.random() < 0.15 and self.letters[at][0].isalpha():
                self.letters[at] = (self.chance.choice("aeioust"), None)


KINDS: dict[str, tuple[Callable[[Editor], None], ...]] = {
    "insertions": (Editor.insert_sentence, Editor.insert_paragraph),
    "deletions": (Editor.delete_sentence, Editor.delete_and_leave_near_twin),
    "moves": (Editor.move_paragraph, Editor.swap_sentences),
    "glyphs": (Editor.glyphs,),
    "repetitions": (Editor.repeat_sentence, Editor.nearly_repeat_sentence, Editor.delete_sentence),
    "rewording": (
        Editor.typos,
        Editor.reword,
        Editor.drop_words,
        Editor.insert_words,
        Editor.change_figure,
        Editor.negate,
        Editor.hammer,
    ),
}
KINDS["all at once"] = tuple(edit for edits in KINDS.values() for edit in edits)


@dataclass
class Fate:
    """What became of a span: `kind` says it, `kept` is the share of its characters, `at` is where they are."""

    kind: str
    kept: float
    at: set[int]


def fate_of(span: Span, old: str, letters: Letters, home: dict[int, list[int]]) -> Fate:
    at = sorted(place for letter in range(*span) for place in home.get(letter, ()))
    if not at:
        return Fate("gone", 0.0, set())
    size = sum(not letter.isspace() for letter in old[slice(*span)])
    kept = len({letters[place][1] for place in at if not letters[place][0].isspace()}) / size
    order = [letters[place][1] for place in at]
    between = [letters[place] for place in range(at[0], at[-1] + 1) if not letters[place][0].isspace()]
    together = order == sorted(order, key=lambda place: place or 0) and all(
        origin is None or span[0] <= origin < span[1] for _, origin in between
    )
    if not together:
        kind = "scattered"
    elif kept == 1.0 and all(origin is not None for _, origin in between):
        kind = "stands"
    else:
        kind = "kept" if kept >= 0.6 else "little left" if kept >= 0.3 else "gone"
    return Fate(kind, kept, set(at))


def bare(words: str) -> str:
    """Words without what may differ: kinds of quotation marks, and spaces."""
    return re.sub(r"[\s\"']", "", fold(words))


def verdict(
    old: str, letters: Letters, span: Span, fate: Fate, found: tuple[int, int, float] | None, sure: float
) -> str:
    """Name what an anchor is: moved along, orphan (nothing or unsure), wrong, or twin: the words, but elsewhere."""
    if found is None or found[2] < sure:
        return "orphan"
    here = {place for place in range(found[0], found[1]) if not letters[place][0].isspace()}
    true = {place for place in fate.at if not letters[place][0].isspace()}
    shared = len(here & true) / len(here | true) if here | true else 0.0
    words = bare("".join(letters[place][0] for place in range(found[0], found[1])))
    if fate.kind == "stands":
        if words != bare(old[slice(*span)]):
            return "wrong"
        return "moved along" if shared > 0.9 else "twin"
    if fate.kind == "gone":
        return "twin" if words == bare(old[slice(*span)]) else "wrong"
    if words == bare(old[slice(*span)]):
        return "twin"
    own = len(here & true) / len(true)
    foreign = sum(letters[place][1] is not None and place not in true for place in here)
    return "moved along" if own >= 0.5 and foreign <= 0.3 * len(here) else "wrong"
