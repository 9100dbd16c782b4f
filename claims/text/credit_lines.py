"""Whom a text credits for its reporting: agencies, papers and broadcasters, in the words that say so."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from claims.text.fold import fold

Span = tuple[int, int]

_KNOWN: Final = """
Reuters; Associated Press|AP; Agence France-Presse|AFP; Interfax|Interfax-Ukraine; TASS|ITAR-TASS; RIA Novosti|RIA;
Sputnik; Xinhua; Bloomberg|Bloomberg News; DPA; EFE; ANSA; Press Trust of India|PTI; Kyodo|Kyodo News; Yonhap;
Anadolu|Anadolu Agency; PA Media|Press Association; UPI|United Press International; Armenpress; Azertac|Azertag;
Ukrinform; Ukrainska Pravda; Kyiv Independent; Meduza; Novaya Gazeta; Radio Free Europe|RFE/RL|Radio Liberty;
BBC|BBC News; CNN; ABC News; CBS News; NBC News; Fox News; Sky News; Al Jazeera; Al Arabiya; France 24;
Deutsche Welle|DW; Euronews; CNBC; NPR; New York Times; Washington Post; Wall Street Journal; Financial Times; Guardian;
Daily Telegraph|Telegraph; Daily Mail; Le Monde; Le Figaro; Der Spiegel|Spiegel; Bild; El País; Corriere della Sera;
Kommersant; Izvestia; Vedomosti; RBC|RBK; Politico|POLITICO; Axios; Newsweek; Economist; Al-Monitor; Haaretz;
Times of Israel; Jerusalem Post; South China Morning Post; Nikkei; Hürriyet; Kathimerini; Civilnet|CivilNet;
Public Radio of Armenia|Armenpublicradio; Govorit Moskva|Govorit Moskva radio station; GlobalSecurity.org; Bellingcat;
Institute for the Study of War|ISW; Human Rights Watch; Amnesty International
"""
_AGENCIES: Final = {
    spelled: names.split("|")[0].strip()
    for names in _KNOWN.split(";")
    for spelled in (each.strip() for each in names.split("|"))
}
# Words before a name by which it is credited, up to four words away: “according to reports from Bloomberg”.
_BEFORE: Final = re.compile(
    r"(?:\b(?:according to|citing|cites|cited by|quoted by|quoting|told|tells|via|(?:re)?published (?:by|in|on)|"
    r"report(?:s|ed|ing)?(?: \w{1,12}){0,2} (?:by|from|in|to)|interview(?:ed)? (?:with|by|to|for)|speaking (?:to|with)|"
    r"spoke (?:to|with)|statement to|comments? to|seen by|obtained by|first reported by|courtesy of|source|"
    r"reporting by|originally (?:appeared|published) (?:on|in|at))\b:?"
    r"(?:[ \u00a0]+[\w’'-]{1,20}){0,4}[ \u00a0]+[“\"‘]?|\()\Z",
    re.IGNORECASE,
)
_BEHIND: Final = re.compile(
    r"[’'”\"]{0,2}s?(?:[ \u00a0]+(?:news|agency|newspaper|website|radio|station|also|has|had|first|later|,)){0,3}"
    r"[ \u00a0]+(?:reported|reports|said|says|wrote|quoted|cited|cites|quotes|article|report|story|interview|"
    r"investigation|correspondent|reporters?)\b|\)"
)
_REACH: Final = 90
_LONGEST_NAME: Final = 80
# What may be written before a name in one text and not in the other, and behind it in a list of credits.
_THE: Final = re.compile(r"(?:the|a|an)\s+", re.I)
_NOTE: Final = re.compile(r"\s*[(\[].*", re.DOTALL)
_DOMAIN: Final = re.compile(
    r"(?:https?://)?(?:www\.)?(?P<name>[a-z0-9-]{2,60})(?:\.[a-z]{2,12}){1,3}(?:/.*)?", re.IGNORECASE
)


@dataclass(frozen=True)
class Credit:
    """A credit at `text[start:end]` to whoever is called `name`, in the spelling by which it is known."""

    start: int
    end: int
    name: str


def credited(name: str) -> str:
    """A name of an outlet as the workbench has it, without what is noted behind it: “Izvestia (his words)”."""
    bare = _THE.sub("", _NOTE.sub("", name[:_LONGEST_NAME]).strip(), count=1)
    return _AGENCIES.get(bare, bare)


def spellings(name: str) -> set[str]:
    """How an outlet may be written where it is credited: with its domain or without."""
    bare = credited(name)
    domain = _DOMAIN.fullmatch(bare)
    found = {bare, domain["name"]} if domain else {bare}
    return {spelled for spelled in found if len(spelled) > 1}


def credits_in(text: str, keep: Sequence[Span], also: Iterable[str] = ()) -> list[Credit]:
    """The credits in these stretches of a text, in order: to known agencies and outlets, and to those named in `also`.

    A name alone is no credit: words beside it must say that something was taken from there.
    """
    others = {spelled: credited(name) for name in also for spelled in spellings(name) if spelled not in _AGENCIES}
    found = list(_credits(text, _PATTERN, keep, _AGENCIES))
    if others:
        found += _credits(text, _pattern(others), keep, others)
        found.sort(key=lambda credit: (credit.start, -credit.end))
    return found


def _pattern(names: Iterable[str]) -> re.Pattern[str]:
    ordered = sorted(names, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, ordered))})(?![\w-]|\.\w)")


_PATTERN: Final = _pattern(_AGENCIES)


def _credits(text: str, pattern: re.Pattern[str], keep: Sequence[Span], names: Mapping[str, str]) -> Iterable[Credit]:
    for first, after in keep:
        for found in pattern.finditer(text, first, after):
            span = _credit_around(text, found.span(), first, after)
            if span is not None:
                yield Credit(*span, names[found[0]])


def _credit_around(text: str, name: Span, first: int, after: int) -> Span | None:
    """The words by which the name there is credited, with it; None where nothing beside it says so."""
    before = _BEFORE.search(text, max(first, name[0] - _REACH), name[0])
    behind = _BEHIND.match(text, name[1], min(after, name[1] + _REACH))
    opened, closed = before is not None and before[0] == "(", behind is not None and behind[0] == ")"
    if opened and closed:
        return name
    start = before.start() if before is not None and not opened else name[0]
    end = behind.end() if behind is not None and not closed else name[1]
    return (start, end) if (start, end) != name else None


def same_outlet(one: str, other: str) -> bool:
    """Whether two names of outlets are the same, written in any of their spellings; empty names are none."""
    ours, theirs = ({fold(spelled) for spelled in spellings(name)} for name in (one, other))
    return bool(ours & theirs)
