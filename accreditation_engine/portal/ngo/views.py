"""The self-assessment: an index of its areas, a page for each, and the declaration."""

from __future__ import annotations

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accreditation_engine.dossiers.domain import accept_code
from accreditation_engine.dossiers.guards import unexplained
from accreditation_engine.dossiers.models import Evidence
from accreditation_engine.dossiers.rules import code_open
from accreditation_engine.dossiers.scope_words import scope_in_words
from accreditation_engine.engine.isolates import isolate
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.engine.words import words_for_applicants
from accreditation_engine.portal.dossier.addressed import find_section
from accreditation_engine.portal.dossier.autosave import saves_itself
from accreditation_engine.portal.dossier.entries import Entries, read
from accreditation_engine.portal.dossier.page import frame
from accreditation_engine.portal.dossier.reader import Reader, language
from accreditation_engine.portal.dossier.rubrics import Section, all_sections

from .applicant import applicant, closed_to
from .came_back import came_back
from .carried import CONFIRM, confirm
from .code import code_in_words
from .missing import missing
from .page import area_page
from .progress import Progress, address
from .saving import Saved, bring_back, leave_out, save
from .sending import file_sent, lies_here_already, sends_file
from .taken_back import TAKEN_BACK, taken_back_in
from .typing import save_typed


@require_safe
def index(request: HttpRequest, pk: UUID) -> HttpResponse:
    """All areas, how far each has come, and the code of conduct."""
    reader = applicant(request, pk)
    if closed_to(reader):
        return redirect("answers", pk=pk)
    progress = Progress.of(reader)
    context = {
        **frame(reader, "answers"),
        "progress": progress.whole(),
        "sections": progress.listed(),
        "missing": missing(progress),
        "next_url": progress.next_open(),
        "code": not code_open(reader.dossier),
        "word": came_back(reader),
        "principles": code_in_words(reader.scheme),
        "scope": scope_in_words(reader.dossier.scope),
        "organisation": reader.dossier.organisation.name_in(language()),
    }
    return render(request, "portal/self_assessment.html", context)


@words_for_applicants()
@require_http_methods(["GET", "HEAD", "POST"])
def area(request: HttpRequest, pk: UUID, rubric: str, area: str) -> HttpResponse:
    """Answer the criteria of one area. What is there is saved, complete or not."""
    reader = applicant(request, pk)
    section = find_section(reader, rubric, area)
    if saves_itself(request):
        send = file_sent if sends_file(request) else save_typed
        return send(request, reader, section)
    if request.method != "POST":
        if closed_to(reader):
            return redirect("answers", pk=pk)
        return render(
            request,
            "portal/self_assessment_area.html",
            area_page(reader, section, taken_back=taken_back_in(request, reader, section)),
        )
    entries = read(section, request.POST)
    saved = save(reader, entries, request.FILES)
    moved = _move_file(request, reader, entries)
    confirmed = confirm(request, reader, entries)
    if entries.wrong:
        context = area_page(reader, section, entries)
        return render(request, "portal/self_assessment_area.html", context, status=HTTPStatus.CONFLICT)
    _tell(request, saved)
    if confirmed is not None:
        return redirect(f"{address(reader, section)}{confirmed}")
    if moved is not None:
        taken = f"?{TAKEN_BACK}={moved.pk}" if "take_back" in request.POST else ""
        return redirect(f"{address(reader, section)}{taken}#{moved.criterion}")
    silent = [
        each for each in section.area.criteria if unexplained(*entries.typed[section.rubric.id, each.id])
    ]
    if silent:
        numbers = {each.id: number for number, each in section.criteria}
        named = _(", ").join(isolate(numbers[each.id]) for each in silent)
        messages.warning(
            request, _("Not enough yet. Say why this does not apply: %(criteria)s.") % {"criteria": named}
        )
        return redirect(f"{address(reader, section)}#{silent[0].id}")
    return redirect(_onwards(request, reader, section))


def _move_file(request: HttpRequest, reader: Reader, entries: Entries) -> Evidence | None:
    """The file that was taken back, or put back again; why not is told in `entries`."""
    acts = {"take_back": leave_out, "put_back": bring_back}
    asked = next((each for each in acts if each in request.POST), None)
    if asked is None or entries.wrong:
        return None
    try:
        return acts[asked](reader, request.POST[asked])
    except Refused as refused:
        entries.sort_out(refused.reasons)
        return None


def _tell(request: HttpRequest, saved: Saved) -> None:
    if saved.answers:
        words = ngettext("%(count)d answer was saved", "%(count)d answers were saved", saved.answers)
        messages.success(request, words % {"count": saved.answers})
    if saved.files:
        words = ngettext("%(count)d file was added", "%(count)d files were added", saved.files)
        messages.success(request, words % {"count": saved.files})
    for name in saved.standing:
        messages.info(request, lies_here_already(name))
    kept = saved.answers or saved.files or saved.standing
    if not kept and not {"take_back", "put_back", CONFIRM}.intersection(request.POST):
        messages.info(request, _("Nothing had changed."))


def _onwards(request: HttpRequest, reader: Reader, section: Section) -> str:
    """The same area, or the one after it, as the button said."""
    if "next" not in request.POST:
        return address(reader, section)
    sections = all_sections(reader.scheme)
    after = sections[sections.index(section) + 1 :]
    return address(reader, after[0]) if after else reverse("self_assessment", args=[reader.dossier.pk])


@words_for_applicants()
@require_POST
def accept(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The declaration on the code of conduct."""
    reader = applicant(request, pk)
    if not request.POST.get("accept"):
        messages.error(request, _("Tick the declaration first: without it the code is not accepted."))
        return redirect(reverse("self_assessment", args=[pk]) + "#code")
    try:
        accept_code(dossier=reader.dossier, by=reader.person)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The code of conduct is accepted."))
    return redirect(reverse("self_assessment", args=[pk]) + "#code")
