"""A criterion that the page of an area saves by itself while somebody answers it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from accreditation_engine.portal.dossier.autosave import closed, kept, not_kept, stranger
from accreditation_engine.portal.dossier.entries import read
from accreditation_engine.portal.dossier.reader import Reader
from accreditation_engine.portal.dossier.rubrics import Section

from .applicant import closed_to
from .carried import carried_part
from .missing import missing
from .page import asked_to_explain
from .progress import Progress
from .saving import keep_answers


def save_typed(request: HttpRequest, reader: Reader, section: Section) -> HttpResponse:
    """See portal/dossier/autosave.py for what is sent and answered. Raises Http404 for a criterion that the area
    has not."""
    if answer := stranger(request, reader.person):
        return answer
    if reasons := closed_to(reader):
        return closed(reasons)
    entries = read(section, request.POST, only=request.POST.get("criterion", "") or "-")
    if not entries.typed:
        raise Http404
    keep_answers(reader, entries)
    if entries.wrong:
        return not_kept(section.rubric, entries)
    (typed,) = entries.typed.values()
    progress = Progress.of(reader)
    told = {**parts_of(progress, section), **carried_part(progress, *entries.typed)}
    return kept(entries, progress.kept, told, hint=asked_to_explain(*typed))


def parts_of(progress: Progress, section: Section) -> dict[str, tuple[str, Any]]:
    """What of the page tells how far the self-assessment has come."""
    (now,) = (each for each in progress.listed(section) if each["current"])
    lacking = {"missing": missing(progress, section), "dossier": progress.reader.dossier}
    return {
        "progress": ("portal/parts/progress.html", {"progress": progress.whole()}),
        "missing": ("portal/answers_missing.html", lacking),
        "section-now": ("portal/parts/section_link.html", {"section": now}),
    }
