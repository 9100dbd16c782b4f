"""Suggestions of pairs to compare, and the index of terms and shingles that finds them.

Nothing here holds words of an article: terms and shingles are hashes, reasons are codes, so that a withdrawal leaves no
word behind. What a page shows as the reason is worked out anew from the two texts.
"""

from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from claims.models.article import Article
from claims.models.claim import Claim
from claims.models.user import User, is_at_least
from claims.relations import SUGGESTION_STATE_NAMES, SuggestionState
from claims.vocabulary import Aside, Role


class SuggestionQuerySet(models.QuerySet["Suggestion"]):
    """Suggestions, in the terms of the domain."""

    def visible_to(self, viewer: User | AnonymousUser) -> Self:
        """The desk's, between claims that the viewer sees; they are the workbench's own and tell of nobody's work."""
        if not is_at_least(viewer, Role.REVIEWER):
            return self.none()
        here = self.filter(a__article__status__withdrawn_at__isnull=True, b__article__status__withdrawn_at__isnull=True)
        if is_at_least(viewer, Role.MODERATOR):
            return here
        return here.exclude(a__status__set_aside=Aside.HIDDEN).exclude(b__status__set_aside=Aside.HIDDEN)

    def best_first(self) -> Self:
        """By score."""
        return self.order_by("-score", "id")


class Suggestion(models.Model):
    """Two claims of different articles that may be worth comparing. `score` is 0 to 1; `signs` are codes of reasons.

    It stays open until the pair is settled as a link, or a moderator rejects it; a rejected pair never returns.
    """

    a = models.ForeignKey(Claim, models.CASCADE, related_name="+")
    b = models.ForeignKey(Claim, models.CASCADE, related_name="+")
    score = models.FloatField()
    # Codes of claims.text.similarity.Sign, strongest first.
    signs = models.JSONField(default=list)
    state = models.CharField(
        max_length=10, choices=[(s.value, n) for s, n in SUGGESTION_STATE_NAMES.items()], default=SuggestionState.OPEN
    )
    suggester_version = models.PositiveSmallIntegerField()
    created_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        """Once for each unordered pair; listed by score."""

        constraints = (
            models.UniqueConstraint(fields=("a", "b"), name="suggestion_once"),
            models.CheckConstraint(condition=Q(a__lt=F("b")), name="suggestion_in_order"),
            models.CheckConstraint(condition=Q(state__in=list(SuggestionState)), name="suggestion_state"),
        )
        indexes = (models.Index(fields=("state", "-score", "id"), name="suggestion_best"),)

    def __str__(self) -> str:
        return f"{self.a_id} and {self.b_id}: {self.score:.2f}"


class ClaimTerms(models.Model):
    """A claim in the index, under a small number, with the terms that it is found by.

    `terms` is a list of [hash of a term, weight]; the hashes are signed 64-bit integers.
    """

    number = models.BigAutoField(primary_key=True)
    claim = models.OneToOneField(Claim, models.CASCADE, related_name="terms")
    article = models.ForeignKey(Article, models.CASCADE, related_name="+")
    terms = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{self.number}: {self.claim_id}"


class Posting(models.Model):
    """One term of one claim of the index. A number that no claim has any more is passed by, and cleared some day."""

    term = models.BigIntegerField()
    number = models.BigIntegerField()

    class Meta:
        """Read by term."""

        constraints = (models.UniqueConstraint(fields=("term", "number"), name="posting_once"),)

    def __str__(self) -> str:
        return f"{self.term} in {self.number}"


class Shingle(models.Model):
    """One hash of an article's sketch, by which near-copies of its text are found: see claims.text.origins."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="shingles")
    hash = models.BigIntegerField()

    class Meta:
        """Read by hash, and by article."""

        constraints = (models.UniqueConstraint(fields=("hash", "article"), name="shingle_once"),)

    def __str__(self) -> str:
        return f"{self.hash} in {self.article_id}"


class CoverageIndex(models.Model):
    """How far an article is in the index: which text of it, by which suggester. Says where a stopped run goes on."""

    article = models.OneToOneField(Article, models.CASCADE, primary_key=True, related_name="coverage_index")
    revision_id = models.UUIDField()
    suggester_version = models.PositiveSmallIntegerField()
    indexed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        """Named so in the panel."""

        verbose_name_plural = "coverage indexes"

    def __str__(self) -> str:
        return f"{self.article_id} by suggester {self.suggester_version}"
