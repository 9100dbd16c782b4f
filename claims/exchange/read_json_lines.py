"""A JSON Lines file as objects with the numbers of their lines; whoever wrote it may be nobody's friend."""

import json
from collections.abc import Iterator
from typing import IO, Any, Final

from claims.exchange.kinds import EVERYTHING, FORMAT, HEADER
from claims.exchange.work_kinds import KIND_BY_NAME
from claims.refusals import Invalid
from claims.vocabulary import SCHEME_VERSION

# Longer than the longest line that a file of ours has: a text of 2 MB in base64 beside itself, escaped.
MAX_LINE: Final = 10_000_000
MAX_DEPTH: Final = 12
Numbered = tuple[int, dict[str, Any]]


def read_json_lines(file: IO[bytes]) -> Iterator[Numbered]:
    """Give each line behind the first with its number, from 1.

    Raises Invalid, naming the line, for a line that is too long, no JSON object, nested too deeply or of no known kind,
    and for a first line that does not say that the file can be brought in.
    """
    number = 0
    while line := file.readline(MAX_LINE + 1):
        number += 1
        if len(line) > MAX_LINE:
            raise Invalid(f"Line {number} is longer than {MAX_LINE:,} bytes. No line of an export is; check the file.")
        said = _object(line, number)
        if number == 1:
            _check_header(said)
            continue
        kind = said.get("type")
        if not isinstance(kind, str) or kind not in KIND_BY_NAME:
            raise Invalid(f"Line {number} is of no type that is known here: {str(kind)[:40]!r}.")
        yield number, said
    if not number:
        raise Invalid("The file is empty. Check that the right file was chosen.")


def _object(line: bytes, number: int) -> dict[str, Any]:
    try:
        said = json.loads(line.decode(), parse_constant=_no_number)
    except UnicodeDecodeError as wrong:
        raise Invalid(f"Line {number} is not UTF-8. Check that the right file was chosen.") from wrong
    except (ValueError, RecursionError) as wrong:
        raise Invalid(f"Line {number} is no JSON object. Check that the right file was chosen.") from wrong
    if not isinstance(said, dict):
        raise Invalid(f"Line {number} is no JSON object. Check that the right file was chosen.")
    if _depth(said) > MAX_DEPTH:
        raise Invalid(f"Line {number} is nested deeper than {MAX_DEPTH} levels. No line of an export is.")
    return said


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is no JSON")


def _depth(value: Any) -> int:
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + max(map(_depth, inside), default=0)


def _check_header(said: dict[str, Any]) -> None:
    if said.get("type") != HEADER:
        raise Invalid(
            "The first line does not say that this is the desk's work as JSON Lines. Export it with "
            "manage.py export_claims --format jsonl."
        )
    if said.get("format") != FORMAT:
        raise Invalid(f"The file is of format {str(said.get('format'))[:20]}; this workbench reads format {FORMAT}.")
    if said.get("scheme_version") != SCHEME_VERSION:
        raise Invalid(f"The file was made under another scheme; the scheme here is version {SCHEME_VERSION}.")
    if said.get("seen") != EVERYTHING:
        raise Invalid(
            "The file holds only what one reviewer may see, so that nothing could be settled by it. Have a moderator, "
            "or the command without --as, export it."
        )
