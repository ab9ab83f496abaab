"""Stepping aside from a file, and dissenting: thin, from the request to what is done and shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accreditation_engine.decisions.dissenting import dissent, why_no_dissent
from accreditation_engine.decisions.recusing import may_recuse_as, recuse
from accreditation_engine.dossiers.queries import dossiers_of
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.portal.dossier.page import frame
from accreditation_engine.portal.dossier.reader import Reader, reader_of
from accreditation_engine.portal.people import signed_in


@require_http_methods(["GET", "HEAD", "POST"])
def step_aside(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Afterwards the file is closed to whoever has no other part in it."""
    reader = _member(request, pk)
    page = {
        "title": _("Step aside from this file"),
        "prose": _(
            "Whoever steps aside neither votes nor counts for the quorum, and sees nothing more of the file as a"
            " member of the panel. It cannot be taken back."
        ),
        "label": _("Why do you step aside?"),
        "help": _("The reason stays in the decision trail."),
    }
    return _form(request, reader, page, recuse, _("You have stepped aside from the file."))


@require_http_methods(["GET", "HEAD", "POST"])
def record_dissent(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What was decided stands; the dissent stands beside it."""
    reader = _member(request, pk)
    if request.method != "POST" and (against := why_no_dissent(reader.dossier, reader.person)):
        messages.error(request, " ".join(map(str, against)))
        return redirect("dossier", pk=pk)
    page = {
        "title": _("Record your dissent"),
        "prose": _(
            "The decision stands as it is. Your dissent stands beside it, for everybody who may see the votes, and"
            " in the minutes. It is given once."
        ),
        "label": _("Why do you disagree?"),
        "help": "",
    }
    return _form(request, reader, page, dissent, _("Your dissent is on record."))


def _member(request: HttpRequest, pk: UUID) -> Reader:
    reader = reader_of(signed_in(request), pk)
    if not may_recuse_as(reader.roles):
        raise Http404
    return reader


def _form(
    request: HttpRequest, reader: Reader, page: Mapping[str, str], act: Callable[..., Any], done: str
) -> HttpResponse:
    """What is refused comes back as it was typed."""
    if request.method != "POST":
        return render(request, "portal/own_part.html", _context(reader, page))
    typed = request.POST.get("reason", "")
    try:
        act(dossier=reader.dossier, reason=typed, by=reader.person)
    except Refused as refused:
        context = _context(reader, page, typed, refused)
        return render(request, "portal/own_part.html", context, status=HTTPStatus.CONFLICT)
    messages.success(request, done)
    there = dossiers_of(reader.person).filter(pk=reader.dossier.pk).exists()
    return redirect("dossier", pk=reader.dossier.pk) if there else redirect("home")


def _context(
    reader: Reader, page: Mapping[str, str], typed: str = "", refused: Refused | None = None
) -> dict[str, Any]:
    """For portal/own_part.html."""
    return {
        **frame(reader, "dossier"),
        **page,
        "errors": [{"text": str(each), "target": "reason"} for each in (refused.reasons if refused else ())],
        "entry": {
            "name": "reason",
            "label": page["label"],
            "help": page["help"],
            "value": typed,
            "error": str(refused) if refused else "",
            "required": True,
        },
    }
