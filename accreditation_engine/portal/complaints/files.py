"""Files with concerns on pages: the fields in which they are chosen, and the lists of what came."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from accreditation_engine.complaints.filing import MOST_AT_ONCE, MOST_BYTES, TAKEN
from accreditation_engine.complaints.models import Complaint, ComplaintFile
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.uploads.kinds import file_field
from accreditation_engine.uploads.previews import PREVIEWED
from accreditation_engine.uploads.words import FILE_REASONS

FILES = "files"
APPLICANT = "applicant"


def files_of_strangers() -> dict[str, Any]:
    """Of the field for whoever raises a concern: what is taken, what becomes of it and who reads it."""
    words = _(
        "Photographs (JPEG, PNG, WebP), PDF, Word, Excel, PowerPoint or OpenDocument: at most %(files)d, each up"
        " to %(most)d MB. From photographs we remove where, when and with what they were taken, and all files are"
        " renamed. Documents stay as they are: look for your name in them and in their properties first. The"
        " organisation sees the files together with your text."
    )
    return {
        "label": _("Files"),
        "help": words % isolated({"files": MOST_AT_ONCE, "most": MOST_BYTES // 2**20}),
        "accept": ",".join(TAKEN),
    }


def files_entry() -> dict[str, Any]:
    """The same for parts/entry.html."""
    return {**files_of_strangers(), "name": FILES, "type": "file", "multiple": True}


def with_files_to_answer(
    complaint: Complaint, acts: Iterable[dict[str, Any]], tried: str, reasons: Iterable[Any]
) -> None:
    """Let each of `acts` that is the organisation's take files; `reasons` are those against the act `tried`."""
    steps = compiled(complaint.edition_id).steps
    for act in acts:
        if not takes_files(steps[act["name"]].definition.by):
            continue
        refused = list(reasons) if act["name"] == tried else []
        wrong = " ".join(str(each) for each in refused if each.code in FILE_REASONS)
        if wrong:
            act["error"] = " ".join(str(each) for each in refused if each.code not in FILE_REASONS)
        taken, again = file_field(), _("Choose them again: nothing was kept of them.")
        act["fields"] = [
            {
                "name": FILES,
                "id": f"{FILES}-{act['name']}",
                "type": "file",
                "multiple": True,
                "label": _("Files"),
                "accept": taken["accept"],
                "help": f"{taken['words']} {again}" if refused else taken["words"],
                "error": wrong,
            }
        ]
        act["fields_wrong"], act["multipart"] = bool(wrong), True
        act["comment_title"] = _("Your reply")


def takes_files(by: Iterable[str]) -> bool:
    """Whether a step is the organisation's to take, which may show what it says."""
    return APPLICANT in by


def listed(files: Iterable[ComplaintFile], *, read: bool) -> list[dict[str, Any]]:
    """For parts/files.html; with a way to each where it may be `read`."""
    return [
        {
            "name": each.name or _("A file"),
            "url": address_of(each) if read and each.erased_at is None else "",
            "preview": preview_of(each) if read and each.erased_at is None else "",
            "size": each.size,
            "sha256": each.sha256 if read else "",
            "erased_at": each.erased_at,
        }
        for each in files
    ]


def address_of(filed: ComplaintFile) -> str:
    return reverse("complaint_file", args=_where(filed))


def preview_of(filed: ComplaintFile) -> str:
    """Where to look at it; "" where there is nothing to see."""
    return reverse("complaint_file_preview", args=_where(filed)) if filed.media_type in PREVIEWED else ""


def _where(filed: ComplaintFile) -> list[UUID]:
    return [filed.complaint.dossier_id, filed.complaint_id, filed.pk]
