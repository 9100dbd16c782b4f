"""Verbs that tell of speech, thought and feeling, in all their forms, and what may stand behind each."""

from collections.abc import Iterable
from typing import Final, NamedTuple

from claims.text.lexicons import lexicon
from claims.text.word_forms import VerbForms, irregular, regular

_EN: Final = lexicon("en")
_IRREGULAR: Final = irregular(_EN.phrases("irregular_verbs"))


class CueVerb(NamedTuple):
    """What may stand behind a verb; `prepositions` begin what it is about."""

    base: str
    clause: bool
    quotation: bool
    infinitive: bool
    object: bool
    person_infinitive: bool
    addressee: bool
    parenthetical: bool
    inverted: bool
    passive: bool
    prepositions: frozenset[str]


class CueForm(NamedTuple):
    """One form of a cue verb: "base", "third", "past" (or the participle that looks like it), "participle", "ing"."""

    verb: CueVerb
    form: str


def _prepositions() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for line in _EN.phrases("cue_preposition_verbs"):
        base, *prepositions = line.split()
        found[base] = found.get(base, frozenset()) | frozenset(prepositions)
    return found


def _verbs() -> Iterable[CueVerb]:
    lists = {name: _EN.words(f"cue_{name}_verbs") for name in CueVerb._fields[1:-1]}
    prepositions = _prepositions()
    for base in sorted(frozenset().union(*lists.values(), prepositions)):
        takes = {name: base in words for name, words in lists.items()}
        yield CueVerb(base=base, prepositions=prepositions.get(base, frozenset()), **takes)


def forms_of(base: str) -> VerbForms:
    """All forms of a verb, irregular ones by the list."""
    return _IRREGULAR.get(base) or regular(base)


def _forms() -> dict[str, CueForm]:
    found: dict[str, CueForm] = {}
    for verb in _verbs():
        forms = forms_of(verb.base)
        for name in ("ing", "participle", "past", "third", "base"):
            found.setdefault(getattr(forms, name), CueForm(verb, name))
        # “Said” is past and participle at once, and far more often the past.
        found[forms.past] = CueForm(verb, "past")
    return found


CUE_FORMS: Final = _forms()
IRREGULAR_PARTICIPLES: Final = frozenset(
    forms.participle for forms in _IRREGULAR.values() if forms.participle != forms.past
)
