"""What the tests of the registry's pages share: sources, merges, attributions, and pages as a viewer gets them."""

import re
from typing import Any
from uuid import uuid4

import pytest

from claims.models import Attribution, Claim, Hop, Source, User
from claims.review.merge_sources import merge_sources
from claims.review.register_source import register_source
from tests.cast import logged_in

PERSON, BODY, OUTLET = "named_person", "named_body", "other_outlet"


def source(by: User, name: str, kind: str = PERSON, **parts: str) -> Source:
    return register_source(by=by, name=name, kind=kind, key=uuid4(), **parts)


def merge(by: User, one: Source, into: Source) -> None:
    one.refresh_from_db()
    into.refresh_from_db()
    merge_sources(
        by=by, source_id=one.pk, into_id=into.pk, reason="The same.",
        source_version=one.version, into_version=into.version, key=uuid4(),
    )  # fmt: skip


def attribute(claim: Claim, by: User, *route: Source | str, **parts: Any) -> Attribution:
    """What `by` entered: the route from the origin on, occasions in words."""
    made, _ = Attribution.objects.update_or_create(claim=claim, reviewer=by, defaults=parts)
    made.hops.all().delete()
    for position, step in enumerate(route):
        named: dict[str, Any] = {"source": step} if isinstance(step, Source) else {"occasion": step}
        Hop.objects.create(attribution=made, position=position, **named)
    return made


def shown(viewer: User, one: Source, **asked: str) -> str:
    answer = logged_in(viewer).get(f"/sources/{one.pk}/", asked)
    assert answer.status_code == 200
    return answer.content.decode()


def sayings(html: str) -> list[str]:
    return re.findall(r'<article class="saying">.*?<mark>(.*?)</mark>', html, re.S)


def steady(html: str) -> str:
    """The page without what differs from one load to the next."""
    return re.sub(r'name="(csrfmiddlewaretoken|key)" value="[^"]+"', "", html)


@pytest.fixture(name="peskov")
def the_spokesman(ana: User) -> Source:
    return source(ana, "Dmitry Peskov", role="press secretary", note="Speaks for the president.")


@pytest.fixture(name="interfax")
def the_agency(ana: User) -> Source:
    return source(ana, "Interfax", OUTLET)
