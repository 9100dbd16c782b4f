"""Texts come in and are judged: the rules of the machine for reviewers, and for those who settle."""

from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from claims.review import assess_claim, reopen_claim, retract_assessment, rule_on_claim
from tests.machine.doing import Doing, moderating, picks, rarely, reviewing
from tests.machine.model import Article, Said, Statement
from tests.machine.workbench import judgement

SENTENCES = (
    ("The bridge was closed on Friday and the ferry runs until May.", "It is the ugliest thing in town."),
    ("The bridge was opened on Monday and no boat runs any more.",),
    ("Nobody knows who ordered the toll or what it costs.", "The council is reportedly planning two."),
)
# Each address, and whether its article comes with the story.
ADDRESSES = {"https://example.org/a": True, "https://example.org/b": False}
addresses = st.sampled_from(sorted(ADDRESSES))
sayings: st.SearchStrategy[Said] = st.sampled_from(
    [
        ("SOURCED", 4, ""),
        ("SOURCED", 2, ""),
        ("SOURCED", None, ""),
        ("UNSOURCED", 0, "hedge"),
        ("UNSOURCED", None, "bare"),
        ("OPINION", None, ""),
    ]
)


class Judging(Doing):
    """Import, revise, read, withdraw; assess, retract, rule, reopen."""

    # Texts come in and go.

    @initialize(text=st.integers(0, 2))
    def begin(self, text: int) -> None:
        self.bring_in("https://example.org/a", text)

    # One rule for all of these, so that most steps of a run are about claims.
    @rule(deed=st.sampled_from("iiirrw"), address=addresses, text=st.integers(0, 2), who=moderating, stale=rarely)
    def change_texts(self, deed: str, address: str, text: int, who: str, stale: bool) -> None:
        article = self.world.articles.get(address)
        if deed == "i" or article is None:
            # A changed text takes its claims along, by rules of language that this model does not have: see the tests
            # of claims.ingest. The same text again, and any text for an article that is gone, are its to judge.
            if article is None or article.withdrawn or text == article.texts[-1]:
                self.bring_in(address, text)
        elif deed == "r":
            self.read_with_another_reader(address, many=1 + text % 2)
        elif len(self.sent) > 6:  # late in a run, so that there is something to take along
            self.withdraw(who, address, stale=stale)

    def bring_in(self, address: str, text: int) -> None:
        article = self.world.articles.get(address)
        is_new = article is None or text not in article.texts
        refused = {"Gone"} if article and article.withdrawn else set()
        words = "\n\n".join(SENTENCES[text])

        def change() -> int:
            known = article or Article(ADDRESSES[address], [])
            self.world.articles[address] = known
            self.real.addresses[id(known)] = address
            if is_new:
                known.texts.append(text)
            self.world.reads(known, list(SENTENCES[known.texts[-1]]))
            self.real.learn(address, known.texts[-1])
            return 1 + is_new

        self.do(lambda: self.real.bring_in(address, words, in_story=ADDRESSES[address]), refused, change)

    def read_with_another_reader(self, address: str, many: int) -> None:
        article = self.world.articles[address]
        found = list(SENTENCES[article.texts[-1]])[:many]

        def change() -> int:
            self.world.reads(article, found)
            self.real.learn(address, article.texts[-1])
            return 1

        refused = {"Gone"} if article.withdrawn else set()
        self.do(lambda: self.real.read_with(address, found.__contains__), refused, change)

    def withdraw(self, who: str, address: str, *, stale: bool) -> None:
        article = self.world.articles[address]
        refused = self.world.refuses_article(who, article, alike=False, stale=stale)
        if article.withdrawn:
            refused.add("Conflict")

        def change() -> None:
            article.withdrawn = True
            article.version += 1

        version = article.version + stale
        self.do(lambda: self.real.withdraw(who, address, version), refused, change)

    # Judging.

    @rule(who=reviewing, pick=picks, said=sayings, stale=rarely)
    def assess(self, who: str, pick: int, said: Said, stale: bool) -> None:
        self.judge(who, self.choose(pick), said, stale=stale)

    @rule(pick=picks, one=sayings, other=sayings)
    def assess_together(self, pick: int, one: Said, other: Said) -> None:
        """Two reviewers judge what is not settled, so that runs reach agreement and dispute."""
        it = self.choose(pick, lambda claim: not claim.settled)
        self.judge("ana", it, one)
        self.judge("ben", it, other)

    @rule(pick=picks, said=sayings, strength=st.sampled_from([2, 4]))
    def agree(self, pick: int, said: Said, strength: int) -> None:
        """Whoever of the reviewers still can gives the same label."""
        it = self.choose(pick, lambda claim: claim.settled is None and len(claim.opinions) < 3)
        for who in ("ana", "ben", "cleo"):
            self.judge(who, it, said)
        self.judge("ana", it, (said[0], strength, "") if said[0] == "SOURCED" else said)

    def judge(self, who: str, it: Statement, said: Said, *, stale: bool = False) -> None:
        self.send(
            who,
            assess_claim.assess_claim,
            self.world.refuses_opinion(who, it, stale=stale),
            lambda: self.world.judges(who, it, said),
            claim_id=self.real.key(it),
            judgement=judgement(said),
            note="",
            expected_version=self.real.own_version(who, it) + stale,
        )

    @rule(who=reviewing, pick=picks, stale=rarely)
    def retract(self, who: str, pick: int, stale: bool) -> None:
        it = self.choose(pick, lambda one: who in one.opinions)
        self.send(
            who,
            retract_assessment.retract_assessment,
            self.world.refuses_opinion(who, it, stale=stale),
            lambda: self.world.takes_back(who, it),
            claim_id=self.real.key(it),
            expected_version=self.real.own_version(who, it) + stale,
        )

    @rule(who=moderating, pick=picks, said=sayings, why=st.sampled_from(["So.", "So.", ""]), stale=rarely, saw=rarely)
    def rule_on(self, who: str, pick: int, said: Said, why: str, stale: bool, saw: bool) -> None:
        it = self.choose(pick, lambda one: one.state == "disputed")
        refused = self.world.refuses_ruling(who, it, said, why=why, stale=stale or saw)
        self.send(
            who,
            rule_on_claim.rule_on_claim,
            refused,
            lambda: self.world.rules(it, said),
            claim_id=self.real.key(it),
            judgement=judgement(said),
            explanation=why,
            expected_version=self.real.ruling_version(it) + stale,
            seen=self.real.mark(it) + " 0.1" * saw,
        )

    @rule(who=moderating, pick=picks, stale=rarely)
    def reopen(self, who: str, pick: int, stale: bool) -> None:
        it = self.choose(pick, lambda one: one.settled)
        refused = self.world.refuses_reopening(who, it, stale=stale)
        self.about(who, reopen_claim.reopen_claim, it, refused, lambda: self.world.reopens(it), stale=stale)
