"""Where texts were published."""

from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models

from claims.models.user import User, is_at_least
from claims.vocabulary import OUTLET_KIND_NAMES, OutletKind, Role


class OutletQuerySet(models.QuerySet["Outlet"]):
    """Outlets, in the terms of the domain."""

    def visible_to(self, viewer: User | AnonymousUser) -> Self:
        """All of them for the desk, none for readers: what readers see of an outlet is its host beside a quote."""
        return self.all() if is_at_least(viewer, Role.REVIEWER) else self.none()


class Outlet(models.Model):
    """One place of publication, as it was found. What the desk says of it stands in its status."""

    id = models.UUIDField(primary_key=True, editable=False)
    host = models.CharField(max_length=255, unique=True)

    objects = OutletQuerySet.as_manager()

    class Meta:
        """Order by name of host."""

        ordering = ("host",)

    def __str__(self) -> str:
        return self.host


class OutletStatus(models.Model):
    """What the desk decided about an outlet; loading the same articles again never touches it."""

    outlet = models.OneToOneField(Outlet, models.CASCADE, primary_key=True, related_name="status")
    kind = models.CharField(max_length=24, choices=OUTLET_KIND_NAMES, default=OutletKind.UNKNOWN)
    note = models.TextField(blank=True, default="")
    version = models.PositiveIntegerField(default=0)

    class Meta:
        """Only kinds of the scheme."""

        verbose_name_plural = "outlet statuses"
        constraints = (models.CheckConstraint(condition=models.Q(kind__in=list(OutletKind)), name="outlet_kind"),)

    def __str__(self) -> str:
        return f"{self.outlet}: {self.get_kind_display()}"
