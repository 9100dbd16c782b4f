"""A database of generated claims, for measuring the suggester in this process."""

import itertools
import os
import random
import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "workbench.settings")
django.setup()

from django.core.management import call_command  # noqa: E402 - Django is set up first
from django.utils import timezone  # noqa: E402

from claims.coverage.candidates import candidates_for  # noqa: E402
from claims.coverage.suggest_run import Progress, run  # noqa: E402
from claims.models import (  # noqa: E402
    Article,
    ArticleStatus,
    Claim,
    ClaimStatus,
    Outlet,
    Revision,
    Story,
    StoryStatus,
    Suggestion,
    User,
)
from claims.models.keys import named_key, revision_key, span_key  # noqa: E402
from claims.models.link import in_order  # noqa: E402
from claims.permissions import operator  # noqa: E402
from claims.text.search_words import searchable  # noqa: E402
from claims.vocabulary import ClaimUnit, ZoneKind  # noqa: E402

AT_ONCE = 1_000
OUTLETS = 200
Told = list[tuple[str, int | None]]


@dataclass
class Corpus:
    """What was stored: the pairs of claims that tell of one event, in two articles."""

    planted: set[tuple[UUID, UUID]]

    @classmethod
    def stored(cls, stories: Iterable[list[Told]]) -> "Corpus":
        """Store the stories in the database of the settings."""
        call_command("migrate", verbosity=0)
        now, rows = timezone.now(), _Rows()
        outlets = [Outlet(pk=named_key("outlet", f"{n}.example"), host=f"{n}.example") for n in range(OUTLETS)]
        Outlet.objects.bulk_create(outlets)
        tellers: dict[int, list[UUID]] = defaultdict(list)
        for number, articles in enumerate(stories):
            story = Story(pk=named_key("story", str(number)), title=f"Story {number}")
            rows.add(story, StoryStatus(story=story, title=story.title))
            for place, told in enumerate(articles):
                for claim, event in rows.article(
                    story, outlets[(number + place) % OUTLETS], f"{number}/{place}", told, now
                ):
                    if event is not None:
                        tellers[event].append(claim)
        rows.store()
        return cls({in_order(*pair) for keys in tellers.values() for pair in itertools.combinations(keys, 2)})

    def suggest(self) -> dict[str, float]:
        """Bring all into the index and look for pairs; seconds of each step, and of them on the processor."""
        ends = {}
        begun = time.perf_counter(), time.process_time()

        def told(progress: Progress) -> None:
            ends[progress.step] = time.perf_counter() - begun[0], time.process_time() - begun[1]

        run(by=operator(), told=told)
        steps, last = {}, (0.0, 0.0)
        for step, now in ends.items():
            steps[step], steps[f"{step} worked"] = now[0] - last[0], now[1] - last[1]
            last = now
        return steps

    def found(self) -> tuple[int, int]:
        """How many of the planted pairs are suggested, of how many suggestions."""
        kept = set(Suggestion.objects.values_list("a", "b"))
        return len(self.planted & kept), len(kept)

    def looks(self, count: int) -> list[float]:
        """Milliseconds of looking for the candidates of so many claims."""
        viewer = User.objects.create(username="bench", is_superuser=True)
        keys = [a for a, _ in random.Random(1).sample(sorted(self.planted), count)]
        times = []
        for claim in Claim.objects.filter(pk__in=keys):
            begun = time.perf_counter()
            candidates_for(claim, viewer)
            times.append((time.perf_counter() - begun) * 1_000)
        return times


class _Rows:
    """Rows that wait to be stored, by model, each model before those that name it."""

    MODELS = (Story, StoryStatus, Article, Revision, ArticleStatus, Claim, ClaimStatus)

    def __init__(self) -> None:
        self.waiting: dict[type, list[object]] = {model: [] for model in self.MODELS}

    def add(self, *rows: object) -> None:
        """Keep rows until there are enough of them."""
        for row in rows:
            self.waiting[type(row)].append(row)
        if len(self.waiting[Claim]) >= AT_ONCE:
            self.store()

    def store(self) -> None:
        """Store what waits."""
        for model, rows in self.waiting.items():
            model.objects.bulk_create(rows, AT_ONCE)  # type: ignore[attr-defined]  # every model has a manager
            rows.clear()

    def article(
        self, story: Story, outlet: Outlet, name: str, told: Told, now: object
    ) -> list[tuple[UUID, int | None]]:
        """Add an article of these claims; the key of each claim with its event."""
        text = "\n\n".join(words for words, _ in told)
        article = Article(pk=named_key("article", name), outlet=outlet, headline=name)
        sha256 = f"{named_key('text', name).hex:0>64}"
        revision = Revision(
            pk=revision_key(article.pk, sha256), article=article, sha256=sha256, raw=b"", text=text, encoding="utf-8"
        )
        status = ArticleStatus(
            article=article, story=story, revision=revision, title=name, reader_version=1, read_at=now,
            claims_count=len(told),
        )  # fmt: skip
        self.add(article, revision, status)
        keys, start = [], 0
        for words, event in told:
            end = start + len(words)
            claim = Claim(
                pk=span_key(revision.pk, start, end, ClaimUnit.SENTENCE), article=article, revision=revision,
                zone=ZoneKind.BODY, unit=ClaimUnit.SENTENCE, start=start, end=end, exact=words,
                folded=searchable(words),
            )  # fmt: skip
            self.add(claim, ClaimStatus(claim=claim, opened_at=now))
            keys.append((claim.pk, event))
            start = end + 2
        return keys
