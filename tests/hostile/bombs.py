"""Files that were made to take all time or memory of whoever reads them, each of at most what a document may have."""

import io
import json
import random
import struct
import zipfile
import zlib
from collections.abc import Callable
from typing import Final

WORDS: Final = "Some words stand here, and more of them come along in this sentence. "
ENTITIES: Final = (
    '<!DOCTYPE x [<!ENTITY a "haha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(12))
    + "]>"
)


def page(body: str, head: str = "") -> bytes:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode()[:2_000_000]


def archive(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as file:
        for name, raw in parts.items():
            file.writestr(name, raw)
    return packed.getvalue()


def docx(document: bytes, **more: bytes) -> bytes:
    types = b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'  # noqa: E501
    rels = b'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'  # noqa: E501
    return archive({"[Content_Types].xml": types, "_rels/.rels": rels, "word/document.xml": document, **more})


def word_xml(body: bytes, before: bytes = b"") -> bytes:
    space = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return (
        b'<?xml version="1.0"?>'
        + before
        + b'<w:document xmlns:w="'
        + space
        + b'"><w:body>'
        + body
        + b"</w:body></w:document>"
    )


def pdf(*objects: bytes) -> bytes:
    """A PDF file of these objects, numbered from 1; the first is the catalogue."""
    out = io.BytesIO(b"%PDF-1.4\n")
    out.seek(0, io.SEEK_END)
    places = []
    for number, held in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, held))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(places) + 1, start))
    return out.getvalue()


def stream(raw: bytes, head: bytes = b"") -> bytes:
    packed = zlib.compress(raw, 9)
    return b"<<%s/Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream" % (head, len(packed), packed)


CATALOGUE: Final = b"<</Type/Catalog/Pages 2 0 R>>"
PAGES: Final = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
FONT: Final = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def pdf_page(content: bytes, *more: bytes, resources: bytes = b"/Font<</F 5 0 R>>") -> bytes:
    described = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<<%s>>>>" % resources
    return pdf(CATALOGUE, PAGES, described, content, FONT, *more)


def forms_in_forms() -> bytes:
    """Twelve drawings, each of which draws the next one ten times."""
    forms = [
        stream(
            b"/X Do " * 10 if number < 11 else b"BT /F 9 Tf (words) Tj ET",
            b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>/Font<</F 5 0 R>>>>"
            % (7 + number),
        )
        for number in range(12)
    ]
    return pdf_page(stream(b"/X Do"), *forms, resources=b"/XObject<</X 6 0 R>>/Font<</F 5 0 R>>")


def many_members() -> bytes:
    return archive({f"{number}.txt": b"words" for number in range(30_000)}, zipfile.ZIP_STORED)


def encrypted() -> bytes:
    raw = bytearray(archive({"a.txt": b"words"}))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = raw.index(mark) + at
        struct.pack_into("<H", raw, place, 1)
    return bytes(raw)


def nested_archives() -> bytes:
    inner = archive({"a.txt": b"0" * 9_000_000})
    for _ in range(5):
        inner = archive({f"{number}.zip": inner for number in range(10)})
    return inner


def noise(size: int) -> bytes:
    return random.Random(7).randbytes(size)


# By the name of the file, so that each comes with its own; what it is made of is only made when it is needed.
PAGE_BOMBS: Final[dict[str, Callable[[], bytes]]] = {
    "deep divs.html": lambda: page("<div>" * 100_000 + WORDS),
    "deep tables.html": lambda: page("<table><tr><td>" * 30_000 + WORDS),
    "open links.html": lambda: page("<a " * 700_000),
    "ampersands.html": lambda: page("&" * 2_000_000),
    "half tags.html": lambda: page("<" * 2_000_000),
    "open formats.html": lambda: page("<p><b>" * 300_000),
    "items.html": lambda: page("<ul>" + "<li>aa bb" * 200_000),
    "spans.html": lambda: page("<p>" + "<span>x</span>" * 140_000),
    "attributes.html": lambda: page("<p " + " ".join(f"a{n}=1" for n in range(180_000)) + ">"),
    "open comments.html": lambda: page("<!--" * 450_000),
    "options.html": lambda: page("<select>" + "<option>x" * 200_000),
    "only script.html": lambda: page("<script>" + "let a = 'words';" * 100_000 + "</script>"),
    "entities.html": lambda: ENTITIES.encode() + b"<html><body><p>&m;</p></body></html>",
    "entities.xhtml": lambda: b'<?xml version="1.0"?>' + ENTITIES.encode() + b"<x>&m;</x>",
    "deep json-ld.html": lambda: page("", '<script type="application/ld+json">' + "[" * 900_000 + "</script>"),
    "long titles.html": lambda: page("<h1>" * 250 + "t" * 1_900_000),
    "noise.html": lambda: b"<html>" + noise(1_900_000),
}
OTHER_BOMBS: Final[dict[str, Callable[[], bytes]]] = {
    "bomb.docx": lambda: docx(word_xml(b"<w:p/>" * 5_000_000)),
    "large part.docx": lambda: docx(word_xml(b"<w:p/>"), **{"word/media/a.bin": bytes(90_000_000)}),
    "many parts.docx": lambda: docx(word_xml(b"<w:p/>"), **{f"word/{n}.xml": b"<a/>" for n in range(5_000)}),
    "many elements.docx": lambda: docx(word_xml(b"<w:p><w:r><w:t>a</w:t></w:r></w:p>" * 800_000)),
    "entities.docx": lambda: docx(word_xml(b"<w:p><w:r><w:t>&m;</w:t></w:r></w:p>", ENTITIES.encode())),
    "deep.docx": lambda: docx(word_xml(b"<w:p>" * 100_000)),
    "page that holds itself.pdf": lambda: pdf(CATALOGUE, b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9>>"),
    "packed stream.pdf": lambda: pdf_page(stream(b"BT /F 9 Tf (a) Tj ET " * 3_000_000)),
    "forms in forms.pdf": forms_in_forms,
    "form that draws itself.pdf": lambda: pdf_page(
        stream(b"/X Do"),
        stream(b"/X Do", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>"),
        resources=b"/XObject<</X 6 0 R>>",
    ),
    "deep lists.pdf": lambda: pdf(b"[" * 900_000),
    "table of places that points at itself.pdf": lambda: (
        b"%PDF-1.4\nxref\n0 1\n0000000000 65535 f \ntrailer\n<</Prev 9>>\nstartxref\n9\n%%EOF"
    ),
    "noise.pdf": lambda: b"%PDF-1.7\n" + noise(1_900_000),
    "brackets.md": lambda: b"[" * 1_900_000,
    "quotes.md": lambda: b">" * 1_900_000,
    "stars.md": lambda: b"*a **b " * 280_000,
    "pictures.md": lambda: b"![[]()" * 320_000,
    "backticks.md": lambda: b"".join(b"`" * (n % 2_000) + b" " for n in range(2_000)),
}
MEMBERS_AND_ROWS: Final[dict[str, Callable[[], bytes]]] = {
    "bomb.zip": lambda: archive({"a.txt": b"a" * 90_000_000}),
    "many bombs.zip": lambda: archive({f"{n}.txt": b"words " * 150_000 for n in range(90)}),
    "many members.zip": many_members,
    "archives in archives.zip": nested_archives,
    "locked.zip": encrypted,
    "other packing.zip": lambda: archive({"a.txt": b"words " * 9_000}, zipfile.ZIP_LZMA),
    "cut off.zip": lambda: archive({"a.txt": noise(9_000)})[:5_000],
    "deep.json": lambda: b"[" * 40_000_000,
    "deep.jsonl": lambda: b'{"text":' * 1_000_000,
    "one long line.jsonl": lambda: b'{"text":"' + b"a" * 45_000_000,
    "large number.jsonl": lambda: b'{"text": ' + b"9" * 1_000_000 + b"}",
    "list in a row.json": lambda: b'[{"text":[' + b"0," * 20_000_000 + b"0]}]",
    "many rows.jsonl": lambda: b"{}\n" * 9_000_000,
    "commas.csv": lambda: b"text,headline\n" + b"," * 45_000_000,
    "open quotation.csv": lambda: b'text\n"' + b"a\n" * 20_000_000,
    "columns.csv": lambda: b"," * 45_000_000,
    "numbers.json": lambda: json.dumps([{"text": n} for n in range(30_000)]).encode(),
}
