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
    r"(?:sign up|subscribe)(?: now| here| today)?(?: (?:to|for) .{1,120})?\W*$",
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
# From here on short lines are lists of other stories or a form.
END_MATTER: Final = _any(
    r"(?:leave|post|write|add) a (?:reply|comment)\b",
    r"(?:related|recommended|popular|trending|most (?:read|popular|viewed)|you (?:may|might) also like|"
    r"more from|more stories|"
    r"top stories|latest news|latest stories|editor.s picks?|about the author)",
    r"(?:previous|next) (?:story|post|article)\b",
)
COMMENT_HEADING: Final = _any(
    r"(?:\d{1,5}|one|two|no) (?:comments?|responses?|replies|thoughts?)(?: (?:on|to) [“\"‘'«].{0,200}|"
    r" to this .{1,20})?\W*$",
    r"(?:reader )?comments?(?: ?\(\d+\))?:?$",
    r"join the (?:discussion|conversation)\W*$",
    r"(?:what readers say|readers[’']? comments|reader comments|discussion)\W*$",
)
AUTHOR_NOTE: Final = _any(r"about (?:the )?authors?\W*$")
UPDATE_NOTE: Final = re.compile(
    r"(?:UPDATED?|Updated?|CORRECTION|Correction|CLARIFICATION|Clarification|Editor(?:[’']?s|s[’']) [Nn]ote|"
    r"EDITOR[’']S NOTE)"
    r"(?: ?\(?\d.{0,60}|,? (?:on )?\w+ \d.{0,40})?(?:\s?:\s?| [–—-] )\S"
    r"|(?:This|The) (?:story|article|post|piece|report|headline|version)(?: (?:headline|text))?"
    r" (?:(?:has|have) (?:since )?been|was|is being) (?:updated|corrected|amended|revised|changed|clarified)\b"
    r"|An earlier version of this (?:story|article|post|piece|report|headline)\b"
    r"|\((?:Updates?|Corrects?|Adds|Recasts)\b[^)]{1,200}\)$"
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
    r"|(?:Photo|Image|Picture|Photograph|Illustration) (?:by|from|via|courtesy of|credit) [A-Z]|\((?:Photo|"
    r"Image|AP Photo|Picture) |FILE PHOTO\b"
)
_AGENCY: Final = (
    r"(?:Getty(?: Images)?|AFP|AP|AP Photo|REUTERS|Reuters|EPA|EPA-EFE|Shutterstock|Alamy|TASS|Sputnik|"
    r"Anadolu(?: Agency)?|"
    r"Bloomberg|ZUMA|Xinhua|Wikimedia(?: Commons)?|iStock|Unsplash)"
)
# “John Doe/AFP via Getty Images”. A body sentence may end in “by Reuters.” and a body paragraph in “(AFP)”.
CREDIT_END: Final = re.compile(
    rf"(?:(?:\w/|[©|] ?){_AGENCY}[).]?|via {_AGENCY}|[–—] {_AGENCY}|[Gg]etty [Ii]mages[).]?|"
    r"AP Photo/[\w .]{1,40}\)?)$"
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
