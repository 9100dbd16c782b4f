"""Where a moderator brings in a changed text of an article by hand: first what would change, then the deed."""

import base64
import binascii
import hashlib
from typing import Any, Final
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from claims.coverage.suggest_run import bring_in
from claims.ingest.preview_revision import Preview, preview_revision
from claims.ingest.revise_article import revise_article
from claims.models import ArticleStatus
from claims.permissions import check_can_moderate
from claims.refusals import Conflict, Gone, Invalid, Refusal
from claims.text.decode import MAX_BYTES
from claims.web.judging import first_error
from claims.web.person import person
from claims.web.revisions import article_for
from claims.web.text_changes import changes_of, words_of

# A form is refused before it is read when it is larger than settings say: what is pasted, or carried along from the
# preview to the deed, has to stay below that. Files are not counted there.
MAX_PASTED: Final = 60_000
MAX_CARRIED: Final = 150_000
MOST_LISTED: Final = 200


class RevisionForm(forms.Form):
    """A changed text: pasted, in a file, or carried along from the preview that was shown."""

    text = forms.CharField(
        required=False,
        strip=False,
        max_length=MAX_PASTED,
        error_messages={
            "max_length": "What you pasted has %(show_value)d characters, and the most is %(limit_value)d. Save it as "
            "a text file in UTF-8 and choose that."
        },
    )
    file = forms.FileField(required=False, allow_empty_file=True, max_length=500)
    carried = forms.CharField(required=False, max_length=MAX_CARRIED * 2)
    previewed = forms.CharField(required=False, max_length=64)
    deed = forms.ChoiceField(choices=[("preview", "preview"), ("store", "store")])
    revision = forms.UUIDField()
    key = forms.UUIDField()

    def given(self) -> bytes:
        """The bytes of the text. Raises Invalid where none was given, or two."""
        if not self.is_valid():
            raise Invalid(first_error(self).removeprefix("Text: "))
        file, text = self.cleaned_data["file"], str(self.cleaned_data["text"])
        if file is not None and text.strip():
            raise Invalid(
                "There is a pasted text and a file. Empty the field, or take the file out, so that it is clear."
            )
        if file is not None:
            read: bytes = file.read(MAX_BYTES + 1)
            return read
        if text.strip():
            # A browser sends every line end as two characters, whatever was pasted.
            return text.replace("\r\n", "\n").encode("utf-8", "surrogatepass")
        if self.cleaned_data["carried"]:
            return self._carried()
        raise Invalid("Paste the changed text, or choose a file with it.")

    def _carried(self) -> bytes:
        try:
            return base64.b64decode(self.cleaned_data["carried"], validate=True)
        except (binascii.Error, ValueError) as broken:
            raise Invalid("The text did not come through. Paste it again, or choose its file again.") from broken


@require_http_methods(["GET", "HEAD", "POST"])
def revise(request: HttpRequest, article_id: UUID) -> HttpResponseBase:
    """The form; what would change; and the deed, once that was shown."""
    check_can_moderate(request.user, "bring in changed texts")
    status = _status(request, article_id)
    if request.method != "POST":
        return _page(request, status)
    form, raw = RevisionForm(request.POST, request.FILES), b""
    try:
        raw = form.given()
        if form.cleaned_data["deed"] == "preview":
            return _page(request, status, raw=raw, preview=preview_revision(status, raw))
        if form.cleaned_data["previewed"] != hashlib.sha256(raw).hexdigest():
            raise Conflict("This is not the text that the preview showed. Look at this one's preview, then send it.")
        return _stored(request, status, form.cleaned_data, raw)
    except Refusal as refusal:
        return _page(request, status, raw=raw, refusal=refusal)


def _stored(request: HttpRequest, status: ArticleStatus, sent: dict[str, Any], raw: bytes) -> HttpResponseBase:
    done = revise_article(
        by=person(request),
        article_id=status.article_id,
        raw=raw,
        expected_revision=sent["revision"],
        key=sent["key"],
    )
    bring_in(by=person(request), article=status.article_id)
    parts = [f"{done['moved']} claims moved along", f"{done['reworded']} of them reworded"]
    parts += [f"{done['returned']} found again", f"{done['orphaned']} not found any more", f"{done['opened']} new"]
    messages.success(request, f"The text is in force: {', '.join(parts)}.")
    return redirect("revision-changes", article_id=status.article_id, revision_id=UUID(done["revision"]))


def _page(
    request: HttpRequest,
    status: ArticleStatus,
    *,
    raw: bytes = b"",
    preview: Preview | None = None,
    refusal: Refusal | None = None,
) -> HttpResponse:
    """The form with what was typed; where it is a text, what it would change in the text that is in force now."""
    if refusal is not None and raw:
        preview = _preview(status, raw)
    context = {"article": status.article, "status": status, "refusal": refusal, "preview": preview, "key": uuid4()}
    context |= _typed(request.POST.get("text", ""), raw)
    if preview is not None:
        context |= _came(status, preview)
    return render(request, "revisions/revise.html", context, status=refusal.status if refusal else 200)


def _typed(pasted: str, raw: bytes) -> dict[str, Any]:
    """What the form holds again: what was pasted, or the file, where it is not too long for a form to carry."""
    from_file = bool(raw) and not pasted.strip()
    carries = from_file and len(raw) <= MAX_CARRIED
    return {
        "pasted": pasted,
        "carried": base64.b64encode(raw).decode("ascii") if carries else "",
        "choose_again": from_file and not carries,
        "max_pasted": MAX_PASTED,
        "bytes": f"{MAX_BYTES:,}",
        "characters": f"{MAX_PASTED:,}",
    }


def _preview(status: ArticleStatus, raw: bytes) -> Preview | None:
    try:
        return preview_revision(status, raw)
    except Refusal:
        return None


def _came(status: ArticleStatus, preview: Preview) -> dict[str, Any]:
    """The preview in the words of the page."""
    lines = []
    for course in preview.changed[:MOST_LISTED]:
        after = preview.text[slice(*course.place)] if course.place else ""
        lines.append((course, words_of(course.claim.exact, after) if after else None))
    return {"changes": changes_of(status.revision.text, preview.text), "lines": lines}


def _status(request: HttpRequest, article_id: UUID) -> ArticleStatus:
    found = article_for(person(request), article_id)
    if found.status.withdrawn_at is not None:
        raise Gone("This article was withdrawn: its text does not come back, and no other text comes in its place.")
    return ArticleStatus.objects.select_related("article", "revision").defer("revision__raw").get(pk=article_id)
