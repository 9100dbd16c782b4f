"""A corpus in parts, each of whole events: the rows of a part, the truth about it, and a digest of both."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final
from uuid import UUID

from claims.corpus import rows as article_rows
from claims.corpus import work_rows
from claims.corpus.chance import Chance
from claims.corpus.linking import Pair, Told, chosen, dated, linked, pairs_of
from claims.corpus.reviewing import NO_WORK, Work, work_on
from claims.corpus.rows import Brought, Rows, bring_in, story_key
from claims.corpus.stories import Happening, happenings
from claims.corpus.truth import Known
from claims.corpus.work_rows import Staff
from claims.models import Claim, Link
from claims.vocabulary import ASSESSMENTS_NEEDED, SETTLED

# So many articles are stored together: more would hold the database longer, fewer would cost more statements.
AT_ONCE: Final = 200
COLUMNS: Final = article_rows.COLUMNS | work_rows.COLUMNS
_MORE_NEEDED: Final = 0.1
_PUBLISHED: Final = 0.1


@dataclass(frozen=True)
class Asked:
    """What corpus is asked for: `reviewed` is the share of events whose articles people worked on, in percent."""

    seed: int
    articles: int
    claims: int
    reviewed: int


@dataclass
class Part:
    """Some articles that come together: from number `first` on, so many.

    `known` says what is true of its events.
    """

    first: int
    articles: int = 0
    rows: Rows = field(default_factory=Rows)
    known: list[Known] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        """How many there are of what, by word."""
        waiting = self.rows.waiting
        return {"articles": self.articles, "claims": len(waiting[Claim]), "links": len(waiting[Link])}


def parts_of(asked: Asked, staff: Staff, digest: "hashlib._Hash") -> Iterator[Part]:
    """The corpus in order; `digest` takes in what follows from the seed: texts, keys, labels, states and links."""
    part = Part(0)
    for happening in happenings(asked.seed, asked.articles, asked.claims):
        _Telling(asked, staff, part, digest).add(happening)
        if part.articles >= AT_ONCE:
            yield part
            part = Part(part.first + part.articles)
    if part.articles:
        yield part


class _Telling:
    """Events put into a part, with all that was done about them."""

    def __init__(self, asked: Asked, staff: Staff, part: Part, digest: "hashlib._Hash") -> None:
        self.asked, self.staff, self.part, self.rows, self.digest = asked, staff, part, part.rows, digest

    def add(self, happening: Happening) -> None:
        """The event's story, its articles with their claims, and the work on them."""
        asked, rows = self.asked, self.rows
        chance = Chance(asked.seed, "work", happening.number)
        worked_on = chance.happens(asked.reviewed / 100)
        needed = ASSESSMENTS_NEEDED + (worked_on and chance.happens(_MORE_NEEDED))
        published = worked_on and chance.happens(_PUBLISHED)
        brought = [bring_in(one, seed=asked.seed, articles=asked.articles) for one in happening.articles]
        story = story_key(asked.seed, happening)
        article_rows.add_story(rows, story, happening, brought[0].at, needed=needed, published=published)
        told = [Told(claim.key, claim.place.sentence, one.key) for one in brought for claim in one.claims]
        pairs = list(pairs_of(happening, told))
        further = self._link(happening, brought[-1], told, pairs, chance) if worked_on else Counter[UUID]()
        for one in brought:
            works = self._works(one, chance, needed) if worked_on else [NO_WORK] * len(one.claims)
            settled = sum(work.state in SETTLED for work in works)
            article_rows.add_article(rows, one, story, settled=settled)
            article_rows.add_claims(rows, one)
            work_rows.add_work(rows, one, works, self.staff)
            work_rows.add_statuses(rows, one, works, needed, further)
            self._take_in(one, works)
        self.part.known.append(Known(story, brought, pairs))
        self.part.articles += len(brought)

    def _works(self, brought: Brought, chance: Chance, needed: int) -> list[Work]:
        """What people found of an article's claims: a few of them read all of it, some days after it came in."""
        people = chance.some(range(len(self.staff.reviewers)), needed)
        moderator, begun = chance.below(len(self.staff.moderators)), brought.at + timedelta(days=chance.between(1, 9))
        return [
            work_on(claim.place.sentence, chance, people, moderator, needed, begun + timedelta(seconds=40 * number))
            for number, claim in enumerate(brought.claims)
        ]

    def _link(
        self, happening: Happening, last: Brought, told: Sequence[Told], pairs: Sequence[Pair], chance: Chance
    ) -> Counter[UUID]:
        """Compare some pairs; how many deeds there were about each claim."""
        staff, further = self.staff, Counter[UUID]()
        begun, compared = last.at + timedelta(days=2), chosen(pairs, told, chance)
        known = dated(compared, chance)
        work_rows.add_times(self.rows, known, happening, staff.reviewers[0], begun)
        further.update(known.keys())
        for number, pair in enumerate(compared):
            people = chance.some(range(len(staff.reviewers)), 2)
            moderator, at = chance.below(len(staff.moderators)), begun + timedelta(minutes=1 + number)
            overlap = pair.a.claim in known and pair.b.claim in known
            found = linked(pair, chance, people, moderator, at, times_overlap=overlap)
            work_rows.add_link(self.rows, found, staff)
            further.update({pair.a.claim: found.writes, pair.b.claim: found.writes})
            self.digest.update(f"{found.link.pk}{found.link.state}{found.link.relation}".encode())
        return further

    def _take_in(self, brought: Brought, works: Sequence[Work]) -> None:
        """What the digest says of an article; numbers of accounts are the database's own and no part of it."""
        said = [brought.address, brought.sha256]
        for claim, work in zip(brought.claims, works, strict=True):
            given = (one.judgement.label for one in work.given)
            said += (claim.key.hex, claim.place.sentence.label, work.state, *given)
        self.digest.update("\n".join(said).encode())
