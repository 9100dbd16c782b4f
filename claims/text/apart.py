"""What shows that two statements speak of two things, however alike their words are."""

from claims.text import polarity_words as cues
from claims.text.deeds import is_verb, subject
from claims.text.dispute import Dispute
from claims.text.statement import Span, Statement, Word

Apart = tuple[list[Word], list[Word]]


def two_things(a: Statement, b: Statement, disputed: list[Dispute]) -> Apart | None:
    """Words which show that the two speak of different things, in each text; None where nothing shows it.

    Names that only one of them has, on both sides; a word for one that the other has with another before it (oil
    prices, gold prices); subjects that have nothing in common. Words that are disputed show nothing.
    """
    ours = [word for word in a.content if not _within(word, [span for each in disputed for span in each.words_a])]
    theirs = [word for word in b.content if not _within(word, [span for each in disputed for span in each.words_b])]
    known, known_b = a.keys, b.keys
    names = [word for word in ours if word.named and not word.keys & known_b]
    names_b = [word for word in theirs if word.named and not word.keys & known]
    if names and names_b:
        return names, names_b
    return _apart(a, b) or _other_head(a, b, ours, theirs) or _other_subject(a, b, ours, theirs)


def _within(word: Word, spans: list[Span]) -> bool:
    return any(start <= word.start and word.end <= end for start, end in spans)


def _apart(a: Statement, b: Statement) -> Apart | None:
    """Opposites that tell two things apart: exports and imports, the women's race and the men's."""
    for word in a.content:
        for other in b.content:
            for family, side in word.sides:
                if family in cues.TELLING_APART and (family, -side) in other.sides and word.root not in b.roots:
                    return [word], [other]
    return None


def _other_head(a: Statement, b: Statement, ours: list[Word], theirs: list[Word]) -> Apart | None:
    """One noun with another word directly before it in each."""
    left, right = _before(a, ours), _before(b, theirs)
    for root, word in left.items():
        other = right.get(root)
        if other and not word.keys & b.keys and not other.keys & a.keys:
            return [word], [other]
    return None


def _before(statement: Statement, allowed: list[Word]) -> dict[str, Word]:
    """By a noun's stem, the telling word directly before it that is no verb."""
    found: dict[str, Word] = {}
    for one, other in zip(statement.words, statement.words[1:], strict=False):
        if one in allowed and other.telling and not is_verb(one) and not one.lower.endswith(("ing", "ly")):
            found.setdefault(other.root, one)
    return found


def _other_subject(a: Statement, b: Statement, ours: list[Word], theirs: list[Word]) -> Apart | None:
    """What the two are about, where neither has the other's."""
    one, other = [[word for word in subject(each) if word in left] for each, left in ((a, ours), (b, theirs))]
    known, known_b = a.keys, b.keys
    if one and other and not any(word.keys & known_b for word in one) and not any(word.keys & known for word in other):
        return one, other
    return None
