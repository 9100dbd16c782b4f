"""Very many claims in the database of the settings, and their exports: what benchmarks.exports times."""

import argparse
import csv
import os
import resource
import time
from pathlib import Path
from typing import TextIO

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "workbench.settings")
django.setup()

from django.core.management import call_command  # noqa: E402 - Django is set up first
from django.db import connection, transaction  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from claims.exchange.chosen import Chosen  # noqa: E402
from claims.exchange.claim_rows import COLUMNS  # noqa: E402
from claims.exchange.write_csv import HEADER, csv_blocks  # noqa: E402
from claims.exchange.write_json_lines import json_lines_blocks  # noqa: E402
from claims.filters import ClaimFilter  # noqa: E402
from claims.management.export_command import moderators_eyes  # noqa: E402
from claims.models import (  # noqa: E402
    Article,
    ArticleStatus,
    Assessment,
    Claim,
    ClaimStatus,
    Outlet,
    Proposal,
    Revision,
    User,
)
from claims.models.keys import named_key, revision_key, span_key  # noqa: E402
from claims.models.stored_rows import store_rows  # noqa: E402
from claims.text.search_words import searchable  # noqa: E402
from claims.vocabulary import ClaimUnit  # noqa: E402

CLAIMS_IN_ARTICLE = 50
CHUNK = 1_000
SENTENCE = (
    "The bridge over the Elm at place {number} was closed on Friday, and the mayor said that it would open in May."
)


def main() -> None:
    """See the module's words."""
    parser = argparse.ArgumentParser(description="Fill a database, or export it.")
    parser.add_argument("--fill", type=int, default=0)
    parser.add_argument("--write", default="")
    options = parser.parse_args()
    if options.fill:
        fill(options.fill)
    else:
        write(options.write)


def write(form: str) -> None:
    """Write everything in one form; print processor seconds, megabytes at the peak, seconds to the first byte."""

    viewer = moderators_eyes()
    claims = ClaimFilter({}, viewer=viewer).claims
    with Path(os.environ["DATA_DIR"], f"out.{form}").open("w", encoding="utf-8", newline="") as file:
        reverse("claim-list")  # a server has all its pages loaded before anybody exports
        before = _peak()
        begun, at = time.process_time(), time.perf_counter()
        first = None
        if form == "raw":
            first = raw(file, at)
        else:
            blocks = csv_blocks(claims, viewer=viewer) if form == "csv" else json_lines_blocks(Chosen(viewer))
            for block in blocks:
                file.write(block.text)
                # The first block is the header alone.
                first = first or (time.perf_counter() - at if block.rows else None)
        took = time.process_time() - begun
    print(took, _peak(), _peak() - before, first)


def _peak() -> float:
    """Megabytes that this process had at most until now."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def raw(file: TextIO, at: float) -> float:
    """The rows of the CSV by the bare cursor, in chunks, with the same writer; what few claims have stays empty."""

    writer, first = csv.writer(file), None
    empty = [""] * (len(HEADER) - len(COLUMNS))
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(
            'SELECT c.id, c.article_id, a.title, o.host, r.voice, t.title, c.zone, c.unit, c.start, c."end", c.exact, '
            "c.prefix, c.suffix, s.opened_at, g.label, g.strength, g.reason, g.note, u.username, g.created_at, "
            "g.updated_at, g.scheme_version, s.state, s.settled_label, s.settled_strength, s.settled_reason, l.label, "
            "l.explanation, p.label, p.why FROM claims_claimstatus s JOIN claims_claim c ON c.id = s.claim_id "
            "JOIN claims_article r ON r.id = c.article_id JOIN claims_articlestatus a ON a.article_id = r.id "
            "LEFT JOIN claims_outlet o ON o.id = r.outlet_id LEFT JOIN claims_storystatus t ON t.story_id = a.story_id "
            "LEFT JOIN claims_assessment g ON g.claim_id = c.id LEFT JOIN claims_user u ON u.id = g.reviewer_id "
            "LEFT JOIN claims_ruling l ON l.claim_id = c.id LEFT JOIN claims_proposal p ON p.claim_id = c.id "
            "WHERE a.withdrawn_at IS NULL AND s.set_aside = '' ORDER BY s.opened_at DESC, s.claim_id"
        )
        while rows := cursor.fetchmany(CHUNK):
            writer.writerows((*row, *empty) for row in rows)
            first = first or time.perf_counter() - at
    return first or 0.0


def fill(claims: int) -> None:
    """Claims of articles of fifty, with a proposal each and one label for each ninth."""

    call_command("migrate", verbosity=0)
    now = timezone.now()
    outlet = named_key("outlet", "elm.example")
    reviewer = User.objects.create(username="bench").pk
    with transaction.atomic():
        Outlet.objects.create(pk=outlet, host="elm.example")
        for first in range(0, claims, CLAIMS_IN_ARTICLE):
            sentences = [SENTENCE.format(number=first + number) for number in range(CLAIMS_IN_ARTICLE)]
            article = named_key("article", str(first))
            sha256 = f"{first:064x}"
            revision = revision_key(article, sha256)
            text = "\n\n".join(sentences)
            Article.objects.create(pk=article, outlet_id=outlet, received_at=now)
            Revision.objects.create(
                pk=revision, article_id=article, sha256=sha256, raw=text.encode(), text=text, encoding="utf-8"
            )
            ArticleStatus.objects.create(
                article_id=article, revision_id=revision, title=sentences[0], reader_version=1, read_at=now
            )
            rows, start = [], 0
            for words in sentences:
                end = start + len(words)
                key = span_key(revision, start, end, ClaimUnit.SENTENCE)
                folded = searchable(words)
                rows.append((key, article, revision, "body", "sentence", start, end, words, words[:32], "", folded))
                start = end + 2
            store_rows(
                Claim,
                (
                    "id",
                    "article_id",
                    "revision_id",
                    "zone",
                    "unit",
                    "start",
                    "end",
                    "exact",
                    "prefix",
                    "suffix",
                    "folded",
                ),
                rows,
            )
            keys = [row[0] for row in rows]
            statuses = ((key, now, int(n % 9 == 0)) for n, key in enumerate(keys))
            store_rows(ClaimStatus, ("claim_id", "opened_at", "version"), statuses)
            proposals = ((key, "SOURCED", "named", "a cue", 0.9, 1) for key in keys)
            store_rows(Proposal, ("claim_id", "label", "rule", "why", "confidence", "reader_version"), proposals)
            given = ((key, article, reviewer, "SOURCED", 1) for key in keys[::9])
            store_rows(Assessment, ("claim_id", "article_id", "reviewer_id", "label", "scheme_version"), given)
    with connection.cursor() as cursor:
        # What PostgreSQL does by itself within a minute.
        cursor.execute("ANALYZE")


if __name__ == "__main__":
    main()
