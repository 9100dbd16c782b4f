"""English words that turn a statement round, leave it open, or say who did it: what two statements are compared by."""

import re
from typing import Final


def words_of(words: str) -> frozenset[str]:
    """The words of a list between blanks."""
    return frozenset(words.split())


# What denies the words behind it. Verbs and nouns stand by all their forms.
DENYING: Final = words_of(
    "not never no neither nor nobody none nothing without cannot hardly barely scarcely fail fails failed failing "
    "refuse refuses refused refusing decline declines declined declining deny denies denied denying unable lack "
    "lacks lacked lacking false untrue"
)
# Of these, what never tells of anything else.
ALWAYS_DENYING: Final = words_of("not never no neither nor nobody none nothing without cannot hardly barely scarcely")
# These deny only with the word behind them: “failed to reach”, “ruled out a vote”, “lack of proof”.
DENYING_WITH: Final = {
    **dict.fromkeys(("fail", "fails", "failed", "failing"), words_of("to")),
    **dict.fromkeys(("refuse", "refuses", "refused", "refusing"), words_of("to")),
    **dict.fromkeys(("decline", "declines", "declined", "declining"), words_of("to")),
    "unable": words_of("to"),
    **dict.fromkeys(("lack", "false", "untrue"), words_of("of that")),
}
RULING_OUT: Final = words_of("rule rules ruled ruling")
# A denying word with one of these behind it denies nothing: “not only”, “nothing but”, “no doubt”.
NOT_DENYING: Final = {
    "not": words_of(
        "all every everyone everybody always enough both many most much entirely only just merely simply least "
        "necessarily surprisingly until unlike"
    ),
    "nothing": words_of("but"),
    "none": words_of("other"),
    "no": words_of("doubt matter less fewer more later sooner wonder"),
    "never": words_of("mind"),
    "without": words_of("doubt"),
}
# Denied, these leave open what they speak of: “did not say why he was arrested”.
SPEAKING: Final = words_of(
    "say said tell told know known comment explain specify confirm respond reply disclose reveal mention notify "
    "clear believe think expect mean understand decide announce provide offer give"
)
# What is behind one of these did not happen for that: it can, should, or is only said to have.
OPEN: Final = words_of(
    "charged charges suspicion investigating investigated could may might should must can if whether unless ask "
    "asked asks urge urged urges want wants wanted plan plans planned hope hopes hoped expected likely unlikely "
    "possible possibly potentially perhaps maybe accused accuse accuses accusing suspected suspect alleged "
    "allegedly threatened threatens threaten considering considers consider tried tries try trying sought seek "
    "seeks seeking demanded demands demand calls called propose proposes proposed proposal offer offered offers "
    "intends intention intend prepared preparing ready ordered orders obliged agreed promised promises vowed "
    "pledged needs need right chance opportunity attempt attempted attempts risk fears "
    "expect expects forecast forecasts predict predicts predicted"
)
# Verbs of two words, by the stem of the first, and the verb that says the same.
TWO_WORDS: Final = {
    ("turn", "down"): "reject",
    ("vote", "down"): "reject",
    ("call", "off"): "cancel",
    ("go", "ahead"): "proceed",
    ("strike", "down"): "overturn",
    ("give", "up"): "abandon",
    ("lay", "off"): "dismiss",
}
# Where the reach of such a word ends.
ENDING: Final = words_of(
    "and but while although though because when after before until since who which whose whom where however yet "
    "despite unless so or"
)
CONTRASTED: Final = words_of("the a an to in on at for by its his her their only rather from with of")
SAYING: Final = words_of("said says saying told tells")
# These only where a clause or a quotation follows: “reported a loss” is no voice.
SAYING_THAT: Final = words_of(
    "stated states added adds reported reports announced wrote tweeted claimed claims insisted insists warned "
    "confirmed confirms found believes showed shows"
)
# And these behind what is said, at the end of a sentence.
SAYING_LAST: Final = SAYING | words_of("reported announced added insisted wrote tweeted stated")
COMING: Final = words_of("will shall due scheduled set planned plans expected begins starts opens takes resumes")

BE: Final = words_of("is are was were be been being gets got")
HELPING: Final = BE | words_of(
    "has have had will would can could may might shall should must do does did cannot won't wouldn't can't "
    "couldn't isn't aren't wasn't weren't hasn't haven't hadn't doesn't don't didn't shouldn't mustn't"
)
# Verbs of which one thing has one doer: who else did it is a contradiction. By their base forms.
ONE_DOER: Final = words_of(
    "win beat defeat kill murder assassinate shoot down attack strike bomb shell raid invade storm buy acquire "
    "purchase sell broker mediate write author compose paint direct found establish invent discover design build "
    "start begin cause provoke trigger order carry host own score sink poison kidnap abduct hack leak steal plant "
    "launch fire open break violate succeed replace lead chair lose draft ignite destroy blow wound injure hit "
    "seize capture fund finance commission develop produce deliver pay"
)
# Both do it to each other: who is named first says nothing.
MUTUAL: Final = words_of("meet marry fight talk negotiate sign agree join divorce speak discuss border neighbour")
# What tells of a thing that happens once, so that it has one date.
ONCE: Final = words_of(
    "born bear die found build sign open establish launch complete elect appoint marry sink collapse ratify adopt "
    "invent discover abolish assassinate close begin start end resign inaugurate crash derail dissolve execute "
    "murder publish release unveil hold take happen occur erupt resume convene opening trial summit referendum "
    "election wedding funeral hearing ceremony final vote disappear join arrive leave depart retire graduate "
    "declare create introduce conclude expire approve pass ban merge explode land effect force enter dissolution "
    "signature birth death arrest detain sentence convict charge"
)
# Differences of these are of another thing, and no contradiction: the women's race is not the men's.
# Small words of which one of each pair cannot stand for the other.
SMALL_OPPOSITES: Final = (
    (words_of("before"), words_of("after")),
    (words_of("inside within"), words_of("outside")),
    (words_of("up"), words_of("down")),
    (words_of("above"), words_of("below")),
    (words_of("for"), words_of("against")),
    (words_of("with"), words_of("without")),
    (words_of("earlier"), words_of("later")),
)
# What is counted where people are, whoever they are.
ANY_PEOPLE: Final = words_of("person people life live victim death dead casualty body")
PEOPLE: Final = ANY_PEOPLE | words_of(
    "worker soldier civilian passenger resident man woman child student protester employee troop officer miner "
    "pupil policeman tourist migrant refugee prisoner inmate patient fighter militant villager fan supporter "
    "guest hostage"
)
# By when a number was counted: it may have grown since.
COUNTED_BY: Final = words_of("midday noon midnight dawn dusk nightfall morning evening afternoon")
# What happens to one thing in one place: elsewhere it cannot have happened as well.
PLACED_ONCE: Final = words_of(
    "born bear die found find arrest detain crash sink hold take bury sign capture derail locate base headquarter kill "
    "discover land collapse"
)
# Forms of verbs that are the same in the past, and those nouns have as well.
UNCHANGED: Final = words_of("beat hit cut hurt shut put set cost quit")
TELLING_APART: Final = words_of("male private import majority rank early better north east country")
PERIODS: Final = words_of(
    "quarter half round day time year month week season century stage set game heat edition match race term term "
    "anniversary birthday instalment phase"
)
# Groups that are meant by one word as by the other.
SAME_DOERS: Final = (
    words_of("police officer policeman cop constable"),
    words_of("troop soldier army military force"),
    words_of("company firm corporation business group"),
    words_of("court judge jury tribunal justice"),
    words_of("government authority state cabinet minister ministry administration official country"),
)
# Nouns that can stand for anybody named elsewhere.
ANYBODY: Final = words_of(
    "man woman person people team side country nation group company firm club party organization player president "
    "minister leader official government army force police suspect driver defendant victim bank court state team "
    "union government candidate author artist city town"
)
CLAUSE_MARK: Final = re.compile(r"[,;:()\[\]—–!?…]|--|\.(?=\s|$)|[\"“”«»]")
