"""What lines of republished pages look like that are not the article: patterns, each for one whole stripped line.

Every pattern is anchored at the line's beginning, and what it repeats is bounded or possessive. They are matched
only against lines of a limited length, so that a long paragraph can never become page furniture.
"""

import re
from typing import Final

MAX_FURNITURE: Final = 300


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


# Forms, invitations and notices of the site: a whole line, with or without a full stop.
FURNITURE: Final = _any(
    r"(?:©|\(c\)|copyright\b).{0,200}$|.{0,80}\ball rights reserved\b.{0,60}$",
    r"(?:leave|post|write|add) (?:a|your) (?:reply|comment)s?(?: to .{1,80})?(?: cancel reply)?\W*$",
    r"(?:click here to )?cancel reply\W*$",
    r"your email(?: address)? will not be published\b.{0,80}$",
    r"required fields are marked\b.{0,20}$",
    r"save my name, email\b.{0,100}$",
    r"notify me of (?:follow-?up|new)\b.{0,60}$",
    r"this site uses akismet\b.{0,120}$",
    r"(?:post|submit|send) (?:a )?comment\W*$",
    r"(?:please )?(?:log ?in|sign in|register)(?: or (?:register|sign up|log ?in))?(?: to (?:comment|reply|"
    r"continue).{0,40})?\W*$",
    r"you must be logged in to (?:post|leave|reply).{0,40}$",
    r"(?:no|one) comments?(?: yet)?\W*$",
    r"like this:?(?: like)?(?: loading)?\W*$|like loading\W*$|loading\W*$",
    r"click to (?:share|print|email|expand|enlarge|play)\b.{0,80}$",
    r"(?:join|find|like) us on \w{1,20}\W*$|join (?:our|the) (?:telegram|whatsapp|mailing|discussion|"
    r"conversation).{0,60}$",
    r"(?:sign up|subscribe)(?: now| here| today)?(?: (?:to|for) (?=.{0,80}\b(?:newsletters?|e-?mails?|alerts?|updates?|"
    r"our|access|inbox|channel|podcasts?|posts|comments|digest|briefing|account|app|feed|free)\b).{1,120})?\W*$",
    r"(?:get|receive) (?:the|our|all|your|breaking) .{0,60}(?:inbox|newsletter|notifications|email)\W*$",
    r"(?:enter|type) your e-?mail\b.{0,80}$|newsletters?\W*$",
    r"by (?:signing up|subscribing|clicking|continuing|submitting)\b.{0,200}$",
    r"(?:we|this (?:web)?site) uses? cookies\b.{0,200}$|(?:accept|reject|manage)(?: all)? cookies\W*$|"
    r"cookie (?:policy|settings)\W*$",
    r"(?:powered by|theme by|proudly powered|designed by|hosted by)\b.{0,80}$",
    r"\d{1,3} ?min(?:ute)?s?(?: read)?\W*$|reading time\b.{0,30}$|(?:listen|watch)(?: to this article| now|"
    r" live)?\W*$",
    r"(?:https?://|www\.)\S+$|@\w{1,30}$|#\w{1,40}(?: #\w{1,40})*$",
    r"this (?:article|story|post) (?:was )?(?:originally|first) (?:appeared|published)\b.{0,160}$",
    r"[\W_]+$",
)
# The same for lines without a final stop: navigation, share buttons, headings of lists.
SHORT_FURNITURE: Final = _any(
    r"(?:name|e-?mail|website|comment|your name|your e-?mail|message)\s?\*?:?$",
    r"(?:previous|next|prev|older|newer)(?: (?:story|stories|post|posts|article|articles|page|entry))?\W*$",
    r"[«‹←<]+ ?(?:previous|prev|older|back)\b.{0,120}$",
    r"(?:next|newer)\b.{0,120}[»›→>]+$",
    r"read more\W{0,6}(?:at .{1,40})?$",
    r"(?:read|continue) (?:full|more|reading|the full|the rest)(?: (?:article|story|post|"
    r"of this))?.{0,20}[»›→>….]*$",
    r"(?:continue|keep) reading\b.{0,120}$",
    r"(?:see|show|load|view) (?:more|all|comments|less)(?: (?:comments|posts|stories|articles))?\W*$",
    r"view (?:all )?(?:posts|articles|comments) (?:by|from|in)\b.{0,80}$",
    r"(?:more|latest|other)(?: (?:stories|news|posts|articles|headlines))?(?: (?:from|by|on|in|"
    r"about) .{1,60})?\W*$",
    r"\d+ (?:I (?:don.t )?like it|likes?|shares?|comments?|views?|replies|reactions?|retweets?|votes?)\W*$",
    r"\d[\d.,]{0,6}[KMkm]? (?:followers?|subscribers?|notes?|posts?|claps?|reads?|members?|reposts?|saves?)\b.{0,30}$",
    r"[←«‹] ?\S.{0,150}$|\S.{0,150} [→»›]$|\d{1,5} comments?\b.{0,20}$",
    r"(?:view )?(?:\| )?\d{1,3} (?:photos|images|pictures|videos)$",
    r"post(?:ed)? by:? \S{1,40} [»•·] .{4,60}$|\S{1,40} (?:liked this|posted this|reblogged this from \S{1,40})$",
    r"(?:#\w[\w '-]{1,40}\s?,?){2,12}$",
    r"(?:reader )?comments?(?: ?\(\d+\)| are closed| off| \d+)?\W*$",
    r"(?:share|like|follow|print|e-?mail|tweet|pin|save|copy link|bookmark|report|reply|comment|send|post|"
    r"whatsapp|"
    r"facebook|twitter|linkedin|reddit|telegram|pinterest|tumblr|instagram|youtube|flipboard|x|sms|messenger)"
    r"(?: (?:this|it|us|now|on|to|via|by|with|link))*(?: (?:article|story|post|friends|page|facebook|twitter|"
    r"linkedin|"
    r"reddit|telegram|whatsapp|pinterest|email|instagram|youtube|x))*(?: \(opens in new window\))?\W*$",
    r"follow (?:us|me|.{1,40}) on (?:twitter|facebook|instagram|x|telegram|google news|youtube|"
    r"linkedin)\b.{0,60}$",
    r"(?:privacy policy|terms (?:of (?:use|service)|and conditions|& conditions)|contact(?: us)?|"
    r"about(?: us)?|advertise(?: with us)?|"
    r"home(?:page)?|search|menu|close|skip to (?:main )?content|toggle navigation|sitemap|archives?|"
    r"back to top|top|jump to .{1,40})\W*$",
    r"advert(?:isement|ising)?s?\W*$|sponsored(?: content)?\W*$|(?:story|article) continues (?:below|"
    r"after).{0,40}$|promoted\W*$",
    r"(?:related|recommended|popular|trending|most (?:read|popular|viewed|shared)|you (?:may|"
    r"might) (?:also )?(?:like|be interested).{0,20}|"
    r"editor.s picks?|top stories|don.t miss|what.s next|in this (?:story|article)|up next|also on .{1,40})"
    r"(?: (?:articles?|posts?|stories|news|topics?|content|reading|videos?|links?|coverage|now))?\W*$",
    r"(?:tags?|tagged|topics?|categor(?:y|ies)|filed under|posted in|keywords|labels)\s?:.{0,200}$|"
    r"tagged (?:with )?.{1,100}$",
    r"posted (?:on|by|in|at)\b.{0,80}$|published (?:on |at |in )?:?\s?\W?(?:\d|jan|feb|mar|apr|may|jun|jul|"
    r"aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun).{0,60}$",
    r"(?:last )?(?:updated|modified)\s?(?:on|at|:)?\s?(?:on )?(?:\d|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|"
    r"nov|dec|mon|tue|wed|thu|fri|sat|sun).{0,60}$",
    r"about (?:the )?authors?\W*$|(?:written|reported|edited|compiled|posted|published) by:? .{1,80}$",
    r"(?:source|original source|via|original article|first published(?: at| on)?|"
    r"republished from)\s?:.{1,200}$",
    r"get (?:our|the) app\W*$|download (?:our|the) app\b.{0,40}$|(?:donate|support us|become a member|"
    r"buy now|subscribe now)\W*$",
)
# “Contact Jane Doe at jdoe@paper.example”, “paper.example”, “About Jane Doe”.
CONTACT: Final = re.compile(
    r"(?:Contact|E-?mail|Reach|Follow|Write to|You can reach)\b[^“”]{2,120}(?:@\w|\d{3}-\d{4})"
    r"|[\w-]{2,40}(?:\.[\w-]{2,20}){1,3}(?:/\S*)?$|[^“”.!?]{3,60}(?:: |at )(?:https?://|www\.)\S{4,200}$"
    r"|(?:[A-Z][\w.’'-]{1,20},? ){2,6}(?:(?:staff|chief|senior|political|foreign) )?"
    r"(?:[Cc]orrespondent|[Rr]eporter|[Ee]ditor|[Ww]riter|[Cc]olumnist|Staff)$"
    r"|About (?:the )?(?:admin|[A-Z][\w.’'-]{0,20}(?: [A-Z][\w.’'-]{0,20}){0,4})$|Published in [A-Z][^.]{1,60}$"
)
# “By Jane Doe”, “Tuesday, 3 May 2022”, “May 3, 2022 at 4:15 pm”, “Reuters”: whose words and when, no statement.
BYLINE: Final = re.compile(
    r"(?:By|BY|by|Author:|Words by) (?:[A-Z][\w.'’-]{0,30}[ ,|]*){1,6}(?:(?:and|And|AND|for|at|"
    r"in) (?:[A-Z][\w.'’-]{0,30} ?){1,4}){0,2}"
    r"(?:[|,·•-] ?.{0,40})?$"
)
_MONTH: Final = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_DAY: Final = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6},? )?"
DATE_LINE: Final = re.compile(
    rf"{_DAY}(?:{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}|\d{{1,2}}(?:st|nd|rd|"
    rf"th)? {_MONTH},? \d{{4}}|\d{{1,4}}[/.-]\d{{1,2}}[/.-]\d{{1,4}})"
    r"(?:(?:,| at| -| –| \|)? ?\d{1,2}[:.]\d{2}.{0,20})?\W*$",
    re.IGNORECASE,
)
# “READ MORE: title”: another story's title behind a label. The label is written as one, not in running text.
TEASER: Final = re.compile(
    r"(?:READ MORE|Read [Mm]ore|READ ALSO|Read [Aa]lso|ALSO READ|Also [Rr]ead|RELATED|Related|SEE ALSO|"
    r"See [Aa]lso|"
    r"SEE MORE|See more|MORE|More|WATCH|Watch|LISTEN|Listen|DON[’']T MISS|Don[’']t [Mm]iss|RECOMMENDED|"
    r"Recommended|"
    r"MUST READ|Must read|READ NEXT|Read [Nn]ext|READ|Read|NEXT|UP NEXT|Up next|FOLLOW LIVE|"
    r"Related (?:article|story|stories|post)s?|More on this)(?:\s?[:|»>]\s?| [–—-] )\S.{0,220}$"
)
# Page navigation whose next line is the title of another story.
BEFORE_TITLE: Final = _any(
    r"[«‹←<]* ?(?:previous|prev|next|older|newer|up next|read next)(?: (?:story|post|article|entry))?:?\s?[»›→>]*$"
)
# Labels under which the titles of several other stories stand.
BEFORE_TITLES: Final = _any(
    r"(?:read more|read next|see also|also read|more on this(?: story)?|don[’']t miss|trending(?: now)?|"
    r"related(?: (?:articles?|stories|story|posts?|content|coverage|news|reading|links?))?|"
    r"most (?:read|popular|viewed)|recommended(?: stories)?|up next|what to read next|top stories|"
    r"you (?:may|might) also like|popular(?: now)?|more to read|editors?[’']s? picks?)\s?[:»›>]?$"
)
BREADCRUMB: Final = re.compile(r"(?:Home|HOME|News|NEWS|You are here:?)\s?[»›>/|→•·]\s?\S.{0,120}$")
# From here on short lines are lists of other stories or a form.
END_MATTER: Final = _any(
    r"(?:leave|post|write|add) a (?:reply|comment)\b",
    r"(?:related|recommended|popular|trending|most (?:read|popular|viewed)|you (?:may|might) also like|"
    r"more from|more stories|"
    r"top stories|latest news|latest stories|editor.s picks?|about the author)",
    r"(?:previous|next) (?:story|post|article)\b",
)
COMMENT_HEADING: Final = _any(
    r"(?:all )?(?:\d{1,5}|one|two|no) (?:comments?|responses?|replies|thoughts?)(?: (?:on|to) [“\"‘'«].{0,200}|"
    r" (?:on|to) [^.]{4,150}|"
    r" to this .{1,20})?\W*$",
    r"(?:(?:reader |all )?comments?|responses?)(?: ?\(\d+\)| \d+)?:?$",
    r"(?:sort(?:ed)? by)(?: (?:best|newest|oldest|top))?$|newest ?\| ?oldest\b.{0,30}$|\d{1,5} people listening$",
    r"join the (?:discussion|conversation)\W*$",
    r"(?:what readers say|readers[’']? comments|reader comments|discussion)\W*$",
)
# A line about who wrote the article, as it stands below one.
WRITER: Final = re.compile(
    r"(?P<name>(?:[A-Z][\w.’'-]{0,20} ){2,4})(?:(?:is|was) (?:a|an|the|The) [^.]{0,100}\b(?:reporter|correspondent|"
    r"editor|columnist|writer|journalist|contributor|critic|author of|fellow (?:at|with)|professor (?:of|at)|"
    r"who writes)\b|covers |writes (?:about|on|for) |reports (?:on|from) |joined (?:the|The) [A-Z])"
    r"|.{3,120}\bcontributed (?:reporting|research|to this (?:report|story|article|post))\b"
)
AUTHOR_NOTE: Final = _any(r"about (?:the )?authors?\W*$")
UPDATE_NOTE: Final = re.compile(
    r"(?:UPDATED?|Updated?|CORRECTION|Correction|CLARIFICATION|Clarification|Editor(?:[’']?s|s[’']) [Nn]ote|"
    r"EDITOR[’']S NOTE)"
    r"(?: ?\(?\d.{0,60}|,? (?:on )?\w+ \d.{0,40})?(?:\s?:\s?| [–—-] )\S"
    r"|(?:This|The) (?:story|article|post|piece|report|headline|version)(?: (?:headline|text))?"
    r" (?:(?:has|have) (?:since )?been|was|is being) (?:updated|corrected|amended|revised|changed|clarified)\b"
    r"|(?:FOR THE RECORD|For the record|Corrections? and clarifications?)\s?:"
    r"|A (?:correction|clarification) was (?:made|issued|added)\b|When we learn of a mistake, we\b"
    r"|An earlier version of this (?:story|article|post|piece|report|headline)\b"
    r"|\((?:Updates?|Corrects?|Adds|Recasts)\b[^)]{1,200}\)$"
)
# A subject with one of these tells what somebody did, a picture's subject does not.
TOLD: Final = re.compile(
    r"\b(?:said|told|will|would|was|were|had|has|have|who|that|plans|due|set|expected|scheduled)\b"
)
# A site's appeal to its readers. It speaks of “our” and “your” things, and nobody in the article says it.
APPEAL: Final = re.compile(
    r"\b(?:our|your)\b.{0,160}\b(?:newsletters?|inbox|subscriptions?|journalism|newsroom|ad-free|paywall|membership|"
    r"reCAPTCHA|privacy policy)\b"
    r"|\b(?:newsletters?|unsubscribe|subscribers?|journalism|news free)\b.{0,160}\b(?:our|your)\b"
    r"|\b(?:keep|support|fund) our (?:news|journalism|reporting|work|newsroom)\b|\bwe bring you the stories\b"
)
ASKING: Final = re.compile(
    r"\b(?:comments?|response|statement|clarification|reaction|information|requests?|questions|inquiries|calls?)\b"
)
# One sentence, nothing else in the line: that the outlet asked somebody, or that nobody answered.
REPLY_NOTE: Final = re.compile(
    r"[^.!?“\"]{2,160}\b(?:has (?:also )?(?:reached out|contacted|approached|asked|emailed|written)|"
    r"have (?:also )?(?:reached out|contacted|approached|asked)"
    r"|reached out|contacted|approached|emailed)\b[^!?“\"]{1,240}\bfor (?:further |additional |a |any |"
    r"more )?(?:comments?|responses?|statement|clarification|reaction|information)\b[^.!?“\"]{0,80}\.?$"
    r"|[^.!?“\"]{2,200}\b(?:did not|didn[’']t|has not|had not|have not|hasn[’']t)(?: immediately|"
    r" yet)? (?:respond|responded|reply|replied|return|returned)\b"
    r"[^.!?“\"]{0,80}\b(?:requests?|questions|inquiries|enquiries|calls?|emails?|"
    r"messages?)\b[^.!?“\"]{0,120}\.?$"
    r"|[^.!?“\"]{2,160}\b(?:was|were|has been|have been) (?:contacted|approached|"
    r"asked) (?:by [\w .]{1,40} )?for (?:a )?(?:comment|response)\b[^.!?“\"]{0,60}\.?$",
)
CAPTION_LABEL: Final = re.compile(
    r"(?:FILE(?: PHOTO| IMAGE)?|File (?:photo|image|picture)|PHOTO|Photo|IMAGE|Image|PICTURED?|Pictured?|"
    r"CAPTION|Caption|Illustration|"
    r"Map|Graphic|Photograph|Video|Credit|(?:Image|Photo|Picture) credit)(?: (?:credit|by|from|"
    r"courtesy of))?(?:\s?:\s?| [–—-] )\S"
    r"|Mandatory [Cc]redit: ?\S|(?:Image|Media|Photo) (?:caption|source), ?\S"
    r"|(?:Photo|Image|Picture) by (?:the )?author$"
    r"|(?:Photo|Image|Picture|Photograph|Illustration) (?:by|from|via|courtesy of|credit) [A-Z]|\((?:Photo|"
    r"Image|AP Photo|Picture) |FILE PHOTO\b"
)
_AGENCY: Final = (
    r"(?:Getty(?: Images)?|AFP|AP|AP Photo|REUTERS|Reuters|EPA|EPA-EFE|Shutterstock|Alamy|TASS|Sputnik|"
    r"Anadolu(?: Agency)?|"
    r"Bloomberg|ZUMA|Xinhua|Wikimedia(?: Commons)?|iStock|Unsplash)"
)
# How a sentence's last word looks where it may be an agency's name: without one, its stop ends no credit.
_AGENCIES: Final = (
    "Images images AFP AP Photo REUTERS Reuters EPA EPA-EFE Shutterstock Alamy TASS Sputnik Anadolu Agency Bloomberg "
    "ZUMA Xinhua Wikimedia Commons iStock Unsplash Getty"
)
AGENCY_ENDS: Final = tuple(_AGENCIES.split())
_NAME: Final = r"[A-Z][\w.’'-]{0,20}(?: [A-Z][\w.’'-]{0,20}){0,4}"
# “John Doe/AFP via Getty Images”. A body sentence may end in “by Reuters.” and a body paragraph in “(AFP)”.
CREDIT_END: Final = re.compile(
    rf"(?:(?:\w/|[©|] ?){_AGENCY}[).]?|via {_AGENCY}|[–—] {_AGENCY}|[Gg]etty [Ii]mages[).]?|"
    r"AP Photo/[\w .]{1,40}(?:, \w{2,12})?\)?"
    # “(Image: GETTY)”, “(Paul Ortega / The Coast Times)”, “. Jo Hartman/Riverton Daily Press”, “| Photo: Elin Strand”.
    r"|\((?:Image|Photo|Picture|Pic|Photograph|Credit|Courtesy|Provided|Submitted|Handout|Contributed|File)\b[^()]{0,60}\)"
    rf"|\({_NAME} ?[/|] ?[A-Z][^()]{{1,40}}\)"
    rf"|[.!?”|] {_NAME} ?/ ?{_NAME}"
    rf"|\[(?:(?:File|Photo|Image|Courtesy|Handout):? {_NAME}(?: ?/ ?{_NAME})?|{_NAME} ?/ ?{_NAME})\]"
    r"|\((?:Representational|Representative|Screengrab|Screenshot|Illustrative|Archive)\b[^()]{0,30}\)"
    r"|(?:[|–—-]|[.!?”]) ?(?:Photo|Photograph|Picture|Image|Credit|Pic)s?(?: credit)?(?: by |: |\.{3} ?|… ?)[A-Z]"
    r"[^.]{1,50}"
    r"|© ?(?:Provided by )?[A-Z][^.]{2,60}|\bhide caption)$"
)
CREDIT_ONLY: Final = re.compile(
    rf"\(?(?:(?:Photo|Image|Picture|Credit|Photograph)s?(?: by|:| credit:)? )?{_NAME}(?: ?[/|,-] ?{_NAME}){{0,2}}\)?"
)
PICTURED: Final = re.compile(
    r"[A-Z][\w’'.-]{1,30}(?:, | \()(?:(?:second|third|far|top|bottom|front|back)[ -](?:row |from )?)?(?:left|"
    r"right|center|centre|L|R|C)"
    r"(?:[,)]| and [A-Z]| in the)"
    r"|\b(?:is|are) (?:pictured|seen here|photographed|shown here)\b|\bpictured (?:here|above|below|left|"
    r"right)\b"
    r"|\bin this (?:\w+ )?(?:file )?(?:photo|image|picture|handout|photograph|frame)\b|\b(?:undated|handout|"
    r"file) (?:photo|image|picture)\b"
)
# One of these stands in every line that points at people.
POINTING: Final = (
    *("left", "right", "center", "centre", "pictured", "seen here", "shown here", "photo", "image", "picture"),
    *("frame", "(L", "(R", "(C", ", L", ", R", ", C"),
)
# Verbs that captions use for what a picture shows; the wider list also says what is to come, unless a year is named.
POSING: Final = re.compile(
    r"(?<!to )\b(?:attends?|poses?|gestures?|looks? on|shakes? hands|waves?|listens?|walks?|speaks|stands?|sits?|"
    r"smiles?|inspects?)\b"
)
SHOWING: Final = re.compile(
    r"\b(?:arrives?|addresses|delivers?|takes? part|chairs?|lays?|leaves?|meets?|holds?|visits?|rides?|"
    r"carr(?:y|ies)|patrols?|watch(?:es)?)\b"
)
_MONTHS: Final = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan\.|Feb\.|"
    r"Aug\.|Sept\.|Oct\.|Nov\.|Dec\.)"
)
DATED: Final = re.compile(
    rf"\bon (?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|"
    rf"Sun)day,? )?(?:{_MONTHS} \d{{1,2}}\b|\d{{1,2}} {_MONTHS}\b)(?P<year>,? \d{{4}})?"
)
