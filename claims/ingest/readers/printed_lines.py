"""Paragraphs from the lines of printed pages: joined again, without what stands on every page."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

_DIGITS: Final = re.compile(r"\d+")
_WORD: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_BROKEN_WORD: Final = re.compile(r"([^\W\d_]+)[-\u2010]\Z")
_PAGE_NUMBER: Final = re.compile(r"(?:page\s+)?[-–—\s]*\d{1,4}[-–—\s]*(?:(?:/|of)\s*\d{1,4})?", re.IGNORECASE)
_SENTENCE_END: Final = re.compile(r"[.!?:…][\"'”’»)\]]*\Z")
_BULLET: Final = re.compile(r"(?:[•▪●‣–*-]|\d{1,2}[.)])\s")
_EDGE: Final = 2
_SHORT: Final = 0.8


def paragraphs(pages: Sequence[str]) -> list[str]:
    """Join the lines of pages to paragraphs.

    A paragraph ends at a blank line, at a short line that ends a sentence, and before a bullet. Lines at the top or
    foot that stand on most pages (numbers in them may differ) and page numbers are left out. A hyphen at the end of a
    line goes only where it is a soft one, or where the file has the whole word without it elsewhere; else it stays and
    the word is joined.
    """
    kept = _without_repeated([[line.rstrip() for line in page.splitlines()] for page in pages])
    lines = [line for page in kept for line in page]
    widths = sorted(len(line) for line in lines if len(line) > 20)
    usual = widths[int(len(widths) * 0.75)] if widths else 0
    known = {word.casefold() for line in lines for word in _WORD.findall(line)}
    found: list[list[str]] = [[]]
    for line in lines:
        if not line.strip() or _BULLET.match(line.strip()):
            found.append([])
        if line.strip():
            found[-1].append(line.strip())
            if len(line) < _SHORT * usual and _SENTENCE_END.search(line):
                found.append([])
    return [_joined(paragraph, known) for paragraph in found if paragraph]


def _joined(lines: Sequence[str], known: set[str]) -> str:
    text = lines[0]
    for line in lines[1:]:
        broken = _BROKEN_WORD.search(text)
        following = _WORD.match(line)
        if text.endswith("\u00ad"):
            text = text[:-1] + line
        elif broken and following and line[0].islower():
            whole = (broken[1] + following[0]).casefold()
            text = (text[:-1] if whole in known else text) + line
        else:
            text = f"{text} {line}"
    return text


def _without_repeated(pages: Sequence[list[str]]) -> list[list[str]]:
    edges = Counter(form for page in pages for form in {_form(line) for line in _edge_lines(page)})
    most = max(3, (len(pages) + 1) // 2)
    return [_page_without(page, {form for form, times in edges.items() if times >= most}) for page in pages]


def _page_without(page: list[str], repeated: set[str]) -> list[str]:
    filled = [at for at, line in enumerate(page) if line.strip()]
    edge = {*filled[:_EDGE], *filled[-_EDGE:]}
    outer = {*filled[:1], *filled[-1:]}
    return [
        line
        for at, line in enumerate(page)
        if not (at in edge and _form(line) in repeated) and not (at in outer and _PAGE_NUMBER.fullmatch(line.strip()))
    ]


def _edge_lines(page: Sequence[str]) -> list[str]:
    filled = [line for line in page if line.strip()]
    return [*filled[:_EDGE], *filled[-_EDGE:]]


def _form(line: str) -> str:
    return _DIGITS.sub("0", line.strip())
