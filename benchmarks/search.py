"""Search in very many claims, newest first: `python -m benchmarks.search [CLAIMS]`, on SQLite or on DATABASE_URL.

The claims have a vocabulary as languages have it (the word of rank r as often as 1/r), and words that stand for what is
hard: one that only the oldest tenth has, one that ten claims have, one that none has. Each page is asked for over and
over, as a reviewer, beside the bare cursor that fetches the same claims by their keys.
"""

import argparse
import itertools
import logging
import os
import random
import re
import tempfile
import time
from datetime import UTC, datetime, timedelta

import django

_FOLDER = os.environ.get("DATA_DIR") or tempfile.mkdtemp(prefix="search-")
os.environ |= {"DATA_DIR": _FOLDER, "STATIC_ROOT": f"{_FOLDER}/static"}
os.environ |= {"DEBUG": "", "SECRET_KEY": "x" * 60, "ALLOWED_HOSTS": "testserver", "BEHIND_PROXY": "1"}
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "workbench.settings")
django.setup()

from django.contrib.auth.models import Group  # noqa: E402 - Django is set up first
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from benchmarks.table import Figure, show, spread  # noqa: E402
from claims.models import Article, ArticleStatus, Claim, ClaimStatus, Outlet, Proposal, Revision, User  # noqa: E402
from claims.models.keys import named_key, revision_key, span_key  # noqa: E402
from claims.models.stored_rows import store_rows  # noqa: E402
from claims.text.search_words import searchable  # noqa: E402
from claims.vocabulary import ClaimUnit, Role  # noqa: E402

IN_ARTICLE = 25
ARTICLES_AT_ONCE = 200
VOCABULARY = 60_000
BEGUN = datetime(2022, 1, 1, tzinfo=UTC)
ASKED = {
    "every claim, no search": "",
    "the commonest word": "w1",
    "a common word": "w30",
    "a middling word": "w900",
    "a word of ten claims": "rarest",
    "a word that nothing has": "nowhere",
    "a word common in old claims alone": "bygone",
    "two common words": "w5 w9",
    "two words that never meet": "bygone lately",
    "a common phrase": "“w1 w2”",
    "a phrase of old claims alone": "“in bygone times”",
    "a beginning": "w12*",
    "a beginning that nothing has": "nowh*",
}
TIMES = 40


def main() -> None:
    """See the module's words."""
    parser = argparse.ArgumentParser(description="Search in very many claims.")
    parser.add_argument("claims", type=int, nargs="?", default=100_000)
    show(measure(parser.parse_args().claims))


def measure(claims: int) -> list[Figure]:
    """Fill the database where it is empty, and ask for each page."""
    logging.disable()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    found = []
    if not Claim.objects.exists():
        took = fill(claims)
        rate = f"{claims / took:,.0f} claims/s with their words in the index"
        found.append(Figure(f"storing {claims:,} claims", rate, "their rows and the words of each"))
    viewer = User.objects.get(username="bench")
    client = Client()
    client.force_login(viewer)
    return found + [_figure(client, claims, name, query) for name, query in ASKED.items()]


def _figure(client: Client, claims: int, name: str, query: str) -> Figure:
    address = "/claims/" + (f"?q={query}" if query else "")
    with CaptureQueriesContext(connection) as asked:
        page = client.get(address, secure=True).content.decode()
    queries = len(asked)
    keys, count = set(re.findall(r"claim=([0-9a-f-]{36})", page)), re.findall(r'role="status"><b>([^<]+)', page)
    took, bare, worked = [], [], time.process_time()
    for _ in range(TIMES):
        begun = time.perf_counter()
        client.get(address, secure=True)
        took.append((time.perf_counter() - begun) * 1000)
        begun = time.perf_counter()
        list(Claim.objects.filter(pk__in=keys).values_list())
        bare.append((time.perf_counter() - begun) * 1000)
    worked = (time.process_time() - worked) * 1000 / TIMES
    says = (
        f"{spread(took)} ({worked:.1f} ms of the processor here, with the bare cursor), {queries} queries, “{count[0]}”"
    )
    return Figure(f"{claims:,} claims, {name}", says, f"by key: {spread(bare)}; reach: p95 50 ms")


def fill(claims: int) -> float:
    """Store the claims, oldest first; give the seconds that storing claims and statuses took."""
    chance = random.Random(1)
    weights = list(itertools.accumulate(1 / rank for rank in range(1, VOCABULARY + 1)))
    words = [f"w{rank}" for rank in range(1, VOCABULARY + 1)]
    viewer = User.objects.create(username="bench")
    viewer.groups.add(Group.objects.get(name=Role.REVIEWER))
    Outlet.objects.create(pk=named_key("outlet", "elm.example"), host="elm.example")
    took, articles = 0.0, claims // IN_ARTICLE
    for first in range(0, articles, ARTICLES_AT_ONCE):
        with transaction.atomic():
            some = range(first, min(articles, first + ARTICLES_AT_ONCE))
            took += _store([_article(number, articles, chance, words, weights) for number in some])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")
    return took


def _article(
    number: int, articles: int, chance: random.Random, words: list[str], weights: list[float]
) -> tuple[Article, Revision, list[str]]:
    sentences = []
    for n in range(IN_ARTICLE):
        said = chance.choices(words, cum_weights=weights, k=chance.randint(8, 30))
        if number < articles // 10 and n % 2:
            said += ["in", "bygone", "times"]
        if number > articles * 9 // 10 and n % 3 == 0:
            said.append("lately")
        if n == 0 and number % max(1, articles // 10) == 0:
            said.append("rarest")
        sentences.append(" ".join(said).capitalize() + ".")
    article = Article(
        pk=named_key("article", str(number)),
        outlet_id=named_key("outlet", "elm.example"),
        received_at=BEGUN + timedelta(minutes=number),
    )
    text = "\n\n".join(sentences)
    sha256 = f"{number:064x}"
    revision = Revision(
        pk=revision_key(article.pk, sha256), article=article, sha256=sha256, text=text, encoding="utf-8"
    )
    return article, revision, sentences


def _store(some: list[tuple[Article, Revision, list[str]]]) -> float:
    Article.objects.bulk_create(article for article, _, _ in some)
    Revision.objects.bulk_create(revision for _, revision, _ in some)
    ArticleStatus.objects.bulk_create(
        ArticleStatus(
            article=article, revision=revision, title=said[0][:400], reader_version=1, read_at=article.received_at
        )
        for article, revision, said in some
    )
    claims, statuses, proposals = [], [], []
    for article, revision, said in some:
        start = 0
        for words in said:
            end = start + len(words)
            key = span_key(revision.pk, start, end, ClaimUnit.SENTENCE)
            place = (key, article.pk, revision.pk, "body", "sentence", start, end)
            claims.append((*place, words, words[:32], words[-32:], searchable(words)))
            statuses.append((key, article.received_at))
            proposals.append((key, "SOURCED", "named", "a cue", 0.9, 1))
            start = end + 2
    columns = ("id", "article_id", "revision_id", "zone", "unit", "start", "end", "exact", "prefix", "suffix", "folded")
    begun = time.perf_counter()
    store_rows(Claim, columns, claims)
    store_rows(ClaimStatus, ("claim_id", "opened_at"), statuses)
    took = time.perf_counter() - begun
    store_rows(Proposal, ("claim_id", "label", "rule", "why", "confidence", "reader_version"), proposals)
    return took


if __name__ == "__main__":
    main()
