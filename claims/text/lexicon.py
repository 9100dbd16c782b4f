"""The English words that the first-pass reading rests on, as `lexicons/en.toml` groups and names them."""

from typing import Final

from claims.text.lexicons import lexicon
from claims.text.word_forms import irregular, plural, regular

_EN: Final = lexicon("en")
_IRREGULAR: Final = irregular(_EN.phrases("irregular_verbs"))

SAYING: Final = _EN.words("saying")
DOCUMENTS: Final = _EN.words("documents")
CUE_VERBS: Final = SAYING.union(*(_EN.words(name) for name in ("reporting", "acts", "base_forms", "clausal")))
BE: Final = _EN.words("be")
AUXILIARIES: Final = BE | _EN.words("auxiliaries")
SELVES: Final = _EN.words("selves")
PRONOUNS: Final = _EN.words("pronouns")
SINGULAR_PERSON: Final = _EN.words("singular_person")
NO_SOURCE: Final = _EN.words("no_source")
DETERMINERS: Final = _EN.words("determiners")
BOUNDARIES: Final = AUXILIARIES | _EN.words("boundaries")
PREPOSITIONS: Final = _EN.words("prepositions")
TIME_WORDS: Final = _EN.words("time_words")
LEADING: Final = _EN.words("leading")
PARTICLES: Final = _EN.words("particles")
VAGUE: Final = _EN.words("vague")
DESCRIBED: Final = _EN.words("described")
PEOPLE: Final = frozenset(form for noun in _EN.words("people") | DESCRIBED for form in (noun, plural(noun)))
LIGHT_VERBS: Final = frozenset(
    form for base in _EN.words("cue_light_verbs") for form in (_IRREGULAR.get(base) or regular(base))
)
LOOSE_VERBS: Final = _EN.words("cue_loose_verbs")
OUTLET_NAMES: Final = _EN.words("outlet_names")
TITLES: Final = _EN.words("titles")
BODY_NOUNS: Final = _EN.words("body_nouns")
BODIES: Final = _EN.words("bodies")
COUNTRIES: Final = _EN.words("countries")
COUNTRY_FILLERS: Final = _EN.words("country_fillers")
HEDGES: Final = _EN.words("hedges")
VAGUE_PHRASES: Final = _EN.phrases("vague_phrases")
PASSIVES: Final = _EN.words("passives")

# Opinion in the article's own voice: patterns that need no help.
FIRST_PERSON: Final = (
    r"\bI (?:(?:\w{1,12}ly|also|still|really|don.t|do not|personally|"
    r"for one|must|would|can|can.t|cannot|am|"
    r"was|have|had|will) ){0,3}"
    r"(?:believe|think|feel|hope|doubt|suspect|fear|guess|suppose|bet|wonder|admit|confess|agree|disagree|"
    r"argue|find|love|hate|wish|like|prefer|"
    r"trust|imagine|expect|recommend|say|confused|convinced|sure|certain|afraid|glad|happy|sorry|surprised|"
    r"shocked|disappointed|proud|amazed)\b"
    r"|\b(?:I.m|I’d|I’d) (?:\w{1,12} )?(?:afraid|sure|certain|convinced|confused|say|argue|glad|sorry|bet)\b"
    r"|\bin my (?:\w{1,12} )?(?:view|opinion|judgment|judgement|mind|"
    r"experience)\b|\bto my mind\b|\bif you ask me\b|\bmy (?:view|opinion|guess|hope|fear) is\b"
    r"|\bwe (?:must|should|need to|ought to|cannot|can.t|may|have to|all know|shall) \w+"
)
OPINION_PHRASES: Final = _EN.phrases("opinion_phrases")
STRONG_WORDS: Final = _EN.words("strong_words")
WEAK_WORDS: Final = _EN.words("weak_words")
