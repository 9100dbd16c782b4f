"""Sketches of texts by which near-copies are found among many without comparing all with all.

After Broder, “On the resemblance and containment of documents” (1997): a text is the set of its shingles, the runs of
so many words; the least hashes of them are a sample that depends on the set alone, and what two samples share estimates
what the sets share.
"""

from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b
from heapq import nsmallest
from typing import Final

from claims.text.fold import fold
from claims.text.shared_runs import MOST_TEXT, words_of

WORDS_IN_SHINGLE: Final = 5
SKETCH_SIZE: Final = 64
# A prime, so that a shingle's hash is as even as those of its words; below 2 to the 61st, it fits a signed 64 bits.
_PRIME: Final = 2**61 - 1
_BASE: Final = 1_099_511_628_211
# Words of one text stand in the next as well.
_REMEMBERED: Final = 65_536


def sketch(text: str, size: int = SKETCH_SIZE) -> tuple[int, ...]:
    """The `size` least hashes of the text's shingles, ascending: the same for the same folded words on any machine.

    Each is a whole number from 0 to below 2 to the 61st. A text of fewer words than a shingle has one; without words,
    the sketch is empty. Linear in the first MOST_TEXT code points, the rest is not read.
    """
    hashes = [number for word in words_of(text[:MOST_TEXT]) if (number := _number(word)) is not None]
    if not hashes:
        return ()
    length = min(WORDS_IN_SHINGLE, len(hashes))
    gone = pow(_BASE, length, _PRIME)
    rolling, shingles = 0, set()
    for at, number in enumerate(hashes):
        rolling = (rolling * _BASE + number - (hashes[at - length] * gone if at >= length else 0)) % _PRIME
        if at >= length - 1:
            shingles.add(rolling)
    return tuple(nsmallest(size, shingles))


@lru_cache(_REMEMBERED)
def _number(word: str) -> int | None:
    """The hash of a word as it is folded; None where nothing is left of it."""
    bare = fold(word).strip()
    return (
        int.from_bytes(blake2b(bare.encode(errors="surrogatepass"), digest_size=8).digest()) % _PRIME if bare else None
    )


def resemblance(a: Sequence[int], b: Sequence[int], size: int = SKETCH_SIZE) -> float:
    """Estimate what share of the shingles of two texts both have, 0 to 1, from their sketches of this size.

    Exact for texts whose shingles all fit into the sketch; else off by some 1 / sqrt(size).
    """
    ours, theirs = set(a), set(b)
    least = nsmallest(size, ours | theirs)
    return sum(one in ours and one in theirs for one in least) / len(least) if least else 0.0
