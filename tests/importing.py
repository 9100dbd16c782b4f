"""What tests bring in: files, pasted texts, an import that somebody has offered and nobody has begun."""

import io
import zipfile
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from claims.ingest.offer_documents import offer_documents
from claims.ingest.readers.document import Document
from claims.models import ImportItem, Job, User
from tests.pages.html import Page, page_of

FERRY = "Ferry sinks off Elmport\n\nThe ferry sank on Friday, the harbour master said.\n\nNobody was hurt."
PAGE = """<!doctype html><html lang="en"><head><title>Storm closes harbour</title>
<meta name="author" content="Nora Vale"><link rel="canonical" href="https://courier.example/storm">
<meta property="article:published_time" content="2024-03-05"></head><body><article><h1>Storm closes harbour</h1>
<p>The harbour at Elmport was closed on Tuesday after waves of six metres broke its wall, the harbour master said.</p>
<p>Two ferries stayed at sea overnight, and their passengers were reportedly given hot meals by the crew.</p>
<p>The ministry said that repairs would take until May and cost two million euros in all.</p></article></body></html>"""


def a_file(name: str, content: str | bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)


def a_zip(**members: str) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, content in members.items():
            archive.writestr(f"monday/{name}.txt", content)
    return written.getvalue()


def send_files(browser: Client, *files: SimpleUploadedFile) -> Any:
    return browser.post("/import/files", {"files": list(files), "key": uuid4()})


def paste(browser: Client, text: str, **facts: str) -> Any:
    parts = {"text": text, "key": str(uuid4()), **facts}
    return browser.post("/import/text", "&".join(f"{k}={quoted(v)}" for k, v in parts.items()), content_type=FORM)


FORM = "application/x-www-form-urlencoded"


def quoted(words: str) -> str:
    return "".join(f"%{byte:02X}" for byte in words.encode("utf-8", "surrogatepass"))


def job_of(answer: Any) -> Job:
    assert answer.status_code == 302, page_of(answer).all("main")[0].text
    return Job.objects.get(pk=answer["Location"].split("/")[2])


def items(job: Job) -> list[ImportItem]:
    return list(ImportItem.objects.filter(job=job))


def words(page: Page) -> str:
    return " ".join(" ".join(page.all("main")[0].pieces).split())


def offered(by: User, text: str = "A bus fell into the Elm on Monday.") -> ImportItem:
    """The one document of a new import, to be looked at."""
    document = Document("bus.txt", text.encode(), text, "utf-8")
    return ImportItem.objects.get(job=offer_documents(by=by, found=[document], key=uuid4()))
