"""Bring in texts from files and folders of any format, and read them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from itertools import chain, islice
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.coverage import suggest_run
from claims.ingest.bring_in_document import Came, bring_in_document
from claims.ingest.read_article import Read
from claims.ingest.readers.document import Document
from claims.ingest.store_article import given_address
from claims.long_work.end_job import end_job
from claims.long_work.open_job import open_job
from claims.management.found_files import Found, Place, documents_of
from claims.management.import_report import ProgressLine, Report
from claims.management.many_articles import Cancelled, read_all, store_found
from claims.models import Job, Story
from claims.models.stored_rows import count_anew
from claims.permissions import operator
from claims.refusals import Refusal
from claims.transfers import ItemState, JobState

KIND: Final = "import_files"
# Fewer documents than this come in one by one, each read to the end before the next.
FEW: Final = 50


class Command(BaseCommand):
    """`manage.py import_articles PATH…`: says what became of each; bad documents do not stop the others.

    Of many documents a job keeps how far the run is: the same command again goes on where it was stopped.
    """

    help = "Store the documents of files and folders as articles and read them."

    def add_arguments(self, parser: CommandParser) -> None:
        """The files, and what is known of them."""
        parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="files, and folders of files")
        parser.add_argument("--address", default="", help="where the text was found (for one file of one text)")
        parser.add_argument("--story", type=UUID, metavar="ID", help="the story that new articles belong to")
        parser.add_argument("--job", type=UUID, metavar="ID", help="go on with this run, which was stopped")

    def handle(self, *args: Any, **options: Any) -> None:
        """Few documents in one go, many in two: stored so that they can be read, then the first pass."""
        self._by, self._job = operator(), self._asked_job(options["job"])
        paths = [Path(path) for path in self._job.arguments["paths"]] if self._job else options["paths"]
        if not paths:
            raise CommandError("Say which files or folders to bring in.")
        if options["address"] and (len(paths) > 1 or paths[0].is_dir()):
            raise CommandError("An address belongs to one text. Give one file with --address.")
        self._report = Report(self._say, self._complain)
        self._line = ProgressLine(self._write_over, is_shown=self.stderr.isatty())
        self._asked = self._as_asked(paths, options["story"])
        story = self._story(self._job.arguments["story"] if self._job else options["story"])
        self._job = self._job or self._begun_before()
        found = documents_of(paths, *self._reached())
        first = list(islice(_with_address(found, options["address"]), FEW))
        if len(first) < FEW and self._job is None:
            self._few(first, story)
        else:
            self._many(chain(first, found), story)
        self._end()

    def _few(self, found: list[Found], story: Story | None) -> None:
        for one in found:
            if not isinstance(one.what, Document):
                self._report.tell(one.file, Came(one.what.name, ItemState.REFUSED, notes=(one.what.why,)))
                continue
            try:
                came = bring_in_document(by=self._by, document=one.what, first_story=story)
            except Refusal as refused:
                came = Came(one.what.name, ItemState.REFUSED, notes=(str(refused),))
            self._report.tell(one.file, came)
        self._report.end_file()
        suggest_run.run(by=self._by)

    def _many(self, found: Iterator[Found], story: Story | None) -> None:
        job = self._job or open_job(by=self._by, kind=KIND, arguments=self._asked)
        if job.done:
            self._say(f"Going on where this run was stopped: {job.done:,} documents are done.")
        self._line.begin(job.done)
        try:
            for number, (one, came) in enumerate(store_found(found, by=self._by, job=job, story=story), job.done + 1):
                self._report.tell(one.file, came)
                self._line.show(number, "documents stored or known")
            self._report.end_file()
            count_anew()
            self._read_and_compare()
        except (KeyboardInterrupt, Cancelled) as stopped:
            self._report.end_file()
            if isinstance(stopped, Cancelled):
                end_job(by=self._by, job_id=job.pk, state=JobState.CANCELLED)
            again = "" if isinstance(stopped, Cancelled) else " The same command goes on with the rest."
            raise CommandError(f"Stopped. What is done is kept.{again}") from None
        end_job(by=self._by, job_id=job.pk, state=JobState.DONE)

    def _read_and_compare(self) -> None:
        """Read whatever is only stored, and look what could be compared."""
        done: list[Read] = []
        self._line.begin()
        for reads in read_all(by=self._by):
            done += reads
            self._line.show(len(done), "articles read")
        count_anew()
        claims, empty = sum(read.claims for read in done), sum(not read.claims for read in done)
        nothing = f"; in {empty:,} nothing was found to label" if empty else ""
        self._say(f"Read {len(done):,} articles with {claims:,} claims{nothing}.")
        self._line.begin()
        suggest_run.run(by=self._by, told=lambda far: self._line.show(far.done, f"articles {far.step}", far.of))

    def _asked_job(self, asked: UUID | None) -> Job | None:
        if asked is None:
            return None
        job = Job.objects.filter(pk=asked, kind=KIND).first()
        if job is None or job.state != JobState.RUNNING:
            raise CommandError("There is no run of this command with that key that could go on.")
        return job

    def _as_asked(self, paths: list[Path], story: UUID | None) -> dict[str, Any]:
        full = [str(path.resolve()) for path in paths]
        return {"paths": full, "story": None if story is None else str(story)}

    def _begun_before(self) -> Job | None:
        """A run over the same files that was stopped."""
        begun = Job.objects.filter(kind=KIND, by=self._by, state=JobState.RUNNING).newest_first()[:100]
        return next(
            (job for job in begun if {name: job.arguments.get(name) for name in self._asked} == self._asked), None
        )

    def _reached(self) -> tuple[Place, datetime | None]:
        if self._job is None:
            return Place(), None
        known = self._job.arguments
        return Place(known.get("file", 0), known.get("within", 0)), self._job.started_at

    def _story(self, asked: Any) -> Story | None:
        if asked is None:
            return None
        if story := Story.objects.filter(pk=asked).first():
            return story
        raise CommandError("There is no story with this key. Its page has it in the address.")

    def _end(self) -> None:
        self._line.wipe()
        counts = self._report.counts
        if counts.total() > 1:
            self._say(self._report.sum())
        if refused := counts[ItemState.REFUSED]:
            of = f"{counts.total():,} document{'s' * (counts.total() != 1)}"
            others = "; nothing else was kept back" if refused < counts.total() else ""
            raise CommandError(f"Refused: {refused:,} of {of}{others}.")
        if not counts and self._job is None:
            raise CommandError("There are no files to bring in.")

    def _say(self, line: str) -> None:
        self._line.wipe()
        self.stdout.write(line)
        # What is refused is written elsewhere: in a terminal both stand in the order of the file.
        self.stdout.flush()

    def _complain(self, line: str) -> None:
        self._line.wipe()
        self.stderr.write(line)

    def _write_over(self, words: str) -> None:
        self.stderr.write(words, ending="")
        self.stderr.flush()


def _with_address(found: Iterator[Found], address: str) -> Iterator[Found]:
    """What was found, each at the address that was given."""
    for one in found:
        if address and isinstance(one.what, Document):
            facts = {**one.what.facts, "address": given_address(address)}
            yield replace(one, what=replace(one.what, facts=facts))
        else:
            yield one
