"""What a document states of its article, as the columns that keep it: values, what each rests on, and its outlet."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from claims.ingest.article_keys import address_of
from claims.ingest.readers.document import Fact
from claims.refusals import Invalid
from claims.text.addresses import fault_of
from claims.text.plain import plain, storable
from claims.text.times import stated_time
from claims.vocabulary import Basis

check_address: Final = URLValidator(schemes=("http", "https"))
MAX_ADDRESS: Final = 2_000
# The most characters of each, as the columns of an article have them.
LIMITS: Final = {
    "headline": 500,
    "voice": 200,
    "author": 200,
    "published": 40,
    "updated": 40,
    "page_date": 40,
    "genre": 40,
}
_MAX_NOTE: Final = 500
_HOST: Final = re.compile(r"(?=.{4,253}\Z)[a-z0-9][a-z0-9-]*(?:\.[a-z0-9-]+)*\.[a-z]{2,}", re.I)


@dataclass
class Stated:
    """Columns of an article but the outlet; the host of its outlet, "" for none; and notes on what was clipped."""

    columns: dict[str, Any]
    host: str
    said: list[str] = field(default_factory=list)


def stated_by(facts: Mapping[str, Fact]) -> Stated:
    """What these facts come to. Values that are too long are clipped, links that lead nowhere left out; both are said.

    The outlet is the host of the address, and nothing is guessed where there is none. Raises Invalid where the address
    is none.
    """
    address, said = address_of(facts), []
    _check(address)
    columns: dict[str, Any] = {"address": address}
    bases: dict[str, dict[str, str]] = {}
    for name, most in LIMITS.items():
        value = _one_line(facts[name].value) if name in facts else ""
        if len(value) > most:
            said.append(f"the {name.replace('_', ' ')} was longer than {most} characters and is clipped")
            value = value[: most - 1].rstrip() + "…"
        columns[name] = value
        if name in ("published", "updated") and value and not _is_date(value):
            said.append(f"the date “{value}” cannot be read as one; it is kept as it stands")
        if value:
            bases[name] = _basis(facts[name])
            if facts[name].link.strip() and not bases[name]["link"]:
                said.append(f"the link beside the {name.replace('_', ' ')} is no address on the web and is left out")
    host, basis = _outlet(facts, address)
    if host:
        bases["outlet"] = basis
    return Stated(columns | {"bases": bases}, host, said)


def _check(address: str) -> None:
    if not address:
        return
    try:
        check_address(plain("address", address, MAX_ADDRESS))
    except ValidationError as wrong:
        raise Invalid("The address has to be one that starts with http:// or https://.") from wrong


def _outlet(facts: Mapping[str, Fact], address: str) -> tuple[str, dict[str, str]]:
    """The host of the outlet and what it rests on; the name that a page gives its site is kept in the note."""
    called = facts.get("outlet")
    if address:
        basis = _basis(facts["address"])
        basis["link"] = basis["link"] or address
        if called is not None and called.value.strip():
            name = _one_line(called.value)[:100]
            basis["note"] = f"{basis['note']}; it calls its site “{name}”".removeprefix("; ")[:_MAX_NOTE]
        return (urlsplit(address).hostname or "").removeprefix("www."), basis
    if called is not None and _HOST.fullmatch(called.value.strip()):
        return called.value.strip().lower().removeprefix("www."), _basis(called)
    return "", {}


def _basis(fact: Fact) -> dict[str, str]:
    basis = Basis.INFERRED if fact.basis == Basis.NOT_STATED else fact.basis
    # Pages show it as a link: what is no address on the web could run as a script there.
    link = fact.link.strip()
    kept = "" if len(link) > MAX_ADDRESS or fault_of(link) else link
    return {"basis": basis, "note": _one_line(fact.note)[:_MAX_NOTE], "link": kept}


def _is_date(value: str) -> bool:
    """Whether a timeline knows what to do with it; a clock time behind a day does not matter."""
    return stated_time(value) is not None or stated_time(value[:10]) is not None


def _one_line(value: str) -> str:
    return storable(" ".join(value.split()))
