"""Whether the words of what comes in stand in the texts that are here."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from claims.exchange.check_line import check_place
from claims.exchange.check_value import Wrong
from claims.exchange.entries import Entry
from claims.models import ArticleStatus, ClaimStatus, Revision
from claims.refusals import Invalid
from claims.text.decode import Unreadable, decodes_to
from claims.transfers import PublicationState
from claims.vocabulary import SETTLED, Aside

# A verdict that is taken back says nothing of its claim any more.
_LET_OUT: Final = (PublicationState.PUBLISHED, PublicationState.SUPERSEDED)
_AT_ONCE: Final = 500


def withdrawn_among(entries: Iterable[Entry]) -> set[UUID]:
    """The articles of these revisions that were withdrawn: no text comes back to one."""
    articles = {entry.values["article"] for entry in entries}
    return set(
        ArticleStatus.objects.filter(pk__in=articles, withdrawn_at__isnull=False).values_list("article", flat=True)
    )


def proves_itself(entry: Entry) -> bool:
    """Whether the text of a revision is what its bytes say as plain text; else an extraction has to say how it came."""
    if not entry.values["raw"]:
        return not entry.values["text"]
    try:
        return decodes_to(entry.values["raw"], entry.values["text"])
    except Unreadable:
        return False


def to_be_settled(publications: Iterable[Entry]) -> dict[UUID, int]:
    """The claims of these verdicts that readers see or saw, with their lines, which have to be settled in the end.

    Not one that was settled once and reopened since: its verdict stays out until a moderator takes it back.
    """
    out = {entry.values["claim"]: entry.number for entry in publications if entry.values["state"] in _LET_OUT}
    reopened = ClaimStatus.objects.filter(pk__in=out, was_settled=True).exclude(state__in=SETTLED)
    return {claim: out[claim] for claim in out.keys() - set(reopened.values_list("pk", flat=True))}


def check_settled(published: Mapping[UUID, int]) -> None:
    """Raise Invalid where a claim is not settled that a published verdict came in for, with the line of that."""
    keys = sorted(published, key=published.__getitem__)
    for start in range(0, len(keys), _AT_ONCE):
        some = keys[start : start + _AT_ONCE]
        settled = ClaimStatus.objects.filter(pk__in=some, state__in=SETTLED).values_list("pk", flat=True)
        if missing := set(some) - set(settled):
            raise Invalid(
                f"Line {min(published[claim] for claim in missing)} (publication): its claim is not settled by the "
                "labels and rulings that are here and in the file. Nothing of the file was stored."
            )


class Places:
    """The texts that claims, anchors and zones lie in."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        wanted = {entry.values["revision"] for entry in entries}
        rows = Revision.objects.filter(pk__in=wanted).values_list("pk", "article", "text")
        self._texts = {pk: (article, text) for pk, article, text in rows}
        articles = {article for article, _ in self._texts.values()}
        self._in_force = dict(ArticleStatus.objects.filter(pk__in=articles).values_list("article", "revision"))

    def is_in_force(self, claim: Entry) -> bool:
        """Whether the article here has the text that the claim stands in; an orphaned claim stands in an older one."""
        if claim.values["set_aside"] == Aside.ORPHANED:
            return True
        return bool(self._in_force.get(claim.values["article"]) == claim.values["revision"])

    def other_text(self, claim: Entry) -> tuple[dict[str, Any], dict[str, Any]]:
        """Which text the article has here, and which one the claim stands in."""
        here = self._in_force.get(claim.values["article"])
        return {"revision": here and str(here)}, {"revision": str(claim.values["revision"])}

    def check(self, entry: Entry) -> None:
        """Raise Invalid unless the entry lies where it says, with the words that it says."""
        article, text = self._texts[entry.values["revision"]]
        try:
            if entry.values.get("article", article) != article:
                raise Wrong("the revision is one of another article")
            if entry.kind.name != "zone":
                check_place(entry.values, text)
            elif entry.values["end"] > len(text) and text:
                raise Wrong("end lies outside of the text of the revision")
        except Wrong as wrong:
            raise Invalid(
                f"Line {entry.number} ({entry.kind.name}): {wrong}. Nothing of the file was stored."
            ) from wrong
