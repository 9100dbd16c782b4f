"""Write claims to a file."""

from collections.abc import Iterable
from typing import Any, Final

from django.conf import settings
from django.core.management.base import CommandError, CommandParser

from claims.exchange.chosen import Chosen
from claims.exchange.claim_review import UNNAMED_PUBLISHER, claim_review_blocks
from claims.exchange.web_annotation import annotation_blocks
from claims.exchange.write_bundle import write_bundle
from claims.exchange.write_csv import Block, csv_blocks
from claims.exchange.write_json_lines import json_lines_blocks
from claims.filters import ClaimFilter
from claims.management.export_command import STDOUT, ExportCommand, base_url_of, viewer_named, whole_file
from claims.models import User, VerdictPublication
from claims.models.claim import ClaimQuerySet
from claims.refusals import Invalid

BUNDLE: Final = "bundle"
CLAIM_REVIEW: Final = "claimreview"
FORMATS: Final = ("csv", "jsonl", "webannotation", CLAIM_REVIEW, BUNDLE)


class Command(ExportCommand):
    """`manage.py export_claims --format FORMAT --output FILE [filters]`: the claims that the list shows for them."""

    help = "Write claims to a file. Filters are those of the list of claims; docs/guide-operator.md tells the formats."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to, in which form, whose eyes, which claims."""
        parser.add_argument("--format", choices=FORMATS, default="csv")
        parser.add_argument("--output", required=True, help="the file to write, or - for standard output")
        parser.add_argument("--as", dest="viewer", metavar="USERNAME", help="export what this account may see")
        parser.add_argument(
            "--base-url", default="", help="address of this workbench, https://…, for the links to claims"
        )
        for name, asked in ClaimFilter.base_filters.items():
            parser.add_argument(f"--{name.replace('_', '-')}", default="", metavar="VALUE", help=asked.label)

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the whole file or none."""
        viewer = viewer_named(options["viewer"])
        asked = {name: options[name] for name in ClaimFilter.base_filters}
        found = ClaimFilter(asked, viewer=viewer)
        if not found.is_valid():
            raise CommandError(" ".join(found.faults()))
        form, output, base_url = options["format"], options["output"], base_url_of(options["base_url"])
        if form == CLAIM_REVIEW and not base_url:
            raise CommandError(
                "A ClaimReview names the page of each verdict: say where this workbench stands with "
                "--base-url https://…"
            )
        if base_url and form in {CLAIM_REVIEW, BUNDLE} and not settings.PUBLISHER_NAME:
            self.stderr.write(
                f"PUBLISHER_NAME is not set, so ClaimReviews name “{UNNAMED_PUBLISHER}” as their author. Set it, and "
                "PUBLISHER_URL, in the environment."
            )
        try:
            if form == BUNDLE:
                self._bundle(found.claims, viewer, asked, output, base_url)
            else:
                blocks = _blocks(form, found.claims, viewer, base_url, whole=not any(asked.values()))
                self.write(blocks, output, asked)
        except Invalid as invalid:
            raise CommandError(str(invalid)) from invalid

    def _bundle(self, claims: ClaimQuerySet, viewer: User, asked: dict[str, str], output: str, base_url: str) -> None:
        if output == STDOUT:
            raise CommandError("A bundle is written to a file. Name one with --output.")
        try:
            with whole_file(output, "xb") as file:
                said = write_bundle(file, claims, viewer=viewer, asked=asked, base_url=base_url, tell=self.tell)
        except OSError as error:
            raise CommandError(f"{output} cannot be written: {error.strerror}.") from error
        names = ", ".join(f"{name} ({told['rows']:,} rows)" for name, told in said["files"].items())
        self.stdout.write(f"Wrote {output}: {names}, and a manifest.")
        if not base_url:
            self.stdout.write(
                "Without --base-url https://… it has no ClaimReview: that names the page of each verdict."
            )


def _blocks(form: str, claims: ClaimQuerySet, viewer: User, base_url: str, *, whole: bool) -> Iterable[Block]:
    if form == "jsonl":
        return json_lines_blocks(Chosen(viewer, claims=None if whole else claims))
    if form == "webannotation":
        return annotation_blocks(claims, viewer=viewer, base_url=base_url)
    if form == CLAIM_REVIEW:
        verdicts = VerdictPublication.objects.visible_to(viewer)
        verdicts = verdicts if whole else verdicts.filter(claim__in=claims.order_by().values("pk"))
        return claim_review_blocks(verdicts, base_url=base_url)
    return csv_blocks(claims, viewer=viewer, base_url=base_url)
