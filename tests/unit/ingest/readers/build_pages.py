"""Pages as publishing systems make them, from stories and layouts: what a page shows, and which words are the article.

A story is a text file with one block a line: `# ` headline, `## ` sub-heading, `> ` quotation, `* ` list item, `| ` row
of a table, or a paragraph. A layout is a page with `{{title}}`, `{{body 0 3}}` (blocks 0 to 2) and `{{body 3 end}}`.
Its first line is a comment with JSON: how it writes each kind of block ("p": "<p>{}</p>", …), which stories stand in
it.
"""

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PAGES = Path(__file__).parent / "pages"
USUAL = {
    "p": "<p>{}</p>",
    "h": "<h2>{}</h2>",
    "quote": "<blockquote><p>{}</p></blockquote>",
    "item": "<li>{}</li>",
    "items": "<ul>{}</ul>",
    "cell": "<td>{}</td>",
    "row": "<tr>{}</tr>",
    "rows": "<table>{}</table>",
    "between": "\n",
}
MARKS = (("## ", "h"), ("> ", "quote"), ("* ", "item"), ("| ", "row"))


@dataclass(frozen=True)
class Story:
    title: str
    blocks: list[tuple[str, str]]

    @property
    def text(self) -> str:
        text = self.title
        for (kind, words), (before, _) in zip(self.blocks, [("p", ""), *self.blocks], strict=False):
            text += "\n" if kind == before == "row" else "\n\n"
            text += words.replace(" | ", "\t") if kind == "row" else words
        return text


@dataclass(frozen=True)
class Page:
    name: str
    raw: bytes
    article: str


def story(name: str) -> Story:
    first, *lines = (PAGES / "stories" / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return Story(first.removeprefix("# "), [block(line) for line in lines if line])


def block(line: str) -> tuple[str, str]:
    return next(((kind, line.removeprefix(mark)) for mark, kind in MARKS if line.startswith(mark)), ("p", line))


def pages(folder: str) -> Iterator[Page]:
    """Give every layout of a folder with every story that it names."""
    for path in sorted((PAGES / folder).glob("*.html")):
        head, layout = path.read_text(encoding="utf-8").split("\n", 1)
        style = json.loads(head.removeprefix("<!--").removesuffix("-->"))
        for name in style.pop("stories"):
            yield Page(f"{path.stem}/{name}", made(layout, story(name), style), story(name).text)


def made(layout: str, told: Story, style: dict[str, str]) -> bytes:
    tags = {**USUAL, **style}
    page = layout.replace("{{title}}", html.escape(told.title))
    page = page.replace("{{json title}}", json.dumps(told.title))
    page = page.replace("{{json body}}", json.dumps("\n".join(words for _, words in told.blocks)))
    page = page.replace("{{first}}", html.escape(told.blocks[0][1]))

    def body(match: re.Match[str]) -> str:
        end = len(told.blocks) if match[2] == "end" else int(match[2])
        return written(told.blocks[int(match[1]) : end], tags)

    return re.sub(r"\{\{body (\d+) (\d+|end)\}\}", body, page).encode("utf-8")


def written(blocks: list[tuple[str, str]], tags: dict[str, str]) -> str:
    parts: list[str] = []
    at = 0
    while at < len(blocks):
        kind = blocks[at][0]
        run = [words for of, words in blocks[at:] if of == kind][: same(blocks, at)]
        if kind == "item":
            parts.append(tags["items"].format("".join(tags["item"].format(html.escape(words)) for words in run)))
        elif kind == "row":
            parts.append(tags["rows"].format("".join(row(words, tags) for words in run)))
        else:
            parts.append(tags[kind].format(html.escape(run[0])))
            run = run[:1]
        at += len(run)
    return tags["between"].join(parts)


def same(blocks: list[tuple[str, str]], at: int) -> int:
    kinds = [kind for kind, _ in blocks[at:]]
    return next((far for far, kind in enumerate(kinds) if kind != kinds[0]), len(kinds))


def row(words: str, tags: dict[str, str]) -> str:
    return tags["row"].format("".join(tags["cell"].format(html.escape(cell)) for cell in words.split(" | ")))
