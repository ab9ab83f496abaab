"""Adding a link in evidence of a criterion."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accreditation_engine.definitions.rubric import Criterion
from accreditation_engine.dossiers.evidence import file_evidence
from accreditation_engine.portal.dossier.addressed import find_section, find_supported
from accreditation_engine.portal.dossier.page import frame
from accreditation_engine.portal.dossier.reader import Reader, language
from accreditation_engine.portal.dossier.rubrics import Section
from accreditation_engine.portal.tried import Tried, attempt, typed_in
from accreditation_engine.uploads.links import LONGEST_TITLE, link_file

from .applicant import applicant, closed_to
from .progress import address

FORM, ADDRESS, TITLE = "link", "address", "title"
OF_TITLE = "link_untitled"


@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, pk: UUID, rubric: str, area: str, criterion: str) -> HttpResponse:
    """For the organisation, while its self-assessment is open."""
    reader = applicant(request, pk)
    section = find_section(reader, rubric, area)
    chosen = find_supported(section, criterion)
    if closed_to(reader):
        return redirect("answers", pk=pk)
    if request.method != "POST":
        return render(request, "portal/link.html", _page(reader, section, chosen, None))
    tried = attempt(request, FORM, lambda: _file(request, reader, section, chosen))
    if tried:
        context = _page(reader, section, chosen, tried)
        return render(request, "portal/link.html", context, status=HTTPStatus.CONFLICT)
    messages.success(request, _("The link was added."))
    return redirect(_back(reader, section, chosen))


def _file(request: HttpRequest, reader: Reader, section: Section, criterion: Criterion) -> None:
    upload = link_file(address=request.POST.get(ADDRESS, ""), title=request.POST.get(TITLE, ""))
    file_evidence(
        dossier=reader.dossier,
        rubric=section.rubric.id,
        criterion=criterion.id,
        upload=upload,
        by=reader.person,
    )


def _back(reader: Reader, section: Section, criterion: Criterion) -> str:
    return f"{address(reader, section)}#{criterion.id}"


def _page(reader: Reader, section: Section, criterion: Criterion, tried: Tried | None) -> dict[str, Any]:
    """For link.html: its two fields, as in parts/entry.html."""
    context = frame(reader, "answers")
    fields = [
        {
            "name": ADDRESS,
            "type": "url",
            "label": _("Address of the page"),
            "help": _(
                "It begins with https:// and is open to everybody. Pages change: add what has to stay as it is as"
                " a PDF."
            ),
            "required": True,
        },
        {
            "name": TITLE,
            "type": "text",
            "label": _("What it leads to"),
            "help": _("At most %(most)d characters.") % {"most": LONGEST_TITLE},
            "required": True,
        },
    ]
    for each in fields:
        name = str(each["name"])
        each |= {"value": typed_in(tried, FORM, name), "error": _wrong(tried, name)}
    return {
        **context,
        "breadcrumbs": [
            *context["breadcrumbs"],
            {"title": section.title, "url": address(reader, section)},
            {"title": _("Add a link")},
        ],
        "criterion": criterion.title.in_language(language()),
        "back": _back(reader, section, criterion),
        "fields": fields,
        "errors": [{"text": each["error"], "target": each["name"]} for each in fields if each["error"]],
    }


def _wrong(tried: Tried | None, name: str) -> str:
    """What is wrong with the title stands there, and all else at the address."""
    reasons = tried.reasons if tried else ()
    return " ".join(str(each) for each in reasons if (each.code == OF_TITLE) is (name == TITLE))
