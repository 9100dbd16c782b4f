"""Where the first pass and people differ, to read: a sentence twice, as people marked it and as it was read."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from benchmarks.first_pass_readers import Read
from benchmarks.first_pass_scores import Reader, pairs_of, said_of, words_in
from benchmarks.first_pass_texts import Labelled, Marked, Span


@dataclass(frozen=True)
class Difference:
    """One difference: its kind, how much of it there is, and the sentence with each side's spans."""

    kind: str
    weight: int
    where: str
    people: str
    reader: str


def differences(texts: Iterable[Labelled], reader: Reader) -> Iterator[Difference]:
    """Every difference in the sentences that are measured."""
    for labelled in texts:
        read = reader(labelled.text, [(one.start, one.end) for one in labelled.sentences])
        for sentence in labelled.sentences:
            if sentence.label is not None:
                yield from _in_sentence(labelled, sentence, read)


def _in_sentence(labelled: Labelled, sentence: Marked, read: Read) -> Iterator[Difference]:
    said = said_of(sentence, read)
    label, rule = ("unsourced", "no sentence") if said is None else (said.label, said.rule)
    people = _with_spans(labelled.text, sentence, labelled.sources, labelled.cues, labelled.contents)
    reader = f"{_with_spans(labelled.text, sentence, read.sources, read.cues, read.contents)}  ({rule})"

    def one(kind: str, weight: int = 1) -> Difference:
        return Difference(kind, weight, labelled.name, people, reader)

    if label != sentence.label:
        yield one(f"label {sentence.label} read as {label}")
    marked, found = (
        [words for span in _inside(sentence, spans) if (words := words_in(labelled.text, [span]))]
        for spans in (labelled.sources, read.sources)
    )
    same = len(pairs_of(marked, found, bare_names=labelled.bare_names))
    if len(marked) > same:
        yield one("source missed", len(marked) - same)
    if len(found) > same:
        yield one("source that is none", len(found) - same)
    for name, theirs, ours in (
        ("content", labelled.contents, read.contents),
        ("cue", labelled.cues, read.cues),
    ):
        left, right = (words_in(labelled.text, _inside(sentence, spans)) for spans in (theirs, ours))
        if left - right:
            yield one(f"{name} words missed", len(left - right))
        if right - left:
            yield one(f"{name} words too many", len(right - left))


def _inside(sentence: Marked, spans: Iterable[Span]) -> list[Span]:
    """What of the spans stands in the sentence."""
    cut = ((max(start, sentence.start), min(end, sentence.end)) for start, end in spans)
    return [(start, end) for start, end in cut if start < end]


def _with_spans(
    text: str, sentence: Marked, sources: Iterable[Span], cues: Iterable[Span], contents: Iterable[Span]
) -> str:
    """The sentence with [S …], [C …] and [T …] around sources, cues and contents."""
    marks: list[tuple[int, int, int, str]] = []
    for letter, spans in (("S", sources), ("C", cues), ("T", contents)):
        for start, end in set(_inside(sentence, spans)):
            marks += [(start, 1, -end, f"[{letter} "), (end, 0, -start, "]")]
    told, place = "", sentence.start
    for at, _, _, mark in sorted(marks):
        told += text[place:at] + mark
        place = at
    return (told + text[place : sentence.end]).replace("\n", " ")


def show_differences(found: list[Difference], most: int) -> None:
    """Print how often each kind occurs, and of each the first `most`, the weightiest first."""
    kinds = Counter(one.kind for one in found)
    for kind, count in kinds.most_common():
        print(f"\n== {kind}: {count} sentences")
        ordered = sorted((one for one in found if one.kind == kind), key=lambda one: -one.weight)
        for one in ordered[:most]:
            print(f"- {one.where}\n    people: {one.people}\n    read:   {one.reader}")
