"""Every format by one call: what is read, what is refused, and with which words."""

import io
import json
import zipfile

import docx
import pytest

from claims.ingest.readers import docx_text, limits, markdown, pdf_text
from claims.ingest.readers.by_format import is_readable_name, read_file
from claims.ingest.readers.document import Document, Unread
from claims.text.decode import Unreadable
from claims.vocabulary import Basis
from tests.hostile.bombs import archive, pdf_page, stream


def read(name: str, raw: bytes) -> list[Document]:
    found = list(read_file(name, raw))
    assert all(isinstance(one, Document) for one in found), found
    return [one for one in found if isinstance(one, Document)]


def refused(name: str, raw: bytes) -> str:
    (found,) = read_file(name, raw)
    assert isinstance(found, Unread), found
    return found.why


def word_file() -> bytes:
    document = docx.Document()
    document.add_heading("Council closes bridge", 0)
    document.add_paragraph("The council voted on “Tuesday”\u00a0evening.")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "2020", "14"
    raw = io.BytesIO()
    document.save(raw)
    return raw.getvalue()


def printed(*lines: str) -> bytes:
    words = b" T* ".join(b"(%s) Tj" % line.encode("latin-1") for line in lines)
    return pdf_page(stream(b"BT /F 9 Tf 12 TL 50 700 Td " + words + b" ET"))


def test_plain_text_stays_as_it_is() -> None:
    (document,) = read("one.txt", "A title\r\n\r\nOne\u00a0two.".encode())
    assert (document.text, document.encoding, document.facts) == ("A title\r\n\r\nOne\u00a0two.", "utf-8", {})


def test_markdown_is_read_without_its_marks_and_with_its_front_matter() -> None:
    raw = b"---\ntitle: Council closes bridge\nauthor: Ana\n---\n\nIt *voted* [today](http://x.example).\n\n* A\n* B\n"
    (document,) = read("one.md", raw)
    assert document.text == "Council closes bridge\n\nIt voted today.\n\nA\n\nB"
    assert {name: fact.value for name, fact in document.facts.items()} == {
        "headline": "Council closes bridge",
        "author": "Ana",
    }


def test_json_lines_give_a_document_a_line() -> None:
    rows = [
        {"text": "One.", "title": "A", "url": "https://a.example/1"},
        {"text": "Two.", "author": ["Ana", "Ben"]},
    ]
    first, second = read("two.jsonl", b"\n".join(json.dumps(row).encode() for row in rows))
    assert (first.name, first.text, first.raw) == ("two.jsonl › line 1", "One.", b"One.")
    assert first.facts["headline"].value == "A"
    assert first.facts["address"].basis is Basis.FOUND_ELSEWHERE
    assert second.facts["author"].value == "Ana, Ben"


def test_an_array_of_objects_gives_the_same_as_lines() -> None:
    rows = [{"text": "One."}, {"text": "Two, " * 40_000}]
    found = read("two.json", json.dumps(rows, indent=2).encode())
    assert [one.text for one in found] == [row["text"] for row in rows]


def test_a_line_that_is_no_object_is_refused_by_its_number_and_the_others_are_read() -> None:
    found = list(read_file("some.jsonl", b'{"text": "One."}\n\nnothing\n{"text": ""}\n{"text": "Two."}'))
    assert [one.name for one in found if isinstance(one, Unread)] == ["some.jsonl › line 3", "some.jsonl › line 4"]
    assert sum(isinstance(one, Document) for one in found) == 2


def test_what_cannot_be_stored_is_replaced_in_rows_too() -> None:
    (document,) = read("one.jsonl", b'{"text": "a\\u0000b \\ud800", "author": "A\\u0000na"}')
    assert (document.text, document.replaced) == ("a\ufffdb \ufffd", (1, 4))
    assert document.facts["author"].value == "Ana"


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_a_table_is_read_whatever_parts_its_columns(sign: str) -> None:
    raw = f'Title{sign}Text{sign}Date{sign}Colour\nA{sign}"One, two; three\n\nfour."{sign}2024-05-03{sign}red\n'
    (document,) = read("one.csv", raw.encode("utf-8-sig"))
    assert document.text == "One, two; three\n\nfour."
    assert {name: fact.value for name, fact in document.facts.items()} == {"headline": "A", "published": "2024-05-03"}
    assert document.name == "one.csv › row 2"


def test_a_table_without_a_column_for_the_text_is_refused_with_the_names_that_are_read() -> None:
    assert "“text”" in refused("one.csv", b"a,b\n1,2\n")


def test_a_table_with_an_empty_text_names_its_row() -> None:
    assert refused("one.csv", b"text,title\n ,A\n").startswith("Row 2 has no text")


def test_a_word_file_is_read_with_its_tables() -> None:
    (document,) = read("one.docx", word_file())
    assert document.text == "Council closes bridge\n\nThe council voted on “Tuesday”\u00a0evening.\n\n2020\t14"
    assert document.facts["headline"].value == "Council closes bridge"


def test_a_pdf_file_is_read_with_its_lines_joined() -> None:
    (document,) = read("one.pdf", printed("The council of the town", "voted to close the bridge."))
    assert document.text == "The council of the town voted to close the bridge."
    assert document.media_type == "application/pdf"


def test_a_pdf_file_without_text_is_refused() -> None:
    assert "no text" in refused("scan.pdf", pdf_page(stream(b"0 0 9 9 re f")))


def test_an_archive_gives_its_files_with_their_names() -> None:
    inner = {"monday/one.txt": b"Words here.", "two.docx": word_file(), ".DS_Store": b"x", "photo.jpg": b"\xff\xd8\xff"}
    found = list(read_file("pages.zip", archive(inner)))
    assert [one.name for one in found] == [
        "pages.zip › monday/one.txt",
        "pages.zip › two.docx",
        "pages.zip › photo.jpg",
    ]
    assert [type(one) for one in found] == [Document, Document, Unread]


def test_an_archive_in_an_archive_is_not_opened() -> None:
    inner = archive({"a.txt": b"words"}, zipfile.ZIP_STORED)
    assert "unpack it" in refused("outer.zip", archive({"inner.zip": inner}))


def test_the_content_counts_before_the_name() -> None:
    (page,) = read("page.txt", b"<!DOCTYPE html><html><body><p>" + b"Some words stand here, and more. " * 20)
    assert page.media_type == "text/html"
    assert read("one.txt", word_file())[0].media_type.startswith("application/vnd")


@pytest.mark.parametrize(
    ("name", "raw", "words"),
    [
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1", "old office document"),
        ("one.rtf", b"{\\rtf1 words}", "RTF"),
        ("one.png", b"\x89PNG\r\n", "picture"),
        ("one.jpg", b"\xff\xd8\xff\xe0", "picture"),
        ("one.gz", b"\x1f\x8b\x08", "unpack"),
        ("feed.xml", b"<?xml version='1.0'?><rss><a/></rss>", "XML"),
        ("empty.txt", b"", "empty"),
        ("empty.html", b"", "empty"),
        ("one.docx", b"words", "DOCX"),
        ("one.pdf", b"words", "PDF"),
        ("large.txt", b"words " * 400_000, "2,000,000"),
        ("binary.dat", bytes(range(256)) * 40, "binary"),
    ],
)
def test_what_is_not_read_is_refused_with_what_to_do(name: str, raw: bytes, words: str) -> None:
    why = refused(name, raw)
    assert words in why
    assert why.endswith(".")
    assert ": " in why


def test_an_upload_that_is_too_large_is_not_looked_at() -> None:
    assert "50,000,000" in refused("large.zip", bytes(limits.MAX_UPLOAD + 1))


@pytest.mark.parametrize(
    ("module", "library"),
    [(docx_text, "docx"), (pdf_text, "pypdf"), (markdown, "markdown_it")],
    ids=lambda one: str(one)[:20],
)
def test_a_library_that_is_missing_is_named_with_the_command_that_installs_it(
    module: object, library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, library, None)
    with pytest.raises(Unreadable, match=r"pip install -r requirements-extra\.txt"):
        module.parse(b"words")  # type: ignore[attr-defined]


def test_names_that_are_read_are_told_from_others() -> None:
    assert is_readable_name("A.HTML")
    assert not is_readable_name("a.exe")


def test_an_office_document_packed_as_it_is_makes_an_archive_no_office_document() -> None:
    inner, outer = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(inner, "w") as document:
        document.writestr("word/document.xml", "<w/>")
        document.writestr("xl/workbook.xml", "<w/>")
    with zipfile.ZipFile(outer, "w") as archive:
        archive.writestr("report.docx", inner.getvalue())
        archive.writestr("rain.txt", "It rains in Oslo.")
    found = [one.name for one in read_file("all.zip", outer.getvalue())]
    assert found == ["all.zip › report.docx", "all.zip › rain.txt"]


def test_json_without_words_is_told_so_in_the_terms_of_json() -> None:
    (found,) = read_file("a.jsonl", b'{"text": 5}\n')
    assert isinstance(found, Unread)
    assert found.why == "Line 1: “text” has to be words in quotation marks."
