"""Articles: one text at one address, with what is known of it and on what basis."""

from dataclasses import dataclass
from typing import Final, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils import timezone

from claims.models.outlet import Outlet
from claims.models.story import Story
from claims.models.user import User, is_at_least
from claims.vocabulary import BASIS_NAMES, Basis, Role


@dataclass(frozen=True)
class Fact:
    """One thing known of an article: its value ("" is "not stated"), what that rests on, and where to look."""

    name: str
    value: str
    basis: Basis
    note: str
    link: str

    @property
    def basis_name(self) -> str:
        """The basis in words."""
        return BASIS_NAMES[self.basis]


class ArticleQuerySet(models.QuerySet["Article"]):
    """Articles, in the terms of the domain."""

    def opened(self) -> Self:
        """Those that were read, so that there is something to review."""
        return self.filter(status__isnull=False)

    def visible_to(self, viewer: User | AnonymousUser) -> Self:
        """Every opened article for the desk, none for readers: a third party's text is never published whole."""
        return self.opened() if is_at_least(viewer, Role.REVIEWER) else self.none()

    def newest_first(self) -> Self:
        """By the time they came in; the order of a list page's keyset."""
        return self.order_by("-received_at", "id")


class Article(models.Model):
    """One text at one address, as it came. An empty value means "not stated" and is never a guess."""

    FACTS = {
        "outlet": "Found at",
        "voice": "Reporting voice",
        "author": "Author",
        "published": "Published",
        "updated": "Updated",
        "page_date": "Page dated",
        "genre": "Genre",
    }

    id = models.UUIDField(primary_key=True, editable=False)
    address = models.URLField(max_length=2000, blank=True, default="")
    outlet = models.ForeignKey(Outlet, models.PROTECT, null=True, blank=True, related_name="articles")
    first_story = models.ForeignKey(Story, models.SET_NULL, null=True, blank=True, related_name="+")
    headline = models.CharField(max_length=500, blank=True, default="")
    voice = models.CharField(max_length=200, blank=True, default="")
    author = models.CharField(max_length=200, blank=True, default="")
    published = models.CharField(max_length=40, blank=True, default="")
    updated = models.CharField(max_length=40, blank=True, default="")
    page_date = models.CharField(max_length=40, blank=True, default="")
    genre = models.CharField(max_length=40, blank=True, default="")
    # {name of fact: {"basis": …, "note": …, "link": …}}
    bases = models.JSONField(default=dict)
    # Whom the text credits, in its own words.
    credits = models.JSONField(default=list)
    quality = models.TextField(blank=True, default="")
    received_at = models.DateTimeField(default=timezone.now)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        """Newest first, within all articles and within an outlet."""

        indexes = (
            models.Index(fields=("-received_at", "id"), name="article_newest"),
            models.Index(fields=("outlet", "-received_at", "id"), name="article_of_outlet"),
        )

    def __str__(self) -> str:
        return self.headline or self.address or str(self.id)

    def facts(self) -> list[Fact]:
        """Every kind of fact in its fixed order, also those that nobody stated."""
        found = []
        for name in self.FACTS:
            value = (self.outlet.host if self.outlet else "") if name == "outlet" else getattr(self, name)
            known = self.bases.get(name, {})
            basis = Basis(known.get("basis", Basis.NOT_STATED))
            found.append(Fact(name, value, basis, known.get("note", ""), known.get("link", "")))
        return found


# The reader's version of what is stored and not read yet: any reader is newer.
NOT_READ: Final = 0


class ArticleStatus(models.Model):
    """What use made of an article: its story, the revision in force, how far it was read, its counters.

    Made when the article is first read, or stored by an import of very many, whose reading comes later; loading the
    same article again never touches it.
    """

    article = models.OneToOneField(Article, models.CASCADE, primary_key=True, related_name="status")
    story = models.ForeignKey(Story, models.SET_NULL, null=True, blank=True, related_name="placements")
    revision = models.ForeignKey("claims.Revision", models.PROTECT, related_name="+")
    # An earlier text that came in again after newer ones: the outlet took its change back. Reading puts it in force.
    came_back = models.ForeignKey("claims.Revision", models.PROTECT, null=True, blank=True, related_name="+")
    # The headline, or the first words of a text that has none.
    title = models.CharField(max_length=500)
    has_headline = models.BooleanField(default=False)
    reader_version = models.PositiveIntegerField()
    read_at = models.DateTimeField()
    # The language that the reader took the text to be in, "" where it could not tell, and from what it inferred that.
    language = models.CharField(max_length=12, blank=True, default="")
    language_basis = models.CharField(max_length=200, blank=True, default="")
    claims_count = models.PositiveIntegerField(default=0)
    settled_count = models.PositiveIntegerField(default=0)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    # While it is locked nobody assesses its claims.
    locked_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        """Coverage is counted by story."""

        verbose_name_plural = "article statuses"
        indexes = (models.Index(fields=("story", "article"), name="article_of_story"),)

    def __str__(self) -> str:
        return self.title

    @property
    def is_read(self) -> bool:
        """Whether the text in force was ever read; of one that was not, there are no zones and no claims yet."""
        return self.reader_version != NOT_READ
