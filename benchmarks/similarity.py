"""How well the same event is found in other articles, and how often what is called a contradiction is one.

`python -m benchmarks.similarity [--sentences FILE] [--errors 20]`

Prints at which place the worked links of the five articles are ranked, and what is said of the made-up pairs beside
the tests, with errors to read. FILE is JSON Lines of sentences labelled elsewhere: `text`, `doc`, `topic` and `events`
(a list; sentences with a common event tell of the same). Each is asked for among the sentences of other articles, and
TF-IDF (Salton and Buckley, 1988: logarithm of the count, cosine, rarity over the whole file) is asked the same.
"""

import argparse
import json
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import log, sqrt
from pathlib import Path

from benchmarks.table import Figure, show
from claims.text.ranking import Compared, compared, ranked
from claims.text.similarity import explain, relate
from tests.unit.text.test_similarity import PAIRS, WORKED, place

SEED = 6
# Of the largest variant, so many sentences are asked for.
ASKED = 400
ERRORS = 20
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Told:
    """A sentence of an article, and the events that it tells of."""

    text: str
    doc: str
    topic: str
    events: frozenset[str]

    def same_event(self, other: "Told") -> bool:
        """Whether both tell of one event."""
        return bool(self.events & other.events)


Question = tuple[int, list[int]]
Scores = Callable[[int, list[int]], list[float]]


def main() -> None:
    """Print what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sentences", type=Path, help="JSON Lines with text, doc, topic, events")
    parser.add_argument("--errors", type=int, default=ERRORS)
    options = parser.parse_args()
    show([*worked_links(), *contradictions()])
    show_errors(options.errors)
    if options.sentences:
        show(same_event(read(options.sentences)))


def worked_links() -> list[Figure]:
    """At which place each worked link is found, from either of its two sides."""
    return [
        Figure(
            f"{worked.a[1][:40]}… in {worked.b[0]}",
            f"place {place(worked.a, worked.b)} and {place(worked.b, worked.a)}",
            f"reach: {worked.within} from one of the two",
        )
        for worked in WORKED
    ]


def contradictions() -> list[Figure]:
    """What is said of the made-up pairs: precision and recall of contradictions, and what was taken for what."""
    figures = []
    for held_back, name in ((False, "pairs tuned on"), (True, "pairs held back")):
        pairs = [pair for pair in PAIRS if pair["held_back"] == held_back]
        table = Counter(zip((pair["relation"] for pair in pairs), _said(pairs), strict=True))
        right = table["contradict", "contradict"]
        called = sum(count for (_, said), count in table.items() if said == "contradict")
        true = sum(count for (label, _), count in table.items() if label == "contradict")
        figures.append(
            Figure(
                f"contradictions, {name}",
                f"precision {right / called:.3f}, recall {right / true:.3f} of {true}",
                "reach: 0.70 and 0.45",
            )
        )
        for label in ("contradict", "same", "other"):
            row = ", ".join(f"{said} {table[label, said]}" for said in ("contradict", "corroborate", "other"))
            figures.append(Figure(f"  labelled {label}", row, ""))
    return figures


def _said(pairs: list[dict[str, str]]) -> list[str]:
    return relate([(pair["a"], pair["b"]) for pair in pairs])


def show_errors(most: int) -> None:
    """Print so many wrongly called and so many missed contradictions, with the reasons found."""
    said = list(zip(PAIRS, _said(PAIRS), strict=True))
    wrong = [pair for pair, relation in said if relation == "contradict" != pair["relation"]]
    missed = [pair for pair, relation in said if relation != "contradict" == pair["relation"]]
    for name, pairs in (("wrongly called contradictions", wrong), ("missed contradictions", missed)):
        print(f"\n{name}: {len(pairs)}")
        for pair in pairs[:most]:
            reasons = "; ".join(reason.sentence for reason in explain(pair["a"], pair["b"]))
            print(f"  {pair['kind']}\n    {pair['a']}\n    {pair['b']}\n    {reasons}")


def read(path: Path) -> list[Told]:
    """The labelled sentences of a file. Raises KeyError where a field is missing."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [Told(row["text"], row["doc"], row["topic"], frozenset(row["events"])) for row in rows]


def same_event(sentences: list[Told]) -> list[Figure]:
    """How often the first one found tells of the same event, and the mean of 1 / place of the first that does."""
    as_compared = [compared(told.text) for told in sentences]
    plain = tf_idf(sentences)
    figures = []
    for name, asked in questions(sentences).items():
        ours = judged(sentences, asked, lambda one, others: _ranked(as_compared, one, others))
        theirs = judged(sentences, asked, plain)
        measured = f"P@1 {ours[0]:.3f}, MRR {ours[1]:.3f} of {len(asked)}"
        figures.append(
            Figure(f"same event, among {name}", measured, f"TF-IDF: P@1 {theirs[0]:.3f}, MRR {theirs[1]:.3f}")
        )
    return figures


def _ranked(as_compared: list[Compared], one: int, others: list[int]) -> list[float]:
    return ranked(as_compared[one], [as_compared[other] for other in others])


def questions(sentences: list[Told]) -> dict[str, list[Question]]:
    """Which sentence is asked for among which: only where some of them, and not all, tell of the same event."""
    by_topic: dict[str, list[int]] = {}
    for number, told in enumerate(sentences):
        by_topic.setdefault(told.topic, []).append(number)
    everything = range(len(sentences))
    asked = [number for number, told in enumerate(sentences) if told.events]
    chance = random.Random(SEED)
    of_all = sorted(chance.sample(asked, min(ASKED, len(asked))))
    elsewhere = {
        "the topic's other articles": [(one, _others(sentences, one, by_topic[sentences[one].topic])) for one in asked],
        "one other article": [pair for one in asked for pair in _by_article(sentences, one, by_topic)],
        "all other articles": [(one, _others(sentences, one, everything)) for one in of_all],
    }
    return {name: [pair for pair in pairs if _telling(sentences, *pair)] for name, pairs in elsewhere.items()}


def _others(sentences: list[Told], one: int, among: list[int] | range) -> list[int]:
    return [other for other in among if sentences[other].doc != sentences[one].doc]


def _by_article(sentences: list[Told], one: int, by_topic: dict[str, list[int]]) -> Iterator[Question]:
    by_doc: dict[str, list[int]] = {}
    for other in _others(sentences, one, by_topic[sentences[one].topic]):
        by_doc.setdefault(sentences[other].doc, []).append(other)
    return ((one, others) for others in by_doc.values())


def _telling(sentences: list[Told], one: int, others: list[int]) -> bool:
    return len({sentences[one].same_event(sentences[other]) for other in others}) > 1


def judged(sentences: list[Told], asked: list[Question], scores: Scores) -> tuple[float, float]:
    """P@1 and MRR, 0 to 1."""
    first = reciprocal = 0.0
    for one, others in asked:
        found = scores(one, others)
        order = sorted(range(len(others)), key=lambda at: -found[at])
        at = next(at for at, other in enumerate(order) if sentences[one].same_event(sentences[others[other]]))
        first += at == 0
        reciprocal += 1 / (at + 1)
    return first / max(1, len(asked)), reciprocal / max(1, len(asked))


def tf_idf(sentences: list[Told]) -> Scores:
    """The plain peer: words as they stand, in lower case."""
    counted = [Counter(_WORD.findall(told.text.lower())) for told in sentences]
    held_by = Counter(word for words in counted for word in words)
    vectors = []
    for words in counted:
        vector = {
            word: (1 + log(count)) * log((1 + len(counted)) / (1 + held_by[word])) for word, count in words.items()
        }
        length = sqrt(sum(weight * weight for weight in vector.values())) or 1.0
        vectors.append({word: weight / length for word, weight in vector.items()})

    def scores(one: int, others: list[int]) -> list[float]:
        asked = vectors[one]
        return [sum(weight * vectors[other].get(word, 0.0) for word, weight in asked.items()) for other in others]

    return scores


if __name__ == "__main__":
    main()
