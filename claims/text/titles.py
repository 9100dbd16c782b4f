"""Words that stand beside the names of sources: titles, offices, peoples and countries, folded."""

from typing import Final

from claims.text.fold import fold
from claims.text.lexicon import BODIES, BODY_NOUNS, COUNTRIES


def _words(words: str) -> frozenset[str]:
    return frozenset(words.split())


def _pairs(pairs: str) -> dict[str, str]:
    return dict(pair.split(":") for pair in pairs.split())


SMALL: Final = _words("the a an of for to in at on by and from with who that his her its their")
# Behind one of these stands whose spokesman somebody is, and no longer who.
BELONGING: Final = _words("for of to at from who with")
# Parts of family names that are spelled with and without: “van der Bellen”, “al-Assad”.
PARTICLES: Final = _words("al el ad as ash van von der den de del della di da dos du le la bin ibn bint ben ten ter")
TITLES: Final = _words(
    "mr mrs ms miss dr prof professor sir dame lord lady baroness baron count prince princess king queen sheikh pope "
    "patriarch catholicos archbishop bishop father rabbi imam ayatollah reverend president vice deputy prime minister "
    "premier chancellor secretary press spokesman spokeswoman spokesperson speaker foreign defence defense "
    "interior finance justice health economy culture energy security affairs internal external emergency situations "
    "chairman chairwoman chairperson chair chief head leader director manager executive ceo founder owner boss "
    "governor mayor senator congressman congresswoman representative mp mep lawmaker deputies member ambassador envoy "
    "consul diplomat attache commissioner special high senior junior former ex acting interim then late first second "
    "general colonel major lieutenant captain commander admiral marshal sergeant brigadier officer official analyst "
    "expert economist historian scientist researcher academic author writer journalist correspondent reporter editor "
    "columnist spokespeople pm blogger activist politician adviser advisor aide assistant counsellor ombudsman judge "
    "ombudswoman "
    "justice prosecutor lawyer attorney detective inspector sheriff coach player actor actress singer musician "
    "artist businessman businesswoman oligarch tycoon billionaire investor eyewitness witness resident opposition "
    "separatist rebel state duma supreme leader national assembly cabinet staff negotiator human rights defender"
)
# What a body may be called with or without.
FILLERS: Final = _words("news agency newspaper channel website republic federation official inc ltd llc plc gmbh")
PEOPLES: Final = _pairs(
    "afghan:afghanistan albanian:albania algerian:algeria american:us argentine:argentina armenian:armenia "
    "australian:australia austrian:austria azerbaijani:azerbaijan azeri:azerbaijan bangladeshi:bangladesh "
    "belarusian:belarus belgian:belgium bolivian:bolivia bosnian:bosnia brazilian:brazil british:uk english:england "
    "bulgarian:bulgaria cambodian:cambodia canadian:canada chilean:chile chinese:china colombian:colombia "
    "croatian:croatia cuban:cuba cypriot:cyprus czech:czechia danish:denmark dutch:netherlands ecuadorian:ecuador "
    "egyptian:egypt eritrean:eritrea estonian:estonia ethiopian:ethiopia european:eu finnish:finland french:france "
    "georgian:georgia german:germany ghanaian:ghana greek:greece haitian:haiti hungarian:hungary icelandic:iceland "
    "indian:india indonesian:indonesia iranian:iran iraqi:iraq irish:ireland israeli:israel italian:italy "
    "japanese:japan jordanian:jordan kazakh:kazakhstan kazakhstani:kazakhstan kenyan:kenya kosovar:kosovo "
    "kuwaiti:kuwait kyrgyz:kyrgyzstan latvian:latvia lebanese:lebanon libyan:libya lithuanian:lithuania "
    "malaysian:malaysia maltese:malta mexican:mexico moldovan:moldova mongolian:mongolia montenegrin:montenegro "
    "moroccan:morocco nepali:nepal nigerian:nigeria norwegian:norway omani:oman pakistani:pakistan "
    "palestinian:palestine peruvian:peru philippine:philippines filipino:philippines polish:poland "
    "portuguese:portugal qatari:qatar romanian:romania russian:russia rwandan:rwanda saudi:saudi scottish:scotland "
    "senegalese:senegal serbian:serbia singaporean:singapore slovak:slovakia slovenian:slovenia somali:somalia "
    "spanish:spain sudanese:sudan swedish:sweden swiss:switzerland syrian:syria taiwanese:taiwan tajik:tajikistan "
    "thai:thailand tunisian:tunisia turkish:turkey turkiye:turkey turkmen:turkmenistan ugandan:uganda "
    "ukrainian:ukraine uruguayan:uruguay uzbek:uzbekistan venezuelan:venezuela vietnamese:vietnam welsh:wales "
    "yemeni:yemen zimbabwean:zimbabwe usa:us america:us britain:uk kiev:kyiv"
)
COUNTRY_WORDS: Final = frozenset(fold(word).replace(".", "") for word in COUNTRIES) | set(PEOPLES.values())
# What stands for several words, or is spelled in two ways.
WRITTEN_OUT: Final = {
    "mod": ("ministry", "defence"),
    "mfa": ("ministry", "foreign"),
    "defense": ("defence",),
    "centre": ("center",),
    "organisation": ("organization",),
    "affairs": (),
    "ministries": ("ministry",),
    "govt": ("government",),
    "dept": ("department",),
    "intl": ("international",),
}
PHRASES: Final = {
    "united states of america": "us",
    "united states": "us",
    "united kingdom": "uk",
    "united nations": "un",
    "european union": "eu",
    "press secretary": "spokesman",
    "north atlantic treaty organization": "nato",
}
# What may stand before or behind a person's name and is no part of it.
BESIDE_NAMES: Final = (
    TITLES
    | SMALL
    | FILLERS
    | BODY_NOUNS
    | COUNTRY_WORDS
    | PEOPLES.keys()
    | {fold(body) for body in BODIES}
    | _words("united states kingdom european union nations duma")
)
