"""Which words of an opinion a reviewer is shown, and the sentence that says what they do.

The model of `opinion.py` weighs function words too. They show nothing to a reader, so they are never named.
"""

from collections.abc import Sequence
from typing import Final

from claims.text.opinion_signs import Hit

ARGUMENT: Final = "argument"
QUESTION: Final = "question"
_PERSON: Final = "person"
_READER: Final = "reader"

# The strongest kinds first: each kind with the signs whose words belong to it, all of one rank.
_KINDS: Final = (
    ("first-person", 0, ("phrases_own",)),
    ("exhortation", 1, ("obligation",)),
    ("loaded", 1, ("nouns_loaded", "verbs_loaded", "adjectives_people", "phrases_images")),
    ("evaluation", 1, ("adjectives_praise", "adjectives_blame", "manners", "attitudes", "adjectives_coloured")),
    ("loaded", 2, ("nouns_coloured", "verbs_coloured")),
    ("evaluation", 2, ("adjectives_mild", "superlatives")),
    ("speculation", 2, ("supposing",)),
    ("comparison", 3, ("comparing",)),
    ("emphasis", 3, ("boosters", "intensifiers")),
)
_KIND_OF: Final = {sign: (rank, rule) for rule, rank, signs in _KINDS for sign in signs}
_DISTANCE: Final = frozenset(("so-called", "self-styled", "self-proclaimed", "would-be"))
_OWN: Final = frozenset(("i", "i’d", "i’m", "i’ll", "i’ve", "we", "we’d", "we’re", "we’ll", "we’ve", "my", "in", "to"))
_DUTIES: Final = frozenset(("should", "must", "ought", "shouldn’t", "mustn’t", "let’s", "needn’t"))
_EMPTY: Final = frozenset(
    (
        *("yes", "no", "oh", "ah", "hey", "well", "please", "most", "least", "more", "less", "rather", "very", "so"),
        *("too", "such", "far", "even", "still", "indeed", "just", "always", "never", "ever", "actually", "exactly"),
        *("finally", "anyway", "somehow", "naturally", "special", "important", "hard", "easy", "good", "serious"),
        *("likely", "able", "several", "total", "complete", "fail", "fails", "failed", "failing", "water", "waters"),
        *("fuel", "drag", "blow", "bury", "buried", "tanks", "conservative", "conservatives", "liberal", "liberals"),
        *("progressive", "corporate", "mainstream", "establishment", "criminal", "general", "handcuffs", "simply"),
        *("unlikely", "significant", "possible", "impossible", "recently", "early", "bigger", "smaller", "cheaper"),
        *("tears", "sound", "sounds", "strip", "widely", "wide", "telling", "joke", "hope", "hopes", "spin", "legacy"),
        *("sooner", "grim", "electric", "theatre", "rail", "needle", "milk", "masks", "mask", "witch", "needs"),
    )
)
_AS_A_WHOLE: Final = "The sentence as a whole reads as the writer’s judgement."
_SAID: Final = {
    "first-person": ("{} is the writer speaking.", "{} are the writer speaking."),
    "exhortation": ("{} says what should be done.", "{} say what should be done."),
    "distance": ("{} distances the writer from the term.", "{} distance the writer from the terms."),
    "speculation": ("{} is the writer’s own guess.", "{} are the writer’s own guesses."),
    "comparison": ("{} is the writer’s own comparison.", "{} are the writer’s own comparisons."),
    "emphasis": ("{} is the writer’s own emphasis.", "{} are the writer’s own emphasis."),
    "loaded": ("{} is a loaded word of the writer’s own.", "{} are loaded words of the writer’s own."),
    "evaluation": ("{} is the writer’s own judgement.", "{} are the writer’s own judgements."),
}
_WITHOUT_WORDS: Final = {
    QUESTION: "The writer asks a question here.",
    _PERSON: "The writer speaks in the first person here.",
    _READER: "The writer speaks to the reader here.",
}


def worth_showing(hits: Sequence[Hit], tokens: Sequence[str]) -> tuple[str, list[Hit]]:
    """The rule, and of the strongest kind of word the hits to show, the strongest first.

    `hits` are in order of strength, none inside another; `tokens` are the sentence's in small letters. No word is shown
    twice. There are no hits where only function words spoke for an opinion.
    """
    found = [(kind, hit) for hit in hits if (kind := _kind(hit, tokens)) is not None]
    if "?" in tokens[-3:]:
        return QUESTION, []
    if not found:
        signs = {sign for sign, _, _ in hits}
        if not signs.isdisjoint(("first_singular", "first_plural")):
            return _PERSON, []
        return (_READER if "reader" in signs else ARGUMENT), []
    rule = min(found, key=lambda one: one[0][0])[0][1]
    shown: dict[str, Hit] = {}
    for (_, other), hit in sorted(found, key=lambda one: one[0][0]):
        if other == rule:
            shown.setdefault(" ".join(tokens[hit[1] : hit[2]]), hit)
    return rule, list(shown.values())


def is_distance_alone(hits: Sequence[Hit], tokens: Sequence[str]) -> bool:
    """Whether nothing judges but a “so-called”: a writer of plain news keeps off a term so, too."""
    judged = [hit for hit in hits if (kind := _kind(hit, tokens)) is not None and kind[0] <= 1]
    return any(tokens[hit[1]] == "so-called" for hit in hits) and all(tokens[hit[1]] in _DISTANCE for hit in judged)


def why(rule: str, quoted: Sequence[str]) -> str:
    """The sentence for a reviewer; `quoted` are the words in quotation marks, the strongest first."""
    if rule in _WITHOUT_WORDS:
        return _WITHOUT_WORDS[rule]
    if not quoted or rule not in _SAID:
        return _AS_A_WHOLE
    one, several = _SAID[rule]
    if len(quoted) == 1:
        # An image is told in several words.
        return one.replace("a loaded word", "a loaded phrase" if " " in quoted[0] else "a loaded word").format(*quoted)
    return several.format(f"{', '.join(quoted[:-1])} and {quoted[-1]}")


def _kind(hit: Hit, tokens: Sequence[str]) -> tuple[int, str] | None:
    """The rank and the rule of a word or phrase; None for what would show a reader nothing."""
    sign, first, last = hit
    word = tokens[first]
    if last == first + 1 and word in _DISTANCE:
        return 1, "distance"
    kind = _KIND_OF.get(sign)
    if kind is None or (last == first + 1 and word in _EMPTY):
        return None
    if sign == "phrases_own":
        return kind if word in _OWN else None
    if sign == "obligation":
        return kind if word in _DUTIES else None
    return kind
