"""What people do with a claim apart from labelling, each in the version that is in force unless told otherwise.

Every deed takes `expected_version` and `key` where a test is about them, and gives what the verb gives.
"""

from uuid import uuid4

from claims.models import Article, ArticleStatus, Claim, ClaimStatus, Story, StoryStatus, User
from claims.receipts import Outcome
from claims.review import flag_claim, lock_article, reopen_claim, require_assessments, retire_claim, set_aside

Sent = dict[str, object]


def status(claim: Claim) -> ClaimStatus:
    """Where the claim stands now."""
    return ClaimStatus.objects.get(claim=claim)


def counted(article: Article) -> tuple[int, int]:
    """The article's counters: claims in work, and how many of them are settled."""
    now = ArticleStatus.objects.get(article=article)
    return now.claims_count, now.settled_count


def about(claim: Claim, sent: Sent) -> Sent:
    return {"claim_id": claim.pk, "expected_version": status(claim).version, "key": uuid4()} | sent


def hide(claim: Claim, by: User, reason: str = "It names a child.", **sent: object) -> Outcome:
    return set_aside.hide_claim(by=by, reason=reason, **about(claim, sent))  # type: ignore[arg-type]


def restore(claim: Claim, by: User, reason: str = "It does not.", **sent: object) -> Outcome:
    return set_aside.restore_claim(by=by, reason=reason, **about(claim, sent))  # type: ignore[arg-type]


def reopen(claim: Claim, by: User, reason: str = "A source came to light.", **sent: object) -> Outcome:
    return reopen_claim.reopen_claim(by=by, reason=reason, **about(claim, sent))  # type: ignore[arg-type]


def retire(claim: Claim, by: User, *parts: str, reason: str = "Two statements in one.", **sent: object) -> Outcome:
    return retire_claim.retire_claim(by=by, parts=list(parts), reason=reason, **about(claim, sent))  # type: ignore[arg-type]


def flag(claim: Claim, by: User, reason: str = "The sentence is cut in two.", **sent: object) -> int:
    """The number of the flag."""
    sent = {"key": uuid4()} | sent
    return int(flag_claim.flag_claim(by=by, claim_id=claim.pk, reason=reason, **sent)["flag"])  # type: ignore[arg-type]


def answer(number: int, by: User, words: str = "It is whole.", **sent: object) -> Outcome:
    return flag_claim.answer_flag(by=by, flag_id=number, answer=words, **{"key": uuid4()} | sent)  # type: ignore[arg-type]


def _at(article: Article, sent: Sent) -> Sent:
    version = ArticleStatus.objects.get(article=article).version
    return {"article_id": article.pk, "expected_version": version} | sent


def lock(article: Article, by: User, reason: str = "Its lawyer wrote.", **sent: object) -> ArticleStatus:
    return lock_article.lock_article(by=by, reason=reason, **_at(article, sent))  # type: ignore[arg-type]


def unlock(article: Article, by: User, reason: str = "It is answered.", **sent: object) -> ArticleStatus:
    return lock_article.unlock_article(by=by, reason=reason, **_at(article, sent))  # type: ignore[arg-type]


def require(story: Story, by: User, needed: int, **sent: object) -> Outcome:
    version = StoryStatus.objects.get(story=story).version
    sent = {"story_id": story.pk, "expected_version": version, "key": uuid4()} | sent
    return require_assessments.require_assessments(by=by, needed=needed, **sent)  # type: ignore[arg-type]
