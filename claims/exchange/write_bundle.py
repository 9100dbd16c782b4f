"""Everything about some claims in one ZIP: each format a file of it, and a manifest that says what they hold."""

import hashlib
import json
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import IO, Any, Final

from django.utils import timezone

from claims.exchange.chosen import Chosen
from claims.exchange.claim_review import claim_review_blocks
from claims.exchange.manifest import log_head
from claims.exchange.web_annotation import annotation_blocks
from claims.exchange.write_csv import Block, csv_blocks
from claims.exchange.write_json_lines import json_lines_blocks
from claims.exchange.write_links_csv import link_blocks
from claims.models import Link, User, VerdictPublication
from claims.models.claim import ClaimQuerySet
from claims.models.one_moment import one_moment
from claims.version import __version__
from claims.vocabulary import SCHEME_VERSION

DATA: Final = "data.jsonl"
MANIFEST: Final = "manifest.json"
# The same in every bundle, so that equal data makes equal files: the first time that a ZIP can say.
_TIME: Final = (1980, 1, 1, 0, 0, 0)
Told = dict[str, Any]
Tell = Callable[[int], None]


def write_bundle(
    file: IO[bytes],
    claims: ClaimQuerySet,
    *,
    viewer: User,
    asked: dict[str, str],
    base_url: str = "",
    tell: Tell = lambda rows: None,
) -> Told:
    """Write the bundle of these claims to a file on disk, as the viewer may see them; give its manifest.

    `asked` is the filter that they come from; without one the data hold everything that there is. `tell` is told how
    many rows are written, again and again. Everything is of one moment. ClaimReview needs the address of the workbench
    and is left out without `base_url`.
    """
    asked = {name: value for name, value in asked.items() if value}
    head, counts = log_head(), Counter[str]()
    said: dict[str, Told] = {}
    rows = 0
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as bundle, one_moment():
        for name, blocks in _files(claims, viewer, counts, base_url, whole=not asked):
            said[name] = _write(bundle, name, blocks, lambda more, before=rows: tell(before + more))  # type: ignore[misc]
            rows += said[name]["rows"]
        manifest = {
            "made_at": timezone.now().isoformat(timespec="seconds"),
            "scheme_version": SCHEME_VERSION,
            "software_version": __version__,
            "filter": asked,
            "counts": dict(counts),
            "files": said,
            "event_log": head,
        }
        _write(bundle, MANIFEST, [Block(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n", 0)])
    return manifest


def _files(
    claims: ClaimQuerySet, viewer: User, counts: Counter[str], base_url: str, *, whole: bool
) -> Iterator[tuple[str, Iterable[Block]]]:
    keys = claims.order_by().values("pk")
    links = Link.objects.visible_to(viewer).in_work()
    verdicts = VerdictPublication.objects.visible_to(viewer)
    if not whole:
        links, verdicts = links.filter(a__in=keys, b__in=keys), verdicts.filter(claim__in=keys)
    yield "claims.csv", csv_blocks(claims, viewer=viewer, base_url=base_url)
    yield "links.csv", link_blocks(links, viewer=viewer, base_url=base_url)
    yield DATA, json_lines_blocks(Chosen(viewer, claims=None if whole else claims), counts)
    yield "annotations.jsonld", annotation_blocks(claims, viewer=viewer, base_url=base_url)
    if base_url:
        yield "claimreview.jsonld", claim_review_blocks(verdicts, base_url=base_url)


def _write(bundle: zipfile.ZipFile, name: str, blocks: Iterable[Block], tell: Tell = lambda rows: None) -> Told:
    place = zipfile.ZipInfo(name, _TIME)
    place.compress_type, place.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
    digest, size, rows = hashlib.sha256(), 0, 0
    with bundle.open(place, "w", force_zip64=True) as member:
        for block in blocks:
            raw = block.text.encode()
            member.write(raw)
            digest.update(raw)
            size += len(raw)
            rows += block.rows
            tell(rows)
    return {"rows": rows, "size": size, "sha256": digest.hexdigest()}
