"""The same articles in any two formats, one after the other: the second changes nothing.

What makes two texts the same are their words, with line ends of one kind and no blanks around them.
"""

import csv
import html
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import docx
import pytest
from django.core.management import call_command

from claims.management import many_articles
from claims.management.commands import import_articles
from claims.models import Article, Claim, Job, Revision, User
from tests.unit.ledger import dump, event_count, tables

# Blocks of words with a blank line between two, the first a headline: what every format can carry.
BLOCKS = (
    (
        "Council closes the bridge over the Elm",
        "The council of Aldermoor closed the bridge on Friday, its engineer Ida Brook said. “It is unsafe,” she said.",
        "Two of its 14 pillars have cracks *wide* as a hand & longer than a man is tall [1]; 3 < 4, said the_report.",
        "The mayor, Söhnke Ærø, called the closure premature. 橋は閉鎖された。 The repair costs 2,5 million euros. 🌉",
        "Around 9,000 people cross it every day, according to the county’s count of 2019, and most of them on foot.",
    ),
    (
        "Ferry takes its place from Monday",
        "A ferry runs from Monday at 6 a.m., the harbour said on its page, and it takes 120 people at a time.",
        "עיריית אלדרמור אמרה כי המעבורת תפעל עד סוף השנה. The ride is free for children and for people over 70.",
        "“We were not asked,” said a captain who did not want to be named, because he works for the harbour himself.",
    ),
)
TEXTS = ["\n\n".join(blocks) for blocks in BLOCKS]
ADDRESSES = [f"https://www.example.org/{number}" for number in range(len(TEXTS))]
# Tabs, runs of blanks and blank lines, line breaks within a paragraph and blanks that do not break.
LAID_OUT = [
    "Report\tof the\tharbour\n\n\n  12 ferries   ran on\u00a0Friday.\nThey carried 900 people, it said.\n\n* Oslo"
]
Files = dict[str, bytes]


def of_text(texts: list[str]) -> Files:
    return {f"{number}.txt": text.encode() for number, text in enumerate(texts)}


def of_text_from_windows(texts: list[str]) -> Files:
    return {f"{n}.txt": f"\n {text} \n\n".replace("\n", "\r\n").encode("utf-16") for n, text in enumerate(texts)}


def of_csv(texts: list[str], addresses: list[str] | None = None) -> Files:
    file = io.StringIO(newline="")
    rows = csv.writer(file)
    rows.writerow(["text", "address"])
    rows.writerows(zip(texts, addresses or [""] * len(texts), strict=True))
    return {"articles.csv": file.getvalue().encode()}


def of_json_lines(texts: list[str], addresses: list[str] | None = None) -> Files:
    rows = zip(texts, addresses or [""] * len(texts), strict=True)
    return {"articles.jsonl": "".join(json.dumps({"text": one, "url": at}) + "\n" for one, at in rows).encode()}


def of_pages(texts: list[str], addresses: list[str] | None = None) -> Files:
    return {f"{n}.html": _page(text, addresses[n] if addresses else "") for n, text in enumerate(texts)}


def of_markdown(texts: list[str], addresses: list[str] | None = None) -> Files:
    return {f"{n}.md": _markdown(text, addresses[n] if addresses else "") for n, text in enumerate(texts)}


def of_word(texts: list[str]) -> Files:
    return {f"{n}.docx": _word(text) for n, text in enumerate(texts)}


def packed(files: Files) -> Files:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, one in files.items():
            archive.writestr(name, one)
    return {"articles.zip": raw.getvalue()}


def _page(text: str, address: str) -> bytes:
    headline, *paragraphs = map(html.escape, text.split("\n\n"))
    body = "".join(f"<p>{one}</p>\n" for one in paragraphs)
    link = f'<link rel="canonical" href="{address}">' if address else ""
    head = f'<meta charset="utf-8"><title>{headline}</title>{link}'
    return (
        f"<!DOCTYPE html><html><head>{head}</head><body><nav><a href='/'>Home</a></nav>"
        f"<article><h1>{headline}</h1>\n{body}</article></body></html>"
    ).encode()


def _markdown(text: str, address: str) -> bytes:
    headline, *paragraphs = (re.sub(r"([\\`*_\[\]<>&#])", r"\\\1", one) for one in text.split("\n\n"))
    front = f"---\naddress: {address}\n---\n" if address else ""
    return "\n\n".join([f"{front}# {headline}", *paragraphs]).encode()


def _word(text: str) -> bytes:
    document, raw = docx.Document(), io.BytesIO()
    headline, *paragraphs = text.split("\n\n")
    document.add_heading(headline, 0)
    for one in paragraphs:
        document.add_paragraph(one)
    document.save(raw)
    return raw.getvalue()


def everything(texts: list[str]) -> dict[str, Files]:
    files = {
        "text": of_text(texts),
        "text from Windows": of_text_from_windows(texts),
        "CSV": of_csv(texts),
        "JSON Lines": of_json_lines(texts),
        "HTML": of_pages(texts),
        "Markdown": of_markdown(texts),
        "DOCX": of_word(texts),
    }
    return {**files, "ZIP of text": packed(files["text"]), "ZIP of pages": packed(files["HTML"])}


# Any words in blocks: every format.
IN_BLOCKS = everything(TEXTS)
# A text file and a DOCX file have no place for the address of their article, so theirs is the article of its own words.
WITH_ADDRESSES = {
    "CSV": of_csv(TEXTS, ADDRESSES),
    "JSON Lines": of_json_lines(TEXTS, ADDRESSES),
    "HTML": of_pages(TEXTS, ADDRESSES),
    "Markdown": of_markdown(TEXTS, ADDRESSES),
    "ZIP of pages": packed(of_pages(TEXTS, ADDRESSES)),
}
# Pages, Markdown and DOCX have paragraphs and no lines: runs of blanks, tabs and several blank lines mean nothing
# there, and what they hold is another text.
AS_LAID_OUT = {name: everything(LAID_OUT)[name] for name in ("text", "text from Windows", "CSV", "JSON Lines")}
AS_LAID_OUT["ZIP of text"] = packed(of_text(LAID_OUT))


def bring_in(folder: Path, files: Files) -> str:
    folder.mkdir()
    for name, raw in files.items():
        (folder / name).write_bytes(raw)
    said = StringIO()
    call_command("import_articles", str(folder), stdout=said, stderr=said)
    return said.getvalue()


def stored() -> tuple[dict[str, Any], int]:
    return dump(tables(Job)), event_count()


def check_nothing_changes(first: str, formats: dict[str, Files], texts: list[str], folder: Path) -> None:
    """The first format brings the articles in; all others then find them, and each leaves every row as it was."""
    bring_in(folder / first, formats[first])
    assert Revision.objects.count() == Article.objects.count() == len(texts)
    assert Claim.objects.count() >= len(texts)
    before = stored()
    for name in formats:
        said = bring_in(folder / f"{name} after it", formats[name])
        assert said.count(": already here") == len(texts), (name, said)
        assert stored() == before, name


@pytest.mark.parametrize("first", IN_BLOCKS)
def test_articles_in_one_format_and_then_in_any_other_change_nothing(
    operator: User, tmp_path: Path, first: str
) -> None:
    check_nothing_changes(first, IN_BLOCKS, TEXTS, tmp_path)


@pytest.mark.parametrize("first", WITH_ADDRESSES)
def test_articles_with_their_addresses_in_one_format_and_then_in_any_other_change_nothing(
    operator: User, tmp_path: Path, first: str
) -> None:
    check_nothing_changes(first, WITH_ADDRESSES, TEXTS, tmp_path)
    assert set(Article.objects.values_list("address", flat=True)) == set(ADDRESSES)


@pytest.mark.parametrize("first", AS_LAID_OUT)
def test_a_text_laid_out_with_blanks_is_the_same_in_every_format_that_keeps_them(
    operator: User, tmp_path: Path, first: str
) -> None:
    check_nothing_changes(first, AS_LAID_OUT, LAID_OUT, tmp_path)


@pytest.mark.parametrize("first", ["text", "HTML"])
def test_it_is_no_other_where_many_come_in_at_once(
    operator: User, tmp_path: Path, first: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def one_by_one(make: Callable[[Any], Any], tasks: Iterator[tuple[Any, Any]]) -> Iterator[tuple[Any, Any]]:
        return ((kept, make(given)) for kept, given in tasks)

    monkeypatch.setattr(many_articles, "side_by_side", one_by_one)
    monkeypatch.setattr(import_articles, "FEW", 1)
    check_nothing_changes(first, IN_BLOCKS, TEXTS, tmp_path)
