import csv
import io
import json
import re
import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from claims.exchange.csv_cells import decode, decode_row, encode

CELLS = json.loads((Path(__file__).parent / "data" / "csv_cells.json").read_text(encoding="utf-8"))
SIGNS = "=+-@|%＝＋－＠｜％−"
# Blanks, controls, zero-width characters, quotation marks: what a careless reader might strip off a field.
STRIPPED = re.compile(r"[\s\x00-\x20\x7f-\x9f\xa0\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\"“”„«»]*")
# Mostly the characters that matter, so that dangerous cells are common.
hostile = st.text(
    st.sampled_from(" \t\r\n;,'\"“\u200b\xa0\ufeff=+-@|%＝−ab1") | st.characters(exclude_categories=["Cs"])
)


def written(*cells: str) -> str:
    file = io.StringIO(newline="")
    csv.writer(file).writerow([encode(cell) for cell in cells])
    return file.getvalue()


def begins_with_a_sign(field: str) -> bool:
    match = STRIPPED.match(field)
    rest = field[match.end() :] if match else field
    return rest[:1] in SIGNS if rest else False


def fields(line: str, delimiter: str) -> list[str]:
    """What a reader that splits there finds, whether it honours quotation marks or not."""
    honoured = [
        field for row in csv.reader(io.StringIO(line, newline=""), delimiter=delimiter, strict=False) for field in row
    ]
    naive = [field for row in line.splitlines() for field in row.split(delimiter)]
    return honoured + (naive if delimiter != "," else [])


@given(hostile)
@example("'")
@example("''=")
@example("a;''\t'=")
@example("\r\n=1")
def test_what_is_decoded_is_what_was_encoded(cell: str) -> None:
    assert decode(encode(cell)) == cell


@given(st.lists(hostile, min_size=1, max_size=4))
@example(['"=1+1"'])
@example(["a;", "=1"])
@example(['a;"=1+1'])
@example(["\u115f=1"])
def test_no_reader_finds_a_field_that_begins_with_a_sign(cells: list[str]) -> None:
    line = written(*cells)
    found = [field for delimiter in ",;\t" for field in fields(line, delimiter)]
    assert not [field for field in found if begins_with_a_sign(field)]


@given(st.lists(hostile, min_size=1, max_size=4))
def test_a_row_is_read_back_as_it_was(cells: list[str]) -> None:
    (row,) = csv.reader(io.StringIO(written(*cells), newline=""))
    assert decode_row(row) == cells


@pytest.mark.parametrize("case", CELLS, ids=[ascii(case["cell"]) for case in CELLS])
def test_each_known_cell_is_safe_and_comes_back(case: dict[str, str | bool]) -> None:
    cell = str(case["cell"])
    encoded = encode(cell)
    assert decode(encoded) == cell
    assert not begins_with_a_sign(encoded)
    assert encoded[0] not in "=+-@\t\r\n"
    if case["raw_unsafe"]:
        assert encoded.startswith("'")


@pytest.mark.parametrize(
    ("cell", "encoded"),
    [
        ("The toll is 5 % - perhaps", "The toll is 5 % - perhaps"),
        ("a,=1+1", "a,=1+1"),
        ("'=1+1", "''=1+1"),
        ("a;=1+1", "a;'=1+1"),
        ("“No,” he said; “never.”", "“No,” he said; “never.”"),
        ("'quoted'", "'quoted'"),
        ("– said the mayor", "– said the mayor"),
        ("a\r\n\r\nb", "a\r\n\r\nb"),
        ("", ""),
    ],
)
def test_ordinary_text_stays_readable(cell: str, encoded: str) -> None:
    assert encode(cell) == encoded


def test_whatever_has_no_ink_is_seen_through() -> None:
    through = [
        chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) in {"Cc", "Cf", "Zs", "Zl", "Zp"}
    ]
    assert not [ascii(char) for char in through if not encode(f"{char}=1").startswith("'")]


def test_every_width_of_a_sign_is_a_sign() -> None:
    alike = [chr(code) for code in range(0x110000) if unicodedata.normalize("NFKC", chr(code)) in set("=+-@|%")]
    assert len(alike) > 12
    assert not [ascii(char) for char in [*alike, "−"] if encode(f"{char}1") != f"'{char}1"]


@pytest.mark.parametrize("piece", [" ", "'", ";'", ";=", "\n", '"', "\u200b", "; '"])
def test_time_grows_with_the_length_and_no_faster(piece: str) -> None:
    begun = time.process_time()
    long = piece * (1_000_000 // len(piece))
    assert decode(encode(long)) == long
    assert time.process_time() - begun < 3
