"""What the workbench ought to do, in few words: no database, and nothing of the rooms' own code.

A refusal is named by its class. `refuses_…` gives every refusal that fits, the empty set where the deed has to go
through; what a deed changes stands beside it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

READER, REVIEWER, MODERATOR, ADMINISTRATOR = range(4)
ROLES = ("reader", "reviewer", "moderator", "administrator")
Said = tuple[str, int | None, str]  # label, strength, reason
Refusals = set[str]


@dataclass
class Person:
    name: str
    rank: int
    active: bool = True
    version: int = 0
    # Until when they saw everybody's labels: the last time that they lost a moderator's role.
    moderated_until: int = -1

    @property
    def may(self) -> int:
        return self.rank if self.active else READER


@dataclass
class Opinion:
    said: Said
    blind: bool
    version: int
    given_at: int


@dataclass
class Article:
    in_story: bool
    texts: list[int]
    withdrawn: bool = False
    locked: bool = False
    version: int = 0


@dataclass
class Statement:
    """A claim: some words of one text of one article."""

    article: Article
    text: int
    words: str
    needed: int
    is_part: bool = False
    opinions: dict[str, Opinion] = field(default_factory=dict)
    taken_back: dict[str, int] = field(default_factory=dict)
    ruling: tuple[Said, int] | None = None
    rulings: int = 0
    doubted: int | None = None
    aside: str = ""
    was_settled: bool = False
    version: int = 0
    flags: list[str] = field(default_factory=list)  # who waits for an answer
    talk: list[str] = field(default_factory=list)  # who began a thread
    passed: set[str] = field(default_factory=set)
    parts: list["Statement"] = field(default_factory=list)

    @property
    def state(self) -> str:
        if self.ruling:
            return "ruled"
        labels = {opinion.said[0] for opinion in self.opinions.values()}
        if len(labels) > 1:
            return "disputed"
        if not labels:
            return "open"
        enough = self.needed if self.doubted is None else max(self.needed, self.doubted + 1)
        return "agreed" if len(self.opinions) >= enough else "in_review"

    @property
    def settled(self) -> Said | None:
        if self.ruling:
            return self.ruling[0]
        if self.state != "agreed":
            return None
        said = [opinion.said for opinion in self.opinions.values()]
        reasons = {reason for _, _, reason in said if reason}
        strengths = [strength for _, strength, _ in said if strength is not None]
        return said[0][0], min(strengths, default=None), reasons.pop() if len(reasons) == 1 else ""

    def touched(self) -> None:
        """Count a write about it."""
        self.version += 1
        self.was_settled = self.was_settled or self.settled is not None


@dataclass
class World:
    people: dict[str, Person]
    articles: dict[str, Article] = field(default_factory=dict)
    statements: list[Statement] = field(default_factory=list)
    story_needed: int = 2
    story_version: int = 0
    published: bool = False
    clock: int = 0

    # Who may, and what is there.

    def needs(self, who: str, rank: int) -> Refusals:
        return set() if self.people[who].may >= rank else {"NotAllowed"}

    def gone(self, it: Statement, *, aside_too: bool = False) -> Refusals:
        old = it.text != it.article.texts[-1]
        return {"Gone"} if it.article.withdrawn or old or (it.aside and not aside_too) else set()

    def sees(self, who: str, it: Statement) -> bool:
        rank = self.people[who].may if who else READER
        if it.article.withdrawn or (it.aside == "hidden" and rank < MODERATOR):
            return False
        public = not it.aside and it.settled is not None and it.article.in_story and self.published
        return rank >= REVIEWER or public

    def seen(self, who: str, it: Statement) -> tuple[str, str]:
        """State and label of a claim as this person may know them."""
        rank = self.people[who].may if who else READER
        own = it.opinions.get(who)
        state = it.state if rank >= MODERATOR or it.settled else "done" if own else "open"
        return state, own.said[0] if own else it.settled[0] if it.settled else ""

    def counted(self, article: Article) -> tuple[int, int]:
        """Claims in work of the text in force, and how many of them are settled."""
        here = [one for one in self.of(article) if not one.aside]
        return len(here), sum(one.settled is not None for one in here)

    def of(self, article: Article) -> Iterator[Statement]:
        """Claims of the article's text in force."""
        return (one for one in self.statements if one.article is article and one.text == article.texts[-1])

    # Texts come in, are read, and go.

    def reads(self, article: Article, found: list[str]) -> None:
        """Have the text in force read by a reader that finds these sentences."""
        here = list(self.of(article))
        lost = [one for one in here if one.version == 0 and not one.is_part and one.words not in found]
        self.statements = [one for one in self.statements if not any(one is gone for gone in lost)]
        known = {one.words for one in here if not one.is_part}
        needed = self.needed_in(article)
        new = [Statement(article, article.texts[-1], words, needed) for words in found if words not in known]
        self.statements += new

    def needed_in(self, article: Article) -> int:
        return self.story_needed if article.in_story else 2

    def restates(self, it: Statement, was_settled: bool) -> None:
        """A claim keeps the number that it was settled by until it is open again; then that of its story holds."""
        if was_settled and it.settled is None:
            it.needed = self.needed_in(it.article)
        it.touched()

    def follows(self, article: Article) -> int:
        """Give what is not settled the number that the story has now; how many it settles."""
        needed = self.needed_in(article)
        unsettled = [one for one in self.of(article) if one.settled is None]
        for one in unsettled:
            one.needed = needed
        agreed = [one for one in unsettled if one.settled]
        for one in agreed:
            one.touched()
        return len(agreed)

    # Judging.

    def refuses_opinion(self, who: str, it: Statement, *, stale: bool) -> Refusals:
        shut = it.article.locked or it.ruling or (it.settled and who not in it.opinions)
        conflict: Refusals = {"Conflict"} if shut or stale else set()
        return self.needs(who, REVIEWER) | self.gone(it) | conflict

    def judges(self, who: str, it: Statement, said: Said) -> None:
        self.clock += 1
        them, own, was_settled = self.people[who], it.opinions.get(who), it.settled is not None
        others = [one.given_at for name, one in it.opinions.items() if name != who]
        saw = others and (them.may >= MODERATOR or min(others) <= them.moderated_until)
        knows = it.was_settled or saw
        kept = own is not None and own.said[0] == said[0]
        blind = (own is None or own.blind) and (kept or not knows)
        version = own.version if own else it.taken_back.get(who, 0)
        it.opinions[who] = Opinion(said, blind, version + 1, own.given_at if own else self.clock)
        self.restates(it, was_settled)

    def takes_back(self, who: str, it: Statement) -> int:
        """How many events that makes."""
        was_settled = it.settled is not None
        own = it.opinions.pop(who, None)
        if own is None:
            return 0
        it.taken_back[who] = own.version
        self.restates(it, was_settled)
        return 1

    def refuses_ruling(self, who: str, it: Statement, said: Said, *, why: str, stale: bool) -> Refusals:
        others = [one for one in self.people.values() if one.may >= MODERATOR and one.name != who]
        refused = self.needs(who, MODERATOR) | self.gone(it)
        if (who in it.opinions or who in it.taken_back) and others:
            refused.add("NotAllowed")
        if stale:
            refused.add("Conflict")
        if not why and (it.settled or said[0] not in {one.said[0] for one in it.opinions.values()}):
            refused.add("Invalid")
        return refused

    def rules(self, it: Statement, said: Said) -> None:
        it.rulings += 1
        it.ruling = said, it.rulings
        it.touched()

    def refuses_reopening(self, who: str, it: Statement, *, stale: bool) -> Refusals:
        conflict: Refusals = {"Conflict"} if stale or it.settled is None else set()
        return self.needs(who, MODERATOR) | self.gone(it) | conflict

    def reopens(self, it: Statement) -> None:
        it.ruling, it.doubted = None, len(it.opinions)
        self.restates(it, was_settled=True)

    # What is set aside, flagged, talked about.

    def refuses_aside(self, who: str, it: Statement, *, back: bool, stale: bool) -> Refusals:
        conflict: Refusals = {"Conflict"} if stale or bool(it.aside) != back else set()
        return self.needs(who, MODERATOR) | self.gone(it, aside_too=True) | conflict

    def sets_aside(self, it: Statement, why: str) -> None:
        it.aside = why
        it.parts = []
        it.touched()

    def refuses_retiring(self, who: str, it: Statement, parts: list[str], *, stale: bool) -> Refusals:
        refused = self.needs(who, MODERATOR) | self.gone(it)
        if stale:
            refused.add("Conflict")
        opened = [one for one in self.of(it.article) if one.is_part and one.words in parts]
        if parts == [it.words] or any(one.aside for one in opened):
            refused.add("Invalid")
        return refused

    def retires(self, it: Statement, parts: list[str]) -> None:
        self.sets_aside(it, "retired")
        for words in parts:
            there = [one for one in self.of(it.article) if one.is_part and one.words == words]
            part = (
                there[0]
                if there
                else Statement(it.article, it.text, words, self.needed_in(it.article), is_part=True, version=1)
            )
            self.statements += [] if there else [part]
            it.parts.append(part)

    def refuses_flag(self, who: str, it: Statement) -> Refusals:
        refused = set() if self.people[who].active else {"NotAllowed"}
        if not self.sees(who, it):
            refused.add("Gone")
        if who in it.flags:
            refused.add("Conflict")
        return refused | self.gone(it, aside_too=True)

    def flags(self, who: str, it: Statement) -> None:
        it.flags.append(who)
        it.touched()

    def answers(self, who: str, it: Statement) -> None:
        it.flags.remove(who)
        it.touched()

    def refuses_talk(self, who: str, it: Statement) -> Refusals:
        unseen: Refusals = set() if self.sees(who, it) else {"Gone"}
        return self.needs(who, REVIEWER) | unseen | self.gone(it)

    def talks(self, who: str, it: Statement) -> None:
        it.talk.append(who)
        it.touched()

    def passes(self, who: str, it: Statement) -> int:
        """How many events that makes: whoever passed it has passed it."""
        if who in it.passed:
            return 0
        it.passed.add(who)
        it.touched()
        return 1

    def reads_talk(self, who: str, it: Statement, author: str) -> bool:
        rank = self.people[who].may if who else READER
        return rank >= MODERATOR or (rank >= REVIEWER and (author == who or it.settled is not None))

    def gives_role(self, whom: str, rank: int) -> int:
        """How many events that makes."""
        them = self.people[whom]
        if them.rank == rank:
            return 0
        self.clock += 1
        if them.rank >= MODERATOR:
            them.moderated_until = -1 if rank >= MODERATOR else self.clock
        them.rank = rank
        them.version += 1
        return 1

    # Articles, stories, accounts: an old page is refused where it would change something.

    def refuses_article(self, who: str, article: Article, *, alike: bool, stale: bool) -> Refusals:
        conflict: Refusals = {"Conflict"} if stale and not alike else set()
        return self.needs(who, MODERATOR) | conflict

    def refuses_story(self, who: str, *, stale: bool) -> Refusals:
        return self.needs(who, MODERATOR) | ({"Conflict"} if stale else set())

    def refuses_account(self, who: str, whom: str, *, alike: bool, stale: bool) -> Refusals:
        conflict: Refusals = {"Conflict"} if who == whom or (stale and not alike) else set()
        return self.needs(who, ADMINISTRATOR) | conflict
