"""Minutes: written item by item, and taken away as a PDF."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accreditation_engine.decisions.models import Minute, Sitting
from accreditation_engine.decisions.sittings.minuting import had_a_hand, write_minutes
from accreditation_engine.decisions.sittings.rules import leads
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.portal.dossier.page import frame
from accreditation_engine.portal.dossier.reader import Reader, language, reader_of
from accreditation_engine.portal.people import signed_in
from accreditation_engine.portal.whole_numbers import whole_number
from accreditation_engine.trail.models import Event
from accreditation_engine.trail.queries import told

from .agenda import SETS_DOWN, WATCH
from .paper import minutes_paper
from .shown import sitting_for


@require_safe
def minutes_pdf(request: HttpRequest, pk: UUID) -> HttpResponse:
    """In the language of whoever asks, and with what they may see."""
    person = signed_in(request)
    sitting = sitting_for(person, pk)
    response = HttpResponse(minutes_paper(sitting, person), content_type="application/pdf")
    name = f"minutes-{sitting.starts_at:%Y-%m-%d}-{language()[:2]}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, pk: UUID, dossier_pk: UUID) -> HttpResponse:
    """By whoever leads the sitting. What is refused comes back as it was typed, beside how it stands."""
    person = signed_in(request)
    sitting = sitting_for(person, pk)
    reader = reader_of(person, dossier_pk)
    if not (leads(person, sitting) and reader.roles & SETS_DOWN) or _steps_aside(sitting, reader):
        raise Http404
    seq, text = _standing(sitting, reader)
    if request.method != "POST":
        return render(request, "portal/write_minutes.html", _context(sitting, reader, seq, text))
    typed = request.POST.get("text", "")
    try:
        write_minutes(sitting=sitting, dossier=reader.dossier, text=typed, seen=_seen(request), by=person)
    except Refused as refused:
        context = _context(sitting, reader, seq, typed, refused, theirs=text)
        return render(request, "portal/write_minutes.html", context, status=HTTPStatus.CONFLICT)
    messages.success(request, _("The minutes are saved."))
    return redirect("sitting", pk=pk)


def _steps_aside(sitting: Sitting, reader: Reader) -> bool:
    return not reader.roles & WATCH and had_a_hand(sitting, reader.dossier, reader.person)


def _seen(request: HttpRequest) -> int | None:
    return whole_number(request.POST.get("seen", ""))


def _standing(sitting: Sitting, reader: Reader) -> tuple[int | None, str]:
    """The event beside which the minutes lie that count, and their text."""
    rows = Minute.objects.filter(sitting=sitting, dossier=reader.dossier).order_by("-seq")
    seq = rows.values_list("seq", flat=True).first()
    if seq is None:
        return None, ""
    (said,) = told([Event.objects.get(stream=reader.dossier.pk, seq=seq)])
    return seq, said.comment


def _context(
    sitting: Sitting,
    reader: Reader,
    seq: int | None,
    text: str,
    refused: Refused | None = None,
    theirs: str = "",
) -> dict[str, Any]:
    """For portal/write_minutes.html."""
    return {
        **frame(reader, "dossier"),
        "sitting": sitting,
        "seen": "" if seq is None else seq,
        "theirs": theirs,
        "errors": [{"text": str(each), "target": "text"} for each in (refused.reasons if refused else ())],
        "entry": {
            "name": "text",
            "label": _("What was said of this file"),
            "help": _("It stays in the decision trail; what was written before stays beside its own event."),
            "value": text,
            "error": str(refused) if refused else "",
            "required": True,
        },
    }
