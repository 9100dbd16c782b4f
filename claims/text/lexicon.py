"""The English words that the first-pass reading rests on, grouped and named. Lower case unless they are names."""

from typing import Final


def _words(words: str) -> frozenset[str]:
    return frozenset(words.split())


def _phrases(phrases: str) -> tuple[str, ...]:
    return tuple(phrase.strip() for phrase in phrases.split("|"))


# Verbs of speech that need no proof: whoever is their subject said something.
SAYING: Final = _words(
    "said says saying told tells telling tweeted tweets tweeting wrote writes writing asked asks asking stated "
    "states stating added adds adding insisted insists insisting argued argues arguing replied replies "
    "replying "
    "quipped exclaimed remarked remarks remarking asserted asserts asserting opined joked recalled recalls "
    "reiterated reiterates testified testifies commented comments commenting"
)
# Verbs that report only with what was reported behind them: “that …”, a colon, a quotation, a clause.
REPORTING: Final = _words(
    "announced announces announcing claimed claims claiming alleged alleges alleging reported reports "
    "reporting "
    "confirmed confirms confirming acknowledged acknowledges admitted admits admitting conceded concedes "
    "explained explains explaining noted notes noting observed observes pointed revealed reveals disclosed "
    "discloses declared declares declaring suggested suggests suggesting indicated indicates indicating hinted "
    "hints estimated estimates predicted predicts predicting forecast forecasts concluded concludes contended "
    "contends maintained maintains stressed stresses stressing emphasized emphasised emphasizes emphasises "
    "underlined underlines underscored highlighted warned warns warning cautioned cautions promised promises "
    "promising pledged pledges pledging vowed vows vowing threatened threatens boasted boasts complained "
    "complains believes believed thinks thought hopes hoped fears feared expects expected agreed agrees "
    "responded "
    "responds continued continues went posted posts shared read reads found finds ruled rules showed shows "
    "proposed recommends recommended advised advises assured assures informed informs reminded signalled "
    "signaled "
    "speculated speculates considers regards characterizes characterized characterises described describes "
    "called "
    "calls calling denied denies denying doubts learned reckons reckoned feels felt knows knew counters "
    "countered "
    "retorted lamented lamenting mused jokes quoted"
)
# Acts of speech towards somebody: a report of the act itself, whatever stands behind it.
ACTS: Final = _words(
    "accused accuses accusing blamed blames blaming urged urges urging warned warns condemned condemns "
    "condemning "
    "criticized criticised criticizes criticises praised praises denounced denounces demanded demands "
    "demanding "
    "rejected rejects denied denies dismissed dismisses pleaded pleads appealed appeals threatened threatens "
    "pledged pledges promised promises vowed vows apologized apologised thanked congratulated slammed blasted "
    "welcomed hailed challenged lambasted decried lashed"
)
# Forms that are as often nouns: they need a report behind them and no article before them.
ALSO_NOUNS: Final = _words(
    "states notes comments remarks claims reports estimates forecasts forecast calls shows promises pledges "
    "demands doubts hopes fears jokes posts rules finds threats warnings report read claim estimate hope fear "
    "call show urge note demand find charge stress ask reads thought counters recommends maintains charges "
    "appeals"
)

# Plural and first-form uses: “experts say”, “they believe”. After “to” or “will” they report nothing.
BASE_FORMS: Final = _words(
    "say tell add believe think claim argue warn note suggest show indicate estimate hope fear insist allege "
    "report expect deny accuse urge reveal confirm acknowledge admit predict maintain stress call ask demand "
    "write describe explain find"
)
# With one of these a clause may follow without “that”, so the source alone is enough.
CLAUSAL: Final = _words(
    "noted notes observed observes explained explains claimed claims alleged alleges estimated estimates "
    "acknowledged acknowledges admitted conceded stressed stresses emphasized emphasised reported predicted "
    "predicts believes believed thinks thought suggested suggests suspects contended contends concluded hopes "
    "hoped fears feared expects expected reasoned announced announces revealed reveals confirmed "
    "confirms "
    "say tell believe think claim argue suggest estimate allege"
)
DOCUMENTS: Final = _words(
    "report study survey poll document documents letter statement ruling lawsuit figures data results findings "
    "statistics records estimates studies reports memo email paper article research analysis"
)
SHOWING: Final = _words(
    "show shows showed suggest suggests suggested indicate indicates indicated reveal reveals revealed find "
    "finds "
    "found reads says say"
)
CUE_VERBS: Final = SAYING | REPORTING | ACTS | BASE_FORMS | CLAUSAL
PARTICIPLES: Final = frozenset(verb for verb in CUE_VERBS if verb.endswith("ing"))
INVERTIBLE: Final = (SAYING - PARTICIPLES - {"told", "tells", "tell"}) | _words(
    "explained explains noted notes warned warns claimed claims continued observed recalled declared announced "
    "argued reported concluded admitted"
)
BE: Final = _words("is are was were be been being isn’t wasn’t aren’t weren’t isn't wasn't aren't weren't gets got")
AUXILIARIES: Final = BE | _words(
    "has have had will would can could may might shall should must do does did hasn’t haven’t hadn’t won’t "
    "wouldn’t can’t cannot couldn’t doesn’t don’t didn’t"
)
NEGATIONS: Final = _words(
    "not never n’t neither nor cannot didn’t doesn’t don’t hasn’t haven’t hadn’t won’t wouldn’t didn't doesn't don't"
)
# What may stand between a subject and its verb.
BETWEEN: Final = _words(
    "has have had also then later again once both all soon now still even just already further earlier "
    "previously "
    "himself herself itself themselves too first often always ever since however keeps kept would will did does"
)
SELVES: Final = _words("i we me us my our myself ourselves")
PRONOUNS: Final = _words("he she it they")
SINGULAR_PERSON: Final = _words("he she")
NO_SOURCE: Final = _words(
    "this these those there what which one nobody anyone everyone everybody someone somebody nothing something "
    "you here no none such it’s that’s each whoever whatever everything anybody"
)
DETERMINERS: Final = _words(
    "the a an his her its their this that these those some any every each no our my your another both several many most"
)
BOUNDARIES: Final = AUXILIARIES | _words(
    "that which who whom whose when while as because since if although though but so after before until "
    "despite "
    "whether where what how why than or yet nor unless once like with without amid about into over against by"
)
PREPOSITIONS: Final = _words(
    "in on at during following since from for to under after before with amid among as by despite within across through"
)
TIME_WORDS: Final = _words(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july "
    "august "
    "september october november december today yesterday tonight week month year time day morning afternoon "
    "evening night weekend recently earlier later ago"
)
# What may begin a sentence before its subject and is no part of a name.
LEADING: Final = _words(
    "and or & - ’s of du da di maybe perhaps however meanwhile but also now then still instead moreover yet so "
    "later earlier finally even more rather only recently once today yesterday there sadly broadly speaking"
)
PARTICLES: Final = _words("of de la le van von der den al el bin ibn bint ben da dos di du and for the & -")

VAGUE: Final = _words(
    "sources source experts expert analysts analyst critics observers insiders commentators pundits reports "
    "rumours rumors some many others people media outlets watchers specialists scholars supporters opponents "
    "detractors skeptics sceptics locals speculation several most few everybody everyone press"
)
DESCRIBED: Final = _words(
    "spokesman spokeswoman spokesperson spokespeople official officials officer officers minister ministers "
    "ministry president government police prosecutor prosecutors court judge judges lawyer lawyers attorney "
    "attorneys company firm agency department commission committee council parliament army military navy "
    "troops "
    "commander commanders general mayor governor senator lawmaker lawmakers lawmaker’s deputy leader leaders "
    "diplomat diplomats ambassador envoy investigators authorities authority witness witnesses resident "
    "residents "
    "victim father mother brother sister wife husband son daughter family researcher researchers scientist "
    "scientists professor author authors journalist reporter correspondent estimates study survey poll studies "
    "report document documents letter statement ruling lawsuit complaint indictment filing newspaper magazine "
    "broadcaster channel station outlet website memo email paper article union group organization organisation "
    "charity aide aides adviser advisers advisor advisors director manager chief head chairman chairwoman "
    "secretary soldier soldiers doctor doctors nurse teacher student captain coach player owner founder "
    "executive "
    "executives editor writer historian economist economists priest bishop activists activist campaigners "
    "regulator bank fund party team delegation figures data results findings statistics records protesters"
)
BODY_NOUNS: Final = _words(
    "ministry department council agency committee police court university bank news party commission "
    "government "
    "office organization organisation institute association union service force forces army navy military "
    "parliament senate congress assembly authority administration bureau company corporation group foundation "
    "center centre college school hospital church fund house board federation alliance treaty mod un eu times "
    "post press journal media radio tv television network watch international embassy kremlin pentagon "
    "secretariat bloc mission kremlin’s"
)
BODIES: Final = _words(
    "Kremlin Pentagon NATO CSTO EU UN UNESCO UNICEF IMF WHO OSCE FBI CIA FSB NASA BBC CNN AFP AP Reuters "
    "Interfax "
    "TASS Bloomberg Newsweek Politico Izvestia Guardian Telegraph Financial Economist Axios Xinhua Hamas "
    "Hezbollah Taliban Google Facebook Twitter Microsoft Apple Congress Parliament Senate Interpol Europol "
    "Amnesty Greenpeace"
)
# A country, or a capital that stands for one: speaks through somebody, and here nobody says through whom.
COUNTRIES: Final = _words(
    "Afghanistan Albania Algeria Angola Argentina Armenia Australia Austria Azerbaijan Bahrain Bangladesh "
    "Belarus "
    "Belgium Bolivia Bosnia Botswana Brazil Bulgaria Cambodia Cameroon Canada Chad Chile China Colombia Congo "
    "Croatia Cuba Cyprus Czechia Denmark Ecuador Egypt Eritrea Estonia Ethiopia Finland France Georgia Germany "
    "Ghana Greece Guatemala Haiti Honduras Hungary Iceland India Indonesia Iran Iraq Ireland Israel Italy "
    "Jamaica "
    "Japan Jordan Kazakhstan Kenya Kosovo Kuwait Kyrgyzstan Laos Latvia Lebanon Liberia Libya Lithuania "
    "Luxembourg Malaysia Mali Malta Mexico Moldova Mongolia Montenegro Morocco Mozambique Myanmar Namibia "
    "Nepal "
    "Netherlands Nicaragua Niger Nigeria Norway Oman Pakistan Palestine Panama Paraguay Peru Philippines "
    "Poland "
    "Portugal Qatar Romania Russia Rwanda Senegal Serbia Singapore Slovakia Slovenia Somalia Spain Sudan "
    "Sweden "
    "Switzerland Syria Taiwan Tajikistan Tanzania Thailand Tunisia Turkey Türkiye Turkmenistan Uganda Ukraine "
    "Uruguay Uzbekistan Venezuela Vietnam Yemen Zambia Zimbabwe Britain England Scotland Wales America US "
    "U.S UK "
    "U.K USA U.S. U.K. USSR Moscow Washington Kyiv Kiev Beijing Brussels London Paris Berlin Ankara Baku "
    "Yerevan "
    "Tehran Jerusalem Riyadh Warsaw Tokyo Delhi Islamabad Minsk Tbilisi Astana Damascus Pyongyang Seoul "
    "Caracas "
    "Havana Cairo Rome Madrid West East Europe Russians Armenians Azerbaijanis Turks Ukrainians Americans "
    "Chinese"
)
COUNTRY_FILLERS: Final = _words(
    "the and both united states kingdom soviet union new saudi arabia south north korea africa zealand sri "
    "lanka "
    "federation republic also emirates arab"
)

HEDGES: Final = _words(
    "reportedly allegedly seemingly apparently purportedly supposedly ostensibly rumoured rumored presumably"
)
VAGUE_PHRASES: Final = _phrases(
    "experts say|experts said|experts believe|analysts say|analysts believe|critics say|observers say|some "
    "say|some believe|many believe|many say|"
    "sources say|sources said|sources told|insiders say|reports say|reports suggest|reports indicate|reports "
    "claim|reports have emerged|"
    "media reports|it is reported|it was reported|it has been reported|it has been claimed|it is claimed|it "
    "is alleged|it was alleged|"
    "rumours suggest|rumors suggest|rumour has it|rumor has it|there are reports|there have been reports|"
    "according to some|"
    "speculation is|fears are growing|it is said|it is understood|it is believed|it is thought|it is feared|"
    "it is rumoured|it is rumored"
)
PASSIVES: Final = _words(
    "likened described considered believed thought said known seen viewed regarded expected feared accused "
    "suspected alleged reported rumoured rumored called dubbed compared understood perceived portrayed branded "
    "labelled labeled hailed criticized criticised blamed deemed estimated"
)
OUTLET_NOUNS: Final = (
    "report|reports|article|interview|statement|story|op-ed|post|tweet|column|briefing|letter|study|speech|documentary|"
    "podcast|broadcast"
)

# Opinion in the article's own voice: phrases that need no help, and words that only together weigh enough.
FIRST_PERSON: Final = (
    r"\bI (?:(?:\w{1,12}ly|also|still|really|don.t|do not|personally|for one|must|would|can|can.t|cannot|am|"
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
OPINION_PHRASES: Final = _phrases(
    "it looks like|it seems|it appears that|there is no doubt|there can be no doubt|no doubt|without a doubt|"
    "there is no real basis|needless to say|"
    "it is hard to|it is difficult to|one thing is certain|one thing is clear|it is clear that|it’s clear "
    "that|it is obvious|the truth is|the fact is|"
    "let’s be clear|let us be clear|make no mistake|of course|to everyone’s surprise|what is more|even more|"
    "the funniest thing|"
    "the worst thing|the best thing|the saddest|what a |how dare|it is time|it’s time|high time|the question "
    "is|the irony|ironic|ironically|"
    "like a knife through butter|middle finger|laughing stock|paper tiger|nothing but|nothing more than|"
    "nothing less than|for good reason|"
    "only a matter of time|remains to be seen|it is possible|it is impossible|too late|it would be|would be "
    "wise|would do well|had better|"
    "left with no choice|not surprising|no surprise|unsurprisingly|should know better|worst nightmare|shows "
    "its place|giving fake"
)
STRONG_WORDS: Final = _words(
    "probably maybe perhaps shamelessly unfortunately sadly thankfully luckily hopefully ridiculous absurd "
    "pathetic disgrace disgraceful outrageous shameful laughable hilarious idiotic stupid foolish brilliant "
    "wonderful horrible terrible awful disgusting appalling magnificent superb hypocrisy hypocritical cowardly "
    "monstrous evil heroic inevitably undoubtedly unquestionably frankly honestly arguably regrettably "
    "disappointing shame nonsense farce travesty useless worthless delusional unwise preposterous despicable "
    "deplorable"
)
WEAK_WORDS: Final = _words(
    "should must ought clearly obviously surely certainly likely unlikely simply merely absolutely utterly "
    "totally completely truly really effectively essentially basically finally even desperate desperation grim "
    "cruel brutal dear so-called self-proclaimed loyal fake dangerous reckless remarkable impressive beautiful "
    "ugly great good bad better worse best worst important crucial vital necessary unfair unjust fair wrong "
    "smart "
    "wise failed failure dream nightmare hairy bluffing bluff scheming kitchen wooden myth puppet regime "
    "elites "
    "propaganda surprising striking stunning amazing incredible unbelievable unacceptable wonderful excellent "
    "poor weak strong may might could"
)
