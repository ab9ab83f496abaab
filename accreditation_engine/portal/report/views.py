"""The page of the report, and what is sent from it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accreditation_engine.engine.words import words_for_applicants
from accreditation_engine.portal.dossier.criterion_choice import criterion_typed
from accreditation_engine.portal.dossier.reader import Reader, language, reader_of
from accreditation_engine.portal.identifiers import identifier
from accreditation_engine.portal.people import signed_in
from accreditation_engine.portal.sending.handed import files_handed
from accreditation_engine.portal.sending.places import POINT, Place
from accreditation_engine.portal.tried import Tried, attempt
from accreditation_engine.portal.whole_numbers import whole_number
from accreditation_engine.reviews.models import Finding
from accreditation_engine.reviews.report.contesting import Point, answer_contest, contest
from accreditation_engine.reviews.report.models import Contest

from .page import ABOUT, CONTEST, FIELDS, FINDING, TEXT, answer_form, report_of
from .paper import report_paper


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What was found, in the version that the address names; the organisation contests it here."""
    reader = _reader(request, pk)
    if request.method != "POST":
        return _show(request, reader)
    point = _point(request, reader)
    act = partial(_contest, request, reader, point)
    return _do(request, reader, CONTEST, act, _("Your point is kept. It is answered, with reasons."))


@require_safe
def paper(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The version that the address names as a PDF, in the language of whoever asks and with what they may see."""
    reader = _reader(request, pk)
    with words_for_applicants(reader.outside):
        page = report_of(reader, _chosen(request), None)
        if page is None or page["version"] is None:
            raise Http404
        content = report_paper(reader, page)
    response = HttpResponse(content, content_type="application/pdf")
    name = f"report-{reader.dossier.number}-{page['version'].number}-{language()[:2]}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_POST
def answer(request: HttpRequest, pk: UUID, contest_pk: int) -> HttpResponse:
    """Say that a point is right or not."""
    reader = _reader(request, pk)
    found = get_object_or_404(Contest, pk=contest_pk, dossier=reader.dossier)
    act = request.POST.get("act")
    if act not in ("accept", "keep"):
        raise BadRequest("no such act")
    reason = request.POST.get(TEXT, "")
    do = partial(answer_contest, contest=found, accept=act == "accept", reason=reason, by=reader.person)
    words = _("The point is found to be right. Amend the report now.")
    return _do(
        request,
        reader,
        answer_form(found.pk),
        do,
        words if act == "accept" else _("The answer is kept; the report stays as it is."),
    )


def _contest(request: HttpRequest, reader: Reader, point: Point) -> None:
    with files_handed(request, reader.person, Place(reader.dossier.pk, POINT), "files") as handed:
        contest(dossier=reader.dossier, point=point, uploads=handed.uploads, by=reader.person)


def _point(request: HttpRequest, reader: Reader) -> Point:
    about, text = request.POST.get(ABOUT, ""), request.POST.get(TEXT, "")
    if not about.startswith(FINDING):
        return Point(text, criterion_typed(about))
    chosen = identifier(about.removeprefix(FINDING))
    finding = Finding.objects.filter(dossier=reader.dossier, pk=chosen).first() if chosen else None
    if finding is None:
        raise Http404
    return Point(text, finding=finding)


def _reader(request: HttpRequest, pk: UUID) -> Reader:
    """Where no report is shown and nothing of it is kept, there is no such page; but what the organisation sends
    from one that was open overnight is refused in words, with its text."""
    reader = reader_of(signed_in(request), pk)
    sends = request.method == "POST" and reader.acts("applicant")
    if not (reader.reads_report or sends):
        raise Http404
    return reader


def _do(
    request: HttpRequest, reader: Reader, form: str, act: Callable[[], object], words: str
) -> HttpResponse:
    """Back to the page; or the page with what was typed in `form`, and why not."""
    tried = attempt(request, form, act)
    if tried is not None:
        return _show(request, reader_of(reader.person, reader.dossier.pk), tried)
    messages.success(request, words)
    return redirect(reverse("report", args=[reader.dossier.pk]) + "#points")


def _show(request: HttpRequest, reader: Reader, tried: Tried | None = None) -> HttpResponse:
    with words_for_applicants(reader.outside):
        context = report_of(reader, _chosen(request), tried)
        if context is None:
            raise Http404
        context["errors"] = _errors(tried) if tried else []
    status = HTTPStatus.CONFLICT if tried else HTTPStatus.OK
    return render(request, "portal/report.html", context, status=status)


def _chosen(request: HttpRequest) -> int | None:
    return whole_number(request.GET.get("version", ""))


def _errors(tried: Tried) -> list[dict[str, str]]:
    """For parts/error_summary.html."""
    return [
        {"text": str(each), "target": f"{tried.form}-{FIELDS.get(each.code, TEXT)}"} for each in tried.reasons
    ]
