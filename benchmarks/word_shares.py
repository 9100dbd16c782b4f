"""Count in how many sentences of open texts each word stands, for claims.text.word_shares.

`python -m benchmarks.word_shares` reads the texts beside the tests (CC BY and public domain, their LICENSE.txt names
them) and writes the table anew.
"""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from claims.text.ranking import compared
from claims.text.word_shares import THOUSAND, WEIGHTS

TEXTS = Path(__file__).parent.parent / "tests" / "unit" / "text" / "data" / "attribution_gum"
# What stands in fewer sentences is not known to be common.
FEWEST = 4


def main() -> None:
    """Write the table and say how large it became."""
    counts: Counter[str] = Counter()
    whole = 0
    for sentence in sentences():
        counts.update(compared(sentence).weights.keys())
        whole += 1
    common = {feature: round(THOUSAND * count / whole, 2) for feature, count in counts.items() if count >= FEWEST}
    table = {"sentences": whole, "of_a_thousand": dict(sorted(common.items()))}
    WEIGHTS.write_text(json.dumps(table, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    print(f"{len(common):,} features of {whole:,} sentences, {WEIGHTS.stat().st_size:,} bytes")


def sentences() -> Iterator[str]:
    """All sentences of the open texts, in the order of their files."""
    for path in sorted(TEXTS.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            document = json.loads(line)
            yield from (document["text"][start:end] for start, end in document["sentences"])


if __name__ == "__main__":
    main()
