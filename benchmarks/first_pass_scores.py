"""How well a reader agrees with people: labels by sentence, sources by span, contents and cues by word."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from benchmarks.first_pass_readers import Read, Said
from benchmarks.first_pass_texts import Labelled, Marked, Span

Reader = Callable[[str, list[Span]], Read]
_WORD = re.compile(r"\w+(?:['’]\w+)*")


@dataclass
class Tally:
    """Right, wrong and missed, for one F1."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def add(self, *, found: int, marked: int, right: int) -> None:
        """Count `right` of `found` as right, the rest as wrong, and the rest of `marked` as missed."""
        self.right += right
        self.wrong += found - right
        self.missed += marked - right

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall, 0 to 1; 1 where nothing was to be found and nothing was."""
        doubled = 2 * self.right
        return doubled / (doubled + self.wrong + self.missed) if doubled + self.wrong + self.missed else 1.0

    @property
    def precision(self) -> float:
        """Of what was found, the share that is right."""
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """Of what people marked, the share that was found."""
        return self.right / max(1, self.right + self.missed)


def macro_f1(pairs: Iterable[tuple[str, str]]) -> float:
    """The mean of the labels' F1 over (marked, read) pairs, of the labels that people gave."""
    counts = Counter(pairs)
    labels = sorted({marked for marked, _ in counts})
    return sum(_label_f1(counts, label) for label in labels) / max(1, len(labels))


def _label_f1(counts: Counter[tuple[str, str]], label: str) -> float:
    both = counts[label, label]
    marked = sum(count for (one, _), count in counts.items() if one == label)
    read = sum(count for (_, other), count in counts.items() if other == label)
    return 2 * both / max(1, marked + read)


@dataclass
class Score:
    """Everything counted over a group of texts.

    `sure` has each proposal's confidence and whether its label is right; `held` counts those that were not proposed.
    """

    labels: list[tuple[str, str]] = field(default_factory=list)
    by_article: list[list[tuple[str, str]]] = field(default_factory=list)
    attributed: list[tuple[str, str]] = field(default_factory=list)
    opinions: list[tuple[str, str]] = field(default_factory=list)
    sure: list[tuple[float, bool]] = field(default_factory=list)
    held: int = 0
    sources: Tally = field(default_factory=Tally)
    exact: Tally = field(default_factory=Tally)
    contents: Tally = field(default_factory=Tally)
    cues: Tally = field(default_factory=Tally)

    @property
    def sourcing(self) -> float:
        """Macro-F1 of sourced against all else, over all sentences."""
        return macro_f1(map(_sourcing, self.labels))

    @property
    def sourcing_by_article(self) -> float:
        """The same for each article, averaged."""
        each = [macro_f1(map(_sourcing, pairs)) for pairs in self.by_article if pairs]
        return sum(each) / max(1, len(each))


def _sourcing(pair: tuple[str, str]) -> tuple[str, str]:
    return tuple(label if label == "sourced" else "unsourced" for label in pair)  # type: ignore[return-value]


def score(texts: Iterable[Labelled], reader: Reader) -> Score:
    """Read the texts and count."""
    total = Score()
    for labelled in texts:
        read = reader(labelled.text, [(sentence.start, sentence.end) for sentence in labelled.sentences])
        _count_labels(total, labelled, read)
        _count_spans(total, labelled, read)
    return total


def said_of(sentence: Marked, read: Read) -> Said | None:
    """What the reader says of the sentence: of those that it found, the one with most of it."""
    shared = [(min(said.end, sentence.end) - max(said.start, sentence.start), said) for said in read.sentences]
    most, said = max(shared, key=lambda pair: pair[0], default=(0, None))
    return said if most > 0 else None


def _count_labels(total: Score, labelled: Labelled, read: Read) -> None:
    pairs = []
    for sentence in labelled.sentences:
        if sentence.label is None:
            continue
        said = said_of(sentence, read)
        label = "unsourced" if said is None else said.label
        pairs.append((sentence.label, label))
        total.held += said is not None and not said.proposed
        if said is not None and said.proposed:
            total.sure.append((said.confidence, label == sentence.label))
        names = label == "sourced" or (said is not None and said.strength == 1)
        total.attributed.append(_yes_no(sentence.attributed, names))
        if labelled.opinion:
            total.opinions.append(_yes_no(sentence.label == "opinion", label == "opinion"))
    total.labels.extend(pairs)
    total.by_article.append(pairs)


def _yes_no(marked: bool, read: bool) -> tuple[str, str]:
    return str(marked), str(read)


def _count_spans(total: Score, labelled: Labelled, read: Read) -> None:
    counted = words_in(labelled.text, [(one.start, one.end) for one in labelled.sentences if one.label is not None])
    marked, found = (
        [words for span in sorted(spans) if (words := words_in(labelled.text, [span])) and words <= counted]
        for spans in (labelled.sources, read.sources)
    )
    right = pairs_of(marked, found, bare_names=labelled.bare_names)
    total.sources.add(found=len(found), marked=len(marked), right=len(right))
    total.exact.add(found=len(found), marked=len(marked), right=sum(one in found for one in marked))
    for tally, theirs, ours in (
        (total.contents, labelled.contents, read.contents),
        (total.cues, labelled.cues, read.cues),
    ):
        people, reader = (words_in(labelled.text, spans) & counted for spans in (theirs, ours))
        tally.add(found=len(reader), marked=len(people), right=len(people & reader))


def words_in(text: str, spans: Iterable[Span]) -> frozenset[int]:
    """Where the words in the spans start."""
    return frozenset(match.start() for start, end in spans for match in _WORD.finditer(text, start, end))


def pairs_of(
    marked: list[frozenset[int]], found: list[frozenset[int]], *, bare_names: bool = False
) -> list[tuple[int, int]]:
    """Marked and found sources that are the same, each at most once: they share half of the words of each or more.

    With `bare_names`, half of the words of the shorter one: people left out title and apposition.
    """
    left, pairs = set(range(len(found))), []
    for number, people in enumerate(marked):
        same = [other for other in left if _same(people, found[other], bare_names=bare_names)]
        if same:
            best = max(same, key=lambda other: len(people & found[other]))
            left.discard(best)
            pairs.append((number, best))
    return pairs


def _same(people: frozenset[int], reader: frozenset[int], *, bare_names: bool) -> bool:
    sizes = (len(people), len(reader))
    return 2 * len(people & reader) >= (min(sizes) if bare_names else max(sizes))
