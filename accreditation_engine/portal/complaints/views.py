"""A concern in its file: for those who deal with it, and for the organisation once it is put to it."""

from __future__ import annotations

from http import HTTPStatus
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accreditation_engine.complaints.filing import answered_with
from accreditation_engine.complaints.models import Complaint
from accreditation_engine.complaints.subject import THING
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.perform import perform
from accreditation_engine.engine.visibility import visible
from accreditation_engine.portal.dossier.acts import take, version_of
from accreditation_engine.portal.dossier.own_life import say_done
from accreditation_engine.portal.dossier.reader import Reader, reader_of
from accreditation_engine.portal.people import signed_in

from .audit import day_typed
from .files import FILES, takes_files
from .listed import Narrowed, as_table, concern_table, roles_of
from .page import complaint_page

ROWS = 20


@require_safe
def concerns(request: HttpRequest) -> HttpResponse:
    """Those that the reader deals with or watches over."""
    narrowed = _narrowed(request)
    page = Paginator(narrowed.rows(), ROWS).get_page(request.GET.get("page"))
    context = {
        "head": {"title": _("Concerns"), "eyebrow": _("What anybody said about certified organisations")},
        "narrowed": narrowed,
        "page": page,
        "table": concern_table(page, narrowed.empty()),
        "export": reverse("concerns_export"),
    }
    return render(request, "portal/concerns.html", context)


@require_safe
def concerns_export(request: HttpRequest) -> StreamingHttpResponse:
    """All that fits, however much it is."""
    response = StreamingHttpResponse(as_table(_narrowed(request)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="concerns-{timezone.localdate()}.csv"'
    return response


def _narrowed(request: HttpRequest) -> Narrowed:
    person = signed_in(request)
    if not roles_of(person):
        raise Http404
    return Narrowed.of(request, person)


@require_http_methods(["GET", "HEAD", "POST"])
def complaint(request: HttpRequest, pk: UUID, complaint_pk: UUID) -> HttpResponse:
    """What was said, what was answered, and what the reader can do about it."""
    reader, found = seen_complaint(request, pk, complaint_pk)
    if request.method != "POST":
        return render(request, "portal/complaint.html", complaint_page(reader, found))
    version = version_of(found, found.entered_seq)
    act = answered_with(request.FILES.getlist(FILES)) if _is_answer(found, request) else perform
    tried = take(found, reader.person, request.POST, version, day_typed(found, request.POST), act=act)
    if tried is not None:
        found = Complaint.objects.get(pk=found.pk)
        found.dossier = reader.dossier
        context = complaint_page(reader, found, tried, request.POST)
        return render(request, "portal/complaint.html", context, status=HTTPStatus.CONFLICT)
    say_done(request, found)
    return redirect("complaint", pk=pk, complaint_pk=found.pk)


def seen_complaint(request: HttpRequest, pk: UUID, complaint_pk: UUID) -> tuple[Reader, Complaint]:
    """One whose state does not show it to the reader does not exist."""
    reader = reader_of(signed_in(request), pk)
    found = get_object_or_404(Complaint.objects.filter(dossier=reader.dossier), pk=complaint_pk)
    found.dossier = reader.dossier
    if THING not in visible(found, reader.roles):
        raise Http404
    return reader, found


def _is_answer(found: Complaint, request: HttpRequest) -> bool:
    step = compiled(found.edition_id).steps.get(request.POST.get("transition", ""))
    return step is not None and takes_files(step.definition.by)
