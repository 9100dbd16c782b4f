"""Words whose full stop need not end a sentence, and words that usually begin one: `lexicons/en_sentences.toml`."""

from typing import Final

from claims.text.lexicons import lexicon

_EN: Final = lexicon("en")

TITLES: Final = _EN.words("abbreviated_titles")
NEVER_LAST: Final = _EN.words("never_last_abbreviations")
BEFORE_NUMBER: Final = _EN.words("before_number_abbreviations")
IN_NAMES: Final = _EN.words("name_abbreviations")
CLOSING: Final = _EN.words("closing_abbreviations")
STATES: Final = _EN.words("state_abbreviations")
DATES: Final = _EN.words("date_abbreviations")
MONTHS: Final = _EN.words("month_abbreviations")
AFTER_CLOCK: Final = _EN.words("after_clock")
LETTERED: Final = _EN.words("lettered_things")
EMPHATIC_NAMES: Final = _EN.words("emphatic_names")
STARTERS: Final = _EN.words("sentence_starters")
STARTING_NOUNS: Final = _EN.words("sentence_nouns")
PLURALS_IN_NAMES: Final = _EN.words("plurals_in_names")
