"""Words of news English that tell of the same sort of event, and which of them say the opposite of each other.

A family is written `name: words | opposite words`; its words stand in their base form and are looked up by their stem
(claims.text.stems). Two words of one family can tell of the same event; two from both sides of the bar cannot both be
right. The families are our own and short on purpose: what is missing makes two claims less alike, never opposed.
"""

from typing import Final

FAMILIES: Final = """
conflict: war warfare fighting fight battle combat clash conflict hostility skirmish firefight
truce: truce ceasefire armistice
attack: attack strike raid assault offensive shell shelling bomb bombing bombard bombardment airstrike assail storm
invade: invade invasion incursion occupy occupation
life: kill die dead death toll fatal fatality slay murder perish lethal casualty slaughter | survive alive survivor
hurt: injure injury wound hurt casualty maim | unhurt unharmed unscathed uninjured
halt: suspend suspension freeze halt pause shelve stall postpone discontinue | resume resumption restart unfreeze
delay: delay postpone defer
ending: end finish conclude cease stop expire terminate | begin start launch commence outbreak
opening: open reopen | close shut closure
belonging: member membership participate participation belong join accede accession | leave quit withdraw withdrawal
 exit
arrival: arrive arrival reach enter entry | depart departure
change: rise increase grow growth climb soar surge jump gain up grew higher | fall drop decline decrease shrink plunge
 slump slide tumble lower down dip reduce reduction
rate: raise hike lift | cut lower slash reduce
wider: expand expansion widen broaden enlarge | shrink narrow contract downsize
decision: approve approval back adopt pass endorse ratify authorise accept sign agree grant | reject rejection veto
 refuse
 decline rebuff deny
ruling: uphold confirm affirm | overturn quash annul reverse strike-down scrap
law: legalise legal lawful legalize permit allow authorise | ban outlaw prohibit illegal unlawful forbid
verdict: guilty convict conviction | acquit acquittal innocent clear exonerate
sentence: sentence jail prison imprison imprisonment
custody: arrest detain detention custody apprehend nab | release free
charge: charge indict indictment prosecute
backing: support back favour favor endorse backing approve | oppose opposition resist object against reject
praise: praise welcome hail applaud commend | condemn denounce criticise criticize slam blast decry
contest: win victory beat defeat triumph victorious | lose defeat loss
beating: beat defeat thrash
victory: win won victory winner
buying: buy purchase acquire acquisition takeover buyout
selling: sell sale divest
hiring: hire recruit appoint appointment name | fire dismiss sack axe layoff
office: resign resignation step-down quit | stay remain
marry: marry wed wedding marriage | divorce
birth: bear birth born
quake: earthquake quake tremor temblor seismic aftershock magnitude richter epicentre epicenter
storm: storm hurricane typhoon cyclone tempest
flood: flood flooding inundate deluge
blaze: fire blaze wildfire inferno
crash: crash collide collision wreck smash
blast: explosion explode blast detonate detonation bomb bombing
collapse: collapse cave
protest: protest demonstrate demonstration demonstrator rally protester march riot
strike: strike walkout stoppage
vote: vote ballot poll election elect referendum
talks: talk negotiation negotiate dialogue discussion
meeting: meet meeting summit conference
accord: agreement treaty deal accord pact
build: build construct construction erect | demolish dismantle raze
harm: damage destroy destruction wreck ruin devastate | repair rebuild restore
truth: true genuine authentic correct real | false fake forged untrue incorrect wrong
possibility: possible likely probable | impossible unlikely
safety: safe secure harmless | dangerous unsafe hazardous harmful
rank: first | last
better: better improve improvement best | worse worsen deteriorate worst
profit: profit profitable surplus | loss deficit
wealth: rich wealthy | poor impoverished
supply: send deliver supply ship dispatch deploy provide
withdrawal: withdraw pullout retreat pull-out | advance deploy
capture: capture seize take recapture retake conquer overrun | lose
liberty: free freedom | captive hostage
north: north northern northward | south southern southward
east: east eastern eastward | west western westward
majority: majority | minority
import: import | export
early: early earlier | late later
male: man male | woman female
private: private | public
temporary: temporary interim provisional | permanent
voluntary: voluntary voluntarily willing | forced mandatory compulsory involuntary
success: success succeed successful successfully manage | fail failure unsuccessful
presence: present presence attend attendance | absent absence skip boycott miss
admission: admit confess acknowledge | deny denial
claim: accuse accusation allege allegation blame
demand: demand urge call appeal
fear: fear worry concern alarm
anger: anger angry fury furious outrage rage
pact: alliance bloc
job: job work staff employee worker
jobless: unemployed unemployment jobless workless
money: fine penalty
visit: visit trip
refugee: refugee displaced flee evacuate
rescue: rescue save
theft: steal theft thief rob robber robbery loot heist burglary burglar
shooting: shoot shot gunfire shooting gunman
rehab: rehab rehabilitation clinic
announce: announce unveil reveal disclose
recall: recall
sack: dismiss sack fire oust | reinstate
trial: trial hearing
country: country nation state
police: police officer policeman cop constable
troops: troop soldier army military force
firm: company firm corporation business
people: people person
town: town city
doctor: doctor physician medic
child: child kid minor
lawyer: lawyer attorney solicitor
film: film movie
car: car vehicle automobile
plane: plane aircraft jet airliner airplane
ship: ship vessel boat
rocket: missile rocket
strength: strengthen strong firm appreciate bolster stronger | weaken weak depreciate undermine weaker
creation: create creation | destroy eliminate abolish
sign: positive | negative
fitness: fit | unfit injured injure
inclusion: include inclusion | exclude exclusion omit
leave: allow permit enable let | prevent block bar stop forbid
level: high highest higher record peak | low lowest lower
temperature: hot hotter warm warmer | cold colder cool
rain: wet rainy | dry drought
tension: ease calm relax de-escalate | tighten escalate intensify tense worsen
stability: stable stability | unstable instability
length: extend extension lengthen prolong long longer | shorten curtail short shorter
outlook: optimistic optimism | pessimistic pessimism
agreeing: agree agreement consensus unanimous unanimously | disagree disagreement split divided
unity: unite united unity | divide division divided
running: operate operational online | idle offline
violence: peaceful peacefully calm | violent violently violence
intent: deliberate deliberately intentional intentionally | accidental accidentally accident
finding: find recover locate discover | lose missing lost
known: known identified identify | unknown unidentified
active: active activate | inactive deactivate
respect: observe respect comply honour | violate breach break
repay: lend borrow | repay
trust: trust confidence | distrust mistrust
full: full crowded | empty deserted
load: heavy heavier | light lighter
border: open | seal
hope: hope hopeful | despair
payment: pay paid | unpaid owe
speed: fast faster accelerate quicken speed | slow slower decelerate slowdown
lead: lead ahead | trail behind
arming: arm armed | unarmed disarm
vaccinated: vaccinated | unvaccinated
satisfaction: satisfied happy pleased | dissatisfied unhappy displeased disappointed
employment: employed | unemployed
healthy: healthy well recover recovered | sick ill
clothing: clothed | naked
aware: aware | unaware
solved: solve solved resolve resolved | unsolved unresolved
stance: tough hard harsh | soft lenient
dealing: buyer | seller
debt: surplus | deficit
direction: inflow | outflow
flight: land landing | take-off takeoff
cancellation: cancel cancellation scrap abandon | proceed
launching: launch release unveil introduce debut
choice: name nominate nominee nomination appoint pick choose select selection
suing: sue lawsuit suit litigation
homicide: murder murderer homicide manslaughter killer killing kill slay
escape: escape flee fugitive breakout
search: search hunt manhunt
knife: stab stabbing knife
flaw: flaw vulnerability bug glitch defect
hacking: hack hacker cyberattack intrusion
drink: drunk drunken dui dwi intoxicate
outage: outage disrupt disruption blackout cut sever
baby: pregnant pregnancy baby birth
merging: merge merger combine
piracy: pirate piracy hijack hijacker
kidnapping: kidnap kidnapping kidnapper abduct abduction hostage
smuggling: smuggle smuggler trafficking
bribery: bribe bribery corruption graft
inquiry: investigate investigation investigator probe inquiry inquest
role: actor actress star
phone: phone smartphone handset
prisoner: inmate prisoner convict
apology: apologise apologize apology
warning: warn warning alert
layoffs: layoff redundancy sack
bankruptcy: bankrupt bankruptcy insolvent insolvency
sanctions: sanction embargo
successor: replace replacement successor succeed
burning: burn fire arson arsonist
price: price cost
"""

# Forms that no rule leads back to their base.
IRREGULAR: Final = """
won:win fought:fight fell:fall fallen:fall rose:rise risen:rise grew:grow grown:grow shot:shoot led:lead sold:sell
bought:buy found:find met:meet left:leave lost:lose beat:beat beaten:beat held:hold took:take taken:take began:begin
begun:begin struck:strike stricken:strike sent:send went:go gone:go gave:give given:give came:come made:make
built:build
rebuilt:rebuild froze:freeze frozen:freeze stole:steal stolen:steal wrote:write written:write broke:break broken:break
shrank:shrink shrunk:shrink sank:sink sunk:sink withdrew:withdraw withdrawn:withdraw paid:pay spent:spend drove:drive
driven:drive flew:fly flown:fly fled:flee chose:choose chosen:choose threw:throw thrown:throw brought:bring
overthrew:overthrow overthrown:overthrow caught:catch kept:keep said:say told:tell ran:run spoke:speak spoken:speak
stood:stand understood:understand taught:teach thought:think knew:know known:know saw:see seen:see wore:wear worn:wear
slew:slay slain:slay died:die dies:die dying:die lay:lie became:become drew:draw drawn:draw hid:hide hidden:hide
bore:bear born:bear rode:ride rang:ring sang:sing sung:sing swore:swear sworn:swear swam:swim tore:tear torn:tear
woke:wake shook:shake shaken:shake sought:seek fed:feed bled:bleed bred:breed dealt:deal felt:feel meant:mean
men:man women:woman children:child people:people persons:person wives:wife lives:life leaves:leave knives:knife
wed:wed upheld:uphold arose:arise retook:retake forgot:forget forbade:forbid forbidden:forbid mistook:mistake
undid:undo oversaw:oversee retold:retell overran:overrun does:do did:do done:do has:have had:have is:be are:be was:be
were:be been:be being:be news:news governor:governor series:series
crises:crisis bases:base axes:axe data:data media:media
us:us uses:use used:use using:use lying:lie tying:tie wing:wing king:king spring:spring during:during morning:morning
evening:evening ceiling:ceiling building:building nothing:nothing something:something anything:anything
red:red bed:bed need:need speed:speed feed:feed seed:seed breed:breed hundred:hundred species:species gas:gas bus:bus
"""

# Bodies by the first letters of their names; what stands behind the colon is what they are also called.
BODIES: Final = """
csto:collective security treaty organization alliance bloc
nato:north atlantic treaty organization alliance
un:united nations
eu:european union bloc
osce:organization security cooperation europe
who:world health organization
imf:international monetary fund
wto:world trade organization
opec:organization petroleum exporting countries
icc:international criminal court
icj:international court justice
iaea:international atomic energy agency
ecb:european central bank
fbi:federal bureau investigation
cia:central intelligence agency
cis:commonwealth independent states
au:african union
asean:association southeast asian nations
uefa:union european football associations
"""

# A capital, or a seat of power, that speaks for its country.
SEATS: Final = """
moscow:russia kremlin:russia yerevan:armenia baku:azerbaijan kyiv:ukraine ankara:turkey washington:us pentagon:us
london:uk paris:france berlin:germany rome:italy madrid:spain beijing:china tokyo:japan delhi:india islamabad:pakistan
tehran:iran jerusalem:israel riyadh:saudi minsk:belarus tbilisi:georgia astana:kazakhstan damascus:syria seoul:korea
pyongyang:korea warsaw:poland athens:greece cairo:egypt havana:cuba caracas:venezuela brussels:eu kabul:afghanistan
baghdad:iraq belgrade:serbia budapest:hungary bucharest:romania sofia:bulgaria prague:czechia vienna:austria
stockholm:sweden oslo:norway helsinki:finland copenhagen:denmark lisbon:portugal dublin:ireland canberra:australia
ottawa:canada hanoi:vietnam manila:philippines jakarta:indonesia bangkok:thailand nairobi:kenya
"""

# Words that say little of what a claim is about, beside those that hold sentences together.
SMALL: Final = """
the a an of for to in at on by and from with who that his her its their this these those it he she they we i you him
them
us our my your is are was were be been being am has have had having do does did doing will would can could may might
shall should must not no nor or but if then than so as such also too very more most much many some any each every all
both
either neither other another same own which what when where why how whose whom there here now just only even still yet
already again into onto over under between among about against after before since until till during through within
without
across along around behind beyond above below up down out off upon per via amid toward towards despite because while
although though however therefore meanwhile s t re ve ll d m said say says saying tell told tells according reported
report reportedly added adds stated states announced spokesman spokeswoman spokesperson official officials sources
source
mr mrs ms dr get got let go went come came make made take took put one's itself himself herself themselves thing things
latter way well back like want quite rather ever never nothing something
"""

# How often a word stands in news whatever it tells of: in many claims of any story, and so of little help.
FREQUENT: Final = """
year years month months week weeks day days time today yesterday monday tuesday wednesday thursday friday saturday
sunday
january february march april may june july august september october november december last next new first two three one
people country countries government president prime minister leader leaders group part number percent million billion
world
state states national international city town region area according week morning night old former later earlier recent
recently week including since however statement news press agency media
"""


def pairs(table: str) -> dict[str, str]:
    """Read a table of `key:value` between blanks."""
    return dict(pair.split(":", 1) for pair in table.split())


def lines(table: str) -> dict[str, list[str]]:
    """Read a table of `key:words` lines; a line that begins with a blank goes on with the one before it."""
    joined = table.replace("\n ", " ").strip()
    return {key.strip(): words.split() for key, words in (line.split(":", 1) for line in joined.splitlines())}
