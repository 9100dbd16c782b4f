"""Everything that an import brings, in one form: without times and running numbers, which no two runs share."""

from typing import Any

from claims.models import (
    Article,
    ArticleStatus,
    Claim,
    ClaimStatus,
    Extraction,
    Outlet,
    OutletStatus,
    Proposal,
    Revision,
    Zone,
)

CONTENT = (Article, Revision, Zone, Claim, ClaimStatus, Proposal, ArticleStatus, Outlet, OutletStatus, Extraction)
TIMES = {"received_at", "opened_at", "read_at"}


def content() -> dict[str, list[str]]:
    """Every row of each table, sorted."""
    found = {}
    for model in CONTENT:
        kept = [field.attname for field in model._meta.concrete_fields if field.name not in TIMES]
        if model is Zone:
            kept.remove("id")
        rows = ({name: _plain(row[name]) for name in kept} for row in model._default_manager.values(*kept))
        found[model.__name__] = sorted(map(repr, rows))
    return found


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value
