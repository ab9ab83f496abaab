"""Importing organisations: a file is looked at first, and taken in once somebody says so."""

from __future__ import annotations

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.organisations.importing.sheets import LARGEST

from .access import of_every_scheme
from .import_page import import_page, imports_page
from .import_running import begin, read_file
from .models import OrganisationImport
from .template_file import EXAMPLE, TYPES, template_file


@require_http_methods(["GET", "HEAD", "POST"])
def imports(request: HttpRequest) -> HttpResponse:
    reader = of_every_scheme(request)
    if request.method != "POST":
        return render(request, "portal/imports.html", imports_page(reader, request.GET))
    file = request.FILES.get("file")
    try:
        if file is None:
            raise Refused([])
        if (file.size or 0) > LARGEST:  # of one that is far too large nothing is left to be read
            raise Refused([Reason("table_too_large", {"most": LARGEST // 1_000_000})])
        found = read_file(file.read(LARGEST + 1), name=file.name or "", by=reader.person)
    except Refused as refused:
        error = str(refused) or _("Choose the file that holds the table.")
        context = imports_page(reader, request.GET, error)
        return render(request, "portal/imports.html", context, status=HTTPStatus.CONFLICT)
    return redirect("import", import_pk=found.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def one_import(request: HttpRequest, import_pk: UUID) -> HttpResponse:
    """What would be done, what is under way, and what was done. Pressed twice it is begun once."""
    of_every_scheme(request)
    found = get_object_or_404(OrganisationImport, pk=import_pk)
    if request.method == "POST":
        if not begin(found):
            messages.info(request, _("The import has been begun already; this is it."))
        return redirect("import", import_pk=found.pk)
    return render(request, "portal/import.html", import_page(found, request.GET))


@require_safe
def template(request: HttpRequest, spoken: str, kind: str) -> HttpResponse:
    of_every_scheme(request)
    if spoken not in EXAMPLE or kind not in TYPES:
        raise Http404
    response = HttpResponse(template_file(spoken, kind), content_type=TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="organisations-{spoken}.{kind}"'
    return response
