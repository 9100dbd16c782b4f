"""A story of 200 articles, written straight into the tables: `python -m benchmarks.large_story` with DATA_DIR set.

The words are made of a few sentence frames with numbers and names; what matters are the numbers of rows and how they
hang together: 5,000 claims, most of them settled, 2,000 confirmed links in groups of up to twelve claims, sources with
routes, dates from three years. The same in every run. Prints the key of the story, and how many queries its page takes.
"""

import hashlib
import os
import random
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "workbench.settings")
django.setup()

from django.db import connection  # noqa: E402 - Django is set up first
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from claims.models import (  # noqa: E402
    Article,
    ArticleStatus,
    Attribution,
    Claim,
    ClaimStatus,
    ClaimTime,
    Hop,
    Link,
    Outlet,
    Revision,
    Source,
    Story,
    StoryStatus,
    User,
    Zone,
)
from claims.models.link import in_order, link_key  # noqa: E402
from claims.text.search_words import searchable  # noqa: E402

ARTICLES, CLAIMS_EACH, LINKS, SOURCES = 200, 25, 2_000, 120
OUTLETS = 140
NOW = datetime(2026, 1, 1, tzinfo=UTC)
TOWNS = ("Elmford", "Karsk", "Tavir", "Ostrava Bay", "North Lenz", "Quillan", "Brod", "Sarv")
FRAMES = (
    "The council of {town} counted {n} houses without power on the morning after the storm, and said so at noon.",
    "Mayor Ida Brook of {town} said that the bridge would open again within {n} days.",
    "About {n} people reportedly left {town} before the water came.",
    "The dam above {town} held {n} million litres, according to the engineers.",
)
LABELS = ("SOURCED", "SOURCED", "UNSOURCED", "UNSOURCED", "OPINION")
REASONS = ("bare", "hedge", "background")
RELATIONS = ("CORROBORATES",) * 5 + ("CONTRADICTS",) * 2 + ("UPDATES", "QUALIFIES", "FRAMES_DIFFERENTLY")
ORIGINS = ("unknown", "unknown", "shared_origin", "independent")


def make() -> str:
    """Write the story and everything in it; gives its key."""
    chance = random.Random(7)
    by = User.objects.get(username="max")
    story = Story.objects.create(title="The flood in the valley", created_at=NOW)
    StoryStatus.objects.create(story=story, title=story.title)
    names = ("www.valley-observer", "daily", "news")
    outlets = [Outlet(id=key("outlet", n), host=f"{names[n % 3]}{n}.example") for n in range(OUTLETS)]
    Outlet.objects.bulk_create(outlets)
    sources = [
        Source(id=key("source", n), name=f"{'Engineer' if n % 2 else 'Agency'} {n} of {TOWNS[n % 8]}", folded=f"s{n}",
               kind="named_person" if n % 2 else "other_outlet", created_by=by)
        for n in range(SOURCES)
    ]  # fmt: skip
    Source.objects.bulk_create(sources)
    claims = write_articles(story, outlets, chance)
    write_details(claims, sources, by, chance)
    write_links(claims, chance)
    return str(story.pk)


def key(kind: str, number: int) -> UUID:
    """The same key in every run."""
    return UUID(bytes=hashlib.sha256(f"{kind}{number}".encode()).digest()[:16], version=4)


def write_articles(story: Story, outlets: list[Outlet], chance: random.Random) -> list[Claim]:
    """Articles with their texts, zones and claims; four of five claims are settled."""
    made: dict[Any, list[Any]] = {model: [] for model in (Article, Revision, Zone, ArticleStatus, Claim, ClaimStatus)}
    for number in range(ARTICLES):
        at = NOW + timedelta(minutes=number)
        published = (date(2023, 1, 1) + timedelta(days=chance.randrange(1_000))).isoformat() if number % 4 else ""
        article = Article(
            id=key("article", number), outlet=outlets[number % OUTLETS], received_at=at, published=published,
            voice=f"Agency {number % 30}" if number % 3 else "", address=f"https://example.org/{number}",
        )  # fmt: skip
        sentences = [
            FRAMES[n % 4].format(town=TOWNS[(number + n) % 8], n=100 + chance.randrange(900))
            for n in range(CLAIMS_EACH)
        ]
        text = "\n\n".join(sentences)
        raw = text.encode()
        revision = Revision(
            id=key("revision", number), article=article, raw=raw, sha256=hashlib.sha256(raw).hexdigest(),
            text=text, encoding="utf-8", received_at=at,
        )  # fmt: skip
        settled = 0
        start = 0
        for n, sentence in enumerate(sentences):
            claim = Claim(
                id=key("claim", number * CLAIMS_EACH + n), article=article, revision=revision, zone="body",
                unit="sentence", start=start, end=start + len(sentence), exact=sentence, folded=searchable(sentence),
            )  # fmt: skip
            start += len(sentence) + 2
            made[Claim].append(claim)
            made[ClaimStatus].append(status := state_of(claim, at, chance))
            settled += bool(status.settled_label)
        made[Article].append(article)
        made[Revision].append(revision)
        made[Zone].append(Zone(revision=revision, kind="body", start=0, end=len(text)))
        made[ArticleStatus].append(
            ArticleStatus(article=article, story=story, revision=revision, title=sentences[0][:80], reader_version=1,
                          read_at=at, claims_count=CLAIMS_EACH, settled_count=settled)
        )  # fmt: skip
    for model, rows in made.items():
        model.objects.bulk_create(rows, batch_size=1_000)
    return made[Claim]


def state_of(claim: Claim, at: datetime, chance: random.Random) -> ClaimStatus:
    """Where a claim stands: settled four times of five."""
    if not chance.randrange(5):
        return ClaimStatus(claim=claim, opened_at=at)
    label = chance.choice(LABELS)
    strength = {"SOURCED": chance.randrange(2, 6), "UNSOURCED": chance.randrange(2)}.get(label)
    reason = chance.choice(REASONS) if label == "UNSOURCED" else ""
    return ClaimStatus(claim=claim, opened_at=at, state="agreed", settled_label=label, settled_strength=strength,
                       settled_reason=reason, settled_at=at, was_settled=True, given=2)  # fmt: skip


def write_details(claims: list[Claim], sources: list[Source], by: User, chance: random.Random) -> None:
    """Routes of the sourced claims, one to three steps long, and times of most claims."""
    sourced = set(ClaimStatus.objects.filter(settled_label="SOURCED").values_list("pk", flat=True))
    told = [claim for claim in claims if claim.pk in sourced]
    given = [Attribution(claim=claim, reviewer=by, mode="indirect", scope="same") for claim in told]
    Attribution.objects.bulk_create(given, batch_size=1_000)
    hops = []
    for attribution in given:
        steps = chance.sample(sources, chance.choice((1, 1, 2, 3)))
        hops += [Hop(attribution=attribution, position=place, source=step) for place, step in enumerate(steps)]
    Hop.objects.bulk_create(hops, batch_size=1_000)
    times = []
    for number, claim in enumerate(claims):
        day = date(2023, 1, 1) + timedelta(days=chance.randrange(1_000))
        value, days = (day.isoformat(), day) if number % 10 else ("timeless", None)
        parts = {"earliest": days, "latest": days, "basis": "in_text", "by": by}
        times.append(ClaimTime(claim=claim, kind="event", value=value, **parts))
    ClaimTime.objects.bulk_create(times, batch_size=1_000)


def write_links(claims: list[Claim], chance: random.Random) -> None:
    """Confirmed links in groups of two to twelve claims: half agreements, the rest contradictions and others."""
    order = list(claims)
    chance.shuffle(order)
    found: dict[UUID, Link] = {}
    while len(found) < LINKS and len(order) > 12:
        group = [order.pop() for _ in range(chance.randrange(2, 13))]
        for place, claim in enumerate(group[1:], start=1):
            other = group[chance.randrange(place)]
            if claim.article_id == other.article_id:
                continue
            a, b = in_order(claim.pk, other.pk)
            relation = chance.choice(RELATIONS)
            origin = chance.choice(ORIGINS) if relation == "CORROBORATES" else "unknown"
            found[link_key(a, b)] = Link(
                id=link_key(a, b), a_id=a, b_id=b, relation=relation, independence=origin, state="confirmed",
                forward=True if relation in {"UPDATES", "QUALIFIES"} else None,
                subtype="number" if relation == "CONTRADICTS" else "",
                settled_at=NOW, was_settled=True, given=2, created_at=NOW,
            )  # fmt: skip
    Link.objects.bulk_create(found.values(), batch_size=1_000)


def queries(story: str) -> int:
    """How many queries the page takes, for a reviewer."""
    browser = Client(headers={"X-Forwarded-Proto": "https"}, SERVER_NAME="127.0.0.1")
    browser.force_login(User.objects.get(username="ana"), backend="django.contrib.auth.backends.ModelBackend")
    with CaptureQueriesContext(connection) as done:
        assert browser.get(f"/stories/{story}/").status_code == 200
    return len(done)


if __name__ == "__main__":
    key_of_story = make()
    print(key_of_story, queries(key_of_story))
