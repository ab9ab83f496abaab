"""Choosing, for a criterion, from what the organisation has filed already."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accreditation_engine.definitions.rubric import Criterion
from accreditation_engine.dossiers.models import Evidence
from accreditation_engine.dossiers.reusing import file_again, file_document, filed_before
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.organisations.documents.filing import newest_of
from accreditation_engine.organisations.models import DocumentFile
from accreditation_engine.organisations.profile_words import document_title
from accreditation_engine.portal.dossier.addressed import find_section, find_supported
from accreditation_engine.portal.dossier.page import frame
from accreditation_engine.portal.dossier.reader import Reader, language
from accreditation_engine.portal.dossier.rubrics import Section, criterion_titles
from accreditation_engine.trail.folding import folded

from .applicant import applicant, closed_to
from .progress import address

FILE, DOCUMENT, SOUGHT = "file", "document", "q"
MOST = 200
"""Files listed; whoever has more looks for a name."""


@require_http_methods(["GET", "HEAD", "POST"])
def reuse(request: HttpRequest, pk: UUID, rubric: str, area: str, criterion: str) -> HttpResponse:
    """For the organisation, while its self-assessment is open. Each file by itself: one that is refused does not
    stop the others."""
    reader = applicant(request, pk)
    section = find_section(reader, rubric, area)
    chosen = find_supported(section, criterion)
    if closed_to(reader):
        return redirect("answers", pk=pk)
    back = f"{address(reader, section)}#{criterion}"
    if request.method != "POST":
        return render(request, "portal/reuse.html", _page(request, reader, section, chosen))
    ticked, documents = request.POST.getlist(FILE), request.POST.getlist(DOCUMENT)
    wrong = _file(request, reader, section, chosen, ticked, documents)
    if wrong or not (ticked or documents):
        errors = wrong or [_("Tick the files that support this criterion too.")]
        context = _page(request, reader, section, chosen, [*ticked, *documents], errors)
        return render(request, "portal/reuse.html", context, status=HTTPStatus.CONFLICT)
    return redirect(back)


def _file(
    request: HttpRequest,
    reader: Reader,
    section: Section,
    criterion: Criterion,
    ticked: Iterable[str],
    documents: Iterable[str],
) -> list[str]:
    """What was refused, in words."""
    wanted, of_profile, filed = set(ticked), set(documents), 0
    wrong: list[str] = []
    where: dict[str, Any] = {
        "dossier": reader.dossier,
        "rubric": section.rubric.id,
        "criterion": criterion.id,
        "by": reader.person,
    }
    acts = [
        *(
            partial(file_again, earlier=each, **where)
            for each in filed_before(reader.dossier)
            if str(each.pk) in wanted
        ),
        *(
            partial(file_document, document=each, **where)
            for each in newest_of(reader.dossier.organisation).values()
            if str(each.pk) in of_profile
        ),
    ]
    if len(acts) < len(wanted) + len(of_profile):
        wrong.append(str(Reason("not_filed_before")))
    for act in acts:
        try:
            act()
            filed += 1
        except Refused as refused:
            wrong.append(str(refused))
    if filed:
        words = ngettext("%(count)d file was added", "%(count)d files were added", filed)
        messages.success(request, words % {"count": filed})
    return wrong


def _page(
    request: HttpRequest,
    reader: Reader,
    section: Section,
    criterion: Criterion,
    ticked: Sequence[str] = (),
    errors: Sequence[str] = (),
) -> dict[str, Any]:
    """For reuse.html. Two queries, and one for each edition that is not compiled yet."""
    sought = request.GET.get(SOUGHT, "").strip()
    found = _offered(reader, section, criterion, sought)
    context = frame(reader, "answers")
    return {
        **context,
        "breadcrumbs": [
            *context["breadcrumbs"],
            {"title": section.title, "url": address(reader, section)},
            {"title": _("What you filed already")},
        ],
        "criterion": criterion.title.in_language(language()),
        "back": f"{address(reader, section)}#{criterion.id}",
        "sought": sought,
        "files": [_listed(each, str(each.pk) in ticked) for each in found[:MOST]],
        "documents": [
            _of_profile(each, str(each.pk) in ticked)
            for each in newest_of(reader.dossier.organisation).values()
            if folded(sought) in folded(f"{document_title(each.document)} {each.name}")
        ],
        "more": len(found) > MOST,
        "wrong": " ".join(errors),
        "errors": [{"text": each, "target": "files"} for each in errors],
    }


def _offered(reader: Reader, section: Section, criterion: Criterion, sought: str) -> list[Evidence]:
    """Each content once, as it was filed last; without what stands at this criterion already."""
    latest: dict[str, Evidence] = {}
    here = set()
    for each in filed_before(reader.dossier):
        latest.setdefault(each.sha256, each)
        if (each.dossier_id, each.rubric, each.criterion) == (
            reader.dossier.pk,
            section.rubric.id,
            criterion.id,
        ):
            here.add(each.sha256)
    wanted = folded(sought)
    return [each for digest, each in latest.items() if digest not in here and wanted in folded(each.name)]


def _of_profile(filed: DocumentFile, chosen: bool) -> dict[str, Any]:
    return {
        "pk": str(filed.pk),
        "name": filed.name,
        "of": document_title(filed.document),
        "at": filed.filed_at,
        "size": filed.size,
        "sha256": filed.sha256,
        "chosen": chosen,
    }


def _listed(filed: Evidence, chosen: bool) -> dict[str, Any]:
    titles = criterion_titles(compiled(filed.dossier.edition_id))
    return {
        "pk": filed.pk,
        "name": filed.name,
        "number": filed.dossier.number,
        "of": titles.get((filed.rubric, filed.criterion), filed.criterion),
        "at": filed.filed_at,
        "size": filed.size,
        "sha256": filed.sha256,
        "chosen": chosen,
    }
