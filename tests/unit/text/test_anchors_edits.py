"""A thousand claims and more over generated edits: how many move along, how many wait for a person, none are wrong."""

import random
from collections import Counter, defaultdict

import pytest

from claims.text.anchors import SURE, reanchor
from tests.unit.text.edits import KINDS, Editor, an_article, fate_of, generated, spans_of, verdict

Table = dict[tuple[str, str], Counter[str]]
VERDICTS = ("moved along", "orphan", "twin", "wrong")


def edited(seed: int, rounds: int, claims: int) -> Table:
    """Edit articles and generated texts in each way, and judge what became of so many claims of each."""
    chance = random.Random(seed)
    table: Table = defaultdict(Counter)
    for kind, edits in KINDS.items():
        for number in range(rounds):
            old = generated(chance) if number % 2 else an_article(chance)
            spans = spans_of(old, chance, claims)
            editor = Editor(old, chance)
            for _ in range(chance.randint(1, max(2, len(old) // 400))):
                chance.choice(edits)(editor)
            home = defaultdict(list)
            for place, (_, origin) in enumerate(editor.letters):
                if origin is not None:
                    home[origin].append(place)
            for span, found in zip(spans, reanchor(old, editor.text, spans), strict=True):
                fate = fate_of(span, old, editor.letters, home)
                table[kind, fate.kind][verdict(old, editor.letters, span, fate, found, SURE)] += 1
    return table


def of_fate(table: Table, fate: str) -> Counter[str]:
    return sum((counts for (_, kind), counts in table.items() if kind == fate), Counter())


def show(table: Table) -> None:
    print(f"\n{'edits':<13} {'the words':<12}" + "".join(f"{name:>13}" for name in VERDICTS))
    for (kind, fate), counts in table.items():
        print(f"{kind:<13} {fate:<12}" + "".join(f"{counts[name]:>13}" for name in VERDICTS))
    for fate in dict.fromkeys(fate for _, fate in table):
        counts = of_fate(table, fate)
        share = counts["moved along"] / counts.total()
        print(f"{'all':<13} {fate:<12}" + "".join(f"{counts[name]:>13}" for name in VERDICTS) + f"{share:>8.1%}")


def judge(table: Table) -> None:
    stands, kept = of_fate(table, "stands"), of_fate(table, "kept")
    assert stands["wrong"] == 0
    # A twin has the very words of the claim, and what stands around it too: nobody could tell.
    assert stands["moved along"] + stands["twin"] >= 0.95 * stands.total()
    assert kept["moved along"] >= 0.8 * kept.total()


def test_edits_of_every_kind_move_claims_along_and_never_silently_elsewhere():
    table = edited(seed=4, rounds=16, claims=40)
    show(table)
    judge(table)
    assert sum(counts.total() for counts in table.values()) >= 1_000
    assert of_fate(table, "kept")["wrong"] == 0
    assert of_fate(table, "gone")["wrong"] == 0
    assert of_fate(table, "stands")["twin"] == 0


@pytest.mark.long
@pytest.mark.parametrize("seed", range(1000, 1020))
def test_edits_from_many_seeds_do_too(seed):
    table = edited(seed, rounds=16, claims=40)
    show(table)
    judge(table)
    # What a person deleted while writing nearly the same in its place is an edit to everybody else.
    assert of_fate(table, "gone")["wrong"] <= 0.02 * of_fate(table, "gone").total()
