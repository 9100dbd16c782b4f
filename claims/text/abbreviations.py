"""Words whose full stop need not end a sentence, and words that usually begin one. Lower case unless names."""

from typing import Final


def _words(words: str) -> frozenset[str]:
    return frozenset(words.split())


# A name, a number or more words must follow: the stop after these never ends a sentence.
TITLES: Final = _words(
    "mr mrs ms mx dr prof gen col lt capt cpt cmdr sgt cpl pvt maj adm brig sen rep reps sens gov pres rev "
    "fr hon "
    "msgr amb supt insp det st ste mt ft mme mlle mgr sra srta sig gens profs drs messrs"
)
NEVER_LAST: Final = _words(
    "vs v cf viz e.g i.e eg ie approx ca fig figs pp p art arts sec ch vol vols para nos ed eds cit"
)
# Before a number these are short for something; elsewhere they are words.
BEFORE_NUMBER: Final = _words("no nr n° № op pg pt col bk ver")
# These end a sentence only if what follows looks like the beginning of one.
MAYBE_LAST: Final = _words(
    "inc ltd co corp bros llc plc jr sr esq etc al dept univ assn ave blvd rd hwy ext est min max hrs mph dist "
    "jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thurs fri sat sun "
    "ala ariz ark calif colo conn del fla ga ill ind kan ky la mass md mich minn miss mo mont neb nev okla "
    "ore pa "
    "tenn tex va vt wash wis wyo ont que ph.d phd m.d"
)
MONTHS: Final = _words("jan feb mar apr jun jul aug sep sept oct nov dec")

# A capital on one of these is a sentence's, not a name's.
STARTERS: Final = _words(
    "The A An This That These Those There Here He She It They We You His Her Its Their Our My And But Or So "
    "Yet Nor "
    "If When While After Before Since Although Though Because As At By For From In Into Of On To With "
    "Without Under "
    "Over During Despite Until Unlike However Meanwhile Moreover Instead Also Then Now Today Yesterday "
    "Tomorrow Still "
    "Both Many Most Some Several Such Other Others Another All Any Each Every No Not Only One Two Three What "
    "Which "
    "Who Why How Where Whether According Asked Last Next Later Earlier Once Even Just Perhaps Officials "
    "Police People "
    "Is Are Was Were Do Does Did Has Have Had Can Could Will Would Should Image Photo"
)
EMPHATIC_NAMES: Final = _words("yahoo jeopardy yum jeep wham")
