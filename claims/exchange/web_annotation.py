"""Claims and links as W3C Web Annotations, in JSON-LD; docs/web-annotation.md says what each property holds."""

from collections.abc import Iterator
from itertools import chain, islice
from typing import Final

from django.contrib.auth.models import AnonymousUser

from claims.exchange.annotation_parts import CONTEXT, Json, Names
from claims.exchange.claim_annotation import claim_annotations
from claims.exchange.json_blocks import as_json
from claims.exchange.link_annotation import link_annotations
from claims.exchange.write_csv import Block
from claims.models import Link, User
from claims.models.claim import ClaimQuerySet

IN_PAGE: Final = 500
LABEL: Final = "Claims of a workbench, as its desk labelled and linked them"


def annotation_blocks(
    claims: ClaimQuerySet, *, viewer: User | AnonymousUser, base_url: str = "", with_links: bool = True
) -> Iterator[Block]:
    """One file: a JSON array of annotation pages (5.2) and, last, the collection (5.1) that they are of.

    Claims come newest first, then the links between two of them. Each annotation stands on a line of its own, so that
    a file of any size is written and read in constant memory. Everything is as the viewer may see it: labels of others
    only where the claim is settled. `base_url` is the address of this workbench, for the IRIs.
    """
    names = Names(base_url)
    found = claim_annotations(claims, viewer, names)
    if with_links:
        keys = claims.order_by().values("pk")
        links = Link.objects.visible_to(viewer).filter(a__in=keys, b__in=keys)
        found = chain(found, link_annotations(links, viewer, names))
    batch, number, total = list(islice(found, IN_PAGE)), 0, 0
    yield Block("[\n", 0)
    while batch:
        following = list(islice(found, IN_PAGE))
        number += 1
        yield Block(_page(batch, number, total, names, is_last=not following), len(batch))
        total += len(batch)
        batch = following
    yield Block(as_json(collection(names, total) | _ends(number, names)) + "\n]\n", 0)


def collection(names: Names, total: int | None = None) -> Json:
    """What the collection says of itself; `total` is left out where counting would take long."""
    head: Json = {"@context": CONTEXT, "id": names.collection(), "type": "AnnotationCollection", "label": LABEL}
    return head if total is None else head | {"total": total}


def _ends(pages: int, names: Names) -> Json:
    return {"first": names.page(1), "last": names.page(pages)} if pages else {}


def _page(annotations: list[Json], number: int, begun: int, names: Names, *, is_last: bool) -> str:
    head: Json = {"@context": CONTEXT, "id": names.page(number), "type": "AnnotationPage"}
    head |= {"partOf": names.collection(), "startIndex": begun}
    if not is_last:
        head["next"] = names.page(number + 1)
    if number > 1:
        head["prev"] = names.page(number - 1)
    lines = ",\n".join(map(as_json, annotations))
    return f'{as_json(head)[:-1]},"items":[\n{lines}\n]}},\n'
